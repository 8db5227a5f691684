"""What is noticed, what is not, and how an alarm explains itself."""

import pytest

from knowledge_base import danger
from knowledge_base.danger import Alarm, spot
from tests.danger_corpus import NONE, Message, messages

HELD_OUT = [message for message in messages() if message.held_out]
# A miss may cost a life, a false alarm one tap: docs/danger.md says what the bars mean.
RECALL_AT_LEAST, RECALL_OF_A_KIND_AT_LEAST, FALSE_ALARMS_AT_MOST = 0.95, 0.85, 0.12


def kind(text: str) -> str | None:
    alarm = spot(text)
    return alarm.kind if alarm else None


def alarm(text: str) -> Alarm:
    found = spot(text)
    assert found is not None, text
    return found


def right(message: Message) -> bool:
    return (kind(message.text) or NONE) == message.kind


def share(of: list[Message]) -> float:
    return sum(right(message) for message in of) / len(of)


@pytest.mark.parametrize("name", danger.KINDS)
def test_every_kind_is_noticed_in_messages_the_rules_were_not_written_for(name: str) -> None:
    assert share([message for message in HELD_OUT if message.kind == name]) >= RECALL_OF_A_KIND_AT_LEAST


def test_over_all_kinds_few_are_missed() -> None:
    assert share([message for message in HELD_OUT if message.kind != NONE]) >= RECALL_AT_LEAST


def test_messages_that_only_come_close_seldom_raise_an_alarm() -> None:
    close = [message for message in HELD_OUT if message.kind == NONE]
    assert 1 - share(close) <= FALSE_ALARMS_AT_MOST


def test_whose_danger_it_is_is_mostly_right() -> None:
    told = [message for message in HELD_OUT if message.kind != NONE and right(message)]
    assert sum(alarm(message.text).about == message.who for message in told) / len(told) >= 0.95


@pytest.mark.parametrize("name", danger.KINDS)
def test_our_messages_cover_every_kind_in_all_languages_and_for_others(name: str) -> None:
    own = [message for message in messages() if message.kind == name]
    assert len(own) >= 60
    assert {"en", "sw"} <= {message.lang for message in own}
    assert {"self", "other"} == {message.who for message in own}


def test_our_messages_hold_many_that_only_come_close() -> None:
    assert sum(message.kind == NONE for message in messages()) >= 400


def test_an_alarm_explains_itself() -> None:
    found = alarm("Habari. Jana mpenzi wangu amenipiga makofi")
    assert found.kind == "partner-violence"
    assert found.rule == "a partner hits"
    assert found.words == ("mpenzi", "wangu", "amenipiga")
    assert found.severity == 2
    assert found.about == "self"


def test_a_rule_with_two_places_quotes_both() -> None:
    assert alarm("my uncle touches me. I am 14").words == ("touches", "me", "i", "am", "14")


def test_an_alarm_keeps_the_words_out_of_its_repr() -> None:
    assert "jiua" not in repr(alarm("nataka kujiua"))


def test_the_second_reader_says_that_no_rule_found_it() -> None:
    sensed = [found for message in messages() if (found := spot(message.text)) and found.rule.startswith("no rule")]
    assert sensed
    assert any(found.words for found in sensed)


@pytest.mark.parametrize(
    "text",
    ["alinibaka", "amenibaka", "walinibaka", "wamenibaka", "aliyenibaka", "nimebakwa", "nilibakwa", "nilipobakwa", "nmebakwa",
     "alnibaka", "alinirape", "nimerapiwa", "walimbaka rafiki yangu"],
)  # fmt: skip
def test_every_form_of_a_verb_is_understood(text: str) -> None:
    assert kind(text) == "sexual-violence"


