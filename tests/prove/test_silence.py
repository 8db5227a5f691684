"""Ten thousand random steps and more: while a person talks the bot is silent."""

import pytest

from tests.silence import counted, tried


@pytest.mark.timeout(3600)
def test_while_a_person_talks_the_bot_says_nothing_of_its_own() -> None:
    tried(runs=300, steps=50, at_least=10_000)
    assert counted["spoke: safety"]
    assert counted["spoke: menu"]
