"""Counting what happened: offered after a counselor's help only, as far as the client agrees, and nothing else is kept."""

import pytest

from handlers import report
from handlers.counties import COUNTIES, find
from handlers.effects import CloseHandover, FileReport, OpenHandover, RelayToCounselor
from handlers.events import CounselorClosed, CounselorSaid
from handlers.facts import Case
from handlers.states import Idle, Reporting, TellingStory, WaitingForCounselor, WithCounselor
from tests.given import TAKEN, WAITING, Talk, facts

# The morning of these tests is in week 10 of 2026.
WEEK, BEFORE = "2026-W10", "2026-W09"


def helped(kind: str = "blackmail", lang: str = "en") -> Talk:
    """A client whom a counselor has helped."""
    talk = Talk(facts(lang, case=Case("case-1", kind, "Amani")), WithCounselor("case-1"))
    talk.happens(CounselorClosed("Amani"))
    return talk


def asked(tier: str, kind: str = "blackmail") -> Talk:
    """The same, having agreed so far."""
    talk = helped(kind)
    talk.taps("report")
    talk.taps(tier)
    return talk


@pytest.mark.parametrize("kind", report.KINDS)
def test_the_end_of_a_counselors_talk_offers_it(kind: str) -> None:
    talk = helped(kind)
    assert "Amani has ended the talk" in talk.said
    assert "what happened can be counted" in talk.said
    assert talk.ids == [f"report:{kind}", "menu", "counselor"]


def test_it_is_offered_as_well_when_the_client_ends_the_talk() -> None:
    talk = Talk(facts(case=Case("case-1", "arrest", "Amani")), WithCounselor("case-1"))
    talk.says("menu")
    talk.taps("end")
    assert talk.of(CloseHandover)
    assert "report:arrest" in talk.ids


@pytest.mark.parametrize("kind", ["asked", "suicide", "medical-emergency", "child-abuse", "pep-window"])
def test_nothing_is_offered_after_what_is_no_incident_or_whose_details_are_never_asked(kind: str) -> None:
    assert "report" not in "".join(helped(kind).ids)


def test_nothing_is_offered_before_help() -> None:
    for case in (Case("case-1", "blackmail"), WAITING):
        talk = Talk(facts(case=case), WaitingForCounselor("case-1"))
        talk.happens(CounselorClosed("Amani"))
        assert "counted" not in talk.said
        assert "report" not in "".join(talk.ids)


def test_nothing_is_offered_to_who_wants_no_more_messages() -> None:
    talk = Talk(facts(case=Case("case-1", "arrest", "Amani")), WithCounselor("case-1"))
    assert "counted" not in talk.says("stop")


def test_the_choice_says_what_is_kept_and_that_it_cannot_be_taken_back() -> None:
    talk = helped()
    talk.taps("report")
    assert talk.offered == ["Help only", "Count me", "Share my story", "Talk to a person"]
    for words in ("kind, the county and the week", "own words", "cannot be taken back", "help does not depend on it"):
        assert words in talk.said


def test_help_only_keeps_nothing() -> None:
    talk = asked("helponly")
    assert "Nothing of it is kept" in talk.said
    assert talk.last.effects == talk.last.effects[:1]
    assert not talk.of(FileReport)
    assert isinstance(talk.state, Idle)


def test_count_me_keeps_kind_county_and_week_and_says_so() -> None:
    talk = asked("countme")
    talk.says("Kisumu")
    said = talk.says("this week")
    assert talk.of(FileReport) == [FileReport("blackmail", "Kisumu", WEEK)]
    assert "Only this is kept: blackmail, Kisumu, 2026-W10." in said
    assert talk.state == Idle(talk.state.offered)


@pytest.mark.parametrize(("choice", "week"), [("thisweek", WEEK), ("lastweek", BEFORE), ("longago", "")])
def test_the_week_is_the_one_of_the_incident(choice: str, week: str) -> None:
    talk = asked("countme", "arrest")
    talk.taps("county")
    talk.taps(choice)
    assert talk.of(FileReport) == [FileReport("arrest", "Nairobi", week)]


def test_the_county_need_not_be_said() -> None:
    talk = asked("countme")
    talk.taps("nocounty")
    talk.taps("longago")
    assert "blackmail, county not said, longer ago" in talk.said
    assert talk.of(FileReport) == [FileReport("blackmail", "", "")]


