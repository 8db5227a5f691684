"""A mistake in a rule file is told in one sentence with the file and the place."""

import shutil
from pathlib import Path

import pytest

from knowledge_base.danger.loading import PACKAGED, load
from knowledge_base.problems import ContentProblems


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the packaged rules that a test may spoil."""
    return Path(shutil.copytree(PACKAGED, tmp_path / "danger"))


def complaint(folder: Path) -> str:
    with pytest.raises(ContentProblems) as told:
        load(folder)
    (problem,) = told.value.problems
    return str(problem)


def test_the_packaged_rules_are_without_mistake(folder: Path) -> None:
    assert load(folder).first("nataka kujiua") is not None


def test_what_staff_add_works_at_once(folder: Path) -> None:
    add(folder / "rules" / "arrest.toml", '\n[[rule]]\nname = "new"\nany = ["zorbed by <police>"]\n')
    found = load(folder).first("i was zorbed by sanse")
    assert found is not None
    assert found.rule == "new"


def add(file: Path, text: str) -> None:
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def put(file: Path, old: str, new: str) -> int:
    """Replace the first `old` in `file` and return its line."""
    text = file.read_text("utf-8")
    file.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("<bogus> me", "there is no word list <bogus> in words.toml"),
        ("hit (me)", '"(me)" is no word of a pattern: write a word, <list>, [maybe], .. or ...'),
        ("hit ..", 'the pattern "hit .." must begin and end with a word'),
        ("[hit] me", 'the pattern "[hit] me" must begin and end with a word'),
        ("", 'the pattern "" must begin and end with a word'),
    ],
)
def test_a_pattern_that_is_none(folder: Path, pattern: str, sentence: str) -> None:
    file = folder / "rules" / "arrest.toml"
    line = put(file, '"anal test"', f'"{pattern}"')
    assert complaint(folder) == f"{file}:{line}: {sentence}"


def test_a_guard_that_does_not_exist(folder: Path) -> None:
    file = folder / "rules" / "suicide.toml"
    line = put(file, '"grief"', '"greif"')
    assert complaint(folder) == f'{file}:{line}: there is no guard "greif" in guards.toml; add it or mend the name'


def test_a_list_of_others_that_does_not_exist(folder: Path) -> None:
    file = folder / "rules" / "suicide.toml"
    line = put(file, '"friend"', '"freind"')
    assert complaint(folder) == f"{file}:{line}: there is no word list <freind> in words.toml; add it or mend the name"


def test_an_unknown_key(folder: Path) -> None:
    file = folder / "rules" / "arrest.toml"
    line = put(file, "name =", "nmae =")
    assert complaint(folder).startswith(f"{file}:{line}: Object contains unknown field `nmae`")


def test_a_value_of_the_wrong_kind(folder: Path) -> None:
    file = folder / "rules" / "arrest.toml"
    put(file, "severity = 2", "severity = 7")
    assert complaint(folder).startswith(f"{file}:1: Invalid enum value 7")


def test_what_is_no_toml(folder: Path) -> None:
    file = folder / "guards.toml"
    line = put(file, "[joke]", "[joke")
    assert complaint(folder).startswith(f"{file}:{line}: is not TOML")


def test_a_missing_file(folder: Path) -> None:
    (folder / "times.toml").unlink()
    assert complaint(folder) == f"{folder / 'times.toml'}:0: cannot be read; restore the file or its permissions"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('includes = ["nowhere"]', "includes nowhere, which is no other word list; mend the name or take it out"),
        ('includes = ["new"]', "includes new, which is no other word list; mend the name or take it out"),
        ('english = ["Police"]', 'holds "Police", which no message can have; write words in lower case, without signs'),
    ],
)
def test_a_word_list_that_cannot_be_used(folder: Path, body: str, reason: str) -> None:
    file = folder / "words.toml"
    add(file, f"\n[lists.new]\n{body}\n")
    line = file.read_text("utf-8").splitlines().index("[lists.new]") + 1
    assert complaint(folder) == f"{file}:{line}: [lists.new] {reason}"


def test_weights_that_cannot_be_read(folder: Path) -> None:
    file = folder / "weights.json"
    file.write_text("{}")
    assert complaint(folder) == f"{file}:0: cannot be read; write it anew with python -m tests.bench.learn_danger"


def test_the_rules_work_without_the_second_reader(folder: Path) -> None:
    (folder / "weights.json").unlink()
    alone = load(folder, sensing=False)
    assert alone.first("nataka kujiua") is not None
    assert alone.first("where can i get condoms") is None
