"""What speaks for each entry: every view of the phrasings, side by side. The calibration weighs it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist
from scipy.sparse import csc_matrix, csr_matrix

from knowledge_base.features import Columns, Floats, Places, rows_of, telling, weighed
from knowledge_base.postings import Postings, Scores
from knowledge_base.semantic import Embeds, Meaning
from knowledge_base.spelling import Vocabulary, strongest
from knowledge_base.trained import MOST, Trained, train

# How many entries are compared letter by letter, the best of the two search views and of the trained view.
SEARCHED, TRAINED = 12, 8
# Pieces that tell less than this stand in most entries: they take half of the time and change nothing.
COMMON = 0.2


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is compared: its words, the same as they were probably meant, and how much of it is known."""

    words: Sequence[str]
    meant: Sequence[str]
    near: Sequence[Mapping[str, float]]
    known: float
    exact: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """One number for each entry and view. `alike` is 0 where it was not looked at, `meaning` without a sentence model."""

    question: Question
    machine: Scores
    bayes: Scores
    word_best: Scores
    word_centre: Scores
    piece_best: Scores
    piece_centre: Scores
    alike: Scores
    meaning: Scores


class Views:
    """All views of one collection: for each entry its phrasings, and the texts (titles, answers) that speak of it, too."""

    def __init__(
        self,
        phrasings: Sequence[Sequence[Sequence[str]]],
        texts: Sequence[Sequence[Sequence[str]]],
        model: Embeds | None = None,
    ) -> None:
        self.sizes = np.array([len(own) for own in phrasings])
        self.starts = np.cumsum(self.sizes) - self.sizes
        self._owners = np.repeat(np.arange(len(phrasings)), self.sizes)
        flat = [words for own in phrasings for words in own]
        self.vocabulary = Vocabulary(flat)
        self._sorted = [" ".join(sorted(words)) for words in flat]
        self._columns = Columns()
        counts = self._columns.learn([*flat, *(words for own in texts for words in own)])
        self._index_pieces(counts[: len(flat)])
        self._index_words(flat)
        owners = np.concatenate([self._owners, np.repeat(np.arange(len(texts)), [len(own) for own in texts])])
        self._meaning = Meaning(model, flat) if model else None
        self._trained = _trained(counts, self._columns, owners)

    def _index_pieces(self, counts: csr_matrix) -> None:
        idf = telling(_merged(counts, self._owners)) * self._columns.of_pieces()
        self._piece_idf = np.where(idf < COMMON, 0.0, idf)
        values = weighed(counts.data, self._piece_idf[counts.indices], rows_of(counts))
        matrix = csr_matrix((values, counts.indices, counts.indptr), counts.shape)
        matrix.eliminate_zeros()
        self._pieces = Postings(matrix)
        self._piece_lengths = _lengths(_merged(matrix, self._owners))

    def _index_words(self, flat: Sequence[Sequence[str]]) -> None:
        counts = self.vocabulary.counted(flat)
        self._word_idf = telling(_merged(counts, self._owners))
        self._stranger = math.log((1 + len(self.sizes)) / 0.5)
        values = weighed(counts.data, self._word_idf[counts.indices], rows_of(counts))
        matrix = csr_matrix((values, counts.indices, counts.indptr), counts.shape)
        self._words = Postings(matrix)
        self._word_lengths = _lengths(_merged(matrix, self._owners))

    def read(self, words: Sequence[str]) -> Question:
        """Return the question that `words` ask."""
        near = [self.vocabulary.near(word) for word in words]
        meant = [other for word, found in zip(words, near, strict=True) for other in self.vocabulary.read(word, found)]
        exact = sum(word in self.vocabulary for word in words)
        size = len(words) or 1
        return Question(words, meant, near, sum(map(bool, near)) / size, exact / size)

    def evidence(self, question: Question) -> Evidence:
        """Return what speaks for each entry."""
        forms = [self._columns.read(words) for words in _forms(question)]
        words = self._word_scores(question)
        letters = self._pieces.scores(*_mixed([(columns, self._piece_values(columns, n)) for columns, n in forms]))
        machine, bayes = self._trained_scores(forms)
        word_best, piece_best = self._best(words), self._best(letters)
        near = sorted({*_top(word_best + piece_best, SEARCHED), *_top(machine, TRAINED)})
        alike = self._alike(question, near)
        word_centre = self._centre(words, self._word_lengths)
        piece_centre = self._centre(letters, self._piece_lengths)
        return Evidence(
            question, machine, bayes, word_best, word_centre, piece_best, piece_centre, alike, self._meant(question)
        )

    def _alike(self, question: Question, near: Sequence[int]) -> Scores:
        """The best likeness, letter by letter and in whatever order of words, to a phrasing of the entries that are near."""
        said = " ".join(sorted(question.meant))
        theirs = [self._sorted[self.starts[entry] : self.starts[entry] + self.sizes[entry]] for entry in near]
        ratios = cdist([said], [phrasing for own in theirs for phrasing in own], scorer=fuzz.ratio)[0]
        starts = np.cumsum([0, *map(len, theirs[:-1])])
        alike = np.zeros(len(self.starts), np.float32)
        alike[near] = np.maximum.reduceat(ratios, starts) / np.float32(100)
        return alike

    def _meant(self, question: Question) -> Scores:
        """The likeness in meaning to the best phrasing of each entry; zeros without a sentence model, or without words."""
        if self._meaning is None or not question.words:
            return np.zeros(len(self.starts), np.float32)
        return self._best(self._meaning.scores(_forms(question)))

    def _word_scores(self, question: Question) -> Scores:
        """Return how well the words of the question, and what they may stand for, fit each phrasing's."""
        spread: dict[int, float] = {}
        length = 0.0
        for found in question.near:
            length += (self._idf(strongest(found)) if found else self._stranger) ** 2
            for word, likeness in found.items():
                place = self.vocabulary.place(word)
                spread[place] = max(spread.get(place, 0.0), likeness * self._idf(word))
        values = np.fromiter(spread.values(), np.float64, len(spread)) / (math.sqrt(length) or 1.0)
        return self._words.scores(np.fromiter(spread, np.int32, len(spread)), values)

    def _idf(self, word: str) -> float:
        return float(self._word_idf[self.vocabulary.place(word)])

    def _piece_values(self, columns: Places, counts: Floats) -> Floats:
        return weighed(counts, self._piece_idf[columns], np.zeros(len(columns), np.int32))

    def _trained_scores(self, forms: Sequence[tuple[Places, Floats]]) -> tuple[Scores, Scores]:
        """The machine and naive Bayes; zeros where nothing was trained."""
        if self._trained is None:
            nothing = np.zeros(len(self.starts), np.float32)
            return nothing, nothing
        return self._trained.scores(*_mixed([(columns, self._trained.values(columns, n)) for columns, n in forms]))

    def _best(self, scores: Scores) -> Scores:
        return np.maximum.reduceat(scores, self.starts)

    def _centre(self, scores: Scores, lengths: Scores) -> Scores:
        """The likeness to all phrasings of an entry taken together."""
        found: Scores = (np.add.reduceat(scores, self.starts) / lengths).astype(np.float32)
        return found


