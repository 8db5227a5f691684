"""The shape of the code: who may import whom, how large things may grow, and what never appears."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "knowledge_base")
MODULE_LINES, FUNCTION_LINES = 250, 25
# Tables: one line after another of the same kind, which are read more easily in one piece.
TABLES = {("bot/effects.py", "apply")}
# Migrations list what the tables were; they are never changed again.
MIGRATIONS = "bot/store/migrations/versions/"
# The loops that must outlive whatever one row does, and the door to two libraries that raise plain Exception.
CATCH_ALL = {"bot/inbox.py", "bot/outbox.py", "knowledge_base/semantic.py"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources() -> Iterator[tuple[str, str]]:
    """All modules of the three packages: path and text."""
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            yield str(file.relative_to(ROOT)), file.read_text("utf-8")


def nodes() -> Iterator[tuple[str, ast.AST]]:
    for path, text in sources():
        for node in ast.walk(ast.parse(text)):
            yield path, node


def functions() -> Iterator[tuple[str, str, int]]:
    """All functions: path, name, lines."""
    for path, node in nodes():
        if isinstance(node, Function) and not path.startswith(MIGRATIONS):
            yield path, node.name, (node.end_lineno or 0) - node.lineno + 1


def contracts(folder: Path) -> "subprocess.CompletedProcess[str]":
    """Check the import contracts of pyproject.toml on the packages in `folder`."""
    tool = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([tool, "--no-cache"], cwd=folder, capture_output=True, text=True)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the packages, to break something in it."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_import_contracts_are_kept() -> None:
    done = contracts(ROOT)
    assert done.returncode == 0, done.stdout
    assert "6 kept, 0 broken" in done.stdout


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("handlers/slots.py", "import bot.store.database", "bot runs, handlers decide, knowledge_base knows"),
        ("knowledge_base/words.py", "import time", "handlers and knowledge_base do no I/O"),
        ("bot/inbox.py", "import telegram", "only the channels know the providers' libraries"),
        ("bot/inbox.py", "import cryptography.fernet", "only the store encrypts"),
        ("bot/channels/twilio.py", "import bot.channels.telegram", "channels are independent of one another"),
        ("bot/store/database.py", "import bot.inbox", "the shell's own layers"),
    ],
)
def test_each_contract_bites(copy: Path, module: str, line: str, broken: str) -> None:
    file = copy / module
    file.write_text(f"{file.read_text('utf-8')}\n{line}\n", "utf-8")
    done = contracts(copy)
    assert done.returncode == 1
    assert any(one.startswith(broken) and " BROKEN" in one for one in done.stdout.splitlines()), done.stdout


def test_every_module_of_the_shell_stands_in_a_layer(copy: Path) -> None:
    (copy / "bot/stray.py").write_text('"""A module that nobody placed."""\n')
    done = contracts(copy)
    assert done.returncode == 1
    assert "bot.stray" in done.stdout


def test_modules_are_small() -> None:
    large = {path: text.count("\n") for path, text in sources() if not path.startswith(MIGRATIONS)}
    assert {path: lines for path, lines in large.items() if lines > MODULE_LINES} == {}


def test_functions_are_small_but_for_tables() -> None:
    large = {(path, name) for path, name, lines in functions() if lines > FUNCTION_LINES}
    assert large == TABLES


def test_half_of_the_functions_are_very_small() -> None:
    lengths = sorted(lines for _, _, lines in functions())
    assert lengths[len(lengths) // 2] <= 7


def test_nothing_is_global() -> None:
    assert [path for path, node in nodes() if isinstance(node, ast.Global)] == []


def test_only_the_loops_and_one_door_catch_everything() -> None:
    caught = {path for path, node in nodes() if isinstance(node, ast.ExceptHandler) and _catches_all(node)}
    assert caught == CATCH_ALL


def _catches_all(handler: ast.ExceptHandler) -> bool:
    """Whether a handler keeps what it did not foresee; one that cleans up and raises again does not."""
    named = (
        {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)} if handler.type else {"Exception"}
    )
    last = handler.body[-1]
    raises_again = isinstance(last, ast.Raise) and last.exc is None
    return bool(named & {"Exception", "BaseException"}) and not raises_again


def test_public_things_say_what_they_are() -> None:
    """Modules, classes and functions without a leading underscore have a docstring."""
    written = [(path, text) for path, text in sources() if not path.startswith(MIGRATIONS)]
    bare = [f"{path}: {name}" for path, text in written for name in _undocumented(ast.parse(text))]
    assert bare == []


def _undocumented(tree: ast.Module) -> Iterator[str]:
    if tree.body and not ast.get_docstring(tree):
        yield "module"
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield node.name
            yield from _bare_methods(node)


def _bare_methods(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ClassDef):
        for method in node.body:
            if isinstance(method, Function) and not method.name.startswith("_") and not ast.get_docstring(method):
                yield f"{node.name}.{method.name}"
