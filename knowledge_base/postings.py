"""An inverted index: for each feature the phrasings that have it, so that a question is compared with all at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
# Features that more phrasings than this share are passed over in very large collections: they cost most and tell least.
COMMON = 6000


class Postings:
    """Dot products of a sparse question with every sparse phrasing."""

    def __init__(self, vectors: Sequence[Mapping[str, float]]) -> None:
        self.size = len(vectors)
        rows: defaultdict[str, list[int]] = defaultdict(list)
        values: defaultdict[str, list[float]] = defaultdict(list)
        for number, vector in enumerate(vectors):
            for feature, value in vector.items():
                rows[feature].append(number)
                values[feature].append(value)
        self._places, at = {}, 0
        for feature, numbers in rows.items():
            self._places[feature] = slice(at, at := at + len(numbers))
        self._rows = np.fromiter((n for numbers in rows.values() for n in numbers), np.int32, at)
        self._values = np.fromiter((v for some in values.values() for v in some), np.float32, at)

    def scores(self, vector: Mapping[str, float]) -> Scores:
        """Return the dot product of `vector` with each phrasing."""
        found = np.zeros(self.size, np.float32)
        for feature, value in vector.items():
            place = self._places.get(feature)
            if place is not None and place.stop - place.start <= COMMON:
                found[self._rows[place]] += self._values[place] * np.float32(value)
        return found
