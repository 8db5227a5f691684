"""What speaks for each entry: every view of the phrasings, side by side. The calibration weighs it."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from knowledge_base.features import bags, inverse_frequency, pieces, weighed
from knowledge_base.postings import Postings, Scores
from knowledge_base.spelling import Vocabulary, strongest
from knowledge_base.trained import MOST, Trained, train

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
    """One number for each entry and view. `alike` is 0 where it was not looked at."""

    question: Question
    machine: Scores
    bayes: Scores
    word_best: Scores
    word_mean: Scores
    piece_best: Scores
    piece_mean: Scores
    alike: Scores


class Views:
    """All views of one collection: for each entry its phrasings, and the texts (titles, answers) that speak of it, too."""

    def __init__(self, phrasings: Sequence[Sequence[Sequence[str]]], texts: Sequence[Sequence[Sequence[str]]]) -> None:
        self.sizes = np.array([len(own) for own in phrasings])
        self.starts = np.cumsum(self.sizes) - self.sizes
        flat = [words for own in phrasings for words in own]
        self.vocabulary = Vocabulary(flat)
        self._sorted = [" ".join(sorted(words)) for words in flat]
        self._word_idf = inverse_frequency([{word for words in own for word in words} for own in phrasings])
        self._stranger = math.log((1 + len(phrasings)) / 0.5)
        found = [pieces(words) for words in flat]
        self._piece_idf = inverse_frequency(_merged(found, self.starts))
        self._words = Postings([weighed(Counter(words), self._word_idf) for words in flat])
        self._pieces = Postings([weighed(bag, self._piece_idf) for bag in found])
        self._trained = _trained(phrasings, texts)

    def read(self, words: Sequence[str]) -> Question:
        """Return the question that `words` ask."""
        near = [bool(self.vocabulary.near(word)) for word in words]
        exact = [word in self.vocabulary for word in words]
        size = len(words) or 1
        return Question(words, self.vocabulary.read(words), sum(near) / size, sum(exact) / size)

    def evidence(self, question: Question) -> Evidence:
        """Return what speaks for each entry."""
        words, letters = self._word_scores(question), self._piece_scores(question)
        machine, bayes = self._trained_scores(question)
        word_best, piece_best = self._best(words), self._best(letters)
        near = set(_top(word_best + piece_best, SEARCHED)) | set(_top(machine, TRAINED))
        alike = np.zeros(len(self.starts), np.float32)
        said = " ".join(sorted(question.meant))
        for entry in near:
            alike[entry] = self._alike(said, entry)
        return Evidence(question, machine, bayes, word_best, self._mean(words), piece_best, self._mean(letters), alike)

    def _alike(self, said: str, entry: int) -> float:
        start = self.starts[entry]
        own = self._sorted[start : start + self.sizes[entry]]
        return max(fuzz.ratio(said, phrasing) for phrasing in own) / 100

    def _word_scores(self, question: Question) -> Scores:
        """Return how well the words of the question, and what they may stand for, fit each phrasing's."""
        spread: dict[str, float] = {}
        length = 0.0
        for word in question.words:
            near = self.vocabulary.near(word)
            length += (self._word_idf[strongest(near)] if near else self._stranger) ** 2
            for other, likeness in near.items():
                spread[other] = max(spread.get(other, 0.0), likeness * self._word_idf[other])
        return self._words.scores(_scaled(spread, math.sqrt(length) or 1.0))

    def _piece_scores(self, question: Question) -> Scores:
        """Return how well the pieces of the question's words fit each phrasing's, as written and as meant."""
        found = self._pieces.scores(weighed(pieces(question.words), self._piece_idf))
        if question.meant == question.words:
            return found
        return (found + self._pieces.scores(weighed(pieces(question.meant), self._piece_idf))) / 2

    def _trained_scores(self, question: Question) -> tuple[Scores, Scores]:
        """The machine and naive Bayes on the question as written and as meant; zeros where nothing was trained."""
        if self._trained is None:
            nothing = np.zeros(len(self.starts), np.float32)
            return nothing, nothing
        machine, bayes = self._trained.scores(bags(question.words))
        if question.meant == question.words:
            return machine, bayes
        again = self._trained.scores(bags(question.meant))
        return (machine + again[0]) / 2, (bayes + again[1]) / 2

    def _best(self, scores: Scores) -> Scores:
        return np.maximum.reduceat(scores, self.starts)

    def _mean(self, scores: Scores) -> Scores:
        found: Scores = (np.add.reduceat(scores, self.starts) / self.sizes).astype(np.float32)
        return found


def _trained(phrasings: Sequence[Sequence[Sequence[str]]], texts: Sequence[Sequence[Sequence[str]]]) -> Trained | None:
    """The trained models; none for a single entry, nor for collections that would take minutes."""
    documents = [(entry, words) for source in (phrasings, texts) for entry, own in enumerate(source) for words in own]
    if len(phrasings) < 2 or len(documents) > MOST:
        return None
    return train([bags(words) for _, words in documents], np.array([entry for entry, _ in documents]), len(phrasings))


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
