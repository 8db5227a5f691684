"""Serve until told to stop: the web application in front, the loops behind, one orderly end."""

import asyncio
import contextlib
import socket

import uvicorn

from bot.app import App, build
from bot.config import Config, ConfigProblem
from bot.open import opened
from knowledge_base import library

# Requests in flight get this long at the end (security.md 3.2: in-flight work within 20 s).
GRACE_SECONDS = 10


async def serve(config: Config) -> None:
    """Run the service that `config` describes until SIGINT or SIGTERM."""
    content = await asyncio.to_thread(_content)
    async with opened(config) as (database, vault):
        await served(await build(config, database, vault, content))


def _content() -> library.Library:
    loaded = library.load()
    _ = loaded.index, loaded.context  # built now, so that the first client need not wait for them
    return loaded


async def served(app: App) -> None:
    """Serve `app` until a signal comes; raises `ConfigProblem` when the address is taken."""
    server = _Server(_settings(app))
    listener = _listener(app.config)
    async with app.running():
        server.ending = app.streams.close
        with contextlib.closing(listener):
            await server.serve(sockets=[listener])


def _settings(app: App) -> uvicorn.Config:
    quiet = {"access_log": False, "log_config": None, "log_level": "critical", "server_header": False}
    return uvicorn.Config(app.web(), lifespan="off", timeout_graceful_shutdown=GRACE_SECONDS, **quiet)  # type: ignore[arg-type]


class _Server(uvicorn.Server):
    """Ends the event streams first: a page that listens would hold the end up."""

    ending = staticmethod(lambda: None)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving."""
        self.ending()
        await super().shutdown(sockets)


def _listener(config: Config) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in config.web.host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((config.web.host, config.web.port))
    except OSError:
        listener.close()
        where = f"{config.web.host}:{config.web.port}"
        raise ConfigProblem(
            f"[web] host and port: {where} cannot be used; stop what listens there or choose another port"
        ) from None
    return listener
