"""From the strength of the evidence to a probability: a few numbers, fitted once and stored beside the content."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Self

import numpy as np

from knowledge_base.evidence import Evidence
from knowledge_base.postings import Scores

# The views in the order of their weights.
VIEWS = ("machine", "bayes", "words, best phrasing", "words, all phrasings", "letters, best phrasing", "letters, all phrasings",
         "alike", "meaning")  # fmt: skip
# What the probability is made of, in the order of its weights.
SUMMARY = ("fused", "fused lead", "machine", "machine lead", "words", "words lead", "letters", "letters lead", "alike", "known",
           "exact", "length", "short", "chance", "meaning", "meaning lead")  # fmt: skip
LEXICAL, SEMANTIC = "calibration.toml", "calibration-semantic.toml"
# Naive Bayes' log likelihoods are told relative to the best, down to e^-6; behind that nothing is likely any more.
_BAYES_DEPTH = 6.0


@dataclass(frozen=True, slots=True)
class Summary:
    """What the probability of the first entry rests on: strengths and leads of the views, and how much was understood."""

    values: tuple[float, ...]

    @classmethod
    def of(cls, fused: Scores, evidence: Evidence) -> Self:
        """Return the summary of the entry that stands first in `fused`."""
        first = int(np.argmax(fused))
        views = (fused, evidence.machine, evidence.word_best, evidence.piece_best)
        strengths = [float(value) for view in views for value in (view[first], _lead(view, first))]
        question = evidence.question
        size = len(question.words)
        understood = (question.known, question.exact, math.log(max(1, size)), float(size <= 2))
        meaning = (float(evidence.meaning[first]), _lead(evidence.meaning, first))
        return cls((*strengths, float(evidence.alike[first]), *understood, _chance(fused), *meaning))


def _lead(view: Scores, first: int) -> float:
    """How far the first entry stands before the best of the others."""
    others = np.delete(view, first)
    return float(view[first] - others.max()) if len(others) else float(view[first])


def _chance(fused: Scores) -> float:
    """The log odds of the first entry, were the strengths all there is to know (they are fitted as a conditional logit)."""
    first = 1.0 / float(np.exp(fused - fused.max()).sum())
    return min(8.0, math.log(first / max(1.0 - first, 1e-6)))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of the views and of the summary; thresholds for a direct answer and for asking back."""

    views: tuple[float, ...]
    sharpness: float
    summary: tuple[float, ...]
    offset: float
    sure: float
    unsure: float

    def fuse(self, evidence: Evidence) -> Scores:
        """Return one strength for each entry."""
        found: Scores = np.tensordot(np.asarray(self.views, np.float32), stacked(evidence), axes=1).astype(np.float32)
        return found

    def shares(self, evidence: Evidence) -> list[dict[str, float]]:
        """Return for each entry how much each view adds to its strength."""
        weighed = np.asarray(self.views, np.float32)[:, None] * stacked(evidence)
        return [dict(zip(VIEWS, map(float, column), strict=True)) for column in weighed.T]

    def probability(self, summary: Summary) -> float:
        """Return the probability that the first entry is right: a logistic regression on the summary."""
        score = self.offset + sum(weight * value for weight, value in zip(self.summary, summary.values, strict=True))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def stacked(evidence: Evidence) -> Scores:
    """Return the views as rows, brought to like scales."""
    bayes = np.maximum(evidence.bayes - evidence.bayes.max(), -_BAYES_DEPTH) / _BAYES_DEPTH
    rows = (
        evidence.machine,
        bayes,
        evidence.word_best,
        evidence.word_centre,
        evidence.piece_best,
        evidence.piece_centre,
        evidence.alike,
        evidence.meaning,
    )
    return np.stack(rows).astype(np.float32)


def read(raw: Mapping[str, Any]) -> Calibration:
    """Return the calibration in a parsed TOML table; raises KeyError, TypeError or ValueError when it does not fit the code."""
    numbers = {name: float(raw[name]) for name in ("sharpness", "offset", "sure", "unsure")}
    views, summary = (tuple(map(float, raw[name])) for name in ("views", "summary"))
    if (len(views), len(summary)) != (len(VIEWS), len(SUMMARY)):
        raise ValueError(f"want {len(VIEWS)} views and {len(SUMMARY)} weights of the summary; refit it")
    return Calibration(views=views, summary=summary, **numbers)


@cache
def packaged(*, semantic: bool = False) -> Calibration:
    """Return the calibration that is shipped, or the one for indexes with a sentence model (tests/bench/matching_fit.py)."""
    name = SEMANTIC if semantic else LEXICAL
    return read(tomllib.loads(files("knowledge_base").joinpath(name).read_text("utf-8")))
