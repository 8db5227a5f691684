"""Find the entries that a question may mean: fuzzy word alignment weighted by rarity, next to whole-phrase similarity."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Self

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from knowledge_base.model import Entry, Match
from knowledge_base.words import STOP_WORDS, normalise

# A word shares its meaning with another from this similarity on; below, chance resemblance dominates ("test"/"rest" is 0.83).
_SAME_WORD = 0.87
_STOP_WEIGHT = 0.15
_SHARE_OF_ALIGNMENT = 0.75
# Logistic curve from raw similarity to probability, fitted by hand on the content's own phrasings held out one at a time;
# tests/test_index.py holds it to that. Margin: how far the best entry stands before the second.
_SLOPE, _MIDDLE, _MARGIN = 13.0, 0.56, 7.0


class Index:
    """All phrasings of all entries, ready to be searched. Built once, never changed."""

    def __init__(self, owners: Sequence[str], phrases: Sequence[str]) -> None:
        self._owners = owners
        self._phrases = phrases
        self._tokens = [frozenset(phrase.split()) for phrase in phrases]
        self._weights = _weights(self._tokens)
        self._vocabulary = sorted(self._weights)
        self._mass = [self._weigh(tokens) for tokens in self._tokens]
        self._containing: dict[str, list[int]] = {}
        for number, tokens in enumerate(self._tokens):
            for token in tokens:
                self._containing.setdefault(token, []).append(number)

    @classmethod
    def build(cls, entries: Iterable[Entry]) -> Self:
        """Return an index over every phrasing of `entries`, in all languages together."""
        pairs = [(entry.id, normalise(p.text)) for entry in entries for p in entry.phrasings]
        return cls([owner for owner, _ in pairs], [phrase for _, phrase in pairs])

    def search(self, text: str, lang: str | None = None, limit: int = 5) -> list[Match]:  # noqa: ARG002
        """Return up to `limit` matches, best first, ids distinct; empty when no word of `text` is known.

        `lang` is accepted for callers that know it; one index for all languages did as well as one each.
        """
        question = normalise(text)
        best: dict[str, float] = {}
        for number, score in self._score(question):
            owner = self._owners[number]
            best[owner] = max(best.get(owner, 0.0), score)
        ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
        return _with_probability(ranked)

    def _score(self, question: str) -> Iterable[tuple[int, float]]:
        tokens = frozenset(question.split())
        mass = self._weigh(tokens)
        shared: Counter[int] = Counter()
        for token in tokens:
            shared.update(self._credits(token))
        for number, overlap in shared.items():
            alignment = 2 * overlap / (mass + self._mass[number])
            whole = fuzz.token_sort_ratio(question, self._phrases[number]) / 100
            yield number, _SHARE_OF_ALIGNMENT * alignment + (1 - _SHARE_OF_ALIGNMENT) * whole

    def _credits(self, token: str) -> dict[int, float]:
        """For each phrase, the weight of its word most like `token`."""
        found: dict[int, float] = {}
        for word, likeness in self._alike(token):
            credit = likeness * min(self._weights[word], self._weight(token))
            for number in self._containing[word]:
                found[number] = max(found.get(number, 0.0), credit)
        return found

    def _alike(self, token: str) -> list[tuple[str, float]]:
        if len(token) < 4:
            return [(token, 1.0)] if token in self._weights else []
        hits = process.extract(token, self._vocabulary, scorer=JaroWinkler.similarity, score_cutoff=_SAME_WORD, limit=8)
        return [(word, score) for word, score, _ in hits if len(word) >= 4]

    def _weight(self, token: str) -> float:
        return self._weights.get(token, _STOP_WEIGHT if token in STOP_WORDS else 1.0)

    def _weigh(self, tokens: Iterable[str]) -> float:
        return sum(self._weight(token) for token in tokens) or 1.0


def _weights(phrases: Sequence[frozenset[str]]) -> dict[str, float]:
    """Inverse document frequency of each word, scaled to 0..1; stop words weigh little whatever their frequency."""
    counts = Counter(token for tokens in phrases for token in tokens)
    top = math.log(1 + len(phrases))
    return {w: _STOP_WEIGHT if w in STOP_WORDS else math.log(1 + len(phrases) / n) / top for w, n in counts.items()}


def _with_probability(ranked: Sequence[tuple[str, float]]) -> list[Match]:
    if not ranked:
        return []
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    lead = ranked[0][1] - second
    return [Match(entry, _probability(raw, lead if place == 0 else 0.0)) for place, (entry, raw) in enumerate(ranked)]


def _probability(raw: float, lead: float) -> float:
    if raw >= 0.999:
        return 1.0 if lead > 0 else 0.5
    return 1 / (1 + math.exp(-(_SLOPE * (raw - _MIDDLE) + _MARGIN * min(lead, 0.3))))
