"""How words are read before any rule is asked."""

import pytest

from knowledge_base.danger.loading import load
from knowledge_base.danger.reading import read
from knowledge_base.danger.swahili import VERB, Grammar
from knowledge_base.words import words
from tests.danger_corpus import messages

TRIAGE = load(sensing=False)


def as_read(text: str) -> str:
    return " ".join(read(text, TRIAGE.lexicon).words[:-1])


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("alinipiga", "he did -piga me"),
        ("wamenipiga", "they has -piga me"),
        ("hunipiga", "always -piga me"),
        ("kunipiga", "to -piga me"),
        ("atanipiga", "he will -piga me"),
        ("akinipiga", "he if -piga me"),
        ("nimepigwa", "i has was -piga"),
        ("hanipigi", "he not -piga me"),
        ("hakunipiga", "he did not -piga me"),
        ("aliyenipiga", "he did -piga me"),
        ("asinipige", "he not -piga me"),
        ("nataka", "i -taka"),
        ("kujiua", "to -ua oneself"),
        ("nilichukuliwa", "i did was -chukua"),
        ("nidedi", "i -dedi"),
        ("ananpiga", "he -piga me"),
        ("ameniblackmail", "he has -blackmail me"),
        ("nimerapiwa", "i has was rape"),
        ("waniexpose", "they -expose me"),
        ("don't", "do not"),
        ("3days", "3 days"),
        ("2day", "today"),
        ("gorofani", "gorofa"),
        ("friend's", "friend"),
        ("blakmailer", "blackmailer"),
        ("cndms", "condoms"),
        ("kitabu", "kitabu"),
        ("strange", "strange"),
        ("qwpo", "qwpo"),
        ("abcdefghij", "abcdefghij"),
    ],
)
def test_a_word_is_written_out_taken_apart_or_mended(word: str, reading: str) -> None:
    assert as_read(word) == reading


def test_sentences_are_kept_apart() -> None:
    assert as_read("He came. I left!") == "he came . i left ."


def test_a_number_with_a_point_does_not_end_a_sentence() -> None:
    assert "." not in as_read("it cost 2.5 bob")


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("last night", [(6, 18)]),
        ("2 days ago", [(48, 48)]),
        ("couple of days ago", [(48, 48)]),
        ("siku tatu zilizopita", [(72, 72)]),
        ("masaa 5 yaliyopita", [(5, 5)]),
        ("saa mbili usiku", []),
        ("saa mbili zilizopita", [(2, 2)]),
        ("for 3 days", []),
        ("some days", []),
        ("on sunday", [(None, None)]),
        ("i am 17 years", []),
        ("zamani", [(8760, 17520)]),
    ],
)
def test_times_are_understood(text: str, times: list[tuple[float | None, float | None]]) -> None:
    moments = TRIAGE.calendar.moments(read(text, TRIAGE.lexicon))
    assert [(moment.least, moment.most) for moment in moments] == times


def test_the_second_reader_weighs_words_pairs_lists_times_and_guards() -> None:
    weighed = TRIAGE.features("lol he beats me. yesterday or on sunday or last year")
    assert {"beats", "he beats", "<strike>", "guard joke", "time recent", "time unclear", "time past"} <= weighed


def test_a_message_is_read_alike_whatever_the_order_of_the_verbs() -> None:
    verbs = [key.removeprefix(VERB) for key in TRIAGE.lexicon.keys if key.startswith(VERB)]
    one, other = (Grammar(order, TRIAGE.lexicon.grammar.english) for order in (verbs, reversed(verbs)))
    said = {word for message in messages() for word in words(message.text)}
    assert [one.read(word) for word in said] == [other.read(word) for word in said]


def test_no_word_of_a_rule_is_taken_for_a_slip_of_another() -> None:
    """A rule with "shared" never fits when messages are read as if "scared" had been meant."""
    plain = {
        key
        for rule in TRIAGE.rules
        for pattern in (*rule.any, *rule.also)
        for element in pattern.elements
        for key in element.keys
        if len(key) > 5 and key.isalpha()
    }
    read_as = {word: TRIAGE.lexicon.read(word) for word in plain}
    mended = {word: found for word, (found, *more) in read_as.items() if not more}
    assert {word: found for word, found in mended.items() if found[:5] != word[:5]} == {}
