"""Every column has a class, and what belongs to a client is in sealed columns only (security.md R39)."""

import base64
from typing import Any

import sqlalchemy as sa

from bot.store import tables
from bot.store.sealed import NONCE, SIZES, TAG
from tests.talk import Service, code_in

# A new column has to be put here on purpose: public may be shown to anybody, operational tells ids, kinds and queue
# times, secret is sealed. Nothing else is there.
CLASSES: dict[str, dict[str, str]] = {
    "appointments": {
        "operational": "id conversation_id slot seat code_lookup",
        "secret": "body",
    },
    "conversations": {
        "operational": "id lookup channel alias kek active_day",
        "secret": "dek address memory state",
    },
    "alerts": {"operational": "id handover_id staff_id raised_at seen_at"},
    "audit": {"operational": "id staff_id act object hour"},
    "cursors": {"operational": "source position"},
    "gaps": {"operational": "id uid conversation_id day", "secret": "body"},
    "handover_messages": {"operational": "id uid handover_id conversation_id author day", "secret": "body"},
    "handovers": {
        "operational": "id conversation_id reason urgent status counselor_id thread opened_at taken_at closed_day "
        "team since rounds alerted_at second owed_since spoke_at closed_at",
    },
    "incidents": {"operational": "week kind county number"},
    "inbox": {
        "operational": "id uid source external_hash conversation_id status attempts received_day",
        "secret": "body",
    },
    "outbox": {
        "operational": "id uid conversation_id cause channel status delivery attempts due claimed_until valid_until once "
        "external_hash sent_day",
        "secret": "body",
    },
    "ratings": {"public": "day entry_id helpful unhelpful"},
    "reminders": {"operational": "uid conversation_id due"},
    "shifts": {"operational": "id staff_id began ended"},
    "staff": {"operational": "id login alias password_hash role on_shift telegram team paused debrief"},
    "staff_sessions": {"operational": "token_hash staff_id expires ends"},
    "stories": {"operational": "id kek", "secret": "dek body"},
    "strangers": {"operational": "account"},
    "web_messages": {"operational": "id uid conversation_id author day", "secret": "body"},
}


def _listed() -> dict[str, str]:
    return {
        f"{table}.{column}": kind
        for table, kinds in CLASSES.items()
        for kind, columns in kinds.items()
        for column in columns.split()
    }


def _declared() -> dict[str, Any]:
    every = [column for table in tables.metadata.tables.values() for column in table.columns]
    return {f"{column.table.name}.{column.name}": column for column in every}


def test_every_column_has_the_class_that_was_decided() -> None:
    assert {name: column.info.get("class") for name, column in _declared().items()} == _listed()


def test_what_is_secret_is_bytes_and_nothing_else_is_free_text() -> None:
    for name, column in _declared().items():
        if _listed()[name] == "secret":
            assert isinstance(column.type, sa.LargeBinary), name
        if isinstance(column.type, sa.String):
            assert column.type.length, name


async def test_the_database_has_the_columns_that_are_declared_and_no_others(line: Service) -> None:
    def columns(conn: sa.Connection) -> set[str]:
        inspector = sa.inspect(conn)
        names = [name for name in inspector.get_table_names() if name != "alembic_version"]
        return {f"{table}.{column['name']}" for table in names for column in inspector.get_columns(table)}

    assert await line.app.database.read(columns) == _listed().keys()


CANARY = "zebra-canary-7781"


async def test_what_a_client_says_is_in_no_column_readable(line: Service) -> None:
    client, amani = line.client(f"token-{CANARY}"), await line.counselor()
    for said in (f"hello {CANARY}", f"{CANARY} blorf", "book", "1", "1", "1"):
        await client.says(said)
    code = code_in((await client.says("yes"))[0])
    await client.says("talk to a person")
    (card,) = await amani.queue()
    await amani.takes(card.id)
    await client.says(f"my secret is {CANARY}")
    await amani.says(card.id, f"I hear {CANARY}")
    stored = await line.app.database.read(_cells)
    assert len(stored) > 100
    for place, cell in stored:
        for spelled in _spellings(CANARY) + _spellings(code):
            assert spelled not in cell, place


def _cells(conn: sa.Connection) -> list[tuple[str, bytes]]:
    found = []
    for table in tables.metadata.tables.values():
        for row in conn.execute(sa.select(table)).mappings():
            found += [(f"{table.name}.{name}", _bytes(value)) for name, value in row.items()]
    return found


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def _spellings(text: str) -> list[bytes]:
    plain = text.encode()
    inner = base64.b64encode(plain).strip(b"=")[2:-2]
    return [plain, plain.upper(), plain.hex().encode(), text.encode("utf-16-le"), inner]


async def test_sealed_cells_have_few_lengths(line: Service) -> None:
    """A length tells the bucket, and no more than that (security.md R33)."""
    client = line.client()
    for said in ("a", "hello", "x" * 100, "y" * 300, "z" * 1500, "talk to a person", "w" * 4000):
        await client.says(said)
    overhead = 6 + NONCE + TAG
    sealed = [name for name, kind in _listed().items() if kind == "secret" and not name.endswith(".dek")]
    lengths = {
        len(cell) - overhead
        for place, cell in await line.app.database.read(_cells)
        if place in sealed and cell != b"None"
    }
    assert lengths <= {*SIZES, 2 * SIZES[-1]}
    assert len(lengths) > 1
