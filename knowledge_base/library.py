"""Read and check the content files. All problems are reported at once, each with file and line."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from knowledge_base.checks import check_all
from knowledge_base.index import Index
from knowledge_base.model import (
    ANSWER_LANGUAGES,
    PHRASING_LANGUAGES,
    Answer,
    Contact,
    Entry,
    Phrasing,
    Review,
    Source,
    Urgency,
)
from knowledge_base.problems import ContentProblems, Problem, line_of

PACKAGED = Path(str(files("knowledge_base").joinpath("content")))
CONTACTS = Path(str(files("knowledge_base").joinpath("contacts.toml")))


@dataclass(frozen=True)
class Library:
    """All entries and contacts, and the index over them."""

    entries: Mapping[str, Entry]
    contacts: Mapping[str, Contact]

    @cached_property
    def index(self) -> Index:
        """The index over all phrasings; built on first use, then kept."""
        return Index.build(self.entries.values())

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry, or None when it was withdrawn."""
        return self.entries.get(entry_id)


def load(folder: Path = PACKAGED) -> Library:
    """Return the library in `folder`; raises `ContentProblems` with every problem found."""
    found = [_read_entry(path) for path in sorted(folder.rglob("*.toml"))]
    entries = [entry for entry, _ in found if entry]
    problems = [problem for _, some in found for problem in some]
    contacts = _read_contacts()
    if not found:
        problems.append(Problem(folder, 0, "no content files here; give a folder with <topic>/<entry-id>.toml files"))
    problems += check_all({entry.id: entry for entry in entries}, contacts, folder)
    if problems:
        raise ContentProblems(problems)
    return Library({entry.id: entry for entry in entries}, contacts)


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


def _read_entry(path: Path) -> tuple[Entry | None, list[Problem]]:
    try:
        text = path.read_text("utf-8")
        return _entry(tomllib.loads(text)), []
    except OSError:
        return None, [Problem(path, 0, "cannot be read; check its permissions")]
    except UnicodeDecodeError:
        return None, [Problem(path, 0, "is not UTF-8; save it as UTF-8")]
    except tomllib.TOMLDecodeError as error:
        return None, [Problem(path, line_of(error), f"is not TOML: {error}")]
    except KeyError as error:
        return None, [Problem(path, 1, f"lacks {error}; see docs/content.md")]
    except (TypeError, ValueError, AttributeError) as error:
        return None, [Problem(path, 1, f"has a value of the wrong kind ({error}); see docs/content.md")]


def _entry(raw: Mapping[str, Any]) -> Entry:
    return Entry(
        id=_text(raw["id"]),
        topic=_text(raw["topic"]),
        urgency=Urgency(raw["urgency"]),
        answers={lang: _answer(raw[lang]) for lang in ANSWER_LANGUAGES if lang in raw},
        phrasings=tuple(_phrasings(raw)),
        related=_texts(raw.get("related", [])),
        next=_texts(raw.get("next", [])),
        contacts=_texts(raw.get("contacts", [])),
        sources=tuple(_source(source) for source in raw.get("sources", [])),
        review=Review(**{key: _text(value) for key, value in raw.get("review", {}).items()}),
        notes=_text(raw.get("notes", "")).strip(),
    )


def _answer(raw: Mapping[str, Any]) -> Answer:
    return Answer(_text(raw["title"]).strip(), _text(raw["short"]).strip(), _text(raw.get("long", "")).strip())


def _source(raw: Mapping[str, Any]) -> Source:
    return Source(**{key: str(value) for key, value in raw.items()})


def _phrasings(raw: Mapping[str, Any]) -> Iterator[Phrasing]:
    for lang in PHRASING_LANGUAGES:
        for text in _texts(raw.get(lang, {}).get("phrasings", [])):
            yield Phrasing(text, lang)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return value


def _texts(values: Sequence[object]) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError(f"{values!r} is not a list")
    return tuple(_text(value) for value in values)


def _read_contacts() -> dict[str, Contact]:
    rows = tomllib.loads(CONTACTS.read_text("utf-8"))["contact"]
    return {row["id"]: _contact(row) for row in rows}


def _contact(raw: Mapping[str, Any]) -> Contact:
    labels = {lang: raw[lang] for lang in ANSWER_LANGUAGES}
    rest = {key: value for key, value in raw.items() if key not in labels}
    return Contact(labels=labels, **rest)
