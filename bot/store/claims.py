"""Who may work on what: the oldest unfinished row of a conversation, and never two workers on one row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from bot.store.columns import is_one_of
from bot.store.tables import WAITING, inbox, outbox

AnyRow = Row[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Claim:
    """An outbox row that is ours to send, this attempt counted. `abandoned`: its last sender died, so that the outcome of
    that attempt is unknown."""

    row: AnyRow
    abandoned: bool


def claim(conn: Connection, now: float, limit: int, lease: float, full: Sequence[str] = ()) -> list[Claim]:
    """Claim up to `limit` outbox rows that are due, leaving out the channels that are `full`.

    Only the oldest unfinished row of a conversation and channel may be claimed: without this clause 28-44 % go out of
    order (platform.md 4.3). A row whose lease ran out is claimed again.
    """
    free = due(now, full).limit(limit).with_for_update(skip_locked=True)  # SQLite has one writer anyway
    before = {row.id: row.status for row in conn.execute(free)}
    if not before:
        return []
    mine = outbox.c.id.in_(before)
    counted = {"status": "sending", "attempts": outbox.c.attempts + 1, "claimed_until": now + lease}
    conn.execute(outbox.update().where(mine).values(counted))
    rows = conn.execute(sa.select(outbox).where(mine).order_by(outbox.c.id)).all()
    return [Claim(row, before[row.id] == "sending") for row in rows]


def due(now: float, full: Sequence[str] = ()) -> sa.Select[tuple[int, str]]:
    """Return the query for id and status of the rows that may be claimed, oldest first."""
    older = outbox.alias("older")
    same_lane = (older.c.conversation_id == outbox.c.conversation_id) & (older.c.channel == outbox.c.channel)
    blocked = sa.exists().where(same_lane & (older.c.id < outbox.c.id) & _unsent(older))
    ready = (outbox.c.status == "ready") & (outbox.c.due <= now)
    abandoned = (outbox.c.status == "sending") & (outbox.c.claimed_until < now)
    wanted = _unsent(outbox) & (ready | abandoned) & ~blocked & outbox.c.channel.not_in(full)
    return sa.select(outbox.c.id, outbox.c.status).where(wanted).order_by(outbox.c.id)


def _unsent(rows: sa.FromClause) -> sa.ColumnElement[bool]:
    return is_one_of(rows.c.status, "ready", "sending")


def mark_sent(conn: Connection, row_id: int, day: str, external_hash: bytes | None) -> None:
    """Note that a channel accepted the row; its text is forgotten."""
    values = {"status": "sent", "body": None, "claimed_until": None, "sent_day": day, "external_hash": external_hash}
    conn.execute(outbox.update().where(outbox.c.id == row_id).values(**values))


def put_back(conn: Connection, row: AnyRow, due: float, attempts: int) -> None:
    """Let the row be tried again at `due`, unless it was settled or claimed by somebody else meanwhile."""
    conn.execute(_still_ours(row).values(status="ready", due=due, attempts=attempts, claimed_until=None))


def bury(conn: Connection, row: AnyRow) -> None:
    """Give the row up, unless it was settled meanwhile; it stays, without its text, so that staff see it."""
    conn.execute(_still_ours(row).values(status="dead", body=None, claimed_until=None))


def _still_ours(row: AnyRow) -> sa.Update:
    """The end of the lease tells one claim of a row from the next."""
    ours = (outbox.c.id == row.id) & (outbox.c.status == "sending") & (outbox.c.claimed_until == row.claimed_until)
    return outbox.update().where(ours)


def release(conn: Connection, now: float, waits: Mapping[str, float]) -> None:
    """Take back every row that somebody was sending: for the start of a process that is known to be the only one.

    `waits` names the channels whose reports may still settle a row, and how many seconds they are given.
    """
    sending = outbox.c.status == "sending"
    conn.execute(outbox.update().where(sending & outbox.c.channel.not_in(waits)).values(claimed_until=0.0))
    for channel, seconds in waits.items():
        given = sending & (outbox.c.channel == channel)
        conn.execute(outbox.update().where(given).values(claimed_until=now + seconds))


def inbox_next(conn: Connection, conversation_id: str) -> AnyRow | None:
    """Return the oldest waiting event of a conversation."""
    waiting = (inbox.c.conversation_id == conversation_id) & WAITING
    return conn.execute(sa.select(inbox).where(waiting).order_by(inbox.c.id).limit(1)).first()


def waiting_conversations(conn: Connection) -> Sequence[str]:
    """Return the conversations that have events waiting, longest first."""
    query = sa.select(inbox.c.conversation_id).where(WAITING).group_by(inbox.c.conversation_id)
    return conn.scalars(query.order_by(sa.func.min(inbox.c.id))).all()
