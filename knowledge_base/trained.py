"""Two linear models over the entries, trained when the index is built: a support vector machine and naive Bayes.

The machine tells entries apart that share most of their words; naive Bayes is the stronger where words are garbled and only
a few of them are known (measured side by side in docs/performance.md). Both are scikit-learn's; a question then costs no more
than a look-up of its features.
"""

import math
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.naive_bayes import MultinomialNB
from sklearn.svm import LinearSVC

from knowledge_base.features import Bag, flat_frequency, weighed
from knowledge_base.postings import Scores

# How much each kind of feature counts in the length of a vector.
WEIGHTS = {"stem": 1.0, "pair": 0.5, "skeleton": 0.2, "concept": 0.3, "piece": 1.0}
# Beyond this many phrasings the search views are enough, and training would take minutes.
MOST = 12_000
# The cost of a phrasing on the wrong side, and Lidstone smoothing; the middle of a wide plateau on public FAQ sets.
_COST, _SMOOTHING = 0.5, 0.05
Bags = Mapping[str, Bag]


@dataclass(frozen=True, slots=True)
class Trained:
    """The trained models: a row of weights for each feature, a column for each entry."""

    idf: Mapping[str, Mapping[Hashable, float]]
    places: Mapping[tuple[str, Hashable], int]
    machine: npt.NDArray[np.float16]
    offsets: Scores
    bayes: npt.NDArray[np.float16]

    def scores(self, bags: Bags) -> tuple[Scores, Scores]:
        """Return the machine's margin and naive Bayes' log likelihood for each entry."""
        found = dict(_features(bags, self.idf, self.places))
        rows, values = list(found), np.fromiter(found.values(), np.float32, len(found))
        return values @ self.machine[rows] + self.offsets, values @ self.bayes[rows]


def _features(
    bags: Bags, idf: Mapping[str, Mapping[Hashable, float]], places: Mapping[tuple[str, Hashable], int]
) -> Iterator[tuple[int, float]]:
    for kind, weight in WEIGHTS.items():
        for feature, value in weighed(bags[kind], idf[kind]).items():
            yield places[kind, feature], value * math.sqrt(weight)


def train(documents: Sequence[Bags], owners: npt.NDArray[np.int64], entries: int) -> Trained:
    """Return the models trained on `documents`, of which `owners` names the entries (0 .. entries - 1, each at least once)."""
    idf = {kind: flat_frequency([document[kind] for document in documents]) for kind in WEIGHTS}
    places = {(kind, feature): at for at, (kind, feature) in enumerate((k, f) for k in WEIGHTS for f in idf[k])}
    matrix = _matrix([dict(_features(document, idf, places)) for document in documents], len(places))
    machine = LinearSVC(C=_COST, random_state=0).fit(matrix, owners)
    bayes = MultinomialNB(alpha=_SMOOTHING, fit_prior=False).fit(matrix, owners)
    margins, offsets = machine.coef_, machine.intercept_
    if entries == 2:  # the library keeps one column for two classes
        margins, offsets = np.vstack([-margins, margins]), np.hstack([-offsets, offsets])
    return Trained(idf, places, _half(margins), offsets.astype(np.float32), _half(bayes.feature_log_prob_))


def _half(weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float16]:
    """Half precision halves the memory; the scores agree to three digits."""
    return np.ascontiguousarray(weights.T.astype(np.float16))


def _matrix(rows: Sequence[Mapping[int, float]], width: int) -> csr_matrix:
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter((column for row in rows for column in row), np.int32, ends[-1])
    values = np.fromiter((value for row in rows for value in row.values()), np.float64, ends[-1])
    return csr_matrix((values, columns, ends), (len(rows), width))
