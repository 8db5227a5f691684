"""Spelling: which known words an unknown one may stand for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.spelling import How, Vocabulary, strongest
from knowledge_base.words import words

KNOWN = Vocabulary(
    words(text)
    for text in (
        "what is a condom", "am i pregnant", "how much is the test", "nimepata kaswende", "mpira umepasuka", "virusi",
        "free condom", "cndm", "thx a lot", "my phone is broken", "white discharge",
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "meant", "how"),
    [
        ("condom", "condom", How.SAME),
        ("wat", "what", How.TEXTING),
        ("condoms", "condom", How.STEM),
        ("anapata", "nimepata", How.ROOT),
        ("prgnnt", "pregnant", How.VOWELS),
        ("filusi", "virusi", How.SOUND),
        ("comdom", "condom", How.SLIP),
        ("howmuch", "how", How.SPLIT),
        ("xqvk", "condom", None),
    ],
)
def test_a_word_is_like_a_known_one_for_a_reason(written: str, meant: str, how: How | None) -> None:
    assert KNOWN.why(written, meant) == how
    assert (meant in KNOWN.near(written)) == (how is not None)


def test_two_words_for_one_thing_are_near() -> None:
    known = Vocabulary([["condom"]])
    assert known.why("mpira", "condom") == How.CONCEPT


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("condom", ("condom",)),
        ("wat", ("what",)),
        ("prgnnt", ("pregnant",)),
        ("howmuch", ("how", "much")),
        ("cndm", ("condom",)),
        ("thx", ("thx",)),
        ("freecondom", ("free", "condom")),
        ("xqvk", ("xqvk",)),
        ("xqvkxqvk", ("xqvkxqvk",)),
        ("", ("",)),
    ],
)
def test_a_word_is_read_as_it_was_meant(written: str, meant: tuple[str, ...]) -> None:
    assert KNOWN.read(written, KNOWN.near(written)) == meant


def test_a_texting_form_of_an_unknown_word_is_spelt_out_all_the_same() -> None:
    assert KNOWN.near("2day") == {}
    assert KNOWN.read("2day", {}) == ("today",)


def test_the_same_word_is_the_strongest_and_equals_go_by_the_alphabet() -> None:
    assert strongest(KNOWN.near("condom")) == "condom"
    assert strongest({"b": 0.5, "a": 0.5, "c": 0.1}) == "a"


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789+'", max_size=30))
def test_every_likeness_is_a_share_and_names_a_known_word(word: str) -> None:
    for other, likeness in KNOWN.near(word).items():
        assert other in KNOWN
        assert 0 < likeness <= 1
    assert KNOWN.read(word, KNOWN.near(word))


def test_words_are_counted_in_the_column_of_their_place() -> None:
    counts = KNOWN.counted([["condom", "condom", "test"], ["what"]])
    assert counts[0, KNOWN.place("condom")] == 2
    assert counts[1, KNOWN.place("what")] == 1
    assert counts.sum() == 4
