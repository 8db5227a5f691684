"""Notice danger in a message before anything else is tried. The rules are for staff to read and edit: docs/danger.md."""

from dataclasses import dataclass, field
from functools import cache
from typing import get_args

from knowledge_base.danger.files import KindName
from knowledge_base.danger.loading import load
from knowledge_base.danger.people import Whom
from knowledge_base.danger.rules import Hit
from knowledge_base.danger.triage import Triage

KINDS: tuple[str, ...] = get_args(KindName)
LONGEST = 4096  # characters; one message of any channel


@dataclass(frozen=True, slots=True)
class Alarm:
    """A danger of one of `KINDS`, and why: for the counselor only.

    `words` are the client's words that raised it, `rule` names the rule in rules/<kind>.toml (or says that the second
    reader found it), `severity` is 3 where a
    life may be in danger now, 2 where somebody is hurt or threatened, 1 where hours count; `about` says whose danger it
    is, `hours` how many hours ago it was, None where the message does not say.
    """

    kind: str
    words: tuple[str, ...] = field(default=(), repr=False)
    rule: str = ""
    severity: int = 2
    about: Whom = "self"
    hours: float | None = None


@cache
def _triage() -> Triage:
    return load()


def spot(text: str) -> Alarm | None:
    """Return the alarm that `text` raises, or None. The gravest rule that fits decides."""
    hit = _triage().first(text[:LONGEST])
    return _alarm(hit) if hit else None


def _alarm(hit: Hit) -> Alarm:
    return Alarm(hit.kind, hit.words, hit.rule, hit.severity, hit.about, hit.hours)
