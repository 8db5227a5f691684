"""Follow-ups: a message that means little without the answer before it ("na kama ni mdomo?", "how much") is searched with it.

Two small models decide, both fitted on the even cases of tests/data/followups.toml by `python -m tests.bench.followups --fit`:
does this message need the last entry at all, and which entry is meant if it does.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, Self

from knowledge_base.forms import root, stem
from knowledge_base.lexicon import concepts, named, respellings
from knowledge_base.model import Entry, Match
from knowledge_base.words import STOP_WORDS, words

# How a message begins that goes on with what was said before.
_LEADS = frozenset(
    """and or but so also then if even only with na ama au je vipi kama lakini basi
    what-about what-if how-about how-much how-many how-often na-je""".split()  # noqa: SIM905
)
_POINTING = frozenset(
    "it its that them one ones those this they these hiyo hizo hii hizi hio iyo ile yake zake yao zao hivyo".split()  # noqa: SIM905
)
# Words that say nothing about the matter, beyond the stop words.
_EMPTY = STOP_WORDS | frozenset(
    "even only then too tho though still ok okay ndo pia wapi lini ngapi gani nini nani vipi aje".split()  # noqa: SIM905
)
_MOST_WORDS = 8
# An entry's subject is its own when this share of its phrasings names it.
_NAMED = 0.3
_WIDE = 40
_FAINTEST = 1e-4
NEEDED = 0.5
# lead, telling words, words, pointing word, a subject of its own, known share, nothing known, score alone without lead or pointing; constant
NEED = (1.47, -1.32, -0.1, 1.29, -0.58, 2.28, -0.24, -1.81, 1.37)
# log score alone, with the subject, with two words of the title; the last entry itself, same topic, related
MEANT = (0.46, 0.3, 0.25, 0.4, 1.83, 0.59)

Said = Sequence[Sequence[str]]


class Searches(Protocol):
    """Whatever finds entries by text."""

    def search(self, text: str, lang: str | None = None, limit: int = 5) -> list[Match]:
        """Return up to `limit` matches, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Background:
    """What an entry brings into a follow-up: its subject, two words of its title, and the word forms around it."""

    subject: str
    title: str
    forms: frozenset[str]


