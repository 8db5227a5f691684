"""An inverted index: for each column of a sparse matrix the rows that have it, so that a question meets all rows at once."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from knowledge_base.features import Floats, Places

Scores = npt.NDArray[np.float32]
# Columns that more rows than this have are passed over: in very large collections they cost most and tell least.
COMMON = 3000


class Postings:
    """Products of a sparse question with every row of a sparse matrix."""

    def __init__(self, matrix: csr_matrix) -> None:
        by_column = matrix.tocsc()
        self.size = int(matrix.shape[0])
        self._starts, self._rows = by_column.indptr, by_column.indices
        self._values = by_column.data.astype(np.float32)

    def scores(self, columns: Places, values: Floats) -> Scores:
        """Return the dot product of the vector that has `values` in `columns` with each row."""
        starts = self._starts[columns]
        sizes = self._starts[columns + 1] - starts
        sizes = np.where(sizes > COMMON, 0, sizes)
        ends = np.cumsum(sizes)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + sizes, sizes)
        found = np.bincount(self._rows[places], self._values[places] * np.repeat(values, sizes), self.size)
        return found.astype(np.float32)
