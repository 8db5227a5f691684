"""Fixtures: real databases of both kinds, and the whole service on them."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.store.conversations import Vault
from bot.store.database import Database
from bot.store.keyring import Keyring
from bot.store.migrate import migrate
from knowledge_base import library
from knowledge_base.library import Library
from tests import postgres
from tests.line import Line, Providers, open_line, providers
from tests.talk import Service, service


@pytest.fixture(scope="session")
def content() -> Library:
    """The packaged content, read once."""
    return library.load()


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    """A server for the whole run. Its absence fails the tests, unless they were told to do without it."""
    if postgres.switched_off():
        pytest.skip("MSIRI_TEST_POSTGRES=off")
    with postgres.server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/msiri.db"
        return
    with ExitStack() as stack:
        yield stack.enter_context(postgres.database(request.getfixturevalue("postgres_address")))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database at the newest schema."""
    opened = await Database.open(database_url)
    await migrate(opened)
    yield opened
    await opened.close()


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """A vault with keys of its own."""
    return Vault(Keyring.open(tmp_path / "keyring.json", f"file:{tmp_path}/root.key", create=True))


@pytest.fixture
async def line(database: Database, vault: Vault, content: Library) -> AsyncIterator[Service]:
    """The whole service, on a clock that the test moves."""
    async with service(database, vault, content) as running:
        yield running


@pytest.fixture
async def file_database(tmp_path: Path) -> AsyncIterator[Database]:
    """An SQLite database, where the kind of database does not matter."""
    opened = await Database.open(f"sqlite:///{tmp_path}/msiri.db")
    await migrate(opened)
    yield opened
    await opened.close()


@pytest.fixture
async def around() -> AsyncIterator[Providers]:
    """Pretend providers."""
    async with providers() as both:
        yield both


@pytest.fixture
async def wired(file_database: Database, vault: Vault, content: Library, around: Providers) -> AsyncIterator[Line]:
    """The line over webhooks, on SQLite."""
    async with open_line(file_database, vault, content, around) as running:
        yield running


@pytest.fixture
async def polled(file_database: Database, vault: Vault, content: Library, around: Providers) -> AsyncIterator[Line]:
    """The line with Telegram by polling, on SQLite."""
    async with open_line(file_database, vault, content, around, telegram={"mode": "polling"}) as running:
        yield running
