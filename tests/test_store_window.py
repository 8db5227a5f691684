"""When a WhatsApp client last wrote: coarse, never later than the truth, and forgotten once it does not matter."""

import pytest

from bot.store.codec import Memory
from bot.store.window import STEP_SECONDS, WINDOW_SECONDS, heard, is_open
from handlers.events import CounselorSaid, Event, Failed, Said, SentMedia, Started, Tapped, Undelivered

NOW = 1_772_600_000.0
BEFORE = Memory(language="sw", last_heard=NOW - NOW % STEP_SECONDS - STEP_SECONDS)
# The client; everything else says nothing about when they wrote.
CLIENT: tuple[Event, ...] = (Said("hi"), Tapped("menu"), SentMedia("photo"), Started())
OTHERS: tuple[Event, ...] = (CounselorSaid("Amani", "Pole."), Failed(), Undelivered("gone"))


@pytest.mark.parametrize("event", CLIENT)
@pytest.mark.parametrize("late", [0.0, 1.0, 899.0, 12_345.6])
def test_the_time_is_kept_to_the_quarter_of_an_hour_and_never_later(event: Event, late: float) -> None:
    kept = heard("whatsapp", BEFORE, event, NOW + late).last_heard
    assert kept % STEP_SECONDS == 0
    assert 0 <= NOW + late - kept < STEP_SECONDS


@pytest.mark.parametrize("channel", ["telegram", "sms", "web"])
def test_no_other_channel_keeps_a_time_or_has_a_window(channel: str) -> None:
    memory = heard(channel, BEFORE, Said("hi"), NOW)
    assert memory == Memory(language="sw")
    assert is_open(channel, memory, NOW)


@pytest.mark.parametrize("event", OTHERS)
def test_a_time_stays_while_it_matters_and_goes_after_the_24_hours(event: Event) -> None:
    closes = BEFORE.last_heard + WINDOW_SECONDS
    assert heard("whatsapp", BEFORE, event, closes).last_heard == BEFORE.last_heard
    assert heard("whatsapp", BEFORE, event, closes + 1).last_heard == 0.0


def test_what_whatsapp_says_of_its_window_is_believed() -> None:
    told = heard("whatsapp", BEFORE, Undelivered("window"), NOW)
    assert not is_open("whatsapp", told, NOW)
    assert is_open("whatsapp", heard("whatsapp", told, Said("1"), NOW), NOW)


@pytest.mark.parametrize(("silent", "expected"), [(0, True), (WINDOW_SECONDS, True), (WINDOW_SECONDS + 1, False)])
def test_the_window_is_open_for_24_hours(silent: int, expected: bool) -> None:
    assert is_open("whatsapp", BEFORE, BEFORE.last_heard + silent) is expected
