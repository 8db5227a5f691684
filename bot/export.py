"""`export`: all content as one page that needs nothing else, for a clinician to read on a phone or on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot import preview
from bot.world import World
from handlers.effects import Reply
from handlers.facts import Facts
from knowledge_base.library import Library
from knowledge_base.model import ANSWER_LANGUAGES, PHRASING_LANGUAGES, Entry

_TEMPLATES = Environment(
    loader=PackageLoader("bot"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


# What is not written as it is spoken; every other word of a topic is.
_SPELT = {"hiv": "HIV", "pep": "PEP", "prep": "PrEP", "sti": "STI", "lube": "and lube"}


class ExportProblem(Exception):
    """Nothing was written; the text is one sentence with the remedy."""


class Form(StrEnum):
    """What can be written."""

    HTML = "html"


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in one language, as a client sees it: the title, the short answer, and after it the long one if any."""

    lang: str
    title: str
    parts: Sequence[Reply]


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry on the page: what it says in each language, where it leads, and in which words people ask for it."""

    entry: Entry
    told: Sequence[Told]
    related: Mapping[str, str]
    phrasings: Mapping[str, Sequence[str]]


def write(file: Path, form: Form, world: World, today: date) -> None:
    """Write all content to `file`; raises `ExportProblem` when that cannot be done."""
    text = {Form.HTML: page}[form](world, today)
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise ExportProblem(f"{file} cannot be written ({error.strerror}); give another place") from None


def page(world: World, today: date) -> str:
    """Return the page, entries by topic; the organisation's own name and hours are filled in."""
    library = world.library
    given = {lang: preview.facts(library, lang, world.clinic, world.organisation) for lang in ANSWER_LANGUAGES}
    entries = sorted(library.entries.values(), key=lambda entry: entry.topic)
    topics = {name: [_shown(entry, given) for entry in group] for name, group in groupby(entries, lambda e: e.topic)}
    return _TEMPLATES.get_template("content.html").render(
        topics=topics,
        titles={topic: title(topic) for topic in topics},
        today=today,
        organisation=world.organisation,
        counts=_counts(library),
    )


def title(topic: str) -> str:
    """Return the name of a topic for a heading: "living-with-hiv" is "Living with HIV"."""
    words = " ".join(_SPELT.get(word, word) for word in topic.split("-"))
    return words[0].upper() + words[1:]


def _counts(library: Library) -> Mapping[str, int]:
    entries = library.entries.values()
    return {
        "entries": len(entries),
        "approved": sum(bool(entry.review.by) for entry in entries),
        "phrasings": sum(len(entry.phrasings) for entry in entries),
    }


def _shown(entry: Entry, given: Mapping[str, Facts]) -> Shown:
    library = given["en"].library
    related = {name: library.entries[name].answer("en").title for name in entry.related}
    asked = {lang: [p.text for p in entry.phrasings if p.lang == lang] for lang in PHRASING_LANGUAGES}
    return Shown(entry, [_told(entry, lang, given[lang]) for lang in ANSWER_LANGUAGES], related, asked)


def _told(entry: Entry, lang: str, given: Facts) -> Told:
    parts = [reply for part in preview.PARTS if (reply := preview.said(entry, part, given))]
    return Told(lang, entry.answer(lang).title, parts)
