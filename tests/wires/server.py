"""Serve an application on the loopback address, and post to one: real HTTP, in the test's own event loop."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import aiohttp
import uvicorn
from starlette.requests import Request
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

LOOPBACK = "127.0.0.1"
# Requests in flight at the end get this long; what still hangs then is cut.
GRACE_SECONDS = 0.5
# A closed connection is gone after a few passes of the event loop.
PASSES = 100
# Twilio gives a webhook 15 seconds in all (platform.md 3.2).
POST_SECONDS = 15.0


class _Protocol(H11Protocol):
    """Lets a handler reach the connection, so that it can close it without an answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


@asynccontextmanager
async def serving(app: ASGIApp) -> AsyncIterator[str]:
    """Serve `app` on a free port; yields the base address, without a slash at the end."""
    server = _server(app)
    await server.startup()
    await server.on_tick(0)  # sets the Date header
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://{LOOPBACK}:{port}"
    finally:
        await _stop(server)


def _server(app: ASGIApp) -> uvicorn.Server:
    """Return a server that leaves signals alone: several run side by side in one loop."""
    quiet: dict[str, Any] = {"log_config": None, "log_level": "critical", "access_log": False}
    config = uvicorn.Config(app, host=LOOPBACK, port=0, http=_Protocol, ws="none", **quiet)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    return server


async def _stop(server: uvicorn.Server) -> None:
    """As `server.shutdown()`, without its fixed pauses."""
    for listener in server.servers:
        listener.close()
    await _cut(server.server_state.tasks)
    for connection in list(server.server_state.connections):
        connection.shutdown()
    for _ in range(PASSES):
        if server.server_state.connections:
            await asyncio.sleep(0)
    await server.lifespan.shutdown()


async def _cut(tasks: "set[asyncio.Task[None]]") -> None:
    if not tasks:
        return
    _, hanging = await asyncio.wait(tasks, timeout=GRACE_SECONDS)
    for task in hanging:
        task.cancel()
    await asyncio.gather(*hanging, return_exceptions=True)


async def hang_up(request: Request) -> None:
    """Close the connection without an answer."""
    cast(asyncio.Transport, request.scope["state"]["transport"]).abort()
    await gone(request)


async def gone(request: Request) -> None:
    """Wait until the client has closed the connection. The body must have been read before."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


@dataclass(frozen=True, slots=True)
class Answer:
    """What an application answered to a post; status 0 when nobody answered."""

    status: int
    kind: str = ""
    text: str = ""

    @property
    def good(self) -> bool:
        """Whether the post was taken."""
        return 200 <= self.status < 300


def placed(url: str, dns: Mapping[str, str]) -> str:
    """Return where `url` is really served: `dns` maps public base addresses to local ones. Nothing leaves this machine."""
    for public, local in dns.items():
        if url.startswith(public):
            return local + url.removeprefix(public)
    if urlsplit(url).hostname not in (LOOPBACK, "localhost"):
        raise ValueError(f"{url} is not in dns, and nothing may leave this machine")
    return url


async def post(url: str, headers: Mapping[str, str], **body: Any) -> Answer:
    """Post `json=` or `data=` once, as a provider would: no redirect is followed."""
    limit = aiohttp.ClientTimeout(total=POST_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=limit) as session,
            session.post(url, headers=headers, allow_redirects=False, **body) as answer,
        ):
            return Answer(answer.status, answer.content_type, await answer.text())
    except (aiohttp.ClientError, TimeoutError):
        return Answer(0)
