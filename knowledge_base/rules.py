"""What content may not say and which phrasings may look alike: rules.toml, kept by staff."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Twins:
    """Two entries that may hold phrasings which differ in one of `words` only."""

    entries: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rules:
    """`words` maps a language to what each forbidden word is replaced by; `numbers` maps digits to why they are wrong."""

    mirrors: frozenset[str]
    medicines: re.Pattern[str]
    numbers: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    patterns: Mapping[str, re.Pattern[str]]
    twins: tuple[Twins, ...]

    def instead(self, lang: str, word: str) -> str:
        """Return what to say instead of `word`, which `patterns` found."""
        said = word.casefold()
        listed = self.words[lang]
        return next(advice for rule, advice in listed.items() if re.fullmatch(_regex(rule), said))


@cache
def rules() -> Rules:
    """Return the rules; read once."""
    table = tomllib.loads(files("knowledge_base").joinpath("rules.toml").read_text("utf-8"))
    twins = [Twins(frozenset(pair), frozenset(row["words"])) for row in table["twins"] for pair in row["entries"]]
    return Rules(
        frozenset(table["mirrors"]),
        _any(table["medicines"]),
        table["numbers"],
        table["words"],
        {lang: _any(words) for lang, words in table["words"].items()},
        tuple(twins),
    )


def _any(words: Mapping[str, str] | list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(_regex, words))})(?![\w-])", re.IGNORECASE)


def _regex(rule: str) -> str:
    """A word of rules.toml as a pattern: `*` stands for any ending, a space for any white space."""
    return re.escape(rule).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
