"""The shapes of the rule files, so that a wrong key or a wrong kind of value is named before anything runs."""

from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from knowledge_base.problems import ContentProblems, Problem, find_line, line_of

T = TypeVar("T")
KindName = Literal[
    "suicide", "sexual-violence", "partner-violence", "blackmail", "arrest", "medical-emergency", "pep-window", "child-abuse"
]  # fmt: skip
Severity = Literal[1, 2, 3]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table whose every key is known."""


class WordList(Strict, frozen=True):
    """One list of words.toml."""

    english: tuple[str, ...] = ()
    swahili: tuple[str, ...] = ()
    sheng: tuple[str, ...] = ()
    sms: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()


class Words(Strict, frozen=True):
    """words.toml."""

    lists: dict[str, WordList]
    shorthand: dict[str, str] = {}
    ordinary: tuple[str, ...] = ()


class Times(Strict, frozen=True):
    """times.toml."""

    time: tuple["TimeRow", ...]
    units: dict[str, float]
    numbers: dict[str, float]
    back: tuple[str, ...]


class TimeRow(Strict, frozen=True):
    """Phrases for one time, in hours ago; without hours the time may be recent or not."""

    phrases: tuple[str, ...]
    hours: tuple[float, float] | None = None


class GuardRow(Strict, frozen=True):
    """One guard of guards.toml."""

    says: str
    message: tuple[str, ...] = ()
    sentence: tuple[str, ...] = ()
    touching: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    lifted_by: tuple[str, ...] = ()


class RuleRow(Strict, frozen=True):
    """One rule; what it leaves out holds as its kind has it."""

    name: str
    any: tuple[str, ...]
    also: tuple[str, ...] = ()
    guards: tuple[str, ...] | None = None
    severity: Severity | None = None
    about: Literal["self", "other"] | None = None
    denial_inside: bool = False
    needs_time: bool = False
    not_older_than: float | None = None


class KindFile(Strict, frozen=True):
    """One file of rules/."""

    kind: KindName
    severity: Severity
    others: tuple[str, ...]
    rule: tuple[RuleRow, ...]
    guards: tuple[str, ...] = ()
    not_older_than: float | None = None


def table(file: Path, shape: type[T]) -> T:
    """Return `file` in `shape`. Raises `ContentProblems` naming the file, the line where it is known, and the remedy."""
    try:
        return msgspec.toml.decode(file.read_bytes(), type=shape)
    except OSError:
        raise ContentProblems([Problem(file, 0, "cannot be read; restore the file or its permissions")]) from None
    except msgspec.ValidationError as error:
        raise ContentProblems([Problem(file, _place(file, str(error)), f"{error}; see docs/danger.md")]) from None
    except (ValueError, msgspec.DecodeError) as error:
        raise ContentProblems([Problem(file, line_of(error), f"is not TOML: {error}")]) from None


def _place(file: Path, said: str) -> int:
    quoted = said.split("`")
    return find_line(file, quoted[1]) if len(quoted) > 1 else 1
