"""A second reader for what no rule foresaw: it weighs the words of a message as it learned from our own messages.

weights.json is written by tests/bench/learn_danger.py from the phrasings of the entries and tests/data/danger; nobody
edits it by hand. It is kept because it finds more than the rules alone on messages that neither had seen (docs/danger.md).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import msgspec

from knowledge_base.danger.reading import Reading
from knowledge_base.danger.times import Moment
from knowledge_base.problems import ContentProblems, Problem

NO_DANGER = "none"
RECENT_HOURS = 72
_TOP = 4  # words named to the counselor


class Sense(msgspec.Struct, frozen=True):
    """What was learned: for each feature one weight a kind, the last kind being "none"; from `threshold` on it speaks."""

    kinds: tuple[str, ...]
    threshold: float
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def judge(self, features: Iterable[str]) -> str | None:
        """Return the kind of danger that `features` tell of, None below the threshold."""
        chances = self.chances(features)
        danger = max(range(len(chances) - 1), key=chances.__getitem__)
        return self.kinds[danger] if 1 - chances[-1] > self.threshold else None

    def chances(self, features: Iterable[str]) -> list[float]:
        """Return the probability of each kind, adding up to 1."""
        known = [self.weights[one] for one in features if one in self.weights]
        scale = 1 / math.sqrt(len(known) or 1)
        scores = [bias + scale * sum(row[at] for row in known) for at, bias in enumerate(self.bias)]
        highs = [math.exp(score - max(scores)) for score in scores]
        return [high / sum(highs) for high in highs]

    def telling(self, reading: Reading, kind: str) -> tuple[str, ...]:
        """Return the client's words that speak most for `kind`, in their order."""
        at = self.kinds.index(kind)
        weight = {place: self.weights[word][at] for place, word in enumerate(reading.words) if word in self.weights}
        best = sorted(sorted(weight, key=weight.__getitem__, reverse=True)[:_TOP])
        return tuple(
            dict.fromkeys(word for place in best if weight[place] > 0 for word in reading.quote(place, place + 1))
        )


def features(reading: Reading, moments: Sequence[Moment], guards: Iterable[str]) -> set[str]:
    """Return what is weighed: words, pairs of words, word lists, when it was, and the `guards` that apply."""
    lists = (key for key in reading.found if key.startswith("<"))
    pairs = (f"{one} {other}" for one, other in pairwise(reading.words))
    return {*reading.words, *pairs, *lists, *map(_when, moments), *(f"guard {name}" for name in guards)}


def _when(moment: Moment) -> str:
    if moment.least is None:
        return "time unclear"
    return "time recent" if moment.least <= RECENT_HOURS else "time past"


def load(file: Path) -> Sense:
    """Return what `file` holds. Raises `ContentProblems`."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Sense)
    except (OSError, msgspec.DecodeError):
        sentence = "cannot be read; write it anew with python -m tests.bench.learn_danger"
        raise ContentProblems([Problem(file, 0, sentence)]) from None
