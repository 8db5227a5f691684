"""Bring the tables to this version: forward only, in one transaction, never over a newer schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.store.database import Database, DatabaseProblem

_FOLDER = Path(__file__).parent / "migrations"
# Any fixed number: processes that migrate one PostgreSQL at once wait for one another. SQLite has one writer anyway.
_ADVISORY_LOCK = 6_730_177


async def migrate(database: Database) -> list[str]:
    """Upgrade to the newest version and return the revisions that were applied, oldest first.

    Raises `DatabaseProblem` when the tables are newer than this program.
    """
    return await database.run(_upgrade)


async def pending(database: Database) -> bool:
    """Return whether `migrate` has something to do; raises `DatabaseProblem` for newer tables."""
    return bool(await database.read(_missing))


def _upgrade(conn: Connection) -> list[str]:
    if conn.dialect.name == "postgresql":
        conn.exec_driver_sql(f"select pg_advisory_xact_lock({_ADVISORY_LOCK})")
    missing = _missing(conn)
    if missing:
        config = _config()
        config.attributes["connection"] = conn
        command.upgrade(config, "head")
    return missing


def _missing(conn: Connection) -> list[str]:
    """Return the revisions that the tables lack, oldest first."""
    script = ScriptDirectory.from_config(_config())
    current = MigrationContext.configure(conn).get_current_revision()
    known = {revision.revision for revision in script.walk_revisions()}
    if current is not None and current not in known:
        raise DatabaseProblem(
            "[database] url: the tables were made by a newer version; install that one, or restore a backup"
        )
    steps = script.iterate_revisions("head", current or "base")
    return [step.revision for step in steps][::-1]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config
