"""`approve`: the review is in the files, everything else in them stays, and nothing is half-written."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import approve
from bot.__main__ import app
from bot.approve import ApprovalProblem
from knowledge_base import library

TODAY, NEXT_YEAR = date(2026, 5, 1), date(2027, 5, 1)
EMPTY = '[review]\nby = ""\non = ""\ndue = ""\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the entries on PEP."""
    shutil.copytree(library.PACKAGED / "pep", tmp_path / "pep")
    return tmp_path


def everything(folder: Path) -> dict[str, bytes]:
    """All files below `folder`, by name."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_only_the_review_changes_in_the_files_that_are_named(folder: Path) -> None:
    before = everything(folder)
    assert approve.approve(["pep-after", "pep-where", "pep-after"], " Dr. Ä ", TODAY, NEXT_YEAR, folder) == 2
    after = everything(folder)
    assert {name for name in before if before[name] != after[name]} == {"pep-after.toml", "pep-where.toml"}
    reviewed = '[review]\nby = "Dr. Ä"\non = "2026-05-01"\ndue = "2027-05-01"\n'
    assert after["pep-after.toml"].decode() == before["pep-after.toml"].decode().replace(EMPTY, reviewed)
    assert EMPTY in before["pep-after.toml"].decode()


def test_an_approval_may_be_given_again_without_an_end(folder: Path) -> None:
    approve.approve(["pep-after"], "Dr. A", TODAY, NEXT_YEAR, folder)
    approve.approve(["pep-after"], "Dr. B", NEXT_YEAR, None, folder)
    review = library.read(folder).entries[folder / "pep" / "pep-after.toml"].review
    assert (review.by, review.on, review.due) == ("Dr. B", "2027-05-01", "")


def test_an_entry_without_a_review_gets_one(folder: Path) -> None:
    path = folder / "pep" / "pep-after.toml"
    path.write_text(path.read_text().replace(EMPTY, "").replace("contacts = []", "contacts = [] # none"))
    approve.approve(["pep-after"], 'Dr. "A"', TODAY, None, folder)
    assert library.read(folder).entries[path].review.by == 'Dr. "A"'
    assert "contacts = [] # none" in path.read_text()


@pytest.mark.parametrize(
    ("ids", "by", "until", "sentence"),
    [
        (["pep-after", "gone", "lost"], "A", None, "no entry is called gone, lost; nothing was approved (python -m bot doctor lists them)"),
        (["pep-after"], " ", None, "--by is empty; name the person of the organisation who read the answers"),
        (["pep-after"], "A", TODAY, "--until 2026-05-01 is over already; give a day after 2026-05-01, or leave it out"),
    ],
)  # fmt: skip
def test_what_cannot_be_approved_changes_nothing(
    folder: Path, ids: list[str], by: str, until: date | None, sentence: str
) -> None:
    before = everything(folder)
    with pytest.raises(ApprovalProblem) as caught:
        approve.approve(ids, by, TODAY, until, folder)
    assert str(caught.value) == sentence
    assert everything(folder) == before


def test_a_file_that_is_not_toml_is_named_and_nothing_is_approved(folder: Path) -> None:
    (folder / "pep" / "pep-where.toml").write_text("title = ")
    before = everything(folder)
    with pytest.raises(ApprovalProblem, match=r"pep-where\.toml cannot be read; mend it first \(python -m bot check\)"):
        approve.approve(["pep-after", "pep-where"], "A", TODAY, None, folder)
    assert everything(folder) == before


def test_a_disk_that_takes_only_some_files_leaves_all_as_they_were(folder: Path) -> None:
    blocked = folder / "pep" / "pep-where.toml.new"
    blocked.mkdir()
    before = everything(folder)
    with pytest.raises(
        ApprovalProblem, match=r"pep-where\.toml\.new cannot be written; make the content folder writable"
    ):
        approve.approve(["pep-after", "pep-where"], "A", TODAY, None, folder)
    assert everything(folder) == before


def test_the_command_says_what_it_did_and_what_it_refuses(folder: Path) -> None:
    options = ["--content", str(folder), "--by", "Dr. A"]
    done = CliRunner().invoke(app, ["approve", "pep-after", "pep-where", "--until", "2999-01-01", *options])
    assert (done.exit_code, done.output) == (0, "approved 2 by Dr. A\n")
    assert library.read(folder).entries[folder / "pep" / "pep-after.toml"].review.due == "2999-01-01"
    refused = CliRunner().invoke(app, ["approve", "gone", *options])
    assert (refused.exit_code, refused.output.count("\n")) == (2, 1)
    assert "no entry is called gone" in refused.output
