"""Notice danger in a message before anything else is tried. The rules stand in danger.toml, where staff can read them."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from knowledge_base.words import words

KINDS = (
    "suicide", "sexual-violence", "partner-violence", "blackmail", "arrest", "medical-emergency", "pep-window",
    "child-abuse",
)  # fmt: skip

_OTHERS = re.compile(
    r"^(?!.*\bme\b).*(?:\b(?:my|a) (?:friend|brother|sister|cousin|neighbou?r|child|son|daughter)\b|\b(?:rafiki|beshte|mtoto)\b)"
)


@dataclass(frozen=True, slots=True)
class Alarm:
    """A danger of one of `KINDS`; `words` are the client's words that raised it, for the counselor only. `about` says
    whose danger it is: "self" or "other"."""

    kind: str
    words: tuple[str, ...] = field(default=(), repr=False)
    about: Literal["self", "other"] = "self"


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    all: Sequence[re.Pattern[str]]
    unless: Sequence[re.Pattern[str]]

    def fits(self, text: str) -> tuple[str, ...]:
        found = [pattern.search(text) for pattern in self.all]
        if not all(found) or any(pattern.search(text) for pattern in self.unless):
            return ()
        return tuple(hit[0] for hit in found if hit)


@cache
def _rules() -> tuple[_Rule, ...]:
    table = tomllib.loads(files("knowledge_base").joinpath("danger.toml").read_text("utf-8"))
    groups = {name: re.compile("|".join(f"(?:{p})" for p in patterns)) for name, patterns in table["groups"].items()}
    return tuple(_rule(row, groups) for row in table["rule"])


def _rule(row: Mapping[str, Any], groups: Mapping[str, re.Pattern[str]]) -> _Rule:
    pick = [groups[name] for name in row["all"]]
    return _Rule(row["kind"], pick, [groups[name] for name in row.get("unless", [])])


def spot(text: str) -> Alarm | None:
    """Return the alarm that `text` raises, or None. The first rule that fits decides."""
    joined = " ".join(words(text[:4096]))
    for rule in _rules():
        if hit := rule.fits(joined):
            return Alarm(rule.kind, hit, "other" if _OTHERS.search(joined) else "self")
    return None
