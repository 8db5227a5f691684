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

# Naive Bayes' log likelihoods are told relative to the best, down to e^-6; behind that nothing is likely any more.
_BAYES_DEPTH = 6.0
_MEAN_SCALE = 3.0


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
        return cls((*strengths, float(evidence.alike[first]), *understood))


def _lead(view: Scores, first: int) -> float:
    """How far the first entry stands before the best of the others."""
    others = np.delete(view, first)
    return float(view[first] - others.max()) if len(others) else float(view[first])


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of the views, of the clauses of a message and of the summary; thresholds for a direct answer and for asking back."""

    views: tuple[float, ...]
    clause: float
    sharpness: float
    summary: tuple[float, ...]
    offset: float
    sure: float
    unsure: float

    def fuse(self, evidence: Evidence) -> Scores:
        """Return one strength for each entry."""
        found: Scores = np.tensordot(np.asarray(self.views, np.float32), stacked(evidence), axes=1).astype(np.float32)
        return found

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
        evidence.word_mean * _MEAN_SCALE,
        evidence.piece_best,
        evidence.piece_mean * _MEAN_SCALE,
        evidence.alike,
    )
    return np.stack(rows).astype(np.float32)


def read(raw: Mapping[str, Any]) -> Calibration:
    """Return the calibration in a parsed TOML table; raises KeyError or TypeError when something is missing."""
    return Calibration(
        **{name: tuple(value) if isinstance(value, list) else float(value) for name, value in raw.items()}
    )


@cache
def packaged() -> Calibration:
    """Return the calibration that is shipped (calibration.toml, fitted by tests/bench/matching_fit.py)."""
    return read(tomllib.loads(files("knowledge_base").joinpath("calibration.toml").read_text("utf-8")))
