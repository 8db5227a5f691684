"""A line whose process dies, and people who write to it all the same."""

import asyncio
import json
import os
import signal
import socket
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import IO

import aiohttp
import sqlalchemy as sa

from bot.store.database import Database
from bot.store.tables import inbox, outbox
from tests.crash.harness import NOWHERE, clock
from tests.line import PUBLIC, until
from tests.wires.server import serving
from tests.wires.telegram import PretendTelegram
from tests.wires.twilio import PretendTwilio

SPEED = 20.0
DEATH_SECONDS = 60.0
# Neighbours must be answered differently: a repeated answer is then a second copy, and nothing else.
SCRIPT = (
    "hello",
    "what is prep",
    "menu",
    "how long after sex can i test for hiv",
    "help",
    "what lube should i use",
    "how do i use a condom",
)
# Before these messages somebody on Telegram also taps "menu".
TAPS = (0, 1, 6)
ROUNDS_AT_MOST = 8
SETTLE_SECONDS = 90
TELEGRAM = (501, 502)
WHATSAPP, SMS = "+254722000001", "+254722000002"


@dataclass
class Toll:
    """What the kills cost."""

    messages: int = 0
    kills: int = 0
    answers: int = 0
    copies: int = 0
    most: int = 0

    def __str__(self) -> str:
        figures = f"{self.messages} messages, {self.kills} kills: 0 lost, 0 handled twice, 0 out of order"
        return f"{figures}; {self.answers} answers, {self.copies} extra copies (at most {self.most} of one)"


@dataclass
class Doomed:
    """The service as a process of its own, and the providers around it, which live on."""

    folder: Path
    url: str
    telegram: PretendTelegram
    twilio: PretendTwilio
    started: float
    log: IO[bytes]
    process: Process | None = None
    rounds: int = 0
    kills: int = 0
    starts: list[int] = field(default_factory=list)

    async def command(self, point: str, *arguments: str) -> Process:
        """Start `python -m bot` with these arguments, armed."""
        harness = ("-m", "tests.crash.harness", point, str(self.started), str(SPEED))
        return await asyncio.create_subprocess_exec(
            sys.executable, *harness, *arguments, "--config", str(self.folder / "config.toml"), stderr=self.log
        )

    async def migrate(self, point: str = NOWHERE) -> int:
        """Make the tables; return the exit code."""
        process = await self.command(point, "migrate")
        return await process.wait()

    async def start(self, point: str = NOWHERE) -> None:
        """Start the service; return when it has caught up with what Twilio kept, or is dead."""
        self.starts.append(self._read_back())
        self.process = await self.command(point, "run")
        async with asyncio.timeout(DEATH_SECONDS):
            while not self.dead and not await self._ready():  # noqa: ASYNC110 (another process rings no bell)
                await asyncio.sleep(0.02)

    @property
    def dead(self) -> bool:
        """Whether the process has ended."""
        return self.process is None or self.process.returncode is not None

    async def _ready(self) -> bool:
        """A message that Twilio posts before the read-back would overtake those in its list."""
        caught_up = len(self.starts) == 1 or self._read_back() > self.starts[-1]
        return caught_up and await self._healthy()

    def _read_back(self) -> int:
        return (self.folder / "log").read_text().count('"event": "read_back"')

    async def _healthy(self) -> bool:
        limit = aiohttp.ClientTimeout(total=5)
        address = self.telegram.updates.dns[PUBLIC]
        try:
            async with aiohttp.ClientSession(timeout=limit) as session, session.get(f"{address}/health") as answer:
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def everybody_writes(self) -> None:
        """One message of each client; Telegram's come in by polling, Twilio's by webhook or, if that fails, by its list."""
        number = self.rounds % len(SCRIPT)
        self.rounds += 1
        if number in TAPS:
            await self.telegram.taps(TELEGRAM[0], 1, "menu", forged=True)
        await asyncio.gather(
            *(self.telegram.says(one, SCRIPT[number]) for one in TELEGRAM),
            self.twilio.says(WHATSAPP, SCRIPT[number], "whatsapp"),
            self.twilio.says(SMS, SCRIPT[number], "sms"),
        )

    async def dies_at(self, point: str, wait: float = 3.0) -> None:
        """Start armed, and let people write until the point was reached."""
        await self.start(point)
        for _ in range(ROUNDS_AT_MOST):
            if not self.dead:
                await self.everybody_writes()
                await self._within(wait)
        await self.died()

    async def _within(self, seconds: float) -> None:
        assert self.process
        with suppress(TimeoutError):
            await asyncio.wait_for(self.process.wait(), seconds)

    async def died(self) -> None:
        """Wait until the point was reached; that it kills is what the harness is for."""
        assert self.process
        async with asyncio.timeout(DEATH_SECONDS):
            code = await self.process.wait()
        assert code == -signal.SIGKILL
        self.kills += 1

    async def kill(self) -> None:
        """Kill it from outside, wherever it is."""
        if not self.dead:
            assert self.process
            os.kill(self.process.pid, signal.SIGKILL)
            await self.died()

    async def stop(self) -> None:
        """End it in order."""
        if not self.dead:
            assert self.process
            self.process.terminate()
            await self.process.wait()

    def heard(self) -> dict[str, list[str]]:
        """What each client got, every copy of it."""
        phones = {WHATSAPP: self.twilio.phone(WHATSAPP, "whatsapp"), SMS: self.twilio.phone(SMS, "sms")}
        return {str(one): self.telegram.answers(one) for one in TELEGRAM} | phones

    async def until_heard(self, expected: dict[str, list[str]]) -> None:
        """Wait until everybody got all answers, whatever came twice."""
        await until(lambda: all(len(once(self.heard()[name])) >= len(texts) for name, texts in expected.items()))

    async def settled(self) -> Sequence[str]:
        """Run undisturbed until nothing is left to send; return the states of all events."""
        while True:
            await self.start()
            await asyncio.sleep(1)
            await self.stop()
            statuses, unsent = await self._kept()
            if not unsent and set(statuses) == {"done"}:
                return statuses

    async def _kept(self) -> tuple[Sequence[str], int]:
        """The states of all events, and how many rows are not sent."""
        left = sa.select(sa.func.count()).where(outbox.c.status != "sent")
        database = await Database.open(self.url)
        statuses = await database.read(lambda conn: conn.scalars(sa.select(inbox.c.status)).all())
        unsent = await database.read(lambda conn: conn.execute(left).scalar_one())
        await database.close()
        return statuses, unsent

    async def toll(self, expected: dict[str, list[str]]) -> Toll:
        """Compare with a line that nobody killed; return the figures."""
        await self.start()
        await self.until_heard(expected)
        await self.stop()
        async with asyncio.timeout(SETTLE_SECONDS):
            statuses = await self.settled()
        heard = self.heard()
        assert {name: once(texts) for name, texts in heard.items()} == expected
        copies = [len(list(same)) for texts in heard.values() for _, same in groupby(texts)]
        return Toll(len(statuses), self.kills, len(copies), sum(copies) - len(copies), max(copies))


