"""The timers of a handover in the whole service, on both databases: whatever restarts, nothing due is forgotten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.store import alerts, cases, handovers, roster
from bot.store.conversations import Vault
from bot.store.database import Database
from bot.store.tables import alerts as alert_rows
from bot.store.tables import inbox, staff
from bot.timers import LONGEST_SHIFT_SECONDS
from handlers.duty import HOUR
from handlers.facts import Case
from knowledge_base.library import Library
from tests.talk import Client, Service, config, service


async def asked(line: Service) -> Client:
    """A client who asks for a person."""
    client = line.client()
    await client.says("hello")
    await client.says("talk to a person")
    return client


async def case_id(line: Service) -> str:
    (card,) = await line.app.database.read(cases.queue)
    return card.id


async def case(line: Service) -> Case:
    ((_, found),) = await line.app.database.read(handovers.every)
    return found


async def told(line: Service) -> list[str]:
    """The aliases of those who were told of the case, in order."""
    query = sa.select(staff.c.alias).join(alert_rows, alert_rows.c.staff_id == staff.c.id).order_by(alert_rows.c.id)
    return list(await line.app.database.read(lambda conn: conn.scalars(query).all()))


async def staff_id(line: Service, alias: str) -> str:
    query = sa.select(staff.c.id).where(staff.c.alias == alias)
    return str(await line.app.database.read(lambda conn: conn.execute(query).scalar_one()))


async def does(line: Service, alias: str, change: Callable[..., Any], *more: Any, **named: Any) -> None:
    """Let a change of `bot.store.roster` or `alerts` happen to a member."""
    member = await staff_id(line, alias)
    await line.app.database.run(lambda conn: change(conn, member, *more, **named))


async def people(line: Service) -> dict[str, roster.Person]:
    return {one.alias: one for one in await line.app.database.read(roster.people)}


async def test_rounds_go_to_the_shift_then_to_all_then_to_the_lead(line: Service) -> None:
    await line.counselor("Amani")
    await line.counselor("Lela", "lead", on_shift=False)
    await line.counselor("Zuri", on_shift=False)
    await asked(line)
    assert await told(line) == ["Amani"]
    await does(line, "Amani", alerts.seen, line.clock().timestamp())
    await line.passes(minutes=5)
    await does(line, "Amani", alerts.seen, line.clock().timestamp())
    assert await told(line) == ["Amani"] * 2
    await line.passes(minutes=10)
    await does(line, "Amani", alerts.seen, line.clock().timestamp())
    assert (await told(line))[2:] == ["Amani", "Lela", "Zuri"]
    await line.passes(minutes=15)
    assert (await told(line))[5:] == ["Lela"]
    await line.passes(hours=10)
    assert (await case(line)).hours.rounds == 4


async def test_without_a_receipt_another_person_is_told(line: Service) -> None:
    await line.counselor("Amani")
    await line.counselor("Lela", "lead", on_shift=False)
    await line.counselor("Zuri", on_shift=False)
    await asked(line)
    await line.passes(minutes=5)
    assert await told(line) == ["Amani", "Lela", "Amani"]
    await line.passes(minutes=5)
    assert (await told(line))[3:] == ["Zuri"]
    await line.passes(minutes=1)
    assert len(await told(line)) == 4


async def test_a_receipt_is_a_tap_and_ends_the_waiting_for_it(line: Service) -> None:
    await line.counselor("Amani")
    await line.counselor("Zuri", on_shift=False)
    await asked(line)
    member = await staff_id(line, "Amani")
    assert await line.app.database.read(lambda conn: alerts.unseen(conn, member))
    await does(line, "Amani", alerts.seen, line.clock().timestamp())
    assert not await line.app.database.read(lambda conn: alerts.unseen(conn, member))
    await line.passes(minutes=5)
    assert await told(line) == ["Amani", "Amani"]


async def test_nobody_is_told_of_a_case_that_somebody_has_or_that_is_closed(line: Service) -> None:
    amani = await line.counselor("Amani")
    await asked(line)
    case = await case_id(line)
    await amani.takes(case)
    assert await told(line) == []
    await amani.closes(case)
    await line.passes(hours=1)
    assert await told(line) == []


async def test_who_gets_no_answer_hears_it_and_the_case_waits_again(line: Service) -> None:
    amani = await line.counselor("Amani")
    await line.counselor("Zuri")
    client = await asked(line)
    case = await case_id(line)
    await amani.takes(case)
    await amani.says(case, "Karibu.")
    await client.says("i am afraid")
    await line.passes(minutes=9)
    await client.says("are you there?")
    await client.reads()
    await line.passes(minutes=1)
    (said,) = await client.reads()
    assert said.startswith("Amani has not been able to answer you in time. I have called the other counselors")
    assert (await people(line))["Amani"].paused
    assert await told(line) == ["Zuri"]
    (card,) = await amani.queue()
    assert (card.status, card.counselor) == ("waiting", "")


async def test_an_answer_in_time_keeps_the_case(line: Service) -> None:
    amani = await line.counselor("Amani")
    client = await asked(line)
    case = await case_id(line)
    await amani.takes(case)
    await line.passes(minutes=9)
    await amani.says(case, "Karibu.")
    await line.passes(minutes=9)
    await client.says("i am afraid")
    await line.passes(minutes=9)
    await amani.says(case, "Pole.")
    await line.passes(hours=11)
    assert (await amani.queue())[0].counselor


async def test_who_takes_a_case_and_says_nothing_loses_it_too(line: Service) -> None:
    amani = await line.counselor("Amani")
    await asked(line)
    await amani.takes(await case_id(line))
    await line.passes(minutes=10)
    assert (await amani.queue())[0].status == "waiting"


async def test_after_twelve_silent_hours_the_talk_is_closed(line: Service) -> None:
    amani = await line.counselor("Amani")
    client = await asked(line)
    case = await case_id(line)
    await amani.takes(case)
    await amani.says(case, "Karibu.")
    await client.reads()
    await line.passes(hours=12)
    (said,) = await client.reads()
    assert "this talk is closed" in said
    assert await amani.queue() == []


async def test_the_cases_of_who_leaves_the_shift_go_back(line: Service) -> None:
    amani = await line.counselor("Amani")
    client = await asked(line)
    await amani.takes(await case_id(line))
    await client.reads()
    await does(line, "Amani", roster.set_shift, line.clock().timestamp(), on=False)
    await line.passes(seconds=15)
    assert "Amani cannot go on just now. Nobody else is on shift" in (await client.reads())[0]
    assert (await amani.queue())[0].status == "waiting"


async def test_a_shift_that_somebody_forgot_to_end_ends_by_itself(line: Service) -> None:
    await line.counselor("Amani", on_shift=False)
    await does(line, "Amani", roster.set_shift, line.clock().timestamp(), on=True)
    await line.passes(seconds=LONGEST_SHIFT_SECONDS - 1)
    assert (await people(line))["Amani"].on_shift
    await line.passes(seconds=1)
    assert not (await people(line))["Amani"].on_shift
    now = line.clock().timestamp()
    worked = await line.app.database.read(lambda conn: roster.worked(conn, now - 14 * HOUR, now + HOUR))
    assert list(worked.values()) == [LONGEST_SHIFT_SECONDS]


async def test_who_comes_back_comes_back_to_the_same_counselor(line: Service) -> None:
    amani = await line.counselor("Amani")
    client = await asked(line)
    case = await case_id(line)
    await amani.takes(case)
    await amani.says(case, "Karibu.")
    await amani.closes(case)
    await line.counselor("Zuri")
    await line.passes(hours=47)
    assert (await client.says("talk to a person"))[-1].startswith("Amani, who talked with you last")
    (card,) = await amani.queue()
    assert card.status == "taken"
    await amani.closes(card.id)
    await does(line, "Amani", roster.set_paused, paused=True)
    await client.says("talk to a person")
    assert (await amani.queue())[0].status == "waiting"


async def test_nobody_has_more_cases_than_the_cap(database: Database, vault: Vault, content: Library) -> None:
    async with service(database, vault, content, config(desk={"load_cap": 2})) as line:
        amani = await line.counselor("Amani")
        for _ in range(3):
            await asked(line)
        for card in await amani.queue():
            await amani.takes(card.id)
        assert sorted(card.status for card in await amani.queue()) == ["taken", "taken", "waiting"]
        await amani.closes(next(card.id for card in await amani.queue() if card.status == "taken"))
        await amani.takes(next(card.id for card in await amani.queue() if card.status == "waiting"))
        assert [card.status for card in await amani.queue()] == ["taken", "taken"]


async def test_who_is_not_on_shift_or_in_a_pause_can_take_nothing(line: Service) -> None:
    amani = await line.counselor("Amani")
    await line.counselor("Zuri", on_shift=False)
    await asked(line)
    case = await case_id(line)
    await does(line, "Amani", roster.set_paused, paused=True)
    for alias in ("Amani", "Zuri"):
        amani.alias = alias
        await amani.takes(case)
        assert (await amani.queue())[0].status == "waiting"


async def test_a_place_is_reserved_only_for_who_is_there_or_is_no_member(line: Service) -> None:
    """Between the decision and its rows the counselor may have left."""
    await line.counselor("Amani", on_shift=False)
    assert await line.app.database.run(lambda conn: roster.reserve(conn, "Amani", 6)) is None
    assert await line.app.database.run(lambda conn: roster.reserve(conn, "Counselor", 6)) == "Counselor"


async def test_a_case_is_passed_to_a_person_with_a_note(line: Service) -> None:
    amani, zuri = await line.counselor("Amani"), await line.counselor("Zuri")
    client = await asked(line)
    case = await case_id(line)
    await amani.takes(case)
    await client.reads()
    await amani.passes(case, "Zuri", note="Anapenda Kiswahili.")
    assert (await client.reads())[0].startswith("Zuri goes on with you from here")
    assert "note: Amani: Anapenda Kiswahili." in await zuri.reads(case)
    await zuri.says(case, "Mimi ni Zuri.")
    assert await client.reads() == ["Zuri: Mimi ni Zuri."]


async def test_a_heavy_case_asks_for_a_talk_with_the_lead_when_it_is_over(line: Service) -> None:
    amani = await line.counselor("Amani")
    await line.client().says("i want to kill myself")
    case = await case_id(line)
    await amani.takes(case)
    assert not (await people(line))["Amani"].debrief
    await amani.closes(case)
    assert (await people(line))["Amani"].debrief


async def test_the_queue_goes_by_severity_then_by_age(line: Service) -> None:
    amani = await line.counselor("Amani")
    for words in ("talk to a person", "he will share my nudes if i do not pay", "i want to kill myself"):
        await line.client().says(words)
        line.clock.move(minutes=1)
    await line.client().says("talk to a person")
    reasons = [card.reason for card in await amani.queue()]
    assert reasons == ["suicide", "blackmail", "asked", "asked"]
    ages = [card.opened_at for card in await amani.queue()]
    assert ages[2] < ages[3]


async def test_what_was_due_during_a_stop_comes_after_the_start_and_once(
    database: Database, vault: Vault, content: Library
) -> None:
    async with service(database, vault, content) as line:
        amani = await line.counselor("Amani")
        await line.counselor("Lela", "lead")
        client = await asked(line)
        await amani.takes(await case_id(line))
        await client.reads()
        stopped = line.clock.at + timedelta(minutes=40)
    async with service(database, vault, content) as line:
        line.clock.at = stopped
        await line.passes(seconds=0)
        again = Client(line, client.token, client.seen)
        (said,) = await again.reads()
        assert said.startswith("Amani has not been able to answer")
        await line.passes(seconds=0)
        assert await again.reads() == []
        stopped += timedelta(minutes=40)
    async with service(database, vault, content) as line:
        line.clock.at = stopped
        await line.passes(seconds=0)
        assert (await case(line)).hours.rounds == 4


async def test_two_processes_that_look_at_once_write_one_event(line: Service) -> None:
    await line.counselor("Amani")
    await asked(line)
    line.clock.move(minutes=5)
    await line.app.database.run(line.app.timers._look)
    await line.app.database.run(line.app.timers._look)
    waiting = sa.select(sa.func.count()).select_from(inbox).where(inbox.c.status == "new")
    assert await line.app.database.read(lambda conn: conn.execute(waiting).scalar()) == 1


async def test_an_event_that_failed_is_tried_again(line: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    await line.counselor("Amani")
    await asked(line)
    line.clock.move(minutes=5)

    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("bot.effects.alerts.tell", broken)
    await line.app.timers.once()
    await line.settle()
    monkeypatch.undo()
    assert (await case(line)).hours.rounds == 1
    await line.passes(minutes=5)
    assert (await case(line)).hours.rounds == 2
