"""Several questions in one message: the urgent one is answered, the other offered, and one question is never split."""

import tomllib
from pathlib import Path

import pytest

from handlers import several
from handlers.effects import Reply
from handlers.states import Idle
from knowledge_base.library import Library
from knowledge_base.model import Urgency
from tests.given import Talk, entry, facts

CASES = tomllib.loads((Path(__file__).parent / "data" / "several.toml").read_text("utf-8"))


def hears(says: str, content: Library) -> tuple[str, ...]:
    """The entries that the first message of a conversation is answered with and offered beside it."""
    talk = Talk(facts(library=content))
    said = talk.says(says)
    if "You also asked" not in said and "Pia uliuliza" not in said:
        return ()
    others = [one.partition(":")[2] for one in talk.ids if one.startswith("entry:")]
    return (getattr(talk.state, "last_entry", ""), *others)


# Where one question ends


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("what is prep and where do i get it", ("what is prep", "where do i get it")),
        ("prep ni nini? na pep je, inapatikana wapi", ("prep ni nini?", "pep je", "inapatikana wapi")),
        ("wat is prep n hw much is it", ("wat is prep", "hw much is it")),
        ("what is pep & what is prep", ("what is pep", "what is prep")),
        ("the condom broke and where do i get pep", ("the condom broke and where do i get pep",)),
        ("what is the difference between pep and prep", ("what is the difference between pep and prep",)),
        ("hello, how are you? where are you", ("hello, how are you? where are you",)),
        ("hello, how are you", ("hello, how are you",)),
        ("where, how and why", ("where, how and why",)),
        ("...", ()),
        ("", ()),
    ],
)
def test_a_question_ends_where_the_next_begins(text: str, parts: tuple[str, ...]) -> None:
    assert several.parts(text) == parts


def test_whoever_needs_help_soonest_comes_first() -> None:
    kinds = (Urgency.ACTION, Urgency.NORMAL, Urgency.CRISIS, Urgency.SENSITIVE, Urgency.URGENT)
    ordered = several.by_urgency(entry(kind.value, urgency=kind) for kind in kinds)
    assert [one.urgency for one in ordered] == ["crisis", "urgent", "sensitive", "normal", "action"]


def test_equally_urgent_questions_keep_their_order() -> None:
    assert [one.id for one in several.by_urgency((entry("b"), entry("a")))] == ["b", "a"]


# What is said


def test_the_first_is_answered_and_the_other_offered_by_its_title(content: Library) -> None:
    heard = Talk(facts(library=content))
    said = heard.says("what is prep and where do i get condoms")
    assert said.startswith("PrEP is medicine you take before a risk")
    assert "You also asked: Where to get free condoms." in said
    assert heard.offered == ["Where to get free condoms", "It helped", "It did not help", "Talk to a person"]
    assert "You can get free condoms" in heard.says("1")


def test_the_urgent_one_is_answered_first(content: Library) -> None:
    heard = Talk(facts(library=content))
    heard.says("what is herpes and my testicle is swollen what do i do")
    assert heard.state == Idle(heard.state.offered, "symptom-testicle")
    assert heard.offered[0] == "Herpes"


def test_the_offer_is_made_in_the_language_of_the_message(content: Library) -> None:
    assert "Pia uliuliza: Pa kupata PrEP" in Talk(facts(library=content)).says("herpes ni nini na napata wapi prep")


def test_of_three_questions_two_are_offered_and_a_person_stays(content: Library) -> None:
    heard = Talk(facts(library=content))
    said = heard.says("what is mpox? what is herpes? where do i get free condoms? what is doxypep?")
    assert "You also asked: Herpes; Where to get free condoms." in said
    assert len(heard.ids) == 4
    assert heard.ids[-1] == "counselor"


def test_the_same_thing_asked_twice_is_asked_once(content: Library) -> None:
    assert "You also" not in Talk(facts(library=content)).says("where do i get condoms? where can i get free condoms?")


def test_a_part_that_is_not_sure_leaves_the_message_whole(content: Library) -> None:
    heard = Talk(facts(library=content))
    assert "You also" not in heard.says("what is prep and who won the match yesterday")
    assert len(heard.of(Reply)) == 1


# The measured set


def test_two_questions_are_told_apart_when_both_are_sure(content: Library) -> None:
    """Measured on 25: 18 are told apart, one of them with an entry beside the right one; the others stay whole."""
    found = [(set(hears(case["says"], content)), set(case["asks"])) for case in CASES["double"]]
    assert len(found) >= 25
    assert sum(heard == asked for heard, asked in found) >= 15
    assert sum(bool(heard) and heard != asked for heard, asked in found) <= 2


@pytest.mark.parametrize("says", CASES["single"])
def test_one_question_is_never_split(says: str, content: Library) -> None:
    assert hears(says, content) == ()


def test_the_contents_own_phrasings_are_not_split(content: Library) -> None:
    """One of 7,228 is: "wat is prep n how does it work", which asks two things."""
    asked = [phrasing.text for one in content.entries.values() for phrasing in one.phrasings]
    split = [text for text in asked if len(several.parts(text)) > 1 and hears(text, content)]
    assert len(split) <= 5
