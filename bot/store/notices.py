"""Notices to the desk about nobody: no conversation, no alias; each is posted once for its cause."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from bot.store import codec
from bot.store.codec import Letter
from bot.store.conversations import Vault
from bot.store.tables import outbox

# Later than this a notice is no news any more.
VALID = timedelta(hours=24)


def post(conn: Connection, vault: Vault, cause: str, text: str, now: datetime) -> None:
    """Put a notice into the outbox, unless one with the same cause is or was there."""
    uid = secrets.token_hex(16)
    body = vault.house().seal.seal(codec.encode(Letter(text, author="bot")), table="outbox", column="body", row=uid)
    row = {"uid": uid, "conversation_id": None, "cause": cause, "channel": "desk", "body": body, "status": "ready"}
    times = {"due": now.timestamp(), "valid_until": (now + VALID).timestamp()}
    insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    conn.execute(insert(outbox).values(**row, **times, attempts=0, once=False).on_conflict_do_nothing())
