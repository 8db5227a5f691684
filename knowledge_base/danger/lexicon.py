"""The word lists of words.toml: which spellings mean what, and what a misspelled word was meant to be."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge_base.danger.files import WordList, Words
from knowledge_base.danger.swahili import VERB, Grammar

_SOUNDS = (("ck", "k"), ("ph", "f"), ("th", "t"), ("ch", "C"), ("c", "k"), ("C", "ch"), ("z", "s"), ("ea", "e"), ("ee", "i"),
           ("oo", "u"), ("y", "i"))  # fmt: skip
_DOUBLED = re.compile(r"(.)\1")
_SPELLING = re.compile(r"[a-z0-9'+]+(?: [a-z0-9'+]+)*~?")
_VOWELS = re.compile(r"(?<=.)[aeiou]")
_ENDINGS = ("'s", "ni")  # of an owner; of a place in Swahili, as in "gorofani"
# Shorter words have too many neighbours: "raped" is one letter from "rated".
_ONE_SLIP, _TWO_SLIPS = 6, 9
_SHORTEST_WITHOUT_VOWELS = 4


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What words mean. `keys` lists the concepts of a word, `phrases` those of longer spellings by their first word."""

    concepts: frozenset[str]
    keys: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
    shorthand: Mapping[str, tuple[str, ...]]
    grammar: Grammar
    known: frozenset[str]
    spared: frozenset[str]
    sounds: Mapping[str, str]
    shelves: Mapping[tuple[str, int], Sequence[str]]
    bare: Mapping[str, str]

    def read(self, word: str) -> tuple[str, ...]:
        """Return what `word` stands for: itself, written out, taken apart, or mended."""
        if word in self.shorthand:
            return self.shorthand[word]
        if word in self.known:
            return (self.keyed(word),)
        return self.grammar.read(word) or (self._unknown(word),)

    def keyed(self, word: str) -> str:
        """Return `word`, marked as a Swahili verb where it is one and nothing else."""
        return VERB + word if VERB + word in self.keys and word not in self.grammar.english else word

    def _unknown(self, word: str) -> str:
        """Return what an unknown `word` probably is: part of a phrase, "friend's", a place ("gorofani"), misspelled."""
        if word in self.spared:
            return word
        shorter = (word.removesuffix(ending) for ending in _ENDINGS)
        return next((one for one in shorter if one != word and one in self.keys), "") or self._mended(word)

    def _mended(self, word: str) -> str:
        if len(word) >= _SHORTEST_WITHOUT_VOWELS and word in self.bare:
            return self.bare[word]
        if len(word) < _ONE_SLIP - 1 or not word.isalpha():
            return word
        heard = sound(word)
        if heard in self.sounds:
            return self.sounds[heard]
        return self._nearest(heard) or word

    def _nearest(self, heard: str) -> str | None:
        slips = (len(heard) >= _ONE_SLIP) + (len(heard) >= _TWO_SLIPS)
        alike = [
            one for size in range(-slips, slips + 1) for one in self.shelves.get((heard[0], len(heard) + size), ())
        ]
        near = process.extractOne(heard, alike, scorer=OSA.distance, score_cutoff=slips) if slips else None
        return self.sounds[near[0]] if near else None


def sound(word: str) -> str:
    """Return `word` roughly as it sounds, so that "blakmailin" and "blackmailing" are the same."""
    word = f"{word}g" if word.endswith("in") else word
    for letters, heard in _SOUNDS:
        word = word.replace(letters, heard)
    return _DOUBLED.sub(r"\1", word)


def endings(word: str) -> Iterator[str]:
    """Yield `word` with every English ending: beat, beats, beated, beating, beatin; also doubled and without its e."""
    yield word
    if word.endswith("y"):
        yield from (f"{word[:-1]}{end}" for end in ("ies", "ied"))
    stem = word.removesuffix("e")
    for root in (stem, stem + stem[-1]):
        yield from (root + end for end in ("ed", "ing", "in"))
    yield from (word + end for end in ("s", "es", "d"))


class BadList(ValueError):
    """A word list cannot be used; `name` is the list, the text says why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"[lists.{name}] {reason}")
        self.name = name


def build(lists: Mapping[str, WordList], written: Words) -> Lexicon:
    """Return the lexicon of `lists`, with the shorthand and the ordinary words of `written`. Raises `BadList`."""
    spelled = {name: frozenset(_spellings(name, lists, ())) for name in lists}
    verbs = frozenset(verb for group in lists.values() for verb in group.verbs)
    shorthand = {short: tuple(long.split()) for short, long in written.shorthand.items()}
    return _index(spelled, verbs, shorthand, frozenset(written.ordinary))


def _spellings(name: str, lists: Mapping[str, WordList], within: tuple[str, ...]) -> Iterator[str]:
    group = lists[name]
    for word in (*group.english, *group.swahili, *group.sheng, *group.sms, *group.verbs):
        if not _SPELLING.fullmatch(word):
            raise BadList(name, f'holds "{word}", which no message can have; write words in lower case, without signs')
    for word in (*group.english, *group.swahili, *group.sheng, *group.sms):
        yield from endings(word[:-1]) if word.endswith("~") else (word,)
    yield from (VERB + verb for verb in group.verbs)
    for other in group.includes:
        if other not in lists or other in (name, *within):
            raise BadList(name, f"includes {other}, which is no other word list; mend the name or take it out")
        yield from _spellings(other, lists, (name, *within))


def _index(
    concepts: Mapping[str, frozenset[str]],
    verbs: frozenset[str],
    shorthand: Mapping[str, tuple[str, ...]],
    ordinary: frozenset[str],
) -> Lexicon:
    single = _by_word(concepts)
    english = frozenset(word for word in single if not word.startswith(VERB))
    grammar = Grammar(verbs, english | ordinary)
    known = frozenset(single) | ordinary | verbs
    distinctive = sorted(word for word in english if len(word) >= _ONE_SLIP - 1)
    sounds = {sound(word): word for word in distinctive}
    bare = {_VOWELS.sub("", word): word for word in distinctive}
    bare_lexicon = Lexicon(frozenset(concepts), single, {}, shorthand, grammar, known, frozenset(), {}, {}, {})
    phrases = _phrases(concepts, bare_lexicon)
    spared = frozenset(phrases).union(word for group in phrases.values() for rest, _ in group for word in rest)
    return replace(bare_lexicon, phrases=phrases, spared=spared, sounds=sounds, shelves=_shelves(sounds), bare=bare)


def _shelves(sounds: Iterable[str]) -> dict[tuple[str, int], list[str]]:
    """Return `sounds` by first letter and length: a misspelling keeps the one and hardly changes the other."""
    shelves: dict[tuple[str, int], list[str]] = {}
    for one in sounds:
        if len(one) >= _ONE_SLIP:
            shelves.setdefault((one[0], len(one)), []).append(one)
    return shelves


def _by_word(concepts: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    keys: dict[str, tuple[str, ...]] = {}
    for name, spellings in concepts.items():
        for word in spellings:
            if " " not in word:
                keys[word] = (*keys.get(word, ()), f"<{name}>")
    return keys


def _phrases(concepts: Mapping[str, frozenset[str]], lexicon: Lexicon) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the spellings of several words, each word read as it is read in a message."""
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, spellings in concepts.items():
        for spelling in sorted(one for one in spellings if " " in one):
            first, *rest = (meant for word in spelling.split() for meant in lexicon.read(word))
            phrases.setdefault(first, []).append((tuple(rest), f"<{name}>"))
    return phrases
