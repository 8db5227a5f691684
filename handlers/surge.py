"""Surge mode: many more reports than usual in a week (F33). Pure arithmetic on calendar weeks."""

from collections.abc import Mapping
from datetime import date, timedelta

from handlers.care import CONTACTS

# F33: at least ten reports in seven days, and at least five times the mean of the four weeks before.
LEAST, TIMES, BEFORE = 10, 5, 4


def week(day: date, ago: int = 0) -> str:
    """Return the calendar week (ISO 8601, "2026-W10") of `day`, or the one so many weeks `ago`."""
    return f"{day - timedelta(weeks=ago):%G-W%V}"


def on(weekly: Mapping[str, int], day: date) -> bool:
    """Return whether there is a surge: in the week of `day`, or in the week before, so that a Monday does not end it."""
    return any(_many(weekly, day - timedelta(weeks=ago)) for ago in (0, 1))


def _many(weekly: Mapping[str, int], day: date) -> bool:
    mean = sum(weekly.get(week(day, ago), 0) for ago in range(1, BEFORE + 1)) / BEFORE
    return weekly.get(week(day), 0) >= max(LEAST, TIMES * mean)


def lane(reason: str, *, urgent: bool, surge: bool) -> int:
    """Return the lane of a case in the queue, least first: urgent ones before others. In a surge those in danger, whom a
    counselor alone can help now, go before all, PEP included: its clock runs without a counselor."""
    if surge and urgent and reason in CONTACTS:
        return 0
    return 1 if urgent else 2
