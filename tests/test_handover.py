"""A person: asked for, waited for, talked to; the bot is silent meanwhile and comes back afterwards."""

from handlers.effects import CloseHandover, OpenHandover, RaiseAlarm, RelayToCounselor, Reply, TakeHandover
from handlers.events import CounselorClosed, CounselorSaid, CounselorTook, Undelivered
from handlers.facts import Desk
from handlers.states import Idle, WaitingForCounselor, WithCounselor
from tests.given import TAKEN, WAITING, Talk, facts


def talking() -> Talk:
    """A client with whom Amani talks."""
    talk = Talk()
    talk.says("talk to a person")
    talk.happens(CounselorTook("Amani"))
    return talk


def test_a_person_is_called_and_the_bot_goes_on_answering_meanwhile() -> None:
    talk = Talk()
    assert "Someone is on shift" in talk.says("talk to a person")
    assert talk.of(OpenHandover) == [OpenHandover("case-9", "asked", urgent=False, question="")]
    assert "Prep in short." in talk.says("what is prep")
    assert isinstance(talk.state, WaitingForCounselor)
    assert talk.of(RelayToCounselor) == [RelayToCounselor("case-9", "what is prep")]


def test_nobody_on_shift_is_said_with_the_hour_and_the_numbers() -> None:
    talk = Talk(facts(desk=Desk(0, "08:00")))
    said = talk.says("talk to a person")
    assert "Nobody is on shift" in said
    assert "after 08:00" in said
    assert "999" in said
    assert "1195" in said
    assert "after 08:00" in talk.says("talk to a person")


def test_asking_twice_calls_once() -> None:
    talk = Talk()
    talk.says("talk to a person")
    assert "called already" in talk.says("mtu")
    assert not talk.of(OpenHandover)


def test_the_counselor_takes_answers_and_closes() -> None:
    talk = Talk()
    talk.says("talk to a person")
    assert "Amani is here now" in talk.happens(CounselorTook("Amani"))
    assert talk.of(TakeHandover) == [TakeHandover("case-9", "Amani")]
    assert talk.happens(CounselorSaid("Amani", "Pole sana.")) == "Pole sana."
    assert talk.of(Reply)[0].author == "Amani"
    assert "Amani has ended the talk" in talk.happens(CounselorClosed("Amani"))
    assert isinstance(talk.state, Idle)
    assert "Prep in short." in talk.says("what is prep")


def test_whoever_answers_without_taking_has_taken() -> None:
    talk = Talk(facts(case=WAITING), WaitingForCounselor("case-1"))
    assert talk.happens(CounselorSaid("Amani", "Niko hapa.")).startswith("Amani is here now")
    assert talk.of(TakeHandover) == [TakeHandover("case-1", "Amani")]


def test_two_counselors_never_talk_at_once() -> None:
    talk = talking()
    assert talk.happens(CounselorSaid("Zuri", "Mimi pia.")) == ""
    assert talk.happens(CounselorTook("Zuri")) == ""
    assert talk.facts.counselor == "Amani"


def test_what_a_counselor_does_after_the_end_changes_nothing() -> None:
    talk = Talk()
    for late in (CounselorTook("Amani"), CounselorSaid("Amani", "Bado uko?"), CounselorClosed("Amani")):
        assert talk.happens(late) == ""
        assert isinstance(talk.state, Idle)


def test_a_request_that_is_closed_unanswered_is_not_called_a_talk() -> None:
    talk = Talk(facts(case=WAITING), WaitingForCounselor("case-1"))
    said = talk.happens(CounselorClosed("Amani"))
    assert "closed your request" in said
    assert "ended the talk" not in said


def test_everything_that_is_written_reaches_the_counselor() -> None:
    talk = talking()
    for words in ("naogopa sana", "ok", "1", "what is prep", "😭"):
        assert talk.says(words) == ""
        assert talk.of(RelayToCounselor) == [RelayToCounselor("case-9", words)]


def test_a_number_after_the_talks_own_menu_was_passed_over_is_for_the_counselor() -> None:
    talk = talking()
    talk.says("menu")
    talk.says("sawa, nilikuwa na swali")
    assert talk.says("1") == ""
    assert talk.of(RelayToCounselor) == [RelayToCounselor("case-9", "1")]


def test_the_talks_own_menu_goes_on_or_ends() -> None:
    talk = talking()
    assert "You are talking to Amani" in talk.says("menu")
    assert talk.offered == ["Go on talking", "End the talk"]
    assert "Go on, Amani reads" in talk.says("1")
    talk.says("menu")
    assert "The talk is over" in talk.says("2")
    assert talk.of(CloseHandover) == [CloseHandover("case-9", "client")]
    assert "book" in talk.ids


def test_pictures_do_not_reach_the_counselor_and_that_is_said() -> None:
    assert "Amani has not seen it" in talking().sends("photo")


def test_opening_the_chat_again_shows_the_talk_and_not_the_menu() -> None:
    talk = talking()
    assert "You are talking to Amani" in talk.starts()
    assert talk.ids == ["talk", "end"]


def test_an_old_keyboard_is_silent_while_a_counselor_talks() -> None:
    talk = talking()
    for old in ("entry:prep", "book", "help", "counselor", "yes"):
        assert talk.taps(old) == ""
        assert talk.last.effects == ()


def test_a_reply_that_did_not_arrive_is_told_to_the_counselor() -> None:
    talk = Talk(facts(case=TAKEN), WithCounselor("case-1"))
    assert talk.happens(Undelivered("window")) == ""
    assert talk.of(RaiseAlarm) == [RaiseAlarm("case-1", "undelivered-window")]
