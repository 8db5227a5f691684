"""Who looked at which case, and what was done with it: ids, an act and the hour; never a word (security.md 2.7)."""

from datetime import datetime

from sqlalchemy import Connection

from bot.store.tables import audit


def note(conn: Connection, staff_id: str, act: str, of: str, now: datetime) -> None:
    """Write one line: the act is one word of at most 16 letters; the hour is as exact as it gets."""
    conn.execute(audit.insert().values(staff_id=staff_id, act=act, object=of, hour=f"{now:%Y-%m-%dT%H}"))
