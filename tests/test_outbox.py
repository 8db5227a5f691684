"""The outbox: what becomes of each attempt, when the next one comes, in which order, and who waits for whom."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from itertools import groupby
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot import outcomes
from bot.channels import Ambiguous, ClientGone, Misconfigured, NotSent, Receipt, Throttled, Unreachable, WindowClosed
from bot.channels.twilio_hooks import StatusUpdate
from bot.deliveries import Deliveries
from bot.outbox import LEASE_SECONDS, SHARE
from bot.outcomes import BACKOFF, Outcome
from bot.store import claims
from bot.store.conversations import Conversation, Vault
from bot.store.database import Database, StoreError, Tx
from bot.store.migrate import migrate
from bot.store.tables import conversations, inbox, outbox
from knowledge_base.library import Library
from tests import postgres
from tests.line import until
from tests.parcels import Carried, carried, row, unsent, write
from tests.talk import Clock, Service, service


@pytest.fixture
async def one(file_database: Database, vault: Vault, content: Library) -> AsyncIterator[Service]:
    """The service on SQLite, without its loops."""
    async with service(file_database, vault, content) as running:
        yield running


NOW = 1000.0
CLASSES: list[tuple[Any, Any, Any]] = [
    (Throttled(7.5), Outcome("later", NOW + 7.5, tried=False), Outcome("later", NOW + 7.5, tried=False)),
    (Unreachable(), Outcome("later", NOW + 2), Outcome("later", NOW + 2)),
    (Misconfigured(), Outcome("later", NOW + 900), Outcome("later", NOW + 900)),
    (WindowClosed(), Outcome("dead", lost="window"), Outcome("dead", lost="window")),
    (ClientGone(), Outcome("dead", lost="gone"), Outcome("dead", lost="gone")),
    (Ambiguous(), Outcome("later", NOW + 2), Outcome("dead")),
]


@pytest.mark.parametrize(("error", "usual", "once"), CLASSES)
def test_what_follows_a_failure(error: NotSent | Ambiguous, usual: Outcome, once: Outcome) -> None:
    assert outcomes.failed(error, "telegram", 1, NOW, once=False) == usual
    assert outcomes.failed(error, "telegram", 1, NOW, once=True) == once


@pytest.mark.parametrize("channel", ["whatsapp", "sms"])
def test_an_unknown_outcome_at_twilio_is_left_to_its_reports_for_20_seconds(channel: str) -> None:
    waits = [outcomes.failed(Ambiguous(), channel, attempt, NOW, once=False).due - NOW for attempt in (1, 2, 3, 4)]
    assert waits == [20, 20, 60, 300]


@pytest.mark.parametrize("error", [Unreachable(), Ambiguous(), RuntimeError("a fault of a library")])
async def test_the_next_attempts_come_by_the_schedule(one: Service, error: Exception) -> None:
    carrier = carried(one.app, one.clock)
    carrier.faults["asha"].extend([error] * 6)
    (reference,) = await write(one.app, "asha", "a")
    for wait in (*BACKOFF, BACKOFF[-1]):
        await one.app.outbox.drained()
        assert (await row(one.app, reference)).due == one.clock().timestamp() + wait
        one.clock.move(seconds=wait - 0.5)
        tried = len(carrier.tried)
        await one.app.outbox.drained()
        assert len(carrier.tried) == tried
        one.clock.move(seconds=0.5)
    await one.app.outbox.drained()
    assert carrier.texts("asha") == ["a"]
    assert (await row(one.app, reference)).status == "sent"


async def test_a_throttled_client_waits_as_long_as_was_asked_and_nobody_else_does(one: Service) -> None:
    carrier = carried(one.app, one.clock)
    carrier.faults["asha"].append(Throttled(30))
    (reference,) = await write(one.app, "asha", "a")
    await write(one.app, "musa", "b", "c")
    await one.app.outbox.drained()
    assert carrier.accepted == [("musa", "b"), ("musa", "c")]
    one.clock.move(seconds=29)
    await one.app.outbox.drained()
    assert carrier.texts("asha") == []
    one.clock.move(seconds=1)
    await one.app.outbox.drained()
    assert carrier.texts("asha") == ["a"]
    assert (await row(one.app, reference)).attempts == 1


async def test_what_is_too_old_is_given_up_unsent(one: Service) -> None:
    carrier = carried(one.app, one.clock)
    carrier.faults["asha"].extend([Unreachable()] * 1000)
    first, second = await write(one.app, "asha", "a", "b")
    for _ in range(24 * 4 + 1):
        await one.app.outbox.drained()
        one.clock.move(minutes=15)
    carrier.faults.clear()
    await one.app.outbox.drained()
    assert carrier.accepted == []
    for reference in (first, second):
        found = await row(one.app, reference)
        assert (found.status, found.body) == ("dead", None)


async def test_a_client_who_is_gone_is_told_to_the_conversation_and_the_next_row_is_tried(one: Service) -> None:
    carrier = carried(one.app, one.clock)
    carrier.faults["asha"].append(ClientGone())
    await write(one.app, "asha", "a", "b")
    await one.app.outbox.drained()
    await one.app.inbox.drained()
    assert carrier.texts("asha") == ["b"]
    events = await one.app.database.read(lambda conn: conn.execute(sa.select(inbox.c.source, inbox.c.status)).all())
    assert [tuple(event) for event in events] == [("self", "done")]


async def test_a_channel_that_is_off_is_looked_at_again_later(one: Service) -> None:
    (reference,) = await write(one.app, "asha", "a", channel="sms")
    await one.app.outbox.drained()
    one.clock.move(minutes=15)
    carrier = carried(one.app, one.clock, "sms")
    await one.app.outbox.drained()
    assert carrier.texts("asha") == ["a"]
    assert (await row(one.app, reference)).attempts == 2


async def test_what_must_not_come_twice_is_repeated_only_when_it_certainly_did_not_go(one: Service) -> None:
    carrier = carried(one.app, one.clock)
    carrier.faults["asha"].extend([Unreachable(), Throttled(5), Unreachable()])
    carrier.faults["musa"].append(Ambiguous())
    (sure,) = await write(one.app, "asha", "a", once=True)
    (unknown,) = await write(one.app, "musa", "b", once=True)
    for _ in range(5):
        await one.app.outbox.drained()
        one.clock.move(seconds=60)
    assert carrier.accepted == [("asha", "a")]
    assert (await row(one.app, sure)).status == "sent"
    assert (await row(one.app, unknown)).status == "dead"


async def test_what_must_not_come_twice_may_wait_for_its_place(one: Service) -> None:
    carrier = carried(one.app, one.clock, "whatsapp")
    references = await write(one.app, "asha", *"abcdefgh", channel="whatsapp", once=True)
    while await unsent(one.app):
        await one.app.outbox.drained()
        one.clock.move(seconds=3)
    assert carrier.texts("asha") == [*"abcdefgh"]
    assert {(await row(one.app, reference)).attempts for reference in references} == {1}


async def claimed(app: Any, now: float) -> list[claims.Claim]:
    """Claim as a process does that dies afterwards."""
    return list(await app.database.run(lambda conn: claims.claim(conn, now, 10, LEASE_SECONDS)))


@pytest.mark.parametrize("once", [False, True])
async def test_what_a_dead_process_was_sending_is_taken_back_after_the_lease(line: Service, once: bool) -> None:
    carrier = carried(line.app, line.clock)
    (reference,) = await write(line.app, "asha", "a", once=once)
    await claimed(line.app, line.clock().timestamp())
    line.clock.move(seconds=LEASE_SECONDS)
    await line.app.outbox.drained()
    assert carrier.accepted == []
    line.clock.move(seconds=1)
    await line.app.outbox.drained()
    assert carrier.texts("asha") == ([] if once else ["a"])
    assert (await row(line.app, reference)).status == ("dead" if once else "sent")


async def test_on_sqlite_the_next_start_takes_it_back_at_once(one: Service) -> None:
    carrier = carried(one.app, one.clock)
    await write(one.app, "asha", "a")
    await claimed(one.app, one.clock().timestamp())
    await one.app.outbox.recover()
    await one.app.outbox.drained()
    assert carrier.texts("asha") == ["a"]


async def test_a_start_leaves_twilio_20_seconds_to_report(one: Service) -> None:
    carrier = carried(one.app, one.clock, "sms")
    await write(one.app, "asha", "a", channel="sms")
    await write(one.app, "musa", "b", channel="sms")
    mine = await claimed(one.app, one.clock().timestamp())
    await one.app.outbox.recover()
    deliveries = Deliveries(one.app.database, one.app.vault, one.app.inbox)
    await deliveries.apply(StatusUpdate(mine[0].row.uid, "SM1", "sent"))
    await one.app.outbox.drained()
    assert carrier.accepted == []
    one.clock.move(seconds=21)
    await one.app.outbox.drained()
    assert carrier.accepted == [("musa", "b")]


async def test_who_lost_a_row_to_another_process_changes_nothing_of_it(line: Service) -> None:
    (reference,) = await write(line.app, "asha", "a")
    now = line.clock().timestamp()
    (slow,) = await claimed(line.app, now)
    (fast,) = await claimed(line.app, now + LEASE_SECONDS + 1)
    assert (slow.abandoned, fast.abandoned) == (False, True)
    await line.app.database.run(lambda conn: claims.put_back(conn, slow.row, now, 1))
    await line.app.database.run(lambda conn: claims.bury(conn, slow.row))
    assert (await row(line.app, reference)).status == "sending"
    await line.app.database.run(lambda conn: claims.put_back(conn, fast.row, now, 2))
    assert (await row(line.app, reference)).status == "ready"


async def test_a_row_that_cannot_be_read_is_given_up_and_the_next_goes_on(one: Service) -> None:
    carrier = carried(one.app, one.clock)
    broken, _ = await write(one.app, "asha", "a", "b")
    damage = outbox.update().where(outbox.c.uid == broken).values(body=b"damaged")
    await one.app.database.run(lambda conn: conn.execute(damage))
    await one.app.outbox.drained()
    assert carrier.texts("asha") == ["b"]
    assert (await row(one.app, broken)).status == "dead"


async def test_a_conversation_whose_key_is_damaged_holds_up_nobody(one: Service) -> None:
    carrier = carried(one.app, one.clock)
    (broken,) = await write(one.app, "asha", "a")
    await one.app.database.run(lambda conn: conn.execute(conversations.update().values(dek=b"damaged")))
    await write(one.app, "musa", "b")
    await one.app.outbox.drained()
    assert carrier.accepted == [("musa", "b")]
    assert (await row(one.app, broken)).status == "dead"


async def test_a_forgotten_conversation_takes_its_letters_along(one: Service) -> None:
    carrier = carried(one.app, one.clock)
    await write(one.app, "asha", "a")
    mine = await claimed(one.app, one.clock().timestamp())
    await one.app.database.run(lambda conn: conn.execute(conversations.delete()))
    await one.app.outbox.recover()
    await one.app.outbox.drained()
    assert len(mine) == 1
    assert carrier.accepted == []


async def test_a_slow_client_holds_up_nobody_else(one: Service) -> None:
    carrier, gate = carried(one.app, one.clock), asyncio.Event()
    carrier.faults["asha"].append(gate.wait)
    await write(one.app, "asha", "a", "b")
    await write(one.app, "musa", *"cdefg")
    sending = asyncio.create_task(one.app.outbox.drained())
    while len(carrier.accepted) < 5:
        await carrier.news.wait()
        carrier.news.clear()
    assert carrier.texts("musa") == [*"cdefg"]
    gate.set()
    await sending
    assert carrier.texts("asha") == ["a", "b"]


async def test_a_provider_that_hangs_takes_no_place_from_the_others(one: Service) -> None:
    hanging, other, gate = carried(one.app, one.clock, "hangs"), carried(one.app, one.clock), asyncio.Event()
    for number in range(SHARE * 3):
        hanging.faults[f"h{number}"].append(gate.wait)
        await write(one.app, f"h{number}", "x", channel="hangs")
    await write(one.app, "musa", *"abc")
    sending = asyncio.create_task(one.app.outbox.drained())
    while len(other.accepted) < 3:
        await other.news.wait()
        other.news.clear()
    assert len(hanging.tried) < SHARE * 2
    assert hanging.accepted == []
    gate.set()
    await sending
    assert len(hanging.accepted) == SHARE * 3


class Wild(Carried):
    """Random delays and faults; some letters are accepted although the answer is lost."""

    dice: random.Random

    async def carry(self, conversation: Conversation, letter: Any, reference: str) -> Receipt:
        """Take the letter, or not, or nobody knows."""
        await asyncio.sleep(self.dice.random() / 200)
        fate = self.dice.random()
        if fate < 0.1:
            raise Unreachable
        if fate < 0.2:
            raise Throttled(3)
        self.accepted.append((conversation.address.value, letter.text))
        if fate < 0.35:
            raise Ambiguous
        return Receipt(reference)


async def test_order_holds_in_every_conversation_whatever_happens(line: Service) -> None:
    wild = Wild(line.clock)
    wild.dice = random.Random(7)
    line.app.carriers["test"] = wild
    clients = [f"client-{number}" for number in range(15)]
    letters = [str(number) for number in range(8)]
    for client in clients:
        await write(line.app, client, *letters)
    while await unsent(line.app):
        await line.app.outbox.drained()
        line.clock.move(seconds=60)
    for client in clients:
        assert [text for text, _ in groupby(wild.texts(client))] == letters
    assert len(wild.accepted) > len(clients) * len(letters)


async def test_several_processes_send_nothing_twice_and_nothing_out_of_order(
    postgres_address: str, vault: Vault, content: Library
) -> None:
    with postgres.database(postgres_address) as url:
        async with AsyncExitStack() as stack:
            workers = [await worker(stack, url, vault, content) for _ in range(3)]
            everything: list[tuple[str, str]] = []
            mine = [Calm(Clock(), everything) for _ in workers]
            for one, carrier in zip(workers, mine, strict=True):
                one.app.carriers["test"] = carrier
            clients = [f"client-{number}" for number in range(120)]
            letters = [str(number) for number in range(4)]
            for client in clients:
                await write(workers[0].app, client, *letters)
            loops = [asyncio.create_task(one.app.outbox.run()) for one in workers]
            async with asyncio.timeout(90):
                while await unsent(workers[0].app):  # noqa: ASYNC110 (the database rings no bell)
                    await asyncio.sleep(0.05)
            for loop in loops:
                loop.cancel()
            await asyncio.gather(*loops, return_exceptions=True)
            assert {client: mine[0].texts(client) for client in clients} == dict.fromkeys(clients, letters)
            assert sum(bool(carrier.tried) for carrier in mine) > 1


async def worker(stack: AsyncExitStack, url: str, vault: Vault, content: Library) -> Service:
    """Return a service with connections of its own, as another process has them."""
    database = await Database.open(url)
    stack.push_async_callback(database.close)
    await migrate(database)
    return await stack.enter_async_context(service(database, vault, content))


class Calm(Carried):
    """Takes its time, not always the same."""

    async def carry(self, conversation: Conversation, letter: Any, reference: str) -> Receipt:
        """Take the letter after a while."""
        await asyncio.sleep(random.random() / 100)
        return await super().carry(conversation, letter, reference)


async def test_the_loop_outlives_a_database_that_is_away(one: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    carrier = carried(one.app, one.clock)
    await write(one.app, "asha", "a")
    real, broken = one.app.database.run, [1, 1]

    async def run(tx: Tx[Any]) -> Any:
        if broken:
            broken.pop()
            raise StoreError("broken on purpose")
        return await real(tx)

    monkeypatch.setattr(one.app.database, "run", run)
    loop = asyncio.create_task(one.app.outbox.run())
    await asyncio.wait_for(carrier.news.wait(), 60)
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)
    assert carrier.texts("asha") == ["a"]


async def test_a_row_whose_mark_could_not_be_written_goes_out_again(
    one: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    carrier = carried(one.app, one.clock)
    await write(one.app, "asha", "a")

    def broken(conn: Connection, *_: object) -> None:
        raise StoreError("broken on purpose")

    with monkeypatch.context() as patch:
        patch.setattr(claims, "mark_sent", broken)
        await one.app.outbox.drained()
    one.clock.move(seconds=LEASE_SECONDS + 1)
    await one.app.outbox.drained()
    assert carrier.texts("asha") == ["a", "a"]
    assert await unsent(one.app) == 0


async def test_what_is_under_way_is_finished_at_the_end(one: Service) -> None:
    carrier, gate = carried(one.app, one.clock), asyncio.Event()
    carrier.faults["asha"].append(gate.wait)
    (reference,) = await write(one.app, "asha", "a")
    loop = asyncio.create_task(one.app.outbox.run())
    await until(lambda: carrier.tried)
    loop.cancel()
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(loop, return_exceptions=True)
    assert (await row(one.app, reference)).status == "sent"
