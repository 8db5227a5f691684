"""What may be told of the reports: finished months only, by kind or by county, small numbers hidden, the others rounded.

Security.md 2.9 (R34, R35): no weeks, no totals over months, no kind by county; a number below ten is "<10", the others are
rounded to a multiple of five at random, always the same way for the same number, and a month that was told does not change.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from bot.store.incidents import Count, Told

LEAST, STEP = 10, 5
# A client may report the week before the one that runs: after that a week has its number.
OPEN_WEEKS = 2
# 0 <= draw < 1 for a cell, the same each time and known to nobody without the keys.
Draw = Callable[[str], float]


def monthly(counts: Iterable[Count], today: date, draw: Draw) -> Iterator[str]:
    """Yield the lines of the tables, oldest month first."""
    cells: dict[str, Counter[tuple[str, str]]] = {}
    for one in counts:
        month = _month(one.week)
        if month and _finished(month, today):
            table = cells.setdefault(month, Counter())
            table["kind", one.kind] += one.number
            table["county", one.county or "not said"] += one.number
    for month in sorted(cells):
        yield from _tables(month, cells[month], draw)


def _month(week: str) -> str:
    """The month that holds most days of the week; "" for one that was long ago."""
    if not week:
        return ""
    return f"{date.fromisocalendar(int(week[:4]), int(week[6:]), 4):%Y-%m}"


def _finished(month: str, today: date) -> bool:
    """Whether all weeks of the month are over, and nobody can report them any more."""
    return _month(f"{today - timedelta(weeks=OPEN_WEEKS - 1):%G-W%V}") > month


def _tables(month: str, cells: Counter[tuple[str, str]], draw: Draw) -> Iterator[str]:
    for table in ("kind", "county"):
        yield f"{month} by {table}"
        for name, number in sorted((name, number) for (of, name), number in cells.items() if of == table):
            yield f"  {name}: {shown(number, draw(f'{month}|{table}|{name}|{number}'))}"


def shown(number: int, draw: float) -> str:
    """Return how a number is told: rounded up with the probability of its distance, `draw` being 0 <= draw < 1."""
    if number < LEAST:
        return f"<{LEAST}"
    below, rest = divmod(number, STEP)
    return str(STEP * (below + (draw * STEP < rest)))


def told(stories: Iterable[Told]) -> Iterator[str]:
    """Yield the stories for the person who takes out what could show who tells them."""
    for one in stories:
        yield f"{one.kind} · {one.county or 'county not said'} · {_month(one.week) or 'long ago'}\n{one.text}\n"
