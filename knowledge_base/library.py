"""Read and check the content files. All problems are reported at once, each with file and line."""

import json
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from knowledge_base import reading
from knowledge_base.checks import check_all
from knowledge_base.context import Context
from knowledge_base.index import Index
from knowledge_base.model import Contact, Entry, Phrasing, Urgency
from knowledge_base.problems import Complaint, ContentProblems, Problem, line_of
from knowledge_base.semantic import Embeds

PACKAGED = Path(str(resources.files("knowledge_base").joinpath("content")))
CONTACTS = Path(str(resources.files("knowledge_base").joinpath("contacts.toml")))


@dataclass(frozen=True)
class Library:
    """All entries and contacts, and the index over them."""

    entries: Mapping[str, Entry]
    contacts: Mapping[str, Contact]
    model: Embeds | None = None

    @cached_property
    def index(self) -> Index:
        """The index over all phrasings; built on first use, then kept."""
        return Index.build(self.entries.values(), model=self.model)

    @cached_property
    def context(self) -> Context:
        """What the entries tell about one another, for follow-ups; built on first use, then kept."""
        return Context.build(self.entries)

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry, or None when it was withdrawn."""
        return self.entries.get(entry_id)


@dataclass(frozen=True, slots=True)
class Files:
    """The content as it stands in its files, and everything that keeps it from being used."""

    entries: Mapping[Path, Entry]
    contacts: Mapping[str, Contact]
    contacts_file: Path
    problems: Sequence[Problem]


def read(folder: Path = PACKAGED, contacts_file: Path = CONTACTS) -> Files:
    """Return what stands in `folder`; files that cannot be read are among the problems only."""
    problems: list[Problem] = []
    paths = sorted(folder.rglob("*.toml"))
    if not paths:
        problems.append(Problem(folder, 0, "no content files here; give a folder with <topic>/<entry-id>.toml files"))
    entries = {path: entry for path in paths if (entry := _read_entry(path, problems))}
    contacts = _read_contacts(contacts_file, problems)
    problems += check_all(entries, {path.stem for path in paths}, contacts)
    return Files(entries, contacts, contacts_file, problems)


def load(folder: Path = PACKAGED, contacts_file: Path = CONTACTS) -> Library:
    """Return the library in `folder`; raises `ContentProblems` with every problem found."""
    files = read(folder, contacts_file)
    if files.problems:
        raise ContentProblems(files.problems)
    return made(files)


def made(files: Files) -> Library:
    """Return the library that `files` hold."""
    return Library({entry.id: entry for entry in files.entries.values()}, files.contacts)


def prepared(folder: Path = PACKAGED, model: Embeds | None = None) -> Library:
    """Return the library in `folder` with all that is built on first use built already; raises `ContentProblems`."""
    loaded = replace(load(folder), model=model)
    _ = loaded.index, loaded.context
    return loaded


def load_phrasings(path: Path) -> list[Entry]:
    """Return entries without answers from a JSON file `{"entries": [{"id", "lang", "phrasings": [...]}]}`."""
    try:
        rows = json.loads(path.read_text("utf-8"))["entries"]
        return [_bare_entry(row) for row in rows]
    except OSError:
        raise ContentProblems([Problem(path, 0, "cannot be read; check the path and its permissions")]) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        message = 'is not JSON of the form {"entries": [{"id", "lang", "phrasings": [...]}]}; correct or re-export it'
        raise ContentProblems([Problem(path, 0, message)]) from None


def _bare_entry(row: Mapping[str, Any]) -> Entry:
    phrasings = tuple(Phrasing(str(text), str(row.get("lang", "en"))) for text in row["phrasings"])
    return Entry(str(row["id"]), "", Urgency.NORMAL, {}, phrasings)


def _read_entry(path: Path, problems: list[Problem]) -> Entry | None:
    """Return the entry in `path`, or None when it has problems, which are added."""
    text = _read(path, problems)
    table = _parse(path, text, problems)
    if table is None:
        return None
    entry = reading.entry(table)
    problems += _located(path, text, table.complaints)
    return None if table.complaints else entry


def _read_contacts(path: Path, problems: list[Problem]) -> dict[str, Contact]:
    text = _read(path, problems)
    table = _parse(path, text, problems)
    if table is None:
        return {}
    contacts = [reading.contact(row) for row in table.tables("contact")]
    for contact_id, times in Counter(contact.id for contact in contacts).items():
        if times > 1:
            table.complain(f'id = "{contact_id}"', f"contact {contact_id!r} stands here {times} times; keep one")
    problems += _located(path, text, table.complaints)
    return {contact.id: contact for contact in contacts}


def _read(path: Path, problems: list[Problem]) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        problems.append(Problem(path, 0, "cannot be read; check its permissions"))
    except UnicodeDecodeError:
        problems.append(Problem(path, 0, "is not UTF-8; save it as UTF-8"))
    return ""


def _parse(path: Path, text: str, problems: list[Problem]) -> reading.Table | None:
    """Return the table in `text`; None, when there is none, which is a problem unless it was not read at all."""
    if any(problem.file == path for problem in problems):
        return None
    try:
        return reading.Table(tomllib.loads(text), [])
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(path, line_of(error), f"is not TOML: {error}; correct that line"))
    return None


def _located(path: Path, text: str, complaints: Sequence[Complaint]) -> list[Problem]:
    return [complaint.located(path, text) for complaint in complaints]
