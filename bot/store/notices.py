"""Notices to the desk about nobody: no conversation, no alias; each is posted once for its cause."""

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from bot.store import codec
from bot.store.codec import Letter
from bot.store.conversations import Vault
from bot.store.sealed import Seal
from bot.store.tables import handovers, outbox

# Later than this a notice is no news any more.
VALID = timedelta(hours=24)


def delete_threads(conn: Connection, vault: Vault, cause: str, now: datetime) -> None:
    """Have the threads of all open handovers deleted: somebody unknown could read them."""
    rows = conn.execute(sa.select(handovers).where(handovers.c.thread.is_not(None) & (handovers.c.status != "closed")))
    for number, row in enumerate(rows.all()):
        seal = vault.seal(conn, row.conversation_id)
        if seal:
            letter = Letter("", author="close", handover=row.id)
            _put(conn, seal, row.conversation_id, f"{cause}:{number}", letter, now)


def post(conn: Connection, vault: Vault, cause: str, text: str, now: datetime) -> None:
    """Put a notice into the outbox, unless one with the same cause is or was there."""
    _put(conn, vault.house().seal, None, cause, Letter(text, author="bot"), now)


def _put(conn: Connection, seal: Seal, conversation_id: str | None, cause: str, letter: Letter, now: datetime) -> None:
    uid = secrets.token_hex(16)
    body = seal.seal(codec.encode(letter), table="outbox", column="body", row=uid)
    row = {"uid": uid, "conversation_id": conversation_id, "cause": cause, "channel": "desk", "body": body}
    times = {"due": now.timestamp(), "valid_until": (now + VALID).timestamp()}
    insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    conn.execute(insert(outbox).values(**row, **times, status="ready", attempts=0, once=False).on_conflict_do_nothing())
