"""The counselors' pages over real HTTP: who may see and do what, on both databases."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.routing import Route

from bot.channels import Address, Arrival
from bot.console.throttle import ROOM
from bot.staff import IDLE
from bot.store import cases, roster
from bot.store.conversations import Vault
from bot.store.database import Database
from bot.store.tables import audit, handover_messages, handovers, outbox, staff
from bot.web.security import BODY_LIMIT
from handlers.events import Said
from knowledge_base.library import Library
from tests.browser.site import Site, Visitor, events, site, small_site

# Every route of the pages, by method, and what it does to a case or to oneself. A route that is missing here fails.
READING = {
    ("GET", "/chat"),
    ("GET", "/chat/events"),
    ("GET", "/chat/leave"),
    ("GET", "/console"),
    ("GET", "/console/events"),
    ("GET", "/console/login"),
    ("GET", "/console/people"),
    ("GET", "/console/cases/{case}"),
    ("GET", "/console/cases/{case}/events"),
}
CHANGING = {
    "/console/logout": {},
    "/console/shift": {"on": "0"},
    "/console/cases/{case}/take": {},
    "/console/cases/{case}/say": {"text": "hello"},
    "/console/cases/{case}/knock": {},
    "/console/cases/{case}/close": {},
    "/console/cases/{case}/pass": {"to": "queue"},
    "/console/pause": {"on": "1"},
    "/console/seen": {},
    "/console/people/{member}/debriefed": {},
}
# What only the lead may do.
OF_THE_LEAD = {"/console/people", "/console/people/{member}/debriefed"}
# Their own tests: the chat in test_web.py, the login below.
FORMS = {("POST", "/chat"), ("POST", "/console/login")}
OTHERS = {"/health", "/metrics", "/telegram", "/twilio/messages", "/twilio/status", "/static", "/before", "/elsewhere"}
NOWHERE = ("0" * 32, "x", "%00", "A" * 32, "é", "0" * 500)


@dataclass
class Line:
    """A client who asked for a person, and two counselors."""

    site: Site
    client: Visitor
    amani: Visitor
    zuri: Visitor
    case: str


@pytest.fixture
async def line(tmp_path: Path, content: Library) -> AsyncIterator[Line]:
    """A case that waits; both counselors are logged in."""
    async with small_site(tmp_path, content) as running, _waiting(running) as started:
        yield started


@pytest.fixture
async def anywhere(database: Database, vault: Vault, content: Library) -> AsyncIterator[Line]:
    """The same, on each of the two databases."""
    async with site(database, vault, content) as running, _waiting(running) as started:
        yield started


@asynccontextmanager
async def _waiting(running: Site) -> AsyncIterator[Line]:
    await running.counselor()
    await running.counselor("zuri", "Zuri")
    async with Visitor(running.url) as client, Visitor(running.url) as amani, Visitor(running.url) as zuri:
        assert await amani.logs_in() == 303
        assert await zuri.logs_in("zuri") == 303
        await client.opens("/chat")
        await client.says("talk to a person")
        yield Line(running, client, amani, zuri, await _case(running))


async def _case(running: Site) -> str:
    (card,) = await running.app.database.read(cases.queue)
    return card.id


async def _taken(line: Line) -> str:
    """Let Amani take the case; return its page's path."""
    assert await line.amani.acts(f"/console/cases/{line.case}/take") == 303
    return f"/console/cases/{line.case}"


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
    await _taken(line)
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


async def test_the_queue_shows_cards_without_words_urgent_ones_first(line: Line) -> None:
    async with Visitor(line.site.url) as second:
        await second.opens("/chat")
        await second.says("nimechoka na maisha nataka kuisha tu")
    line.site.clock.move(minutes=3)
    page = await line.amani.opens("/console")
    assert page.index("thoughts of suicide · Kiswahili · waiting 3 min") < page.index("asked for a person")
    assert page.index("Urgent</strong>") < page.index("asked for a person")
    assert "nimechoka" not in page
    line.site.clock.move(minutes=11)
    await line.amani.opens("/console")
    line.site.clock.move(minutes=11)
    await line.amani.opens("/console")
    for _ in range(14):
        line.site.clock.move(minutes=10)
        await line.amani.opens("/console")
    assert "waiting 2 h" in line.amani.page


