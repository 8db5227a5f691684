"""The counselors' pages over real HTTP: who may see and do what, on both databases."""

import asyncio
import re
from typing import Any

import pytest
from starlette.routing import Route

from bot.console.throttle import ROOM
from bot.store.tables import handovers, staff
from bot.web.security import BODY_LIMIT
from tests.browser.site import Visitor
from tests.casework import CHANGING, NOWHERE, OF_THE_LEAD, READING, Line, anywhere, line, member_id, taken

__all__ = ["anywhere", "line"]

# Their own tests: the chat in test_web.py, the login below.
FORMS = {("POST", "/chat"), ("POST", "/console/login")}
OTHERS = {"/health", "/metrics", "/telegram", "/twilio/messages", "/twilio/status", "/static", "/before", "/elsewhere"}


async def test_every_route_is_listed_here(line: Line) -> None:
    found = set()
    for route in line.site.app.web().routes:
        path = getattr(route, "path", "")
        if path in OTHERS:
            continue
        assert isinstance(route, Route)
        found |= {(method, path) for method in (route.methods or set()) - {"HEAD"}}
    assert found == READING | FORMS | {("POST", path) for path in CHANGING}


async def test_nobody_sees_anything_without_a_login(line: Line) -> None:
    await taken(line)
    async with Visitor(line.site.url) as stranger:
        for method, path in READING:
            if path.startswith("/console") and path != "/console/login":
                answer = await stranger.asks(method, path.replace("{case}", line.case))
                assert answer.status in (303, 404), path
                assert "P-" not in stranger.page


async def test_a_wrong_login_is_told_in_one_sentence(anywhere: Line) -> None:
    async with Visitor(anywhere.site.url) as stranger:
        for login, passphrase in (("nobody", "a long passphrase"), ("", ""), ("\x00", "\x00")):
            assert await stranger.logs_in(login, passphrase) == 401
            assert "Login or passphrase is wrong." in stranger.page
        assert (await stranger.asks("GET", "/console")).status == 303


async def test_too_many_who_try_one_login_at_once_are_asked_to_wait(line: Line) -> None:
    async with Visitor(line.site.url) as stranger:
        tries = await asyncio.gather(*(stranger.logs_in("nobody", "not the passphrase") for _ in range(ROOM + 1)))
    assert sorted(tries) == [*[401] * ROOM, 429]


async def test_the_login_refuses_other_sites_and_bodies_without_end(line: Line) -> None:
    before = await line.site.snapshot()
    fields = {"login": "amani", "passphrase": "a long passphrase"}
    async with Visitor(line.site.url) as stranger:
        for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
            assert (await stranger.asks("POST", "/console/login", data=fields, headers=headers)).status == 403
        assert (await stranger.asks("POST", "/console/login", data=b"x" * (BODY_LIMIT + 1))).status == 413
    assert await line.site.snapshot() == before


async def test_the_sessions_cookie_is_out_of_reach_of_scripts_and_of_other_sites(line: Line) -> None:
    async with Visitor(line.site.url) as visitor:
        assert "Passphrase" in await visitor.opens("/console/login")
        form = {"login": "amani", "passphrase": "a long passphrase"}
        answer = await visitor.asks("POST", "/console/login", data=form, headers={"Origin": line.site.url})
        (cookie,) = answer.headers.getall("Set-Cookie")
        assert re.search(r"^staff=[\w-]{43}; HttpOnly; Max-Age=43200; Path=/; SameSite=strict$", cookie)


async def test_a_new_login_ends_the_session_before(line: Line) -> None:
    (old,) = [cookie.value for cookie in line.amani.session.cookie_jar]
    assert await line.amani.logs_in() == 303
    async with Visitor(line.site.url) as thief:
        assert (await thief.asks("GET", "/console", headers={"Cookie": f"staff={old}"})).status == 303


