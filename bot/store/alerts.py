"""Alerts: whom we told that a case waits, and who confirmed it by a tap. No word of a case is in them."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.store import roster
from bot.store.roster import LEAD, Person
from bot.store.tables import alerts, handovers


def tell(conn: Connection, handover: str, audience: str, now: float) -> None:
    """Alert the people of an audience about a case, as its next round; "second" is another person in the same round."""
    case = conn.execute(sa.select(handovers.c.team).where(handovers.c.id == handover)).one()
    for one in _audience(conn, handover, audience, case.team):
        conn.execute(alerts.insert().values(handover_id=handover, staff_id=one.id, raised_at=now))
    second = (
        {"second": True}
        if audience == "second"
        else {"second": False, "rounds": handovers.c.rounds + 1, "alerted_at": now}
    )
    conn.execute(handovers.update().where(handovers.c.id == handover).values(second))


def _audience(conn: Connection, handover: str, audience: str, team: str) -> Sequence[Person]:
    everybody = roster.people(conn)
    if audience == "second":
        told = set(conn.scalars(sa.select(alerts.c.staff_id).where(alerts.c.handover_id == handover)))
        other = roster.least_loaded([one for one in everybody if one.id not in told])
        return [other] if other else []
    wanted = {
        "shift": [one for one in everybody if one.there and one.in_team(team)],
        "lead": [one for one in everybody if one.role == LEAD],
    }
    return wanted.get(audience, everybody)


def seen(conn: Connection, staff_id: str, now: float) -> None:
    """Note a member's receipt for all that they were told."""
    mine = (alerts.c.staff_id == staff_id) & alerts.c.seen_at.is_(None)
    conn.execute(alerts.update().where(mine).values(seen_at=now))


def unseen(conn: Connection, staff_id: str) -> bool:
    """Return whether a case still waits about which the member was told, without a receipt so far."""
    mine = (alerts.c.staff_id == staff_id) & alerts.c.seen_at.is_(None)
    waiting = sa.select(alerts.c.id).join(handovers).where(mine & (handovers.c.status == "waiting"))
    return conn.execute(waiting.limit(1)).first() is not None


def confirmed(conn: Connection, handover: str, since: float | None) -> bool:
    """Return whether anybody confirmed an alert about a case that was raised at `since` or later."""
    if since is None:
        return False
    receipt = (alerts.c.handover_id == handover) & (alerts.c.raised_at >= since) & alerts.c.seen_at.is_not(None)
    return conn.execute(sa.select(alerts.c.id).where(receipt).limit(1)).first() is not None


def forget(conn: Connection, handover: str) -> None:
    """Drop the alerts about a case that waits no longer."""
    conn.execute(alerts.delete().where(alerts.c.handover_id == handover))