async def test_a_swahili_browser_gets_the_console_in_swahili(line: Line) -> None:
    await line.amani.asks("GET", "/console", headers={"Accept-Language": "sw-KE"})
    assert "Wanaosubiri" in line.amani.page
    assert "Chukua" in line.amani.page


async def test_a_case_is_taken_answered_and_closed_without_scripts(anywhere: Line) -> None:
    path = await _taken(anywhere)
    await anywhere.client.sees("/chat", "Amani is here now")
    await anywhere.client.says("naogopa sana")
    assert "New message" in await anywhere.amani.opens("/console")
    assert "naogopa sana" in await anywhere.amani.opens(path)
    assert await anywhere.amani.acts(f"{path}/say", text="Pole. Niko hapa.", nonce="1") == 303
    assert '<strong class="new" hidden>' in await anywhere.amani.opens("/console")
    assert "<b>Amani</b>" in await anywhere.client.sees("/chat", "Pole. Niko hapa.")
    assert await anywhere.amani.acts(f"{path}/close") == 303
    assert "Nobody waits." in await anywhere.amani.opens("/console")
    assert (await anywhere.amani.asks("GET", path)).status == 404


async def test_an_answer_sent_twice_is_taken_once_and_an_empty_one_not_at_all(line: Line) -> None:
    path = await _taken(line)
    for _ in range(2):
        assert await line.amani.acts(f"{path}/say", text="Pole.", nonce="same") == 303
    assert await line.amani.acts(f"{path}/say", text=" \u200b \n", nonce="empty") == 303
    page = await line.amani.opens(path)
    assert page.count("<p>Pole.</p>") == 1
    assert page.count('class="counselor"') == 1


async def test_a_page_with_scripts_gets_no_page_back(line: Line) -> None:
    path = await _taken(line)
    await line.amani.opens(path)
    fields = {"csrf": line.amani.hidden("csrf"), "text": "Pole.", "nonce": "1"}
    assert await line.amani.sends(f"{path}/say", fields, X_Page="1") == 204
    assert "<p>Pole.</p>" in await line.amani.opens(path)


TEMPLATE = f"HX{'0a' * 16}"


@pytest.mark.parametrize(("template", "offered"), [("", "No template is set up."), (TEMPLATE, "You have a reply”")])
async def test_outside_of_whatsapps_24_hours_the_page_says_so_and_gives_refused_words_back(
    tmp_path: Path, content: Library, template: str, offered: str
) -> None:
    async with small_site(tmp_path, content, template) as running, Visitor(running.url) as amani:
        await running.counselor()
        await amani.logs_in()
        asked = Arrival("twilio", "SM1", Address("whatsapp", "+254722000001"), Said("talk to a person"))
        await running.app.inbox.settled(await running.app.inbox.take([asked]))
        path = f"/console/cases/{await _case(running)}"
        await amani.acts(f"{path}/take")
        assert "24 hours of WhatsApp" not in await amani.opens(path)
        running.clock.move(hours=25)
        await amani.logs_in()
        assert offered in await amani.opens(path)
        fields = {"csrf": amani.hidden("csrf"), "text": "Habari ya leo?", "nonce": "1"}
        assert await amani.sends(f"{path}/say", fields, X_Page="1") == 409
        page = await amani.opens(path)
        assert "<p>not sent: the 24 hours of WhatsApp are over" in page
        assert "Habari" not in page
        assert await amani.acts(f"{path}/knock") == 303
        assert ("<p>&#34;You have a reply&#34; goes to the client</p>" in await amani.opens(path)) is bool(template)


