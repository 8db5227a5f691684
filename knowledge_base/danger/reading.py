"""Read a message once for all rules: its words written out, and where each word list occurs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from knowledge_base.danger.lexicon import Lexicon
from knowledge_base.words import words

END = "."
_SENTENCE = re.compile(r"[.!?;\n]+(?=\s|$)")
_NUMBER_AND_UNIT = re.compile(r"(\d+)([a-z]{2,}|k)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A message: the client's words (`said`), what they stand for (`words`, each from `said[origin]`), and `found`.

    `found` says for each key ("die" or "<die>") where it starts and where it then ends. `stops` marks negations and
    ends of sentences, over which no gap reaches.
    """

    said: Sequence[str]
    words: Sequence[str]
    origin: Sequence[int]
    found: Mapping[str, Mapping[int, Sequence[int]]]
    stops: Sequence[bool]

    def has(self, key: str, at: int) -> bool:
        """Return whether `key` starts at the word `at`."""
        return at in self.found.get(key, ())

    def without_denials(self) -> "Reading":
        """Return the same message with gaps that reach over a negation, too."""
        return replace(self, stops=[word == END for word in self.words])

    def quote(self, start: int, end: int) -> tuple[str, ...]:
        """Return the client's own words between `start` and `end`."""
        return tuple(self.said[at] for at, _ in groupby(self.origin[start:end]))


def read(text: str, lexicon: Lexicon) -> Reading:
    """Return `text` as the rules see it."""
    said: list[str] = []
    read_as: list[str] = []
    origin: list[int] = []
    for sentence in _SENTENCE.split(text):
        for word in _split(words(sentence), lexicon):
            for meant in lexicon.read(word):
                read_as.append(meant)
                origin.append(len(said))
            said.append(word)
        read_as.append(END)
        origin.append(len(said))
        said.append(END)
    found = _found(read_as, lexicon)
    denied = found.get("<not>", {})
    return Reading(said, read_as, origin, found, [word == END or at in denied for at, word in enumerate(read_as)])


def _split(found: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Return the words with "3days" as two; "2day" stays one, it is shorthand."""
    parts = ((word, _NUMBER_AND_UNIT.fullmatch(word)) for word in found)
    return [
        part for word, hit in parts for part in (hit.groups() if hit and word not in lexicon.shorthand else (word,))
    ]


def _found(read_as: Sequence[str], lexicon: Lexicon) -> dict[str, dict[int, list[int]]]:
    found: dict[str, dict[int, list[int]]] = {}
    for at, word in enumerate(read_as):
        for key in (word, *lexicon.keys.get(word, ())):
            found.setdefault(key, {}).setdefault(at, []).append(at + 1)
        for rest, key in lexicon.phrases.get(word, ()):
            end = at + 1 + len(rest)
            if tuple(read_as[at + 1 : end]) == rest:
                found.setdefault(key, {}).setdefault(at, []).append(end)
    return found
