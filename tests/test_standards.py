"""The rules of good content (docs/content.md): a good file keeps them all, and each is broken once, with line and remedy."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from knowledge_base import library, standards, twins
from knowledge_base.library import Library
from knowledge_base.problems import Problem
from knowledge_base.rules import rules
from knowledge_base.words import plain
from tests.test_library import GOOD, line, written

EN = ("slippery stuff", "oil for sex?", "is lube safe", "lube for anal", "gel please", "it hurts when dry", "wat is lub", "which lube",
      "my friend needs some", "what is lube", "jelly from the shop", "can i use butter")  # fmt: skip
SW = ("kilainishi ni nini", "nitapata wapi", "inauma ikikauka", "mafuta gani ni salama", "jeli ya maji", "rafiki anauliza",
      "naweza kutumia siagi", "ni bei gani")  # fmt: skip
SHENG = ("lube iko wapi", "nipee jeli", "mafta ya kudo", "iko chemist", "beshte anataka")


def listed(phrasings: Sequence[str]) -> str:
    """The phrasings as a line of TOML."""
    return "[" + ", ".join(f'"{one}"' for one in phrasings) + "]"


FULL = (
    GOOD.replace("related = []", 'related = ["dam", "gel"]\nnext = ["book"]')
    .replace(listed(("what is lube", "which lube", "is lube safe", "lube for anal")), listed(EN))
    .replace(listed(("kilainishi ni nini", "nitapata kilainishi wapi")), listed(SW))
    .replace(listed(("lube iko wapi",)), listed(SHENG))
    .replace('by = ""', 'by = ""\non = ""\ndue = ""')
    .replace("year = 2024", 'year = "2024"\nurl = "https://who.int/condoms?id=1"')
)


def broken(folder: Path, text: str, name: str = "condoms/lube.toml") -> list[tuple[int, str]]:
    """Line and sentence of every rule that a file with this text breaks."""
    written(folder, text, name)
    return [(problem.line, problem.sentence) for problem in standards.broken(library.read(folder))]


def test_a_good_file_breaks_no_rule(tmp_path: Path) -> None:
    assert FULL.count('"https://who.int/condoms?id=1"') == 1
    assert broken(tmp_path, FULL) == []


SHORT_EN, LONG_EN, SHORT_SW = "Use water-based lube.", "It keeps the condom whole.", "Tumia kilainishi cha maji."
HARD = "Individuals experiencing dermatological hypersensitivity should immediately discontinue utilisation."
LONG_SENTENCE = " ".join(["maji"] * 25) + "."
BROKEN = (
    ('"gel please", ', "", 'phrasings = ["slip', "[en] has 11 phrasings; at least 12"),
    (', "ni bei gani"', "", 'phrasings = ["kilai', "[sw] has 7 phrasings; at least 8"),
    (', "iko chemist"', "", 'phrasings = ["lube iko', "[sheng] has 4 phrasings; at least 5"),
    ('["dam", "gel"]', '["dam"]', "related =", "related names 1 entries; 2 to 4 lead on"),
    ('["dam", "gel"]', '["dam", "gel", "a", "b", "c"]', "related =", "related names 5 entries; 2 to 4 lead on"),
    ('["book"]', '["book", "counselor", "book"]', "next =", "next names 3 steps; at most 2"),
    ('by = ""', 'by = "Dr. A"', "[review]", "is reviewed by nobody or on no day; use python -m bot approve, or empty both"),
    ('on = ""', 'on = "2026-01-01"', "[review]", "is reviewed by nobody or on no day; use python -m bot approve, or empty both"),
    ('due = ""', 'due = "soon"', "due =", "[review] due is 'soon'; write a day like 2026-05-31, or nothing"),
    ('due = ""', 'due = "20260101"', "due =", "[review] due is '20260101'; write a day like 2026-05-31, or nothing"),
    ('by = ""\non = ""\ndue = ""', 'by = "A"\non = "2026-05-02"\ndue = "2026-05-01"', "due =", "[review] is due on 2026-05-01, before it was given; correct it"),
    ('year = "2024"', 'year = "last"', "year =", "the year 'last' is none; write four digits, or nothing"),
    ("https://who.int/condoms?id=1", "who.int", "who.int", "'who.int' is no address; write https://…, or nothing"),
    ("https://who.int/condoms?id=1", "https://iii.my.id/x", "iii.my", "iii.my.id only copied the page; name organisation and title, and empty the url"),
    ("https://who.int/condoms?id=1", "http://47.1.2.3:80/x", "47.1", "47.1.2.3 only copied the page; name organisation and title, and empty the url"),
    (LONG_EN, "We are {shop}.", "{shop}", "[en] long holds {shop}; the placeholders are organisation, clinic_hours, clinic_place, clinic_prices, clinic_stock, pep_at_night"),
    (LONG_EN, "A brace } alone.", "brace", "[en] long holds a lone '}'; write {name} or leave it out"),
    ('"Kilainishi"', '"Ya {organisation}"', "{organ", "[sw] title holds {organisation}; titles are taps and stay as they are"),
    (LONG_EN, "You should have asked.", "asked", "[en] long says 'should have'; say what can be done now"),
    (LONG_EN, "It is for\\nNormal people.", "Normal", "[en] long says 'Normal people'; say who is meant"),
    (LONG_EN, "Promiscuous or not.", "Promis", "[en] long says 'Promiscuous'; speak of more than one partner"),
    (LONG_EN, "A high-risk group.", "high", "[en] long says 'high-risk group'; say what raises the chance"),
    (LONG_EN, "Ask if you are clean.", "clean", "[en] long says 'you are clean'; say your test is negative"),
    (SHORT_SW, "Si ya mashoga tu.", "mashoga", "[sw] short says 'mashoga'; say wanaume wanaopenda wanaume"),
    (SHORT_SW, "Ungepaswa kuja.", "Ungep", "[sw] short says 'Ungepaswa'; say what can be done now"),
    (LONG_EN, "Take 500 mg.", "500 mg", "[en] long holds the amount '500 mg'; no answer gives a dose"),
    (LONG_EN, "Fill 20ml of water.", "20ml", "[en] long holds the amount '20ml'; no answer gives a dose"),
    (LONG_EN, "Take two tablets of doxycycline.", "two tab", "[en] long gives 'two tablets' of 'doxycycline'; no answer gives a dose of it"),
    (LONG_EN, "Antibiotics go 3 times a day.", "3 times", "[en] long gives '3 times a day' of 'Antibiotics'; no answer gives a dose of it"),
    (SHORT_SW, "Meza vidonge 2 vya misoprostol.", "vidonge 2", "[sw] short gives 'vidonge 2' of 'misoprostol'; no answer gives a dose of it"),
    (LONG_EN, "Call 07 123 456 78.", "07 123", "[en] long holds the phone number '07 123 456 78'; it belongs to contacts.toml"),
    (LONG_EN, "It costs KSh 50.", "KSh 50", "[en] long holds the price 'KSh 50'; it belongs to the organisation"),
    (SHORT_SW, "Ni shilingi 50.", "shilingi", "[sw] short holds the price 'shilingi 50'; it belongs to the organisation"),
    (LONG_EN, "Come to Moi Avenue.", "Moi", "[en] long holds the address 'Moi Avenue'; it belongs to the organisation"),
    (LONG_EN, "Police: 999.", "999", "[en] long holds '999', which is a number to call; name the contact instead"),
    (LONG_EN, "Children: 166.", "166", "[en] long holds '166', which is a number to call; name the contact instead"),
    (SHORT_EN, HARD, "short =", "[en] short reads at grade 43.6; at most 7: shorten sentences and words"),
    (SHORT_SW, LONG_SENTENCE, "maji maji", "[sw] short has a sentence of 25 words; at most 24: cut it in two"),
)  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "where", "sentence"), BROKEN, ids=[row[3][:70] for row in BROKEN])
def test_a_broken_rule_is_said_with_line_and_remedy(
    tmp_path: Path, good: str, bad: str, where: str, sentence: str
) -> None:
    assert good in FULL
    text = FULL.replace(good, bad, 1)
    assert (line(text, where), sentence) in broken(tmp_path, text)


FINE = (
    (LONG_EN, "You must have a test. Two pills of PrEP come first."),
    (LONG_EN, "Wash with clean water. Ask what doxycycline does."),
    (LONG_EN, "Wait 72 hours. Ask again in 2027, or after 120 days."),
    (SHORT_SW, "Osha kwa maji safi. Meza kidonge kimoja cha PrEP."),
    ('by = ""\non = ""\ndue = ""', 'by = "Dr. A"\non = "2026-05-01"\ndue = "2027-05-01"'),
    ('year = "2024"', 'year = "2006, revised 2022"'),
    ('year = "2024"', 'year = "2021-22"'),
    ('url = "https://who.int/condoms?id=1"', 'url = ""'),
)


@pytest.mark.parametrize(("old", "new"), FINE, ids=[new[:40] for _, new in FINE])
def test_what_only_looks_like_a_broken_rule_is_fine(tmp_path: Path, old: str, new: str) -> None:
    assert old in FULL
    assert broken(tmp_path, FULL.replace(old, new, 1)) == []


def test_long_sentences_on_average_are_said(tmp_path: Path) -> None:
    text = FULL.replace(SHORT_SW, " ".join(["maji"] * 15) + ".")
    assert broken(tmp_path, text) == [
        (line(text, 'short = "maji'), "[sw] short has 15.0 words a sentence; at most 14: cut some in two")
    ]


def test_placeholders_are_equal_in_both_languages(tmp_path: Path) -> None:
    one = FULL.replace(SHORT_EN, "We are {organisation}. Use lube.")
    (problem,) = broken(tmp_path, one)
    assert problem == (
        line(one, "short ="),
        "short has other placeholders in one language (organisation); use the same in both",
    )
    assert broken(tmp_path, one.replace(SHORT_SW, "Sisi ni {organisation}.")) == []


def test_an_entry_in_one_language_is_measured_all_the_same(tmp_path: Path) -> None:
    text = FULL.replace('[sw]\ntitle = "Kilainishi"\nshort = "Tumia kilainishi cha maji."\n', "[sw]\n")
    assert broken(tmp_path, text.replace(SHORT_EN, "We are {organisation}.")) == []


def test_an_entry_without_any_answer_does_not_stop_the_check(tmp_path: Path) -> None:
    start, end = FULL.index("[en]"), FULL.index("[sheng]")
    assert [sentence for _, sentence in broken(tmp_path, FULL[:start] + FULL[end:])] == [
        "[en] has 0 phrasings; at least 12",
        "[sw] has 0 phrasings; at least 8",
    ]


def other(text: str) -> str:
    """The good file as another entry, with one phrasing of its own and nothing like the first one's."""
    made = FULL.replace('id = "lube"', 'id = "gel"')
    for number, phrasings in enumerate((EN, SW, SHENG)):
        own = [f"{'abc'[number] * 3}{index} {'xyz'[index % 3] * 9}{index * 7}" for index, _ in enumerate(phrasings)]
        made = made.replace(listed(phrasings), listed([text, *own] if not number else own))
    return made


