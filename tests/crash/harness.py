"""Run `python -m bot …` and kill this very process with SIGKILL when it comes to a named point.

    python -m tests.crash.harness POINT TIME SPEED run --config FILE

`TIME` is the epoch second at which the service's clock shows `tests.talk.MORNING`; from there it runs `SPEED` times as
fast as the real one, so that waits of seconds and minutes need not be waited for.
"""

import asyncio
import functools
import importlib
import inspect
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from starlette.types import ASGIApp, Receive, Scope, Send

from bot import serving
from bot.__main__ import app as command_line
from bot.app import App, build
from bot.config import Config
from bot.store.conversations import Vault
from bot.store.database import Database
from knowledge_base import library
from knowledge_base.library import Library
from tests.talk import MORNING

NOWHERE = "nowhere"
# What the people of `tests.crash.kills` ask about.
TOPICS = ("prep", "hiv-testing", "condoms-lube")


@dataclass(frozen=True, slots=True)
class Point:
    """A function of the service, and when death comes: before it, after it, or after it brought something."""

    module: str
    name: str
    when: Literal["before", "after", "with something"]


RUNNING: dict[str, Point] = {
    "spinner: not ended": Point("bot.channels.telegram", "TelegramChannel.answer_callback", "before"),
    "poll: fetched, not committed": Point("bot.channels.telegram", "TelegramChannel.updates", "with something"),
    "receive: written, not committed": Point("bot.inbox", "receive", "with something"),
    "receive: committed, not answered": Point("bot.inbox", "Inbox.take", "with something"),
    "webhook: answered": Point("tests.crash.harness", "answered", "with something"),
    "turn: not begun": Point("bot.turn", "Turns.take", "before"),
    "turn: decided": Point("bot.turn", "handle", "after"),
    "turn: written, not committed": Point("bot.store.conversations", "Vault.save", "after"),
    "turn: committed": Point("bot.turn", "Turns.take", "after"),
    "outbox: claimed, not committed": Point("bot.store.claims", "claim", "with something"),
    "outbox: claimed": Point("bot.outbox", "Outbox._send", "before"),
    "outbox: not sent": Point("bot.carriers", "ToClient.carry", "before"),
    "outbox: sent": Point("bot.carriers", "ToClient.carry", "after"),
    "outbox: marked, not committed": Point("bot.store.claims", "mark_sent", "after"),
    "outbox: marked": Point("bot.outbox", "Outbox._landed", "before"),
    "report: not applied": Point("bot.deliveries", "Deliveries.apply", "before"),
    "report: applied, not committed": Point("bot.deliveries", "Deliveries._apply", "after"),
    "report: committed": Point("bot.deliveries", "Deliveries.apply", "after"),
}
# These are met at the start, by what happened before.
STARTING: dict[str, Point] = {
    "start: not taken back what was being sent": Point("bot.store.claims", "release", "before"),
    "start: taken back, not committed": Point("bot.store.claims", "release", "after"),
    "read-back: not asked": Point("bot.channels.twilio", "TwilioChannel.missed", "before"),
    "read-back: fetched, not committed": Point("bot.channels.twilio", "TwilioChannel.missed", "with something"),
    "read-back: committed": Point("bot.readback", "ReadBack.once", "with something"),
}
MIGRATING: dict[str, Point] = {
    "migration: begun": Point("alembic.command", "upgrade", "before"),
    "migration: done, not committed": Point("bot.store.migrate", "_upgrade", "after"),
    "migration: committed": Point("bot.store.migrate", "migrate", "after"),
}
POINTS = RUNNING | STARTING | MIGRATING


def die() -> None:
    """End this process as a power cut does."""
    os.kill(os.getpid(), signal.SIGKILL)


def answered(scope: Scope) -> bool:
    """Stands for the moment after the answer to a webhook was handed to the network."""
    return bool(scope.get("path") == "/twilio/messages")


def arm(point: Point) -> None:
    """Put death into a function of the service."""
    owner: Any = importlib.import_module(point.module)
    *path, name = point.name.split(".")
    for step in path:
        owner = getattr(owner, step)
    setattr(owner, name, deadly(getattr(owner, name), point.when))


def deadly(function: Callable[..., Any], when: str) -> Callable[..., Any]:
    """Return the function with death in it."""

    def passed(found: object) -> Any:
        if when == "after" or found:
            die()
        return found

    @functools.wraps(function)
    def plainly(*given: Any, **named: Any) -> Any:
        if when == "before":
            die()
        return passed(function(*given, **named))

    @functools.wraps(function)
    async def awaited(*given: Any, **named: Any) -> Any:
        if when == "before":
            die()
        return passed(await function(*given, **named))

    return awaited if inspect.iscoroutinefunction(function) else plainly


def clock(start: float, speed: float) -> Callable[[], datetime]:
    """Return a clock that showed the morning at `start` and runs `speed` times as fast as the real one."""
    return lambda: MORNING + timedelta(seconds=(time.time() - start) * speed)


def hurry(start: float, speed: float) -> None:
    """Give the service this clock, also for the waits of its outbox."""

    async def hurried(config: Config, database: Database, vault: Vault, library: Library) -> App:
        app = await build(config, database, vault, library, clock(start, speed))
        app.outbox.rest = lambda seconds: asyncio.sleep(seconds / speed)
        return app

    setattr(serving, "build", hurried)  # noqa: B010 (a name that the module only borrows)


def few(_: str) -> Library:
    """Some of the content: what dies here is not the search, and the index over everything takes most of a start."""
    whole = library.load()
    return Library({key: one for key, one in whole.entries.items() if one.topic in TOPICS}, whole.contacts)


def watch_answers() -> None:
    """Call `answered` after each answer."""
    real = App.web

    def web(self: App) -> ASGIApp:
        inner = real(self)

        async def outer(scope: Scope, receive: Receive, send: Send) -> None:
            await inner(scope, receive, send)
            answered(scope)

        return outer

    App.web = web  # type: ignore[assignment,method-assign]  # an application all the same


def main() -> None:
    """Arm one point and become `python -m bot`."""
    point, start, speed = sys.argv[1], float(sys.argv[2]), float(sys.argv[3])
    sys.argv = ["bot", *sys.argv[4:]]
    hurry(start, speed)
    setattr(serving, "_content", few)  # noqa: B010 (a name that the module keeps to itself)
    watch_answers()
    if point != NOWHERE:
        arm(POINTS[point])
    command_line()


if __name__ == "__main__":
    importlib.import_module("tests.crash.harness").main()
