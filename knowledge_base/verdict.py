"""What to do with the matches: answer, ask which is meant, or say that we do not know."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge_base.calibration import Calibration
from knowledge_base.model import Match

CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Sure:
    """One entry stands out."""

    entry_id: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """Some entries are possible, best first, at most three."""

    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing fits; `nearest` may still be offered, at most three."""

    nearest: tuple[str, ...] = ()


Verdict = Sure | Unsure | Unknown


def judge(matches: Sequence[Match], calibration: Calibration) -> Verdict:
    """Return the verdict on `matches`, which are best first, by the thresholds that were fitted with their scores."""
    ids = tuple(match.entry_id for match in matches[:CANDIDATES])
    if not matches or matches[0].score < calibration.unsure:
        return Unknown(ids)
    return Sure(ids[0]) if matches[0].score >= calibration.sure else Unsure(ids)
