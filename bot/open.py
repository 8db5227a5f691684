"""Open what the service keeps: database and keys. Whatever is missing is told in one sentence, and nothing is half made."""

import getpass
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.config import Config, ConfigProblem
from bot.store import migrate
from bot.store.conversations import Vault
from bot.store.database import Database, DatabaseProblem
from bot.store.keyring import KeyProblem, Keyring
from bot.store.tables import conversations

_SQLITE = "sqlite:///"


@asynccontextmanager
async def opened(config: Config, *, create: bool = False) -> AsyncIterator[tuple[Database, Vault]]:
    """Yield the database, at the newest schema, and the vault.

    With `create` missing keys and tables are made; without it they are a problem and nothing is made.
    Raises `ConfigProblem`, `DatabaseProblem` or `KeyProblem`.
    """
    if not create:
        _check_there(config)
    database = await Database.open(config.database.url)
    try:
        keyring = await _keyring(config, database, create=create)
        await _migrated(database, create=create)
        yield database, Vault(keyring)
    finally:
        await database.close()


def _check_there(config: Config) -> None:
    """An SQLite file would be made by opening it."""
    url = config.database.url
    file = Path(url.removeprefix(_SQLITE))
    if url.startswith(_SQLITE) and not file.exists():
        raise DatabaseProblem(f"[database] url: {file} does not exist; run: python -m bot migrate")


async def _keyring(config: Config, database: Database, *, create: bool) -> Keyring:
    """Return the keyring. A lost one is not replaced: with new keys what is in the database could never be read again."""
    path = config.keys.keyring
    if create and not path.exists() and await database.read(_holds_conversations):
        raise KeyProblem(
            f"[keys] keyring: {path} does not exist, but the database holds conversations; restore it, or correct the path"
        )
    return Keyring.open(path, _source(config), create=create)


def _holds_conversations(conn: Connection) -> bool:
    if not sa.inspect(conn).has_table(conversations.name):
        return False
    return conn.execute(sa.select(conversations.c.id).limit(1)).first() is not None


async def _migrated(database: Database, *, create: bool) -> None:
    if create:
        await migrate.migrate(database)
    elif await migrate.pending(database):
        raise DatabaseProblem("[database] url: the tables are not at this version; run: python -m bot migrate")


def _source(config: Config) -> str:
    """Return the key source in the keyring's form; a passphrase is asked when it is not configured."""
    if config.keys.source != "passphrase":
        return config.keys.source
    given = config.keys.passphrase
    phrase = given.get_secret_value() if given else _asked()
    if not phrase:
        raise ConfigProblem("[keys] source is passphrase, but none was given; enter it or set passphrase_file")
    return f"passphrase:{phrase}"


def _asked() -> str:
    return getpass.getpass("Passphrase: ") if sys.stdin.isatty() else ""
