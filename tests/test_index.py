"""The index: short, misspelled, mixed-language questions find their entry."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge_base import Answer, Entry, Index, Phrasing, Urgency
from knowledge_base.library import Library
from knowledge_base.spelling import How
from knowledge_base.verdict import Sure, judge

EVERY = 9


def entry(name: str, *phrasings: str, title: str = "") -> Entry:
    answers = {"en": Answer(title, title)} if title else {}
    return Entry(name, "", Urgency.NORMAL, answers, tuple(Phrasing(text, "en") for text in phrasings))


SMALL = Index.build(
    [
        entry("prep", "what is prep", "who can take prep", "prep ni nini", title="PrEP"),
        entry("burst", "the condom broke", "condom burst last night", "mpira umepasuka", title="A broken condom"),
        entry("clinic", "where is the clinic", "kliniki iko wapi", title="The clinic"),
        entry("shared", "hello", "what is prep"),
        entry("empty"),
        entry("emoji", "😭"),
    ]
)


def first(index: Index, text: str) -> str:
    return index.search(text)[0].entry_id


@given(st.text(max_size=400))
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_text_gives_sorted_shares_of_one(content: Library, text: str) -> None:
    found = content.index.search(text)
    scores = [match.score for match in found]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) <= 1 + 1e-9
    assert all(score >= 0 for score in scores)
    assert len({match.entry_id for match in found}) == len(found) <= 5


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=60))
@settings(max_examples=60, deadline=None)
def test_case_and_a_final_mark_change_nothing_and_asking_again_neither(content: Library, text: str) -> None:
    found = content.index.search(text)
    assert content.index.search(text) == found
    assert content.index.search(text.upper() + " ?!") == found


def test_every_entry_is_found_first_by_its_own_phrasings(content: Library) -> None:
    asked = [(one.id, phrasing.text) for one in content.entries.values() for phrasing in one.phrasings][::EVERY]
    found = [(name, text, content.index.search(text, limit=1)[0]) for name, text in asked]
    assert [(name, text) for name, text, match in found if match.entry_id != name or match.score < 0.95] == []
    assert {name for name, *_ in found} == set(content.entries)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("mpira ulipasuka jana", {"pep-urgent", "condom-breaks-prevent"}),
        ("mpira wa kike", {"condom-internal"}),
        ("kukojoa kunauma", {"symptom-burning-urine"}),
        ("nimepata kaswende", {"sti-syphilis"}),
        ("anapata kaswende", {"sti-syphilis"}),
        ("kupata kaswende", {"sti-syphilis"}),
        ("wat is prep", {"prep-what-is"}),
        ("whatisprep", {"prep-what-is"}),
        ("hw 2 use a cndm", {"condom-how-to-use"}),
    ],
)
def test_texting_joined_words_lost_vowels_and_verb_forms_are_understood(
    content: Library, text: str, wanted: set[str]
) -> None:
    assert {match.entry_id for match in content.index.search(text, limit=3)} & wanted


@pytest.mark.parametrize(
    "text", ["mechi ya mpira leo", "bei ya unga na mchele", "natafuta kazi ya udereva", "wifi password"]
)
def test_ambiguous_words_in_another_sense_get_no_direct_answer(content: Library, text: str) -> None:
    assert not isinstance(judge(content.index.search(text), content.index.calibration), Sure)


def test_the_first_is_right_in_several_spellings() -> None:
    for text in ("wat is prep", "prp ni nini?", "WHO CAN TAKE PREP", "whocantake prep"):
        assert first(SMALL, text) == "prep"
    for text in ("cndm brst", "mpra umepasuka", "kondom bursted", "the rubber broke"):
        assert first(SMALL, text) == "burst"


def test_a_phrasing_word_for_word_decides_unless_two_entries_have_it() -> None:
    said = SMALL.search("The condom broke!")[0]
    assert said.entry_id == "burst"
    assert said.score >= 0.97
    assert SMALL.search("what is prep")[0].score < 0.97


def test_what_nobody_says_is_weak() -> None:
    assert SMALL.search("xqvk vvjj")[0].score < SMALL.calibration.sure


@pytest.mark.parametrize("entries", [[], [entry("empty")], [entry("emoji", "😭")]])
def test_without_phrasings_nothing_is_found(entries: Sequence[Entry]) -> None:
    assert Index.build(entries).search("prep") == []
    assert Index.build(entries).explain("prep").reasons == ()


@pytest.mark.parametrize("text", ["", "😭", "???", "\x00", "\ud800"])
def test_a_message_without_words_finds_nothing(text: str) -> None:
    assert SMALL.search(text) == []
    assert SMALL.explain(text).readings == ()


def test_the_limit_is_kept() -> None:
    assert len(SMALL.search("prep", limit=2)) == 2
    assert len(SMALL.search("prep", limit=50)) == 4
    assert SMALL.search("prep", limit=0) == []


def test_one_entry_is_an_index_too() -> None:
    alone = Index.build([entry("prep", "what is prep")])
    assert [match.entry_id for match in alone.search("prep")] == ["prep"]


def test_an_entry_that_comes_once_for_each_language_is_one() -> None:
    both = Index.build([entry("prep", "what is prep"), entry("clinic", "the clinic"), entry("prep", "prep ni nini")])
    assert [match.entry_id for match in both.search("prep ni nini")].count("prep") == 1


def test_an_explanation_says_how_each_word_was_read_and_what_speaks_for_each_match() -> None:
    found = SMALL.explain("wat is prepp xqvk")
    assert [(one.written, one.meant, one.how) for one in found.readings] == [
        ("wat", ("what",), How.TEXTING),
        ("is", ("is",), How.SAME),
        ("prepp", ("prep",), How.VOWELS),
        ("xqvk", ("xqvk",), None),
    ]
    assert [reason.match for reason in found.reasons] == SMALL.search("wat is prepp xqvk")
    assert found.reasons[0].phrasing == "what is prep"
    assert sum(found.reasons[0].shares.values()) >= sum(found.reasons[1].shares.values())
