"""What the service tells about itself: whether it is well, and numbers in which nobody can be found."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator

import aiohttp
import pytest
from starlette.datastructures import Headers

from bot import log, metrics
from bot.channels import Unreachable, WindowClosed
from bot.log import Code
from bot.status import FORWARDED, is_local
from bot.store.conversations import Vault
from bot.store.database import Database
from bot.store.migrate import migrate
from knowledge_base.library import Library
from tests import postgres, talk
from tests.talk import Service
from tests.wires.server import serving


@pytest.fixture
async def address(line: Service) -> AsyncIterator[str]:
    async with serving(line.app.web()) as base:
        yield base


async def fetched(url: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        return answer.status, await answer.text()


async def numbers(address: str) -> dict[str, float]:
    """The samples of `/metrics`: name with labels, and value."""
    status, text = await fetched(f"{address}/metrics")
    assert status == 200
    lines = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


async def test_what_happens_is_counted(line: Service, address: str) -> None:
    before = await numbers(address)
    client = line.client()
    await client.says("hello")
    await client.says("what is prep")
    after = await numbers(address)

    def grown(name: str) -> float:
        return after[name] - before.get(name, 0)

    assert grown('msiri_arrivals_total{source="web"}') == 2
    assert grown("msiri_turns_total") == 2
    assert grown('msiri_parcels_total{channel="web",outcome="accepted"}') >= 2
    assert after["msiri_database_up"] == 1
    assert "process_resident_memory_bytes" in after


async def test_queues_are_measured(line: Service, address: str) -> None:
    await line.client().says("talk to a person")
    found = await numbers(address)
    assert found['msiri_handovers{kind="all",status="waiting"}'] == 1
    assert not any(name.startswith(("msiri_outbox_rows", "msiri_inbox_rows")) for name in found)
    line.app.carriers.clear()  # nothing can be sent any more, so that it waits
    await line.client().says("hello")
    waiting = await numbers(address)
    assert waiting['msiri_outbox_rows{kind="web",status="ready"}'] >= 1


async def test_no_label_points_to_a_client(line: Service, address: str) -> None:
    """Labels are words of ours: no digit, no id, no address."""
    await line.client("254712345678").says("naitwa Juma, 0712345678")
    _, text = await fetched(f"{address}/metrics")
    labels = set(re.findall(r'="([^"]*)"', text))
    assert labels
    assert all(re.fullmatch(r"[a-z_]+", label) for label in labels)


def test_an_attempt_is_counted_by_what_became_of_it() -> None:
    def count(outcome: str) -> float:
        return metrics.REGISTRY.get_sample_value("msiri_parcels_total", {"channel": "test", "outcome": outcome}) or 0

    for error in (Unreachable(), WindowClosed()):
        with pytest.raises(type(error)), metrics.Attempt("test"):
            raise error
    with metrics.Attempt("test"):
        pass
    assert (count("unreachable"), count("window_closed"), count("accepted")) == (1, 1, 1)


def test_log_lines_are_counted_by_code(capsys: pytest.CaptureFixture[str]) -> None:
    def count() -> float:
        return metrics.REGISTRY.get_sample_value("msiri_log_lines_total", {"code": "event_parked"}) or 0

    before = count()
    log.say(Code.EVENT_PARKED)
    assert count() == before + 1
    assert "event_parked" in capsys.readouterr().out


def test_the_account_in_a_source_is_no_label() -> None:
    metrics.arrived("telegram:123456")
    assert metrics.REGISTRY.get_sample_value("msiri_arrivals_total", {"source": "telegram:123456"}) is None
    assert metrics.REGISTRY.get_sample_value("msiri_arrivals_total", {"source": "telegram"})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1"])
def test_a_program_on_this_machine_may_read_the_numbers(host: str) -> None:
    assert is_local(host, Headers({"host": "127.0.0.1:8080"}))


@pytest.mark.parametrize("host", ["203.0.113.5", "10.0.0.1", "::2", "", "localhost.example.org"])
def test_nobody_else_may(host: str) -> None:
    assert not is_local(host, Headers())


@pytest.mark.parametrize("name", FORWARDED)
async def test_through_a_proxy_there_are_no_numbers(address: str, name: str) -> None:
    assert await fetched(f"{address}/metrics", {name: "127.0.0.1"}) == (404, "Not Found")


async def test_the_service_is_well(address: str) -> None:
    assert await fetched(f"{address}/health") == (200, '{"status":"ok"}')


class Relay:
    """A way to the database that can be closed and opened again."""

    def __init__(self, port: int) -> None:
        self._to, self.port = port, 0
        self._lines: list[asyncio.StreamWriter] = []
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        assert self._server
        self._server.close()
        for line in self._lines:
            line.transport.abort()
        self._lines.clear()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to)
        self._lines += [writer, far_writer]
        await asyncio.gather(_copy(reader, far_writer), _copy(far_reader, writer))


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
        writer.close()


async def test_without_its_database_it_says_so(
    vault: Vault, content: Library, postgres_address: str, capfd: pytest.CaptureFixture[str]
) -> None:
    relay = Relay(int(postgres_address.rpartition(":")[2]))
    await relay.open()
    with postgres.database(postgres_address) as url:
        database = await Database.open(re.sub(r":\d+/", f":{relay.port}/", url))
        await migrate(database)
        async with talk.service(database, vault, content) as line, serving(line.app.web()) as address:
            assert (await fetched(f"{address}/health"))[0] == 200
            await relay.close()
            assert await fetched(f"{address}/health") == (503, '{"status":"degraded","database":"away"}')
            assert (await numbers(address))["msiri_database_up"] == 0
            await relay.open()
            assert (await fetched(f"{address}/health"))[0] == 200
        await database.close()
        await relay.close()
    assert "Traceback" not in "".join(capfd.readouterr())