def once(texts: list[str]) -> list[str]:
    """Return the texts without second copies."""
    return [text for text, _ in groupby(texts)]


@asynccontextmanager
async def doomed(folder: Path, url: str) -> AsyncIterator[Doomed]:
    """Yield a line that is not running yet; its tables are not made."""
    folder.mkdir(exist_ok=True)
    started, dns = time.time(), {PUBLIC: f"http://127.0.0.1:{free_port()}"}
    now = clock(started, SPEED)
    telegram, twilio = PretendTelegram(dns=dns, clock=now), PretendTwilio(dns=dns, clock=now)
    async with AsyncExitStack() as stack:
        telegram_at = await stack.enter_async_context(serving(telegram.app))
        twilio_at = await stack.enter_async_context(serving(twilio.app))
        write_config(folder, url, telegram_at, twilio_at, dns[PUBLIC])
        log = stack.enter_context((folder / "log").open("ab"))
        one = Doomed(folder, url, telegram, twilio, started, log)
        stack.push_async_callback(one.stop)
        yield one
        await twilio.settled()
    assert telegram.problems == []
    assert twilio.problems == []


def write_config(folder: Path, url: str, telegram: str, twilio: str, served: str) -> None:
    """Write the configuration file of a real deployment."""
    sections: dict[str, dict[str, object]] = {
        "database": {"url": url},
        "keys": {"source": f"file:{folder}/root.key", "keyring": f"{folder}/keyring.json"},
        "web": {"port": int(served.rpartition(":")[2]), "public_url": PUBLIC},
        "telegram": {"token": PretendTelegram().token, "api_base_url": telegram},
        "twilio": {"account_sid": PretendTwilio().account_sid, "auth_token": PretendTwilio().auth_token},
    }
    sections["twilio"] |= {
        "api_base_url": twilio,
        "whatsapp_from": "whatsapp:+14155238886",
        "sms_from": "+254711000001",
    }
    lines = [
        f"[{name}]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in part.items()) for name, part in sections.items()
    ]
    (folder / "config.toml").write_text("\n".join(lines))


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def undisturbed(folder: Path, rounds: int) -> dict[str, list[str]]:
    """Return what everybody hears in so many rounds on a line that nobody kills."""
    async with doomed(folder, f"sqlite:///{folder}/msiri.db") as line:
        await line.migrate()
        await line.start()
        for _ in range(rounds):
            await line.everybody_writes()
        await quiet(line)
        heard = line.heard()
    assert {name: once(texts) for name, texts in heard.items()} == heard
    return heard


async def quiet(line: Doomed) -> None:
    """Wait until nothing has come for a while, in which every wait of the service's pace would be over."""
    before = -1
    while (now := sum(map(len, line.heard().values()))) != before:
        before = now
        await asyncio.sleep(1.5)
