"""Find the entries that a question may mean: several views of the same phrasings, weighed into one probability."""

from collections.abc import Iterable, Sequence
from typing import Self

import numpy as np
from rapidfuzz import fuzz

from knowledge_base.calibration import Calibration, Summary, packaged
from knowledge_base.evidence import Evidence, Question, Views
from knowledge_base.explanation import Explanation, Reason, readings
from knowledge_base.model import Entry, Match
from knowledge_base.postings import Scores
from knowledge_base.semantic import Embeds
from knowledge_base.words import words

Spoken = Sequence[Sequence[str]]
# The least probability of an entry that has the question word for word among its phrasings.
VERBATIM = 0.97


class Index:
    """All phrasings of all entries, ready to be searched. Built once, never changed: a new one replaces it."""

    def __init__(
        self, ids: Sequence[str], spoken: Sequence[Spoken], views: Views | None, calibration: Calibration
    ) -> None:
        self.ids, self.views, self.calibration = ids, views, calibration
        self._spoken = spoken
        self._verbatim = _owners(spoken)

    @classmethod
    def build(
        cls, entries: Iterable[Entry], calibration: Calibration | None = None, model: Embeds | None = None
    ) -> Self:
        """Return an index over every phrasing of `entries`, in all languages together; `calibration` as shipped if not given.

        With a sentence `model` its view joins the others, and the calibration is the one fitted with such a view.
        """
        spoken: dict[str, list[Sequence[str]]] = {}
        written: dict[str, list[Sequence[str]]] = {}
        for entry in entries:
            said = (found for phrasing in entry.phrasings if (found := words(phrasing.text)))
            spoken.setdefault(entry.id, []).extend(said)
            written.setdefault(entry.id, []).extend(found for text in entry.texts() if (found := words(text)))
        asked = [entry_id for entry_id, phrasings in spoken.items() if phrasings]
        phrasings, texts = [spoken[one] for one in asked], [written[one] for one in asked]
        views = Views(phrasings, texts, model) if asked else None
        return cls(asked, phrasings, views, calibration or packaged(semantic=model is not None))

    def search(self, text: str, lang: str | None = None, limit: int = 5) -> list[Match]:  # noqa: ARG002
        """Return up to `limit` matches, best first, ids distinct; empty when `text` has no words.

        The first score is the probability (0..1) that the first entry is right, the others share what it leaves. `lang` is
        accepted for callers that know it: one index for all languages did as well as one each (docs/understanding.md).
        """
        said = words(text)
        if self.views is None or not said or limit < 1:
            return []
        return self._matches(self.views.evidence(self.views.read(said)), limit)

    def explain(self, text: str, limit: int = 5) -> Explanation:
        """Return how `text` was read and what speaks for each match."""
        said = words(text)
        if self.views is None or not said:
            return Explanation((), ())
        question = self.views.read(said)
        evidence = self.views.evidence(question)
        shares = self.calibration.shares(evidence)
        reasons = [
            Reason(match, shares[self.ids.index(match.entry_id)], self._nearest(question, match))
            for match in self._matches(evidence, limit)
        ]
        return Explanation(readings(self.views.vocabulary, question), tuple(reasons))

    def _nearest(self, question: Question, match: Match) -> str:
        """The phrasing of the entry that is most like the question."""
        own = [" ".join(phrasing) for phrasing in self._spoken[self.ids.index(match.entry_id)]]
        return max(own, key=lambda phrasing: fuzz.token_sort_ratio(" ".join(question.meant), phrasing))

    def _matches(self, evidence: Evidence, limit: int) -> list[Match]:
        fused = self.calibration.fuse(evidence)
        known = self._verbatim.get(" ".join(evidence.question.words))
        if known is not None:
            fused[known] = fused.max() + 1
        best = _top(fused, limit)
        first = max(self.calibration.probability(Summary.of(fused, evidence)), 0.0 if known is None else VERBATIM)
        scores = self._scores(fused, best, first)
        return [Match(self.ids[entry], score) for entry, score in zip(best, scores, strict=True)]

    def _scores(self, fused: Scores, best: Sequence[int], first: float) -> list[float]:
        rest = np.exp((fused[best[1:]] - fused[best[0]]) * self.calibration.sharpness)
        shares = rest / (rest.sum() + 1.0)
        return [first, *(min(first, float(share) * (1.0 - first)) for share in shares)]


def _owners(spoken: Sequence[Spoken]) -> dict[str, int]:
    """The entry of each phrasing that only one entry has."""
    owners: dict[str, set[int]] = {}
    for entry, phrasings in enumerate(spoken):
        for phrasing in phrasings:
            owners.setdefault(" ".join(phrasing), set()).add(entry)
    return {phrasing: entry for phrasing, (entry, *others) in owners.items() if not others}


def _top(scores: Scores, count: int) -> list[int]:
    """The best entries, in the order of their scores, equals in the order of the content."""
    near = np.argpartition(-scores, count)[:count] if len(scores) > count else np.arange(len(scores))
    found: list[int] = sorted(near.tolist(), key=lambda entry: (-scores[entry], entry))
    return found
