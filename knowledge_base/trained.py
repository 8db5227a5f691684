"""Two linear models over the entries, trained when the index is built: a support vector machine and naive Bayes.

The machine tells entries apart that share most of their words; naive Bayes is the stronger where words are garbled and only
a few of them are known (measured side by side in docs/performance.md). The machine is scikit-learn's (LIBLINEAR).
"""

from dataclasses import dataclass
from typing import Any
from warnings import catch_warnings, filterwarnings

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_matrix, csr_matrix
from sklearn.svm import LinearSVC

from knowledge_base.features import WEIGHTS, Columns, Floats, Places, flat, rows_of, weighed
from knowledge_base.postings import Postings, Scores

# The cost of a phrasing on the wrong side, and Lidstone smoothing; the middle of a wide plateau on public FAQ sets.
_COST, _TOLERANCE, _SMOOTHING = 0.3, 0.5, 0.05
# Beyond this many pairs of a phrasing and an entry the views of the search are enough: training would take minutes.
MOST = 4_000_000
# The machine's weights below this are left out: they change no score in the second digit and take most of the memory.
_NOTHING = 0.004


@dataclass(frozen=True, slots=True)
class Trained:
    """The trained models: for each feature its weights in the entries that it speaks for or against."""

    idf: Floats
    kinds: Places
    machine: Postings
    offsets: Scores
    bayes: Postings
    totals: Scores

    def values(self, columns: Places, counts: Floats) -> Floats:
        """Return a question's features as the models see them."""
        return _values(counts, self.idf[columns], self.kinds[columns])

    def scores(self, columns: Places, values: Floats) -> tuple[Scores, Scores]:
        """Return the machine's margin and naive Bayes' log likelihood for each entry."""
        machine = self.machine.scores(columns, values) + self.offsets
        bayes = self.bayes.scores(columns, values) - np.float32(values.sum()) * self.totals
        return machine, bayes


def _values(counts: Floats, idf: Floats, kinds: Places, rows: Any = 0) -> Floats:
    shares = np.sqrt(np.array(list(WEIGHTS.values())))
    found: Floats = weighed(counts, idf, rows * len(WEIGHTS) + kinds) * shares[kinds]
    return found


def train(counts: csr_matrix, columns: Columns, owners: Any, entries: int) -> Trained:
    """Return the models trained on the rows of `counts`; `owners` names their entries (0 .. entries - 1, each at least once)."""
    idf, kinds = flat(counts) * columns.of_training(), columns.kinds()
    values = _values(counts.data, idf[counts.indices], kinds[counts.indices], rows_of(counts))
    matrix = csr_matrix((values, counts.indices, counts.indptr), counts.shape)
    matrix.eliminate_zeros()
    machine, offsets = _machine(matrix, owners, entries)
    bayes, totals = _bayes(matrix, owners, entries)
    return Trained(idf, kinds, Postings(machine), offsets, Postings(bayes), totals)


def _machine(matrix: csr_matrix, owners: Any, entries: int) -> tuple[csc_matrix, Scores]:
    """One row of weights for each entry (Crammer and Singer 2001: all entries in one problem, half the time of one by one)."""
    used = np.bincount(matrix.indices, minlength=matrix.shape[1]) > 0
    narrow = csr_matrix(
        (matrix.data, (np.cumsum(used) - 1)[matrix.indices], matrix.indptr), (matrix.shape[0], int(used.sum()))
    )
    machine = LinearSVC(C=_COST, tol=_TOLERANCE, multi_class="crammer_singer", random_state=0)
    with catch_warnings():  # entries with a single phrasing are meant
        filterwarnings("ignore", "The number of unique classes", UserWarning)
        machine.fit(narrow, owners)
    margins, offsets = machine.coef_.T, machine.intercept_
    if entries == 2:  # the library keeps one row for two classes
        margins, offsets = np.hstack([-margins, margins]), np.hstack([-offsets, offsets])
    return _sparse(margins, used), offsets.astype(np.float32)


def _sparse(margins: Floats, used: npt.NDArray[np.bool_]) -> csc_matrix:
    """The weights that matter, a row for each entry; `margins` has a row for each of the used columns."""
    kept = np.abs(margins) >= _NOTHING
    sizes = np.zeros(len(used), np.int64)
    sizes[used] = kept.sum(1)
    values = (margins[kept].astype(np.float32), np.nonzero(kept)[1], np.concatenate([[0], np.cumsum(sizes)]))
    return csc_matrix(values, (margins.shape[1], len(used)))


def _bayes(matrix: csr_matrix, owners: Any, entries: int) -> tuple[csr_matrix, Scores]:
    """Multinomial naive Bayes, kept sparse: ln((n + a) / (N + aF)) is ln(1 + n/a) - ln(N + aF) but for a constant."""
    ones = np.ones(len(owners))
    sums = (csr_matrix((ones, (owners, np.arange(len(owners)))), (entries, len(owners))) @ matrix).tocsr()
    totals = np.log(np.asarray(sums.sum(1)).ravel() + _SMOOTHING * matrix.shape[1])
    sums.data = np.log1p(sums.data / _SMOOTHING)
    return sums, totals.astype(np.float32)
