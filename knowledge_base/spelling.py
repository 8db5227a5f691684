"""Which known words an unknown one may stand for: texting forms, lost vowels, sounds, slips, lost spaces."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge_base.forms import consonants, root, sound, stem
from knowledge_base.lexicon import concepts, respellings

# How far each kind of likeness is trusted, 1 being the same word. Chosen on public FAQ sets (tests/bench/matching_fit.py).
SAME, TEXTING, STEM, ROOT, CONCEPT, CONSONANTS, SOUND, SLIP = 1.0, 0.95, 0.85, 0.8, 0.8, 0.85, 0.75, 0.9
# From this likeness on the unknown word is read as the known one.
READ = 0.6
# Optimal string alignment similarity below which two words of four letters and more are strangers.
_ALIKE = 0.66
_SLIPS = 4
_LONG = 4
_SPLIT = 6


class Vocabulary:
    """The words of all phrasings, by the forms that texters keep."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        self._counts = Counter(word for words in texts for word in words)
        self._groups: dict[str, defaultdict[str, list[str]]] = {
            name: defaultdict(list) for name in ("stem", "root", "concept", "consonants", "sound", "first")
        }
        for word in self._counts:
            self._add(word)

    def _add(self, word: str) -> None:
        groups = self._groups
        groups["stem"][stem(word)].append(word)
        groups["root"][root(word)].append(word)
        groups["concept"][concepts().get(word, "")].append(word)
        groups["consonants"][consonants(word)].append(word)
        if len(word) > 2:
            groups["sound"][sound(word)].append(word)
        if len(word) >= _LONG:
            groups["first"][word[0]].append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    def near(self, word: str) -> dict[str, float]:
        """Return the known words that `word` may stand for, each with a likeness of at most 1."""
        found: dict[str, float] = {word: SAME} if word in self._counts else {}
        self._join(found, respellings().get(word, "").split(), TEXTING)
        self._join(found, self._groups["stem"].get(stem(word), ()), STEM)
        if verb := root(word):
            self._join(found, self._groups["root"].get(verb, ()), ROOT)
        if concept := concepts().get(word):
            self._join(found, self._groups["concept"].get(concept, ()), CONCEPT)
        if word not in self._counts and word not in respellings():
            self._guess(found, word)
        return found

    def _join(self, found: dict[str, float], words: Iterable[str], likeness: float) -> None:
        for word in words:
            if word in self._counts and likeness > found.get(word, 0.0):
                found[word] = likeness

    def _guess(self, found: dict[str, float], word: str) -> None:
        self._join(found, self._groups["consonants"].get(consonants(word), ()), CONSONANTS if len(word) > 1 else 0.0)
        heard = sound(word)
        if len(word) > 2 and len(heard) > 1:
            self._join(found, self._groups["sound"].get(heard, ()), SOUND)
        if len(word) >= _LONG:
            hits = process.extract(
                word,
                self._groups["first"].get(word[0], ()),
                scorer=OSA.normalized_similarity,
                score_cutoff=_ALIKE,
                limit=_SLIPS,
            )
            for other, likeness, _ in hits:
                self._join(found, (other,), SLIP * likeness)

    def read(self, words: Sequence[str]) -> list[str]:
        """Return `words` as they were probably meant; what resembles nothing stays as it is."""
        return [meant for word in words for meant in self._read(word)]

    def _read(self, word: str) -> Sequence[str]:
        if word in self._counts:
            return (word,)
        if word in respellings():
            return respellings()[word].split()
        near = self.near(word)
        best = max(near, key=lambda other: (near[other], self._counts[other]), default=word)
        if near.get(best, 0.0) >= READ:
            return (best,)
        return self._split(word) or (word,)

    def _split(self, word: str) -> tuple[str, str] | None:
        """The two known words that lost the space between them."""
        cuts = ((word[:at], word[at:]) for at in range(2, len(word) - 1)) if len(word) >= _SPLIT else ()
        known = [pair for pair in cuts if pair[0] in self._counts and pair[1] in self._counts]
        return max(known, key=lambda pair: min(self._counts[pair[0]], self._counts[pair[1]]), default=None)


def strongest(near: Mapping[str, float]) -> str:
    """Return the word with the greatest likeness, the first in the alphabet of equals."""
    return min(near, key=lambda word: (-near[word], word))
