"""The rules of good content, beyond what the service needs to run (`checks`). Limits come from docs/content.md."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from knowledge_base import placeholders, twins, wording
from knowledge_base.library import Files
from knowledge_base.model import Contact, Entry, Review, Source
from knowledge_base.problems import Complaint, Problem
from knowledge_base.rules import Rules, rules

# Measured: from 5 to 16 phrasings an entry lift the share of right answers from 0.74 to 0.85.
PHRASINGS_AT_LEAST = {"en": 12, "sw": 8, "sheng": 5}
RELATED, NEXT_AT_MOST = range(2, 5), 2
_HOST = re.compile(r"https?://([A-Za-z0-9.-]+)(?::\d+)?(?:/\S*)?")
_IP = re.compile(r"[\d.]+")
_YEAR = re.compile(r"|\d{4}(-\d{2,4})?(, revised \d{4})?")


def broken(files: Files) -> list[Problem]:
    """Return every rule of good content that `files` break."""
    listed = rules()
    contacts = files.contacts.values()
    found = [
        problem for file, entry in files.entries.items() for problem in _located(file, _entry(entry, listed, contacts))
    ]
    found += _located(files.contacts_file, (row for contact in contacts for row in _contact(contact, listed)))
    return found + _look_alikes(files.entries, listed)


def _located(file: Path, rows: Iterable[tuple[str, str, str]]) -> list[Problem]:
    complaints = [Complaint(*row) for row in rows]
    text = file.read_text("utf-8") if complaints else ""
    return [complaint.located(file, text) for complaint in complaints]


def _entry(entry: Entry, listed: Rules, contacts: Collection[Contact]) -> Iterator[tuple[str, str, str]]:
    for rule in (_counts, _placeholders, _review):
        yield from rule(entry)
    for source in entry.sources:
        yield from _source(source, listed)
    for lang, answer in entry.answers.items():
        for needle, sentence in wording.broken(lang, answer, listed, contacts):
            yield f"[{lang}]", needle, sentence


def _counts(entry: Entry) -> Iterator[tuple[str, str, str]]:
    counted = Counter(phrasing.lang for phrasing in entry.phrasings)
    for lang, wanted in PHRASINGS_AT_LEAST.items():
        if counted[lang] < wanted:
            yield f"[{lang}]", "phrasings", f"[{lang}] has {counted[lang]} phrasings; at least {wanted}"
    if len(entry.related) not in RELATED:
        yield (
            "",
            "related =",
            f"related names {len(entry.related)} entries; {RELATED.start} to {RELATED.stop - 1} lead on",
        )
    if len(entry.next) > NEXT_AT_MOST:
        yield "", "next =", f"next names {len(entry.next)} steps; at most {NEXT_AT_MOST}"


def _placeholders(entry: Entry) -> Iterator[tuple[str, str, str]]:
    for lang, answer in entry.answers.items():
        for name in sorted(placeholders.names(answer.title)):
            yield f"[{lang}]", f"{{{name}}}", f"[{lang}] title holds {{{name}}}; titles are taps and stay as they are"
    for part in ("short", "long"):
        texts = {lang: getattr(answer, part) for lang, answer in entry.answers.items()}
        for lang, text in texts.items():
            yield from _misspelt(lang, part, text)
        yield from _differing(part, [placeholders.names(text) for text in texts.values()])


def _misspelt(lang: str, part: str, text: str) -> Iterator[tuple[str, str, str]]:
    for unknown in sorted(placeholders.names(text) - {*placeholders.NAMES}):
        known = ", ".join(placeholders.NAMES)
        yield f"[{lang}]", f"{{{unknown}}}", f"[{lang}] {part} holds {{{unknown}}}; the placeholders are {known}"
    if brace := placeholders.malformed(text):
        yield f"[{lang}]", brace, f"[{lang}] {part} holds a lone {brace!r}; write {{name}} or leave it out"


def _differing(part: str, used: Sequence[frozenset[str]]) -> Iterator[tuple[str, str, str]]:
    somewhere = frozenset[str]().union(*used)
    if missing := {name for name in somewhere if not all(name in names for names in used)}:
        names = ", ".join(sorted(missing))
        yield "", f"{part} =", f"{part} has other placeholders in one language ({names}); use the same in both"


def _review(entry: Entry) -> Iterator[tuple[str, str, str]]:
    review = entry.review
    if bool(review.by) != bool(review.on):
        yield "[review]", "[review]", "is reviewed by nobody or on no day; use python -m bot approve, or empty both"
    for name, value in (("on", review.on), ("due", review.due)):
        if value and not _is_date(value):
            yield "[review]", f"{name} =", f"[review] {name} is {value!r}; write a day like 2026-05-31, or nothing"
    if _ends_before_it_begins(review):
        yield "[review]", "due =", f"[review] is due on {review.due}, before it was given; correct it"


def _ends_before_it_begins(review: Review) -> bool:
    return _is_date(review.on) and _is_date(review.due) and review.due < review.on


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _source(source: Source, listed: Rules) -> Iterator[tuple[str, str, str]]:
    if not _YEAR.fullmatch(source.year):
        yield (
            "[[sources]]",
            f'year = "{source.year}"',
            f"the year {source.year!r} is none; write four digits, or nothing",
        )
    if not source.url:
        return
    host = _HOST.fullmatch(source.url)
    if not host:
        yield "[[sources]]", source.url, f"{source.url!r} is no address; write https://…, or nothing"
    elif host[1].lower() in listed.mirrors or _IP.fullmatch(host[1]):
        yield (
            "[[sources]]",
            source.url,
            f"{host[1]} only copied the page; name organisation and title, and empty the url",
        )


def _contact(contact: Contact, listed: Rules) -> Iterator[tuple[str, str, str]]:
    """A number that must not be shown is found however it is written."""
    header, digits = f'id = "{contact.id}"', re.sub(r"\D", "", contact.number).removeprefix("254")
    for number, reason in listed.numbers.items():
        if digits.removeprefix("0") == number.removeprefix("0"):
            yield header, "number =", f"{contact.number} is {reason}; remove the contact"
    if not re.fullmatch(r"\+254\d{9}|\d{3,4}|0800\d{6}", contact.number):
        yield (
            header,
            "number =",
            f"{contact.number!r} cannot be dialled as it is; write +254…, 0800…, or the short number",
        )
    if contact.confirmed and not _is_date(contact.confirmed):
        yield header, "confirmed =", f"confirmed is {contact.confirmed!r}; write the day of the call like 2026-05-31"
    if not _YEAR.fullmatch(contact.year):
        yield header, "year =", f"the year {contact.year!r} is none; write four digits, or nothing"


def _look_alikes(entries: Mapping[Path, Entry], listed: Rules) -> list[Problem]:
    found: list[Problem] = []
    for one, other in twins.alike(entries):
        if not any(twins.allowed(one, other, pair) for pair in listed.twins):
            sentence = f"phrasing {other.phrasing!r} is nearly {one.phrasing!r} of {one.entry_id}; keep one, or list them in rules.toml"
            found += _located(other.file, [("", other.phrasing, sentence)])
    return found
