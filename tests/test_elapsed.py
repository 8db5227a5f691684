"""How long ago: in both languages, on the clock of dawn and the clock of midnight, and never a guess."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.elapsed import Elapsed, read
from tests.given import NAIROBI, NOW  # Wednesday 4 March 2026, 09:00

TOLD = {
    "12 hours": (12, 12),
    "2hrs ago": (2, 2),
    "an hour ago": (1, 1),
    "half an hour ago": (0.5, 0.5),
    "a few hours ago": (3, 3),
    "twenty four hours": (24, 24),
    "2 days ago": (36, 60),
    "a couple of days ago": (36, 60),
    "3 days": (60, 84),
    "two weeks ago": (252, 420),
    "just now": (0, 1),
    "it just happened, help": (0, 1),
    "last night": (4, 14),
    "last night at 2am": (6, 7),
    "10pm yesterday": (10, 11),
    "at 10 pm": (10, 11),
    "yesterday": (9, 33),
    "this morning": (0, 4),
    "today": (0, 9),
    "the day before yesterday": (33, 57),
    "friday night": (100, 110),
    "last saturday": (81, 105),
    "monday": (33, 57),
    "wednesday night": (148, 158),
    "it broke over the weekend": (57, 111),
    "last week": (57, 225),
    "last month": (81, 8841),
    "jana": (9, 33),
    "jana usiku": (4, 14),
    "condom ilipasuka jana usiku": (4, 14),
    "usiku wa kuamkia leo": (4, 14),
    "juzi": (33, 57),
    "juzi usiku": (28, 38),
    "leo asubuhi": (0, 4),
    "asubuhi hii": (0, 4),
    "sasa hivi": (0, 1),
    "dakika 30": (0.5, 0.5),
    "nusu saa": (0.5, 0.5),
    "masaa machache": (3, 3),
    "masaa kumi na mbili": (12, 12),
    "masaa ishirini na nne yaliyopita": (24, 24),
    "siku mbili zilizopita": (36, 60),
    "siku tatu": (60, 84),
    "wiki moja": (84, 252),
    "ijumaa usiku": (100, 110),
    "jumapili iliyopita": (57, 81),
    "wikendi": (57, 111),
    "wiki jana": (57, 225),
    "mwezi uliopita": (81, 8841),
}
# The clock from dawn: "saa kumi" is four o'clock, "saa kumi zilizopita" ten hours ago.
SWAHILI_CLOCK = {
    "saa kumi zilizopita": (10, 10),
    "saa 30": (30, 30),
    "jana saa kumi jioni": (16, 17),
    "jana saa kumi alfajiri": (28, 29),
    "jana saa tano asubuhi": (21, 22),
    "jana saa tano mchana": (21, 22),
    "jana saa nane mchana": (18, 19),
    "jana saa nne usiku": (10, 11),
    "saa saba usiku jana": (7, 8),
    "jana saa nne na nusu usiku": (10, 11),
    "saa mbili asubuhi": (0, 1),
}
UNTOLD = (
    "", "😀", "saa kumi", "hrs", "sijui", "i do not know", "condom broke, nifanye nini sasa hivi", "can i get pep today my condom broke",
    "is the clinic open on friday", "can you see me at the weekend condom broke", "maybe 17 or so",
)  # fmt: skip


@pytest.mark.parametrize(("text", "hours"), [*TOLD.items(), *SWAHILI_CLOCK.items()])
def test_a_time_is_understood_as_hours_ago(text: str, hours: tuple[float, float]) -> None:
    assert read(text, NOW) == Elapsed(*hours)
    assert read(text.upper() + ".", NOW) == Elapsed(*hours)


@pytest.mark.parametrize("text", UNTOLD)
def test_what_is_no_time_of_the_past_is_none(text: str) -> None:
    assert read(text, NOW) is None


def test_of_several_times_those_that_are_still_in_time_count() -> None:
    assert read("it was 10 days ago, and again 5 hours ago", NOW) == Elapsed(5, 5)
    assert read("2 hours or maybe 9 hours ago", NOW) == Elapsed(2, 9)
    assert read("10 days ago or 12 days", NOW) == Elapsed(228, 300)


def test_a_weekend_on_a_weekend_is_this_one_and_on_a_friday_the_last() -> None:
    assert read("wikendi", datetime(2026, 3, 7, 9, tzinfo=NAIROBI)) == Elapsed(0, 15)
    assert read("wikendi", datetime(2026, 3, 6, 9, tzinfo=NAIROBI)) == Elapsed(105, 159)


@given(st.text(max_size=60), st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))
def test_no_words_lead_to_an_error_or_to_the_future(text: str, now: datetime) -> None:
    found = read(text, now.replace(tzinfo=NAIROBI))
    assert found is None or 0 <= found.least <= found.most
