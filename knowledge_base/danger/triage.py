"""All that is known about danger, asked in order: the rules, the gravest first, then the second reader."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge_base.danger import people, sense
from knowledge_base.danger.lexicon import Lexicon
from knowledge_base.danger.patterns import Span, Watch
from knowledge_base.danger.reading import Reading, read
from knowledge_base.danger.rules import Guard, Hit, Rule
from knowledge_base.danger.sense import Sense
from knowledge_base.danger.times import Calendar, Moment, nearest

# The name under which the second reader explains itself to the counselor.
SOUNDS_LIKE = "no rule: sounds like other messages of this kind"
# A shorter message ("today", "saa nane") is mostly the answer to a question of ours, and sounds like anything.
ENOUGH_WORDS = 4


@dataclass(frozen=True, slots=True)
class Kind:
    """What all rules of one kind of danger share."""

    severity: int
    others: Sequence[str]


@dataclass(frozen=True, slots=True)
class Triage:
    """Everything needed to judge a message. `rules` are in the order in which they are tried."""

    lexicon: Lexicon
    calendar: Calendar
    guards: Mapping[str, Guard]
    kinds: Mapping[str, Kind]
    rules: Sequence[Rule]
    sense: Sense | None
    watch: Watch = field(init=False)
    guard_watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "watch", Watch([rule.any for rule in self.rules]))
        object.__setattr__(self, "guard_watch", Watch([guard.all() for guard in self.guards.values()]))

    def first(self, text: str) -> Hit | None:
        """Return the gravest danger in `text`, None when there is none."""
        reading = read(text, self.lexicon)
        moments = self.calendar.moments(reading)
        return next(self._found(reading, moments), None) or self._sensed(reading, moments)

    def features(self, text: str) -> set[str]:
        """Return what the second reader weighs in `text`."""
        reading = read(text, self.lexicon)
        return self._features(reading, self.calendar.moments(reading))

    def _found(self, reading: Reading, moments: Sequence[Moment]) -> Iterator[Hit]:
        asked = (self.rules[number] for number in self.watch.asked(reading))
        return (hit for rule in asked if (hit := rule.hit(reading, moments)))

    def _silenced(self, kind: str, reading: Reading) -> bool:
        """Return whether a rule of `kind` has looked at these words already and decided against them."""
        return any(rule.silenced(reading) for rule in self.rules if rule.kind == kind)

    def _features(self, reading: Reading, moments: Sequence[Moment]) -> set[str]:
        guards = list(self.guards.items())
        asked = (guards[number] for number in self.guard_watch.asked(reading))
        return sense.features(reading, moments, (name for name, guard in asked if guard.applies(reading)))

    def _sensed(self, reading: Reading, moments: Sequence[Moment]) -> Hit | None:
        if len(reading.words) < ENOUGH_WORDS:
            return None
        kind = self.sense.judge(self._features(reading, moments)) if self.sense else None
        if self.sense is None or kind is None or self._silenced(kind, reading):
            return None
        whole = Span(0, len(reading.words))
        moment = nearest(moments, whole, reading)
        about = people.about(reading, whole, self.kinds[kind].others)
        told = self.sense.telling(reading, kind)
        return Hit(kind, SOUNDS_LIKE, self.kinds[kind].severity, told, about, moment.hours if moment else None)
