"""SQLite: one file, one process, one writing thread beside a few reading ones."""

import asyncio
import fcntl
import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from bot.store.problems import DatabaseProblem

T = TypeVar("T")
Tx = Callable[[Connection], T]

READERS = 2
BUSY_MS = 5000
LOG_BYTES = 4 * 1024 * 1024
OWNER_ONLY, OWNER_FOLDER = 0o600, 0o700
# Each setting with what SQLite must answer when it is read back. All are per connection but the journal's. secure_delete
# and FULL carry what we promise: deleted stays deleted, acknowledged stays written (security.md, findings 3 and 5).
PRAGMAS: dict[str, tuple[str | int, str | int]] = {
    "busy_timeout": (BUSY_MS, BUSY_MS),
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "secure_delete": ("ON", 1),
    "foreign_keys": ("ON", 1),
    "temp_store": ("MEMORY", 2),
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
    "journal_size_limit": (LOG_BYTES, LOG_BYTES),
}
WRITER: dict[str, tuple[str | int, str | int]] = {}
READER: dict[str, tuple[str | int, str | int]] = {"query_only": ("ON", 1)}


class Sqlite:
    """The open file. Only its owner may read it, and only one process may have it open."""

    def __init__(self, file: Path) -> None:
        """Open or make `file`; raises `DatabaseProblem`."""
        self._lock = _locked(file)
        try:
            self._writer, self._readers = _writer(file), _engine(file, READERS, "DEFERRED", READER)
        except BaseException:
            self._lock.close()
            raise
        self._writing = ThreadPoolExecutor(1, "msiri-write")
        self._reading = ThreadPoolExecutor(READERS, "msiri-read")

    async def run(self, tx: Tx[T]) -> T:
        """Run a transaction in the writing thread; one that has begun is finished even if the caller is cancelled."""
        return await asyncio.get_running_loop().run_in_executor(self._writing, _transact, self._writer, tx)

    async def read(self, tx: Tx[T]) -> T:
        """Run a transaction in a reading thread; writing fails there."""
        return await asyncio.get_running_loop().run_in_executor(self._reading, _transact, self._readers, tx)

    async def checkpoint(self) -> bool:
        """Empty the write-ahead log into the file; return False when a reader kept some of it."""
        return await asyncio.get_running_loop().run_in_executor(self._writing, _truncate, self._writer)

    async def close(self) -> None:
        """Wait for the threads, empty the write-ahead log, and let the file go."""
        await asyncio.to_thread(self._reading.shutdown)
        self._readers.dispose()
        await self.checkpoint()
        await asyncio.to_thread(self._writing.shutdown)
        self._writer.dispose()
        self._lock.close()


def _transact(engine: sa.Engine, tx: Tx[T]) -> T:
    with engine.begin() as conn:
        return tx(conn)


def _truncate(engine: sa.Engine) -> bool:
    """Checkpoint outside any transaction, since inside one it does nothing."""
    raw = engine.raw_connection()
    try:
        answer = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not answer[0]
    finally:
        raw.close()


def _locked(file: Path) -> IO[bytes]:
    """Make the file, and hold a lock beside it while the process lives: two processes would poll one token twice."""
    if file.name in ("", ":memory:"):
        raise DatabaseProblem("[database] url: names no file; write sqlite:///data/msiri.db")
    try:
        file.parent.mkdir(mode=OWNER_FOLDER, parents=True, exist_ok=True)
        _private(file).close()  # SQLite gives its -wal and -shm files the same mode
        lock = _private(Path(f"{file}.lock"))
    except OSError:
        raise DatabaseProblem(
            f"[database] url: {file} cannot be made or written; correct the path or its permissions"
        ) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise DatabaseProblem(
            f"{file} is already in use by another msiri process; stop it or give this one its own [database] url"
        ) from None
    return lock


def _private(file: Path) -> IO[bytes]:
    """Return the file open for writing and readable by its owner only, from the first moment if it is new."""
    opened = os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, OWNER_ONLY), "r+b")
    try:
        os.fchmod(opened.fileno(), OWNER_ONLY)
    except OSError:
        opened.close()
        raise
    return opened


def _writer(file: Path) -> sa.Engine:
    engine = _engine(file, 1, "IMMEDIATE", WRITER)
    try:
        with engine.connect() as conn:
            conn.exec_driver_sql("select count(*) from sqlite_master")
    except SQLAlchemyError:
        engine.dispose()
        raise DatabaseProblem(
            f"[database] url: {file} is no SQLite database or cannot be written; move it away or correct the path"
        ) from None
    return engine


def _engine(file: Path, connections: int, begin: str, more: dict[str, tuple[str | int, str | int]]) -> sa.Engine:
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(file)),
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"check_same_thread": False},
    )
    sa.event.listen(engine, "connect", lambda connection, _: prepare(connection, more))
    sa.event.listen(engine, "begin", lambda conn: conn.exec_driver_sql(f"BEGIN {begin}"))
    return engine


def prepare(connection: sqlite3.Connection, more: dict[str, tuple[str | int, str | int]]) -> None:
    """Apply and read back the settings of a new connection; raises `DatabaseProblem` when SQLite does not take one."""
    connection.isolation_level = None  # the driver's own transactions begin too late and cannot be IMMEDIATE
    for name, (value, answer) in (PRAGMAS | more).items():
        connection.execute(f"PRAGMA {name}={value}").fetchall()
        found = connection.execute(f"PRAGMA {name}").fetchone()
        if found != (answer,):
            raise DatabaseProblem(f"this build of SQLite refuses {name}={value}; use Debian's Python, or PostgreSQL")
