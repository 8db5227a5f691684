"""Find the entries that a question may mean: several views of the same phrasings, weighed into one probability."""

import re
from collections.abc import Iterable, Sequence
from typing import Self

import numpy as np

from knowledge_base.calibration import Calibration, Summary, packaged
from knowledge_base.evidence import Question, Views
from knowledge_base.model import Entry, Match
from knowledge_base.postings import Scores
from knowledge_base.words import words

# Where one thought of a message ends and another begins.
_BORDER = re.compile(r"[.?!;\n]+|,\s")
_SHORTEST = 3


class Index:
    """All phrasings of all entries, ready to be searched. Built once, never changed: a new one replaces it."""

    def __init__(self, ids: Sequence[str], views: Views | None, calibration: Calibration) -> None:
        self.ids, self.views, self.calibration = ids, views, calibration

    @classmethod
    def build(cls, entries: Iterable[Entry], calibration: Calibration | None = None) -> Self:
        """Return an index over every phrasing of `entries`, in all languages together; `calibration` as shipped if not given."""
        spoken: dict[str, list[Sequence[str]]] = {}
        written: dict[str, list[Sequence[str]]] = {}
        for entry in entries:
            said = (found for phrasing in entry.phrasings if (found := words(phrasing.text)))
            spoken.setdefault(entry.id, []).extend(said)
            written.setdefault(entry.id, []).extend(map(words, entry.texts()))
        asked = [entry_id for entry_id, phrasings in spoken.items() if phrasings]
        views = Views([spoken[one] for one in asked], [written[one] for one in asked]) if asked else None
        return cls(asked, views, calibration or packaged())

    def search(self, text: str, lang: str | None = None, limit: int = 5) -> list[Match]:  # noqa: ARG002
        """Return up to `limit` matches, best first, ids distinct; empty when `text` has no words.

        The first score is the probability (0..1) that the first entry is right, the others share what it leaves. `lang` is
        accepted for callers that know it: one index for all languages did as well as one each (docs/performance.md).
        """
        said = words(text)
        if self.views is None or not said:
            return []
        whole = self.views.read(said)
        fused, summary = self.weigh(whole, self._clauses(text, said))
        best = _top(fused, limit)
        return [
            Match(self.ids[entry], score) for entry, score in zip(best, self._scores(fused, best, summary), strict=True)
        ]

    def weigh(self, whole: Question, clauses: Sequence[Question]) -> tuple[Scores, Summary]:
        """Return each entry's strength, and what the probability of the first rests on."""
        assert self.views is not None
        evidence = self.views.evidence(whole)
        fused = self.calibration.fuse(evidence)
        if clauses:
            best = np.max([self.calibration.fuse(self.views.evidence(clause)) for clause in clauses], axis=0)
            fused = fused + np.float32(self.calibration.clause) * (best - fused)
        return fused, Summary.of(fused, evidence)

    def _clauses(self, text: str, said: Sequence[str]) -> Sequence[Question]:
        """The thoughts of a longer message, each a question of its own: the one that counts is often the last of several."""
        assert self.views is not None
        parts = [found for part in _BORDER.split(text) if len(found := words(part)) >= _SHORTEST]
        return [self.views.read(part) for part in parts if len(part) < len(said)] if len(parts) > 1 else []

    def _scores(self, fused: Scores, best: Sequence[int], summary: Summary) -> list[float]:
        first = self.calibration.probability(summary)
        rest = np.exp((fused[best[1:]] - fused[best[0]]) * self.calibration.sharpness)
        shares = rest / (rest.sum() + 1.0) if len(best) > 1 else rest
        return [first, *(min(first, float(share) * (1.0 - first)) for share in shares)]


def _top(scores: Scores, count: int) -> list[int]:
    """The best entries, in the order of their scores, equals in the order of the content."""
    near = np.argpartition(-scores, count)[:count] if len(scores) > count else np.arange(len(scores))
    found: list[int] = sorted(near.tolist(), key=lambda entry: (-scores[entry], entry))
    return found
