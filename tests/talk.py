"""Talk to the service as people do: a client writes and reads, a counselor takes, answers, closes."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import app as composition
from bot.app import App
from bot.channels import Address, Arrival
from bot.config import Config
from bot.demo import demo_config
from bot.staff import Staff
from bot.store import cases, webchat
from bot.store.conversations import Vault
from bot.store.database import Database
from handlers.events import (
    CounselorClosed,
    CounselorPassedOn,
    CounselorSaid,
    CounselorTook,
    Event,
    Said,
    SentMedia,
    Started,
    Tapped,
)
from knowledge_base.library import Library

NAIROBI = ZoneInfo("Africa/Nairobi")
# A Wednesday morning, when the demo clinic is open.
MORNING = datetime(2026, 3, 4, 9, 0, tzinfo=NAIROBI)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    at: datetime = MORNING

    def __call__(self) -> datetime:
        """Return the time."""
        return self.at

    def move(self, **amount: float) -> None:
        """Let time pass, in the units of `timedelta`."""
        self.at += timedelta(**amount)

    async def rest(self, seconds: float) -> None:
        """Wait as the outbox does, in the time of this clock; whoever waits longest moves it furthest."""
        until = self.at + timedelta(seconds=seconds)
        await asyncio.sleep(0)
        self.at = max(self.at, until)


@dataclass
class Client:
    """A client on the web chat. `says` returns what the bot answers."""

    service: "Service"
    token: str
    seen: int = 0
    numbers: "count[int]" = field(default_factory=count)

    async def event(self, event: Event, external_id: str = "") -> list[str]:
        """Let `event` happen; return the texts that follow."""
        outside = external_id or f"{self.token}:{next(self.numbers)}"
        await self.service.arrives(Arrival("web", outside, Address("web", self.token), event))
        return await self.reads()

    async def says(self, text: str) -> list[str]:
        """Write `text`."""
        return await self.event(Said(text))

    async def taps(self, choice: str) -> list[str]:
        """Tap the choice with this id."""
        return await self.event(Tapped(choice))

    async def starts(self) -> list[str]:
        """Open the chat."""
        return await self.event(Started())

    async def sends(self, kind: str) -> list[str]:
        """Send something that is not text."""
        return await self.event(SentMedia(kind))

    async def reads(self) -> list[str]:
        """Return what came since the last look, choices as lines below the text."""
        shown = [one for one in await self.history() if one.id > self.seen]
        self.seen = max([self.seen, *(one.id for one in shown)])
        return [_as_text(one) for one in shown if one.author != "client"]

    async def history(self) -> list[webchat.Shown]:
        """Return all messages of both sides."""
        database, vault = self.service.app.database, self.service.app.vault
        conversation_id = await database.read(lambda conn: vault.find(conn, Address("web", self.token)))
        if conversation_id is None:
            return []
        return await database.read(
            lambda conn: list(webchat.after(conn, vault.seal(conn, conversation_id), conversation_id, 0))  # type: ignore[arg-type]
        )


@dataclass
class Counselor:
    """A counselor at the console."""

    service: "Service"
    alias: str
    numbers: "count[int]" = field(default_factory=count)

    async def queue(self) -> list[cases.Card]:
        """Return the open cases."""
        return await self.service.app.database.read(cases.queue)

    async def reads(self, case: str) -> list[str]:
        """Return the case's messages as "author: text"."""
        app = self.service.app
        lines = await app.database.read(lambda conn: list(cases.lines(conn, app.vault, case, 0)))
        return [f"{line.author}: {line.text}" for line in lines]

    async def delivery(self, case: str, words: str) -> str:
        """Return what is shown behind the last message with these words."""
        app = self.service.app
        lines = await app.database.read(lambda conn: list(cases.lines(conn, app.vault, case, 0)))
        return [line for line in lines if words in line.text][-1].delivery

    async def takes(self, case: str) -> None:
        """Take a case."""
        await self.acts(case, CounselorTook(self.alias))

    async def says(self, case: str, text: str) -> None:
        """Write to the client."""
        await self.acts(case, CounselorSaid(self.alias, text))

    async def closes(self, case: str) -> None:
        """Close the case."""
        await self.acts(case, CounselorClosed(self.alias))

    async def passes(self, case: str, to: str = "", team: str = "", note: str = "") -> None:
        """Pass the case on: to a person, to a team, or back into the queue."""
        await self.acts(case, CounselorPassedOn(self.alias, to, team, note))

    async def acts(self, case: str, event: Event) -> None:
        """Let a counselor's event happen to a case."""
        outside = f"{self.alias}:{case}:{next(self.numbers)}"
        await self.service.arrives(Arrival("console", outside, case, event))


@dataclass
class Service:
    """The service under test."""

    app: App
    clock: Clock
    names: "count[int]" = field(default_factory=count)

    def client(self, name: str = "") -> Client:
        """Return a new client."""
        return Client(self, name or f"client-{next(self.names)}")

    async def counselor(self, alias: str = "Amani", role: str = "counselor", *, on_shift: bool = True) -> Counselor:
        """Return a new counselor."""
        await Staff(self.app.database).add(alias.lower(), alias, "a long passphrase", role, on_shift=on_shift)
        return Counselor(self, alias)

    async def arrives(self, *arrivals: Arrival) -> None:
        """Let things happen, and wait until everything that follows has been done."""
        await self.app.inbox.take(arrivals)
        await self.settle()

    async def passes(self, **amount: float) -> None:
        """Let time pass, in the units of `timedelta`, and what is due come about."""
        self.clock.move(**amount)
        await self.settle()
        while await self.app.timers.once():
            await self.settle()

    async def settle(self) -> None:
        """Wait until inbox and outbox have nothing left to do now."""
        await self.app.reminders.once()
        await self.app.inbox.drained()
        await self.app.outbox.drained()
        await self.app.inbox.drained()


def config(**sections: dict[str, object]) -> Config:
    """Return the demo's configuration with changed sections."""
    base = demo_config(Path("unused"), 0).model_dump()
    return Config.model_validate({name: {**values, **sections.get(name, {})} for name, values in base.items()})


@asynccontextmanager
async def service(
    database: Database, vault: Vault, content: Library, settings: Config | None = None
) -> AsyncIterator[Service]:
    """Yield the service without its background loops: the test says when things happen."""
    clock = Clock()
    app = await composition.build(settings or config(), database, vault, content, clock)
    app.outbox.rest = clock.rest
    for loop in app.loops:
        loop.close()
    yield Service(app, clock)
    await app.closing.aclose()


def _as_text(shown: webchat.Shown) -> str:
    letter = shown.letter
    others = [choice for choice in letter.choices if choice.id != "counselor"]
    lines = [f"{number} {choice.label}" for number, choice in enumerate(others, 1)]
    lines += [f"0 {choice.label}" for choice in letter.choices if choice.id == "counselor"]
    spoken = f"{letter.author}: {letter.text}" if letter.author else letter.text
    return "\n".join((spoken, *lines))


def code_in(text: str) -> str:
    """Return the booking code in `text`."""
    found = re.search(r"\b[2-9A-Y]{3}-[2-9A-Y]{3}\b", text)
    assert found, f"no code in {text!r}"
    return found[0]
