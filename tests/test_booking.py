"""Booking: three taps and a yes; what is offered is free; nobody is told that somebody took what nobody took."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers import clock
from handlers.effects import Book, CancelAppointment, RelayToCounselor
from handlers.events import Said
from handlers.facts import Appointment
from handlers.slots import LEAD
from handlers.states import ConfirmingSlot, Idle, PickingDay, PickingService, PickingSlot
from tests.given import CLINIC, NAIROBI, NOW, SERVICES, VISIT, WAITING, Talk, facts
from tests.test_states import FULL

ONE_SERVICE = replace(CLINIC, services=SERVICES[1:])


def confirming(**known: object) -> Talk:
    """A client who is asked whether the first free time suits."""
    talk = Talk(facts(**known))
    for said in ("book", "1", "1", "1"):
        talk.says(said)
    assert isinstance(talk.state, ConfirmingSlot)
    return talk


def moving(slot: str = VISIT.slot) -> Talk:
    """A client who moves a visit and has seen the days."""
    visit = replace(VISIT, slot=slot)
    talk = Talk(facts(appointments=(visit,), taken={slot: 1}))
    talk.says("my bookings")
    talk.says("1")
    assert isinstance(talk.state, PickingDay)
    return talk


def test_three_choices_and_a_yes_end_with_a_code() -> None:
    talk = Talk()
    assert "What is the visit for" in talk.says("i want to book")
    assert talk.offered == ["HIV test", "PrEP visit", "Talk to a person"]
    assert "HIV test: which day" in talk.says("1")
    assert talk.offered[:2] == ["Wed 4 Mar", "Thu 5 Mar"]
    assert "Wednesday 4 March: which time" in talk.says("1")
    assert talk.offered[0] == "09:30"
    assert "HIV test on Wednesday 4 March at 09:30, the clinic. Shall I book it?" in talk.says("1")
    said = talk.says("yes")
    assert talk.of(Book) == [Book("test@2026-03-04T09:30", 2, "XYZ-567")]
    assert "XYZ-567" in said
    assert "No name is needed" in said
    assert talk.ids == ["appointments", "menu", "counselor"]


def test_a_closed_day_is_not_offered() -> None:
    talk = Talk()
    talk.says("book")
    talk.says("1")
    assert "Fri 6 Mar" not in talk.offered
    assert "Mon 9 Mar" in talk.offered


def test_swahili_says_the_hour_as_swahili_speakers_do() -> None:
    talk = Talk(facts("sw"))
    for said in ("weka nafasi", "1", "1"):
        talk.says(said)
    assert talk.offered[0] == "09:30 (saa 3:30)"
    assert "09:30 (saa 3:30 asubuhi)" in talk.says("1")


@pytest.mark.parametrize(
    ("when", "said"),
    [(time(0), "saa 6 usiku"), (time(4), "saa 10 asubuhi"), (time(12, 5), "saa 6:05 mchana"), (time(16), "saa 10 jioni"),
     (time(19), "saa 1 usiku"), (time(3, 59), "saa 9:59 usiku")],
)  # fmt: skip
def test_the_hours_are_counted_from_dawn(when: time, said: str) -> None:
    assert f"saa {clock.swahili_time(when)}" == said
    assert clock.time_name("en", when) == f"{when:%H:%M}"


def test_a_day_may_be_named() -> None:
    for said, shown in (
        ("tomorrow please", "Thursday 5 March"),
        ("leo", "Jumatano 4 Machi"),
        ("on monday", "Monday 9 March"),
    ):
        talk = Talk()
        talk.says("book")
        talk.says("1")
        assert shown in talk.says(said)
    assert not clock.spoken(None, NOW)


def test_ok_is_a_yes_where_a_yes_is_asked_for() -> None:
    for word in ("ok", "sawa", "ndiyo", "1"):
        talk = confirming()
        talk.says(word)
        assert talk.of(Book)


def test_no_books_nothing_and_leads_on() -> None:
    talk = confirming()
    assert "Nothing is booked" in talk.says("no")
    assert not talk.of(Book)
    assert "counselor" in talk.ids


def test_later_times_are_shown_and_end() -> None:
    talk = Talk()
    for said in ("book", "1", "2"):
        talk.says(said)
    first = talk.offered
    assert "Later times" in first
    talk.says("later times")
    assert talk.offered[0] == "11:00"
    talk.says("later times")
    assert "Later times" not in talk.offered
    talk.taps("later:96")
    assert talk.offered == first
    before = talk.state
    assert "no longer open" in Talk(state=before).taps("later:soon")


def test_back_goes_one_step_back_each_time() -> None:
    talk = confirming()
    for heard in ("which time", "which day", "What is the visit for", "Ask me anything", "We are at the start"):
        assert heard in talk.says("back")
    assert "Ask me anything" in Talk(state=ConfirmingSlot("no slot")).says("back")


def test_back_with_one_service_does_not_turn_in_circles() -> None:
    talk = Talk(facts(clinic=ONE_SERVICE))
    assert "PrEP visit: which day" in talk.says("book")
    assert "Ask me anything" in talk.says("back")


def test_back_while_moving_shows_the_visit() -> None:
    talk = moving()
    talk.says("1")
    assert isinstance(talk.state, PickingSlot)
    talk.says("back")
    assert "ABC-234" in talk.says("back")


def test_whoever_has_a_visit_is_shown_it_and_gets_no_second_one() -> None:
    talk = Talk(facts(appointments=(VISIT,)))
    assert "Thursday 5 March at 09:00, code ABC-234" in talk.says("book")
    late = Talk(facts(appointments=(VISIT,)), ConfirmingSlot("test@2026-03-04T10:00"))
    assert "ABC-234" in late.taps("yes")
    assert not late.of(Book)


def test_moving_gives_the_old_time_up_in_the_same_step() -> None:
    talk = moving()
    talk.says("1")
    talk.says("1")
    assert "The old time is free again" in talk.says("yes")
    assert talk.of(Book)[0].moving == "visit-1"


def test_moving_offers_every_time_but_the_one_that_is_held() -> None:
    talk = moving("test@2026-03-04T10:00")
    talk.says("1")
    assert "10:00" not in talk.offered
    assert "10:30" in talk.offered


def test_a_visit_that_is_moved_to_where_it_is_stays() -> None:
    talk = moving("test@2026-03-04T10:00")
    talk.says("1")
    said = talk.taps("slot:test@2026-03-04T10:00")
    assert "nothing has changed" in said
    assert "Somebody" not in said


def test_no_to_a_new_time_keeps_the_old_one_and_says_so() -> None:
    talk = moving()
    talk.says("1")
    talk.says("1")
    said = talk.says("no")
    assert "nothing has changed" in said
    assert "ABC-234" in said


def test_a_visit_that_was_cancelled_while_it_was_moved_is_booked_anew() -> None:
    talk = moving()
    talk.says("1")
    talk.says("1")
    talk.knows(appointments=(), taken={})
    assert "Your code is" in talk.says("yes")
    assert talk.of(Book)[0].moving == ""


def test_a_visit_is_cancelled_once() -> None:
    talk = Talk(facts(appointments=(VISIT,)))
    talk.says("my bookings")
    assert "Thursday 5 March is cancelled" in talk.says("cancel the visit")
    assert talk.of(CancelAppointment) == [CancelAppointment("visit-1")]
    assert "no visit booked" in talk.says("my bookings")
    assert "no longer open" in talk.taps("cancel:visit-1")


def test_a_visit_that_names_no_time_can_still_be_cancelled() -> None:
    talk = Talk(facts(appointments=(Appointment("visit-1", "old form", "ABC-234"),)))
    assert "ABC-234" in talk.says("my bookings")
    talk.taps("cancel")
    assert talk.of(CancelAppointment)


def test_a_time_that_somebody_took_is_decided_again() -> None:
    talk = confirming()
    talk.knows(taken={"test@2026-03-04T09:30": 2})
    said = talk.says("yes")
    assert "Somebody just took that time" in said
    assert talk.offered[0] == "10:00"
    assert not talk.of(Book)
    talk.says("1")
    talk.says("yes")
    assert talk.of(Book)


def test_a_time_that_has_passed_was_taken_by_nobody() -> None:
    talk = confirming()
    talk.knows(now=NOW + timedelta(hours=1))
    said = talk.says("yes")
    assert "can no longer be booked" in said
    assert "Somebody" not in said


def test_a_day_that_filled_up_is_said_and_other_days_are_offered() -> None:
    today = {slot: seats for slot, seats in FULL.items() if "2026-03-04" in slot}
    talk = confirming()
    talk.knows(taken=today)
    assert "nothing else is free that day" in talk.says("yes")
    assert talk.offered[0] == "Thu 5 Mar"
    talk = confirming()
    talk.knows(now=NOW + timedelta(days=1))
    assert "That day can no longer be booked" in talk.says("yes")


def test_when_nothing_is_free_a_person_may_help() -> None:
    talk = Talk(facts(taken=FULL))
    talk.says("book")
    assert "Nothing is free" in talk.says("1")
    assert talk.ids[0] == "counselor"
    closed = Talk(facts(clinic=replace(CLINIC, services=())))
    assert "not open here yet" in closed.says("book")


def test_a_service_or_day_that_is_gone_leads_on() -> None:
    for state, old in (
        (PickingService(), "service:gone"),
        (PickingDay("gone"), "day:2026-03-04"),
        (PickingService(), "day:2026-03-04"),
        (PickingDay("test"), "slot:gone@2026-03-04T10:00"),
        (PickingDay("test"), "slot:?"),
        (PickingDay("test"), "yes"),
    ):
        talk = Talk(state=state)
        assert "no longer open" in talk.taps(old)
    assert "which day" in Talk(state=PickingDay("test")).taps("day:someday")


def test_words_that_are_no_choice_are_asked_about_again_and_the_booking_is_kept() -> None:
    talk = Talk(facts(case=WAITING))
    talk.says("book")
    talk.says("1")
    first = talk.says("when the sun is low")
    assert "Please choose one of these" in first
    assert talk.of(RelayToCounselor) == [RelayToCounselor("case-1", "when the sun is low")]
    second = talk.says("qwpo")
    assert second != first
    assert talk.ids[0] == "counselor"
    assert isinstance(talk.state, PickingDay)
    assert "which time" in talk.says("1")


def test_whoever_goes_on_with_other_words_meant_something_else_than_booking() -> None:
    talk = Talk()
    talk.says("book")
    for words in ("qwpo", "zxmn"):
        talk.says(words)
    assert "do not want to guess" in talk.says("blorf")
    assert talk.ids == ["counselor", "notnow", "menu"]


def test_a_picture_or_an_emoji_does_not_end_a_booking() -> None:
    talk = Talk()
    talk.says("book")
    talk.sends("photo")
    talk.says("😀")
    assert isinstance(talk.state, PickingService)
    assert "which day" in talk.says("1")


def test_a_question_in_the_middle_is_answered() -> None:
    talk = Talk()
    talk.says("book")
    assert "Prep in short." in talk.says("what is prep")
    assert isinstance(talk.state, Idle)


@settings(max_examples=150, deadline=None)
@given(
    st.datetimes(datetime(2026, 3, 1), datetime(2026, 3, 20)),
    st.sets(st.sampled_from(sorted(FULL)), max_size=60),
    st.lists(st.integers(1, 7), max_size=12),
)
def test_every_time_offered_is_free_in_opening_hours_and_half_an_hour_ahead(
    when: datetime, full: set[str], chosen: list[int]
) -> None:
    now = when.replace(tzinfo=NAIROBI)
    talk = Talk(facts(now=now, taken=dict.fromkeys(full, 2)))
    talk.says("book")
    for number in chosen:
        talk.happens(Said(f"{number}"))
        for choice in talk.state.offered:
            kind, _, slot = choice.id.partition(":")
            if kind == "slot":
                _may_be_offered(slot, full, now)


def _may_be_offered(slot: str, full: set[str], now: datetime) -> None:
    service, _, spoken = slot.partition("@")
    starts = datetime.fromisoformat(spoken).replace(tzinfo=NAIROBI)
    ends = starts + timedelta(minutes={one.id: one.minutes for one in SERVICES}[service])
    assert slot not in full
    assert now + LEAD <= starts < now + timedelta(days=14)
    assert starts.date() not in CLINIC.closed
    assert any(opens <= starts.time() and ends.time() <= closes for opens, closes in CLINIC.hours[starts.weekday()])
