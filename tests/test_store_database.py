"""The database on both kinds: what a transaction promises, what it refuses, and what its errors never say."""

import asyncio
import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.store import sqlite
from bot.store.database import Conflict, Database, DatabaseProblem, StoreError
from bot.store.tables import appointments, conversations, cursors, inbox, outbox
from tests import postgres

CANARY = "0712-345-678"


def position(conn: Connection, source: str = "telegram") -> int | None:
    return conn.execute(sa.select(cursors.c.position).where(cursors.c.source == source)).scalar()


def put(source: str = "telegram", at: int = 1) -> sa.Insert:
    return cursors.insert().values(source=source, position=at)


def conversation(conn: Connection) -> None:
    sealed = dict.fromkeys(("dek", "address", "memory", "state"), b"sealed")
    row = {"id": "c1", "lookup": b"l" * 16, "channel": "web", "alias": "P-1", "kek": 1, "active_day": "2026-03-04"}
    conn.execute(conversations.insert().values(**row, **sealed))


async def test_a_transaction_is_committed_and_returns_its_value(database: Database) -> None:
    assert await database.run(lambda conn: conn.execute(put(at=7)).rowcount) == 1
    assert await database.read(position) == 7


async def test_what_a_transaction_raises_undoes_it_and_is_raised_once(database: Database) -> None:
    calls = []

    def tx(conn: Connection) -> None:
        calls.append(conn.execute(put()))
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        await database.run(tx)
    assert len(calls) == 1
    assert await database.read(position) is None


async def test_reading_cannot_write_and_writing_works_afterwards(database: Database) -> None:
    with pytest.raises(StoreError):
        await database.read(lambda conn: conn.execute(put()))
    await database.run(lambda conn: conn.execute(put(at=2)))
    assert await database.read(position) == 2


def _twice(conn: Connection) -> None:
    conn.execute(put(CANARY))
    conn.execute(put(CANARY))


def _seat_taken(conn: Connection) -> None:
    conversation(conn)
    for number in range(2):
        row = {"id": str(number), "conversation_id": "c1", "slot": CANARY, "seat": 0, "body": b""}
        conn.execute(appointments.insert().values(**row, code_lookup=bytes([number])))


def _letter(**values: object) -> sa.Insert:
    row = {"uid": CANARY, "cause": CANARY, "channel": "web", "status": "ready", "attempts": 0, "due": 0.0}
    return outbox.insert().values(**row | {"valid_until": 0.0, "once": False} | values)


