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
class Sample:
    """Seconds for one question, one kind of work right after the other: what disturbs one disturbs the others."""

    ask: float
    sealed: float
    plain: float


@dataclass(frozen=True, slots=True)
class Speed:
    """Medians over all samples: milliseconds for a question, and ratios within a sample."""

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
        # The first round warms up and does not count.
        rounds = [await _round(number, questions, known, sealed, plain) for number in range(ROUNDS + 1)]
    return _summed(len(questions), [sample for one in rounds[1:] for sample in one])


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


async def _round(number: int, questions: list[str], known: Knowledge, sealed: Service, plain: Service) -> list[Sample]:
    """Let one new client ask everything, of the understanding alone and of both services."""
    return [await _sample(f"{number}:{place}", one, known, sealed, plain) for place, one in enumerate(questions)]


async def _sample(place: str, question: str, known: Knowledge, sealed: Service, plain: Service) -> Sample:
    async def ask() -> None:
        asking.found(question, known)

    client = Address("web", f"client-{place.partition(':')[0]}")
    arrival = Arrival("web", place, client, Said(question))
    ask_seconds = await _timed(ask)
    sealed_seconds = await _timed(lambda: sealed.arrives(arrival))
    with _without_sealing():
        plain_seconds = await _timed(lambda: plain.arrives(arrival))
    return Sample(ask_seconds, sealed_seconds, plain_seconds)


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


def _summed(questions: int, samples: list[Sample]) -> Speed:
    def median(value: Callable[[Sample], float]) -> float:
        return statistics.median(map(value, samples))

    return Speed(
        questions,
        median(lambda one: one.ask) * 1000,
        median(lambda one: one.sealed) * 1000,
        median(lambda one: one.sealed / one.ask),
        median(lambda one: one.sealed / one.plain),
    )
