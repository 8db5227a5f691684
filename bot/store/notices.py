"""Notices to the desk about nobody: no conversation, no alias; each is posted once for its cause."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.store import letters
from bot.store.codec import Letter
from bot.store.conversations import Vault
from bot.store.inserts import insert
from bot.store.sealed import Seal
from bot.store.tables import handovers, outbox


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
    row = letters.row(seal, conversation_id, cause, "desk", letter, now)
    conn.execute(insert(conn, outbox).values(row).on_conflict_do_nothing())
