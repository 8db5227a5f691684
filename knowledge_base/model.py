"""The values of the knowledge base: frozen, without behaviour beyond looking something up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ANSWER_LANGUAGES = ("en", "sw")
PHRASING_LANGUAGES = ("en", "sw", "sheng")


class Urgency(StrEnum):
    """How fast a person with this question needs help; `ACTION` asks for something to be done rather than told."""

    NORMAL = "normal"
    SENSITIVE = "sensitive"
    URGENT = "urgent"
    CRISIS = "crisis"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to ask; `lang` is one of `PHRASING_LANGUAGES`."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What we say in one language: a title of at most 60 characters, a short text of 600, a longer one of 1,200."""

    title: str
    short: str
    long: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from; `url` and `year` are empty when the source gives none that may be shown."""

    organisation: str
    title: str
    year: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """Who of the organisation approved the entry, when, and until when; all empty until a real person did."""

    by: str = ""
    on: str = ""
    due: str = ""

    def is_over(self, today: date) -> bool:
        """Return whether it was given for a time that has passed."""
        return bool(self.due) and self.due < today.isoformat()


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing people ask, with its phrasings and its answer in every language."""

    id: str
    topic: str
    urgency: Urgency
    answers: Mapping[str, Answer]
    phrasings: tuple[Phrasing, ...]
    related: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    review: Review = Review()
    notes: str = ""

    def answer(self, lang: str) -> Answer:
        """Return the answer in `lang`, or in English when that language has none."""
        return self.answers.get(lang) or self.answers["en"]

    def texts(self) -> list[str]:
        """Return the titles and answers in all languages."""
        return [text for answer in self.answers.values() for text in (answer.title, answer.short, answer.long) if text]


@dataclass(frozen=True, slots=True)
class Contact:
    """A number to call, with where and in which year it was seen. `confirmed` is the date on which a member of staff called
    it, "" until then. `ready` ones are shown; the others wait for that call."""

    id: str
    number: str
    labels: Mapping[str, str]
    free: bool = False
    hours: str = ""
    source: str = ""
    year: str = ""
    url: str = ""
    confirmed: str = ""
    ready: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that may answer the question; `score` estimates the probability (0..1) that it is the right one."""

    entry_id: str
    score: float
