"""The inbox: each event once, in order, whatever fails; nobody's trouble is anybody else's."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa

from bot import turn
from bot.arrivals import receive
from bot.channels import Address, Arrival
from bot.store.conversations import Vault
from bot.store.database import Database, StoreError, Tx
from bot.store.tables import conversations, inbox, outbox
from handlers.dialogue import handle
from handlers.events import Event, Said
from knowledge_base.library import Library
from tests.line import DESK, Providers, open_line, until
from tests.talk import Service, service

POISON = "poison"


@pytest.fixture
async def one(file_database: Database, vault: Vault, content: Library) -> AsyncIterator[Service]:
    """The service on SQLite, without its loops."""
    async with service(file_database, vault, content) as running:
        yield running


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Failed turns are tried again at once."""
    monkeypatch.setattr("bot.inbox.FAILED_SECONDS", 0.001)


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """Break the dialogue for one text; returns the events that it saw."""
    seen: list[Event] = []

    def breaking(state: Any, event: Event, facts: Any) -> Any:
        seen.append(event)
        if isinstance(event, Said) and event.text == POISON:
            raise LookupError("broken on purpose")
        return handle(state, event, facts)

    monkeypatch.setattr(turn, "handle", breaking)
    return seen


async def events(service: Service) -> list[tuple[str, str, int]]:
    query = sa.select(inbox.c.source, inbox.c.status, inbox.c.attempts).order_by(inbox.c.id)
    rows = await service.app.database.read(lambda conn: conn.execute(query).all())
    return [(row.source, row.status, row.attempts) for row in rows]


def arrival(client: str, number: int, text: str) -> Arrival:
    return Arrival("web", f"{client}:{number}", Address("web", client), Said(text))


async def test_an_event_that_fails_three_times_is_parked_and_the_next_goes_on(
    line: Service, poisoned: list[Event]
) -> None:
    client = line.client()
    await client.says("hello")
    told = await client.says(POISON)
    assert poisoned.count(Said(POISON)) == 3
    assert len(told) == 1
    assert told[0].startswith("Something went wrong on our side.")
    assert "What is the visit for" in (await client.says("book"))[0]
    assert await events(line) == [("web", "done", 0), ("web", "parked", 3), ("self", "done", 0), ("web", "done", 0)]


async def test_what_waited_behind_it_and_other_clients_are_not_held_up(line: Service, poisoned: list[Event]) -> None:
    asha, musa = line.client("asha"), line.client("musa")
    await line.arrives(
        arrival("asha", 1, POISON), arrival("asha", 2, "book"), arrival("musa", 1, "book"), arrival("musa", 2, "1")
    )
    assert any("What is the visit for" in text for text in await asha.reads())
    assert "which day" in (await musa.reads())[-1]


async def test_the_desk_hears_of_it_without_a_word(
    file_database: Database, vault: Vault, content: Library, around: Providers, poisoned: list[Event]
) -> None:
    async with open_line(file_database, vault, content, around, **DESK) as running:
        await running.telegram.says(501, POISON)
        await running.quiet()
        (notice,) = running.telegram.thread(None)
    assert "could not be handled" in notice
    assert POISON not in notice


