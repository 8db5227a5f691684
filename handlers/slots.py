"""Which times are free: opening hours minus closures minus seats taken. Pure arithmetic on local clock time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.facts import Clinic, Service

DAYS_AHEAD = 14
LEAD = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at which a service can be had; the id is stable: `<service>@<date>T<hh:mm>`."""

    service: str
    starts: datetime

    @property
    def id(self) -> str:
        """The slot's id, plain on purpose: it says nothing about anybody."""
        return f"{self.service}@{self.starts:%Y-%m-%dT%H:%M}"


def parse(slot_id: str, now: datetime) -> Slot | None:
    """Return the slot that `slot_id` names, in the time zone of `now`; None when it names none."""
    service, _, when = slot_id.partition("@")
    try:
        return Slot(service, datetime.fromisoformat(when).replace(tzinfo=now.tzinfo))
    except ValueError:
        return None


def free_slots(service: Service, clinic: Clinic, taken: Mapping[str, int], now: datetime) -> list[Slot]:
    """Return the free slots of `service` in the next 14 days, earliest first. `taken` maps slot ids to seats taken."""
    days = (now.date() + timedelta(days=ahead) for ahead in range(DAYS_AHEAD))
    slots = (slot for day in days for slot in _of_day(service, clinic, day, now))
    return [slot for slot in slots if slot.starts >= now + LEAD and taken.get(slot.id, 0) < service.seats]


def _of_day(service: Service, clinic: Clinic, day: date, now: datetime) -> Iterator[Slot]:
    if day in clinic.closed:
        return
    for opens, closes in clinic.hours.get(day.weekday(), ()):
        yield from _of_span(service, _at(day, opens, now), _at(day, closes, now))


def _of_span(service: Service, starts: datetime, ends: datetime) -> Iterator[Slot]:
    step = timedelta(minutes=service.minutes)
    while starts + step <= ends:
        yield Slot(service.id, starts)
        starts += step


def _at(day: date, clock: time, now: datetime) -> datetime:
    return datetime.combine(day, clock, tzinfo=now.tzinfo)
