"""The command line: run, demo, ask, evaluate, check, migrate, staff, reports. Every mistake ends in one sentence and exit code 2."""

import asyncio
import signal
import sys
from collections.abc import Coroutine
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot import asking, demo, evaluate, log, reports, serving
from bot.channels import Ambiguous, Misconfigured, NotSent
from bot.config import Config, ConfigProblem, load
from bot.open import opened
from bot.staff import Staff, StaffProblem
from bot.store import incidents
from bot.store.database import DatabaseProblem, StoreError
from bot.store.keyring import KeyProblem
from knowledge_base import library
from knowledge_base.problems import ContentProblems

PROBLEMS = (ConfigProblem, DatabaseProblem, KeyProblem, StaffProblem)

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
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


def perform(work: Coroutine[Any, Any, None]) -> None:
    """Run `work`; turn every foreseen problem into its sentence and exit code 2."""
    try:
        asyncio.run(_until_told(work))
    except PROBLEMS as problem:
        raise fail(str(problem)) from None
    except ContentProblems as problem:
        raise fail("\n".join(map(str, problem.problems))) from None
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


@app.command()
def run(config: ConfigOption = None) -> None:
    """Run the service until Ctrl-C or SIGTERM."""
    log.start()
    perform(serving.serve(configured(config)))


@app.command("demo")
def demo_command(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port on loopback; 0 is any free one.")] = 8080,
) -> None:
    """Run the whole service with demo data in a fresh folder; no account anywhere is needed."""
    log.start()
    perform(demo.run(port))


@app.command()
def ask(
    question: Annotated[
        str, typer.Argument(help="The question; with --jsonl the questions come from standard input instead.")
    ] = "",
    jsonl: Annotated[bool, typer.Option("--jsonl", help='Read {"text": …} lines, write one answer a line.')] = False,
    content: ContentOption = None,
    why: Annotated[
        bool, typer.Option("--why", help="Show how each word was read and what speaks for each match.")
    ] = False,
) -> None:
    """Show what the bot would make of a question: verdict, matches, language, alarm."""
    if bool(question) == jsonl:
        raise fail('ask: give either a question, like: python -m bot ask "what is prep", or --jsonl')
    try:
        knowledge = asking.knowledge(content)
    except ContentProblems as problem:
        raise fail("\n".join(map(str, problem.problems))) from None
    if jsonl:
        asking.answer_lines(sys.stdin.buffer, knowledge, typer.echo)
    else:
        typer.echo((asking.why if why else asking.explain)(question, knowledge))


@app.command("evaluate")
def evaluate_command(
    files: Annotated[list[Path], typer.Argument(help="Files with columns text, id and maybe also; or JSON lines.")],
    content: ContentOption = None,
    svg: Annotated[Path | None, typer.Option(help="Draw the reliability diagram into this file.")] = None,
    save: Annotated[Path | None, typer.Option(help="Keep the result, without texts, in this file.")] = None,
    compare: Annotated[Path | None, typer.Option(help="Say what changed since this kept result.")] = None,
) -> None:
    """Measure how well labelled questions find their entries."""
    try:
        typer.echo(evaluate.measure(asking.knowledge(content).index, files, svg, save, compare))
    except ContentProblems as problem:
        raise fail("\n".join(map(str, problem.problems))) from None


@app.command()
def check(content: Annotated[Path, typer.Option("--content", help="The content folder.")] = library.PACKAGED) -> None:
    """Check all content; report every problem with file and line."""
    try:
        typer.echo(asking.summary(library.load(content)))
    except ContentProblems as problem:
        for one in problem.problems:
            typer.echo(str(one), err=True)
        raise typer.Exit(2) from None


@app.command()
def migrate(config: ConfigOption = None) -> None:
    """Make missing keys and tables, and bring the tables to this version."""

    async def work() -> None:
        async with opened(configured(config), create=True) as (database, _):
            typer.echo(f"{database.dialect}: the tables are at this version")

    perform(work())


@app.command()
def staff(
    login: str,
    alias: str,
    passphrase_file: Annotated[Path, typer.Option(help="A file with the passphrase, at least 12 characters.")],
    config: ConfigOption = None,
) -> None:
    """Add a counselor: LOGIN is typed at the console, ALIAS is what clients see."""

    async def work() -> None:
        async with opened(configured(config)) as (database, _):
            await Staff(database).add(login, alias, _passphrase(passphrase_file), on_shift=False)
            typer.echo(f"added {login} as {alias}")

    perform(work())


@app.command()
def link(
    login: str,
    account: Annotated[int, typer.Argument(help="The number of the Telegram account.")],
    config: ConfigOption = None,
) -> None:
    """Let a counselor's Telegram account write at the desk under the alias of LOGIN."""

    async def work() -> None:
        async with opened(configured(config)) as (database, vault):
            await Staff(database).link(login, account, vault.keyring)
            typer.echo(f"linked {login}")

    perform(work())


@app.command("reports")
def reports_command(
    stories: Annotated[
        bool, typer.Option("--stories", help="Print the stories instead, as they were written.")
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Print what clients let us count: finished months, by kind and by county, small numbers hidden."""

    async def work() -> None:
        settings = configured(config)
        async with opened(settings) as (database, vault):
            if stories:
                found = await database.read(lambda conn: list(incidents.all_told(conn, vault.keyring)))
                typer.echo("\n".join(reports.told(found)) or "no stories yet")
                return
            counts = await database.read(incidents.counts)
            today = datetime.now(ZoneInfo(settings.organisation.timezone)).date()
            typer.echo("\n".join(reports.monthly(counts, today, vault.keyring.draw)) or "no finished month yet")

    perform(work())


def _passphrase(file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except (OSError, ValueError):  # ValueError: not UTF-8, or a path with a NUL
        raise StaffProblem(f"--passphrase-file {file} cannot be read; create it first") from None


if __name__ == "__main__":
    app()