def test_phrasings_that_look_alike_are_said(tmp_path: Path) -> None:
    written(tmp_path, FULL)
    text = other("It hurts when dri!")
    found = [one for one in broken(tmp_path, text, "condoms/gel.toml") if "nearly" in one[1]]
    sentence = (
        "phrasing 'It hurts when dri!' is nearly 'it hurts when dry' of lube; keep one, or list them in rules.toml"
    )
    backward = (
        "phrasing 'it hurts when dry' is nearly 'It hurts when dri!' of gel; keep one, or list them in rules.toml"
    )
    assert [sentence for _, sentence in found] in ([sentence], [backward])
    assert [one for one in broken(tmp_path, other("so painful"), "condoms/gel.toml") if "nearly" in one[1]] == []


def test_every_listed_pair_of_twins_is_needed_and_nothing_else_is_let_pass(content: Library) -> None:
    found = twins.alike({Path(entry.id): entry for entry in content.entries.values()})
    for pair in rules().twins:
        assert any(twins.allowed(one, other, pair) for one, other in found), pair
    first, second = next(
        (one, other) for one, other in found if {one.entry_id, other.entry_id} == {"pep-what-is", "prep-what-is"}
    )
    (listed_pair,) = (pair for pair in rules().twins if pair.entries == {"pep-what-is", "prep-what-is"})
    assert twins.allowed(first, second, listed_pair)
    astray = twins.Asked(first.file, "pep-where", first.phrasing, first.text)
    assert not twins.allowed(astray, second, listed_pair)
    reworded = twins.Asked(first.file, first.entry_id, "", f"{first.text} now")
    assert not twins.allowed(reworded, second, listed_pair)


