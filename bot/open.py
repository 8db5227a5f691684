"""Open what the service keeps: keys, database, content. Whatever is missing is told in one sentence."""

import getpass
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.config import Config, ConfigProblem
from bot.store import migrate
from bot.store.conversations import Vault
from bot.store.database import Database, DatabaseProblem
from bot.store.keyring import Keyring


@asynccontextmanager
async def opened(config: Config, *, create: bool = False) -> AsyncIterator[tuple[Database, Vault]]:
    """Yield the database, at the newest schema, and the vault.

    With `create` missing keys and tables are made; without it they are a problem of the configuration.
    Raises `DatabaseProblem` or `KeyProblem`.
    """
    keyring = Keyring.open(config.keys.keyring, _source(config), create=create)
    database = await Database.open(config.database.url)
    try:
        await _migrated(database, create=create)
        yield database, Vault(keyring)
    finally:
        await database.close()


async def _migrated(database: Database, *, create: bool) -> None:
    if create:
        await migrate.migrate(database)
    elif await migrate.pending(database):
        raise DatabaseProblem("[database] url: the tables are not at this version; run: python -m bot migrate")


def _source(config: Config) -> str:
    """Return the key source in the keyring's form; a passphrase is asked when it is not configured."""
    if config.keys.source != "passphrase":
        Path(config.keys.source.removeprefix("file:")).parent.mkdir(parents=True, exist_ok=True)
        return config.keys.source
    given = config.keys.passphrase
    phrase = given.get_secret_value() if given else getpass.getpass("Passphrase: ")
    if not phrase:
        raise ConfigProblem("[keys] source is passphrase, but none was given; enter it or set passphrase_file")
    return f"passphrase:{phrase}"
