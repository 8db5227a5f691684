"""What speaks for each entry: every view of the phrasings, side by side. The calibration weighs it."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from knowledge_base.features import bags, flat_frequency, inverse_frequency, pieces, weighed
from knowledge_base.postings import Postings, Scores
from knowledge_base.spelling import Vocabulary, strongest
from knowledge_base.trained import MOST, WEIGHTS, Trained, softmax, train

# How many entries are compared letter by letter, the best of the two search views and of the trained view.
SEARCHED, TRAINED = 12, 8


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is compared: its words, the same as they were probably meant, and how much of it is known."""

    words: Sequence[str]
    meant: Sequence[str]
    known: float
    exact: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """One number for each entry and view; `trained` is a log probability. `alike` is 0 where it was not looked at."""

    question: Question
    trained: Scores
    word_best: Scores
    word_mean: Scores
    piece_best: Scores
    piece_mean: Scores
    alike: Scores


class Views:
    """All views of one collection of phrasings, which are grouped by entry: `starts` tells where each entry's begin."""

    def __init__(self, phrasings: Sequence[Sequence[str]], owners: npt.NDArray[np.int64]) -> None:
        self.owners = owners
        self.starts = np.flatnonzero(np.diff(owners, prepend=-1))
        self.sizes = np.diff(self.starts, append=len(owners))
        self.vocabulary = Vocabulary(phrasings)
        self._sorted = [" ".join(sorted(words)) for words in phrasings]
        grouped = [phrasings[start : start + size] for start, size in zip(self.starts, self.sizes, strict=True)]
        self.word_idf = inverse_frequency([{word for words in group for word in words} for group in grouped])
        self._stranger = math.log((1 + len(grouped)) / 0.5)
        found = [pieces(words) for words in phrasings]
        self._piece_idf = inverse_frequency(_merged(found, self.starts))
        self._words = Postings([weighed(Counter(words), self.word_idf) for words in phrasings])
        self._pieces = Postings([weighed(bag, self._piece_idf) for bag in found])
        self.trained, self.left_out = self._train(phrasings)

    def _train(self, phrasings: Sequence[Sequence[str]]) -> tuple[Trained | None, Scores | None]:
        if not 1 < len(self.starts) or len(phrasings) > MOST:
            return None, None
        documents = [bags(words) for words in phrasings]
        idf = {kind: flat_frequency([document[kind] for document in documents]) for kind in WEIGHTS}
        return train(idf, documents, self.owners, len(self.starts))

    def read(self, words: Sequence[str]) -> Question:
        """Return the question that `words` ask."""
        near = [bool(self.vocabulary.near(word)) for word in words]
        exact = [word in self.vocabulary for word in words]
        size = len(words) or 1
        return Question(words, self.vocabulary.read(words), sum(near) / size, sum(exact) / size)

    def evidence(self, question: Question) -> Evidence:
        """Return what speaks for each entry."""
        return self.weigh(question, self.word_scores(question), self.piece_scores(question), self._logits(question))

    def weigh(self, question: Question, words: Scores, letters: Scores, logits: Scores, without: int = -1) -> Evidence:
        """Return the evidence from the scores of phrasings; the phrasing `without` is not compared letter by letter."""
        word_best, piece_best = self._best(words), self._best(letters)
        near = set(_top(word_best + piece_best, SEARCHED)) | set(_top(logits, TRAINED))
        alike = np.zeros(len(self.starts), np.float32)
        said = " ".join(sorted(question.meant))
        for entry in near:
            alike[entry] = self._alike(said, entry, without)
        trained = np.log(softmax(logits) + np.float32(1e-9))
        return Evidence(question, trained, word_best, self._mean(words), piece_best, self._mean(letters), alike)

    def _alike(self, said: str, entry: int, without: int) -> float:
        start = int(self.starts[entry])
        own = range(start, start + int(self.sizes[entry]))
        return max((fuzz.ratio(said, self._sorted[number]) for number in own if number != without), default=0.0) / 100

    def word_scores(self, question: Question) -> Scores:
        """Return how well the words of the question, and what they may stand for, fit each phrasing's."""
        spread: dict[str, float] = {}
        length = 0.0
        for word in question.words:
            near = self.vocabulary.near(word)
            length += (self.word_idf[strongest(near)] if near else self._stranger) ** 2
            for other, likeness in near.items():
                spread[other] = max(spread.get(other, 0.0), likeness * self.word_idf[other])
        return self._words.scores(_scaled(spread, math.sqrt(length) or 1.0))

    def piece_scores(self, question: Question) -> Scores:
        """Return how well the pieces of the question's words fit each phrasing's, as written and as meant."""
        found = self._pieces.scores(weighed(pieces(question.words), self._piece_idf))
        if question.meant == question.words:
            return found
        return (found + self._pieces.scores(weighed(pieces(question.meant), self._piece_idf))) / 2

    def _logits(self, question: Question) -> Scores:
        if self.trained is None:
            return np.zeros(len(self.starts), np.float32)
        found = self.trained.logits(bags(question.words))
        if question.meant == question.words:
            return found
        return (found + self.trained.logits(bags(question.meant))) / 2

    def _best(self, scores: Scores) -> Scores:
        return np.maximum.reduceat(scores, self.starts)

    def _mean(self, scores: Scores) -> Scores:
        found: Scores = (np.add.reduceat(scores, self.starts) / self.sizes).astype(np.float32)
        return found


def _merged(found: Sequence[Mapping[str, int]], starts: npt.NDArray[np.int64]) -> list[set[str]]:
    ends = np.append(starts[1:], len(found))
    return [set().union(*found[start:end]) for start, end in zip(starts, ends, strict=True)]


def _scaled(vector: Mapping[str, float], length: float) -> dict[str, float]:
    return {feature: value / length for feature, value in vector.items()}


def _top(scores: Scores, count: int) -> Sequence[int]:
    if len(scores) <= count:
        return list(range(len(scores)))
    found: list[int] = np.argpartition(-scores, count)[:count].tolist()
    return found
