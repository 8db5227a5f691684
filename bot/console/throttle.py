"""Guessing a passphrase gets slower with every wrong try; nobody is ever locked out (security.md 2.7)."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

# The longest delay, as in GlobaLeaks (security.md T8).
LONGEST_SECONDS = 42.0
# After so long without a wrong try everything is forgotten.
MEMORY = timedelta(minutes=15)
# More who wait at the same login are sent away instead of filling the memory.
ROOM = 3
# Argon2 takes 64 MiB for each try: so many at the same time.
TRIES_AT_ONCE = 2
# Wrong tries over all logins that slow everybody down like one wrong try at one login.
CROWD = 20
LOGINS = 10_000


class Busy(Exception):
    """Too many try this login at the same time."""


@dataclass(slots=True)
class _Lane:
    """One login's tries, one after the other."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    wrong: int = 0
    since: datetime | None = None

    def delay(self, now: datetime, weight: int = 1) -> float:
        """Return how many seconds the next try has to wait: 1, 2, 4 … after each `weight` wrong ones."""
        if self.since is None or now - self.since > MEMORY:
            self.wrong = 0
        times = self.wrong // weight
        return min(LONGEST_SECONDS, 2.0 ** (times - 1)) if times else 0.0

    def missed(self, now: datetime) -> None:
        """Count a wrong try."""
        self.wrong, self.since = self.wrong + 1, now


class Throttle:
    """Lets tries at a passphrase through, slower after wrong ones: for each login, and for all of them together."""

    def __init__(self, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._pause = pause
        self._lanes: OrderedDict[str, _Lane] = OrderedDict()
        self._all = _Lane()
        self._room = asyncio.Semaphore(TRIES_AT_ONCE)

    async def attempt(self, login: str, now: datetime, check: Callable[[], Awaitable[str | None]]) -> str | None:
        """Return what `check` gives, None for a wrong try; raises `Busy`."""
        lane = self._lane(login)
        if lane.waiting >= ROOM:
            raise Busy
        lane.waiting += 1
        try:
            async with lane.lock:
                return await self._try(lane, now, check)
        finally:
            lane.waiting -= 1

    async def _try(self, lane: _Lane, now: datetime, check: Callable[[], Awaitable[str | None]]) -> str | None:
        delay = max(lane.delay(now), self._all.delay(now, CROWD))
        if delay:
            await self._pause(delay)
        async with self._room:
            found = await check()
        if found is None:
            lane.missed(now)
            self._all.missed(now)
        else:
            lane.wrong = 0
        return found

    def _lane(self, login: str) -> _Lane:
        lane = self._lanes.pop(login, None) or _Lane()
        self._lanes[login] = lane
        if len(self._lanes) > LOGINS:
            self._lanes.popitem(last=False)
        return lane
