"""How hard a text is to read: known words by the dictionary, others by their vowels, sentences by their ends."""

import pytest

from knowledge_base.reading_level import grade, lengths, sentences, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("water", 2),
        ("Medicine", 3),
        ("don't", 1),
        ("fire", 2),
        ("Dettol", 2),
        ("msm", 1),
        ("72", 1),
        ("nitrile", 2),
        ("ishtar", 2),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_sentence_ends_at_its_sign_or_with_its_line() -> None:
    text = "Go now. Why? At 8.30 or before:\n- bring a friend\n- rest\n\n…\nOk!"
    assert sentences(text) == ["Go now.", "Why?", "At 8.30 or before:", "- bring a friend", "- rest", "Ok!"]
    assert lengths(text) == [2, 1, 5, 3, 1, 1]


def test_the_grade_is_that_of_flesch_and_kincaid() -> None:
    # 6 words, 1 sentence, 7 syllables.
    assert grade("The cat sat on the table.") == pytest.approx(0.39 * 6 + 11.8 * 7 / 6 - 15.59)
    assert grade("Go. Now.") < grade("Immediately discontinue utilisation of medication.")
    assert grade("…") == 0.0
