"""The verdict: answer, ask which is meant, or say that we do not know."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.calibration import packaged
from knowledge_base.model import Match
from knowledge_base.verdict import Sure, Unknown, Unsure, judge

SHIPPED = packaged()


def matches(first: float) -> list[Match]:
    return [Match(name, first / place) for place, name in enumerate("abcde", 1)]


def test_the_thresholds_themselves_count_as_reached() -> None:
    assert judge(matches(SHIPPED.sure), SHIPPED) == Sure("a")
    assert judge(matches(SHIPPED.unsure), SHIPPED) == Unsure(("a", "b", "c"))


def test_below_both_nothing_is_known_but_the_nearest_may_be_offered() -> None:
    assert judge(matches(SHIPPED.unsure / 2), SHIPPED) == Unknown(("a", "b", "c"))


def test_without_matches_there_is_nothing_to_offer() -> None:
    assert judge([], SHIPPED) == Unknown()


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_score_never_makes_us_less_sure(one: float, other: float) -> None:
    order = (Unknown, Unsure, Sure)
    low, high = (order.index(type(judge(matches(score), SHIPPED))) for score in sorted((one, other)))
    assert low <= high
