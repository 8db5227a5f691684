"""The calibration: read, refused when it does not fit, and a probability whatever comes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.calibration import SUMMARY, VIEWS, Summary, packaged, read

GOOD = {
    "views": [1.0] * len(VIEWS),
    "summary": [0.0] * len(SUMMARY),
    "sharpness": 1,
    "offset": 0,
    "sure": 0.8,
    "unsure": 0.2,
}


def test_the_packaged_one_fits_the_code_and_orders_its_thresholds() -> None:
    shipped = packaged()
    assert len(shipped.views) == len(VIEWS)
    assert 0 < shipped.unsure < shipped.sure < 1


@pytest.mark.parametrize(
    "broken",
    [{"views": [1.0]}, {"summary": []}, {"sure": "high"}, {"sure": None}, {"views": 3}, {"views": ["a"] * len(VIEWS)}],
)
def test_a_broken_one_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        read({**GOOD, **broken})


@pytest.mark.parametrize("missing", GOOD)
def test_an_incomplete_one_is_refused(missing: str) -> None:
    with pytest.raises(KeyError, match=missing):
        read({key: value for key, value in GOOD.items() if key != missing})


@given(st.lists(st.floats(-1e6, 1e6), min_size=len(SUMMARY), max_size=len(SUMMARY)))
def test_every_summary_gives_a_probability(values: list[float]) -> None:
    calibration = replace(read(GOOD), summary=(1.0,) * len(SUMMARY))
    assert 0 <= calibration.probability(Summary(tuple(values))) <= 1
