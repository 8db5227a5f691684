"""What is wrong with a content file, said so that an editor can mend it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: where it is (line 0: the whole file) and one sentence naming it and the remedy."""

    file: Path
    line: int
    sentence: str

    def __str__(self) -> str:
        """Return `file:line: sentence`, the form editors and terminals can jump to."""
        return f"{self.file}:{self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Complaint:
    """A problem whose line is not known yet: at the first line from `header` on that holds `needle`."""

    header: str
    needle: str
    sentence: str

    def located(self, file: Path, text: str) -> Problem:
        """Return the problem in `file`, which holds `text`; on the header's line, or the first, when no line fits."""
        lines = text.splitlines()
        start = next((number for number, line in enumerate(lines) if self.header in line), 0)
        found = (number for number, line in enumerate(lines[start:], start) if self.needle in line)
        return Problem(file, next(found, start) + 1, self.sentence)


class ContentProblems(Exception):
    """The content cannot be used; `problems` lists everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problem(s) in the content")
        self.problems = tuple(problems)


def line_of(error: Exception) -> int:
    """Return the line a TOML error speaks of, 0 when it names none."""
    found = re.search(r"line (\d+)", str(error))
    return int(found[1]) if found else 0


def find_line(file: Path, needle: str) -> int:
    """Return the first line of `file` that holds `needle`, 1 when none does."""
    lines = file.read_text("utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if needle in line), 1)
