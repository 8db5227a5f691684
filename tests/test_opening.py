"""When the clinic is open: spans of the day, days off, and the next opening."""

from datetime import datetime, time

import pytest

from handlers.facts import Clinic
from handlers.opening import closes, opens
from tests.given import CLINIC, NAIROBI


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time in March 2026; the 4th is a Wednesday, the 6th is a day off."""
    return datetime(2026, 3, day, hour, minute, tzinfo=NAIROBI)


@pytest.mark.parametrize(
    ("now", "until", "following"),
    [
        (at(4, 7), None, at(4, 8)),
        (at(4, 8), at(4, 13), at(4, 14)),
        (at(4, 13), None, at(4, 14)),
        (at(4, 16, 59), at(4, 17), at(5, 8)),
        (at(5, 17), None, at(9, 8)),
        (at(6, 10), None, at(9, 8)),
        (at(7, 10), None, at(9, 8)),
    ],
)
def test_the_clinic_is_open_until_and_opens_next(now: datetime, until: datetime | None, following: datetime) -> None:
    assert closes(CLINIC, now) == until
    assert opens(CLINIC, now) == following


def test_a_clinic_without_hours_never_opens_and_one_with_few_opens_when_it_does() -> None:
    assert opens(Clinic("Clinic", "here"), at(4, 10)) is None
    assert opens(Clinic("Clinic", "here", hours={0: ((time(9), time(10)),)}), at(9, 12)) == at(16, 9)
