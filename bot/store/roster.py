"""Who is there: people on shift, how many cases each has, and who can take one more."""

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.store.tables import handovers, shifts, staff

# Who answers clients; other roles never have a case.
ANSWERING = ("counselor", "lead")
LEAD = "lead"


class Person(NamedTuple):
    """A member of staff who may answer clients; `load` counts their open cases."""

    id: str
    alias: str
    role: str
    team: str
    on_shift: bool
    paused: bool
    debrief: bool
    load: int

    @property
    def there(self) -> bool:
        """Whether they are on shift and not in a pause."""
        return self.on_shift and not self.paused

    def may_take(self, cap: int) -> bool:
        """Return whether they can take one more case, with `cap` as the limit."""
        return self.there and self.load < cap

    def in_team(self, team: str) -> bool:
        """Return whether a case of `team` is theirs to take; "" is for everybody."""
        return team in ("", self.team)


def people(conn: Connection) -> list[Person]:
    """Return everybody who may answer clients, by alias."""
    return _people(conn, sa.true())


def person(conn: Connection, staff_id: str) -> Person | None:
    """Return one of them."""
    return next(iter(_people(conn, staff.c.id == staff_id)), None)


def _people(conn: Connection, which: sa.ColumnElement[bool]) -> list[Person]:
    mine = (handovers.c.counselor_id == staff.c.id) & (handovers.c.status == sa.literal_column("'taken'"))
    load = sa.select(sa.func.count()).select_from(handovers).where(mine).scalar_subquery()
    columns = (staff.c.id, staff.c.alias, staff.c.role, staff.c.team, staff.c.on_shift, staff.c.paused, staff.c.debrief)
    query = sa.select(*columns, load).where(staff.c.role.in_(ANSWERING) & which).order_by(staff.c.alias)
    return [Person(*row) for row in conn.execute(query)]


def reserve(conn: Connection, alias: str, cap: int) -> str | None:
    """Return the id of a member who may take one more case, and hold them until the end of the transaction; None when they
    may not. An alias that nobody has (a Telegram account that is not linked) stands for itself."""
    held = conn.execute(sa.select(staff.c.id).where(staff.c.alias == alias).with_for_update()).scalar()
    if held is None:
        return alias
    found = person(conn, held)
    return held if found and found.may_take(cap) else None


def set_shift(conn: Connection, staff_id: str, now: float, *, on: bool) -> None:
    """Begin or end a shift; whoever begins one is not in a pause. What is so already stays."""
    change = staff.update().where((staff.c.id == staff_id) & (staff.c.on_shift != on))
    if not conn.execute(change.values(on_shift=on, paused=False)).rowcount:
        return
    if on:
        conn.execute(shifts.insert().values(staff_id=staff_id, began=now))
    else:
        _end(conn, now, shifts.c.staff_id == staff_id)


def end_overlong(conn: Connection, now: float, longest: float) -> None:
    """End the shifts that somebody forgot to end: those that last longer than `longest` seconds."""
    too_long = shifts.c.ended.is_(None) & (shifts.c.began <= now - longest)
    forgotten = conn.scalars(sa.select(shifts.c.staff_id).where(too_long)).all()
    if forgotten:
        conn.execute(staff.update().where(staff.c.id.in_(forgotten)).values(on_shift=False, paused=False))
        _end(conn, now, too_long)


def _end(conn: Connection, now: float, which: sa.ColumnElement[bool]) -> None:
    conn.execute(shifts.update().where(which & shifts.c.ended.is_(None)).values(ended=now))


def set_paused(conn: Connection, staff_id: str, *, paused: bool) -> None:
    """Let a member get no new case, or get them again."""
    conn.execute(staff.update().where(staff.c.id == staff_id).values(paused=paused))


def set_debrief(conn: Connection, staff_id: str, *, wanted: bool) -> None:
    """Note that a member should talk with the lead about a heavy case, or has done so."""
    conn.execute(staff.update().where(staff.c.id == staff_id).values(debrief=wanted))


def worked(conn: Connection, since: float, now: float) -> dict[str, float]:
    """Return the seconds that each member was on shift between `since` and `now`, by id."""
    query = sa.select(shifts).where(shifts.c.ended.is_(None) | (shifts.c.ended > since))
    total: dict[str, float] = {}
    for row in conn.execute(query):
        spent = (now if row.ended is None else row.ended) - max(row.began, since)
        total[row.staff_id] = total.get(row.staff_id, 0.0) + spent
    return total


def least_loaded(found: Sequence[Person]) -> Person | None:
    """Return who has the fewest cases, those who are there first."""
    return min(found, key=lambda one: (not one.there, one.role != LEAD, one.load, one.alias), default=None)
