"""`evaluate`: how well labelled questions find their entries, for staff who change the content."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from knowledge_base import Index
from knowledge_base.problems import ContentProblems, Problem
from knowledge_base.verdict import Sure, Unknown, judge

SHARES = ("first", "three", "direct", "asked back", "unanswered")
BINS, CONFUSED = 10, 10


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question and the entries that answer it (none: out of scope); `place` is its file and line."""

    place: str
    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a labelled question. Holds no text, so that it may be kept."""

    place: str
    wanted: tuple[str, ...]
    found: tuple[str, ...]
    score: float
    verdict: str

    @property
    def right(self) -> bool:
        """Whether the first entry is one of the wanted."""
        return self.found[:1] != () and self.found[0] in self.wanted


def measure(index: Index, files: Sequence[Path], svg: Path | None, keep: Path | None, compare: Path | None) -> str:
    """Return the report on the questions in `files`; draw, keep and compare where a file is given. Raises `ContentProblems`."""
    found = outcomes(index, [question for file in files for question in read(file)])
    text = report(found) + ("\n" + changes(saved(compare), found) if compare else "")
    if svg:
        draw(svg, found)
    if keep:
        save(keep, found)
    return text


def read(file: Path) -> list[Labelled]:
    """Return the questions in a .jsonl, .csv or .tsv file with text, id and maybe also. Raises `ContentProblems`."""
    try:
        text = file.read_text("utf-8-sig")
    except OSError:
        raise _problem(file, 0, "cannot be read; check the path and its permissions") from None
    except UnicodeDecodeError:
        raise _problem(file, 0, "is not UTF-8; save it as UTF-8") from None
    lines = _objects(file, text) if file.suffix == ".jsonl" else _table(file, text)
    found = [_labelled(file, number, row) for number, row in lines]
    if not found:
        raise _problem(file, 0, "holds no questions; add lines with text and id")
    return found


def _problem(file: Path, line: int, sentence: str) -> ContentProblems:
    return ContentProblems([Problem(file, line, sentence)])


def _objects(file: Path, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            if not isinstance(row, dict):
                raise _problem(file, number, 'is not JSON; write {"text": "…", "id": "…"}')
            yield number, row


def _table(file: Path, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    tabs = "\t" in text.split("\n", 1)[0]
    rows = csv.DictReader(
        text.splitlines(), delimiter="\t" if tabs else ",", quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL
    )
    if not {"text", "id"} <= set(rows.fieldnames or ()):
        raise _problem(
            file,
            1,
            "has no columns text and id; name them in the first line, and leave id empty for questions out of scope",
        )
    for row in rows:
        yield rows.line_num, row


def _labelled(file: Path, number: int, row: Mapping[str, Any]) -> Labelled:
    text, wanted, also = row.get("text"), row.get("id") or "", row.get("also") or ""
    if not isinstance(text, str) or not text.strip():
        raise _problem(file, number, "has no text; write the question")
    if not isinstance(wanted, str) or not isinstance(also, str):
        raise _problem(
            file, number, "has an id or also that is not text; write the entries' ids, several parted by commas"
        )
    ids = (part.strip() for part in f"{wanted},{also}".split(","))
    return Labelled(f"{file.name}:{number}", text, tuple(dict.fromkeys(part for part in ids if part)))


def outcomes(index: Index, questions: Sequence[Labelled]) -> list[Outcome]:
    """Return what becomes of each question."""
    return [_outcome(index, question) for question in questions]


def _outcome(index: Index, question: Labelled) -> Outcome:
    matches = index.search(question.text)
    verdict = judge(matches, index.calibration)
    name = "direct" if isinstance(verdict, Sure) else "unanswered" if isinstance(verdict, Unknown) else "asked back"
    found = tuple(match.entry_id for match in matches)
    return Outcome(question.place, question.ids, found, matches[0].score if matches else 0.0, name)


def shares(found: Sequence[Outcome]) -> dict[str, float]:
    """Return the shares of the questions in scope, the wrong ones of all direct answers, and of strangers answered."""
    scoped = [one for one in found if one.wanted]
    strangers = [one for one in found if not one.wanted]
    direct = [one for one in found if one.verdict == "direct"]
    result = {
        "first": _share([one.right for one in scoped]),
        "three": _share([bool(set(one.found[:3]) & set(one.wanted)) for one in scoped]),
    }
    result |= {name: _share([one.verdict == name for one in scoped]) for name in SHARES[2:]}
    result["wrong of direct"] = _share([not one.right for one in direct])
    return result | {"out of scope answered": _share([one.verdict == "direct" for one in strangers])}


def _share(hits: Sequence[bool]) -> float:
    return round(sum(hits) / len(hits), 4) if hits else 0.0


def confused(found: Sequence[Outcome]) -> list[tuple[str, str, int]]:
    """Return the most frequent pairs of wanted and found entry, with their number."""
    pairs = Counter((one.wanted[0], one.found[0]) for one in found if one.wanted and one.found and not one.right)
    return [(*pair, count) for pair, count in pairs.most_common(CONFUSED)]


def calibration(found: Sequence[Outcome]) -> list[tuple[float, float, int]]:
    """Return for each tenth of the scale that occurs: mean score, share that was right, number of questions."""
    groups = [[one for one in found if min(BINS - 1, int(one.score * BINS)) == place] for place in range(BINS)]
    return [
        (sum(one.score for one in group) / len(group), _share([one.right for one in group]), len(group))
        for group in groups
        if group
    ]


def report(found: Sequence[Outcome]) -> str:
    """Return the measure for a person to read."""
    lines = [f"{len(found)} questions, {sum(not one.wanted for one in found)} of them out of scope"]
    lines += [f"{name:<22} {share:6.1%}" for name, share in shares(found).items()]
    lines += ["", "most confused: wanted, found, how often"]
    lines += [f"{count:>4}  {wanted}  {got}" for wanted, got, count in confused(found)]
    lines += ["", "said, right, questions"]
    lines += [f"{said:5.2f}  {right:5.2f}  {count}" for said, right, count in calibration(found)]
    return "\n".join(lines)


def save(file: Path, found: Sequence[Outcome]) -> None:
    """Write the outcomes, without any text. Raises `ContentProblems` when the file cannot be written."""
    _write(file, json.dumps([asdict(one) for one in found], indent=1))


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, "utf-8")
    except OSError:
        raise _problem(file, 0, "cannot be written; check the folder and its permissions") from None


def saved(file: Path) -> list[Outcome]:
    """Return what `save` wrote. Raises `ContentProblems`."""
    try:
        rows = json.loads(file.read_text("utf-8"))
        return [Outcome(**{**row, "wanted": tuple(row["wanted"]), "found": tuple(row["found"])}) for row in rows]
    except OSError:
        raise _problem(file, 0, "cannot be read; check the path and its permissions") from None
    except (ValueError, TypeError, KeyError):
        raise _problem(file, 0, "was not written by evaluate --save; save a result first") from None


def changes(before: Sequence[Outcome], now: Sequence[Outcome]) -> str:
    """Return what changed between two measures: the shares, and the questions that became right or wrong."""
    old, new = shares(before), shares(now)
    lines = ["", "changed since then"]
    lines += [f"{name:<22} {new[name] - old[name]:+6.1%}" for name in new if new[name] != old[name]]
    was = {one.place: one.right for one in before}
    for name, right in (("now right", True), ("now wrong", False)):
        places = [one.place for one in now if one.wanted and one.right == right and was.get(one.place) == (not right)]
        lines.append(f"{name:<22} {len(places)} {' '.join(places)}".rstrip())
    return "\n".join(lines)


def draw(file: Path, found: Sequence[Outcome]) -> None:
    """Write the reliability diagram as SVG: the said probability to the right, the share that was right upward."""
    _write(file, diagram(calibration(found)))


def diagram(points: Sequence[tuple[float, float, int]]) -> str:
    """Return the diagram of `calibration`'s points; on the diagonal every score means what it says."""
    most = max((count for *_, count in points), default=1)
    dots = "".join(
        f'<circle cx="{40 + 300 * said:.1f}" cy="{340 - 300 * right:.1f}" r="{3 + 9 * (count / most) ** 0.5:.1f}" fill="#0b6e4f">'
        f"<title>said {said:.2f}, right {right:.2f}, {count} questions</title></circle>"
        for said, right, count in points
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 380" font-family="sans-serif" font-size="12">'
        "<title>Reliability: said probability and share that was right</title>"
        '<rect x="40" y="40" width="300" height="300" fill="#fff" stroke="#555"/>'
        '<line x1="40" y1="340" x2="340" y2="40" stroke="#999" stroke-dasharray="4"/>'
        f'{dots}<text x="190" y="368" text-anchor="middle">said</text><text x="8" y="30">right</text>'
        '<text x="36" y="356" text-anchor="end">0</text><text x="340" y="356" text-anchor="end">1</text>'
        '<text x="34" y="48" text-anchor="end">1</text></svg>\n'
    )
