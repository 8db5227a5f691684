"""Nothing readable on disk: a whole scenario with marked people and words, then a search of everything that was written.

(security.md R12, R32.) The service runs in a process of its own, with faults, and with every log at DEBUG.
"""

import asyncio
import base64
import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from bot.serving import listen
from bot.store.database import Database
from tests import canary
from tests.loud import EXPLODES, LOG
from tests.wires.faults import Fault, too_many
from tests.wires.server import serving
from tests.wires.telegram import PretendTelegram
from tests.wires.telegram_world import FORUM
from tests.wires.twilio import PretendTwilio
from tests.wires.twilio_people import Channel

ROOT = Path(__file__).parent.parent
SECONDS = 60.0
ACCOUNT, COUNSELOR = 7391846205, 77
WHATSAPP, SMS = "+254733918264", "+254733918265"
# A word for each client and for the counselor; lower case, since what is compared is lower-cased.
WEB_WORD, TELEGRAM_WORD, PHONE_WORD, COUNSELOR_WORD = "zumaridi", "kifaranga", "bilauri", "mkwaju"
MARKS = (str(ACCOUNT), WHATSAPP[1:], SMS[1:], WEB_WORD, TELEGRAM_WORD, PHONE_WORD, COUNSELOR_WORD)
SETTINGS = """
[clinic.hours]
{hours}
[[clinic.services]]
id = "hiv-test"
en = "HIV test"
sw = "Kipimo cha HIV"
minutes = 30
""".format(hours="\n".join(f'{day} = ["00:00-23:30"]' for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")))


@dataclass
class Line:
    """The running service with the world around it."""

    address: str
    web: aiohttp.ClientSession
    telegram: PretendTelegram
    twilio: PretendTwilio
    process: "subprocess.Popen[bytes]"

    async def chats(self, text: str) -> str:
        """Write on the web page, as one without scripts does; return the page."""
        async with self.web.get(f"{self.address}/chat") as shown:
            nonce = re.search(r'name="nonce" value="([^"]*)"', await shown.text())
        form = {"text": text, "nonce": nonce[1] if nonce else os.urandom(8).hex()}
        async with self.web.post(f"{self.address}/chat", data=form) as answer:
            return await answer.text()


async def until(true: Callable[[], object]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end, "it never happened"
        await asyncio.sleep(0.05)


def environment(database_url: str, port: int = 0, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MSIRI_")}
    settings = {"DATABASE__URL": database_url, "WEB__PORT": str(port), "WEB__PUBLIC_URL": f"http://127.0.0.1:{port}"}
    return kept | {"PYTHONPATH": str(ROOT)} | {f"MSIRI_{name}": value for name, value in (settings | more).items()}


def free_port() -> int:
    with contextlib.closing(listen("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture
async def line(tmp_path: Path, database_url: str) -> AsyncIterator[Line]:
    """The service with all channels, its data and logs in `tmp_path`."""
    (tmp_path / "config.toml").write_text(SETTINGS)
    start("bot", "migrate", tmp_path, environment(database_url)).wait(SECONDS)
    port = free_port()
    telegram, twilio = PretendTelegram(), PretendTwilio(webhook_url=f"http://127.0.0.1:{port}/twilio/messages")
    async with serving(telegram.app) as telegram_base, serving(twilio.app) as twilio_base:
        settings = providers(telegram, telegram_base, twilio, twilio_base)
        process = start("tests.loud", "run", tmp_path, environment(database_url, port, **settings))
        try:
            await until(lambda: "started" in (tmp_path / "stderr.log").read_text())
            async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as web:
                yield Line(f"http://127.0.0.1:{port}", web, telegram, twilio, process)
        finally:
            process.kill()
            process.wait()


def start(module: str, command: str, folder: Path, environ: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Start a command; what it prints goes to files in `folder`."""
    with (folder / "stderr.log").open("wb") as errors, (folder / "stdout.log").open("wb") as said:
        return subprocess.Popen(
            [sys.executable, "-m", module, command], cwd=folder, env=environ, stdout=said, stderr=errors
        )


def providers(telegram: PretendTelegram, telegram_base: str, twilio: PretendTwilio, twilio_base: str) -> dict[str, str]:
    return {
        "TELEGRAM__TOKEN": telegram.token,
        "TELEGRAM__API_BASE_URL": telegram_base,
        "TELEGRAM__DESK_CHAT_ID": str(FORUM),
        "DESK__CONTENT": "true",
        "TWILIO__ACCOUNT_SID": twilio.account_sid,
        "TWILIO__AUTH_TOKEN": twilio.auth_token,
        "TWILIO__WHATSAPP_FROM": "whatsapp:+14155238886",
        "TWILIO__SMS_FROM": "+254711000001",
        "TWILIO__API_BASE_URL": twilio_base,
    }


async def play(line: Line) -> None:
    """Everybody says something that must not be seen again."""
    await _on_the_web(line)
    await _on_telegram(line)
    await _on_phones(line)
    await _strangers(line)


async def _on_the_web(line: Line) -> None:
    """A gap, a booking, and a turn that fails until it is parked."""
    await line.chats(f"{WEB_WORD} blorf qwpo")
    for said in ("book", "1", "1", "1"):
        await line.chats(said)
    assert re.search(r"\b[2-9A-Y]{3}-[2-9A-Y]{3}\b", await line.chats("yes"))
    await line.chats(f"{EXPLODES} {WEB_WORD}")


async def _on_telegram(line: Line) -> None:
    """A handover, both ways, while Telegram throttles and fails."""
    telegram = line.telegram
    await telegram.says(ACCOUNT, f"{TELEGRAM_WORD} blorf")
    await telegram.says(ACCOUNT, "talk to a person")
    await until(telegram.threads)
    (thread,) = telegram.threads()
    await until(lambda: telegram.answers(ACCOUNT))
    await _counselor_says(telegram, thread, f"pole, {COUNSELOR_WORD}", too_many(1))
    await _counselor_says(telegram, thread, f"karibu, {COUNSELOR_WORD}", "server_error_after")
    await telegram.says(ACCOUNT, f"asante {TELEGRAM_WORD}")
    await until(lambda: any(f"asante {TELEGRAM_WORD}" in text for text in telegram.thread(thread)))
    await telegram.counselor_says(thread, "/close", COUNSELOR)


async def _counselor_says(telegram: PretendTelegram, thread: int, text: str, fault: Fault) -> None:
    telegram.fail_next("sendMessage", fault)
    await telegram.counselor_says(thread, text, COUNSELOR)
    await until(lambda: any(text in answer for answer in telegram.answers(ACCOUNT)))


async def _on_phones(line: Line) -> None:
    """WhatsApp and SMS, while Twilio fails."""
    await _on_phone(line.twilio, WHATSAPP, "whatsapp", "drop")
    await _on_phone(line.twilio, SMS, "sms", "server_error_after")
    await line.twilio.settled()


async def _on_phone(twilio: PretendTwilio, number: str, channel: Channel, fault: Fault) -> None:
    await twilio.says(number, f"{PHONE_WORD} what is prep", channel, media=1)
    await until(lambda: twilio.phone(number))
    before = len(twilio.phone(number))
    twilio.fail_next("create", fault)
    await twilio.says(number, f"{PHONE_WORD} blorf", channel)
    await until(lambda: len(twilio.phone(number)) > before)


async def _strangers(line: Line) -> None:
    """What is refused leaves nothing, either."""
    assert await line.twilio.forged(WHATSAPP, f"{PHONE_WORD} forged") == 403
    async with line.web.post(f"{line.address}/chat", data={"text": WEB_WORD * 20_000}) as answer:
        assert answer.status == 413
    async with line.web.get(f"{line.address}/{WEB_WORD}?q={WEB_WORD}") as answer:
        assert answer.status == 404


async def folders(database_url: str, tmp_path: Path) -> list[Path]:
    """Where anything may have been written: the working folder, and PostgreSQL's data with its log."""
    if database_url.startswith("sqlite"):
        return [tmp_path]
    database = await Database.open(database_url)
    data = await database.read(lambda conn: conn.exec_driver_sql("show data_directory").scalar())
    await database.close()
    return [tmp_path, Path(str(data)).parent]


async def plant(database_url: str, mark: str) -> None:
    """Leave a mark in the database, as a careless program would; for PostgreSQL, on the disk."""
    database = await Database.open(database_url)
    await database.run(lambda conn: conn.exec_driver_sql(f"create table planted as select '{mark}' as said"))
    await database.close()


async def test_nothing_that_anybody_said_is_readable_on_disk(line: Line, tmp_path: Path, database_url: str) -> None:
    await play(line)
    places = await folders(database_url, tmp_path)
    assert canary.found(places, MARKS) == []
    line.process.send_signal(signal.SIGTERM)
    assert await asyncio.to_thread(line.process.wait, SECONDS) == 0
    assert canary.found(places, MARKS) == []

    log = (tmp_path / LOG).read_text()
    assert log == "DEBUG:httpx:the log is open\n"
    errors = (tmp_path / "stderr.log").read_text()
    assert '"event_parked"' in errors
    assert '"error": "ValueError"' in errors
    assert '"error": "RuntimeError"' in errors
    assert (tmp_path / "stdout.log").read_bytes() == b""

    await plant(database_url, WEB_WORD)
    assert any(WEB_WORD in one for one in canary.found(places, MARKS))


@pytest.mark.parametrize("mark", [WEB_WORD, str(ACCOUNT), "naitwa Zumaridi?"])
def test_the_search_finds_every_form(tmp_path: Path, mark: str) -> None:
    for name, form in canary.forms(mark).items():
        with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
            (Path(folder) / "file").write_bytes(b"\x00rest" + form + b"rest\xff")
            assert any(one.endswith(f"{mark} as {name}") for one in canary.found([Path(folder)], [mark]))


@pytest.mark.parametrize("before", ["", "a", "ab", "abc", "abcd"])
@pytest.mark.parametrize("after", ["", "x", "xy"])
def test_the_search_finds_base64_wherever_the_mark_stands(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / "file").write_bytes(base64.b64encode(f"{before}{WEB_WORD}{after}".encode()))
    assert canary.found([tmp_path], [WEB_WORD])


def test_the_search_looks_at_names_and_into_folders(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / f"P-{WEB_WORD}").touch()
    assert f"{tmp_path}/deep/er/P-{WEB_WORD}: {WEB_WORD} as plain" in canary.found([tmp_path], [WEB_WORD])
    assert canary.found([tmp_path], ["other"]) == []
