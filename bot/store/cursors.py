"""How far each source has been read."""

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.store.tables import cursors


def position(conn: Connection, source: str) -> int:
    """Return how far `source` has been read; 0 at first."""
    return conn.execute(sa.select(cursors.c.position).where(cursors.c.source == source)).scalar() or 0


def move(conn: Connection, source: str, to: int) -> None:
    """Note how far `source` has been read, in the same transaction as what was read."""
    changed = conn.execute(cursors.update().where(cursors.c.source == source).values(position=to))
    if not changed.rowcount:
        conn.execute(cursors.insert().values(source=source, position=to))