async def test_the_second_who_takes_a_case_is_led_back(line: Line) -> None:
    await _taken(line)
    assert await line.zuri.acts(f"/console/cases/{line.case}/take") == 404
    assert line.case not in await line.zuri.opens("/console")


async def test_a_waiting_case_cannot_be_read_answered_or_closed_before_it_is_taken(line: Line) -> None:
    before = await line.site.snapshot()
    path = f"/console/cases/{line.case}"
    assert (await line.amani.asks("GET", path)).status == 404
    assert await line.amani.acts(f"{path}/say", text="hello") == 404
    assert await line.amani.acts(f"{path}/close") == 404
    assert await line.site.snapshot() == before


async def taken_by_somebody_else(line: Line) -> None:
    await _taken(line)
    await line.client.says("naogopa sana")


async def closed(line: Line) -> None:
    assert await line.amani.acts(f"{await _taken(line)}/close") == 303


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


async def test_what_is_the_leads_does_not_exist_for_counselors(anywhere: Line) -> None:
    zuri = await _member(anywhere, "Zuri")
    nothing = await anywhere.amani.asks("GET", f"/console/cases/{NOWHERE[0]}")
    page = anywhere.amani.page
    for path in OF_THE_LEAD - set(CHANGING):
        assert (await anywhere.amani.asks("GET", path)).status == nothing.status == 404
        assert anywhere.amani.page == page
    for path in OF_THE_LEAD & set(CHANGING):
        for member in (zuri, NOWHERE[0]):
            assert await anywhere.amani.acts(path.replace("{member}", member)) == 404
            assert anywhere.amani.page == page


async def _member(line: Line, alias: str) -> str:
    people = await line.site.app.database.read(roster.people)
    return next(one.id for one in people if one.alias == alias)


@asynccontextmanager
async def _lead(line: Line) -> AsyncIterator[Visitor]:
    await line.site.counselor("lela", "Lela", "lead", on_shift=False)
    async with Visitor(line.site.url) as lela:
        assert await lela.logs_in("lela") == 303
        yield lela


async def _audited(line: Line) -> list[tuple[str, str, str]]:
    joined = sa.select(staff.c.alias, audit.c.act, audit.c.object).join(staff, staff.c.id == audit.c.staff_id)
    query = joined.order_by(audit.c.id)
    return [tuple(row) for row in await line.site.app.database.read(lambda conn: conn.execute(query).all())]


async def test_the_lead_reads_every_case_but_answers_none_and_each_reading_is_written_down(anywhere: Line) -> None:
    path = await _taken(anywhere)
    await anywhere.client.says("naogopa sana")
    async with _lead(anywhere) as lela:
        assert anywhere.case in await lela.opens("/console")
        assert "naogopa sana" in await lela.opens(path)
        assert '<textarea id="text"' not in lela.page
        assert await lela.acts(f"{path}/say", text="hello") == 404
        assert await lela.acts(f"{path}/close") == 404
        await events(lela, f"{path}/events", "naogopa sana")
    assert await _audited(anywhere) == [
        ("Amani", "take", anywhere.case),
        ("Lela", "read", anywhere.case),
        ("Lela", "read", anywhere.case),
    ]


async def test_a_case_is_passed_to_a_person_a_team_and_back_into_the_queue(anywhere: Line) -> None:
    path = await _taken(anywhere)
    zuri = await _member(anywhere, "Zuri")
    assert f'value="person:{zuri}"' in await anywhere.amani.opens(path)
    assert await anywhere.amani.acts(f"{path}/pass", to=f"person:{zuri}", note="Anapenda Kiswahili.") == 303
    await anywhere.client.sees("/chat", "Zuri goes on with you from here")
    assert (await anywhere.amani.asks("GET", path)).status == 404
    assert "Amani: Anapenda Kiswahili." in await anywhere.zuri.opens(path)
    assert await anywhere.zuri.acts(f"{path}/pass", to="queue") == 303
    await anywhere.client.sees("/chat", "Zuri cannot go on just now. I have called the other counselors")
    async with _lead(anywhere) as lela:
        assert await lela.acts(f"{path}/pass", to="team:legal") == 303
        assert anywhere.case in await lela.opens("/console")
    assert anywhere.case not in await anywhere.amani.opens("/console")


