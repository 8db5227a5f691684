"""What of a text is compared: its stems, stems in pairs, skeletons, concepts, and pieces of its words."""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise

from knowledge_base.forms import consonants, root, stem
from knowledge_base.lexicon import named

Bag = Mapping[str, int]
# Pieces of words, with their borders, of two to four letters.
_SIZES = (2, 3, 4)


def pieces(words: Iterable[str]) -> Counter[str]:
    """Return the character n-grams of each word, borders included."""
    found: Counter[str] = Counter()
    for word in words:
        bordered = f" {word} "
        for size in _SIZES:
            found.update(bordered[at : at + size] for at in range(len(bordered) - size + 1))
    return found


def bags(words: Sequence[str]) -> dict[str, Counter[str]]:
    """Return the features of `words` by kind: "stem", "pair", "skeleton", "concept", "piece"."""
    stems = [stem(word) for word in words]
    skeletons = [root(word) or consonants(short) for word, short in zip(words, stems, strict=True) if len(word) > 2]
    return {
        "stem": Counter(stems),
        "pair": Counter(f"{first} {second}" for first, second in pairwise(stems)),
        "skeleton": Counter(skeletons),
        "concept": Counter(concept for _, concept in named(words)),
        "piece": pieces(words),
    }


def inverse_frequency(documents: Sequence[Iterable[Hashable]]) -> dict[Hashable, float]:
    """Return how telling each feature is: ln((1 + N) / (0.5 + n)), n of N documents having it; never below 0.05.

    (Sparck Jones 1972, smoothed; the floor lets a feature that all have still count as agreement.)
    """
    counts = Counter(feature for document in documents for feature in document)
    return {feature: max(0.05, math.log((1 + len(documents)) / (0.5 + n))) for feature, n in counts.items()}


def flat_frequency(documents: Sequence[Iterable[Hashable]]) -> dict[Hashable, float]:
    """Return 1 + ln((1 + N) / (1 + n)) of each feature: flatter, for a model that learns by itself what is telling."""
    counts = Counter(feature for document in documents for feature in document)
    return {feature: 1 + math.log((1 + len(documents)) / (1 + n)) for feature, n in counts.items()}


def weighed(bag: Bag, idf: Mapping[Hashable, float], unknown: float = 0.0) -> dict[str, float]:
    """Return the bag as a vector of length 1: (1 + ln n) * idf. Features without an idf add `unknown` to the length only."""
    known = {feature: (1 + math.log(n)) * idf[feature] for feature, n in bag.items() if feature in idf}
    strangers = sum(unknown**2 for feature in bag if feature not in idf) if unknown else 0.0
    length = math.sqrt(sum(value * value for value in known.values()) + strangers) or 1.0
    return {feature: value / length for feature, value in known.items()}
