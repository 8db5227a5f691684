"""`check`: every rule the content has to keep, and a table of what it holds and what is missing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from bot import preview
from handlers.facts import Facts
from knowledge_base import library, standards
from knowledge_base.library import Files
from knowledge_base.model import ANSWER_LANGUAGES, PHRASING_LANGUAGES, Entry
from knowledge_base.problems import ContentProblems

COLUMNS = ("topic", "entries", *PHRASING_LANGUAGES, "sources", "no long", "to approve", "SMS parts en", "sw")


def checked(folder: Path = library.PACKAGED, contacts_file: Path = library.CONTACTS) -> Files:
    """Return the content of `folder`; raises `ContentProblems` with everything that breaks a rule, in order of place."""
    files = library.read(folder, contacts_file)
    found = [*files.problems, *standards.broken(files), *preview.unfitting(files)]
    if found:
        raise ContentProblems(sorted(found, key=lambda problem: (str(problem.file), problem.line)))
    return files


def summary(files: Files, today: date) -> str:
    """Return what `check` prints when all is well: a line for each topic, and the whole in words."""
    entries = list(files.entries.values())
    topics = sorted({entry.topic for entry in entries})
    given = {lang: preview.facts(library.made(files), lang) for lang in ANSWER_LANGUAGES}
    rows = [_row(topic, [entry for entry in entries if entry.topic == topic], given) for topic in topics]
    return "\n".join((*_table([COLUMNS, *rows]), "", *_words(files, today)))


def _row(topic: str, entries: Sequence[Entry], given: Mapping[str, Facts]) -> tuple[str, ...]:
    phrasings = Counter(phrasing.lang for entry in entries for phrasing in entry.phrasings)
    counts = (
        len(entries),
        *(phrasings[lang] for lang in PHRASING_LANGUAGES),
        sum(len(entry.sources) for entry in entries),
        sum(not answer.long for entry in entries for answer in entry.answers.values()),
        sum(not entry.review.by for entry in entries),
    )
    return (topic, *map(str, counts), *(_sms(entries, facts) for facts in given.values()))


def _sms(entries: Iterable[Entry], given: Facts) -> str:
    """The fewest and the most parts that the short answers of these entries take."""
    parts = [preview.sms_parts(reply) for entry in entries if (reply := preview.said(entry, "short", given))]
    return f"{min(parts)}-{max(parts)}"


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(_cells(row, widths)).rstrip() for row in rows]


def _cells(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    first, *others = row
    return [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]


def _words(files: Files, today: date) -> list[str]:
    entries = files.entries.values()
    phrasings = Counter(phrasing.lang for entry in entries for phrasing in entry.phrasings)
    counted = ", ".join(f"{phrasings[lang]:,} {lang}" for lang in PHRASING_LANGUAGES)
    sources = [source for entry in entries for source in entry.sources]
    waiting = sum(not entry.review.by for entry in entries)
    overdue = sum(entry.review.is_over(today) for entry in entries)
    unconfirmed = sum(not contact.confirmed for contact in files.contacts.values())
    return [
        f"{len(entries)} entries, {len(ANSWER_LANGUAGES)} languages, {phrasings.total():,} phrasings ({counted})",
        f"facts with sources: {sum(bool(entry.sources) for entry in entries)} of {len(entries)} entries, {len(sources)} sources; "
        f"{sum(not source.year for source in sources)} without a year, {sum(not source.url for source in sources)} without an address",
        f"{waiting} entries await approval, {overdue} are due for review again",
        f"{unconfirmed} of {len(files.contacts)} helplines are unconfirmed",
    ]
