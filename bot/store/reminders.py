"""What is to be asked again later: one time for each conversation, without a word of what it is about."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from bot.store.tables import reminders


def keep(conn: Connection, conversation_id: str, uid: str, due: float) -> None:
    """Keep the time (epoch seconds) at which to ask again, in place of an earlier one."""
    drop(conn, conversation_id)
    conn.execute(reminders.insert().values(uid=uid, conversation_id=conversation_id, due=due))


def drop(conn: Connection, conversation_id: str) -> None:
    """Forget the time, if there is one."""
    conn.execute(reminders.delete().where(reminders.c.conversation_id == conversation_id))


def take(conn: Connection, now: float, limit: int) -> Sequence[Row[tuple[str, str, float]]]:
    """Return up to `limit` rows whose time has come, earliest first, and forget them: nobody gets one of them twice."""
    due = sa.select(reminders).where(reminders.c.due <= now).order_by(reminders.c.due).limit(limit)
    rows = conn.execute(due.with_for_update(skip_locked=True)).all()
    conn.execute(reminders.delete().where(reminders.c.uid.in_([row.uid for row in rows])))
    return rows
