"""`evaluate`: staff measure how well labelled questions find their entries."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import evaluate
from bot.__main__ import app
from bot.evaluate import Outcome
from knowledge_base import Entry, Index, Phrasing, Urgency
from knowledge_base.problems import ContentProblems

TABLE = "text\tid\talso\nwhat is prep\tprep\t\nthe condom broke\tburst\tprep, pep\nxqvk\t\t\n"


def entry(name: str, *phrasings: str) -> Entry:
    return Entry(name, "", Urgency.NORMAL, {}, tuple(Phrasing(text, "en") for text in phrasings))


INDEX = Index.build(
    [entry("prep", "what is prep", "prep pills"), entry("burst", "the condom broke"), entry("clinic", "where is it")]
)


def outcome(place: str, wanted: str, found: str, score: float, verdict: str = "direct") -> Outcome:
    return Outcome(place, tuple(wanted.split()), tuple(found.split()), score, verdict)


FOUND = [
    outcome("q:1", "prep", "prep burst", 0.95),
    outcome("q:2", "prep pep", "pep prep", 0.9),
    outcome("q:3", "burst", "prep clinic burst", 0.92),
    outcome("q:4", "burst", "prep clinic", 0.4, "asked back"),
    outcome("q:5", "clinic", "", 0.0, "unanswered"),
    outcome("q:6", "", "prep", 1.0),
    outcome("q:7", "", "prep", 0.1, "unanswered"),
]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.tsv", TABLE),
        ("b.csv", 'text,id,also\nwhat is prep,prep,\nthe condom broke,burst,"prep, pep"\nxqvk,,\n'),
        (
            "c.jsonl",
            '{"text": "what is prep", "id": "prep"}\n\n{"text": "the condom broke", "id": "burst", "also": "prep,pep"}\n'
            '{"text": "xqvk", "id": null}\n',
        ),
    ],
)
def test_three_kinds_of_file_say_the_same(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    found = evaluate.read(file)
    assert [(one.text, one.ids) for one in found] == [
        ("what is prep", ("prep",)),
        ("the condom broke", ("burst", "prep", "pep")),
        ("xqvk", ()),
    ]
    assert found[0].place in (f"{name}:1", f"{name}:2")


@pytest.mark.parametrize(
    ("name", "raw", "where"),
    [
        ("a.tsv", b"question\tid\nhi\tprep\n", ":1: has no columns"),
        ("a.tsv", b"", ":1: has no columns"),
        ("a.tsv", b"text\tid\n", ":0: holds no questions"),
        ("a.tsv", b"text\tid\nhi\tprep\n \tprep\n", ":3: has no text"),
        ("a.csv", b"text,id\n\xff,prep\n", ":0: is not UTF-8"),
        ("a.jsonl", b'{"text": "hi"}\n[]\n', ":2: is not JSON"),
        ("a.jsonl", b"{\n", ":1: is not JSON"),
        ("a.jsonl", b'{"id": "prep"}\n', ":1: has no text"),
        ("a.jsonl", b'{"text": "hi", "id": 3}\n', ":1: has an id or also"),
    ],
)
def test_a_bad_file_is_named_with_its_line(tmp_path: Path, name: str, raw: bytes, where: str) -> None:
    file = tmp_path / name
    file.write_bytes(raw)
    with pytest.raises(ContentProblems) as problems:
        evaluate.read(file)
    assert re.fullmatch(re.escape(f"{file}{where}") + ".+", str(problems.value.problems[0]))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentProblems):
        evaluate.read(tmp_path / "none.tsv")


def test_outcomes_hold_the_verdict_and_no_text(tmp_path: Path) -> None:
    file = tmp_path / "a.tsv"
    file.write_text(TABLE + "😭\tprep\t\n", "utf-8")
    found = evaluate.outcomes(INDEX, evaluate.read(file))
    assert [one.verdict for one in found] == ["direct", "direct", found[2].verdict, "unanswered"]
    assert found[2].verdict != "direct"
    assert [one.right for one in found] == [True, True, False, False]
    assert "condom" not in repr(found)


def test_asking_back_is_its_own_outcome(tmp_path: Path) -> None:
    file = tmp_path / "a.tsv"
    file.write_text(
        "text\tid\n" + "".join(f"{text}\tprep\n" for text in ("prep", "is prep it", "pills", "what broke")), "utf-8"
    )
    assert "asked back" in {one.verdict for one in evaluate.outcomes(INDEX, evaluate.read(file))}


def test_shares_part_questions_in_scope_from_strangers() -> None:
    assert evaluate.shares(FOUND) == {
        "first": 0.4, "three": 0.6, "direct": 0.6, "asked back": 0.2, "unanswered": 0.2, "wrong of direct": 0.5,
        "out of scope answered": 0.5,
    }  # fmt: skip


def test_shares_of_nothing_are_nothing() -> None:
    assert set(evaluate.shares([]).values()) == {0.0}


def test_the_most_confused_come_first() -> None:
    assert evaluate.confused(FOUND) == [("burst", "prep", 2)]


def test_the_calibration_compares_what_was_said_with_what_was_right() -> None:
    said, right, count = evaluate.calibration(FOUND)[-1]
    assert said == pytest.approx((0.95 + 0.9 + 0.92 + 1.0) / 4)
    assert (right, count) == (0.5, 4)
    assert sum(count for *_, count in evaluate.calibration(FOUND)) == len(FOUND)


def test_the_diagram_is_svg_with_a_dot_for_each_group() -> None:
    points = evaluate.calibration(FOUND)
    drawn = ET.fromstring(evaluate.diagram(points))
    assert len(drawn.findall("{http://www.w3.org/2000/svg}circle")) == len(points)
    assert ET.fromstring(evaluate.diagram([])).tag.endswith("svg")


def test_what_was_kept_is_read_back_and_compared(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    evaluate.save(file, FOUND)
    assert evaluate.saved(file) == FOUND
    better = [outcome("q:3", "burst", "burst", 0.9) if one.place == "q:3" else one for one in FOUND]
    assert "now right              1 q:3" in evaluate.changes(FOUND, better)
    assert "now wrong              1 q:3" in evaluate.changes(better, FOUND)
    assert "first                  +20.0%" in evaluate.changes(FOUND, better)


@pytest.mark.parametrize("text", ["{", "{}3", "[3]", '[{"place": "q"}]', "7"])
def test_a_result_that_was_not_kept_by_us_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "kept.json"
    file.write_text(text, "utf-8")
    with pytest.raises(ContentProblems):
        evaluate.saved(file)


def test_the_command_reports_draws_keeps_and_compares(tmp_path: Path) -> None:
    file, kept, svg = tmp_path / "a.tsv", tmp_path / "kept.json", tmp_path / "r.svg"
    file.write_text("text\tid\nwhat is prep\tprep-what-is\n", "utf-8")
    first = CliRunner().invoke(app, ["evaluate", str(file), "--save", str(kept), "--svg", str(svg)])
    assert first.exit_code == 0
    assert "1 questions, 0 of them out of scope" in first.output
    assert svg.read_text("utf-8").startswith("<svg")
    again = CliRunner().invoke(app, ["evaluate", str(file), "--compare", str(kept)])
    assert "now wrong              0" in again.output


@pytest.mark.parametrize("option", ["--save", "--svg", "--compare"])
def test_the_command_says_in_one_sentence_what_is_wrong(tmp_path: Path, option: str) -> None:
    file = tmp_path / "a.tsv"
    file.write_text("text\tid\nwhat is prep\tprep-what-is\n", "utf-8")
    result = CliRunner().invoke(app, ["evaluate", str(file), option, str(tmp_path / "no" / "where")])
    assert result.exit_code == 2
    assert "nowhere" not in result.output
    assert ":0: cannot be" in result.output
