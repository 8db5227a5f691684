"""The database: a unit of work is a plain function of a connection, the same on SQLite and PostgreSQL.

On SQLite it runs in one writer thread, beside it in a few readers; on PostgreSQL by `run_sync` over asyncpg.
(aiosqlite hops threads for each statement and costs three times the CPU: platform.md 4.2.)
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError

from bot.store.postgres import Postgres
from bot.store.problems import Conflict, DatabaseProblem, StoreError, conflict, failure
from bot.store.sqlite import Sqlite

__all__ = ["Conflict", "Database", "DatabaseProblem", "StoreError", "Tx"]

T = TypeVar("T")
Tx = Callable[[Connection], T]
_FORMS = "sqlite:///data/msiri.db or postgresql://user:password@host/database"


class Engine(Protocol):
    """What differs between the two databases."""

    async def run(self, tx: Tx[T]) -> T:
        """Run a writing transaction."""
        ...

    async def read(self, tx: Tx[T]) -> T:
        """Run a reading transaction."""
        ...

    async def checkpoint(self) -> bool:
        """Empty the write-ahead log, where it is ours; return whether it is empty."""
        ...

    async def close(self) -> None:
        """Close every connection."""
        ...


class Database:
    """One database, open. `dialect` is "sqlite" or "postgresql"."""

    def __init__(self, engine: Engine, dialect: str) -> None:
        self._engine, self.dialect = engine, dialect

    @classmethod
    async def open(cls, url: str) -> "Database":
        """Return the database at `url` (`sqlite:///file` or `postgresql://…`); raises `DatabaseProblem`."""
        parsed = _parsed(url)
        match parsed.drivername:
            case "sqlite":
                return cls(await asyncio.to_thread(Sqlite, Path(parsed.database or "")), "sqlite")
            case "postgresql" | "postgresql+asyncpg":
                return cls(await Postgres.open(parsed), "postgresql")
        raise DatabaseProblem(f"[database] url: {parsed.drivername} is not supported; write {_FORMS}")

    async def run(self, tx: Tx[T]) -> T:
        """Run `tx` in one transaction and commit it. Raises `Conflict` or `StoreError`, with nothing written.

        What `tx` itself raises rolls back and is raised. It is never run again by itself.
        """
        return await _guarded(self._engine.run(tx))

    async def read(self, tx: Tx[T]) -> T:
        """Run `tx`, which only reads, beside the writer. Raises `StoreError`, also when it tries to write."""
        return await _guarded(self._engine.read(tx))

    async def checkpoint(self) -> bool:
        """Overwrite what was deleted also in SQLite's write-ahead log; return False when a reader kept some of it."""
        return await _guarded(self._engine.checkpoint())

    async def close(self) -> None:
        """Finish what is under way and close every connection."""
        await self._engine.close()


def _parsed(url: str) -> sa.URL:
    try:
        return sa.make_url(url)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise DatabaseProblem(f"[database] url: is no database address; write {_FORMS}") from None


async def _guarded(work: Awaitable[T]) -> T:
    """Return what `work` returns. Its driver's errors are raised outside the handlers: not even as context may they go on."""
    problem: Conflict | StoreError
    try:
        return await work
    except IntegrityError as error:
        problem = conflict(error)
    except SQLAlchemyError as error:
        problem = failure(error)
    raise problem
