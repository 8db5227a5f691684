"""The counselors' pages over real HTTP: shifts, pauses, alerts, passing on, and what is the lead's."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import sqlalchemy as sa

from bot.store import roster
from bot.store.tables import audit, staff
from tests.browser.site import Visitor, events
from tests.casework import CHANGING, NOWHERE, OF_THE_LEAD, Line, anywhere, line, member_id, taken

__all__ = ["anywhere", "line"]


async def test_what_is_the_leads_does_not_exist_for_counselors(anywhere: Line) -> None:
    zuri = await member_id(anywhere, "Zuri")
    nothing = await anywhere.amani.asks("GET", f"/console/cases/{NOWHERE[0]}")
    page = anywhere.amani.page
    for path in OF_THE_LEAD - set(CHANGING):
        assert (await anywhere.amani.asks("GET", path)).status == nothing.status == 404
        assert anywhere.amani.page == page
    for path in OF_THE_LEAD & set(CHANGING):
        for member in (zuri, NOWHERE[0]):
            assert await anywhere.amani.acts(path.replace("{member}", member)) == 404
            assert anywhere.amani.page == page


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
    path = await taken(anywhere)
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
    path = await taken(anywhere)
    zuri = await member_id(anywhere, "Zuri")
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
    path = await taken(line)
    for to in ("person:", "person:nobody"):
        assert await line.amani.acts(f"{path}/pass", to=to) == 404
    assert "<textarea" in await line.amani.opens(path)


async def test_who_ends_the_shift_gives_the_cases_back(anywhere: Line) -> None:
    path = await taken(anywhere)
    assert await anywhere.amani.acts("/console/shift", on="0") == 303
    await anywhere.client.sees("/chat", "Amani cannot go on just now. I have called the other counselors")
    assert (await anywhere.amani.asks("GET", path)).status == 404
    assert anywhere.case in await anywhere.zuri.opens("/console")


async def test_in_a_pause_there_are_no_new_cases_and_the_own_ones_stay(line: Line) -> None:
    path = await taken(line)
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
    await taken(line)
    assert shown.search(await line.zuri.opens("/console"))


async def test_the_lead_sees_hours_load_and_with_whom_to_talk(line: Line) -> None:
    assert await line.amani.acts("/console/shift", on="0") == 303
    assert await line.amani.acts("/console/shift", on="1") == 303
    await line.client.says("i want to kill myself")
    path = await taken(line)
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
            member = await member_id(line, debriefed)
            assert await lela.acts(f"/console/people/{member}/debriefed") == 303
            assert await lela.acts(f"/console/people/{NOWHERE[0]}/debriefed") == 404
        return page
