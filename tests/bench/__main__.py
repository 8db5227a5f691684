"""Measure, and write the figures with their date and machine into docs/performance.md."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import speed
from tests.bench.speed import ROUNDS, Speed

PAGE = Path(__file__).parent.parent.parent / "docs" / "performance.md"
TEXT = """# Performance

Written by `make bench`. Milliseconds depend on the machine; the ratios are of things that ran in turn in one process, so they
are what to compare. Each figure is the median of {rounds} rounds over {questions} questions (one English and one Swahili phrasing
of each entry), after one round that does not count; a ratio is taken for each question, whose three kinds of work follow one another.

| what | figure |
|---|---:|
| understanding one question (`python -m bot ask`: danger rules, matching, verdict) | {found.ask_ms:.1f} ms |
| a whole turn on SQLite: received, understood, decided, answered on the web page | {found.turn_ms:.1f} ms |
| a whole turn against understanding alone | {found.turn_to_ask:.1f} × |
| a turn with everything sealed against the same turn without sealing | {found.sealed_to_plain:.2f} × |

Measured on {day} with {machine}, Python {python}. SQLite waits for the disk at each commit (`synchronous=FULL`), several
times a turn; on a faster disk a turn is shorter. The questions are our own phrasings, not what real clients wrote.
"""


def main() -> None:
    """Measure and write."""
    page = shown(speed.measure())
    PAGE.write_text(page, "utf-8")
    print(page)


def shown(found: Speed) -> str:
    """Return the page."""
    machine = f"{os.cpu_count()} × {_processor()}, {platform.system()}"
    day, python = f"{datetime.now(UTC):%Y-%m-%d}", platform.python_version()
    return TEXT.format(found=found, rounds=ROUNDS, questions=found.questions, day=day, machine=machine, python=python)


def _processor() -> str:
    """Return the processor's name, as Linux tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    main()
