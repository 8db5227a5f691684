"""What answers say of the organisation: its name and hours, in both languages, and good sentences without them."""

from datetime import time

import pytest

from handlers import question, told
from handlers.effects import Reply
from handlers.facts import Clinic
from handlers.told import Spans
from knowledge_base.library import Library
from tests.given import facts

DAY: Spans = ((time(8), time(17)),)
SPLIT: Spans = ((time(8), time(12)), (time(14), time(17)))
SATURDAY: Spans = ((time(9), time(13, 30)),)


@pytest.mark.parametrize(
    ("lang", "opened", "said"),
    [
        ("en", {}, ""),
        ("en", {6: ()}, ""),
        ("en", {0: DAY}, "Monday 08:00 to 17:00"),
        ("sw", {0: DAY}, "Jumatatu 08:00 (saa 2 asubuhi) hadi 17:00 (saa 11 jioni)"),
        ("en", {**dict.fromkeys(range(5), DAY), 5: SATURDAY}, "Monday to Friday 08:00 to 17:00 and Saturday 09:00 to 13:30"),
        ("en", {3: SPLIT, 0: DAY, 2: DAY}, "Monday 08:00 to 17:00, Wednesday 08:00 to 17:00, and Thursday 08:00 to 12:00 and 14:00 to 17:00"),
        ("sw", {5: DAY, 6: DAY}, "Jumamosi hadi Jumapili 08:00 (saa 2 asubuhi) hadi 17:00 (saa 11 jioni)"),
    ],
)  # fmt: skip
def test_hours_are_said_by_days_that_go_together(lang: str, opened: dict[int, Spans], said: str) -> None:
    assert told.hours(lang, opened) == said


def answer(content: Library, entry: str, lang: str, at: Clinic, organisation: str) -> str:
    """What the bot answers from the packaged entry."""
    decision = question.answer(facts(lang, library=content, clinic=at, organisation=organisation), entry)
    assert decision
    return next(effect.text for effect in decision.effects if isinstance(effect, Reply))


OPEN = Clinic(
    "the clinic",
    "behind the market",
    hours=dict.fromkeys(range(5), DAY),
    prices={"en": "a card costs 50 shillings", "sw": "kadi ni shilingi 50"},
    pep_at_night="the hospital on the hill",
    stock={"en": "condoms", "sw": "kondomu"},
)
CLOSED = Clinic("the clinic", "")


@pytest.mark.parametrize(
    ("lang", "hours", "rest"),
    [
        ("en", "We are open Monday to Friday 08:00 to 17:00.", "Book a visit here"),
        ("sw", "Tunafungua Jumatatu hadi Ijumaa 08:00 (saa 2 asubuhi) hadi 17:00 (saa 11 jioni).", "Weka nafasi hapa"),
    ],
)
def test_the_clinics_hours_are_told_and_left_out_when_unknown(
    content: Library, lang: str, hours: str, rest: str
) -> None:
    known = answer(content, "clinic-hours-location", lang, OPEN, "Us")
    assert known.startswith(f"{hours}\n\n{rest}")
    assert "behind the market" not in known
    assert answer(content, "clinic-hours-location", lang, CLOSED, "Us").startswith(rest)


@pytest.mark.parametrize("lang", ["en", "sw"])
def test_no_answer_shows_a_placeholder_or_a_gap_whatever_is_known(content: Library, lang: str) -> None:
    for at, organisation in ((OPEN, "Us"), (CLOSED, "")):
        known = facts(lang, library=content, clinic=at, organisation=organisation)
        for entry in content.entries.values():
            for text in (entry.answer(lang).short, entry.answer(lang).long):
                said = told.filled(text, known) if text else "."
                assert not set("{}") & set(said), entry.id
                assert "\n\n\n" not in said, entry.id
                assert said == said.strip(), entry.id


@pytest.mark.parametrize(
    ("entry", "lang", "told_by_us", "told_by_a_person"),
    [
        ("clinic-cost", "en", "At our own clinic, a card costs 50 shillings.", "I was not told what our clinic asks for."),
        ("clinic-cost", "sw", "Kwenye kliniki yetu, kadi ni shilingi 50.", "Sijaambiwa gharama za kliniki yetu."),
        ("pep-where", "en", "PEP at night and on weekends: the hospital on the hill.", "I was not given a list of places with PEP at night."),
        ("pep-where", "sw", "PEP usiku na wikendi: the hospital on the hill.", "Sijapewa orodha ya mahali penye PEP usiku."),
        ("clinic-hours-location", "en", "We are open Monday to Friday 08:00 to 17:00.", "I was not told our opening hours."),
        ("book-appointment", "sw", "Tunafungua Jumatatu hadi Ijumaa", "Sijaambiwa saa zetu za kufungua."),
        ("condom-where", "en", "Free at our clinic now: condoms.", "I was not told what our clinic gives away now."),
        ("condom-where", "sw", "Bure kwenye kliniki yetu sasa: kondomu.", "Sijaambiwa kliniki yetu inatoa nini bure sasa."),
        ("lube-where", "en", "Free at our clinic now: condoms.", "I was not told what our clinic gives away now."),
        ("lube-where", "sw", "Bure kwenye kliniki yetu sasa: kondomu.", "Sijaambiwa kliniki yetu inatoa nini bure sasa."),
    ],
)  # fmt: skip
def test_what_the_organisation_has_not_told_us_a_person_tells(
    content: Library, entry: str, lang: str, told_by_us: str, told_by_a_person: str
) -> None:
    known, unknown = (answer(content, entry, lang, at, "Us") for at in (OPEN, CLOSED))
    assert told_by_us in known
    assert told_by_a_person not in known
    assert told_by_us.partition(":")[0] not in unknown
    assert told_by_a_person in unknown


def test_a_person_stands_under_every_answer_that_names_one(content: Library) -> None:
    decision = question.answer(facts("en", library=content, clinic=CLOSED), "pep-where")
    assert decision
    (reply,) = (effect for effect in decision.effects if isinstance(effect, Reply))
    assert "counselor" in [choice.id for choice in reply.choices]


def test_an_answer_of_nothing_that_is_known_names_a_person() -> None:
    nothing = facts("en", clinic=CLOSED)
    expected = "I was not told where the clinic is. A person here can tell you."
    assert told.filled("Come to {clinic_place}.", nothing) == expected
    assert told.filled("Come to {clinic_place}.", facts("en", clinic=OPEN)) == "Come to behind the market."
