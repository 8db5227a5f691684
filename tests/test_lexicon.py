"""The lexicon that staff keep: every table can be used, no word stands twice, and words of two meanings mislead nobody."""

import re
import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from knowledge_base.lexicon import concepts, named, respellings
from knowledge_base.library import Library
from knowledge_base.verdict import Sure, judge
from knowledge_base.words import plain, words

TABLES: dict[str, dict[str, list[str]]] = tomllib.loads(
    files("knowledge_base").joinpath("lexicon.toml").read_text("utf-8")
)
CONCEPTS = {name: table for name, table in TABLES.items() if name != "sms"}


def test_every_table_holds_words_under_a_meaning() -> None:
    assert {"testing", "hiv", "sex", "infections", "body", "mind", "violence", "law", "clinic"} <= CONCEPTS.keys()
    for table in TABLES.values():
        for meaning, forms in table.items():
            assert meaning == plain(meaning)
            assert forms
            assert all(isinstance(form, str) and form == plain(form).strip() for form in forms), meaning


def test_a_word_stands_for_one_thing_only() -> None:
    counted = Counter(form for table in TABLES.values() for forms in table.values() for form in forms)
    assert [form for form, times in counted.items() if times > 1] == []
    meanings = Counter(meaning for table in CONCEPTS.values() for meaning in table)
    assert [meaning for meaning, times in meanings.items() if times > 1] == []
    assert (
        meanings.keys() & {form for table in CONCEPTS.values() for forms in table.values() for form in forms} == set()
    )


def test_every_word_is_written_as_messages_are_read() -> None:
    marked = re.compile(r"[a-z0-9+' ]+")
    written = [one for one in (*concepts(), *respellings()) if marked.fullmatch(one)]
    assert [one for one in written if " ".join(words(one)) != one] == []


def test_texting_forms_stand_for_words_not_for_concepts() -> None:
    assert respellings()["wat"] == "what"
    assert "wat" not in concepts()


def test_a_concept_names_itself() -> None:
    for concept in concepts().values():
        assert concepts()[concept] == concept


def test_the_longest_phrase_wins_and_nothing_is_named_twice() -> None:
    phrase = max((one for one in concepts() if " " in one), key=lambda one: len(one.split()))
    assert named(["xyz", *phrase.split(), "xyz"]) == [(phrase, concepts()[phrase])]


def test_the_beginning_of_a_phrase_alone_names_nothing_of_it() -> None:
    phrase = next(one for one in concepts() if " " in one and one.split()[0] not in concepts())
    assert named([phrase.split()[0], "xyz"]) == []


def meaning(form: str) -> str | None:
    """What the concept tables say that `form` stands for."""
    return next((name for table in CONCEPTS.values() for name, forms in table.items() if form in forms), None)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("kisonono", "gonorrhoea"),
        ("magonjwa ya zinaa", "std"),
        ("mimba", "pregnancy"),
        ("uume", "penis"),
        ("chemist", "pharmacy"),
        ("duka la dawa", "pharmacy"),
        ("madawa ya kulevya", "drugs"),
        ("polisi", "police"),
        ("punyeto", "masturbation"),
        ("weed", "bhang"),
        ("shoga", "gay"),
        ("malaya", "sex work"),
        ("amekanyaga waya", "hiv"),
        ("niliwekewa mchele", "spiked"),
        ("kudungwa kisu", "stabbed"),
        ("haisimami", "weak erection"),
        ("sehemu za siri", "private parts"),
        ("nimefukuzwa", "thrown out"),
        ("mkimbizi", "refugee"),
        ("unyanyapaa", "discrimination"),
    ],
)
def test_what_people_write_is_understood(said: str, meant: str) -> None:
    assert meaning(said) == meant


AMBIGUOUS = ("kukojoa", "unga", "mchele", "kitu", "upele", "homa", "choma", "ankara", "kuwasha", "kudungwa", "kushikwa",
             "kuendesha", "chai", "ball", "ngapi", "trust", "head", "bakora", "njugu", "haki", "kumanga", "ulawiti")  # fmt: skip


@pytest.mark.parametrize("word", AMBIGUOUS)
def test_a_word_of_two_meanings_stands_for_none(word: str) -> None:
    assert meaning(word) is None


@pytest.mark.parametrize(
    ("alone", "meant", "together", "meant_together"),
    [
        ("mpira", "condom", "mpira wa miguu", "football"),
        ("trust", None, "trust condom", "condom"),
        ("ngapi", None, "saa ngapi", "what time"),
        ("ngapi", None, "ni ngapi", "cost"),
        ("kitu", None, "kitu kidogo", "bribe"),
        ("homa", None, "homa ya ini", "hepatitis"),
        ("mchele", None, "kuwekewa mchele", "spiked"),
        ("kudungwa", None, "kudungwa kisu", "stabbed"),
        ("haki", None, "haki zangu", "rights"),
    ],
)
def test_a_word_may_mean_something_else_in_company(
    alone: str, meant: str | None, together: str, meant_together: str
) -> None:
    assert (meaning(alone), meaning(together)) == (meant, meant_together)


@pytest.mark.parametrize("clock", ["saa mbili", "saa 2", "saa nane", "saa tatu usiku"])
def test_the_swahili_clock_is_not_counted_into_the_english_one(clock: str) -> None:
    """ "saa mbili" is eight o'clock, and "saa 2" may be either: the bot asks."""
    assert meaning(clock) is None


@pytest.mark.parametrize(
    ("said", "never"),
    [
        ("bei ya unga imepanda", "drug-alcohol-help"),
        ("nataka kununua unga wa ugali", "drug-alcohol-help"),
        ("napika mchele leo", "violence-sexual-assault"),
        ("nacheza mpira wa miguu kesho", "condom-how-to-use"),
        ("tutaangalia mechi ya mpira jioni", "condom-breaks-prevent"),
        ("naenda kukojoa kidogo", "premature-ejaculation"),
    ],
)
def test_the_everyday_meaning_of_a_word_is_not_answered_as_the_other_one(
    content: Library, said: str, never: str
) -> None:
    found = judge(content.index.search(said), content.index.calibration)
    assert not isinstance(found, Sure)
    assert content.index.search(said)[0].entry_id != never


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("natumia unga nataka kuacha", "drug-alcohol-help"),
        ("niliwekewa mchele kwa drink", "violence-sexual-assault"),
        ("nikikojoa inauma", "symptom-burning-urine"),
        ("mpira inanibana sana", "condom-size-fit"),
        ("nakojoa haraka sana tukianza mapenzi", "premature-ejaculation"),
    ],
)
def test_company_tells_which_meaning_is_meant(content: Library, said: str, meant: str) -> None:
    assert content.index.search(said)[0].entry_id == meant


SLURS = ("shoga", "mashoga", "msenge", "senge", "hanithi", "malaya", "kahaba", "msagaji", "kuchu", "faggot", "tranny")


def test_slurs_are_understood_and_never_said(content: Library) -> None:
    understood = {form for table in CONCEPTS.values() for forms in table.values() for form in forms}
    assert understood.issuperset(SLURS)
    answers = [answer for entry in content.entries.values() for answer in entry.answers.values()]
    locales = [file.read_text("utf-8") for file in files("handlers").joinpath("locales").iterdir()]
    said = {
        word for text in (*locales, *(f"{a.title} {a.short} {a.long}" for a in answers)) for word in plain(text).split()
    }
    assert not {word.strip(".,;:!?\"'()") for word in said} & {*SLURS}
