"""Measure the understanding on labelled questions of this product's own topics.

    python -m tests.bench.questions ../shared/eval/questions

Prints, for each file and for real and written rows apart: first right, right among three, and what becomes of the questions:
answered directly and rightly or wrongly, asked back, not answered. The rows are not part of the project.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from knowledge_base import Index, library
from knowledge_base.verdict import Sure, Unknown, judge

SCOPED = ("real_en", "sw_sheng", "sms_noise")


def rows(file: Path) -> Iterator[Mapping[str, str]]:
    """Yield the rows of a tab-separated file with a header."""
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def measured(index: Index, row: Mapping[str, str]) -> dict[str, bool]:
    """Return what became of one question."""
    right = {row.get("id") or "", *(row.get("also") or "").replace(" ", "").split(",")} - {""}
    matches = index.search(row["text"])
    verdict = judge(matches, index.calibration)
    ids = [match.entry_id for match in matches]
    direct = isinstance(verdict, Sure)
    return {
        "first": ids[:1] != [] and ids[0] in right,
        "three": bool(right.intersection(ids[:3])),
        "direct": direct,
        "wrong": direct and ids[0] not in right,
        "unanswered": isinstance(verdict, Unknown),
    }


def report(name: str, found: list[dict[str, bool]]) -> None:
    """Print one line of shares."""
    share = {key: sum(one[key] for one in found) / len(found) for key in found[0]}
    direct = sum(one["direct"] for one in found)
    wrong = sum(one["wrong"] for one in found) / direct if direct else 0.0
    print(
        f"{name:<24} n {len(found):>4}  first {share['first']:.3f}  three {share['three']:.3f}  "
        f"direct {share['direct']:.3f}  wrong of direct {wrong:.3f}  unanswered {share['unanswered']:.3f}"
    )


def main() -> None:
    """Measure every file that is there."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("missing")
    if not (folder / f"{SCOPED[0]}.tsv").is_file():
        sys.exit("questions: give the folder with the labelled questions, like ../shared/eval/questions")
    index = library.load().index
    for name in (*SCOPED, "out_of_scope"):
        groups: defaultdict[str, list[dict[str, bool]]] = defaultdict(list)
        for row in rows(folder / f"{name}.tsv"):
            became = measured(index, row)
            for group in sorted({name, f"{name} {row.get('origin') or ''}".strip()}):
                groups[group].append(became)
        for group, found in groups.items():
            report(group, found)


if __name__ == "__main__":
    main()
