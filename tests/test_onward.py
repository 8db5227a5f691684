"""A handover goes on without its counselor: the client hears the truth, and nobody else's words."""

from dataclasses import replace
from typing import Any

from handlers.duty import HOUR, MINUTE
from handlers.effects import (
    AlertStaff,
    CloseHandover,
    NoteForStaff,
    OpenHandover,
    RaiseAlarm,
    Reply,
    ReturnHandover,
    TakeHandover,
)
from handlers.events import CounselorPassedOn, CounselorSaid, CounselorTook, TimePassed
from handlers.facts import Case, Desk, Former, Hours
from handlers.states import Idle, WaitingForCounselor, WithCounselor
from tests.given import NOW, Talk, facts

AT = NOW.timestamp()
THERE, NOBODY = Desk(1, "08:00"), Desk(0, "08:00")


def talking(lang: str = "en", desk: Desk = THERE, **hours: Any) -> Talk:
    """A client with whom Amani talks; besides Amani there is whoever `desk` says."""
    known = replace(Hours(since=AT, spoke=AT), **hours)
    return Talk(facts(lang, desk=desk, case=Case("case-1", "asked", "Amani", known)), WithCounselor("case-1"))


def waiting(**hours: Any) -> Talk:
    """A client whose case waits."""
    known = replace(Hours(since=AT, rounds=1, alerted=AT, seen=True, spoke=AT), **hours)
    return Talk(facts(case=Case("case-1", "asked", "", known)), WaitingForCounselor("case-1", last_entry="prep"))


def test_who_gets_no_answer_hears_the_truth_and_waits_in_the_queue() -> None:
    talk = talking(owed=AT - 10 * MINUTE)
    said = talk.happens(TimePassed())
    assert said.startswith("Amani has not been able to answer you in time. I have called the other counselors")
    assert talk.of(ReturnHandover) == [ReturnHandover("case-1", missed=True)]
    assert isinstance(talk.state, WaitingForCounselor)
    assert "Prep in short." in talk.says("what is prep")


def test_who_gets_no_answer_and_nobody_else_is_there_hears_when_and_whom_to_call() -> None:
    said = talking("sw", NOBODY, owed=AT - 10 * MINUTE).happens(TimePassed())
    assert "Amani hajaweza kukujibu" in said
    assert "saa 2 asubuhi" in said
    assert "999" in said


def test_how_long_an_answer_may_take_is_set_by_the_organisation() -> None:
    desk = replace(THERE, reply_minutes=30)
    assert talking(desk=desk, owed=AT - 29 * MINUTE).happens(TimePassed()) == ""
    assert talking(desk=desk, owed=AT - 30 * MINUTE).happens(TimePassed())


def test_the_case_of_who_left_the_shift_goes_back() -> None:
    talk = talking(left=True)
    assert talk.happens(TimePassed()).startswith("Amani cannot go on just now. I have called the other")
    assert talk.of(ReturnHandover) == [ReturnHandover("case-1")]


def test_after_twelve_silent_hours_the_talk_is_closed_with_a_notice() -> None:
    talk = talking(spoke=AT - 12 * HOUR)
    assert "this talk is closed" in talk.happens(TimePassed())
    assert talk.of(CloseHandover) == [CloseHandover("case-1", "silence")]
    assert isinstance(talk.state, Idle)
    assert talk.ids == ["menu", "counselor"]


def test_an_alert_says_nothing_to_the_client_and_forgets_nothing() -> None:
    talk = waiting(since=AT - 5 * MINUTE)
    before = talk.state
    assert talk.happens(TimePassed()) == ""
    assert talk.of(AlertStaff) == [AlertStaff("case-1", "shift")]
    assert talk.state == before


def test_time_that_brings_nothing_changes_nothing() -> None:
    for talk in (talking(), waiting(), Talk()):
        before = talk.state
        talk.happens(TimePassed())
        assert (talk.last.effects, talk.state) == ((), before)


def test_a_counselor_gives_the_case_back_with_a_note_for_whoever_comes() -> None:
    talk = talking()
    said = talk.happens(CounselorPassedOn("Amani", team="legal", note="Anahitaji wakili."))
    assert said.startswith("Amani cannot go on just now. I have called the other counselors")
    assert talk.of(NoteForStaff) == [NoteForStaff("case-1", "Amani", "Anahitaji wakili.")]
    assert talk.of(ReturnHandover) == [ReturnHandover("case-1", "legal")]
    assert "wakili" not in said


def test_a_counselor_passes_the_case_to_another_one() -> None:
    talk = talking()
    assert talk.happens(CounselorPassedOn("Amani", "Zuri")).startswith("Zuri goes on with you from here")
    assert talk.of(TakeHandover) == [TakeHandover("case-1", "Zuri")]
    assert talk.state == WithCounselor("case-1")
    assert talk.happens(CounselorSaid("Amani", "Kwaheri.")) == ""


def test_the_lead_gives_a_case_that_waits_to_a_person_or_to_a_team() -> None:
    talk = waiting()
    assert talk.happens(CounselorPassedOn("Lela", "Zuri")).startswith("Zuri is here now")
    talk = waiting()
    before = talk.state
    assert talk.happens(CounselorPassedOn("Lela", team="legal")) == ""
    assert talk.of(ReturnHandover) == [ReturnHandover("case-1", "legal")]
    assert talk.state == before


def test_nobody_gets_a_case_who_is_away_or_has_it_already() -> None:
    away = replace(THERE, away=frozenset({"Zuri"}))
    for event in (CounselorPassedOn("Amani", "Zuri"), CounselorPassedOn("Amani", "Amani")):
        talk = talking(desk=away)
        talk.happens(event)
        assert talk.last.effects == ()
    talk = waiting()
    talk.knows(desk=away)
    talk.happens(CounselorTook("Zuri"))
    assert talk.last.effects == ()


def test_words_of_who_is_away_are_not_lost_in_silence() -> None:
    talk = waiting()
    talk.knows(desk=replace(THERE, away=frozenset({"Zuri"})))
    assert talk.happens(CounselorSaid("Zuri", "Niko hapa.")) == ""
    assert talk.of(RaiseAlarm) == [RaiseAlarm("case-1", "not-on-shift")]
    assert not talk.of(Reply)


def test_a_case_that_was_closed_is_passed_on_to_nobody() -> None:
    talk = Talk()
    talk.happens(CounselorPassedOn("Amani", "Zuri"))
    assert talk.last.effects == ()


def test_who_comes_back_soon_comes_back_to_the_same_counselor() -> None:
    talk = Talk(facts(former=Former("Amani", AT - 47 * HOUR)))
    assert talk.says("talk to a person").startswith("Amani, who talked with you last, is on shift")
    assert talk.of(OpenHandover)
    assert talk.of(TakeHandover) == [TakeHandover("case-9", "Amani")]
    assert talk.state == WithCounselor("case-9")


def test_who_comes_back_while_that_counselor_is_away_waits_for_whoever_comes() -> None:
    desk = replace(THERE, away=frozenset({"Amani"}))
    talk = Talk(facts(desk=desk, former=Former("Amani", AT - HOUR)))
    assert "Someone is on shift" in talk.says("talk to a person")
    assert not talk.of(TakeHandover)


def test_who_comes_back_in_danger_is_shown_to_everybody_on_shift() -> None:
    talk = Talk(facts(former=Former("Amani", AT - HOUR)))
    talk.says("i want to kill myself")
    assert talk.of(OpenHandover)
    assert not talk.of(TakeHandover)
