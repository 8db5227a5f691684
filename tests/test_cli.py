"""The command line: every foreseen mistake ends in one sentence on standard error and exit code 2, and makes nothing."""

import asyncio
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.config import ConfigProblem
from bot.serving import listen
from tests.hooks import put_back
from tests.wires.server import serving
from tests.wires.telegram import TOKEN, PretendTelegram

ROOT = Path(__file__).parent.parent
SECONDS = 60
ANY_PORT = {"WEB__PORT": "0"}


@pytest.fixture(autouse=True)
def hooks() -> Iterator[None]:
    with put_back():
        yield


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in; no setting comes from outside."""
    for name in [name for name in os.environ if name.startswith("MSIRI_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def installed(folder: Path) -> Path:
    """A folder with keys and tables, after `migrate`."""
    assert msiri("migrate") == (0, "sqlite: the tables are at this version\n", "")
    return folder


def msiri(*arguments: str, stdin: str | bytes = "", **settings: str) -> tuple[int, str, str]:
    """Run a command in this process; return exit code, output and errors."""
    environ = {f"MSIRI_{name}": value for name, value in (ANY_PORT | settings).items()}
    done = CliRunner().invoke(app, arguments, input=stdin, env=environ)
    return done.exit_code, done.stdout, done.stderr


def refused(*arguments: str, **settings: str) -> str:
    """Run a command that has to fail as foreseen; return its only sentence."""
    code, said, sentence = msiri(*arguments, **settings)
    assert (code, said) == (2, ""), sentence
    assert sentence.count("\n") == 1
    return sentence.removesuffix("\n")


def files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@contextmanager
def process(*arguments: str, cwd: Path, **settings: str) -> Iterator["subprocess.Popen[str]"]:
    """A command in a process of its own."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("MSIRI_")}
    environ |= {"PYTHONPATH": str(ROOT)} | {f"MSIRI_{name}": value for name, value in (ANY_PORT | settings).items()}
    pipes: dict[str, Any] = {
        "stdin": subprocess.PIPE,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "text": True,
    }
    with subprocess.Popen([sys.executable, "-m", "bot", *arguments], cwd=cwd, env=environ, **pipes) as running:
        try:
            yield running
        finally:
            running.kill()


def started(running: "subprocess.Popen[str]") -> None:
    assert running.stderr
    assert '"event": "started"' in running.stderr.readline()


# Configuration


@pytest.mark.parametrize("command", ["run", "migrate"])
def test_mistakes_in_the_configuration_are_all_told_and_nothing_is_made(folder: Path, command: str) -> None:
    (folder / "config.toml").write_text('[web]\nprot = 1\n[telegram]\ntoken_file = "token"\n[keys]\nkeyring = 1\n')
    code, said, errors = msiri(command)
    assert (code, said) == (2, "")
    assert errors.splitlines() == [
        "config.toml: [web] prot: is not a known setting; correct or remove it (config.example.toml lists all)",
        "config.toml: [keys] keyring: must be a path; config.example.toml shows how it is written",
        "config.toml: [telegram] token_file: token cannot be read; create it or correct the path",
    ]
    assert files(folder).keys() == {"config.toml"}


def test_a_configuration_that_is_not_there(folder: Path) -> None:
    assert refused("run", "--config", "my.toml") == "my.toml: cannot be read; give an existing file with --config"


def test_webhooks_without_a_secret(folder: Path) -> None:
    sentence = refused("run", TELEGRAM__MODE="webhook", TELEGRAM__TOKEN=TOKEN)
    assert sentence == (
        "MSIRI_TELEGRAM__MODE: needs [telegram] webhook_secret and [web] public_url, too; set what is missing"
    )


# Keys


def test_nothing_runs_before_migrate(folder: Path) -> None:
    assert refused("run") == "[database] url: data/msiri.db does not exist; run: python -m bot migrate"
    assert files(folder) == {}


def test_migrate_may_be_repeated(installed: Path) -> None:
    before = files(installed)
    assert msiri("migrate")[0] == 0
    assert files(installed) == before
    assert before.keys() == {"data/keyring.json", "data/msiri.db", "data/msiri.db.lock", "data/root.key"}


