"""A reminder survives a restart, comes once, silently, and never late."""

import asyncio

import pytest
import sqlalchemy as sa

from bot.reminders import LATE_SECONDS, Reminders
from bot.store.tables import inbox, outbox, reminders
from tests.line import Breaking, Line
from tests.talk import Client, Service

ASHA = 501


async def counted(line: Service) -> Client:
    """A client whose hours are counted."""
    client = line.client()
    await client.says("hello")
    assert "hours are left" in "".join(await client.says("condom broke last night"))
    return client


async def rows(line: Service, table: sa.Table) -> int:
    query = sa.select(sa.func.count()).select_from(table)
    return await line.app.database.read(lambda conn: conn.execute(query).scalar_one())


async def test_it_comes_after_an_hour_and_once(line: Service) -> None:
    client = await counted(line)
    line.clock.move(minutes=59)
    await line.settle()
    assert await client.reads() == []
    line.clock.move(minutes=1)
    await line.settle()
    (asked,) = await client.reads()
    assert asked == "How did it go? A number is enough.\n1 It is done\n2 Not yet\n0 Talk to a person"
    line.clock.move(hours=5)
    await line.settle()
    assert await client.reads() == []
    assert await rows(line, reminders) == 0


async def test_two_who_look_at_the_same_time_make_one_event(line: Service) -> None:
    client = await counted(line)
    line.clock.move(hours=1)
    both = [Reminders(line.app.database, line.app.vault, line.app.inbox) for _ in range(2)]
    assert sum(await asyncio.gather(*(one.once() for one in both))) == 1
    await line.settle()
    assert len(await client.reads()) == 1


async def test_a_newer_one_takes_the_place_of_the_first(line: Service) -> None:
    client = await counted(line)
    line.clock.move(minutes=30)
    await client.says("2 days ago")
    assert await rows(line, reminders) == 1
    line.clock.move(minutes=30)
    await line.settle()
    assert await client.reads() == []


async def test_stop_leaves_no_row(line: Service) -> None:
    client = await counted(line)
    await client.says("stop")
    assert await rows(line, reminders) == 0


@pytest.mark.parametrize(("late", "comes"), [(LATE_SECONDS - 1, True), (LATE_SECONDS, False)])
async def test_after_a_long_outage_it_is_not_sent_any_more(line: Service, late: float, comes: bool) -> None:
    client = await counted(line)
    line.clock.move(hours=1, seconds=late)
    await line.settle()
    assert bool(await client.reads()) is comes
    assert await rows(line, reminders) == 0


async def test_what_breaks_in_between_loses_nothing(line: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    client = await counted(line)
    line.clock.move(hours=1)
    breaking = Breaking(line.app.database, 1)
    with monkeypatch.context() as broken:
        broken.setattr(line.app.database, "run", breaking.run)
        with pytest.raises(Exception, match="on purpose"):
            await line.app.reminders.once()
    await line.settle()
    assert len(await client.reads()) == 1


async def test_a_conversation_that_is_gone_is_not_reminded(line: Service) -> None:
    await counted(line)
    await line.app.database.run(lambda conn: conn.execute(sa.text("delete from conversations")))
    line.clock.move(hours=1)
    assert await line.app.reminders.once() == 0
    assert await rows(line, inbox) == 0


async def test_it_makes_no_sound_and_is_not_repeated(line: Service) -> None:
    await counted(line)
    line.clock.move(hours=1)
    await line.app.reminders.once()
    await line.app.inbox.drained()
    query = sa.select(outbox.c.once, outbox.c.valid_until - outbox.c.due).order_by(outbox.c.id.desc()).limit(1)
    once, valid = await line.app.database.read(lambda conn: conn.execute(query).one())
    assert (once, valid) == (True, LATE_SECONDS)


async def test_telegram_is_asked_to_make_no_sound(wired: Line) -> None:
    await wired.telegram.says(ASHA, "condom broke last night")
    await wired.emptied()
    wired.clock.move(hours=1)
    await wired.app.reminders.once()
    await wired.emptied()
    sent = wired.telegram.called("sendMessage")
    assert "How did it go?" in sent[-1]["text"]
    assert [one.get("disable_notification") for one in sent][-2:] == [None, True]
