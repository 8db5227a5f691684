"""Letters in the outbox, and a carrier that does what a test wants."""

import asyncio
import secrets
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.app import App
from bot.channels import Address, Receipt
from bot.store import codec
from bot.store.codec import Letter
from bot.store.conversations import Conversation
from bot.store.tables import outbox
from tests.talk import Clock

Fault = Exception | Callable[[], Awaitable[object]]


@dataclass
class Carried:
    """A carrier: remembers what was accepted and when; suffers the faults that wait for a client, then succeeds."""

    clock: Clock
    accepted: list[tuple[str, str]] = field(default_factory=list)
    tried: list[tuple[str, float]] = field(default_factory=list)
    faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def carry(self, conversation: Conversation, letter: Letter, reference: str) -> Receipt:
        """Take the letter, or suffer a fault."""
        self.tried.append((letter.text, self.clock().timestamp()))
        client = conversation.address.value
        faults = self.faults[client]
        fault = faults.popleft() if faults else None
        if isinstance(fault, Exception):
            raise fault
        if fault:
            await fault()
        self.accepted.append((client, letter.text))
        self.news.set()
        return Receipt(reference)

    def texts(self, client: str) -> list[str]:
        """What a client got, in order."""
        return [text for name, text in self.accepted if name == client]


def carried(app: App, clock: Clock, channel: str = "test") -> Carried:
    """Return a carrier that the service uses for `channel`."""
    carrier = Carried(clock)
    app.carriers[channel] = carrier
    return carrier


async def write(app: App, client: str, *texts: str, channel: str = "test", **values: Any) -> list[str]:
    """Put letters to a client into the outbox; return their references."""
    now = app.inbox.now()

    def tx(conn: Connection) -> list[str]:
        conversation_id = app.vault.find_or_make(conn, Address(channel, client), now)
        seal = app.vault.seal(conn, conversation_id)
        assert seal
        made = []
        for text in texts:
            uid = secrets.token_hex(16)
            body = seal.seal(codec.encode(Letter(text)), table="outbox", column="body", row=uid)
            row: dict[str, Any] = {
                "uid": uid,
                "conversation_id": conversation_id,
                "cause": f"test:{uid}",
                "channel": channel,
            }
            row |= {"body": body, "status": "ready", "attempts": 0, "due": now.timestamp(), "once": False}
            row |= {"valid_until": (now + timedelta(hours=24)).timestamp()}
            conn.execute(outbox.insert().values(**(row | values)))
            made.append(uid)
        return made

    return await app.database.run(tx)


async def row(app: App, reference: str) -> Any:
    """Return a row of the outbox."""
    query = sa.select(outbox).where(outbox.c.uid == reference)
    return await app.database.read(lambda conn: conn.execute(query).one())


async def unsent(app: App) -> int:
    """Return how many rows are neither sent nor given up."""
    query = sa.select(sa.func.count()).where(outbox.c.status.in_(("ready", "sending")))
    return await app.database.read(lambda conn: conn.execute(query).scalar_one())