@pytest.mark.parametrize(
    "text", ["nitajiua", "nataka kujiua", "nijiue", "anataka kujiua", "nikijiua", "nimeamua kujiua"]
)
def test_reflexive_forms_are_understood(text: str) -> None:
    assert kind(text) == "suicide"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("he is blakmailin me", "blackmail"), ("i feel suicidel", "suicide"), ("my boyfrend strangeld me", "partner-violence"),
     ("i was arrestd by the polise", "arrest"), ("my gf is unconscius", "medical-emergency")],
)  # fmt: skip
def test_misspelled_words_are_understood(text: str, expected: str) -> None:
    assert kind(text) == expected


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("we shared needles this morning", "needle or blood"),
        ("i keep thinking of taking away my life", "speaks of killing themselves"),
    ],
)
def test_the_rule_finds_what_it_was_written_for(text: str, rule: str) -> None:
    assert alarm(text).rule == rule


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("i want to die", "self"),
        ("my friend wants to die", "other"),
        ("my friend raped me", "self"),
        ("my friend was raped", "other"),
        ("a client forced himself on me", "self"),
        ("rafiki yangu anataka kujiua", "other"),
        ("my friend's condom broke yesterday", "other"),
        ("police took my boyfriend this morning", "other"),
        ("the condom burst", "self"),
        ("My friend is here. I was raped.", "self"),
    ],
)
def test_whose_danger_it_is(text: str, about: str) -> None:
    assert alarm(text).about == about


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("condom broke jana usiku", 12.0),
        ("condom broke last night", 12.0),
        ("condom burst 2hrs ago", 2.0),
        ("had raw sex 2 days ago", 48.0),
        ("had raw sex a couple of days ago", 48.0),
        ("no condom yesterday with a stranger", 27.0),
        ("tulifanya bila kinga juzi", 48.0),
        ("tulifanya bila kinga siku mbili zilizopita", 48.0),
        ("nimelala na mtu bila kondomu saa nane zilizopita", 8.0),
        ("had raw sex on saturday night", None),
        ("the condom broke", None),
        ("i had raw sex for a minute last night", 12.0),
        ("he was tested last month. we had raw sex yesterday", 27.0),
    ],
)
def test_the_hours_since_an_exposure(text: str, hours: float | None) -> None:
    found = alarm(text)
    assert found.kind == "pep-window"
    assert found.hours == hours


@pytest.mark.parametrize(
    "text",
    ["had raw sex last week", "the condom broke 4 days ago", "kondomu ilipasuka mwezi uliopita", "had raw sex",
     "we had unprotected sex 3 months ago", "tulilala bila kinga wiki mbili zilizopita", "condom broke in january"],
)  # fmt: skip
def test_an_exposure_too_long_ago_or_without_a_sign_of_haste_is_none(text: str) -> None:
    assert kind(text) is None


@pytest.mark.parametrize(
    ("real", "not_meant"),
    [
        ("my boyfriend beats me", "my boyfriend beats me at draughts"),
        ("i am dying", "my phone is dying"),
        ("i want to kill myself", "i do not want to kill myself"),
        ("someone is blackmailing me", "nobody is blackmailing me"),
        ("he raped me", "what is rape"),
        ("the condom broke", "can condoms break"),
        ("the condom broke", "what if the condom breaks"),
        ("nitajiua", "sitajiua"),
        ("nataka kufa", "nakufa njaa"),
        ("he hits me", "he used to hit me, now i am safe"),
        ("my husband says he will kill me", "mum will kill me if i am late"),
        ("nimeshikwa na polisi", "nimeshikwa na usingizi"),
    ],
)
def test_what_is_denied_past_asked_or_said_in_a_figure_is_no_danger(real: str, not_meant: str) -> None:
    assert kind(real) is not None
    assert kind(not_meant) is None


def test_a_negation_about_something_else_does_not_hide_the_danger() -> None:
    assert kind("i can't sleep, i want to die") == "suicide"
    assert kind("i said no, he raped me") == "sexual-violence"


def test_the_gravest_danger_is_named() -> None:
    assert kind("he raped me last night and i want to die") == "suicide"
    assert alarm("he will kill me").severity == 3
    assert alarm("condom broke last night").severity == 1


def test_empty_and_endless_messages_are_read() -> None:
    assert kind("") is None
    assert kind("😀 !!! ...") is None
    assert kind("x" * 100_000) is None
    assert kind("hello " * 600 + " i want to die " + "hello " * 600) == "suicide"
