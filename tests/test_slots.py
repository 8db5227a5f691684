"""Free times: opening hours minus closures minus seats taken."""

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.facts import Clinic, Service
from handlers.slots import Slot, free_slots, parse
from tests.given import NOW

TEST = Service("test", {}, 30, seats=2)
HOURS = {2: ((time(8), time(11)), (time(14), time(14, 45)))}
CLINIC = Clinic("Clinic", "here", (TEST,), HOURS)


def shown(clinic: Clinic = CLINIC, **taken: int) -> list[str]:
    """The ids of the free times."""
    return [slot.id for slot in free_slots(TEST, clinic, {f"test@{key}": seats for key, seats in taken.items()}, NOW)]


def test_times_start_half_an_hour_ahead_and_end_before_closing() -> None:
    assert shown()[:4] == [f"test@2026-03-04T{at}" for at in ("09:30", "10:00", "10:30", "14:00")]


def test_days_without_hours_are_skipped_for_two_weeks() -> None:
    assert {slot[5:15] for slot in shown()} == {"2026-03-04", "2026-03-11"}


def test_a_seat_that_is_left_is_offered_and_a_full_time_is_not() -> None:
    at = "test@2026-03-04T10:00"
    assert at in [slot.id for slot in free_slots(TEST, CLINIC, {at: 1}, NOW)]
    assert at not in [slot.id for slot in free_slots(TEST, CLINIC, {at: 2}, NOW)]


def test_a_closed_day_has_no_times() -> None:
    closed = Clinic("Clinic", "here", (TEST,), HOURS, frozenset({date(2026, 3, 4)}))
    assert {slot[5:15] for slot in shown(closed)} == {"2026-03-11"}


def test_hours_shorter_than_a_visit_have_no_times() -> None:
    assert shown(Clinic("Clinic", "here", (TEST,), {2: ((time(10), time(10, 20)),)})) == []


@given(st.integers(0, 20000))
def test_an_id_names_its_slot_again(minutes: int) -> None:
    slot = Slot("test", NOW + timedelta(minutes=minutes))
    assert parse(slot.id, NOW) == slot


@given(st.text(max_size=30))
def test_whatever_is_no_id_names_no_slot_and_never_fails(text: str) -> None:
    found = parse(text, NOW)
    assert found is None or found.starts.tzinfo == NOW.tzinfo


def test_what_is_no_time_is_no_slot() -> None:
    for wrong in ("", "test", "test@", "test@noon", "@"):
        assert parse(wrong, NOW) is None
