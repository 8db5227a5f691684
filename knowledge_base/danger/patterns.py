"""Patterns over words: "<partner> .. <hit> .. <me>" is a partner, up to three words, a blow, up to three words, "me".

`<name>` is a list in words.toml, `<one|other>` and `one|other` are either of two, `[...]` may be missing,
`..` stands for up to three words, `...` for up to eight. No gap reaches over a negation or the end of a sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge_base.danger.lexicon import Lexicon
from knowledge_base.danger.reading import Reading

_GAPS = {"..": 3, "...": 8}
# Looked for last: nearly every message has one of them.
_FREQUENT = frozenset(
    """<i> <me> <he> <him> <was> <have> <not> <attackers> <partner> <friend> <family> <want> <sex-act> <because> <demand>
    <caught> <say> <tell> <audience> <light> i me my he is am the a to have with was in on of and na has did will so no not
    do it can if your you at for that
    """.split()  # noqa: SIM905
)
_ONE = r"(?:<[a-z0-9|-]+>|-?[a-z0-9']+)"
_ELEMENT = re.compile(rf"{_ONE}(?:\|{_ONE})*|\[{_ONE}(?:\|{_ONE})*\]")
_CHOICE = re.compile(r"<(?P<lists>[a-z0-9|-]+)>|(?P<word>-?[a-z0-9']+)")


@dataclass(frozen=True, slots=True)
class Span:
    """The words from `start` up to but not including `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Element:
    """One word of a pattern: any of `keys`, after at most `gap` other words."""

    keys: tuple[str, ...]
    gap: int = 0
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that can be looked for in a message. Without one of each of `needs` it cannot fit."""

    elements: Sequence[Element]
    needs: Sequence[frozenset[str]]

    def spans(self, reading: Reading) -> Iterator[Span]:
        """Yield every place where the pattern fits, at most one for each first word."""
        for keys in self.needs:
            if reading.found.keys().isdisjoint(keys):
                return
        for start in sorted({at for key in self.elements[0].keys for at in reading.found.get(key, ())}):
            end = _end(self.elements, start, reading)
            if end is not None:
                yield Span(start, end)


class Watch:
    """Which owners of patterns are worth asking about a message: those of whose patterns a rare word occurs in it."""

    def __init__(self, owners: Sequence[Sequence[Pattern]]) -> None:
        self._owners: dict[str, set[int]] = {}
        for number, patterns in enumerate(owners):
            for key in (key for pattern in patterns for key in pattern.needs[0]):
                self._owners.setdefault(key, set()).add(number)

    def asked(self, reading: Reading) -> list[int]:
        """Return the numbers of the owners to ask, in order."""
        return sorted(set().union(*(self._owners.get(key, ()) for key in reading.found)))


def _end(elements: Sequence[Element], at: int, reading: Reading) -> int | None:
    """Return where `elements` end when the first of them starts at `at`, each later one after its gap at most."""
    first, rest = elements[0], elements[1:]
    for key in first.keys:
        for end in reading.found.get(key, {}).get(at, ()):
            closed = _rest(rest, end, reading)
            if closed is not None:
                return closed
    return None


def _rest(elements: Sequence[Element], at: int, reading: Reading) -> int | None:
    if not elements:
        return at
    for start in range(at, min(at + elements[0].gap, len(reading.words)) + 1):
        closed = _end(elements, start, reading)
        if closed is not None:
            return closed
        if start < len(reading.words) and reading.stops[start]:
            break
    return _rest(elements[1:], at, reading) if elements[0].optional else None


def parse(text: str, lexicon: Lexicon) -> Pattern:
    """Return the pattern that `text` writes. Raises `ValueError` with one sentence when it is none."""
    elements: list[Element] = []
    gap = 0
    for part in text.split():
        if part not in _GAPS:
            elements.extend(_elements(part, gap, lexicon))
        gap = _GAPS.get(part, 0)
    if not elements or gap or elements[0].optional:
        raise ValueError(f'the pattern "{text}" must begin and end with a word')
    needs = (frozenset(one.keys) for one in elements if not one.optional)
    return Pattern(tuple(elements), sorted(needs, key=_FREQUENT.isdisjoint, reverse=True))


def _elements(part: str, gap: int, lexicon: Lexicon) -> list[Element]:
    """Return the element `part` writes; a plain word is read as in a message, so that "don't" is two."""
    if not _ELEMENT.fullmatch(part):
        raise ValueError(f'"{part}" is no word of a pattern: write a word, <list>, [maybe], .. or ...')
    inner = part.strip("[]")
    if part == inner and inner.isalpha():
        first, *rest = lexicon.read(inner)
        return [Element((first,), gap), *(Element((word,)) for word in rest)]
    keys = tuple(key for found in _CHOICE.finditer(inner) for key in _keys(found, lexicon))
    unknown = [key for key in keys if key.startswith("<") and key[1:-1] not in lexicon.concepts]
    if unknown:
        raise ValueError(f"there is no word list {unknown[0]} in words.toml")
    return [Element(keys, gap, part != inner)]


def _keys(found: re.Match[str], lexicon: Lexicon) -> list[str]:
    return [f"<{name}>" for name in found["lists"].split("|")] if found["lists"] else [lexicon.keyed(found["word"])]
