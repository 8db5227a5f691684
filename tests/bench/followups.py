"""Measure follow-ups on the two-turn cases of tests/data/followups.toml; with `--fit`, fit the weights of knowledge_base.context.

    python -m tests.bench.followups [--fit]

Prints for the even cases (looked at while fitting) and the odd ones (held out): of the messages that need the last entry, how
many were searched with it, found first and among three, answered directly and wrongly; of the others, how many were left alone.
"""

import math
import sys
import time
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from scipy.optimize import minimize

from knowledge_base import context, library
from knowledge_base.library import Library
from knowledge_base.verdict import Sure, judge

CASES = Path(__file__).parents[1] / "data" / "followups.toml"
# Taking a message for a follow-up that is none does more harm than asking back.
ALONE_WEIGHS = 2.5
NEED_DECAY, MEANT_DECAY = 0.005, 0.02


@dataclass(frozen=True, slots=True)
class Case:
    """A message after an answer; `right` is empty when it must be searched alone."""

    last: str
    says: str
    lang: str
    right: frozenset[str]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Return the case in a row of the file."""
        return cls(row["last"], row["says"], row["lang"], frozenset(row.get("right", ())))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case."""

    follows: bool
    in_context: bool
    first: bool
    three: bool
    direct: bool


def cases() -> list[Case]:
    """Return all cases, in the order of the file."""
    return [Case.of(row) for row in tomllib.loads(CASES.read_text("utf-8"))["case"]]


def parts(found: Sequence[Case]) -> tuple[Sequence[Case], Sequence[Case]]:
    """Return the cases that may be looked at, and those that are held out."""
    return found[::2], found[1::2]


def measured(case: Case, content: Library) -> Outcome:
    """Return what becomes of `case` with `content`."""
    index = content.index
    need = content.context.need(case.says, case.last, index.search(case.says))
    matches = content.context.search(index, case.says, case.last)
    ids = [match.entry_id for match in matches]
    direct = isinstance(judge(matches, index.calibration), Sure)
    first, three = bool(case.right.intersection(ids[:1])), bool(case.right.intersection(ids[:3]))
    return Outcome(bool(case.right), need >= context.NEEDED, first, three, direct)


def share(values: Sequence[bool]) -> float:
    """Return the share that is true; 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def report(name: str, found: Sequence[Outcome]) -> None:
    """Print one line of shares."""
    follow, other = [one for one in found if one.follows], [one for one in found if not one.follows]
    direct = [one for one in follow if one.direct]
    print(
        f"{name:<9} follow-ups n {len(follow):>3}  in context {share([one.in_context for one in follow]):.3f}  "
        f"first {share([one.first for one in follow]):.3f}  three {share([one.three for one in follow]):.3f}  "
        f"direct {share([one.direct for one in follow]):.3f}  wrong of direct {share([not one.first for one in direct]):.3f}  |  "
        f"others n {len(other):>3}  left alone {share([not one.in_context for one in other]):.3f}"
    )


def fit_need(found: Sequence[Case], content: Library) -> Sequence[float]:
    """Return the weights with which messages that need the last entry are told from the others: a logistic regression."""
    rows = np.array([content.context.signs(one.says, one.last, content.index.search(one.says)) for one in found])
    signs = np.where([bool(one.right) for one in found], 1.0, -1.0)
    weights = np.where(signs > 0, 1.0, ALONE_WEIGHS)

    def loss(w: Any) -> float:
        return float(np.mean(weights * np.logaddexp(0, -signs * (rows @ w))) + NEED_DECAY * w[:-1] @ w[:-1])

    return list(np.round(minimize(loss, np.zeros(rows.shape[1])).x, 2))


def fit_meant(found: Sequence[Case], content: Library) -> Sequence[float]:
    """Return the weights with which the right entry is told from the others: a conditional logit."""
    traits = [(one, content.context.traits(content.index, one.says, one.last)) for one in found if one.right]
    rows = [(np.array(list(own.values())), np.array([i in one.right for i in own])) for one, own in traits]

    def loss(w: Any) -> float:
        chances = [np.exp(features @ w - np.max(features @ w)) for features, _ in rows]
        losses = [
            -math.log(p[right].sum() / p.sum()) for p, (_, right) in zip(chances, rows, strict=True) if right.any()
        ]
        return float(np.mean(losses) + MEANT_DECAY * w @ w)

    return list(np.round(minimize(loss, np.zeros(len(context.MEANT))).x, 2))


def main() -> None:
    """Measure, and fit when asked to."""
    content, found = library.load(), cases()
    began = time.perf_counter()
    content.context.build(content.entries)
    print(f"context built in {(time.perf_counter() - began) * 1000:.0f} ms")
    looked_at, held_out = parts(found)
    if "--fit" in sys.argv:
        print("NEED", [float(one) for one in fit_need(looked_at, content)])
        print("MEANT", [float(one) for one in fit_meant(looked_at, content)])
    for name, part in (("looked at", looked_at), ("held out", held_out)):
        report(name, [measured(one, content) for one in part])


if __name__ == "__main__":
    main()
