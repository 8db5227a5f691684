"""The language of a message and of its answer; the client's choice wins."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.effects import Remember
from handlers.facts import Client
from knowledge_base.language import answer_language, detect
from knowledge_base.library import Library
from knowledge_base.words import words
from tests.given import Talk, facts

SENTENCES = tomllib.loads((Path(__file__).parent / "data" / "language.toml").read_text("utf-8"))
ANSWERED_IN = {"en": "en", "sms": "en", "sw": "sw", "sheng": "sw"}
OTHER = {"en": "sw", "sw": "en"}


def test_there_are_two_hundred_sentences() -> None:
    assert sum(len(SENTENCES[kind]) for kind in ANSWERED_IN) >= 200
    assert all(len(words(text)) >= 3 for kind in ANSWERED_IN for text in SENTENCES[kind])


@pytest.mark.parametrize(("kind", "lang"), ANSWERED_IN.items())
def test_messages_of_three_words_and_more_are_answered_in_their_language(kind: str, lang: str) -> None:
    """Doubt counts as wrong: the other language is given as the one that was spoken before."""
    right = [answer_language(text, OTHER[lang]) == lang for text in SENTENCES[kind]]
    assert sum(right) / len(right) >= 0.95


@pytest.mark.parametrize("lang", ["en", "sw", "sheng"])
def test_the_contents_own_phrasings_are_heard_in_their_language(lang: str, content: Library) -> None:
    said = [one.text for entry in content.entries.values() for one in entry.phrasings if one.lang == lang]
    right = [
        answer_language(text, OTHER[ANSWERED_IN[lang]]) == ANSWERED_IN[lang] for text in said if len(words(text)) > 2
    ]
    assert len(right) > 1000
    assert sum(right) / len(right) >= 0.95


@pytest.mark.parametrize("text", SENTENCES["undecided"])
def test_what_it_is_about_never_decides(text: str) -> None:
    assert detect(text) is None
    assert answer_language(text, "sw") == "sw"
    assert answer_language(text, "en") == "en"


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("how do i get tested", "en"),
        ("ninaweza kupima wapi bila malipo", "sw"),
        ("niaje maze, prep ni ngapi", "sheng"),
        ("clinic ni how much", "sheng"),
        ("unaweza contract HIV kwa kiss", "sheng"),
        ("nimetest positive", "sheng"),
        ("hospitalini kwetu wananihate", "sw"),
        ("hutumika", "sw"),
        ("nitumie", "sw"),
        ("malicious software warning", "en"),
        ("wait a minute", "en"),
        ("bleedin bum", None),
    ],
)
def test_the_frame_of_the_sentence_decides(text: str, spoken: str | None) -> None:
    assert detect(text) == spoken


def test_the_same_words_with_and_without_a_sexual_word_are_in_the_same_language() -> None:
    for text in ("how do i use a %s", "naweza kutumia %s wapi"):
        assert len({answer_language(text % word, "") for word in ("kutombana", "condom", "thing")}) == 1


@given(st.text())
def test_any_text_has_an_answer_language(text: str) -> None:
    assert answer_language(text, "sw") in {"en", "sw"}
    assert detect(text) == detect(text.upper() if text.isascii() else text)


def test_each_message_is_answered_in_its_own_language(content: Library) -> None:
    talk = Talk(facts("en", library=content))
    talk.says("what is prep")
    assert talk.said.startswith("PrEP is medicine")
    talk.says("na nikisahau kumeza nifanye nini?")
    assert talk.of(Remember) == [Remember(language="sw")]
    talk.says("what is prep")
    assert talk.said.startswith("PrEP is medicine")


def test_the_clients_choice_wins_over_the_message(content: Library) -> None:
    chosen = Client("P-417", "web", language="sw", chosen=True, welcomed=True)
    talk = Talk(facts(library=content, client=chosen))
    talk.says("what is prep")
    assert talk.said.startswith("PrEP ni dawa")
    assert talk.of(Remember) == []
