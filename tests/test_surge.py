"""When many more reports come than usual, and who goes first then."""

from datetime import date, timedelta

import pytest

from handlers.surge import lane, on, week

DAY = date(2026, 3, 4)


def weekly(*numbers: int) -> dict[str, int]:
    """Reports of this week, the last, and so on back."""
    return {week(DAY, ago): number for ago, number in enumerate(numbers)}


@pytest.mark.parametrize(("numbers", "surge"), [
    ((), False),
    ((9,), False),
    ((10,), True),
    ((10, 2, 2, 2, 2), True),
    ((10, 3, 2, 2, 2), False),
    ((24, 5, 5, 5, 5), False),
    ((25, 5, 5, 5, 5), True),
    ((0, 10, 2, 2, 2, 2), True),  # on the Monday after it goes on
    ((0, 0, 10), False),
    ((10, 0, 0, 0, 8, 99), True),  # five weeks back is not counted
])  # fmt: skip
def test_ten_reports_and_five_times_the_mean_of_the_four_weeks_before(numbers: tuple[int, ...], surge: bool) -> None:
    assert on(weekly(*numbers), DAY) is surge


def test_reports_of_long_ago_make_no_surge() -> None:
    assert not on({"": 99}, DAY)


def test_a_week_has_its_name_across_the_new_year() -> None:
    assert week(date(2027, 1, 1)) == "2026-W53"
    assert week(date(2027, 1, 4), 1) == "2026-W53"
    assert week(DAY - timedelta(days=2)) == week(DAY + timedelta(days=4)) == "2026-W10"


CASES = {
    "old": ("asked", 1.0, False),
    "pep": ("pep-window", 2.0, True),
    "arrest": ("arrest", 4.0, True),
    "dying": ("suicide", 3.0, True),
}


@pytest.mark.parametrize(("surge", "order"), [
    (False, ["pep", "dying", "arrest", "old"]),
    (True, ["dying", "arrest", "pep", "old"]),
])  # fmt: skip
def test_in_a_surge_those_in_danger_go_first(surge: bool, order: list[str]) -> None:
    def key(name: str) -> tuple[int, float]:
        reason, opened_at, urgent = CASES[name]
        return lane(reason, urgent=urgent, surge=surge), opened_at

    assert sorted(CASES, key=key) == order