async def test_logging_out_ends_the_session_on_the_server_too(line: Line) -> None:
    (old,) = [cookie.value for cookie in line.amani.session.cookie_jar]
    assert await line.amani.acts("/console/logout") == 303
    answer = await line.amani.asks("GET", "/console", headers={"Cookie": f"staff={old}"})
    assert answer.headers["Location"] == "/console/login"


async def taken_by_somebody_else(line: Line) -> None:
    await taken(line)
    await line.client.says("naogopa sana")


async def closed(line: Line) -> None:
    assert await line.amani.acts(f"{await taken(line)}/close") == 303


async def off_shift(line: Line) -> None:
    assert await line.zuri.acts("/console/shift", on="0") == 303


async def in_a_pause(line: Line) -> None:
    assert await line.zuri.acts("/console/pause", on="1") == 303


async def of_another_team(line: Line) -> None:
    change = handovers.update().values(team="legal")
    await line.site.app.database.run(lambda conn: conn.execute(change))


FOREIGN = (taken_by_somebody_else, closed, off_shift, in_a_pause, of_another_team)


@pytest.mark.parametrize("foreign", FOREIGN)
async def test_a_foreign_case_is_the_same_as_none_on_every_route(anywhere: Line, foreign: Any) -> None:
    """Every route with a case, for a counselor to whom it was not given: one answer, nothing written, nothing told."""
    await foreign(anywhere)
    before = await anywhere.site.snapshot()
    answers = set()
    for case in (anywhere.case, *NOWHERE):
        for method, path in sorted(READING):
            if "{case}" in path:
                answer = await anywhere.zuri.asks(method, path.replace("{case}", case))
                answers.add((answer.status, anywhere.zuri.page))
        for path, fields in CHANGING.items():
            if "{case}" in path:
                status = await anywhere.zuri.acts(path.replace("{case}", case), **fields)
                answers.add((status, anywhere.zuri.page))
    assert len(answers) == 1
    (status, page) = answers.pop()
    assert status == 404
    assert "There is no open case for you here." in page
    assert await anywhere.site.snapshot() == before
    assert anywhere.case not in await anywhere.zuri.opens("/console")


@pytest.mark.parametrize("path", CHANGING)
async def test_no_change_but_from_our_own_page_in_a_live_session(line: Line, path: str) -> None:
    if path in OF_THE_LEAD:
        await line.site.app.database.run(lambda conn: conn.execute(staff.update().values(role="lead")))
    if not path.endswith("/take"):
        await taken(line)
    member = await member_id(line, "Zuri")
    where, fields = path.replace("{case}", line.case).replace("{member}", member), CHANGING[path]
    await line.amani.opens("/console")
    good = {"csrf": line.amani.hidden("csrf"), **fields}
    await line.zuri.opens("/console")
    before = await line.site.snapshot()
    for token in ("", "x", "é", line.zuri.hidden("csrf")):
        assert await line.amani.sends(where, {**good, "csrf": token}) == 403, token
    assert (await line.amani.asks("POST", where, data=fields)).status == 403
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        assert (await line.amani.asks("POST", where, data=good, headers=headers)).status == 403, headers
    for method in ("GET", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert (await line.amani.asks(method, where, data=good)).status == 405, method
    assert (await line.amani.asks("POST", where, data=b"x" * (BODY_LIMIT + 1))).status == 413
    async with Visitor(line.site.url) as stranger:
        assert await stranger.sends(where, good) == 403
    assert await line.site.snapshot() == before
    assert await line.amani.sends(where, good) == 303


async def test_a_session_ends_when_nobody_is_there_even_if_the_page_refreshes_itself(line: Line) -> None:
    await line.amani.opens("/console")
    for _ in range(2):
        line.site.clock.move(minutes=7)
        await line.amani.opens("/console?again")
    line.site.clock.move(minutes=2)
    assert (await line.amani.asks("GET", "/console")).headers["Location"] == "/console/login"