def test_alike_is_found_however_the_phrasings_are_grouped(content: Library) -> None:
    """Comparing in blocks by length finds what comparing each with each finds."""
    from rapidfuzz import fuzz

    chosen = {Path(name): entry for name, entry in content.entries.items() if entry.topic in ("pep", "prep")}
    asked = [(name, plain(p.text).strip(" ?!.")) for name, entry in chosen.items() for p in entry.phrasings]
    slow = {
        frozenset((one[1], other[1]))
        for one in asked
        for other in asked
        if one[0] != other[0] and one[1] != other[1] and fuzz.ratio(one[1], other[1]) >= twins.ALIKE_FROM
    }
    assert {frozenset((one.text, other.text)) for one, other in twins.alike(chosen)} == slow
    assert len(slow) > 5


def test_the_packaged_content_keeps_every_rule() -> None:
    assert [str(problem) for problem in standards.broken(library.read())] == []


CONTACT = """\
[[contact]]
id = "one"
number = "1195"
free = true
source = "A"
year = "2025"
confirmed = ""
ready = true
en = "Line"
sw = "Simu"
"""


@pytest.mark.parametrize(
    ("old", "new", "where", "sentence"),
    [
        ('"1195"', '"166"', "number", "166 is a wrong number for Childline, which is 116; remove the contact"),
        ('"1195"', '"+254726460000"', "number", "+254726460000 is for clinicians only; remove the contact"),
        ('"1195"', '"0700 395 395"', "number", "'0700 395 395' cannot be dialled as it is; write +254…, 0800…, or the short number"),
        ('confirmed = ""', 'confirmed = "yes"', "confirmed", "confirmed is 'yes'; write the day of the call like 2026-05-31"),
        ('"2025"', '"old"', "year", "the year 'old' is none; write four digits, or nothing"),
    ],
)  # fmt: skip
def test_a_helpline_that_must_not_be_shown_as_it_is_is_said(
    tmp_path: Path, old: str, new: str, where: str, sentence: str
) -> None:
    written(tmp_path, FULL)
    text = CONTACT.replace(old, new)
    contacts = written(tmp_path.parent, text, f"{tmp_path.name}-contacts.toml")
    problem = Problem(contacts, line(text, where), sentence)
    assert problem in standards.broken(library.read(tmp_path, contacts))
    contacts.write_text(CONTACT.replace('confirmed = ""', 'confirmed = "2026-05-31"'))
    assert standards.broken(library.read(tmp_path, contacts)) == []
