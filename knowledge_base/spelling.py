"""Which known words an unknown one may stand for: texting forms, lost vowels, sounds, slips, lost spaces."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA
from scipy.sparse import csr_matrix

from knowledge_base.forms import consonants, root, sound, stem
from knowledge_base.lexicon import concepts, respellings


class How(StrEnum):
    """In what a word is like another."""

    SAME = "the same word"
    TEXTING = "texting form"
    STEM = "same stem"
    ROOT = "same Swahili root"
    CONCEPT = "same concept"
    VOWELS = "lost vowels"
    SOUND = "same sound"
    SLIP = "slip"
    SPLIT = "lost space"


# How far each kind of likeness is trusted, 1 being the same word; the middle of a plateau on public FAQ sets.
TRUST = {How.SAME: 1.0, How.TEXTING: 0.95, How.STEM: 0.85, How.ROOT: 0.8, How.CONCEPT: 0.8, How.VOWELS: 0.85, How.SOUND: 0.75,
         How.SLIP: 0.9, How.SPLIT: 0.8}  # fmt: skip
# From this likeness on the unknown word is read as the known one.
READ = 0.6
# Optimal string alignment similarity below which two words of four letters and more are strangers.
_ALIKE = 0.66
_SLIPS = 4
_LONG = 4
_SPLIT = 6


class Like(NamedTuple):
    """A known word, how much another is like it (at most 1), and in what."""

    word: str
    likeness: float
    how: How


class Vocabulary:
    """The words of all phrasings, by the forms that texters keep."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        self._counts = Counter(word for words in texts for word in words)
        self._places = {word: place for place, word in enumerate(self._counts)}
        self._groups: defaultdict[tuple[How, str], list[str]] = defaultdict(list)
        for word in self._counts:
            for how, form in _forms(word):
                self._groups[how, form].append(word)

    def counted(self, texts: Sequence[Sequence[str]]) -> csr_matrix:
        """Return how often each text has each word: a row for each text, the columns in the order of `place`."""
        columns = [self._places[word] for words in texts for word in words]
        ends = np.cumsum([0, *map(len, texts)])
        counts = csr_matrix((np.ones(len(columns)), columns, ends), (len(texts), len(self._places)))
        counts.sum_duplicates()
        return counts

    def place(self, word: str) -> int:
        """Return the column of a known word."""
        return self._places[word]

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    def near(self, word: str) -> dict[str, float]:
        """Return the known words that `word` may stand for, each with a likeness of at most 1."""
        found: dict[str, float] = {}
        for like in self._likes(word):
            found[like.word] = max(like.likeness, found.get(like.word, 0.0))
        return found

    def why(self, word: str, meant: str) -> How | None:
        """Return in what `word` is most like `meant`; None when it was left as it is."""
        likes = [like for like in self._likes(word) if like.word == meant]
        return max(likes, key=lambda like: like.likeness).how if likes else None

    def read(self, word: str, near: Mapping[str, float]) -> tuple[str, ...]:
        """Return the word or words that `word` was probably meant to be; what resembles nothing stays as it is."""
        if word in self._counts:
            return (self._fuller(word, near),)
        if word in respellings():
            return tuple(respellings()[word].split())
        best = max(near, key=lambda other: (near[other], self._counts[other]), default=word)
        if near.get(best, 0.0) <= TRUST[How.SPLIT] and (parts := self._split(word)):
            return parts
        return (best if near.get(best, 0.0) >= READ else word,)

    def _fuller(self, word: str, near: Mapping[str, float]) -> str:
        """The word that a known short form ("cndm", "wat") is usually written as; any other known word itself."""
        fuller = max(near, key=lambda other: self._counts[other])
        short = _no_vowels(word) and consonants(fuller) == word
        return fuller if short or respellings().get(word) == fuller else word

    def _likes(self, word: str) -> Iterator[Like]:
        """Every way in which `word` is like a known one."""
        known = word in self._counts
        if known:
            yield Like(word, TRUST[How.SAME], How.SAME)
        for other in respellings().get(word, "").split():
            if other in self._counts:
                yield Like(other, TRUST[How.TEXTING], How.TEXTING)
        yield from self._of_form(word, (How.STEM, How.ROOT, How.CONCEPT))
        if not known and word not in respellings():
            yield from self._guesses(word)
        elif _no_vowels(word):
            yield from self._of_form(word, (How.VOWELS,))

    def _of_form(self, word: str, kinds: Sequence[How]) -> Iterator[Like]:
        for how, form in _forms(word):
            if how in kinds:
                yield from (Like(other, TRUST[how], how) for other in self._groups.get((how, form), ()))

    def _guesses(self, word: str) -> Iterator[Like]:
        for like in self._of_form(word, (How.VOWELS,)):
            yield like._replace(likeness=like.likeness - 0.2 * OSA.normalized_distance(word, like.word))
        yield from self._of_form(word, (How.SOUND,))
        yield from (Like(part, TRUST[How.SPLIT], How.SPLIT) for part in self._split(word) or ())
        if len(word) >= _LONG:
            yield from self._slips(word)

    def _slips(self, word: str) -> Iterator[Like]:
        others = self._groups.get((How.SLIP, _begin(word)), ())
        hits = process.extract(
            word, others, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=_SLIPS, processor=None
        )
        yield from (Like(other, TRUST[How.SLIP] * likeness, How.SLIP) for other, likeness, _ in hits)

    def _split(self, word: str) -> tuple[str, str] | None:
        """The two known words that lost the space between them."""
        cuts = ((word[:at], word[at:]) for at in range(2, len(word) - 1)) if len(word) >= _SPLIT else ()
        known = [pair for pair in cuts if pair[0] in self._counts and pair[1] in self._counts]
        return max(known, key=lambda pair: min(self._counts[pair[0]], self._counts[pair[1]]), default=None)


def _forms(word: str) -> Iterator[tuple[How, str]]:
    """The forms by which a word is found; for slips, the sound it begins with."""
    yield How.STEM, stem(word)
    if verb := root(word):
        yield How.ROOT, verb
    if concept := concepts().get(word):
        yield How.CONCEPT, concept
    if len(word) > 1:
        yield How.VOWELS, consonants(word)
    if len(word) > 2 and len(heard := sound(word)) > 1:
        yield How.SOUND, heard
    if len(word) >= _LONG:
        yield How.SLIP, _begin(word)


def _no_vowels(word: str) -> bool:
    return len(word) > 2 and word == consonants(word)


def _begin(word: str) -> str:
    """The sound a word begins with: c is looked for with k, one vowel with another."""
    return sound(word)[:1] or word[0]


def strongest(near: Mapping[str, float]) -> str:
    """Return the word with the greatest likeness, the first in the alphabet of equals."""
    return min(near, key=lambda word: (-near[word], word))
