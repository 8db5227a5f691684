"""Decide which rule a message fits: its patterns, its guards, whose danger it is and when it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from knowledge_base.danger import people
from knowledge_base.danger.patterns import Pattern, Span
from knowledge_base.danger.people import Whom
from knowledge_base.danger.reading import END, Reading
from knowledge_base.danger.times import Moment, nearest

PLACES = ("message", "sentence", "touching", "before")
_SUBJECTS = ("<i>", "<he>", "<friend>", "<partner>")
_REACH = 4  # words between an "if" and what it is about


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found: the kind of danger, by which rule, in which words of the client, whose it is, hours since then."""

    kind: str
    rule: str
    severity: int
    words: tuple[str, ...]
    about: Whom
    hours: float | None


@dataclass(frozen=True, slots=True)
class Guard:
    """What a rule must not be taken for: patterns by the place where they count, and what lifts the guard."""

    places: Mapping[str, Sequence[Pattern]]
    lifted_by: Sequence[Pattern]

    def stops(self, reading: Reading, span: Span) -> bool:
        """Return whether the words at `span` are not meant as the rule means them."""
        found = any(
            _counts(place, reading, span, hit) for place in PLACES for hit in spans(self.places[place], reading)
        )
        return found and not spans(self.lifted_by, reading)

    def all(self) -> list[Pattern]:
        """Return its patterns for all places."""
        return [pattern for place in PLACES for pattern in self.places[place]]

    def applies(self, reading: Reading) -> bool:
        """Return whether any of its patterns is in the message, wherever it counts."""
        return bool(spans(self.all(), reading))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one kind of danger, as its TOML file has it."""

    kind: str
    name: str
    severity: int
    any: Sequence[Pattern]
    also: Sequence[Pattern]
    guards: Sequence[Guard]
    others: Sequence[str]
    about: Whom | None
    denial_inside: bool
    not_older_than: float | None
    needs_time: bool

    def hit(self, reading: Reading, moments: Sequence[Moment]) -> Hit | None:
        """Return how `reading` fits this rule, None when it does not."""
        found = spans(self.any, reading)
        others = spans(self.also, reading) if found else []
        if self.also and not others:
            return None
        fitting = (span for span in found if self._fresh(nearest(moments, span, reading)) and self.means(reading, span))
        return next((self._hit(reading, span, others, moments) for span in fitting), None)

    def silenced(self, reading: Reading) -> bool:
        """Return whether the words are there, denied or not, so that a guard, a denial or the time spoke against them."""
        bold = reading.without_denials()
        return bool(spans(self.any, bold)) and bool(not self.also or spans(self.also, bold))

    def means(self, reading: Reading, span: Span) -> bool:
        """Return whether the words at `span` are neither denied nor stopped by a guard."""
        denied = not self.denial_inside and _denied(reading, span)
        return not denied and not any(guard.stops(reading, span) for guard in self.guards)

    def _fresh(self, moment: Moment | None) -> bool:
        if moment is None:
            return not self.needs_time
        return self.not_older_than is None or moment.least is None or moment.least <= self.not_older_than

    def _hit(self, reading: Reading, span: Span, others: Sequence[Span], moments: Sequence[Moment]) -> Hit:
        whom = self.about or people.about(reading, span, self.others)
        moment = nearest(moments, span, reading)
        quoted = _quoted(reading, span, others)
        return Hit(self.kind, self.name, self.severity, quoted, whom, moment.hours if moment else None)


def spans(patterns: Sequence[Pattern], reading: Reading) -> list[Span]:
    """Return every place where one of `patterns` fits."""
    return [span for pattern in patterns for span in pattern.spans(reading)]


def _quoted(reading: Reading, span: Span, others: Sequence[Span]) -> tuple[str, ...]:
    """Return the client's words in `span` and, where the rule needs two places, in the first of `others`."""
    both = sorted([span, *others[:1]], key=attrgetter("start"))
    return tuple(word for one in both for word in reading.quote(one.start, one.end))


def _counts(place: str, reading: Reading, span: Span, found: Span) -> bool:
    """Return whether `found` stands where a guard looks for it, seen from the rule's words at `span`."""
    if place == "message":
        return True
    if place == "touching":
        return found.start < span.end and span.start < found.end
    if place == "before":
        return found.end <= span.start <= found.end + _REACH and END not in reading.words[found.end : span.start]
    return END not in reading.words[min(found.end, span.end) : max(found.start, span.start)]


def _denied(reading: Reading, span: Span) -> bool:
    """Return whether a negation before `span` is about it: at most one word of weight and no new subject between them."""
    weight = 0
    for at in range(span.start - 1, -1, -1):
        if reading.words[at] == END or weight > 1:
            return False
        if reading.has("<no-one>", at):
            return True
        if any(reading.has(key, at) for key in _SUBJECTS):
            return any(reading.has("<no-one>", before) for before in (at - 1, at - 2))
        if reading.has("<not>", at):
            return not reading.has("<not-denying>", at + 1)
        weight += not reading.has("<light>", at)
    return False
