"""Danger comes first, in every state: the words that help, the numbers to call, and a counselor who is told at once."""

from itertools import pairwise

import pytest

from handlers.care import CONTACTS
from handlers.effects import OpenHandover, RaiseAlarm, RelayToCounselor
from handlers.events import CounselorTook
from handlers.facts import Desk
from handlers.states import Idle, WaitingForCounselor, WithCounselor
from knowledge_base import danger
from tests.given import TAKEN, WAITING, WITHDRAWN, Talk, facts
from tests.test_states import STATES

CRIES = {
    "suicide": ("i want to kill myself", "nimechoka na maisha nataka kuisha tu", "nataka kujiua msee"),
    "sexual-violence": ("i was raped", "nilibakwa jana", "wamenilawiti"),
    "partner-violence": ("my boyfriend beats me", "mpenzi wangu ananipiga", "chali wangu ananigonga"),
    "medical-emergency": ("i can't breathe", "siwezi kupumua", "natoka, amezimia buda"),
    "child-abuse": ("my uncle touches me", "mtoto anabakwa", "mjomba ananishika"),
    "blackmail": (
        "he is blackmailing me",
        "anataka nimlipe pesa ama atume picha kwa familia",
        "ananidai doo asipost picha",
    ),
    "arrest": ("i was arrested", "nimekamatwa", "karao wamenishika"),
}
HELP = {
    "suicide": "1199",
    "sexual-violence": "1195",
    "partner-violence": "1195",
    "medical-emergency": "999",
    "child-abuse": "116",
}
ALL = [(kind, cry) for kind, cries in CRIES.items() for cry in cries]


def test_every_kind_of_danger_has_an_answer_and_a_cry_to_prove_it() -> None:
    assert set(CONTACTS) == set(CRIES) == set(danger.KINDS) - {"pep-window"}


@pytest.mark.parametrize(("kind", "cry"), ALL, ids=[cry for _, cry in ALL])
def test_a_cry_is_answered_and_a_counselor_is_called(kind: str, cry: str) -> None:
    talk = Talk()
    said = talk.says(cry)
    assert HELP.get(kind, "A counselor can find you legal help") in said or "kisheria" in said
    (opened,) = talk.of(OpenHandover)
    assert (opened.reason, opened.urgent, opened.question) == (kind, True, cry)
    assert isinstance(talk.state, WaitingForCounselor)


@pytest.mark.parametrize("state", STATES)
def test_danger_is_answered_whatever_was_asked(state: object) -> None:
    talk = Talk(facts(case=TAKEN if isinstance(state, WithCounselor) else None), state)  # type: ignore[arg-type]
    assert "1199" in talk.says("I want to kill myself")


def test_nobody_on_shift_is_said_truthfully() -> None:
    talk = Talk(facts(desk=Desk(0, "08:00")))
    assert "Nobody is on shift now; a counselor reads this after 08:00" in talk.says("i was arrested")
    talk = Talk(facts("sw", desk=Desk(0, "08:00")))
    assert "baada ya 08:00 (saa 2 asubuhi)" in talk.says("nimekamatwa")


def test_while_a_counselor_talks_they_are_told_and_nothing_is_offered_that_would_stay_silent() -> None:
    talk = Talk(facts(case=TAKEN), WithCounselor("case-1"))
    assert "Amani reads this too" in talk.says("i want to kill myself")
    assert talk.of(RaiseAlarm) == [RaiseAlarm("case-1", "suicide")]
    assert talk.of(RelayToCounselor) == [RelayToCounselor("case-1", "i want to kill myself")]
    assert talk.ids == ["safe", "doubtful", "unsafe"]
    assert talk.says("i want to kill myself") == ""
    assert talk.of(RelayToCounselor)


def test_a_case_that_waits_becomes_urgent() -> None:
    talk = Talk(facts(case=WAITING), WaitingForCounselor("case-1"))
    talk.says("my boyfriend beats me")
    assert talk.of(RaiseAlarm) == [RaiseAlarm("case-1", "partner-violence")]
    assert not talk.of(OpenHandover)


def test_the_question_whether_they_are_safe_is_answered_in_a_word() -> None:
    for word, part in (
        ("yes", "Stay near somebody"),
        ("no", "Please call one of these"),
        ("2", "Please call one of these"),
    ):
        talk = Talk()
        talk.says("i want to kill myself")
        assert "Are you safe this minute?" in talk.said
        assert part in talk.says(word)
        assert talk.of(RelayToCounselor)


def test_an_old_tap_on_not_safe_calls_somebody_again() -> None:
    talk = Talk()
    assert "1199" in talk.taps("unsafe")
    assert talk.of(OpenHandover)[0].reason == "suicide"
    assert "Stay near" in Talk().taps("safe")


def test_whoever_is_hurt_by_others_is_asked_whether_they_are_safe() -> None:
    for cry, number in (("my boyfriend beats me", "1195"), ("i was raped", "1195")):
        talk = Talk()
        assert talk.says(cry).endswith("Are you safe this minute?")
        assert number in talk.says("hapana")
        assert talk.of(RelayToCounselor)
        assert talk.offered == ["What now", "Talk to a person"]


def test_whoever_goes_on_in_despair_hears_the_next_step_and_never_the_same_words() -> None:
    talk = Talk()
    talk.says("i want to kill myself")
    heard = [
        talk.says(words) for words in ("nobody would miss me", "i want to kill myself", "nobody", "😭", "so alone")
    ]
    assert all(one != other for one, other in pairwise(heard))
    assert "go where somebody is" in heard[0]
    assert "Breathe" in heard[1]
    assert "alone right now?" in heard[2]
    assert all("checked answer" not in one for one in heard)
    assert "1199" in talk.taps("unsafe")


def test_an_answer_is_only_offered_to_despair_never_thrust_upon_it() -> None:
    talk = Talk()
    talk.says("i want to kill myself")
    assert "I am still here with you" in talk.says("what is prep")
    assert talk.offered == ["What now", "I am not safe", "About prep", "Talk to a person"]
    assert "Prep in short." in talk.says("3")


def test_whoever_goes_on_in_another_danger_is_not_told_that_we_have_no_answer() -> None:
    talk = Talk()
    talk.says("he is blackmailing me")
    first = talk.says("he says i have until six")
    assert "passed on, marked urgent" in first
    assert "screenshots" in first
    assert "change the passwords" in talk.says("he says i have until six")
    assert talk.of(RelayToCounselor)
    assert "Prep in short." in talk.says("what is prep")


def test_the_ordinary_answer_is_offered_too_in_case_the_alarm_was_false() -> None:
    talk = Talk()
    talk.says("I want to kill myself")
    assert "About oral" in talk.offered
    assert "Oral in short." in talk.says("about oral")


def test_once_a_counselor_is_there_the_bot_steps_back() -> None:
    talk = Talk()
    talk.says("i want to kill myself")
    talk.happens(CounselorTook("Amani"))
    assert talk.says("nobody would miss me") == ""
    assert talk.of(RelayToCounselor)


def test_no_contact_is_invented_where_none_is_known() -> None:
    talk = Talk(facts(library=WITHDRAWN))
    talk.says("i want to kill myself")
    assert not any(sign.isdigit() for sign in talk.said)


def test_laughing_till_one_dies_is_no_alarm() -> None:
    talk = Talk()
    talk.says("my phone is dying lol")
    assert isinstance(talk.state, Idle)
