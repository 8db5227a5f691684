"""Make values of one TOML table, and say everything in it that is missing, unknown or of the wrong kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

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
from knowledge_base.problems import Complaint

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Table:
    """A TOML table. A value that is not there, or not of its kind, is complained about and read as an empty one."""

    raw: Mapping[str, Any]
    complaints: list[Complaint]
    header: str = ""

    def text(self, key: str, *, required: bool = False) -> str:
        """Return a text; the year of a source may be a number."""
        value = self._value(key, "", required=required)
        if isinstance(value, int) and key == "year":
            return f"{value}"
        return self._of_kind(key, value, str, "text in quotes").strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self._of_kind(key, self._value(key, []), list, "a list of texts")
        if not all(isinstance(value, str) for value in values):
            self.complain(f"{key} =", f"{self._name(key)} must be a list of texts; put quotes around each")
        return tuple(value for value in values if isinstance(value, str))

    def flag(self, key: str) -> bool:
        """Return a truth value."""
        return self._of_kind(key, self._value(key, False), bool, "true or false")

    def table(self, key: str) -> "Table":
        """Return the table `[key]`, empty when there is none."""
        raw = self._of_kind(key, self._value(key, {}), dict, f"a table [{key}]")
        return Table(raw, self.complaints, f"[{key}]")

    def tables(self, key: str) -> list["Table"]:
        """Return the tables `[[key]]`."""
        rows = self._of_kind(key, self._value(key, []), list, f"tables [[{key}]]")
        if not all(isinstance(row, dict) for row in rows):
            self.complain(key, f"{self._name(key)} must be tables; write [[{key}]] above each")
        return [Table(row, self.complaints, f"[[{key}]]") for row in rows if isinstance(row, dict)]

    def only(self, keys: Iterable[str]) -> None:
        """Complain about every key that is not one of `keys`: a misspelt one would be lost silently."""
        for key in sorted(self.raw.keys() - {*keys}):
            self.complain(key, f"{self._name(key)} is unknown; correct or remove it")

    def complain(self, needle: str, sentence: str) -> None:
        """Note what is wrong, at the first line after this table's header that holds `needle`."""
        self.complaints.append(Complaint(self.header, needle, sentence))

    def _value(self, key: str, otherwise: Any, *, required: bool = False) -> Any:
        if key not in self.raw and required:
            self.complain(self.header, f"{self._name(key)} is missing; add it")
        return self.raw.get(key, otherwise)

    def _of_kind(self, key: str, value: Any, kind: type[Kind], wanted: str) -> Kind:
        if isinstance(value, kind):
            return value
        self.complain(key, f"{self._name(key)} must be {wanted}")
        return kind()

    def _name(self, key: str) -> str:
        return f"{self.header} {key}".strip()


_ENTRY = ("id", "topic", "urgency", "related", "next", "contacts", "notes", "review", "sources", *PHRASING_LANGUAGES)
_ANSWER = ("title", "short", "long", "phrasings")
_CONTACT = ("id", "number", "free", "hours", "source", "year", "url", "confirmed", "ready", *ANSWER_LANGUAGES)


def entry(table: Table) -> Entry:
    """Return the entry that `table` describes; what is wrong with it is in the table's complaints."""
    table.only(_ENTRY)
    return Entry(
        id=table.text("id", required=True),
        topic=table.text("topic", required=True),
        urgency=_urgency(table),
        answers={lang: _answer(table.table(lang)) for lang in ANSWER_LANGUAGES if lang in table.raw},
        phrasings=tuple(
            Phrasing(text, lang) for lang in PHRASING_LANGUAGES for text in table.table(lang).texts("phrasings")
        ),
        related=table.texts("related"),
        next=table.texts("next"),
        contacts=table.texts("contacts"),
        sources=tuple(_source(source) for source in table.tables("sources")),
        review=_review(table.table("review")),
        notes=table.text("notes"),
    )


def contact(table: Table) -> Contact:
    """Return the contact that `table` describes; what is wrong with it is in the table's complaints."""
    table.only(_CONTACT)
    return Contact(
        id=table.text("id", required=True),
        number=table.text("number", required=True),
        labels={lang: table.text(lang, required=True) for lang in ANSWER_LANGUAGES},
        free=table.flag("free"),
        hours=table.text("hours"),
        source=table.text("source", required=True),
        year=table.text("year"),
        url=table.text("url"),
        confirmed=table.text("confirmed"),
        ready=table.flag("ready"),
    )


def _urgency(table: Table) -> Urgency:
    text = table.text("urgency", required=True)
    if text in [*Urgency]:
        return Urgency(text)
    table.complain("urgency", f"urgency is {text!r}; it must be one of {', '.join(Urgency)}")
    return Urgency.NORMAL


def _answer(table: Table) -> Answer:
    table.only(_ANSWER)
    return Answer(table.text("title", required=True), table.text("short", required=True), table.text("long"))


def _source(table: Table) -> Source:
    table.only(("organisation", "title", "year", "url"))
    named = (table.text("organisation", required=True), table.text("title", required=True))
    return Source(*named, table.text("year"), table.text("url"))


def _review(table: Table) -> Review:
    table.only(("by", "on", "due"))
    return Review(table.text("by"), table.text("on"), table.text("due"))