def _forms(question: Question) -> list[Sequence[str]]:
    """The question as written and, where that differs, as it was probably meant."""
    return [question.words] if list(question.words) == list(question.meant) else [question.words, question.meant]


def _mixed(forms: Sequence[tuple[Places, Floats]]) -> tuple[Places, Floats]:
    """The mean of sparse vectors."""
    columns, places = np.unique(np.concatenate([columns for columns, _ in forms]), return_inverse=True)
    values: Floats = np.bincount(places, np.concatenate([values for _, values in forms])) / len(forms)
    return columns, values


def _trained(counts: csr_matrix, columns: Columns, owners: Any) -> Trained | None:
    """The trained models; none for a single entry, nor for collections that would take minutes."""
    entries = int(owners.max()) + 1
    if entries < 2 or entries * len(owners) > MOST:
        return None
    return train(counts, columns, owners, entries)


def _merged(counts: csr_matrix, owners: Any) -> csr_matrix:
    """One row for each entry, with the columns that any of its phrasings has."""
    shape = (int(owners.max()) + 1, len(owners))
    return csc_matrix((np.ones(len(owners), np.float32), owners, np.arange(len(owners) + 1)), shape).tocsr() @ counts


def _lengths(merged: csr_matrix) -> Scores:
    squares = np.bincount(rows_of(merged), merged.data**2, merged.shape[0])
    return np.sqrt(np.where(squares > 0, squares, 1.0)).astype(np.float32)


def _top(scores: Scores, count: int) -> Sequence[int]:
    if len(scores) <= count:
        return list(range(len(scores)))
    found: list[int] = np.argpartition(-scores, count)[:count].tolist()
    return found
