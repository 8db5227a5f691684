"""`check`: everything that is wrong in one run, in order of place, and a table of what there is and what is missing."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import checking, preview
from bot.__main__ import app
from knowledge_base import library
from knowledge_base.problems import ContentProblems
from tests.test_library import line, written
from tests.test_standards import FULL, LONG_EN, SHORT_EN, SHORT_SW

TODAY = date(2026, 5, 1)
LONELY = FULL.replace('["dam", "gel"]', '["lube", "gone"]')


def found(folder: Path) -> list[str]:
    """What `check` says of the content in `folder`, without the folder's name."""
    with pytest.raises(ContentProblems) as caught:
        checking.checked(folder)
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


def test_everything_is_said_in_one_run_in_order_of_place(tmp_path: Path) -> None:
    text = LONELY.replace(SHORT_EN, "You should have come.").replace("maji.", "’" * 450)
    written(tmp_path, text)
    related, swahili = line(text, "related ="), line(text, "’’")
    assert found(tmp_path) == [
        f"condoms/lube.toml:{related}: related names 'gone', which does not exist; correct or remove it",
        f"condoms/lube.toml:{related}: is related to itself; remove its own id from related",
        f"condoms/lube.toml:{line(text, 'should')}: [en] short says 'should have'; say what can be done now",
        f"condoms/lube.toml:{swahili}: [sw] short goes in 9 parts as an SMS; at most 6: shorten it, or find the sign that is not GSM",
    ]


@pytest.mark.parametrize(
    ("old", "size", "sentence"),
    [
        (LONG_EN, 1185, None),
        (LONG_EN, 1650, "[en] long has 1650 characters; at most 1200 fit"),
        (LONG_EN, 1650, "[en] long has 1718 characters on WhatsApp and SMS, helplines and choices counted; at most 1600 fit"),
        (LONG_EN, 4097, "[en] long has 4097 characters on Telegram; at most 4096 fit"),
        (SHORT_SW, 1000, "[sw] short has 1070 characters on WhatsApp with buttons, helplines counted; at most 1024 fit"),
    ],
)  # fmt: skip
def test_what_does_not_fit_on_a_channel_is_said(tmp_path: Path, old: str, size: int, sentence: str | None) -> None:
    written(tmp_path, FULL.replace(old, ("word " * 820)[: size - 1] + "."))
    too_long = [problem for problem in found(tmp_path) if "characters" in problem]
    assert any(sentence in one for one in too_long) if sentence else not too_long


def test_a_long_part_that_is_not_there_is_not_shown(tmp_path: Path) -> None:
    written(tmp_path, LONELY)
    content = library.made(library.read(tmp_path))
    entry, given = content.entries["lube"], preview.facts(content, "sw")
    assert preview.said(entry, "long", given) is None
    short = preview.said(entry, "short", given)
    assert short
    assert short.text.startswith(SHORT_SW)
    withdrawn = preview.facts(library.Library({}, {}), "sw")
    assert preview.said(entry, "short", withdrawn) is None


def test_the_packaged_content_passes_and_is_counted() -> None:
    result = CliRunner().invoke(app, ["check"])
    assert result.exit_code == 0, result.output
    assert re.search(r"^167 entries, 2 languages, [4-9],\d{3} phrasings \(", result.output, re.MULTILINE)
    assert "facts with sources: 167 of 167 entries" in result.output
    assert re.search(r"^\d+ entries await approval, 0 are due for review again$", result.output, re.MULTILINE)
    assert re.search(r"^pep +8 +\d+ +\d+ +\d+ +\d+ +0 +\d+ +\d-\d +\d-\d$", result.output, re.MULTILINE)


def test_problems_end_in_exit_code_2_with_file_and_line(tmp_path: Path) -> None:
    written(tmp_path, LONELY)
    result = CliRunner().invoke(app, ["check", "--content", str(tmp_path)])
    assert result.exit_code == 2
    assert f"condoms/lube.toml:{line(LONELY, 'related')}: related names 'gone'" in result.output
    assert "2 problem(s) in the content" in result.output


def test_reviews_that_are_over_are_counted(tmp_path: Path) -> None:
    for name in ("lube", "dam"):
        shutil.copy(library.PACKAGED / "pep" / "pep-where.toml", written(tmp_path, "", f"pep/{name}.toml"))
    files = library.read(tmp_path)
    reviewed = 'by = "Dr. A"\non = "2025-05-01"\ndue = "2026-04-30"'
    for path in files.entries:
        path.write_text(path.read_text().replace('by = ""\non = ""\ndue = ""', reviewed))
        reviewed = reviewed.replace("2026-04-30", "2026-05-01")
    assert "0 entries await approval, 1 are due for review again" in checking.summary(library.read(tmp_path), TODAY)
