"""Why a question was understood as it was: for the command line, the console's playground and whoever mends the content."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge_base.evidence import Question
from knowledge_base.model import Match
from knowledge_base.spelling import How, Vocabulary


@dataclass(frozen=True, slots=True)
class Reading:
    """A word of the question, the words it was taken for, and why; `how` is None for a word that nothing resembles."""

    written: str
    meant: tuple[str, ...]
    how: How | None


@dataclass(frozen=True, slots=True)
class Reason:
    """A match, how much each view adds to its strength (the views by name), and its phrasing most like the question."""

    match: Match
    shares: Mapping[str, float]
    phrasing: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a question was read, word for word, and what speaks for each match, best first."""

    readings: tuple[Reading, ...]
    reasons: tuple[Reason, ...]


def readings(vocabulary: Vocabulary, question: Question) -> tuple[Reading, ...]:
    """Return what each word of the question was taken for."""
    return tuple(
        _reading(vocabulary, word, vocabulary.read(word, near))
        for word, near in zip(question.words, question.near, strict=True)
    )


def _reading(vocabulary: Vocabulary, word: str, meant: tuple[str, ...]) -> Reading:
    return Reading(word, meant, vocabulary.why(word, meant[0]))
