"""Fit knowledge_base/calibration.toml: the weights of the views, and the way from evidence to a probability.

    python -m tests.bench.matching_fit ../shared/eval/matching/dev [FOLDER OF A SENTENCE MODEL]

With a sentence model the weights go to calibration-semantic.toml.

Fitted on public FAQ sets (in the folder given; they are not part of the project) together with the packaged content, of which
every phrasing is asked of an index that has not seen it, and whole topics are left out to stand for questions out of scope.
Only these few numbers are kept. Needs scipy, which comes with scikit-learn.
"""

import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from knowledge_base import library
from knowledge_base.calibration import LEXICAL, SEMANTIC, SUMMARY, Calibration, Summary, stacked
from knowledge_base.evidence import Evidence
from knowledge_base.index import Index
from knowledge_base.library import load_phrasings
from knowledge_base.model import Entry
from knowledge_base.postings import Scores
from knowledge_base.semantic import Embeds, SentenceModel
from knowledge_base.words import words

# The thresholds are the product's own: on its labelled questions about 95 of 100 direct answers are right from `sure` on, and
# 5 of 100 questions in scope lie below `unsure` (tests/bench/questions.py).
START = Calibration((2.5, 1.5, 0.2, 2.1, 0.5, 6.9, 0.5, 1.0), 1.0, (0.0,) * len(SUMMARY), 0.0, 0.8, 0.18)
# Out-of-scope questions are weighed as a fifth of what comes in; the content counts for two public sets.
STRANGERS, OWN = 0.2, 2.0
FOLDS, PARTS, EVERY, LEFT_OUT = 3, 10, 1, 20
NEAR = 24


@dataclass(slots=True)
class Asked:
    """One question put to an index: the views of the nearest entries, which of them is right (-1: none), the evidence itself."""

    index: Index
    text: str
    right: int
    weight: float = 1.0


class Remembered:
    """A sentence model that reads each text once: the same phrasings are indexed many times here."""

    def __init__(self, model: Embeds) -> None:
        self._model = model
        self._known: dict[str, Scores] = {}

    def vectors(self, texts: Sequence[str]) -> Scores:
        """Return one row of length 1 for each text."""
        if new := [text for text in dict.fromkeys(texts) if text not in self._known]:
            self._known |= dict(zip(new, self._model.vectors(new), strict=True))
        return np.stack([self._known[text] for text in texts])


def public(folder: Path, model: Embeds | None) -> Iterator[list[Asked]]:
    """Yield the questions of each public set, clean and noisy."""
    for file in sorted(folder.glob("*.json")):
        index = Index.build(load_phrasings(file), START, model)
        places = {entry: number for number, entry in enumerate(index.ids)}
        queries = json.loads(file.read_text("utf-8"))["queries"]
        yield [
            Asked(index, query[form], places.get(query["id"], -1)) for query in queries for form in ("text", "noisy")
        ]


def own(model: Embeds | None) -> list[Asked]:
    """Return the packaged content's phrasings, each asked of an index without it."""
    entries, draw, asked = list(library.load().entries.values()), random.Random(3), []
    folds = {(entry.id, phrasing.text): draw.randrange(PARTS) for entry in entries for phrasing in entry.phrasings}
    for fold in range(FOLDS):
        absent = set(draw.sample([entry.id for entry in entries], LEFT_OUT))
        kept = [_without(entry, folds, fold) for entry in entries]
        asked += list(_ask(entries, _index(kept, model), folds, fold, set()))[::EVERY]
        part = _index([entry for entry in kept if entry.id not in absent], model)
        asked += _ask(entries, part, folds, fold, absent)
    return asked


def _index(entries: Sequence[Entry], model: Embeds | None) -> Index:
    return Index.build(entries, START, model)


def _without(entry: Entry, folds: dict[tuple[str, str], int], fold: int) -> Entry:
    return replace(entry, phrasings=tuple(p for p in entry.phrasings if folds[entry.id, p.text] != fold))


def _ask(
    entries: Sequence[Entry], index: Index, folds: dict[tuple[str, str], int], fold: int, absent: set[str]
) -> Iterator[Asked]:
    places = {entry: number for number, entry in enumerate(index.ids)}
    for entry in entries:
        for phrasing in entry.phrasings if not absent or entry.id in absent else ():
            if folds[entry.id, phrasing.text] == fold:
                yield Asked(index, phrasing.text, places.get(entry.id, -1))