REFUSED = {
    "pk_cursors": _twice,
    "uq_appointments_slot_seat": _seat_taken,
    "ck_outbox_status": lambda conn: conn.execute(_letter(status="misspelt")),
    "outbox.channel": lambda conn: conn.execute(_letter(channel=None)),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_a_conflict_names_its_constraint_alike_on_both_and_no_value(database: Database, name: str) -> None:
    with pytest.raises(Conflict) as refused:
        await database.run(REFUSED[name])
    assert refused.value.args == (name,)
    assert refused.value.__context__ is None
    assert await database.read(lambda conn: position(conn, CANARY)) is None


async def test_a_conflict_over_a_foreign_key_is_one_too(database: Database) -> None:
    with pytest.raises(Conflict) as refused:
        await database.run(lambda conn: conn.execute(_letter(conversation_id=CANARY)))
    assert refused.value.args[0] in ("foreign key", "fk_outbox_conversation_id_conversations")


class Unbindable:
    """A value that no driver takes, and whose picture must not get out."""

    def __repr__(self) -> str:
        return CANARY


@pytest.mark.parametrize("statement", [sa.text(f'select * from "{CANARY}"'), put(at=Unbindable())])  # type: ignore[arg-type]
async def test_a_failure_tells_its_kind_only(database: Database, statement: sa.Executable) -> None:
    with pytest.raises(StoreError) as failed:
        await database.run(lambda conn: conn.execute(statement))
    assert CANARY not in repr(failed.value)
    assert failed.value.args[0].isidentifier()
    assert failed.value.__context__ is failed.value.__cause__ is None


async def test_deleting_a_conversation_takes_everything_of_it(database: Database) -> None:
    def fill(conn: Connection) -> None:
        conversation(conn)
        event = {"uid": "e", "source": "s", "external_hash": b"h", "attempts": 0, "received_day": "2026-03-04"}
        conn.execute(inbox.insert().values(**event, conversation_id="c1", status="new"))
        conn.execute(_letter(conversation_id="c1"))
        conn.execute(_letter(conversation_id=None, uid="desk", cause="desk"))

    await database.run(fill)
    await database.run(lambda conn: conn.execute(conversations.delete()))
    assert await database.read(lambda conn: conn.execute(sa.select(inbox)).all()) == []
    assert await database.read(lambda conn: conn.scalars(sa.select(outbox.c.uid)).all()) == ["desk"]


async def test_numbers_are_never_used_again(database: Database) -> None:
    def number(conn: Connection) -> Any:
        return conn.execute(_letter().returning(outbox.c.id)).scalar()

    first = await database.run(number)
    await database.run(lambda conn: conn.execute(outbox.delete()))
    assert await database.run(number) > first


async def test_a_checkpoint_can_be_asked_for_on_both(database: Database) -> None:
    await database.run(lambda conn: conn.execute(put()))
    assert await database.checkpoint()


# What only SQLite has.


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "made" / "msiri.db"


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


async def opened(file: Path) -> Database:
    return await Database.open(f"sqlite:///{file}")


@pytest.mark.parametrize("kind", ["run", "read"])
async def test_every_setting_is_in_force_on_every_connection(file: Path, kind: str) -> None:
    database = await opened(file)
    asked = {"run": database.run, "read": database.read}[kind]
    wanted = sqlite.PRAGMAS | (sqlite.READER if kind == "read" else {})
    found = await asked(lambda conn: {name: conn.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted})
    await database.close()
    assert found == {name: answer for name, (_, answer) in wanted.items()}
    assert (found["secure_delete"], found["synchronous"], found["journal_mode"]) == (1, 2, "wal")


@pytest.mark.parametrize("name", sqlite.PRAGMAS)
def test_a_setting_that_does_not_hold_is_refused(file: Path, name: str) -> None:
    class Deaf(sqlite3.Connection):
        def execute(self, sql: str, *more: Any) -> sqlite3.Cursor:
            return super().execute("select 'something else'" if sql == f"PRAGMA {name}" else sql, *more)

    file.parent.mkdir()
    connection = sqlite3.connect(file, factory=Deaf)
    with pytest.raises(DatabaseProblem, match=f"refuses {name}="):
        sqlite.prepare(connection, {})
    connection.close()


async def test_deleted_and_checkpointed_is_gone_from_the_disk(file: Path) -> None:
    def on_disk() -> bool:
        return any(CANARY.encode() in one.read_bytes() for one in file.parent.iterdir())

    database = await opened(file)
    await database.run(lambda conn: conn.exec_driver_sql("create table notes (words text)"))
    await database.run(lambda conn: conn.execute(sa.text("insert into notes values (:words)"), {"words": CANARY * 50}))
    assert await database.checkpoint()
    assert on_disk()
    await database.run(lambda conn: conn.exec_driver_sql("delete from notes"))
    assert await database.checkpoint()
    assert not on_disk()
    await database.close()


@pytest.mark.usefixtures("open_umask")
async def test_only_the_owner_may_read_any_of_the_files(file: Path) -> None:
    database = await opened(file)
    await database.run(lambda conn: conn.exec_driver_sql("create table t (a)"))
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in file.parent.iterdir()}
    assert modes == dict.fromkeys(("msiri.db", "msiri.db-wal", "msiri.db-shm", "msiri.db.lock"), 0o600)
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    await database.close()


async def test_a_file_that_others_could_read_is_taken_back(file: Path) -> None:
    file.parent.mkdir()
    file.touch(0o644)
    await (await opened(file)).close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_a_second_process_is_refused_until_the_first_has_closed(file: Path) -> None:
    first = await opened(file)
    with pytest.raises(DatabaseProblem) as refused:
        await opened(file)
    remedy = "is already in use by another msiri process; stop it or give this one its own [database] url"
    assert str(refused.value) == f"{file} {remedy}"
    await first.close()
    await (await opened(file)).close()


