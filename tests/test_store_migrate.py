"""The migrations make exactly the declared tables, on both databases; once, all or nothing, never over newer ones."""

import asyncio
import re
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot.store.database import Database, DatabaseProblem
from bot.store.migrate import _config, migrate, pending
from bot.store.tables import handover_messages, handovers, metadata

ALL = ["0001_initial", "0002_people", "0003_surge"]


@pytest.fixture
async def empty(database_url: str) -> Any:
    """A database without tables."""
    opened = await Database.open(database_url)
    yield opened
    await opened.close()


def described(conn: sa.Connection) -> dict[str, Any]:
    """Return everything that a database says about its tables, spelled alike."""
    inspector = sa.inspect(conn)
    names = sorted(name for name in inspector.get_table_names() if name != "alembic_version")
    return {name: _table(inspector, name) for name in names}


def _table(inspector: sa.Inspector, name: str) -> dict[str, Any]:
    columns = {one["name"]: (str(one["type"]), one["nullable"]) for one in inspector.get_columns(name)}
    checks = {one["name"]: _plain(one["sqltext"]) for one in inspector.get_check_constraints(name)}
    unique = {one["name"]: one["column_names"] for one in inspector.get_unique_constraints(name)}
    foreign = {one["name"]: (one["constrained_columns"], one["options"]) for one in inspector.get_foreign_keys(name)}
    return {
        "columns": columns,
        "checks": checks,
        "unique": unique,
        "foreign": foreign,
        "primary": inspector.get_pk_constraint(name),
        "indexes": {one["name"]: _index(one) for one in inspector.get_indexes(name)},
    }


def _index(found: Any) -> tuple[Any, ...]:
    options = found.get("dialect_options", {})
    where = next((_plain(str(text)) for key, text in options.items() if key.endswith("_where")), "")
    return found["column_names"], bool(found["unique"]), where


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


async def test_the_migrations_make_what_is_declared(empty: Database) -> None:
    """Checks are compared too, which Alembic's own comparison leaves out."""
    assert await empty.run(_declared) == await _migrated(empty)


def _declared(conn: sa.Connection) -> dict[str, Any]:
    metadata.create_all(conn)
    found = described(conn)
    metadata.drop_all(conn)
    return found


async def _migrated(database: Database) -> dict[str, Any]:
    await migrate(database)
    return await database.read(described)


async def test_the_comparison_sees_checks_and_partial_indexes(empty: Database) -> None:
    await migrate(empty)
    found = await empty.read(described)
    assert set(found["outbox"]["checks"]) == {"ck_outbox_status"}
    assert "sending" in found["outbox"]["indexes"]["ix_outbox_lane"][2]


async def test_alembic_finds_no_difference(database: Database) -> None:
    def compare(conn: sa.Connection) -> list[Any]:
        return list(compare_metadata(MigrationContext.configure(conn), metadata))

    assert await database.run(compare) == []


@pytest.mark.parametrize("table", ["inbox", "outbox", "handovers"])
async def test_a_misspelt_status_cannot_be_stored(database: Database, table: str) -> None:
    """It would be a row that nobody works on and nobody misses."""
    checks = (await database.read(described))[table]["checks"]
    allowed = re.findall(r"'(\w+)'", checks[f"ck_{table}_status"])
    assert sorted(allowed) == STATUSES[table]


STATUSES = {
    "inbox": ["done", "new", "parked"],
    "outbox": ["dead", "ready", "sending", "sent"],
    "handovers": ["closed", "taken", "waiting"],
}


async def test_migrating_twice_changes_nothing_the_second_time(empty: Database) -> None:
    assert await pending(empty)
    assert await migrate(empty) == ALL
    assert not await pending(empty)
    assert await migrate(empty) == []


async def test_two_who_migrate_at_once_do_it_once(empty: Database) -> None:
    applied = await asyncio.gather(migrate(empty), migrate(empty), migrate(empty))
    assert sorted(applied) == [[], [], ALL]


async def test_a_migration_that_breaks_leaves_nothing(empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade = command.upgrade

    def breaking(*arguments: Any) -> None:
        upgrade(*arguments)
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(command, "upgrade", breaking)
    with pytest.raises(RuntimeError, match="on purpose"):
        await migrate(empty)
    monkeypatch.undo()
    assert await empty.read(lambda conn: sa.inspect(conn).get_table_names()) == []
    assert await migrate(empty) == ALL


async def test_newer_tables_are_left_alone(database: Database) -> None:
    newer = sa.text("update alembic_version set version_num = '9999_later'")
    await database.run(lambda conn: conn.execute(newer))
    before = await database.read(described)
    for step in (migrate, pending):
        with pytest.raises(DatabaseProblem, match="made by a newer version; install that one, or restore a backup"):
            await step(database)
    assert await database.read(described) == before


def _first(conn: sa.Connection) -> None:
    """Make the tables as the first version had them, with one case that waits and one that is taken."""
    config = _config()
    config.attributes["connection"] = conn
    command.upgrade(config, "0001_initial")
    sealed = dict.fromkeys(("dek", "address", "memory", "state"), b"")
    values = {"id": "c", "lookup": b"l", "channel": "web", "alias": "P-1", "kek": 1, "active_day": "2026-03-04"}
    conn.execute(_insert("conversations", **values, **sealed))
    for case, status, taken in (("waits", "waiting", None), ("taken", "taken", 200.0)):
        row = {"id": case, "conversation_id": "c", "reason": "asked", "urgent": False, "status": status}
        conn.execute(_insert("handovers", **row, opened_at=100.0, taken_at=taken))
        message = {"uid": case, "handover_id": case, "conversation_id": "c", "author": "client", "body": b"", "day": ""}
        conn.execute(_insert("handover_messages", **message))


def _insert(table: str, **values: Any) -> sa.Insert:
    return sa.insert(sa.table(table, *map(sa.column, values))).values(**values)


async def test_cases_of_the_first_version_keep_their_words_and_their_time(empty: Database) -> None:
    await empty.run(_first)
    assert await migrate(empty) == ALL[1:]
    rows = await empty.read(lambda conn: conn.execute(sa.select(handovers).order_by(handovers.c.id)).all())
    assert [(row.id, row.since, row.spoke_at, row.rounds, row.team) for row in rows] == [
        ("taken", 200.0, 200.0, 0, ""),
        ("waits", 100.0, 100.0, 0, ""),
    ]
    words = sa.select(sa.func.count()).select_from(handover_messages)
    assert await empty.read(lambda conn: conn.execute(words).scalar()) == 2
