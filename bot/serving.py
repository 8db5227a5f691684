"""Serve until told to stop: the web application in front, the loops behind, one orderly end."""

import asyncio
import contextlib
import signal
import socket
import sys
from pathlib import Path

import uvicorn

from bot.app import App, build
from bot.config import Config, ConfigProblem
from bot.open import opened
from bot.renewal import renewals
from knowledge_base import library
from knowledge_base.semantic import SentenceModel

# Requests in flight get this long at the end (security.md 3.2: in-flight work within 20 s).
GRACE_SECONDS = 10
STOPPING = (signal.SIGINT, signal.SIGTERM)


async def serve(config: Config) -> None:
    """Run the service that `config` describes until SIGINT or SIGTERM; SIGHUP renews its content."""
    asked = _asked_by_signal()
    # The address first: whoever cannot have it must not tell Telegram of a webhook, nor wait for a passphrase.
    with contextlib.closing(listen(config.web.host, config.web.port)) as listener:
        async with opened(config) as (database, vault):
            # What is wrong with keys and tables is said before seconds go into the index.
            content = await asyncio.to_thread(_content, config.knowledge.semantic_model)
            app = await build(config, database, vault, content)
            app.loops.append(renewals(app.world, asked))
            await served(app, listener)


def _asked_by_signal() -> asyncio.Event:
    """Set by SIGHUP, which would end the process. In a terminal it does: there it means that the terminal was closed."""
    asked = asyncio.Event()
    if not sys.stderr.isatty():
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, asked.set)
    return asked


def _content(semantic_model: str) -> library.Library:
    model = SentenceModel.open(Path(semantic_model)) if semantic_model else None
    return library.prepared(model=model)


async def served(app: App, listener: socket.socket) -> None:
    """Serve `app` to those who connect to `listener` until a signal comes."""
    server = _Server(_settings(app))
    server.ending = app.streams.close
    _stop_by_signal(server)
    async with app.running():
        await server.serve(sockets=[listener])


def _settings(app: App) -> uvicorn.Config:
    quiet = {"access_log": False, "log_config": None, "log_level": "critical", "server_header": False}
    # Whoever asks, their address is never looked at, nor what a proxy says of it.
    quiet["proxy_headers"] = False
    return uvicorn.Config(app.web(), lifespan="off", timeout_graceful_shutdown=GRACE_SECONDS, **quiet)  # type: ignore[arg-type]


class _Server(uvicorn.Server):
    """Ends the event streams first: a page that listens would hold the end up."""

    ending = staticmethod(lambda: None)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving."""
        self.ending()
        await super().shutdown(sockets)

    def capture_signals(self) -> contextlib.AbstractContextManager[None]:  # type: ignore[override]
        """Leave signals to `_stop_by_signal`: uvicorn's own raises them again, which would end the process in mid-work."""
        return contextlib.nullcontext()


def _stop_by_signal(server: uvicorn.Server) -> None:
    """Let SIGINT and SIGTERM stop the server. It stays so to the end, which a second signal must not cut short."""
    loop = asyncio.get_running_loop()
    for one in STOPPING:
        loop.add_signal_handler(one, server.handle_exit, one, None)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; who connects before the server runs waits. Raises `ConfigProblem`."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except (OSError, ValueError, TypeError):  # the latter two: a host that can be no name
        listener.close()
        raise ConfigProblem(
            f"[web] host and port: {host}:{port} cannot be used; stop what listens there or choose another port"
        ) from None
    return listener
