"""The PEP clock: asked once, counted from the earliest time it may have been, and never a client sent home who is in time."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from handlers.effects import Book, OpenHandover, RaiseAlarm, RelayToCounselor
from handlers.facts import Case, Clinic, Desk, Facts, Service
from handlers.pep import WHEN
from handlers.states import AskingWhen, ConfirmingSlot, CountingHours, Idle, WaitingForCounselor, WithCounselor
from tests.given import CLINIC, IN_DANGER, NAIROBI, NOW, TAKEN, VISIT, WAITING, WEEKDAYS, WITHDRAWN, Talk, facts

PEP = Service("pep", {"en": "PEP, urgent", "sw": "PEP, haraka"}, 30)
OFFERING = Clinic("Clinic", "our clinic", (PEP,), WEEKDAYS)
RAPED = Case("case-1", "sexual-violence")


def asked(known: Facts | None = None) -> Talk:
    """A client whose condom broke and who was asked when."""
    talk = Talk(known or facts())
    talk.says("condom broke")
    return talk


def at(hour: int, minute: int = 0, day: int = 4, **changes: object) -> Facts:
    """Facts on a day of March, at the clinic that has PEP; the 4th is a Wednesday."""
    return facts(now=datetime(2026, 3, day, hour, minute, tzinfo=NAIROBI), clinic=OFFERING, **changes)


def test_haste_comes_first_then_one_question_and_a_person() -> None:
    talk = asked()
    assert "There may still be time" in talk.said
    assert talk.said.endswith("About how long ago was it?")
    assert talk.ids == [*WHEN, "counselor"]
    assert isinstance(talk.state, AskingWhen)
    assert not talk.of(OpenHandover)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("1", "about 48 hours are left"),
        ("24 to 48 hours", "about 24 hours are left"),
        ("3", "nearly over"),
        ("4", "more than 72 hours have passed"),
        ("5", "Then let us count it as urgent"),
        ("i don't know", "Then let us count it as urgent"),
        ("12 hours", "about 60 hours are left"),
        ("12", "about 60 hours are left"),
        ("jana usiku", "zimebaki kama saa 58"),
        ("2 days ago", "about 12 hours are left"),
        ("juzi", "about 15 hours are left"),
        ("saa kumi zilizopita", "zimebaki kama saa 62"),
        ("72 hours", "nearly over"),
        ("3 days ago", "nearly over"),
        ("friday night", "more than 72 hours have passed"),
    ],
)
def test_the_time_is_tapped_or_written(answer: str, said: str) -> None:
    assert said in asked().says(answer)


def test_a_time_that_the_message_tells_is_not_asked_again() -> None:
    talk = Talk()
    assert "about 58 hours are left" in talk.says("condom broke last night")
    assert talk.said.startswith("Sorry, that is a fright.")
    assert talk.state == CountingHours("2026-03-03T19", "2026-03-04T06", talk.state.offered, "pep-urgent")
    assert talk.says("condom broke").startswith("You are in time")
    assert asked().says("condom broke last night").startswith("You are in time")


def test_the_clock_goes_on_while_the_client_is_away() -> None:
    talk = Talk()
    talk.says("condom broke last night")
    talk.knows(now=NOW + timedelta(hours=50))
    assert "nearly over" in talk.says("condom broke")
    talk.knows(now=NOW + timedelta(hours=80))
    assert "more than 72 hours have passed" in talk.says("condom broke")


def test_another_time_corrects_the_clock() -> None:
    talk = asked()
    talk.says("1")
    assert "about 12 hours are left" in talk.says("no it was 2 days ago")
    assert "Prep in short." in talk.says("what is prep")


def test_a_clock_that_cannot_be_read_asks_anew() -> None:
    talk = Talk(state=CountingHours("no hour", ""))
    assert "how long ago" in talk.says("condom broke")


def test_words_that_tell_no_time_are_asked_about_once_and_then_taken_as_urgent() -> None:
    talk = asked(facts(case=WAITING))
    assert "Roughly is enough" in talk.says("it was with somebody i met")
    assert talk.of(RelayToCounselor)
    assert "let us count it as urgent" in talk.says("not long")
    assert talk.ids == ["where", "counselor"]
    assert "Roughly is enough" in (again := asked()).says("condom broke")
    assert "let us count it as urgent" in again.says("condom broke")


def test_a_question_in_between_is_answered_and_despair_is_not_asked_for_the_time() -> None:
    talk = asked()
    assert (
        talk.says("what is prep") == "Prep in short.\nPolice: 999 (free, day and night)\n\nAbout how long ago was it?"
    )
    assert "about 24 hours are left" in talk.says("2")
    talk = asked(facts(case=IN_DANGER))
    assert "I am still here with you" in talk.says("i feel so alone")


def test_an_answer_that_was_withdrawn_leaves_our_own_question() -> None:
    assert "Roughly is enough" in asked().says("old question")


def test_what_the_search_finds_starts_the_clock_too() -> None:
    for told in ("the rubber tore last night", "the tear last night"):
        assert "about 58 hours are left" in Talk().says(told)
    talk = Talk()
    assert "Pep-urgent in short." in talk.says("what if the rubber tears")
    assert talk.offered == ["Count the 72 hours", "Where to get PEP", "Talk to a person"]
    assert talk.says("1").endswith("About how long ago was it?")
    assert Talk().taps("entry:pep-urgent") == "Pep-urgent in short."
    assert "how long ago" in Talk(facts(library=WITHDRAWN)).taps("entry:pep-urgent")


def test_an_open_clinic_offers_its_first_free_time_and_one_tap_books_it() -> None:
    talk = Talk(at(14, 10))
    assert "Open now, until 17:00: our clinic." in talk.says("condom broke last night")
    assert "The first free time today is 15:00." in talk.said
    assert talk.offered == ["Book 15:00", "Where to get PEP", "Talk to a person"]
    assert "Shall I book it?" in talk.says("1")
    assert isinstance(talk.state, ConfirmingSlot)
    talk.says("yes")
    assert [taken.slot for taken in talk.of(Book)] == ["pep@2026-03-04T15:00"]


def test_a_time_that_was_taken_meanwhile_is_said_and_others_are_offered() -> None:
    talk = Talk(at(14, 10))
    talk.says("condom broke last night")
    talk.knows(taken={"pep@2026-03-04T15:00": 1})
    assert "Somebody just took that time" in talk.says("1")


def test_a_shut_clinic_says_when_it_opens_and_where_to_go_sooner() -> None:
    talk = Talk(at(20))
    talk.says("condom broke 3 hours ago")
    assert "our clinic opens on Thursday 5 March at 08:00. Do not wait for that" in talk.said
    assert talk.ids == ["where", "counselor"]


def test_where_no_hours_are_known_the_hospital_is_named() -> None:
    talk = Talk(facts(clinic=replace(CLINIC, hours={})))
    assert "emergency desk" in talk.says("condom broke last night")
    talk = Talk(facts(clinic=replace(CLINIC, hours={2: ((time(7), time(8)),)})))
    assert "opens on" not in talk.says("condom broke last night")


def test_no_time_is_offered_that_is_too_late_or_where_a_visit_is_booked() -> None:
    late = Talk(at(12, 30))
    late.says("condom broke 71 hours ago")
    assert late.ids == ["where", "counselor"]
    booked = Talk(at(14, 10, appointments=(VISIT,)))
    booked.says("condom broke last night")
    assert booked.ids == ["where", "counselor"]


def test_another_place_does_not_stop_the_clock() -> None:
    talk = Talk()
    talk.says("condom broke last night")
    assert "Pep-where in short." in talk.taps("where")
    assert "Pep-where at length." in talk.says("more")
    talk.says("condom broke last night")
    talk.taps("where")
    assert isinstance(talk.state, CountingHours)
    assert "about 58 hours are left" in talk.says("condom broke")
    withdrawn = Talk(facts(library=WITHDRAWN))
    withdrawn.says("condom broke last night")
    assert withdrawn.taps("where")


def test_too_late_says_what_to_do_now_also_when_the_answer_is_withdrawn() -> None:
    talk = asked()
    assert "Pep-too-late in short." in talk.says("4")
    assert talk.ids == ["book", "when", "counselor"]
    assert "how long ago" in talk.says("2")
    bare = asked(facts(library=WITHDRAWN))
    assert "Take an HIV test now" in bare.says("4")


def test_the_question_and_the_count_are_said_again_in_another_language() -> None:
    talk = asked()
    assert "Imepita muda gani hivi?" in talk.says("kiswahili")
    talk.says("1")
    assert "about 48 hours are left" in talk.says("english")


def test_after_forced_sex_the_hospital_comes_first_and_no_form() -> None:
    talk = Talk(at(14, 10, case=RAPED), WaitingForCounselor("case-1"))
    talk.taps("when")
    talk.says("2")
    assert "Go to the nearest hospital" in talk.said
    assert talk.ids == ["where", "counselor"]
    assert [told.text for told in talk.of(RelayToCounselor)] == ["24 to 48 hours"]
    assert "It is not your fault" in asked().says("he raped me")


def test_for_a_friend_the_clock_runs_too() -> None:
    talk = Talk()
    assert talk.says("my friend had a condom that broke").startswith("Good that you look out for somebody else.")
    assert "how long ago" in talk.said


def test_the_72_hours_never_hide_a_graver_danger_from_the_counselor() -> None:
    talk = Talk(facts(case=IN_DANGER), WaitingForCounselor("case-1"))
    talk.says("condom broke last night")
    assert not talk.of(RaiseAlarm)
    assert talk.of(RelayToCounselor)


def test_the_72_hours_are_said_once_while_a_counselor_talks() -> None:
    talk = Talk(facts(case=TAKEN), WithCounselor("case-1"))
    assert "There may still be time" in talk.says("condom broke last night")
    assert talk.of(RaiseAlarm) == [RaiseAlarm("case-1", "pep-window")]
    assert talk.ids == []
    assert talk.says("condom broke last night") == ""
    assert talk.of(RelayToCounselor)


def test_whoever_waits_with_the_72_hours_is_answered_again_and_not_alarmed_again() -> None:
    talk = Talk(facts(case=Case("case-1", "pep-window")), WaitingForCounselor("case-1"))
    assert "within 72 hours" in talk.says("condom broke last night")
    assert not talk.of(RaiseAlarm)


def test_a_person_is_one_word_away() -> None:
    talk = asked(facts(desk=Desk(1, "08:00")))
    talk.says("0")
    assert talk.of(OpenHandover)
    assert not isinstance(talk.state, Idle)