def test_a_sentence_model_that_is_not_there(installed: Path) -> None:
    sentence = refused("run", KNOWLEDGE__SEMANTIC_MODEL="model")
    assert sentence == (
        "model:0: is no sentence model; give a folder with model.onnx and tokenizer.json, both readable"
    )


def test_a_root_key_that_others_can_read(installed: Path) -> None:
    (installed / "data/root.key").chmod(0o640)
    assert refused("run") == "[keys] source: data/root.key can be read by others; run: chmod 600 data/root.key"


def test_a_root_key_that_is_gone(installed: Path) -> None:
    (installed / "data/root.key").unlink()
    assert refused("run").startswith("[keys] source: data/root.key does not exist; restore it")
    assert "root.key" not in "".join(files(installed))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 1}', '{"version": 1, "salt": "AAAA", "kek": {}}'])
def test_a_damaged_keyring(installed: Path, content: str) -> None:
    (installed / "data/keyring.json").write_text(content)
    assert refused("run") == "[keys] keyring: data/keyring.json is damaged; restore it from a backup"


def test_a_keyring_that_is_gone(installed: Path) -> None:
    (installed / "data/keyring.json").unlink()
    assert refused("run") == "[keys] keyring: data/keyring.json does not exist; run: python -m bot migrate"


def test_a_lost_keyring_is_not_replaced_while_there_are_conversations(installed: Path) -> None:
    with closing(sqlite3.connect(installed / "data/msiri.db")) as database, database:
        database.execute(
            "insert into conversations (id, lookup, channel, alias, dek, kek, address, memory, state, active_day)"
            " values ('c', x'00', 'web', 'P-1', x'00', 1, x'00', x'00', x'00', '2026-03-04')"
        )
    (installed / "data/keyring.json").unlink()
    assert refused("migrate") == (
        "[keys] keyring: data/keyring.json does not exist, but the database holds conversations; "
        "restore it, or correct the path"
    )
    assert not (installed / "data/keyring.json").exists()


def test_a_passphrase(folder: Path) -> None:
    right = {"KEYS__SOURCE": "passphrase", "KEYS__PASSPHRASE": "one two three four"}
    assert msiri("migrate", **right)[0] == 0
    assert "data/root.key" not in files(folder)
    wrong = right | {"KEYS__PASSPHRASE": "one two three five"}
    assert refused("run", **wrong) == (
        "[keys] source: this key or passphrase does not open data/keyring.json; give the one it was made with"
    )
    assert refused("run", KEYS__SOURCE="passphrase") == (
        "[keys] source is passphrase, but none was given; enter it or set passphrase_file"
    )


# Database


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (
            "postgresql://msiri:geheim@127.0.0.1:1/msiri",
            "postgresql://msiri:***@127.0.0.1:1/msiri cannot be reached; check",
        ),
        ("mysql://msiri:geheim@h/d", "mysql is not supported; write sqlite:///data/msiri.db or postgresql://"),
        ("geheim", "is no database address; write sqlite:///data/msiri.db or postgresql://"),
        ("sqlite://", "names no file; write sqlite:///data/msiri.db"),
        ("sqlite:////proc/no/geheim", "cannot be made or written; correct the path or its permissions"),
    ],
)
def test_a_database_that_cannot_be_had(folder: Path, url: str, sentence: str) -> None:
    said = refused("migrate", DATABASE__URL=url)
    assert said.startswith("[database] url: ")
    assert sentence in said
    assert ":geheim" not in said
    assert files(folder) == {}