def test_a_place_that_is_no_county_is_asked_again_and_a_made_up_tap_is_passed() -> None:
    talk = asked("countme")
    first = talk.says("near the stage")
    assert "I do not know that county" in first
    assert talk.says("by the river") != first
    assert talk.ids == ["counselor", "county:Nairobi", "nocounty"]
    talk.says("nakuru county")
    assert isinstance(talk.state, Reporting)
    assert talk.state.county == "Nakuru"
    talk = asked("countme")
    for made_up in ("county:Atlantis", "thisweek"):
        talk.taps(made_up)
        assert not talk.of(FileReport)


def test_other_words_where_a_choice_is_asked_are_asked_about() -> None:
    talk = helped()
    talk.taps("report")
    assert "I do not see which one" in talk.says("blorf zub")
    assert isinstance(talk.state, Reporting)
    talk.sends("photo")
    assert not talk.of(FileReport)


STORY = "They arrested me and asked for money, then let me go"


def test_a_story_is_kept_in_the_clients_words_and_raises_no_alarm() -> None:
    talk = asked("mystory", "arrest")
    talk.says("1")
    talk.says("1")
    assert "Leave out names, numbers and places" in talk.said
    said = talk.says(STORY)
    assert talk.of(FileReport) == [FileReport("arrest", "Nairobi", WEEK, STORY)]
    assert "and your words, locked" in said
    assert not talk.of(OpenHandover)


def test_a_story_need_not_be_told_after_all() -> None:
    talk = asked("mystory", "arrest")
    for choice in ("county", "thisweek", "countonly"):
        talk.taps(choice)
    assert talk.of(FileReport) == [FileReport("arrest", "Nairobi", WEEK)]


def test_an_empty_message_is_no_story() -> None:
    talk = Talk(state=TellingStory("arrest", "Kisumu", WEEK))
    talk.says(" ")
    assert not talk.of(FileReport)


@pytest.mark.parametrize("words", ["i want to kill myself", "i took all the pills and cannot breathe"])
def test_a_danger_to_life_is_still_one(words: str) -> None:
    talk = Talk(state=TellingStory("arrest", "Kisumu", WEEK))
    talk.says(words)
    assert talk.of(OpenHandover)
    assert not talk.of(FileReport)


def test_one_talk_gives_one_report_and_old_keyboards_none() -> None:
    talk = asked("countme")
    talk.taps("county")
    talk.taps("thisweek")
    for again in ("report:blackmail", "countme", "thisweek"):
        talk.taps(again)
        assert not talk.of(FileReport)
        assert not isinstance(talk.state, Reporting)


def test_nothing_is_reported_while_a_counselor_is_called_or_talks() -> None:
    offered = helped().state.offered
    for case, state in ((WAITING, WaitingForCounselor("case-1", offered)), (TAKEN, WithCounselor("case-1", offered))):
        talk = Talk(facts(case=case), state)
        talk.taps("report")
        assert not isinstance(talk.state, Reporting)
    talk = Talk(facts(case=TAKEN), Reporting("arrest", "countme"))
    talk.says("Kisumu")
    assert talk.of(RelayToCounselor)
    talk.happens(CounselorSaid("Amani", "Pole."))
    assert isinstance(talk.state, WithCounselor)


def test_a_kind_that_was_made_up_is_not_counted() -> None:
    talk = Talk()
    talk.taps("report:gossip")
    assert "no longer open" in talk.said


# Counties


def test_there_are_47_counties_and_each_is_found_by_its_name() -> None:
    assert len(set(COUNTIES)) == 47
    assert all(find(name) == name for name in COUNTIES)


@pytest.mark.parametrize(("said", "found"), [
    ("nairobi", "Nairobi"), ("Nairobi County", "Nairobi"), ("kaunti ya Muranga", "Murang'a"), ("NAIROBI CITY", "Nairobi"),
    ("taita taveta", "Taita-Taveta"), ("homabay", "Homa Bay"), ("in nairobi with my friend", None), ("", None), ("5", None),
])  # fmt: skip
def test_a_county_is_understood_as_people_write_it(said: str, found: str | None) -> None:
    assert find(said) == found
