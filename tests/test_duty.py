"""What is due for a handover, to the second."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import duty
from handlers.duty import HOUR, MINUTE, SEVERITY, Due
from handlers.facts import Case, Former, Hours
from knowledge_base.danger import KINDS

REPLY = 10 * MINUTE
OPENED = 1_000_000.0


def waiting(minutes: float, reason: str = "asked", **hours: Any) -> Due | None:
    """What is due for a case that waits since so many minutes."""
    known = Hours(since=OPENED, rounds=1, alerted=OPENED, seen=True, spoke=OPENED)
    case = Case("case-1", reason, "", replace(known, **hours))
    return duty.due(case, OPENED + minutes * MINUTE, REPLY)


def taken(minutes: float, **hours: Any) -> Due | None:
    """What is due for a case in which Amani talks."""
    case = Case("case-1", "asked", "Amani", replace(Hours(since=OPENED, spoke=OPENED), **hours))
    return duty.due(case, OPENED + minutes * MINUTE, REPLY)


def test_every_kind_of_danger_has_a_severity_above_a_request() -> None:
    assert set(SEVERITY) == set(KINDS)
    assert all(duty.severity(kind) > duty.severity("asked") == 0 for kind in KINDS)
    assert duty.heavy("suicide")
    assert not duty.heavy("pep-window")


@pytest.mark.parametrize(("rounds", "minutes", "audience"), [(1, 5, Due.SHIFT), (2, 15, Due.ALL), (3, 30, Due.LEAD)])
def test_unclaimed_cases_alert_again_at_5_15_and_30_minutes(rounds: int, minutes: int, audience: Due) -> None:
    assert waiting(minutes - 0.01, rounds=rounds) is None
    assert waiting(minutes, rounds=rounds) is audience


def test_a_case_that_nobody_was_told_of_is_told_at_once() -> None:
    assert waiting(0, rounds=0, alerted=None) is Due.SHIFT


def test_only_danger_is_repeated_to_the_lead_for_ever() -> None:
    assert waiting(600, rounds=4) is None
    assert waiting(59, "suicide", rounds=4) is None
    assert waiting(60, "suicide", rounds=4) is Due.LEAD
    assert waiting(89, "suicide", rounds=5) is None
    assert waiting(90, "suicide", rounds=5) is Due.LEAD


def test_without_a_receipt_another_person_is_told_after_five_minutes_and_once_in_a_round() -> None:
    assert waiting(4.99, seen=False) is None
    assert waiting(5, seen=False) is Due.SECOND
    assert waiting(5, seen=False, second=True) is Due.SHIFT
    assert waiting(10, seen=False, rounds=2, alerted=OPENED + 5 * MINUTE) is Due.SECOND
    assert waiting(10, seen=True, rounds=2, alerted=OPENED + 5 * MINUTE) is None


def test_a_counselor_who_owes_an_answer_for_ten_minutes_loses_the_case() -> None:
    assert taken(9.99, owed=OPENED) is None
    assert taken(10, owed=OPENED) is Due.UNANSWERED
    assert taken(10) is None


def test_whoever_left_the_shift_has_no_case() -> None:
    assert taken(0, left=True) is Due.LEFT


def test_a_talk_in_which_nobody_writes_for_twelve_hours_is_over_but_a_case_that_waits_is_not() -> None:
    assert taken(12 * 60 - 1) is None
    assert taken(12 * 60) is Due.SILENT
    assert waiting(48 * 60, rounds=4) is None


def test_who_comes_back_within_two_days_comes_back_to_the_same_counselor_if_they_are_there() -> None:
    former = Former("Amani", OPENED)
    assert duty.same_counselor(former, OPENED + 48 * HOUR, frozenset()) == "Amani"
    assert duty.same_counselor(former, OPENED + 48 * HOUR + 1, frozenset()) == ""
    assert duty.same_counselor(former, OPENED, frozenset({"Amani"})) == ""
    assert duty.same_counselor(None, OPENED, frozenset()) == ""


@given(st.floats(0, 72 * 60), st.integers(1, 60), st.sampled_from(("asked", *SEVERITY)))
def test_a_case_that_waits_for_half_an_hour_has_had_its_rounds_or_one_is_due(
    minutes: float, rounds: int, reason: str
) -> None:
    if minutes >= 30 and rounds < 4:
        assert waiting(minutes, reason, rounds=rounds)
