"""PostgreSQL: a server that any number of processes may share."""

from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.store.problems import DatabaseProblem, failure

T = TypeVar("T")
Tx = Callable[[Connection], T]

POOL = 8
CONNECT_SECONDS = 10


class Postgres:
    """A pool of connections."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine, self._reading = engine, engine.execution_options(postgresql_readonly=True)

    @classmethod
    async def open(cls, url: sa.URL) -> "Postgres":
        """Connect once, so that a wrong address is told at the start; raises `DatabaseProblem`."""
        engine = create_async_engine(
            url.set(drivername="postgresql+asyncpg"),
            pool_size=POOL,
            max_overflow=POOL,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"timeout": CONNECT_SECONDS},
        )
        try:
            async with engine.connect() as conn:
                await conn.exec_driver_sql("select 1")
        except (OSError, SQLAlchemyError, ValueError, TypeError):  # TypeError: options that the driver does not know
            await engine.dispose()
            place = url.set(query={}).render_as_string(hide_password=True)
            raise DatabaseProblem(
                f"[database] url: {place} cannot be reached; check address, login, options and that PostgreSQL runs"
            ) from None
        return cls(engine)

    async def run(self, tx: Tx[T]) -> T:
        """Run a transaction."""
        return await _transact(self._engine, tx)

    async def read(self, tx: Tx[T]) -> T:
        """Run a transaction in which writing fails."""
        return await _transact(self._reading, tx)

    async def checkpoint(self) -> bool:
        """Return True: the server keeps its own log, and empties it when its settings say so (security.md 2.6)."""
        return True

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


async def _transact(engine: AsyncEngine, tx: Tx[T]) -> T:
    try:
        async with engine.begin() as conn:
            return await conn.run_sync(tx)
    except OSError as error:  # the driver's own, when the server is away: SQLAlchemy does not wrap it
        problem = failure(error)
    raise problem