async def test_an_apology_that_fails_is_not_apologised_for(line: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaking(*_: object) -> None:
        raise LookupError("broken on purpose")

    monkeypatch.setattr(turn, "handle", breaking)
    await line.arrives(arrival("asha", 1, "hello"))
    assert await events(line) == [("web", "parked", 3), ("self", "parked", 3)]


async def test_an_event_of_a_version_that_we_cannot_read_is_parked_and_the_client_told(line: Service) -> None:
    client = line.client("asha")
    await client.says("hello")

    def write(conn: sa.Connection) -> None:
        found = line.app.vault.find(conn, Address("web", "asha"))
        assert found
        seal = line.app.vault.seal(conn, found)
        assert seal
        body = seal.seal(b'{"is":"Sang"}', table="inbox", column="body", row="u1")
        row = {"uid": "u1", "source": "web", "external_hash": b"x", "conversation_id": found, "body": body}
        conn.execute(inbox.insert().values(**row, status="new", attempts=0, received_day="2026-03-04"))

    await line.app.database.run(write)
    conversation = await line.app.database.read(lambda conn: line.app.vault.find(conn, Address("web", "asha")))
    line.app.inbox.wake(str(conversation))
    await line.settle()
    assert len(await client.reads()) == 1
    assert (await events(line))[1:] == [("web", "parked", 3), ("self", "done", 0)]


async def test_a_database_that_is_away_parks_nothing(one: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    client = one.client("asha")
    await client.says("hello")
    real, left = one.app.database.run, [1] * 20

    async def run(tx: Tx[Any]) -> Any:
        if left:
            left.pop()
            raise StoreError("broken on purpose")
        return await real(tx)

    await one.app.inbox.take([arrival("asha", 7, "book")])
    monkeypatch.setattr(one.app.database, "run", run)
    await one.app.inbox.drained()
    assert not left
    await one.settle()
    assert "What is the visit for" in (await client.reads())[0]
    assert {status for _, status, _ in await events(one)} == {"done"}


async def test_a_conversation_whose_key_is_damaged_fails_alone(one: Service) -> None:
    asha, musa = one.client("asha"), one.client("musa")
    await asha.says("hello")
    await one.app.inbox.take([arrival("asha", 5, "book")])
    damage = sa.update(conversations).values(dek=b"damaged")
    await one.app.database.run(lambda conn: conn.execute(damage))
    await one.settle()
    assert await musa.says("hello")
    assert ("web", "parked", 3) in await events(one)


async def test_events_of_one_conversation_are_handled_in_order(line: Service) -> None:
    numbers = [f"number {number}" for number in range(30)]
    amani = await line.counselor()
    client = line.client("asha")
    await client.says("talk to a person")
    (card,) = await amani.queue()
    await amani.takes(card.id)
    await asyncio.gather(*(line.app.inbox.take([arrival("asha", 100 + n, text)]) for n, text in enumerate(numbers)))
    await line.settle()
    seen = [said.removeprefix("client: ") for said in await amani.reads(card.id) if "number" in said]
    assert sorted(seen) == sorted(numbers)
    if line.app.database.dialect == "sqlite":
        assert seen == numbers


async def test_a_repeated_event_changes_nothing_even_at_the_same_moment(line: Service) -> None:
    client = line.client("asha")
    await asyncio.gather(*(line.app.inbox.take([arrival("asha", 1, "hello")]) for _ in range(12)))
    await line.settle()
    assert len(await client.reads()) == 2
    assert await events(line) == [("web", "done", 0)]


async def test_new_clients_at_the_same_moment_are_one_conversation_each(line: Service) -> None:
    arrivals = [arrival(f"client-{number % 5}", number, "hello") for number in range(40)]
    await asyncio.gather(*(line.app.inbox.take([one]) for one in arrivals))
    await line.settle()
    assert await events(line) == [("web", "done", 0)] * 40


async def test_what_waits_is_handled_at_the_start(file_database: Database, vault: Vault, content: Library) -> None:
    async with service(file_database, vault, content) as first:
        await first.app.database.run(lambda conn: receive(conn, vault, [arrival("asha", 1, "hello")], first.clock()))
    async with service(file_database, vault, content) as second:
        sweeping = asyncio.create_task(second.app.inbox.sweep())
        async with asyncio.timeout(30):
            while ("web", "done", 0) not in await events(second):  # noqa: ASYNC110 (the database rings no bell)
                await asyncio.sleep(0.01)
        sweeping.cancel()
        await second.settle()
        assert len(await second.client("asha").reads()) == 2


async def test_the_sweep_outlives_a_database_that_is_away(one: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.inbox.SWEEP_SECONDS", 0.01)
    real, asked = one.app.database.read, []

    async def read(tx: Tx[Any]) -> Any:
        asked.append(1)
        if len(asked) < 3:
            raise StoreError("broken on purpose")
        return await real(tx)

    monkeypatch.setattr(one.app.database, "read", read)
    sweeping = asyncio.create_task(one.app.inbox.sweep())
    await until(lambda: len(asked) >= 5)
    assert not sweeping.done()
    sweeping.cancel()


async def test_at_the_end_a_turn_that_never_comes_is_left_for_the_next_start(
    one: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inbox.STOP_SECONDS", 0.05)
    monkeypatch.setattr("bot.inbox.FAILED_SECONDS", 60.0)

    async def run(tx: Tx[Any]) -> Any:
        raise StoreError("broken on purpose")

    await one.app.inbox.take([arrival("asha", 1, "hello")])
    monkeypatch.setattr(one.app.database, "run", run)
    await one.app.inbox.stop()
    assert await events(one) == [("web", "new", 0)]


async def test_rows_of_one_event_have_causes_of_their_own(line: Service) -> None:
    await line.client().says("hello")
    causes = await line.app.database.read(lambda conn: conn.scalars(sa.select(outbox.c.cause)).all())
    assert [cause.partition(":")[2] for cause in causes] == ["0", "1"]
    assert len({cause.partition(":")[0] for cause in causes}) == 1
