"""What the README and the documents say is true: commands exist, links lead somewhere, the map is the tree."""

import ast
import configparser
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import app
from bot.config import Config, load
from bot.log import Code

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
OPERATIONS = ROOT / "docs" / "operations.md"
PAGES = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
PACKAGES = ("bot", "handlers", "knowledge_base")


def text_of(page: Path) -> str:
    return page.read_text("utf-8")


def commands(page: Path) -> set[str]:
    """The commands of `python -m bot` that a page names."""
    return set(re.findall(r"python -m bot ([a-z]+)", text_of(page)))


def known_commands() -> set[str]:
    return {one.name or one.callback.__name__ for one in app.registered_commands if one.callback}


# Commands


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_exists(page: Path) -> None:
    assert commands(page) <= known_commands()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_target_of_make_exists(page: Path) -> None:
    targets = set(re.findall(r"^(\w+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make (\w+)", text_of(page), re.MULTILINE)) <= targets


def test_the_operators_are_told_of_every_command() -> None:
    section = text_of(OPERATIONS).partition("## Commands")[2]
    assert known_commands() == set(re.findall(r"`([a-z]+)`", section))


def test_the_question_to_try_is_answered_with_the_72_hours() -> None:
    question = re.search(r"ask \*(.+?)\*", text_of(README))
    assert question
    done = subprocess.run([sys.executable, "-m", "bot", "ask", question[1]], cwd=ROOT, capture_output=True, text=True)
    assert "alarm     pep-window" in done.stdout


# Links


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = [target for target in _links(page) if not (page.parent / target).exists()]
    assert broken == []


def _links(page: Path) -> Iterator[str]:
    """Links to files; the pictures are the business of the tests that take them."""
    for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)#]+)[^)]*\)", text_of(page)):
        if not target.startswith(("https://", "http://")):
            yield target


def test_the_readme_shows_two_pictures_and_says_what_is_on_them() -> None:
    shown = re.findall(r"!\[(.*?)\]\((docs/pictures/\w+\.png)\)", text_of(README))
    assert len(shown) == 2
    assert all(len(alternative) > 20 for alternative, _ in shown)


# The map


def mapped() -> set[str]:
    """All paths of the map, folders with a slash at the end."""
    found, folder = set(), ""
    block = text_of(README).partition("## A map of the code")[2].split("```")[1]
    for line in block.strip().splitlines():
        names = re.split(r" {2,}", line.strip())[0].split()
        if not line.startswith(" "):
            folder = names[0]
        found |= set(names) if not line.startswith(" ") else {folder + name for name in names}
    return found


def tree() -> set[str]:
    """The packages with what stands directly in them, and the other folders."""
    return {f"{name}/" for name in (*PACKAGES, "tests", "deploy", "docs")} | {
        f"{package}/{path.name}{'/' if path.is_dir() else ''}"
        for package in PACKAGES
        for path in (ROOT / package).iterdir()
        if path.suffix == ".py" or path.is_dir()
        if path.name not in ("__init__.py", "__pycache__")
    }


def test_the_map_is_the_tree() -> None:
    assert mapped() == tree()


# Settings, codes, numbers


def test_every_setting_that_is_named_exists() -> None:
    known = {f"{section} {key}" for section, part in Config() for key in type(part).model_fields}
    for page in PAGES:
        named = {
            f"{section} {key.removesuffix('_file')}" for section, key in re.findall(r"\[(\w+)\] (\w+)", text_of(page))
        }
        assert named <= known, page.name


def test_the_example_of_the_operators_loads(tmp_path: Path) -> None:
    """Together with the example file, as it is installed."""
    (block,) = re.findall(r"```toml\n(.+?)```", text_of(OPERATIONS), re.DOTALL)
    file = tmp_path / "config.toml"
    file.write_text(block)
    loaded = load(file, {})
    assert str(loaded.keys.keyring) == "/var/lib/msiri/keyring.json"
    assert tomllib.loads(block)["database"]["url"] == loaded.database.url


def test_the_operators_know_every_code_of_the_log() -> None:
    section = text_of(OPERATIONS).partition("## The log")[2].partition("## Commands")[0]
    named = {code for row in section.splitlines() if row.startswith("| `") for code in re.findall(r"`(\w+)`", row)}
    assert {code.value for code in Code} <= named


def test_the_operators_know_every_number() -> None:
    named = {name.removesuffix("_total") for name in re.findall(r"^\| `(msiri_\w+)", text_of(OPERATIONS), re.MULTILINE)}
    sources = text_of(ROOT / "bot" / "metrics.py") + text_of(ROOT / "bot" / "status.py")
    words = {node.value for node in ast.walk(ast.parse(sources)) if isinstance(node, ast.Constant)}
    assert {word for word in words if isinstance(word, str) and re.fullmatch(r"msiri_\w+", word)} == named


# What is installed on a server


def test_the_unit_starts_what_there_is() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # systemd's keys have capitals
    unit.read(ROOT / "deploy" / "msiri.service")
    start = unit["Service"]["ExecStart"]
    assert start.endswith("-m bot run --config /etc/msiri/config.toml")
    assert unit["Service"]["ExecReload"] == "/bin/kill -HUP $MAINPID"
    assert unit["Service"]["UMask"] == "0077"
    for path in (unit["Service"]["WorkingDirectory"], "/etc/msiri/config.toml", "/var/lib/msiri"):
        assert path in text_of(OPERATIONS)


def test_the_changelog_has_its_form() -> None:
    text = text_of(ROOT / "CHANGELOG.md")
    assert re.match(r"# Changelog\n", text)
    assert "## [Unreleased]\n\n### Added\n" in text