class Context:
    """What the entries tell about one another. Built once, never changed."""

    def __init__(
        self, entries: Mapping[str, Entry], backgrounds: Mapping[str, Background], own: frozenset[str]
    ) -> None:
        self._entries, self._backgrounds, self._own = entries, backgrounds, own

    @classmethod
    def build(cls, entries: Mapping[str, Entry]) -> Self:
        """Return the context in which `entries` stand."""
        said = {one: [words(phrasing.text) for phrasing in entry.phrasings] for one, entry in entries.items()}
        subjects = {one: _subject(entry, said[one]) for one, entry in entries.items()}
        own = frozenset(_concept(names[0]) for names, share in subjects.values() if names and share >= _NAMED)
        around = _around(entries, said)
        around = _around(entries, said)
        backgrounds = {
            one: Background(" ".join(names[:1]), " ".join(names[:2]), around[one])
            for one, (names, _) in subjects.items()
        }
        return cls(entries, backgrounds, own)

    def search(self, index: Searches, text: str, last: str) -> list[Match]:
        """Return the matches for `text`, said after the entry `last` was answered ("" or withdrawn: as for `text` alone).

        Best first, at most as many as the index finds for `text` alone by default, with probabilities like the index's.
        """
        alone = index.search(text)
        need = self.need(text, last, alone)
        if need < NEEDED:
            return alone
        found = self._in_context(index, text, last)
        shares: defaultdict[str, float] = defaultdict(float, {one: need * share for one, share in found.items()})
        for match in alone:
            shares[match.entry_id] += (1.0 - need) * match.score
        best = sorted(shares.items(), key=lambda pair: -pair[1])
        return [Match(one, share) for one, share in best[: max(len(alone), 5)]]

    def need(self, text: str, last: str, alone: Sequence[Match]) -> float:
        """Return the probability that `text` cannot be understood without the entry `last`; 0 when there is none."""
        if last not in self._backgrounds or not words(text):
            return 0.0
        return _logistic(_weighed(NEED, self.signs(text, last, alone)))

    def signs(self, text: str, last: str, alone: Sequence[Match]) -> tuple[float, ...]:
        """Return what tells whether `text` needs the entry `last`, in the order of `NEED`."""
        said = _meant(text)
        leads = said[0] in _LEADS or "-".join(said[:2]) in _LEADS or said[-1] == "je"
        points = not _POINTING.isdisjoint(said)
        telling = [word for word in said if word not in _EMPTY]
        known = sum(_known(word, self._backgrounds[last].forms) for word in telling)
        share = known / len(telling) if telling else 1.0
        return (
            float(leads),
            float(len(telling)),
            float(min(len(said), _MOST_WORDS)),
            float(points),
            float(bool(self._subjects(said) - {_concept(self._backgrounds[last].subject)})),
            share,
            float(share == 0.0),
            alone[0].score if alone and not (leads or points) else 0.0,
            1.0,
        )

    def traits(self, index: Searches, text: str, last: str) -> dict[str, tuple[float, ...]]:
        """Return what speaks for each entry as the one that `text` means after `last`, in the order of `MEANT`."""
        background = self._backgrounds[last]
        asked = (text, f"{background.subject} {text}", f"{background.title} {text}")
        scores = [{match.entry_id: match.score for match in index.search(one, limit=_WIDE)} for one in asked]
        found = dict.fromkeys(one for score in scores for one in score)
        return {one: (*(_log(score.get(one, 0.0)) for score in scores), *self._kinship(one, last)) for one in found}

    def _in_context(self, index: Searches, text: str, last: str) -> dict[str, float]:
        strengths = {one: math.exp(_weighed(MEANT, traits)) for one, traits in self.traits(index, text, last).items()}
        total = sum(strengths.values())
        return {one: strength / total for one, strength in strengths.items()}

    def _kinship(self, one: str, last: str) -> tuple[float, float, float]:
        before = self._entries[last]
        same = one == last
        return float(same), float(not same and self._entries[one].topic == before.topic), float(one in before.related)

    def _subjects(self, said: Sequence[str]) -> frozenset[str]:
        return self._own.intersection({*said, *(concept for _, concept in named(said))})


def _subject(entry: Entry, said: Said) -> tuple[list[str], float]:
    """The words of the title, those that most phrasings name first, and the share of phrasings that name the first."""
    title = dict.fromkeys(word for word in words(next(iter(entry.texts()), "")) if word not in STOP_WORDS)
    counts = Counter(concept for phrasing in said for concept in set(map(_concept, phrasing)))
    ranked = sorted(title, key=lambda word: -counts[_concept(word)])
    return ranked, counts[_concept(ranked[0])] / len(said) if ranked and said else 0.0


def _around(entries: Mapping[str, Entry], said: Mapping[str, Said]) -> dict[str, frozenset[str]]:
    """For each entry the word forms in its topic's phrasings and in those of the related entries."""
    spoken = {one: {word for phrasing in own for word in phrasing} for one, own in said.items()}
    form = {word: _form(word) for own in spoken.values() for word in own}
    forms = {one: {form[word] for word in own} for one, own in spoken.items()}
    topics: defaultdict[str, set[str]] = defaultdict(set)
    for one, entry in entries.items():
        topics[entry.topic] |= forms[one]
    related = {one: [forms[other] for other in entry.related if other in forms] for one, entry in entries.items()}
    return {one: frozenset(topics[entry.topic].union(*related[one])) for one, entry in entries.items()}


def _form(word: str) -> str:
    return root(word) or stem(word)


def _known(word: str, forms: frozenset[str]) -> bool:
    return _form(word) in forms or _concept(word) in forms


def _concept(word: str) -> str:
    return concepts().get(word, word)


def _meant(text: str) -> list[str]:
    """The words of `text` with texting forms written out."""
    return " ".join(respellings().get(word, word) for word in words(text)).split()


def _log(score: float) -> float:
    return math.log(score + _FAINTEST)


def _weighed(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-value))
