"""A handover's row: how it is opened, taken, put back, closed, and what its timers need."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.store import alerts, roster
from bot.store.tables import OPEN, handovers, staff
from handlers import duty
from handlers.facts import Case, Former, Hours


def opened(conn: Connection, row: dict[str, Any], now: float) -> None:
    """Write a new handover down, and tell who is on shift."""
    hours = {"opened_at": now, "since": now, "spoke_at": now}
    conn.execute(handovers.insert().values(**row, **hours, status="waiting"))
    alerts.tell(conn, row["id"], "shift", now)


def taken(conn: Connection, handover: str, counselor_id: str, now: float) -> None:
    """Give the handover to a counselor; from now on the client waits for their first words."""
    left(conn, handover)
    hours = {"taken_at": now, "since": now, "owed_since": now, "spoke_at": now}
    _change(conn, handover, status="taken", counselor_id=counselor_id, second=False, alerted_at=None, **hours)
    alerts.forget(conn, handover)


def returned(conn: Connection, handover: str, team: str, now: float, *, missed: bool) -> None:
    """Put the handover into a team's queue, and tell who is on shift."""
    if missed and (counselor := _counselor(conn, handover)):
        roster.set_paused(conn, counselor, paused=True)
    left(conn, handover)
    hours = {"since": now, "owed_since": None, "rounds": 0}
    _change(conn, handover, status="waiting", counselor_id=None, taken_at=None, team=team, **hours)
    alerts.forget(conn, handover)
    alerts.tell(conn, handover, "shift", now)


def closed(conn: Connection, handover: str, now: datetime) -> None:
    """Close the handover."""
    left(conn, handover)
    _change(conn, handover, status="closed", closed_day=f"{now:%Y-%m-%d}", closed_at=now.timestamp())
    alerts.forget(conn, handover)


def left(conn: Connection, handover: str) -> None:
    """Note that its counselor, if any, is done with it: after a heavy one they should talk with the lead."""
    reason = conn.execute(sa.select(handovers.c.reason).where(handovers.c.id == handover)).scalar_one()
    counselor = _counselor(conn, handover)
    if counselor and duty.heavy(reason):
        roster.set_debrief(conn, counselor, wanted=True)


def client_spoke(conn: Connection, handover: str, now: float) -> None:
    """Note that the client wrote; whoever talks with them owes an answer since the first words without one."""
    owed = sa.case((handovers.c.status == "taken", sa.func.coalesce(handovers.c.owed_since, now)), else_=None)
    _change(conn, handover, owed_since=owed, spoke_at=now)


def counselor_spoke(conn: Connection, handover: str, now: float) -> None:
    """Note that the counselor answered."""
    _change(conn, handover, owed_since=None, spoke_at=now)


def graver(conn: Connection, handover: str, reason: str) -> None:
    """Note that the reason became graver."""
    _change(conn, handover, reason=reason, urgent=True)


def _change(conn: Connection, handover: str, **values: Any) -> None:
    conn.execute(handovers.update().where(handovers.c.id == handover).values(**values))


def _counselor(conn: Connection, handover: str) -> str | None:
    return conn.execute(sa.select(handovers.c.counselor_id).where(handovers.c.id == handover)).scalar()


def of_client(conn: Connection, conversation_id: str) -> Case | None:
    """Return the client's open handover."""
    found = _cases(conn, handovers.c.conversation_id == conversation_id)
    return found[0][1] if found else None


def every(conn: Connection) -> list[tuple[str, Case]]:
    """Return every open handover with its conversation's id, the oldest first."""
    return _cases(conn, sa.true())


def _cases(conn: Connection, which: sa.ColumnElement[bool]) -> list[tuple[str, Case]]:
    joined = handovers.outerjoin(staff, staff.c.id == handovers.c.counselor_id)
    query = sa.select(handovers, staff.c.alias, staff.c.on_shift).select_from(joined).where(OPEN & which)
    return [
        (row.conversation_id, _case(conn, row)) for row in conn.execute(query.order_by(handovers.c.opened_at)).all()
    ]


def _case(conn: Connection, row: Any) -> Case:
    seen = row.status == "waiting" and alerts.confirmed(conn, row.id, row.alerted_at)
    hours = Hours(
        since=row.since,
        rounds=row.rounds,
        alerted=row.alerted_at,
        seen=seen,
        second=row.second,
        owed=row.owed_since,
        spoke=row.spoke_at,
        left=row.on_shift is not None and not row.on_shift,
    )
    return Case(row.id, row.reason, row.alias or row.counselor_id or "", hours)


def former(conn: Connection, conversation_id: str, now: float) -> Former | None:
    """Return who had the client's last handover, if it was closed not too long ago."""
    recent = (handovers.c.conversation_id == conversation_id) & (handovers.c.closed_at > now - duty.REOPEN_SECONDS)
    query = sa.select(staff.c.alias, handovers.c.closed_at).join(staff, staff.c.id == handovers.c.counselor_id)
    row = conn.execute(query.where(recent).order_by(handovers.c.closed_at.desc()).limit(1)).first()
    return Former(row.alias, row.closed_at) if row else None
