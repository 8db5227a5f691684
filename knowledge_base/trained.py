"""A linear model over the entries, trained when the index is built: multinomial logistic regression on sketched features.

Sketching (signed feature hashing, Weinberger et al. 2009) keeps the model small whatever words people use. Training uses
Boehning's fixed bound of the Hessian (1992): one matrix inverse, then a few cheap steps that always go downhill.
"""

import math
import zlib
from collections.abc import Hashable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from knowledge_base.features import Bag, weighed

Matrix = npt.NDArray[np.float32]
# How much each kind of feature counts in the length of a vector.
WEIGHTS = {"stem": 1.0, "pair": 0.5, "skeleton": 0.2, "concept": 0.3, "piece": 1.0}
# A wide sketch while it costs nothing, a narrow one for large collections, where solving grows with its cube.
FEW, WIDE, NARROW = 2000, 8192, 2048
# Beyond this the phrasings themselves are search enough, and training would take minutes.
MOST = 8000
_SCALE, _RIDGE, _STEPS = 8.0, 1.0, 20
_HALF = 0.5**0.5


class Sketch:
    """Turns bags of features into short dense vectors."""

    def __init__(self, idf: Mapping[str, Mapping[Hashable, float]], width: int) -> None:
        self._idf, self.width = idf, width

    def vector(self, bags: Mapping[str, Bag]) -> Matrix:
        """Return the sketch of `bags`; its dot products estimate those of the full vectors."""
        places: list[int] = []
        values: list[float] = []
        for kind, weight in WEIGHTS.items():
            for feature, value in weighed(bags[kind], self._idf[kind]).items():
                first, second = self._places(f"{kind}:{feature}")
                share = value * math.sqrt(weight) * _HALF
                places += (abs(first) - 1, abs(second) - 1)
                values += (math.copysign(share, first), math.copysign(share, second))
        return np.bincount(places, values, self.width).astype(np.float32) if places else np.zeros(self.width, np.float32)

    def _places(self, feature: str) -> tuple[int, int]:
        """Two places in 1..width, each with a sign."""
        digest = zlib.crc32(feature.encode()), zlib.crc32(feature.encode(), 1)
        return tuple((place >> 1) % self.width + 1 if place & 1 else -((place >> 1) % self.width + 1) for place in digest)  # type: ignore[return-value]


class Trained:
    """The trained model: `logits` of a question for every entry."""

    def __init__(self, sketch: Sketch, weights: Matrix) -> None:
        self._sketch, self._weights = sketch, weights

    def logits(self, bags: Mapping[str, Bag]) -> Matrix:
        """Return one number for each entry; the softmax of all is a probability."""
        return self._sketch.vector(bags) @ self._weights


def train(
    idf: Mapping[str, Mapping[Hashable, float]], documents: Sequence[Mapping[str, Bag]], owners: npt.NDArray[np.int64], entries: int
) -> tuple[Trained, Matrix]:
    """Return the model, and for each phrasing the logits it would get had it not been learned (leave-one-out, to first order)."""
    sketch = Sketch(idf, WIDE if len(documents) <= FEW else NARROW)
    rows = np.stack([sketch.vector(document) for document in documents]) * np.float32(_SCALE**0.5)
    wanted = np.zeros((len(documents), entries), np.float32)
    wanted[np.arange(len(documents)), owners] = 1.0
    solve = _dual if len(documents) < sketch.width else _primal
    weights, left_out = solve(rows, wanted)
    return Trained(sketch, weights * np.float32(_SCALE**0.5)), left_out


def _dual(rows: Matrix, wanted: Matrix) -> tuple[Matrix, Matrix]:
    """For fewer phrasings than features."""
    kernel = rows @ rows.T
    inverse = np.linalg.inv(0.5 * kernel + _RIDGE * np.eye(len(rows), dtype=np.float32))
    shares = np.zeros_like(wanted)
    for _ in range(_STEPS):
        shares += inverse @ (wanted - softmax(kernel @ shares) - np.float32(_RIDGE) * shares)
    logits = kernel @ shares
    leverage = np.einsum("ij,ji->i", kernel, inverse)
    return rows.T @ shares, _left_out(logits, wanted, leverage)


def _primal(rows: Matrix, wanted: Matrix) -> tuple[Matrix, Matrix]:
    """For more phrasings than features."""
    inverse = np.linalg.inv(0.5 * rows.T @ rows + _RIDGE * np.eye(rows.shape[1], dtype=np.float32))
    weights = np.zeros((rows.shape[1], wanted.shape[1]), np.float32)
    for _ in range(_STEPS):
        weights += inverse @ (rows.T @ (wanted - softmax(rows @ weights)) - np.float32(_RIDGE) * weights)
    leverage = np.einsum("ij,ij->i", rows @ inverse, rows)
    return weights, _left_out(rows @ weights, wanted, leverage)


def _left_out(logits: Matrix, wanted: Matrix, leverage: Matrix) -> Matrix:
    """The logits without each phrasing's own pull (one Newton step on the bound)."""
    pull = leverage / np.maximum(1.0 - 0.5 * leverage, 0.05)
    found: Matrix = logits - pull[:, None] * (wanted - softmax(logits))
    return found


def softmax(logits: Matrix) -> Matrix:
    """Return probabilities along the last axis."""
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    found: Matrix = raised / raised.sum(-1, keepdims=True)
    return found
