"""`make demo`: started as a stranger would, tried over HTTP, ended with Ctrl-C, and nothing is left."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot import demo

ROOT = Path(__file__).parent.parent
SECONDS = 60.0
QUESTION = "condom imepasuka jana usiku nifanye nini"
# This run's interpreter, without preparing another one; any free port.
MAKE = ("make", "--no-print-directory", "-o", ".venv/.run", "demo", f"BIN={Path(sys.executable).parent}", "PORT=0")
PYTHON = (sys.executable, "-m", "bot", "demo", "--port", "0")


@dataclass
class Demo:
    """A running demo."""

    process: "subprocess.Popen[str]"
    printed: str
    folder: Path

    @property
    def address(self) -> str:
        """Where it is."""
        found = re.search(r"(http://127\.0\.0\.1:\d+)/chat", self.printed)
        assert found, self.printed
        return found[1]

    @property
    def data(self) -> list[Path]:
        """The folders with its data."""
        return list(self.folder.glob("msiri-demo-*"))

    def interrupt(self) -> tuple[str, str]:
        """Press Ctrl-C, which everything in the terminal hears; return what was printed after that."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.communicate(timeout=SECONDS)


@contextmanager
def running(command: Sequence[str], folder: Path) -> Iterator[Demo]:
    """Start `command`, and wait until it has said where it is."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("MSIRI_", "MAKE"))}
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environ | {"TMPDIR": str(folder)}, text=True, start_new_session=True, **pipes
    )
    try:
        yield Demo(process, _until(process, "Ctrl-C"), folder)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _until(process: "subprocess.Popen[str]", last: str) -> str:
    assert process.stdout
    read: list[str] = []
    for line in process.stdout:
        read.append(line)
        if last in line:
            break
    return "".join(read)


async def asks(address: str, question: str) -> str:
    """Open the chat, ask, and return the page when the answer is there."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.get(f"{address}/chat") as shown:
            assert shown.status == 200
        async with session.post(f"{address}/chat", data={"text": question, "nonce": "1"}) as sent:
            page = await sent.text()
        end = time.monotonic() + SECONDS
        while "72" not in page and time.monotonic() < end:
            await asyncio.sleep(0.1)
            async with session.get(f"{address}/chat") as shown:
                page = await shown.text()
        return page


async def logs_in(address: str, login: str, passphrase: str) -> str:
    """Log in at the console; return the address one arrives at."""
    form = {"login": login, "passphrase": passphrase}
    async with (
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session,
        session.post(f"{address}/console/login", data=form) as answer,
    ):
        assert answer.status == 200
        return str(answer.url)


def test_make_demo_answers_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    with running(MAKE, tmp_path) as shown:
        assert len(shown.data) == 1
        assert "72" in asyncio.run(asks(shown.address, QUESTION))
        said, errors = shown.interrupt()
    assert "The demo has ended; its data are gone." in said
    assert "Traceback" not in errors
    assert shown.data == []


def test_the_printed_logins_open_the_console(tmp_path: Path) -> None:
    with running(PYTHON, tmp_path) as shown:
        logins = re.findall(r"login (\w+) +passphrase (\S+)", shown.printed)
        assert [login for login, _ in logins] == [login for login, _, _ in demo.COUNSELORS]
        assert f"{shown.address}/console" in shown.printed
        arrived = asyncio.run(logs_in(shown.address, *logins[0]))
        assert arrived == f"{shown.address}/console"


def test_a_demo_ends_in_order_also_when_somebody_listens(tmp_path: Path) -> None:
    """An open event stream must not hold the end up."""
    with running(PYTHON, tmp_path) as shown:

        async def listens() -> None:
            async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
                await session.get(f"{shown.address}/chat")
                await session.post(f"{shown.address}/chat", data={"text": "hello", "nonce": "1"})
                async with session.get(f"{shown.address}/chat/events") as stream:
                    await stream.content.readline()
                    os.kill(shown.process.pid, signal.SIGINT)
                    await stream.content.read()

        asyncio.run(listens())
        said, errors = shown.process.communicate(timeout=SECONDS)
    assert shown.process.returncode == 0
    assert said.endswith("The demo has ended; its data are gone.\n")
    assert [line for line in errors.splitlines() if '"event": "st' not in line] == []
    assert shown.data == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_with_0(tmp_path: Path, how: signal.Signals) -> None:
    with running(PYTHON, tmp_path) as shown:
        shown.process.send_signal(how)
        shown.process.communicate(timeout=SECONDS)
    assert shown.process.returncode == 0
    assert shown.data == []


def test_two_demos_do_not_meet(tmp_path: Path) -> None:
    with running(PYTHON, tmp_path) as first, running(PYTHON, tmp_path) as second:
        assert first.address != second.address
        assert len(first.data) == 2
        assert "72" in asyncio.run(asks(second.address, QUESTION))


def test_on_a_port_that_is_taken_it_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    with running(PYTHON, tmp_path) as first:
        command = [*PYTHON[:-1], first.address.rpartition(":")[2]]
        environ = os.environ | {"TMPDIR": str(tmp_path)}
        done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (2, "")
        assert re.fullmatch(r"\[web\] host and port: 127\.0\.0\.1:\d+ cannot be used; .+\n", done.stderr)
        assert len(first.data) == 1


def test_nobody_else_in_the_network_can_reach_it() -> None:
    config = demo.demo_config(Path("folder"), 8080)
    assert config.web.host == "127.0.0.1"
    assert config.telegram.token is None
    assert config.twilio.account_sid == ""
