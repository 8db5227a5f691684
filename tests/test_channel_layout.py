"""Layout: numbers for choices, parts for long texts, and nothing that misleads the eye."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.layout import TEXT_LIMIT, Units, numbered, sendable, split, strip_unsafe
from handlers.states import Choice

FAMILY = "👨‍👩‍👧‍👦"


def units(text: str, kind: Units) -> int:
    return len(text.encode("utf-16-le")) // 2 if kind == "utf16" else len(text)


def test_choices_are_numbered_and_a_person_is_always_zero_and_last() -> None:
    choices = (Choice("book", "Book a visit"), Choice("counselor", "Talk to a person"), Choice("more", "More"))
    assert numbered("What next?", choices) == "What next?\n\n1 Book a visit\n2 More\n0 Talk to a person"
    assert numbered("Bye", ()) == "Bye"


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("", 5, [""]),
        ("short", 5, ["short"]),
        ("one\n\ntwo three", 8, ["one", "two", "three"]),
        ("one two\n\nthree four", 12, ["one two", "three four"]),
        ("one two\nthree four", 12, ["one two", "three four"]),
        ("one two three", 8, ["one two", "three"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        (" " * 9, 4, ["    "]),
    ],
)
def test_cuts_are_at_the_best_border(text: str, limit: int, parts: list[str]) -> None:
    assert split(text, limit) == parts


def test_a_cut_counts_in_utf16_units_and_spares_an_emoji() -> None:
    assert split("😀" * 5, 4, "utf16") == ["😀😀", "😀😀", "😀"]
    assert split("😀" * 5, 4) == ["😀😀😀😀", "😀"]
    assert split(f"abc{FAMILY}", 9) == ["abc", FAMILY]
    assert split("abcde\u0301", 5) == ["abcd", "e\u0301"]


@given(st.text(), st.integers(2, 40), st.sampled_from(["chars", "utf16"]))
@example("a" * 30 + "\u200d" * 30, 7, "chars")
def test_nothing_is_lost_but_white_space_and_no_part_is_too_long(text: str, limit: int, kind: Units) -> None:
    parts = split(text, limit, kind)
    assert all(units(sendable(part), kind) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\x00b", "ab"),
        ("a\ud83db", "ab"),
        ("evil\u202etxt\u202c", "eviltxt"),
        ("\u2066a\u2069\u200b\u200f\u2060\ufeff", "a"),
        ("pa\u200dir", "pair"),
        (FAMILY, FAMILY),
        ("❤️\u200d🔥 🧑🏽\u200d⚕️", "❤️\u200d🔥 🧑🏽\u200d⚕️"),
        ("one\r\ntwo\tthree", "one\ntwo\tthree"),
        ("x" * 5000, "x" * TEXT_LIMIT),
    ],
)
def test_unsafe_characters_go(text: str, clean: str) -> None:
    assert strip_unsafe(text) == clean


@given(st.text(st.characters()))
def test_what_is_stripped_can_be_encoded_and_is_stripped_once_and_for_all(text: str) -> None:
    clean = strip_unsafe(text)
    assert clean.encode().decode() == clean
    assert strip_unsafe(clean) == clean


def test_what_cannot_be_encoded_is_replaced_before_sending() -> None:
    assert sendable("a\ud83d\x00b\u200d") == "a\ufffdb\u200d"
