"""The lexicon that staff keep: what slang, Swahili and texting stand for (lexicon.toml)."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

# The table with pure respellings; all other tables say which concept a word or phrase names.
_SMS = "sms"


@cache
def _tables() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(files("knowledge_base").joinpath("lexicon.toml").read_text("utf-8"))


@cache
def respellings() -> Mapping[str, str]:
    """Return texting forms and the words they stand for ("wat": "what")."""
    return {written: plain for plain, forms in _tables()[_SMS].items() for written in forms}


@cache
def concepts() -> Mapping[str, str]:
    """Return words and phrases and the concept each names ("cd", "mpira", "rubber": "condom"); a concept names itself."""
    named: dict[str, str] = {}
    for name, table in _tables().items():
        if name != _SMS:
            for concept, forms in table.items():
                named |= {concept: concept} | dict.fromkeys(forms, concept)
    return named


@cache
def _longest() -> Mapping[str, int]:
    """The words that begin a known phrase, and the words of the longest such phrase."""
    found: dict[str, int] = {}
    for phrase in concepts():
        first, *rest = phrase.split(" ")
        found[first] = max(found.get(first, 0), 1 + len(rest))
    return found


def named(words: Sequence[str]) -> list[tuple[str, str]]:
    """Return what `words` name as (words, concept), longest phrase first at each place, without overlap."""
    known, longest, found, at = concepts(), _longest(), [], 0
    while at < len(words):
        most = min(longest.get(words[at], 0), len(words) - at)
        spans = (" ".join(words[at : at + size]) for size in range(most, 0, -1))
        hit = next((span for span in spans if span in known), None) if most else None
        if hit is not None:
            found.append((hit, known[hit]))
        at += len(hit.split()) if hit else 1
    return found
