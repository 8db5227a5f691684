"""The forms of a word: English stems, Swahili roots, and the skeletons that survive texting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.forms import consonants, root, sound, stem


@pytest.mark.parametrize(
    ("group", "form"),
    [
        (("test", "tests", "testing", "tested"), stem),
        (("nimepata", "anapata", "kupata", "nipate", "alipata"), root),
        (("pregnant", "prgnnt", "pregnnt"), consonants),
        (("phone", "fone"), sound),
        (("virusi", "vilusi"), sound),
        (("condom", "kondom", "cndm"), sound),
    ],
)
def test_forms_of_one_word_agree(group: tuple[str, ...], form: object) -> None:
    assert callable(form)
    assert len({form(word) for word in group}) == 1


@pytest.mark.parametrize(
    ("word", "short"), [("pils", "pil"), ("mess", "mess"), ("sex", "sex"), ("ties", "tie"), ("inges", "ing")]
)
def test_a_short_word_loses_little(word: str, short: str) -> None:
    assert stem(word) == short


def test_a_stem_is_never_shorter_than_three_letters() -> None:
    assert stem("aging") == "aging"


@pytest.mark.parametrize("word", ["kiss", "condom", "unaona1", "kum", ""])
def test_a_word_that_is_no_verb_has_no_root(word: str) -> None:
    assert root(word) == ""


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789+'"))
def test_every_word_has_forms(word: str) -> None:
    assert stem(word) or not word
    assert consonants(word)[:1] == word[:1]
    assert isinstance(root(word), str)
    assert isinstance(sound(word), str)
