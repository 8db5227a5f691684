"""`python -m bot ask`: what other programs rely on. One line in, one line out, in order, whatever the line is."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import asking
from bot.asking import Knowledge
from knowledge_base.library import Library
from knowledge_base.problems import ContentProblems

ROOT = Path(__file__).parent.parent
QUESTION = "how long after sex can i test for hiv"
ALARMS = {
    "suicide",
    "sexual-violence",
    "partner-violence",
    "blackmail",
    "arrest",
    "medical-emergency",
    "pep-window",
    "child-abuse",
}


@pytest.fixture(scope="session")
def known(content: Library) -> Knowledge:
    return Knowledge(content.index, dict(content.entries))


def answers(lines: list[bytes], known: Knowledge) -> list[dict[str, Any]]:
    written: list[str] = []
    asking.answer_lines(lines, known, written.append)
    return [json.loads(line) for line in written]


def asked(*arguments: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """Run the command as another program would."""
    return subprocess.run([sys.executable, "-m", "bot", "ask", *arguments], input=stdin, cwd=ROOT, capture_output=True)


# As a command


def test_the_line_that_is_promised() -> None:
    done = asked("--jsonl", stdin=json.dumps({"text": QUESTION}).encode())
    assert (done.returncode, done.stderr) == (0, b"")
    (answer,) = (json.loads(line) for line in done.stdout.splitlines())
    assert answer["matches"][0]["id"] == "test-window-period"
    assert answer["verdict"] == "sure"


def test_many_lines_keep_their_order_and_bad_ones_their_place() -> None:
    lines = [b'{"text": "what is prep"}', b"rubbish", b"", b'{"text": "nataka kujiua", "lang": "sw"}', b'{"text": 1}']
    done = asked("--jsonl", stdin=b"\n".join(lines))
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [answer.get("error", "") != "" for answer in found] == [False, True, True, False, True]
    assert found[0]["matches"][0]["id"].startswith("prep")
    assert found[3]["alarm"] == "suicide"


def test_for_people_it_prints_verdict_language_alarm_and_matches() -> None:
    done = asked(QUESTION)
    first, second, third, *matches = done.stdout.decode().splitlines()
    assert (first.split(), second.split(), third.split()) == (["verdict", "sure"], ["language", "en"], ["alarm", "-"])
    assert matches[0].split()[1] == "test-window-period"
    assert 0 < float(matches[0].split()[0]) <= 1


def test_it_needs_no_configuration_and_writes_nothing(tmp_path: Path) -> None:
    """It reads content and standard input, nothing else, wherever it is started."""
    (tmp_path / "config.toml").write_text("rubbish")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", QUESTION],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["config.toml"]


# The form of a line


def test_a_line_has_these_keys_and_no_others(known: Knowledge) -> None:
    (answer,) = answers([json.dumps({"text": QUESTION}).encode()], known)
    assert answer.keys() == {"verdict", "matches", "alarm", "lang"}
    assert all(match.keys() == {"id", "score"} and 0 <= match["score"] <= 1 for match in answer["matches"])
    assert 1 <= len(answer["matches"]) <= 5
    scores = [match["score"] for match in answer["matches"]]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("text", "lang", "told"),
    [
        ("what is prep", None, "en"),
        ("nataka kupima virusi wapi", None, "sw"),
        ("what is prep", "sw", "sw"),
        ("what is prep", "sheng", "sheng"),
        ("what is prep", "klingon", "en"),
        ("???", None, "en"),
    ],
)
def test_the_language_is_the_given_one_or_the_one_it_looks_like(
    known: Knowledge, text: str, lang: str | None, told: str
) -> None:
    assert asking.found(text, known, lang)["lang"] == told


def test_what_nobody_knows_is_unknown(known: Knowledge) -> None:
    (answer,) = answers([b'{"text": "qwpo zxmn blorf"}'], known)
    assert (answer["verdict"], answer["alarm"], answer["lang"]) == ("unknown", None, "en")


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"rubbish",
        b"\xff\xfe\xff",
        b"[]",
        b"3",
        b"null",
        b'"text"',
        b"{}",
        b'{"text": null}',
        b'{"text": ["a"]}',
        b'{"text": "a", "lang": 3}',
        b'{"text": NaN}',
        b'{"text": "a"',
        b"[" * 100_000,
        b'{"text": ' + b"9" * 10_000 + b"}",
    ],
)
def test_a_bad_line_is_answered_as_such(known: Knowledge, line: bytes) -> None:
    bad, good = answers([line, b'{"text": "what is prep"}'], known)
    assert bad["error"] == 'want {"text": "…"} on each line'
    assert (bad["verdict"], bad["matches"]) == ("unknown", [])
    assert good["matches"]


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "\ud800", "\u202e\u200b", "😀" * 1000, "a" * 65536, "prep\nprep\r\tprep"]
)
def test_an_odd_text_is_no_bad_line(known: Knowledge, text: str) -> None:
    (answer,) = answers([json.dumps({"text": text}).encode()], known)
    assert "error" not in answer


@settings(deadline=None, max_examples=60)
@given(
    lines=st.lists(st.binary(max_size=40) | st.text(max_size=20).map(lambda text: json.dumps({"text": text}).encode()))
)
def test_there_is_an_answer_to_every_line(known: Knowledge, lines: list[bytes]) -> None:
    found = answers(lines, known)
    assert len(found) == len(lines)
    assert all(answer["verdict"] in ("sure", "unsure", "unknown") for answer in found)
    assert all(answer["alarm"] is None or answer["alarm"] in ALARMS for answer in found)


# Other content


def write(folder: Path, content: object) -> Path:
    file = folder / "entries.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return file


def test_content_may_be_a_json_file(tmp_path: Path) -> None:
    entries = [
        {"id": "cats", "lang": "en", "phrasings": ["how do i feed a cat", "what do cats eat"]},
        {"id": "paka", "lang": "sw", "phrasings": ["paka anakula nini"]},
    ]
    known = asking.knowledge(write(tmp_path, {"entries": entries}))
    assert asking.found("what do cats eat", known)["matches"][0]["id"] == "cats"
    assert asking.found("paka anakula nini", known)["matches"][0]["id"] == "paka"
    assert asking.explain("what do cats eat", known).splitlines()[3].split()[1:] == ["cats"]


def test_content_may_be_a_folder(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "knowledge_base" / "content", tmp_path / "content"))
    entry = folder / "prep" / "prep-what-is.toml"
    entry.write_text(
        entry.read_text("utf-8").replace("phrasings = [", 'phrasings = ["blue pill of the zebra",', 1), "utf-8"
    )
    found = asking.found("blue pill of the zebra", asking.knowledge(folder))
    assert found["matches"][0]["id"] == "prep-what-is"


def test_content_may_be_empty(tmp_path: Path) -> None:
    known = asking.knowledge(write(tmp_path, {"entries": []}))
    assert asking.found("what is prep", known)["verdict"] == "unknown"


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"entries": 3}', '{"entries": [{"id": "x"}]}', '{"entries": ["x"]}']
)
def test_json_of_another_form_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(ContentProblems) as caught:
        asking.knowledge(write(tmp_path, content))
    assert "correct or re-export it" in str(caught.value.problems[0])


def test_a_file_that_is_no_json_is_refused_whatever_its_name(tmp_path: Path) -> None:
    file = tmp_path / "entries.txt"
    file.write_text("hello")
    with pytest.raises(ContentProblems):
        asking.knowledge(file)
    with pytest.raises(ContentProblems):
        asking.knowledge(tmp_path / "missing.json")
