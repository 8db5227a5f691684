"""Phrasings of two entries that look alike: a question between them would be answered by chance."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from knowledge_base.model import Entry
from knowledge_base.rules import Twins
from knowledge_base.words import plain

# Above this similarity (rapidfuzz, 0-100) one or two letters part two phrasings of usual length.
ALIKE_FROM = 92
# Texts so alike differ in length by this factor at most: the ratio is 2 × shorter ÷ (shorter + longer) at best.
_LONGER = (200 - ALIKE_FROM) / ALIKE_FROM
_BLOCK = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """A phrasing as it is compared, with the entry and the file that hold it."""

    file: Path
    entry_id: str
    phrasing: str
    text: str


def alike(entries: Mapping[Path, Entry]) -> list[tuple[Asked, Asked]]:
    """Return all pairs of phrasings of two entries that are nearly the same; equal ones are found when loading."""
    asked = [
        Asked(file, entry.id, phrasing.text, plain(phrasing.text).strip(" ?!."))
        for file, entry in entries.items()
        for phrasing in entry.phrasings
    ]
    asked.sort(key=lambda one: len(one.text))
    return [(one, other) for one, other in _near(asked) if one.entry_id != other.entry_id and one.text != other.text]


def _near(asked: Sequence[Asked]) -> Iterator[tuple[Asked, Asked]]:
    """Compare each block of phrasings, the shortest first, with itself and all after it that are not too long for it."""
    texts = [one.text for one in asked]
    for start in range(0, len(texts), _BLOCK):
        block = texts[start : start + _BLOCK]
        end = bisect_right(texts, len(block[-1]) * _LONGER, key=len)
        scores = process.cdist(block, texts[start:end], scorer=fuzz.ratio, score_cutoff=ALIKE_FROM, dtype=np.uint8)
        for first, second in zip(*(found.tolist() for found in scores.nonzero()), strict=True):
            if first < second:
                yield asked[start + first], asked[start + second]


def allowed(one: Asked, other: Asked, twins: Twins) -> bool:
    """Return whether `twins` lists the two entries, and the phrasings differ in its words only."""
    apart = set(one.text.split()) ^ set(other.text.split())
    return twins.entries == {one.entry_id, other.entry_id} and apart <= twins.words
