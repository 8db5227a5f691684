"""Words: case, accents, emoji and repeated letters make no difference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.words import normalise, plain, words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("What is PrEP?", ["what", "is", "prep"]),
        ("CONDOM imepasuka!!! 😭😭", ["condom", "imepasuka"]),
        ("pleaseeee heeelp", ["please", "help"]),
        ("Café, naïve", ["cafe", "naive"]),
        ("I don’t know", ["i", "don't", "know"]),
        ("b4 sex 2day", ["b4", "sex", "2day"]),
        ("zero\u200bwidth", ["zerowidth"]),
        ("𝓒𝓸𝓷𝓭𝓸𝓶 ℌ𝔢𝔩𝔭", ["condom", "help"]),
        ("😭 …", []),
    ],
)
def test_a_message_is_read_as_plain_words(written: str, read: list[str]) -> None:
    assert words(written) == read


def test_slang_and_texting_stand_for_what_they_mean() -> None:
    assert normalise("wat r u") == normalise("what are you")


@given(st.text())
def test_reading_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert words(" ".join(words(text))) == words(text)