async def test_a_case_is_passed_to_nobody_who_does_not_exist(line: Line) -> None:
    path = await _taken(line)
    for to in ("person:", "person:nobody"):
        assert await line.amani.acts(f"{path}/pass", to=to) == 404
    assert "<textarea" in await line.amani.opens(path)


async def test_who_ends_the_shift_gives_the_cases_back(anywhere: Line) -> None:
    path = await _taken(anywhere)
    assert await anywhere.amani.acts("/console/shift", on="0") == 303
    await anywhere.client.sees("/chat", "Amani cannot go on just now. I have called the other counselors")
    assert (await anywhere.amani.asks("GET", path)).status == 404
    assert anywhere.case in await anywhere.zuri.opens("/console")


async def test_in_a_pause_there_are_no_new_cases_and_the_own_ones_stay(line: Line) -> None:
    path = await _taken(line)
    async with Visitor(line.site.url) as second:
        await second.opens("/chat")
        await second.says("talk to a person")
    assert "asked for a person" in await line.zuri.opens("/console")
    assert await line.amani.acts("/console/pause", on="1") == 303
    page = await line.amani.opens("/console")
    assert "You are in a pause" in page
    assert page.count('class="alias">P-') == 1
    assert "<textarea" in await line.amani.opens(path)
    assert await line.amani.acts("/console/pause", on="0") == 303
    assert (await line.amani.opens("/console")).count('class="alias">P-') == 2


async def test_an_alert_stays_until_it_is_confirmed_by_a_tap(line: Line) -> None:
    shown = re.compile(r'id="alert"[^>]* hidden')
    assert not shown.search(await line.amani.opens("/console"))
    assert "Somebody waits for a person." in line.amani.page
    assert await line.amani.acts("/console/seen") == 303
    assert shown.search(await line.amani.opens("/console"))
    assert not shown.search(await line.zuri.opens("/console"))
    await _taken(line)
    assert shown.search(await line.zuri.opens("/console"))


async def test_the_lead_sees_hours_load_and_with_whom_to_talk(line: Line) -> None:
    assert await line.amani.acts("/console/shift", on="0") == 303
    assert await line.amani.acts("/console/shift", on="1") == 303
    await line.client.says("i want to kill myself")
    path = await _taken(line)
    line.site.clock.move(minutes=9)
    assert "1/6 cases" in await _people(line)
    assert await line.amani.acts(f"{path}/close") == 303
    assert "A heavy case is behind you." in await line.amani.opens("/console")
    assert "Talk with the lead: a heavy case" in await _people(line, debriefed="Amani")
    assert "0.1 h in 7 days" in await _people(line)
    assert "Talk with the lead" not in await _people(line)
    assert "A heavy case" not in await line.amani.opens("/console")


async def _people(line: Line, debriefed: str = "") -> str:
    """Return the lead's page; afterwards they have talked with `debriefed`."""
    if not await line.site.app.database.read(lambda conn: [p for p in roster.people(conn) if p.role == "lead"]):
        await line.site.counselor("lela", "Lela", "lead", on_shift=False)
    async with Visitor(line.site.url) as lela:
        assert await lela.logs_in("lela") == 303
        page = await lela.opens("/console/people")
        if debriefed:
            member = await _member(line, debriefed)
            assert await lela.acts(f"/console/people/{member}/debriefed") == 303
            assert await lela.acts(f"/console/people/{NOWHERE[0]}/debriefed") == 404
        return page


