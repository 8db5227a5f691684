"""Asking again after an hour: announced, once, at any hour of the day, and never about what is settled."""

from dataclasses import replace
from datetime import datetime

import pytest

from handlers.effects import DropReminder, Remind, SetReminder
from handlers.events import CounselorTook, Said, TimeCame
from handlers.facts import Appointment, Case, Facts
from handlers.pep import REMIND_MINUTES, SERVICE
from handlers.states import AskingWhen, CountingHours, Idle, State, WaitingForCounselor, WithCounselor
from handlers.texts import LANGUAGES, say
from knowledge_base import danger
from tests.given import IN_DANGER, NAIROBI, TAKEN, VISIT, WAITING, Talk, facts
from tests.test_pep import OFFERING

PEP_VISIT = Appointment("visit-1", f"{SERVICE}@2026-03-04T10:00", "ABC-234")
NIGHT = datetime(2026, 3, 4, 2, 30, tzinfo=NAIROBI)


def counted(known: Facts | None = None) -> Talk:
    """A client whose hours are counted."""
    talk = Talk(known or facts())
    talk.says("condom broke last night")
    return talk


def reminded(known: Facts | None = None) -> Talk:
    """The same, an hour later."""
    talk = counted(known)
    talk.happens(TimeCame())
    return talk


@pytest.mark.parametrize(("lang", "stop"), [("en", "STOP prevents that"), ("sw", "ACHA inazuia hilo")])
def test_it_is_set_for_an_hour_later_and_announced_with_the_way_out(lang: str, stop: str) -> None:
    talk = counted(facts(lang))
    assert talk.of(SetReminder) == [SetReminder(60)]
    assert stop in talk.said


def test_whoever_does_not_know_when_it_was_is_asked_again_too() -> None:
    talk = Talk()
    talk.says("condom broke")
    assert not talk.of(SetReminder)
    talk.taps("unknown")
    assert talk.of(SetReminder) == [SetReminder(REMIND_MINUTES)]
    talk.happens(TimeCame())
    assert talk.of(Remind)


def test_it_asks_in_words_that_tell_nothing_and_offers_a_person() -> None:
    talk = reminded()
    (asked,) = talk.of(Remind)
    assert asked.text == "How did it go? A number is enough."
    assert [choice.label for choice in asked.choices] == ["It is done", "Not yet", "Talk to a person"]
    assert isinstance(talk.state, CountingHours)


# Stems of what a bystander must not read, in both languages.
TELLING = ("hiv", "pep", "sex", "ngono", "condom", "kondom", "pill", "dawa", "clinic", "kliniki", "hospital", "test", "pima", "72",
           "gay", "shoga", "risk", "hatari", "virus", "infect", "exposure", "status", "msiri")  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_it_is_in_the_lexicon_of_telling_words(lang: str) -> None:
    shown = [say(lang, key) for key in ("remind", "choice-settled", "choice-unsettled", "choice-counselor")]
    assert not [word for word in TELLING for text in shown if word in text.lower()]
    assert danger.spot(" ".join(shown)) is None


def test_it_comes_in_the_night_as_well() -> None:
    """The 72 hours do not wait for the morning."""
    assert reminded(facts(now=NIGHT)).of(Remind)


def test_done_ends_it() -> None:
    talk = reminded()
    assert talk.taps("settled").startswith("Good. I am here")
    assert talk.of(DropReminder)
    assert isinstance(talk.state, Idle)


def test_not_yet_counts_again_and_is_not_asked_a_second_time() -> None:
    talk = reminded()
    assert "hours are left" in talk.says("not yet")
    assert not talk.of(SetReminder)


def test_not_yet_without_a_time_asks_when_it_was() -> None:
    talk = Talk()
    assert "how long ago" in talk.taps("unsettled")
    assert isinstance(talk.state, AskingWhen)
    assert not talk.of(SetReminder)


@pytest.mark.parametrize("words", ["on my way", "niko njiani", "Nimepata dawa!", "I went."])
def test_whoever_says_that_they_go_is_not_asked(words: str) -> None:
    talk = counted()
    talk.says(words)
    assert talk.of(DropReminder)


def test_the_same_words_mean_nothing_elsewhere() -> None:
    talk = Talk()
    talk.says("on my way")
    assert not talk.of(DropReminder)


def test_a_new_time_sets_it_anew_and_one_that_is_too_late_takes_it_back() -> None:
    talk = counted()
    talk.says("2 days ago")
    assert talk.of(SetReminder)
    talk.says("5 days ago")
    assert talk.of(DropReminder)


def test_stop_a_booking_for_it_and_a_counselor_take_it_back() -> None:
    talk = counted()
    talk.says("stop")
    assert talk.of(DropReminder)
    talk = counted(facts(clinic=OFFERING))
    talk.taps("slot")
    assert not talk.of(DropReminder)
    talk.says("yes")
    assert talk.of(DropReminder)
    talk = counted(facts(case=WAITING))
    talk.happens(CounselorTook("Amani"))
    assert talk.of(DropReminder)


def test_a_booking_for_something_else_does_not() -> None:
    talk = counted()
    for said in ("book", "1", "1", "1", "yes"):
        talk.says(said)
    assert talk.facts.appointments
    assert not talk.of(DropReminder)


QUIET: tuple[tuple[State, dict[str, object]], ...] = (
    (Idle(), {"appointments": (PEP_VISIT,)}),
    (WaitingForCounselor("case-1"), {"case": IN_DANGER}),
    (WithCounselor("case-1"), {"case": TAKEN}),
    (Idle(), {"client": replace(facts().client, stopped=True)}),
    (Idle(), {"client": replace(facts().client, window_open=False)}),
)


@pytest.mark.parametrize(("state", "known"), QUIET)
def test_nothing_is_asked_where_it_is_settled_or_unwanted(state: State, known: dict[str, object]) -> None:
    talk = Talk(facts(**known), state)
    talk.happens(TimeCame())
    assert talk.last.effects == ()
    assert talk.state == state


def test_nothing_is_asked_in_the_middle_of_a_booking() -> None:
    talk = Talk()
    talk.says("book")
    before = talk.state
    talk.happens(TimeCame())
    assert talk.last.effects == ()
    assert talk.state == before


def test_a_visit_for_something_else_settles_nothing() -> None:
    assert reminded(facts(appointments=(VISIT,))).of(Remind)


def test_whoever_waits_for_a_counselor_is_asked_as_well() -> None:
    talk = Talk(facts(case=Case("case-1", "pep-window")), WaitingForCounselor("case-1"))
    talk.happens(TimeCame())
    assert talk.of(Remind)
    assert isinstance(talk.state, WaitingForCounselor)


def test_while_a_counselor_talks_its_answers_are_the_counselors() -> None:
    talk = Talk(facts(case=TAKEN), WithCounselor("case-1"))
    for answer in ("settled", "unsettled"):
        assert talk.taps(answer) == ""
    talk.happens(Said("on my way"))
    assert not talk.of(DropReminder)
