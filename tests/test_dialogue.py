"""The one door: which language is spoken, when we say who we are, and what comes first."""

from dataclasses import replace

import pytest

from handlers.effects import RelayToCounselor, Remember, Reply
from handlers.events import CounselorSaid, CounselorTook, Failed, Undelivered
from handlers.facts import Client
from handlers.states import Idle, PickingDay, WaitingForCounselor, WithCounselor
from tests.given import IN_DANGER, TAKEN, WAITING, Talk, facts

CHANNELS = ("telegram", "whatsapp", "sms", "web")


def newcomer(channel: str = "web") -> Talk:
    """A client who never wrote before."""
    return Talk(facts(client=Client("P-418", channel)))


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_question_is_answered_first_and_then_we_say_who_we_are_once(channel: str) -> None:
    talk = newcomer(channel)
    talk.says("what is prep")
    answer, welcome = talk.of(Reply)
    assert "Prep in short." in answer.text
    assert "our group" in welcome.text
    assert talk.says("nini ni prep").count("Msiri") == 0


def test_whoever_only_opens_the_door_is_told_first_who_is_behind_it() -> None:
    for opening in ("hi", "menu"):
        talk = newcomer()
        talk.says(opening)
        assert talk.said.startswith("I am Msiri")
        assert talk.ids == ["ask", "book", "appointments", "language", "counselor"]
    talk = newcomer()
    assert talk.starts().startswith("I am Msiri")


def test_the_welcome_speaks_the_language_that_was_just_chosen() -> None:
    talk = newcomer()
    assert "Mimi ni Msiri" in talk.taps("lang:sw")


def test_somebody_in_danger_is_told_nothing_about_us_until_it_is_over() -> None:
    talk = newcomer()
    assert "Msiri" not in talk.says("i want to kill myself")
    assert "Msiri" not in talk.says("no")
    talk.knows(case=None)
    assert "Msiri" in talk.says("menu")


def test_a_goodbye_is_not_followed_by_a_welcome() -> None:
    assert "Msiri" not in newcomer().says("stop")


def test_a_counselor_who_comes_is_not_interrupted_by_a_welcome() -> None:
    talk = newcomer()
    talk.knows(case=WAITING)
    assert "Msiri" not in talk.happens(CounselorTook("Amani"))
    assert "Msiri" not in talk.says("asante kwa kuja")


def test_the_language_of_the_message_is_spoken_and_remembered() -> None:
    talk = newcomer()
    talk.says("nini ni prep")
    assert "Prep kwa ufupi." in talk.said
    assert talk.facts.client.language == "sw"
    talk.says("what is prep")
    assert "Prep in short." in talk.said


def test_a_number_a_label_or_a_keyword_does_not_change_the_language() -> None:
    talk = Talk(facts("sw"))
    talk.says("menu")
    assert talk.facts.client.language == "sw"
    talk.says("1")
    assert "Andika swali lako" in talk.said


def test_a_language_that_was_chosen_is_kept_whatever_is_written() -> None:
    talk = Talk()
    talk.says("kiswahili")
    assert "Prep kwa ufupi." in talk.says("what is prep")


def test_whoever_said_stop_and_writes_again_is_heard_again() -> None:
    talk = Talk()
    talk.says("stop")
    assert talk.of(Remember) == [Remember(stopped=True)]
    talk.says("hello")
    assert talk.of(Remember) == [Remember(stopped=False)]
    talk.says("stop")
    talk.says("acha")
    assert talk.of(Remember)[-1] == Remember(stopped=True)


def test_what_a_counselor_does_leaves_a_stop_in_force() -> None:
    stopped = replace(facts(case=WAITING).client, stopped=True)
    talk = Talk(facts(case=WAITING, client=stopped), WaitingForCounselor("case-1"))
    talk.happens(CounselorSaid("Amani", "Uko salama?"))
    assert not talk.of(Remember)


def test_a_talk_that_was_closed_elsewhere_is_over_for_the_client_too() -> None:
    talk = Talk(state=WithCounselor("case-1"))
    assert "Write your question" in talk.says("help")
    assert isinstance(talk.state, Idle)
    waiting = Talk(state=WaitingForCounselor("case-1"))
    waiting.happens(Undelivered("gone"))
    assert isinstance(waiting.state, Idle)


def test_a_case_that_was_put_back_into_the_queue_waits_again() -> None:
    talk = Talk(facts(case=WAITING), WithCounselor("case-1"))
    assert "Prep in short." in talk.says("what is prep")
    assert isinstance(talk.state, WaitingForCounselor)


def test_a_case_that_was_taken_goes_to_the_counselor_whatever_was_asked_before() -> None:
    talk = Talk(facts(case=TAKEN), PickingDay("test"))
    assert talk.says("what is prep") == ""
    assert talk.of(RelayToCounselor) == [RelayToCounselor("case-1", "what is prep")]


def test_an_event_we_could_not_handle_is_owned_up_to_and_what_was_asked_is_still_asked() -> None:
    talk = Talk()
    talk.says("book")
    before = talk.state
    assert "on our side" in talk.happens(Failed())
    assert talk.state == before
    assert talk.of(Reply)[0].choices == before.offered


def test_nobody_but_the_counselor_needs_to_know_that_a_reply_did_not_arrive() -> None:
    talk = Talk()
    assert talk.happens(Undelivered("gone")) == ""
    assert talk.last.effects == ()


def test_a_choice_that_nobody_knows_any_more_leads_to_the_menu() -> None:
    for old in ("made up", "entry:withdrawn", "move:visit-1", "talk", "lang:xx", "none", "yes", "slot:x", "more:gone"):
        talk = Talk()
        assert "no longer open" in talk.taps(old)
        assert "counselor" in talk.ids


def test_danger_is_heard_in_what_might_also_be_a_choice() -> None:
    talk = Talk(state=Idle())
    talk.knows(case=IN_DANGER)
    talk.says("condom broke last night")
    assert "within 72 hours" in talk.said