@pytest.mark.parametrize("path", CHANGING)
async def test_no_change_but_from_our_own_page_in_a_live_session(line: Line, path: str) -> None:
    if path in OF_THE_LEAD:
        await line.site.app.database.run(lambda conn: conn.execute(staff.update().values(role="lead")))
    if not path.endswith("/take"):
        await _taken(line)
    member = await _member(line, "Zuri")
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


async def test_a_case_is_streamed_with_what_becomes_of_each_answer(line: Line) -> None:
    path = await _taken(line)
    assert await line.amani.acts(f"{path}/say", text="Pole.", nonce="1") == 303
    assert "Pole." in await events(line.amani, f"{path}/events", '"note": "Sent"')
    await _delivery(line, "failed")
    read = await events(line.amani, f"{path}/events?last=99999", '"note": "Did not arrive"')
    assert '"failed": true' in read
    assert "Did not arrive" in await line.amani.opens(path)


async def _delivery(line: Line, state: str) -> None:
    """Let the channel report on the counselor's answer."""
    answer = sa.select(handover_messages.c.uid).where(handover_messages.c.author == "counselor").scalar_subquery()
    change = outbox.update().where(outbox.c.uid == answer).values(delivery=state)
    await line.site.app.database.run(lambda conn: conn.execute(change))


async def test_a_change_of_delivery_reaches_a_page_that_is_open(line: Line) -> None:
    path = await _taken(line)
    assert await line.amani.acts(f"{path}/say", text="Pole.", nonce="1") == 303
    read = ""
    async with line.amani.session.get(f"{line.site.url}{path}/events") as answer:
        async for part in answer.content.iter_any():
            read += part.decode()
            if '"note": "Sent"' in read:
                await _delivery(line, "delivered")
            if '"note": "Arrived"' in read:
                break
    assert read.count('"text": "Pole."') >= 2


async def test_a_long_case_shows_every_line_once(line: Line) -> None:
    path = await _taken(line)
    for number in range(30):
        assert await line.amani.acts(f"{path}/say", text=f"line {number}.", nonce=f"{number}") == 303
    page = await line.amani.opens(path)
    assert [page.count(f"<p>line {number}.</p>") for number in range(30)] == [1] * 30
    await events(line.amani, f"{path}/events", "line 29.")


async def test_streams_end_with_the_case_with_the_session_and_with_the_server(anywhere: Line) -> None:
    path = await _taken(anywhere)
    url = anywhere.site.url
    async with (
        anywhere.amani.session.get(f"{url}{path}/events") as case,
        anywhere.zuri.session.get(f"{url}/console/events") as queue,
    ):
        assert await anywhere.amani.acts(f"{path}/close") == 303
        assert "event: end" in await case.text()
        anywhere.site.clock.move(seconds=IDLE.total_seconds())
        assert "event: end" in await queue.text()
    async with anywhere.client.session.get(f"{url}/chat/events") as chat:
        await chat.content.readany()
        anywhere.site.app.streams.close()
        assert "event: end" not in await chat.text()


async def test_the_queue_is_streamed_when_it_changes(line: Line) -> None:
    read = await events(line.zuri, "/console/events", '"cards": [{')
    assert line.case in read
    await _taken(line)
    assert '"cards": []' in await events(line.zuri, "/console/events", '"cards": []')


async def test_what_a_client_writes_is_shown_as_text(line: Line) -> None:
    path = await _taken(line)
    await line.client.says("<script>alert(1)</script><img src=x onerror=alert(1)>")
    page = await line.amani.opens(path)
    assert "&lt;script&gt;alert(1)" in page
    assert "<img" not in page


async def test_the_console_tells_no_address(line: Line) -> None:
    (token,) = [cookie.value for cookie in line.client.session.cookie_jar]
    path = await _taken(line)
    for page in (await line.amani.opens("/console"), await line.amani.opens(path)):
        assert token not in page
