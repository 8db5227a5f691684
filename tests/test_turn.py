"""A turn: one event, one transaction; several processes may ask for it, one gets it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from bot.channels import Address, Arrival
from bot.store.conversations import Vault
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.tables import appointments, inbox, outbox
from bot.turn import Took
from handlers.events import Said
from knowledge_base.library import Library
from tests import postgres
from tests.talk import Service, code_in, service


@pytest.fixture
async def url(postgres_address: str) -> AsyncIterator[str]:
    """An empty PostgreSQL database."""
    with postgres.database(postgres_address) as address:
        yield address


@asynccontextmanager
async def processes(count: int, url: str, vault: Vault, content: Library) -> AsyncIterator[list[Service]]:
    """Several services on one database, each with connections of its own."""
    async with AsyncExitStack() as stack:
        found = []
        for _ in range(count):
            database = await Database.open(url)
            stack.push_async_callback(database.close)
            await migrate(database)
            found.append(await stack.enter_async_context(service(database, vault, content)))
        yield found


def arrival(client: str, number: int, text: str) -> Arrival:
    return Arrival("web", f"{client}:{number}", Address("web", client), Said(text))


async def statuses(one: Service) -> list[str]:
    query = sa.select(inbox.c.status).order_by(inbox.c.id)
    return list(await one.app.database.read(lambda conn: conn.scalars(query).all()))


@asynccontextmanager
async def held(url: str, lock: str) -> AsyncIterator[None]:
    """Hold every conversation, as another process does in the middle of a turn."""
    engine = create_async_engine(url.replace("postgresql:", "postgresql+asyncpg:"))
    async with engine.begin() as connection:
        await connection.exec_driver_sql(f"select id from conversations {lock}")
        yield
    await engine.dispose()


async def test_an_event_whose_conversation_is_held_is_handled_soon_after_it_is_free(
    url: str, vault: Vault, content: Library
) -> None:
    """No sweep runs here: whoever wrote the event down has to come back for it."""
    async with processes(1, url, vault, content) as (one,):
        client = one.client("asha")
        await client.says("hello")
        async with held(url, "for no key update"):
            (conversation,) = await one.app.inbox.take([arrival("asha", 50, "book")])
            assert await one.app.turns.take(conversation) is Took.BUSY
            await asyncio.sleep(0)
            assert (await statuses(one))[-1] == "new"
        await one.settle()
        assert "What is the visit for" in (await client.reads())[0]
        assert await one.app.turns.take(conversation) is Took.NOTHING


async def test_events_can_be_written_down_during_a_turn(url: str, vault: Vault, content: Library) -> None:
    async with processes(1, url, vault, content) as (one,):
        await one.client("asha").says("hello")
        async with held(url, "for no key update"), asyncio.timeout(30):
            await one.app.inbox.take([arrival("asha", 50, "book")])
        await one.settle()
        assert await statuses(one) == ["done", "done"]


async def test_writing_an_event_down_makes_no_turn_wait(url: str, vault: Vault, content: Library) -> None:
    """A row that refers to the conversation holds its key, and nothing more."""
    async with processes(1, url, vault, content) as (one,):
        await one.client("asha").says("hello")
        async with held(url, "for key share"):
            (conversation,) = await one.app.inbox.take([arrival("asha", 50, "book")])
            async with asyncio.timeout(30):
                await one.app.inbox.settled([conversation])
            assert await statuses(one) == ["done", "done"]


async def test_nothing_waits_for_a_conversation_that_is_gone(line: Service) -> None:
    assert await line.app.turns.take("0" * 32) is Took.NOTHING


async def test_two_processes_handle_each_event_once_and_in_order(url: str, vault: Vault, content: Library) -> None:
    async with processes(2, url, vault, content) as both:
        amani = await both[0].counselor()
        for name in ("asha", "musa"):
            await both[0].client(name).says("talk to a person")
        cards = await amani.queue()
        for card in cards:
            await amani.takes(card.id)
        texts = [f"number {number}" for number in range(30)]
        for number, text in enumerate(texts):
            process = both[number % 2]
            await process.app.inbox.take([arrival("asha", 100 + number, text), arrival("musa", 100 + number, text)])
        for one in both:
            await one.settle()
        for card in cards:
            said = [line.removeprefix("client: ") for line in await amani.reads(card.id) if "number" in line]
            assert said == texts
        assert set(await statuses(both[0])) == {"done"}


async def test_a_new_client_whom_two_processes_meet_at_once_is_one(url: str, vault: Vault, content: Library) -> None:
    async with processes(2, url, vault, content) as both:
        arrivals = [(one, arrival("asha", number, "hello")) for number in range(10) for one in both]
        await asyncio.gather(*(one.app.inbox.take([event]) for one, event in arrivals))
        for one in both:
            await one.settle()
        assert await statuses(both[0]) == ["done"] * 10
        causes = await both[0].app.database.read(lambda conn: conn.scalars(sa.select(outbox.c.cause)).all())
        assert len(causes) == 11


async def test_the_last_place_goes_to_one_of_two_processes(url: str, vault: Vault, content: Library) -> None:
    async with processes(2, url, vault, content) as both:
        clients = [one.client(f"client-{number}") for number, one in enumerate(both)]
        for client in clients:
            for said in ("hello", "book", "2", "1", "1"):
                await client.says(said)
        await asyncio.gather(
            *(one.app.inbox.take([arrival(client.token, 99, "yes")]) for one, client in zip(both, clients, strict=True))
        )
        for one in both:
            await one.settle()
        answers = [(await client.reads())[0] for client in clients]
        taken = await both[0].app.database.read(lambda conn: conn.execute(sa.select(appointments)).all())
        assert len(taken) == 1
        assert sum("Somebody just took that time" in answer for answer in answers) == 1
        assert code_in(next(answer for answer in answers if "Somebody" not in answer))