def test_a_file_that_is_no_database(folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data/msiri.db").write_text("a letter to the landlord" * 100)
    assert refused("migrate") == (
        "[database] url: data/msiri.db is no SQLite database or cannot be written; move it away or correct the path"
    )
    assert files(folder)["data/msiri.db"].startswith(b"a letter")
    assert "data/keyring.json" not in files(folder)


def test_tables_that_are_missing(installed: Path) -> None:
    (installed / "data/msiri.db").write_bytes(b"")
    assert refused("run") == "[database] url: the tables are not at this version; run: python -m bot migrate"


@pytest.mark.parametrize("command", ["run", "migrate"])
def test_tables_of_a_newer_version(installed: Path, command: str) -> None:
    with closing(sqlite3.connect(installed / "data/msiri.db")) as database, database:
        database.execute("update alembic_version set version_num = '9999'")
    assert refused(command) == (
        "[database] url: the tables were made by a newer version; install that one, or restore a backup"
    )


def test_a_second_process_on_one_file(installed: Path) -> None:
    with process("run", cwd=installed, WEB__PORT="0") as first:
        started(first)
        sentence = (
            "data/msiri.db is already in use by another msiri process; stop it or give this one its own [database] url"
        )
        assert refused("run", WEB__PORT="0") == sentence
        assert refused("migrate") == sentence


# Network


def test_a_port_that_is_taken(installed: Path) -> None:
    with closing(listen("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        sentence = (
            f"[web] host and port: 127.0.0.1:{port} cannot be used; stop what listens there or choose another port"
        )
        assert refused("run", WEB__PORT=port) == sentence
        assert refused("demo", "--port", port) == sentence


@pytest.mark.parametrize("host", ["no such host", "203.0.113.1", "::g", "a\0b", "x" * 300])
def test_an_address_that_is_not_ours(host: str) -> None:
    with pytest.raises(ConfigProblem, match="cannot be used"):
        listen(host, 0)


def test_the_address_is_looked_at_first(folder: Path) -> None:
    """Before a passphrase is asked, a database opened, a webhook set."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert refused("run", WEB__PORT=str(other.getsockname()[1])).startswith("[web] host and port")


async def test_a_token_that_telegram_refuses(installed: Path) -> None:
    telegram = PretendTelegram()
    async with serving(telegram.app) as base:
        settings = {"TELEGRAM__TOKEN": "1:wrong", "TELEGRAM__API_BASE_URL": base, "WEB__PORT": "0"}
        with process("run", cwd=installed, **settings) as running:
            said, errors = await asyncio.to_thread(running.communicate, timeout=SECONDS)
    assert (running.returncode, said, errors.count("\n")) == (2, "", 1)
    assert errors.startswith("[telegram] token: Telegram refuses it")


# Starting and stopping


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_service_in_order(installed: Path, how: signal.Signals) -> None:
    with process("run", cwd=installed, WEB__PORT="0") as running:
        started(running)
        running.send_signal(how)
        said, errors = running.communicate(timeout=SECONDS)
    assert (running.returncode, said) == (0, "")
    assert re.fullmatch(r'\{"event": "stopped", "timestamp": "[^"]+"\}\n', errors)
    assert not (installed / "data/msiri.db-wal").exists()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_it_also_while_it_starts(installed: Path, how: signal.Signals) -> None:
    telegram = PretendTelegram()
    telegram.fail_next("getMe", "hang_before")
    async with serving(telegram.app) as base:
        settings = {"TELEGRAM__TOKEN": TOKEN, "TELEGRAM__API_BASE_URL": base, "WEB__PORT": "0"}
        with process("run", cwd=installed, **settings) as running:
            await telegram.until_called("getMe")
            running.send_signal(how)
            said, errors = await asyncio.to_thread(running.communicate, timeout=SECONDS)
    assert (running.returncode, said, errors) == (0, "", "")


def test_sighup_renews_the_content_and_the_service_goes_on(installed: Path) -> None:
    with process("run", cwd=installed, WEB__PORT="0") as running:
        started(running)
        running.send_signal(signal.SIGHUP)
        assert running.stderr
        assert '"event": "content_renewed"' in running.stderr.readline()
        running.send_signal(signal.SIGTERM)
        _, errors = running.communicate(timeout=SECONDS)
    assert running.returncode == 0
    assert '"event": "stopped"' in errors


def test_a_terminal_that_closes_ends_it(installed: Path) -> None:
    ours, theirs = os.openpty()
    environ = os.environ | {"PYTHONPATH": str(ROOT), "MSIRI_WEB__PORT": "0"}
    command = [sys.executable, "-m", "bot", "run"]
    with (
        subprocess.Popen(command, cwd=installed, env=environ, stdout=theirs, stderr=theirs) as running,
        os.fdopen(ours, encoding="utf-8") as terminal,
    ):
        os.close(theirs)
        assert '"event": "started"' in terminal.readline()
        running.send_signal(signal.SIGHUP)
        assert running.wait(SECONDS) == -signal.SIGHUP


def test_a_fault_of_ours_is_told_without_its_text(installed: Path) -> None:
    """The last resort: no traceback and no text, which may hold anything."""
    code = (
        "import sys; from bot import log, __main__, serving\n"
        "async def broken(config): raise RuntimeError('geheim')\n"
        "serving.serve = broken\n"
        "sys.argv = ['msiri', 'run']; __main__.app()\n"
    )
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=installed, env=environ, capture_output=True, text=True)
    assert done.returncode == 1
    assert '"error": "RuntimeError"' in done.stderr
    assert "geheim" not in done.stdout + done.stderr
    assert done.stderr.count("\n") == 1


# Content and staff


def test_content_that_cannot_be_read_is_told_with_its_file(folder: Path) -> None:
    (folder / "prep").mkdir()
    (folder / "prep/broken.toml").write_text("[en\n")
    (folder / "prep/folder.toml").mkdir()
    (folder / "prep/latin.toml").write_bytes(b'x = "\xe9"')
    for command in (["check", "--content", "."], ["ask", "x", "--content", "."]):
        code, said, errors = msiri(*command)
        assert (code, said) == (2, "")
        assert "prep/broken.toml:1: is not TOML" in errors
        assert "prep/folder.toml:0: cannot be read; check its permissions" in errors
        assert "prep/latin.toml:0: is not UTF-8; save it as UTF-8" in errors


def test_a_folder_without_content(folder: Path) -> None:
    assert "no content files here; give a folder with" in msiri("check", "--content", "nowhere")[2]


def test_the_content_is_in_order() -> None:
    code, said, errors = msiri("check")
    assert (code, errors) == (0, "")
    assert re.search(r"^\d+ entries, 2 languages, [\d,]+ phrasings", said, re.MULTILINE)


def test_staff_are_added(installed: Path) -> None:
    (installed / "phrase").write_text("correct horse battery\n")
    (installed / "short").write_text("short\n")
    add = ("staff", "amani", "Amani", "--passphrase-file")
    assert refused(*add, "nowhere") == "--passphrase-file nowhere cannot be read; create it first"
    assert refused(*add, "short") == "the passphrase is too short; use at least 12 characters"
    assert msiri(*add, "phrase") == (0, "added amani as Amani\n", "")
    lead = ("staff", "lela", "Lela", "--passphrase-file", "phrase")
    assert refused(*lead, "--role", "boss") == "the role must be counselor or lead, a team's name at most 24 long"
    assert msiri(*lead, "--role", "lead", "--team", "legal")[0] == 0
    assert refused(*add, "phrase") == "login 'amani' or alias 'Amani' is taken; choose another"


def test_counselors_telegram_accounts_are_linked(installed: Path) -> None:
    (installed / "phrase").write_text("correct horse battery\n")
    for login, alias in (("amani", "Amani"), ("baraka", "Baraka")):
        msiri("staff", login, alias, "--passphrase-file", "phrase")
    assert refused("link", "nobody", "77") == "login 'nobody' is unknown; add it first"
    assert msiri("link", "amani", "77") == (0, "linked amani\n", "")
    taken = "Telegram account 77 is linked to another login; give that one another account first"
    assert refused("link", "baraka", "77") == taken
    assert msiri("link", "amani", "78") == (0, "linked amani\n", "")
    assert msiri("link", "baraka", "77") == (0, "linked baraka\n", "")


# What is typed


def test_ask_without_a_question() -> None:
    sentence = 'ask: give either a question, like: python -m bot ask "what is prep", or --jsonl'
    assert refused("ask") == sentence
    assert refused("ask", "what is prep", "--jsonl") == sentence


@pytest.mark.parametrize("arguments", [("nonsense",), ("run", "--colour"), ("demo", "--port", "70000"), ("staff",)])
def test_what_is_no_command_is_refused(arguments: tuple[str, ...]) -> None:
    code, said, errors = msiri(*arguments)
    assert (code, said) == (2, "")
    assert "Try" in errors


def test_the_commands_are_listed() -> None:
    listed = msiri("--help")[1]
    assert all(command in listed for command in ("run", "demo", "ask", "check", "migrate", "staff", "link"))
