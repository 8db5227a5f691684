"""The bot is silent while a person talks; many more steps are tried by `make prove`."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.silence import Silence, counted

RUNS, STEPS = 40, 50


@pytest.mark.timeout(300)
def test_while_a_person_talks_the_bot_says_nothing_of_its_own() -> None:
    counted.clear()
    machine = settings(max_examples=RUNS, stateful_step_count=STEPS, deadline=None)
    run_state_machine_as_test(Silence, settings=machine)
    print(f"\n{dict(counted)}")
    assert counted["steps"] >= 500
    assert counted["steps during a talk"] >= 500 // 5
