"""Teach the second reader of danger: writes knowledge_base/danger/weights.json.

Run with `python -m tests.bench.learn_danger [CONTENT_FOLDER]` after changing words.toml, guards.toml, the entries or
tests/data/danger, then measure with `python -m tests.bench.danger`. It learns from the phrasings of the entries and from
those of our own messages that are not held out. The same input always gives the same file.
"""

import json
import math
import random
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from knowledge_base.danger import KINDS
from knowledge_base.danger.loading import PACKAGED, load
from knowledge_base.danger.sense import NO_DANGER
from knowledge_base.danger.triage import Triage
from knowledge_base.library import PACKAGED as CONTENT
from tests.danger_corpus import messages

# Entries whose askers are in danger, by the kind of it. Of the others those of normal urgency teach "none".
ENTRIES = {
    "mind-suicide": "suicide", "violence-sexual-assault": "sexual-violence", "violence-partner": "partner-violence",
    "blackmail": "blackmail", "police-arrest": "arrest", "child-abuse": "child-abuse", "pep-urgent": "pep-window",
}  # fmt: skip
CLASSES = (*KINDS, NO_DANGER)
THRESHOLD = 0.8
EPOCHS, STEP, BIAS_STEP, DANGER_WEIGHT = 12, 0.3, 0.02, 3.0
SEEN_AT_LEAST, SMALLEST = 2, 0.6

Example = tuple[list[int], int]


def lessons(content: Path, triage: Triage) -> Iterator[tuple[str, str]]:
    """Yield texts with their kind, "none" for no danger. An ordinary phrasing in which a rule sees danger teaches nothing."""
    yield from ((one.text, one.kind) for one in messages() if not one.held_out)
    for file in sorted(content.rglob("*.toml")):
        entry = tomllib.loads(file.read_text("utf-8"))
        kind = ENTRIES.get(entry["id"]) or (NO_DANGER if entry["urgency"] == "normal" else None)
        texts = (
            [text for lang in ("en", "sw", "sheng") for text in entry.get(lang, {}).get("phrasings", [])]
            if kind
            else []
        )
        yield from ((text, str(kind)) for text in texts if kind != NO_DANGER or triage.first(text) is None)


class Learner:
    """Logistic regression over the features of a text, with steps that shrink for features seen often (Adagrad)."""

    def __init__(self, size: int) -> None:
        self.weights = [[0.0] * len(CLASSES) for _ in range(size)]
        self.bias = [0.0] * len(CLASSES)
        self._seen = [[0.01] * len(CLASSES) for _ in range(size)]

    def learn(self, example: Example) -> None:
        """Move the weights towards the right answer for `example`."""
        known, right = example
        scale = 1 / math.sqrt(len(known) or 1)
        weight = 1.0 if CLASSES[right] == NO_DANGER else DANGER_WEIGHT
        wrong = [weight * (chance - (at == right)) for at, chance in enumerate(self._chances(known, scale))]
        for row, seen in ((self.weights[one], self._seen[one]) for one in known):
            for at, slope in enumerate(wrong):
                seen[at] += (slope * scale) ** 2
                row[at] -= STEP * slope * scale / math.sqrt(seen[at])
        self.bias = [bias - BIAS_STEP * slope for bias, slope in zip(self.bias, wrong, strict=True)]

    def _chances(self, known: Sequence[int], scale: float) -> list[float]:
        rows = [self.weights[one] for one in known]
        scores = [bias + scale * sum(row[at] for row in rows) for at, bias in enumerate(self.bias)]
        highs = [math.exp(score - max(scores)) for score in scores]
        return [high / sum(highs) for high in highs]


def _written(data: Mapping[str, object]) -> str:
    """Return `data` as JSON with one line for each feature, so that a difference can be read."""
    return json.dumps(data, separators=(",", ":")).replace("],", "],\n") + "\n"


def main(content: Path) -> None:
    """Learn and write the file."""
    triage = load(sensing=False)
    taught = [(triage.features(text), CLASSES.index(kind)) for text, kind in lessons(content, triage)]
    counted = Counter(one for features, _ in taught for one in features)
    names = sorted(one for one, count in counted.items() if count >= SEEN_AT_LEAST)
    place = {name: at for at, name in enumerate(names)}
    examples = [([place[one] for one in sorted(features) if one in place], kind) for features, kind in taught]
    learner = Learner(len(names))
    dice = random.Random(1)
    for _ in range(EPOCHS):
        dice.shuffle(examples)
        for example in examples:
            learner.learn(example)
    kept = {
        name: [round(w, 1) for w in learner.weights[at]]
        for name, at in place.items()
        if max(map(abs, learner.weights[at])) > SMALLEST
    }
    data = {"kinds": CLASSES, "threshold": THRESHOLD, "bias": [round(b, 3) for b in learner.bias], "weights": kept}
    (PACKAGED / "weights.json").write_text(_written(data))
    print(f"{len(examples)} texts, {len(names)} features, {len(kept)} kept")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CONTENT)
