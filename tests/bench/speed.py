"""How long a question takes: the understanding alone, a whole turn on SQLite, and the same turn without sealing."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot import asking
from bot.asking import Knowledge
from bot.channels import Address, Arrival
from bot.store.conversations import Vault
from bot.store.database import Database
from bot.store.keyring import Keyring
from bot.store.migrate import migrate
from bot.store.sealed import Seal
from handlers.events import Said
from knowledge_base import library
from knowledge_base.library import Library
from tests.talk import Service, service

ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds for all questions, one kind of work after the other."""

    ask: float
    sealed: float
    plain: float


@dataclass(frozen=True, slots=True)
class Speed:
    """Medians over the rounds: milliseconds for a question, and ratios within a round."""

    questions: int
    ask_ms: float
    turn_ms: float
    turn_to_ask: float
    sealed_to_plain: float


def measure() -> Speed:
    """Measure everything; takes about a minute."""
    return asyncio.run(_measure(library.load()))


async def _measure(content: Library) -> Speed:
    known = Knowledge(content.index, dict(content.entries))
    questions = list(_questions(content))
    async with _line(content) as sealed, _line(content) as plain:
        await _round(-1, questions, known, sealed, plain)  # the first one warms up and does not count
        rounds = [await _round(number, questions, known, sealed, plain) for number in range(ROUNDS)]
    return _summed(len(questions), rounds)


def _questions(content: Library) -> Iterator[str]:
    """One phrasing of each entry in English and one in Swahili."""
    for entry in content.entries.values():
        for lang in ("en", "sw"):
            yield from [phrasing.text for phrasing in entry.phrasings if phrasing.lang == lang][:1]


@asynccontextmanager
async def _line(content: Library) -> AsyncIterator[Service]:
    """The service on a fresh SQLite file."""
    with tempfile.TemporaryDirectory(prefix="msiri-bench-") as name:
        folder = Path(name)
        database = await Database.open(f"sqlite:///{folder}/msiri.db")
        await migrate(database)
        keyring = Keyring.open(folder / "keyring.json", f"file:{folder}/root.key", create=True)
        async with service(database, Vault(keyring), content) as running:
            yield running
        await database.close()


async def _round(number: int, questions: list[str], known: Knowledge, sealed: Service, plain: Service) -> Round:
    async def ask() -> None:
        for question in questions:
            asking.found(question, known)

    ask_seconds = await _timed(ask)
    sealed_seconds = await _timed(lambda: _turns(sealed, questions, number))
    with _without_sealing():
        plain_seconds = await _timed(lambda: _turns(plain, questions, number))
    return Round(ask_seconds, sealed_seconds, plain_seconds)


async def _turns(line: Service, questions: list[str], number: int) -> None:
    """Let one new client ask everything: received, handled, answered, each in its own transaction."""
    for place, question in enumerate(questions):
        client = Address("web", f"client-{number}")
        await line.arrives(Arrival("web", f"{number}:{place}", client, Said(question)))


async def _timed(work: Callable[[], Awaitable[None]]) -> float:
    start = time.perf_counter()
    await work()
    return time.perf_counter() - start


@contextmanager
def _without_sealing() -> Iterator[None]:
    """Store cells as they are."""
    kept = Seal.seal, Seal.open
    Seal.seal = lambda self, plain, **place: plain  # type: ignore[method-assign]
    Seal.open = lambda self, sealed, **place: bytes(sealed)  # type: ignore[method-assign]
    try:
        yield
    finally:
        Seal.seal, Seal.open = kept  # type: ignore[method-assign]


def _summed(questions: int, rounds: list[Round]) -> Speed:
    def median(value: Callable[[Round], float]) -> float:
        return statistics.median(map(value, rounds))

    return Speed(
        questions,
        median(lambda one: one.ask) / questions * 1000,
        median(lambda one: one.sealed) / questions * 1000,
        median(lambda one: one.sealed / one.ask),
        median(lambda one: one.sealed / one.plain),
    )
