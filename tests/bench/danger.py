"""How well danger is noticed, and how fast: our own held-out messages and, where they are at hand, real questions.

Run with `python -m tests.bench.danger [FOLDER]`. FOLDER holds crisis.tsv and the ordinary questions, by default the shared
folder beside the project. Only counts are printed, never a message.
"""

import csv
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge_base import danger
from tests.danger_corpus import NONE, messages

SHARED = Path(__file__).parents[3] / "shared"
ORDINARY = ("real_en", "sms_noise", "sw_sheng")
LIMIT_MS = 1.0

# A labelled row: the text, the kinds that are right, and the name under which it is counted.
Row = tuple[str, frozenset[str], str]


def raised(text: str) -> str:
    """Return the kind of alarm that `text` raises, "none" for no alarm."""
    alarm = danger.spot(text)
    return alarm.kind if alarm else NONE


def own() -> Iterator[Row]:
    """Yield our own held-out messages."""
    return ((one.text, frozenset({one.kind}), one.kind) for one in messages() if one.held_out)


def crisis(shared: Path) -> Iterator[Row]:
    """Yield the rows of crisis.tsv; where two labels apply both are right."""
    for row in _rows(shared / "eval/questions/crisis.tsv"):
        yield row["text"], frozenset({row["label"], row["also"]} - {""}), f"{row['label']} ({row['origin']})"


def ordinary(shared: Path) -> Iterator[Row]:
    """Yield the ordinary questions whose topic is not urgent: none of them may raise an alarm."""
    normal = {row["id"] for row in _rows(shared / "content/topics.tsv") if row["urgency"] == "normal"}
    for name in ORDINARY:
        for row in _rows(shared / f"eval/questions/{name}.tsv"):
            if row["id"] in normal:
                yield row["text"], frozenset({NONE}), name


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def report(title: str, rows: Iterable[Row]) -> None:
    """Print for each name how many of its rows were judged right, and the recall and false alarms over all."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for text, kinds, name in rows:
        asked[name] += 1
        right[name] += raised(text) in kinds
    print(title)
    for name in sorted(asked):
        print(f"  {name:30} {right[name]:4} of {asked[name]:4}  {right[name] / asked[name]:.3f}")
    dangers = [name for name in asked if not name.startswith((NONE, *ORDINARY))]
    if total := sum(asked[name] for name in dangers):
        print(
            f"  {'all dangers: recall':30} {sum(right[n] for n in dangers):4} of {total:4}  {sum(right[n] for n in dangers) / total:.3f}"
        )
    if total := sum(asked.values()) - total:
        false = total - sum(right.values()) + sum(right[name] for name in dangers)
        print(f"  {'no danger: false alarms':30} {false:4} of {total:4}  {false / total:.3f}")


def speed() -> None:
    """Print how much processor time one message takes, first use (reading the rules) apart."""
    took = []
    for message in messages():
        start = time.process_time()
        danger.spot(message.text)
        took.append((time.process_time() - start) * 1000)
    cuts = statistics.quantiles(took, n=100)
    print(
        f"One message, processor time: p50 {cuts[49]:.2f} ms, p99 {cuts[98]:.2f} ms (wanted: below {LIMIT_MS} ms), {len(took)} messages"
    )


def main(shared: Path) -> None:
    """Print everything that can be measured here."""
    start = time.process_time()
    danger.spot("")
    print(f"Reading the rules: {(time.process_time() - start) * 1000:.0f} ms, once")
    report("Our own messages, held out", own())
    if (shared / "eval/questions/crisis.tsv").exists():
        report("crisis.tsv", crisis(shared))
        report("Ordinary questions", ordinary(shared))
    else:
        print(f"Not measured: {shared} holds no eval/questions/crisis.tsv. Give the folder as an argument.")
    speed()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED)
