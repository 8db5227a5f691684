"""The log is a closed list of codes: no text of a client, no address, no exception's text, nothing from libraries."""

import ast
import asyncio
import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import httpx
import pytest

from bot import log
from bot.channels import Address, Parcel
from bot.channels.telegram import TelegramChannel
from bot.log import Code
from tests.hooks import put_back
from tests.wires.server import serving
from tests.wires.telegram import PretendTelegram

ROOT = Path(__file__).parent.parent
CANARY = "zumaridi +254733918264"
# Loggers that were seen to write addresses, tokens or parameters, and a few that may come.
LIBRARIES = (
    "telegram",
    "twilio",
    "httpx",
    "httpcore",
    "aiohttp",
    "uvicorn",
    "sqlalchemy.engine",
    "asyncio",
    "alembic",
    "",
)


@pytest.fixture
def hooks() -> Iterator[None]:
    with put_back():
        yield


@pytest.fixture
def started(hooks: None, capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    """The log as the service starts it."""
    log.start()
    return capsys


def lines(captured: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """What was written: JSON lines on standard error, nothing elsewhere."""
    out, err = captured.readouterr()
    assert out == ""
    return [json.loads(line) for line in err.splitlines()]


def caught(kind: type[BaseException] = ValueError) -> BaseException:
    try:
        raise kind(CANARY)
    except kind as error:
        return error


# What a line holds


def test_a_line_is_a_code_a_time_and_numbers(started: pytest.CaptureFixture[str]) -> None:
    log.say(Code.READ_BACK, found=3, new=1)
    (line,) = lines(started)
    assert line.pop("timestamp")
    assert line == {"event": "read_back", "found": 3, "new": 1}


def test_of_an_error_only_kind_and_place_are_told(started: pytest.CaptureFixture[str]) -> None:
    log.say(Code.TURN_FAILED, caught())
    (line,) = lines(started)
    assert line["error"] == "ValueError"
    assert re.fullmatch(r"test_log\.py:\d+", str(line["at"]))
    assert "zumaridi" not in json.dumps(line)


def test_an_error_that_hides_another_tells_neither(started: pytest.CaptureFixture[str]) -> None:
    error = RuntimeError(CANARY)
    error.__cause__, error.__context__ = caught(), caught(KeyError)
    error.add_note(CANARY)
    log.say(Code.SEND_FAILED, error)
    (line,) = lines(started)
    assert "zumaridi" not in json.dumps(line)
    assert line["at"] == ""


def test_every_code_is_a_plain_word() -> None:
    assert all(re.fullmatch(r"[a-z_]+", code.value) for code in Code)


def test_fields_are_numbers_by_type() -> None:
    """mypy refuses a text as a field; this test holds the annotation itself."""
    assert log.say.__annotations__["fields"] == int | float | bool


# Who may write


def test_nobody_else_writes() -> None:
    """No module of ours prints, warns or has a logger, but the command line with its own words."""
    wrote = {path: names for path, names in _writers().items() if path not in ("bot/log.py",)}
    assert wrote == {}


def _writers() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for package in ("bot", "handlers", "knowledge_base"):
        for file in (ROOT / package).rglob("*.py"):
            names = {node.id for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Name)}
            if written := names & {"print", "logging", "warnings", "traceback", "structlog", "pprint"}:
                found[str(file.relative_to(ROOT))] = written
    return found


# Libraries


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("name", LIBRARIES)
def test_libraries_are_silent_whatever_is_set_up(name: str, caplog: pytest.LogCaptureFixture) -> None:
    """Also with a root logger at DEBUG and a handler of their own."""
    logging.getLogger().setLevel(logging.DEBUG)
    logger = logging.getLogger(name)
    logger.addHandler(caplog.handler)
    try:
        for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL):
            logger.log(level, CANARY)
        logger.exception(CANARY)
    finally:
        logger.removeHandler(caplog.handler)
        logging.getLogger().setLevel(logging.WARNING)
    assert caplog.records == []


async def sends_to_telegram() -> None:
    telegram = PretendTelegram()
    async with serving(telegram.app) as base:
        channel = TelegramChannel(telegram.token, base)
        await telegram.says(501, "hello")
        await channel.send(Parcel(Address("telegram", "501"), CANARY))
        await channel.close()
        async with httpx.AsyncClient(trust_env=False) as client:
            await client.get(f"{base}/bot{telegram.token}/getMe")


async def test_without_that_they_would_tell_words_and_tokens(caplog: pytest.LogCaptureFixture) -> None:
    """What `silence` is for: this is what they write at DEBUG."""
    with caplog.at_level(logging.DEBUG):
        await sends_to_telegram()
    assert "zumaridi" in caplog.text
    assert "TEST-token_of-a-pretend-bot" in caplog.text


async def test_with_it_they_tell_nothing(hooks: None, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger().setLevel(logging.DEBUG)
    log.silence()
    await sends_to_telegram()
    logging.getLogger().setLevel(logging.WARNING)
    assert caplog.records == []


# What ends the program, a thread or an object


def test_a_crash_is_one_line_without_text(started: pytest.CaptureFixture[str]) -> None:
    error = caught()
    sys.excepthook(type(error), error, error.__traceback__)
    (line,) = lines(started)
    assert (line["event"], line["error"]) == ("crashed", "ValueError")


def test_in_a_process_of_its_own_nothing_is_told(tmp_path: Path) -> None:
    """A thread that dies, a task that nobody awaits, an object that fails when it goes, a warning, and a crash, all with a client's words."""
    program = tmp_path / "program.py"
    program.write_text(
        "import asyncio, logging, sys, threading, warnings\n"
        "from bot import log\n"
        "logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)\n"
        "log.start()\n"
        f"words = {CANARY!r}\n"
        "def dies(): raise IndexError(words)\n"
        "thread = threading.Thread(target=dies)\n"
        "thread.start()\n"
        "thread.join()\n"
        "class Gone:\n"
        "    def __del__(self): raise ValueError(words)\n"
        "async def fails(): raise ValueError(words)\n"
        "async def main():\n"
        "    task = asyncio.get_running_loop().create_task(fails())\n"
        "    await asyncio.sleep(0)\n"
        "    del task\n"
        "    Gone()\n"
        "    warnings.warn(words)\n"
        "asyncio.run(main())\n"
        "raise KeyError(words)\n"
    )
    done = subprocess.run(
        [sys.executable, program], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "zumaridi" not in done.stdout + done.stderr
    assert [json.loads(line)["error"] for line in done.stderr.splitlines()] == ["IndexError", "ValueError", "KeyError"]


def test_loggers_of_asyncio_and_aiohttp_are_among_the_silenced(started: pytest.CaptureFixture[str]) -> None:
    async def forgotten() -> None:
        loop = asyncio.get_running_loop()
        loop.call_exception_handler({"message": CANARY, "exception": caught()})
        session = aiohttp.ClientSession()
        await session.close()

    asyncio.run(forgotten())
    assert lines(started) == []
