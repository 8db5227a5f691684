"""When it happened, as far as the message says: "jana usiku" is 6 to 18 hours ago, "2 days ago" 48, "on sunday" unclear."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge_base.danger.files import Times
from knowledge_base.danger.lexicon import Lexicon
from knowledge_base.danger.patterns import Span
from knowledge_base.danger.reading import END, Reading

_LASTING = frozenset({"for", "muda"})  # "for a minute" says how long, not when
_REACH = 3  # words between a number with its unit and the "ago" that goes with it
_NEXT_SENTENCE = 20  # a time in the same sentence is nearer than any in another
# Units that count only with an "ago": "saa" is the clock, too, and years are mostly an age.
_CLOCK = frozenset({"saa", "year", "years", "yr", "yrs", "miaka", "mwaka", "night", "nights"})


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in the message, in hours ago from `least` to `most`; both None when it may be recent or not."""

    span: Span
    least: float | None = None
    most: float | None = None

    @property
    def hours(self) -> float | None:
        """Return the middle of the time in hours ago, None when the message does not settle it."""
        return None if self.least is None or self.most is None else (self.least + self.most) / 2


@dataclass(frozen=True, slots=True)
class Calendar:
    """The time expressions of times.toml: phrases by their first word, hours in a unit, numbers written out."""

    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], tuple[float, float] | None]]]
    units: Mapping[str, float]
    numbers: Mapping[str, float]
    back: frozenset[str]

    def moments(self, reading: Reading) -> Sequence[Moment]:
        """Return every time that the message names; where two overlap, the longer phrase."""
        found = [*self._phrased(reading), *self._counted(reading)]
        found.sort(key=lambda moment: moment.span.start - moment.span.end)
        kept: list[Moment] = []
        for moment in found:
            if not any(moment.span.start < other.span.end and other.span.start < moment.span.end for other in kept):
                kept.append(moment)
        return kept

    def _phrased(self, reading: Reading) -> Iterator[Moment]:
        for at, word in enumerate(reading.words):
            for rest, hours in self.phrases.get(word, ()):
                end = at + 1 + len(rest)
                if tuple(reading.words[at + 1 : end]) == rest:
                    yield Moment(Span(at, end), *(hours or ()))

    def _counted(self, reading: Reading) -> Iterator[Moment]:
        for at, word in enumerate(reading.words):
            if word in self.units:
                span = self._number_beside(reading, at)
                count = next((self._number(reading.words[n]) for n in range(span.start, span.end) if n != at), None)
                lasting = reading.words[span.start - 1] in _LASTING
                if count and not lasting and (word not in _CLOCK or self._lies_back(reading, span)):
                    yield Moment(span, count * self.units[word], count * self.units[word])

    def _number_beside(self, reading: Reading, at: int) -> Span:
        """Return the unit with the number before it ("2 days") or after it ("siku mbili")."""
        if at and self._number(reading.words[at - 1]):
            return Span(at - 1, at + 1)
        if at > 1 and reading.words[at - 1] == "of" and self._number(reading.words[at - 2]):
            return Span(at - 2, at + 1)
        return Span(at, at + 2) if self._number(reading.words[at + 1]) else Span(at, at + 1)

    def _number(self, word: str) -> float | None:
        return float(word) if word.isdigit() and len(word) < 4 else self.numbers.get(word)

    def _lies_back(self, reading: Reading, span: Span) -> bool:
        near = reading.words[max(0, span.start - 1) : span.end + _REACH]
        return any(word in self.back for word in near)


def build(clock: Times, lexicon: Lexicon) -> Calendar:
    """Return the calendar of `clock`, the content of times.toml."""
    phrases: dict[str, list[tuple[tuple[str, ...], tuple[float, float] | None]]] = {}
    for row in clock.time:
        for phrase in row.phrases:
            first, *rest = (meant for word in phrase.split() for meant in lexicon.read(word))
            phrases.setdefault(first, []).append((tuple(rest), row.hours))
    return Calendar(phrases, clock.units, clock.numbers, frozenset(clock.back))


def nearest(moments: Sequence[Moment], span: Span, reading: Reading) -> Moment | None:
    """Return the time that belongs to `span`: the one with the fewest words in between, in the same sentence if possible."""
    return min(moments, key=lambda moment: _distance(moment.span, span, reading), default=None)


def _distance(one: Span, other: Span, reading: Reading) -> int:
    between = reading.words[min(one.end, other.end) : max(one.start, other.start)]
    return len(between) + _NEXT_SENTENCE * between.count(END)
