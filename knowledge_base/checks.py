"""What the service cannot do without: content that breaks one of these rules is not loaded. Each check yields what breaks it.

The rules of good writing are in `standards`; both are held by `python -m bot check` (docs/content.md).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from knowledge_base.model import ANSWER_LANGUAGES, Contact, Entry
from knowledge_base.problems import Complaint, Problem
from knowledge_base.words import normalise, plain

TITLE_LIMIT, SHORT_LIMIT, LONG_LIMIT = 60, 600, 1200
NEXT_STEPS = ("book", "counselor")
# Phone numbers have four digits or more in a row; years of a guideline belong into the sources.
_NUMBER = re.compile(r"\d{4,}|https?://|www\.")


def check_all(entries: Mapping[Path, Entry], known: Collection[str], contacts: Mapping[str, Contact]) -> list[Problem]:
    """Return every problem in `entries`, which stand in their files. `known` are the ids that may be named, of files
    that have problems too, so that one unreadable file does not spoil those that name it."""
    found: list[Problem] = []
    for file, entry in entries.items():
        broken = (*_place(file, entry), *_answers(entry), *_phrasings(entry), *_references(entry, known, contacts))
        found += _located(file, broken)
    return found + _doubled(entries) + _stolen(entries)


def _located(file: Path, broken: Iterable[tuple[str, str]]) -> list[Problem]:
    text = file.read_text("utf-8")
    return [Complaint("", needle, sentence).located(file, text) for needle, sentence in broken]


def _place(file: Path, entry: Entry) -> Iterator[tuple[str, str]]:
    if (file.parent.name, file.stem) != (entry.topic, entry.id):
        yield "id =", f"id and topic do not fit the file's place; it should be {entry.topic}/{entry.id}.toml"


def _doubled(entries: Mapping[Path, Entry]) -> list[Problem]:
    found: list[Problem] = []
    first: dict[str, Path] = {}
    for file, entry in entries.items():
        other = first.setdefault(entry.id, file)
        if other is not file:
            found += _located(
                file, [("id =", f"id {entry.id!r} also stands in {other.parent.name}/{other.name}; rename one")]
            )
    return found


def _answers(entry: Entry) -> Iterator[tuple[str, str]]:
    for lang in ANSWER_LANGUAGES:
        if lang not in entry.answers:
            yield "id =", f"has no [{lang}] answer; add a title and a short text"
            continue
        answer = entry.answers[lang]
        for name, text, limit in (("title", answer.title, TITLE_LIMIT), ("short", answer.short, SHORT_LIMIT), ("long", answer.long, LONG_LIMIT)):  # fmt: skip
            yield from _text(lang, name, text, limit)
    if not entry.sources:
        yield "id =", "names no source; add [[sources]]"


def _text(lang: str, name: str, text: str, limit: int) -> Iterator[tuple[str, str]]:
    if len(text) > limit:
        yield text[:20].split("\n")[0], f"[{lang}] {name} has {len(text)} characters; at most {limit} fit"
    if name != "long" and not text:
        yield f"[{lang}]", f"[{lang}] {name} is empty; write it"
    if found := _NUMBER.search(text):
        yield (
            found[0],
            f"[{lang}] {name} holds {found[0]!r}; numbers to call belong into contacts.toml, links into sources",
        )


def _phrasings(entry: Entry) -> Iterator[tuple[str, str]]:
    for phrasing in entry.phrasings:
        if not normalise(phrasing.text):
            yield phrasing.text or "phrasings", f"phrasing {phrasing.text!r} has no words; remove it"


def _references(entry: Entry, known: Collection[str], contacts: Mapping[str, Contact]) -> Iterator[tuple[str, str]]:
    for name, values, good in (("related", entry.related, known), ("contacts", entry.contacts, contacts), ("next", entry.next, NEXT_STEPS)):  # fmt: skip
        for value in values:
            if value not in good:
                yield f"{name} =", f"{name} names {value!r}, which does not exist; correct or remove it"
    if entry.id in entry.related:
        yield "related =", "is related to itself; remove its own id from related"


def _stolen(entries: Mapping[Path, Entry]) -> list[Problem]:
    found: list[Problem] = []
    owners: dict[str, Entry] = {}
    for file, entry in entries.items():
        for phrasing in entry.phrasings:
            first = owners.setdefault(plain(phrasing.text).strip(" ?!."), entry)
            if first is not entry:
                sentence = f"phrasing {phrasing.text!r} also stands in {first.id}; keep it in one"
                found += _located(file, [(phrasing.text, sentence)])
    return found
