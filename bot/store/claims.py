"""Who may work on what: the oldest unfinished row of a conversation, and never two workers on one row."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from bot.store.tables import WAITING, inbox, is_one_of, outbox

AnyRow = Row[tuple[object, ...]]


def claim(conn: Connection, now: float, limit: int, lease: float) -> Sequence[AnyRow]:
    """Claim up to `limit` outbox rows that are due, and return them with this attempt counted.

    Only the oldest unfinished row of a conversation and channel may be claimed: without this clause 28-44 % go out of
    order (platform.md 4.3). A row whose lease ran out is claimed again; its sender died, so its outcome is unknown.
    """
    ids = list(conn.scalars(_claimable(conn, now, limit)))
    if not ids:
        return ()
    change = outbox.update().where(outbox.c.id.in_(ids))
    conn.execute(change.values(status="sending", attempts=outbox.c.attempts + 1, claimed_until=now + lease))
    return conn.execute(sa.select(outbox).where(outbox.c.id.in_(ids)).order_by(outbox.c.id)).all()


def _claimable(conn: Connection, now: float, limit: int) -> sa.Select[tuple[int]]:
    older = outbox.alias("older")
    same_lane = (older.c.conversation_id == outbox.c.conversation_id) & (older.c.channel == outbox.c.channel)
    blocked = sa.exists().where(same_lane & (older.c.id < outbox.c.id) & _unsent(older))
    ready = (outbox.c.status == "ready") & (outbox.c.due <= now)
    abandoned = (outbox.c.status == "sending") & (outbox.c.claimed_until < now)
    query = sa.select(outbox.c.id).where(_unsent(outbox) & (ready | abandoned) & ~blocked)
    query = query.order_by(outbox.c.id).limit(limit)
    return query.with_for_update(skip_locked=True) if conn.dialect.name == "postgresql" else query


def _unsent(rows: sa.FromClause) -> sa.ColumnElement[bool]:
    return is_one_of(rows.c.status, "ready", "sending")


def mark_sent(conn: Connection, row_id: int, day: str, external_hash: bytes | None) -> None:
    """Note that a channel accepted the row; its text is forgotten."""
    values = {"status": "sent", "body": None, "claimed_until": None, "sent_day": day, "external_hash": external_hash}
    conn.execute(outbox.update().where(outbox.c.id == row_id).values(**values))


def put_back(conn: Connection, row_id: int, due: float) -> None:
    """Let the row be tried again at `due`, unless a delivery report settled it meanwhile."""
    waiting = (outbox.c.id == row_id) & (outbox.c.status == "sending")
    conn.execute(outbox.update().where(waiting).values(status="ready", due=due, claimed_until=None))


def bury(conn: Connection, row_id: int) -> None:
    """Give the row up; it stays, without its text, so that staff see it."""
    waiting = (outbox.c.id == row_id) & (outbox.c.status == "sending")
    conn.execute(outbox.update().where(waiting).values(status="dead", body=None, claimed_until=None))


def inbox_next(conn: Connection, conversation_id: str) -> AnyRow | None:
    """Return the oldest waiting event of a conversation."""
    waiting = (inbox.c.conversation_id == conversation_id) & WAITING
    return conn.execute(sa.select(inbox).where(waiting).order_by(inbox.c.id).limit(1)).first()


def waiting_conversations(conn: Connection) -> Sequence[str]:
    """Return the conversations that have events waiting, longest first."""
    query = sa.select(inbox.c.conversation_id).where(WAITING).group_by(inbox.c.conversation_id)
    return conn.scalars(query.order_by(sa.func.min(inbox.c.id))).all()
