"""The whole line: the real service, over real HTTP, between a pretend Telegram and a pretend Twilio."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot import app as composition
from bot.app import App
from bot.channels import Address
from bot.config import Config
from bot.store import claims, tables
from bot.store.conversations import Vault
from bot.store.database import Database, StoreError, Tx
from knowledge_base.library import Library
from tests.talk import Clock, config
from tests.wires.server import serving
from tests.wires.telegram import PretendTelegram
from tests.wires.telegram_world import FORUM
from tests.wires.twilio import PretendTwilio

PUBLIC = "https://line.example.org"
SECRET = "a-secret_that-Telegram-was-given"
PATIENCE_SECONDS = 60


@dataclass
class Providers:
    """The pretend providers, where they are served, and the time that they share with the service."""

    clock: Clock
    telegram: PretendTelegram
    twilio: PretendTwilio
    addresses: dict[str, str] = field(default_factory=dict)

    def settings(self, **sections: Mapping[str, object]) -> Config:
        """Return a configuration with both providers; `sections` overrides."""
        base: dict[str, dict[str, object]] = {
            "web": {"public_url": PUBLIC},
            "telegram": {"token": self.telegram.token, "api_base_url": self.addresses["telegram"], "mode": "webhook"},
            "twilio": {"account_sid": self.twilio.account_sid, "auth_token": self.twilio.auth_token},
        }
        base["telegram"] |= {"webhook_secret": SECRET}
        base["twilio"] |= {"api_base_url": self.addresses["twilio"], "whatsapp_from": "whatsapp:+14155238886"}
        base["twilio"] |= {"sms_from": "+254711000001"}
        names = base.keys() | sections.keys()
        return config(**{name: {**base.get(name, {}), **sections.get(name, {})} for name in names})


@asynccontextmanager
async def providers(clock: Clock | None = None) -> AsyncIterator[Providers]:
    """Serve both providers; what they found wrong with us fails the test."""
    clock, dns = clock or Clock(), dict[str, str]()
    both = Providers(clock, PretendTelegram(dns=dns, clock=clock), PretendTwilio(dns=dns, clock=clock))
    async with serving(both.telegram.app) as telegram, serving(both.twilio.app) as twilio:
        both.addresses = {"telegram": telegram, "twilio": twilio}
        both.twilio.media_base = twilio
        yield both
    assert both.telegram.problems == []
    assert both.twilio.problems == []


@dataclass
class Line:
    """The service, running, and the providers around it."""

    app: App
    providers: Providers
    address: str

    @property
    def clock(self) -> Clock:
        """The time of the service and of the providers."""
        return self.providers.clock

    @property
    def telegram(self) -> PretendTelegram:
        """The pretend Telegram."""
        return self.providers.telegram

    @property
    def twilio(self) -> PretendTwilio:
        """The pretend Twilio."""
        return self.providers.twilio

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds that the loops in the background bring about."""
        await until(holds)

    async def quiet(self) -> None:
        """Wait until nothing is left to do now: no event waits and no row that is due."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self._busy():  # noqa: ASYNC110 (the database rings no bell)
                await asyncio.sleep(0.01)
            await self.twilio.settled()
            await self.app.inbox.drained()

    async def _busy(self) -> bool:
        waiting = sa.select(tables.inbox.c.id).where(tables.WAITING)
        sending = sa.select(tables.outbox.c.id).where(tables.outbox.c.status == "sending")
        queries = (waiting, sending, claims.due(self.clock().timestamp()))
        return await self.app.database.read(lambda conn: any(conn.execute(query).first() for query in queries))

    async def emptied(self) -> None:
        """Let time pass until nothing is left to send."""
        await self.quiet()
        while await self.count(tables.outbox, status="ready"):
            self.clock.move(seconds=7)
            await self.quiet()

    async def count(self, table: sa.Table, **values: object) -> int:
        """Return how many rows have these values."""
        same = sa.and_(sa.true(), *(table.c[name] == value for name, value in values.items()))
        query = sa.select(sa.func.count()).select_from(table).where(same)
        return await self.app.database.read(lambda conn: conn.execute(query).scalar_one())

    async def conversation(self, channel: str, address: object) -> str:
        """Return the id of the conversation with this address."""
        found = await self.app.database.read(lambda conn: self.app.vault.find(conn, Address(channel, str(address))))
        assert found
        return found


class Breaking:
    """A database whose next transactions that wrote an event fail at their end."""

    def __init__(self, database: Database, times: int) -> None:
        self.times, self._run = times, database.run

    async def run(self, tx: Tx[Any]) -> Any:
        """Run `tx`, and break it."""

        def broken(conn: Connection) -> Any:
            found = tx(conn)
            if self.times and conn.execute(sa.select(tables.inbox.c.id)).first():
                self.times -= 1
                raise StoreError("broken on purpose")
            return found

        return await self._run(broken)


async def until(holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not holds():  # noqa: ASYNC110 (nothing that is waited for rings a bell)
            await asyncio.sleep(0.01)


@asynccontextmanager
async def open_line(
    database: Database, vault: Vault, content: Library, around: Providers, **sections: Mapping[str, object]
) -> AsyncIterator[Line]:
    """Yield the service with its loops running and its web application served under `PUBLIC`."""
    app = await composition.build(around.settings(**sections), database, vault, content, around.clock)
    app.outbox.rest = around.clock.rest
    async with serving(app.web()) as address:
        around.telegram.updates.dns[PUBLIC] = address
        around.twilio.dns[PUBLIC] = address
        async with app.running():
            running = Line(app, around, address)
            if app.config.telegram.mode == "webhook":
                await running.until(lambda: around.telegram.updates.hook)
            yield running
            await around.twilio.settled()


DESK = {"telegram": {"desk_chat_id": FORUM}}
