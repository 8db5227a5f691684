"""Whether the clinic is open now, and when it opens next. Pure arithmetic on local clock time."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from handlers.facts import Clinic
from handlers.slots import DAYS_AHEAD


def closes(clinic: Clinic, now: datetime) -> datetime | None:
    """Return when the clinic closes today if it is open at `now`; None while it is shut."""
    return next((ends for starts, ends in _spans(clinic, now.date(), now) if starts <= now < ends), None)


def opens(clinic: Clinic, now: datetime) -> datetime | None:
    """Return when the clinic opens next after `now`; None when it does not within the days that can be booked."""
    days = (now.date() + timedelta(days=ahead) for ahead in range(DAYS_AHEAD))
    return next((starts for day in days for starts, _ in _spans(clinic, day, now) if starts > now), None)


def _spans(clinic: Clinic, day: date, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    if day in clinic.closed:
        return
    for starts, ends in clinic.hours.get(day.weekday(), ()):
        yield _at(day, starts, now), _at(day, ends, now)


def _at(day: date, clock: time, now: datetime) -> datetime:
    return datetime.combine(day, clock, tzinfo=now.tzinfo)
