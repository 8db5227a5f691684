"""What all commands share: options, and how a mistake ends."""

import asyncio
import signal
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.channels import Ambiguous, Misconfigured, NotSent
from bot.config import Config, ConfigProblem, load
from bot.staff import StaffProblem
from bot.store.database import DatabaseProblem, StoreError
from bot.store.keyring import KeyProblem
from knowledge_base.problems import ContentProblems

PROBLEMS = (ConfigProblem, DatabaseProblem, KeyProblem, StaffProblem)

ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="The configuration file; config.toml if it exists.")
]
ContentOption = Annotated[
    Path | None, typer.Option("--content", help="A content folder, or a JSON file with phrasings.")
]


def fail(sentence: str) -> typer.Exit:
    """Say what is wrong on standard error; return the exit to raise."""
    typer.echo(sentence, err=True)
    return typer.Exit(2)


@contextmanager
def content_told() -> Iterator[None]:
    """Turn problems in the content into their sentences, each with file and line, and exit code 2."""
    try:
        yield
    except ContentProblems as problem:
        raise fail("\n".join(map(str, problem.problems))) from None


def perform(work: Coroutine[Any, Any, None]) -> None:
    """Run `work`; turn every foreseen problem into its sentence and exit code 2."""
    try:
        with content_told():
            asyncio.run(_until_told(work))
    except PROBLEMS as problem:
        raise fail(str(problem)) from None
    except StoreError as problem:
        raise fail(f"[database] url: the database failed ({problem}); see that it runs and has room") from None
    except Misconfigured:
        raise fail(
            "[telegram] token: Telegram refuses it, or the webhook at [web] public_url; copy the token again from BotFather"
        ) from None
    except (NotSent, Ambiguous):
        raise fail("[telegram] api_base_url: Telegram cannot be reached; check the network and the address") from None
    except (KeyboardInterrupt, asyncio.CancelledError):
        raise typer.Exit(0) from None


async def _until_told(work: Coroutine[Any, Any, None]) -> None:
    """Do `work`. SIGTERM cancels it, as SIGINT does by itself, so that it is left in order also while it starts."""
    task = asyncio.ensure_future(work)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    await task


def configured(file: Path | None) -> Config:
    """Return the configuration, or exit with what is wrong with it."""
    try:
        return load(file)
    except ConfigProblem as problem:
        raise fail(str(problem)) from None


def passphrase(file: Path) -> str:
    """Return what the file holds; raises `StaffProblem` when it cannot be read."""
    try:
        return file.read_text("utf-8").strip()
    except (OSError, ValueError):  # ValueError: not UTF-8, or a path with a NUL
        raise StaffProblem(f"--passphrase-file {file} cannot be read; create it first") from None