def evidence(one: Asked) -> Evidence:
    """Return what speaks for each entry."""
    views = one.index.views
    if views is None:
        raise SystemExit("matching_fit: a set without phrasings; leave it out")
    return views.evidence(views.read(words(one.text)))


def fit_views(groups: Sequence[Sequence[tuple[Asked, Evidence]]]) -> tuple[float, ...]:
    """Return the weights under which the right entry is likeliest (conditional logit over the nearest entries)."""
    rows = []
    for group in groups:
        share = OWN if group is groups[-1] else 1.0
        scoped = [(asked, found) for asked, found in group if asked.right >= 0]
        for asked, found in scoped:
            views = stacked(found)
            near = np.unique([*np.argsort(-np.tensordot(START.views, views, 1))[:NEAR], asked.right])
            rows.append((views[:, near], int(np.flatnonzero(near == asked.right)[0]), share / len(scoped)))

    def loss(weights: Any) -> tuple[float, Any]:
        total, slope = 0.001 * weights @ weights, 0.002 * weights
        for views, right, share in rows:
            scores = weights @ views
            likely = np.exp(scores - scores.max())
            likely /= likely.sum()
            total -= share * np.log(likely[right] + 1e-12)
            slope -= share * (views[:, right] - views @ likely)
        return total, slope

    return tuple(round(float(w), 3) for w in minimize(loss, np.ones(len(START.views)), jac=True, method="L-BFGS-B").x)


def fit_summary(groups: Sequence[Sequence[tuple[Asked, Evidence]]], calibration: Calibration) -> Calibration:
    """Return the calibration with a logistic regression from summaries to "the first entry is right"."""
    found = [[_judged(asked, seen, calibration) for asked, seen in group] for group in groups]
    values = np.array([summary for group in found for summary, *_ in group])
    right = np.array([hit for group in found for _, hit, _ in group], float)
    weight = np.concatenate([_weights([scoped for *_, scoped in group]) for group in found])
    scale = values.std(0) + 1e-9
    design = np.column_stack([values / scale, np.ones(len(values))])

    def loss(weights: Any) -> tuple[float, Any]:
        likely = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        cost = -(weight * (right * np.log(likely + 1e-12) + (1 - right) * np.log(1 - likely + 1e-12))).sum()
        return cost + 0.002 * weights[:-1] @ weights[:-1], design.T @ (weight * (likely - right)) + 0.004 * np.append(
            weights[:-1], 0
        )

    best = minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B").x
    fitted = tuple(round(float(w), 4) for w in best[:-1] / scale)
    return replace(calibration, summary=fitted, offset=round(float(best[-1]), 4))


def _judged(asked: Asked, seen: Evidence, calibration: Calibration) -> tuple[tuple[float, ...], bool, bool]:
    fused = calibration.fuse(seen)
    return Summary.of(fused, seen).values, int(np.argmax(fused)) == asked.right, asked.right >= 0


def _weights(scoped: Sequence[bool]) -> Any:
    inside = np.array(scoped)
    shares = np.where(inside, 1.0, STRANGERS / (1 - STRANGERS) * inside.sum() / max(1, (~inside).sum()))
    return shares / shares.sum()


def main() -> None:
    """Fit and write the file."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("missing")
    if not folder.is_dir():
        sys.exit("matching_fit: give the folder with the public FAQ sets, like ../shared/eval/matching/dev")
    model = Remembered(SentenceModel.open(Path(sys.argv[2]))) if len(sys.argv) > 2 else None
    groups = [[(asked, evidence(asked)) for asked in group] for group in (*public(folder, model), own(model))]
    calibration = replace(START, views=fit_views(groups))
    calibration = fit_summary(groups, calibration)
    lines = [f"{name} = {list(value) if isinstance(value, tuple) else value}" for name, value in _fields(calibration)]
    head = "# Made by tests/bench/matching_fit.py: weights of the views and of the summary, thresholds. Refit it, do not edit it."
    target = Path(library.PACKAGED).parent / (SEMANTIC if model else LEXICAL)
    target.write_text("\n".join([head, *lines, ""]), "utf-8")
    print(target.read_text("utf-8"))


def _fields(calibration: Calibration) -> Iterator[tuple[str, Any]]:
    for name in ("views", "sharpness", "summary", "offset", "sure", "unsure"):
        yield name, getattr(calibration, name)


if __name__ == "__main__":
    main()
