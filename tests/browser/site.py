"""The whole service on a loopback port, over real HTTP, on a clock that the test moves."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import aiohttp
import sqlalchemy as sa
import uvicorn
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot import app as composition
from bot.app import App
from bot.open import opened
from bot.store.conversations import Vault
from bot.store.database import Database
from bot.store.tables import metadata, outbox
from knowledge_base.library import Library
from tests.talk import Clock, config

PASSPHRASE = "a long passphrase"


@dataclass
class Site:
    """The service, and where it is."""

    app: App
    clock: Clock
    url: str

    async def counselor(self, login: str = "amani", alias: str = "Amani", *role: str, on_shift: bool = True) -> None:
        """Add a counselor, or somebody of another role and maybe a team."""
        await self.app.staff.add(login, alias, PASSPHRASE, *role, on_shift=on_shift)

    async def snapshot(self) -> dict[str, Any]:
        """Return every row of every table once nothing is on its way any more, to see that nothing changes."""
        unsent = sa.select(outbox.c.id).where(outbox.c.status.in_(("ready", "sending")))
        async with asyncio.timeout(30):
            while await self.app.database.read(lambda conn: conn.execute(unsent).first()):
                continue

        def fetch(conn: sa.Connection) -> dict[str, Any]:
            return {table.name: sorted(map(repr, conn.execute(sa.select(table)))) for table in metadata.sorted_tables}

        return await self.app.database.read(fetch)


@asynccontextmanager
async def site(
    database: Database, vault: Vault, content: Library, *, template: str = "", **web: str
) -> AsyncIterator[Site]:
    """Yield the running service; `web` changes its section of the configuration, `template` is WhatsApp's."""
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    clock = Clock()
    sections: dict[str, dict[str, object]] = {"twilio": {"reply_template": template}}
    settings = config(web={"public_url": url, "leave_url": _elsewhere(url), **web}, **sections)
    app = await composition.build(settings, database, vault, content, clock)
    app.routes += [Route(path, _harmless) for path in ("/before", "/elsewhere")]
    quiet: dict[str, Any] = {"access_log": False, "log_config": None, "log_level": "critical"}
    server = uvicorn.Server(uvicorn.Config(app.web(), lifespan="off", timeout_graceful_shutdown=5, **quiet))
    async with app.running():
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield Site(app, clock, url)
        finally:
            app.streams.close()
            server.should_exit = True
            await serving
            with suppress(OSError):
                listener.close()


@asynccontextmanager
async def small_site(folder: Path, content: Library, template: str = "") -> AsyncIterator[Site]:
    """Yield the running service on a new SQLite database in `folder`."""
    places: dict[str, dict[str, object]] = {
        "database": {"url": f"sqlite:///{folder}/msiri.db"},
        "keys": {"source": f"file:{folder}/root.key", "keyring": f"{folder}/keyring.json"},
    }
    async with (
        opened(config(**places), create=True) as (database, vault),
        site(database, vault, content, template=template) as running,
    ):
        yield running


def _elsewhere(url: str) -> str:
    """A page of another origin, as the harmless page is."""
    return url.replace("127.0.0.1", "localhost") + "/elsewhere"


async def _harmless(request: Request) -> Response:
    return HTMLResponse(f"<!doctype html><title>News</title><p>News at {request.url.path}</p>")


@dataclass
class Visitor:
    """A browser without scripts: keeps cookies, follows nothing by itself, sends what a form would send."""

    url: str
    origin: str = ""
    session: aiohttp.ClientSession = field(init=False)
    page: str = ""

    async def __aenter__(self) -> "Visitor":
        """Open the browser."""
        self.session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: Any, trace: TracebackType | None) -> None:
        """Close it."""
        await self.session.close()

    async def asks(self, method: str, path: str, **more: Any) -> aiohttp.ClientResponse:
        """Send a request; the answer is read to its end."""
        async with self.session.request(method, self.url + path, allow_redirects=False, **more) as answer:
            self.page = await answer.text()
            return answer

    async def opens(self, path: str) -> str:
        """Load a page and return it."""
        answer = await self.asks("GET", path)
        assert answer.status == 200, answer.status
        return self.page

    async def sees(self, path: str, wanted: str) -> str:
        """Load a page again and again until it contains `wanted`; return it."""
        async with asyncio.timeout(30):
            while wanted not in await self.opens(path):
                continue
        return self.page

    async def sends(self, path: str, fields: dict[str, str], **headers: str) -> int:
        """Send a form from our own page; return the status."""
        names = {"Origin": self.url} | {name.replace("_", "-"): value for name, value in headers.items()}
        return (await self.asks("POST", path, data=fields, headers=names)).status

    async def says(self, text: str) -> str:
        """Write in the chat; return the page as it is afterwards."""
        assert await self.sends("/chat", {"text": text, "nonce": self.hidden("nonce")}) == 303
        return await self.opens("/chat")

    async def logs_in(self, login: str = "amani", passphrase: str = PASSPHRASE) -> int:
        """Log in at the console; return the status."""
        return await self.sends("/console/login", {"login": login, "passphrase": passphrase})

    async def acts(self, path: str, **fields: str) -> int:
        """Send a form of the console with the session's token, taken from the queue."""
        page = await self.opens("/console")
        csrf = re.search(r'name="csrf" value="(\w+)"', page)
        assert csrf
        return await self.sends(path, {"csrf": csrf[1], **fields})

    def hidden(self, name: str) -> str:
        """Return the value of the first hidden field `name` of the page, "" when it has none."""
        found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', self.page)
        return found[1] if found else ""


async def events(visitor: Visitor, path: str, wanted: str, **headers: str) -> str:
    """Read a stream until it contains `wanted`; return what was read."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    read = ""
    async with visitor.session.get(visitor.url + path, headers=names) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        async for part in answer.content.iter_any():
            read += part.decode()
            if wanted in read:
                return read
    return read
