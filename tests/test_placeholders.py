"""Placeholders: filled when they can be, and gone with their sentence when they cannot."""

import pytest

from knowledge_base.placeholders import filled, malformed, names

TEXT = "We are {organisation}. Book here.\n\nOpen {clinic_hours}! Ask why?\n\nOnly {clinic_place}.\n\n- item {clinic_place}\n- other"
ALL = {"organisation": "Us", "clinic_hours": "8.30 to 5", "clinic_place": "there"}


def test_everything_known_is_filled_in() -> None:
    expected = "We are Us. Book here.\n\nOpen 8.30 to 5! Ask why?\n\nOnly there.\n\n- item there\n- other"
    assert filled(TEXT, ALL) == expected


@pytest.mark.parametrize("values", [{}, dict.fromkeys(ALL, "")])
def test_a_sentence_that_cannot_be_filled_is_left_out_and_the_rest_reads_well(values: dict[str, str]) -> None:
    assert filled(TEXT, values) == "Book here.\n\nAsk why?\n\n- other"


@pytest.mark.parametrize("text", ["Plain. Text.\n\nMore", "", "A {brace without end."])
def test_a_text_without_placeholders_stays_as_it_is(text: str) -> None:
    assert filled(text, ALL) == text


def test_a_text_of_nothing_else_is_empty() -> None:
    assert filled("Only {clinic_place}.", {}) == ""
    assert filled("First.\n\nLast {clinic_place}.", {}) == "First."
    assert filled("{clinic_place}!\n\nLast.", {}) == "Last."


def test_what_is_filled_in_is_not_filled_again() -> None:
    assert filled("At {clinic_place}.", {"clinic_place": "{organisation}"}) == "At {organisation}."


def test_an_unknown_name_is_one_that_cannot_be_filled() -> None:
    assert filled("One {price}. Two.", ALL) == "Two."


def test_names_and_lone_braces_are_found() -> None:
    assert names(TEXT) == {"organisation", "clinic_hours", "clinic_place"}
    assert names("a { b }") == frozenset()
    assert (malformed(TEXT), malformed("a { b }"), malformed("a }")) == ("", "{", "}")
