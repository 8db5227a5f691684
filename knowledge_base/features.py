"""What of a text is compared: its stems, stems in pairs, skeletons, concepts, and pieces of its words.

Every feature has a column; texts become rows of a sparse matrix, so that thousands of phrasings are weighed at once.
"""

from array import array
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from knowledge_base.forms import consonants, root, stem
from knowledge_base.lexicon import named

# The kinds of features, and how much each counts in the length of a row that the trained models see.
WEIGHTS = {"stem": 1.0, "pair": 0.5, "skeleton": 0.2, "concept": 0.3, "piece": 1.0}
_STEM, _PAIR, _SKELETON, _CONCEPT, _PIECE = WEIGHTS
# Pieces of words, with their borders, of two to four letters.
_SIZES = (2, 3, 4)
Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]


class Columns:
    """The columns of all features of a collection. A text that is only read gets no new columns."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, str], int] = {}
        self._known: dict[str, array[int]] = {}

    def learn(self, texts: Sequence[Sequence[str]]) -> csr_matrix:
        """Return how often each text has each feature: a row for each text; new features get new columns."""
        found, ends, stems = array("i"), [0], _Stems()
        for words in texts:
            for word in words:
                found.extend(self._learned(word))
            found.extend(self._added(_joint(words, stems)))
            ends.append(len(found))
        shape = (len(texts), len(self._columns))
        counts = csr_matrix((np.ones(len(found), np.float32), np.frombuffer(found, np.int32), ends), shape)
        counts.sum_duplicates()
        return counts

    def read(self, words: Sequence[str]) -> tuple[Places, Floats]:
        """Return the known columns of a text and how often each occurs."""
        found = array("i")
        for word in words:
            known = self._known.get(word)
            found.extend(known if known is not None else self._present(_of_word(word)))
        found.extend(self._present(_joint(words, _Stems())))
        columns, counts = np.unique(np.frombuffer(found, np.int32), return_counts=True)
        return columns, counts.astype(np.float64)

    def kinds(self) -> Places:
        """Return the kind of each column, as its place in `WEIGHTS`."""
        places = {kind: place for place, kind in enumerate(WEIGHTS)}
        return np.fromiter((places[kind] for kind, _ in self._columns), np.int32, len(self._columns))

    def of_pieces(self) -> npt.NDArray[np.bool_]:
        """Return which columns are pieces of words."""
        return np.fromiter((kind == _PIECE for kind, _ in self._columns), bool, len(self._columns))

    def of_training(self) -> npt.NDArray[np.bool_]:
        """Return which columns the trained models see: the shortest pieces add to the time, not to what is found."""
        return np.fromiter(
            (kind != _PIECE or len(text) > _SIZES[0] for kind, text in self._columns), bool, len(self._columns)
        )

    def _learned(self, word: str) -> "array[int]":
        if word not in self._known:
            self._known[word] = array("i", self._added(_of_word(word)))
        return self._known[word]

    def _added(self, features: Sequence[tuple[str, str]]) -> list[int]:
        return [self._columns.setdefault(feature, len(self._columns)) for feature in features]

    def _present(self, features: Sequence[tuple[str, str]]) -> list[int]:
        return [self._columns[feature] for feature in features if feature in self._columns]


class _Stems(dict[str, str]):
    """Stems, each worked out once."""

    def __missing__(self, word: str) -> str:
        self[word] = short = stem(word)
        return short


def _of_word(word: str) -> list[tuple[str, str]]:
    """The features that a word has by itself."""
    short, bordered = stem(word), f" {word} "
    found = [(_STEM, short)]
    if len(word) > 2:
        found.append((_SKELETON, root(word) or consonants(short)))
    found += [(_PIECE, bordered[at : at + size]) for size in _SIZES for at in range(len(bordered) - size + 1)]
    return found


def _joint(words: Sequence[str], stems: _Stems) -> list[tuple[str, str]]:
    """The features that words have together."""
    pairs = [(_PAIR, f"{first} {second}") for first, second in pairwise([stems[word] for word in words])]
    return pairs + [(_CONCEPT, concept) for _, concept in named(words)]


def weighed(counts: Floats, idf: Floats, groups: Any) -> Floats:
    """Return (1 + ln n) * idf, scaled so that each of `groups` (one number for each value) is a vector of length 1."""
    values = (1.0 + np.log(counts)) * idf
    lengths = np.sqrt(np.bincount(groups, values * values))
    scaled: Floats = values / np.where(lengths > 0, lengths, 1.0)[groups]
    return scaled


def telling(counts: csr_matrix) -> Floats:
    """Return how telling each column is: ln((1 + N) / (0.5 + n)), n of N rows having it; never below 0.05.

    (Sparck Jones 1972, smoothed; the floor lets a feature that all have still count as agreement.)
    """
    found: Floats = np.maximum(0.05, np.log((1 + counts.shape[0]) / (0.5 + _holders(counts))))
    return found


def flat(counts: csr_matrix) -> Floats:
    """Return 1 + ln((1 + N) / (1 + n)) of each column: flatter, for a model that learns by itself what is telling."""
    found: Floats = 1 + np.log((1 + counts.shape[0]) / (1 + _holders(counts)))
    return found


def _holders(counts: csr_matrix) -> Floats:
    found: Floats = np.bincount(counts.indices, minlength=counts.shape[1]).astype(np.float64)
    return found


def rows_of(matrix: csr_matrix) -> Places:
    """Return the row of each stored value."""
    return np.repeat(np.arange(matrix.shape[0], dtype=np.int32), np.diff(matrix.indptr))