async def test_a_write_has_the_lock_before_its_first_statement(file: Path) -> None:
    database = await opened(file)

    def tx(_: Connection) -> None:
        other = sqlite3.connect(file, timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()

    await database.run(tx)
    await database.close()


async def test_reading_goes_on_beside_a_write_and_sees_nothing_of_it(file: Path) -> None:
    database = await opened(file)
    await database.run(lambda conn: conn.exec_driver_sql("create table t (a)"))
    begun, read = threading.Event(), threading.Event()

    def write(conn: Connection) -> bool:
        conn.exec_driver_sql("insert into t values (1)")
        begun.set()
        return read.wait(10)

    def count(conn: Connection) -> Any:
        return conn.exec_driver_sql("select count(*) from t").scalar()

    writing = asyncio.create_task(database.run(write))
    assert await asyncio.to_thread(begun.wait, 10)
    assert await database.read(count) == 0
    read.set()
    assert await writing
    assert await database.read(count) == 1
    await database.close()


async def test_a_write_that_has_begun_is_finished_when_its_caller_goes_away(file: Path) -> None:
    database = await opened(file)
    begun, leave = threading.Event(), threading.Event()

    def write(conn: Connection) -> None:
        begun.set()
        leave.wait(10)
        conn.exec_driver_sql("create table t (a)")

    writing = asyncio.create_task(database.run(write))
    assert await asyncio.to_thread(begun.wait, 10)
    writing.cancel()
    leave.set()
    assert await database.run(lambda conn: sa.inspect(conn).has_table("t"))
    await database.close()


async def test_closing_leaves_one_file_with_everything_in_it(file: Path) -> None:
    database = await opened(file)
    await database.run(lambda conn: conn.exec_driver_sql("create table t (a)"))
    await database.close()
    assert {one.name for one in file.parent.iterdir()} == {"msiri.db", "msiri.db.lock"}


# What cannot be opened.


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("", "is no database address"),
        ("no address", "is no database address"),
        ("postgresql://host:port/name", "is no database address"),
        ("mysql://user:hush@host/name", "mysql is not supported"),
        ("postgresql+psycopg://user:hush@host/name", "postgresql+psycopg is not supported"),
        ("sqlite+aiosqlite:///file", "sqlite+aiosqlite is not supported"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:////proc/nowhere/msiri.db", "/proc/nowhere/msiri.db"),
        ("sqlite:////tmp", "/tmp"),
        ("postgresql://user:hush@127.0.0.1:1/name?password=hush", "postgresql://user:***@127.0.0.1:1/name"),
        ("postgresql+asyncpg://user:hush@127.0.0.1:1/name", "127.0.0.1:1/name"),
        ("postgresql://user:hush@127.0.0.1/name?sslmode=hush", "127.0.0.1/name"),
        ("postgresql://user:hush@nowhere.invalid/name", "nowhere.invalid"),
    ],
)
async def test_what_cannot_be_opened_is_told_in_one_sentence(url: str, place: str) -> None:
    with pytest.raises(DatabaseProblem) as refused:
        await Database.open(url)
    told = str(refused.value)
    assert place in told
    assert "hush" not in told
    assert "\n" not in told
    assert "; " in told


async def test_a_file_of_another_kind_is_left_alone_and_let_go(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"These are my holiday letters. " * 200)
    with pytest.raises(DatabaseProblem, match="is no SQLite database"):
        await opened(file)
    assert file.read_bytes().startswith(b"These are my holiday letters.")
    file.unlink()
    await (await opened(file)).close()


# What only PostgreSQL has.


async def test_a_lost_server_connection_fails_one_transaction_only(postgres_address: str) -> None:
    with postgres.database(postgres_address) as url:
        database = await Database.open(url)
        end = sa.text("select pg_terminate_backend(pg_backend_pid())")
        with pytest.raises(StoreError):
            await database.run(lambda conn: conn.execute(end))
        assert await database.run(lambda conn: conn.execute(sa.text("select 1")).scalar()) == 1
        await database.close()


async def test_a_database_that_is_not_there_is_told(postgres_address: str) -> None:
    with pytest.raises(DatabaseProblem, match="/nothing cannot be reached"):
        await Database.open(f"{postgres_address}/nothing")


def test_missing_programs_fail_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"prepare\.sh postgresql, or set MSIRI_TEST_POSTGRES=off"):
        postgres.binaries(tmp_path)
