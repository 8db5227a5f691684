"""The bot is silent while a person talks; many more steps are tried by `make prove`."""

import pytest

from tests.silence import tried


@pytest.mark.timeout(300)
def test_while_a_person_talks_the_bot_says_nothing_of_its_own() -> None:
    tried(runs=40, steps=50, at_least=500)
