"""The command line: run, demo, ask, evaluate, check, export, approve, doctor, migrate, staff, link, reports.

Every mistake ends in one sentence and exit code 2.
"""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot import approve, asking, checking, demo, doctor, evaluate, export, log, reports, serving, world
from bot.cli import ConfigOption, ContentOption, configured, content_told, fail, passphrase, perform
from bot.open import opened
from bot.staff import Staff
from bot.store import incidents
from knowledge_base import library
from knowledge_base.problems import ContentProblems

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)


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
    with content_told():
        knowledge = asking.knowledge(content)
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
    with content_told():
        typer.echo(evaluate.measure(asking.knowledge(content).index, files, svg, save, compare))


@app.command()
def check(content: Annotated[Path, typer.Option("--content", help="The content folder.")] = library.PACKAGED) -> None:
    """Check all content; report every problem with file and line."""
    try:
        typer.echo(checking.summary(checking.checked(content), date.today()))
    except ContentProblems as problem:
        raise fail("\n".join((*map(str, problem.problems), str(problem)))) from None


@app.command("export")
def export_command(
    file: Annotated[Path, typer.Argument(help="The page to write.")] = Path("answers.html"),
    form: Annotated[export.Form, typer.Option("--as", help="html: one page, to read and to print.")] = export.Form.HTML,
    content: Annotated[Path, typer.Option("--content", help="The content folder.")] = library.PACKAGED,
    config: ConfigOption = None,
) -> None:
    """Write all content as clients see it, with sources and review state, to be read by a clinician."""
    with content_told():
        known = world.make(configured(config), library.load(content))
    try:
        export.write(file, form, known, date.today())
    except export.ExportProblem as problem:
        raise fail(str(problem)) from None
    typer.echo(f"wrote {file}")


@app.command("approve")
def approve_command(
    ids: Annotated[list[str], typer.Argument(help="The ids of the entries.")],
    by: Annotated[str, typer.Option("--by", help="Who of the organisation read and approved them.")],
    until: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="Review again by this day.")
    ] = None,
    content: Annotated[Path, typer.Option("--content", help="The content folder.")] = library.PACKAGED,
) -> None:
    """Record in the content files who approved the entries, today."""
    try:
        count = approve.approve(ids, by, date.today(), until.date() if until else None, content)
    except approve.ApprovalProblem as problem:
        raise fail(str(problem)) from None
    typer.echo(f"approved {count} by {by}")


@app.command("doctor")
def doctor_command(
    content: Annotated[Path, typer.Option("--content", help="The content folder.")] = library.PACKAGED,
) -> None:
    """List what still waits for a person: helplines nobody called, entries nobody approved."""
    with content_told():
        found = doctor.findings(library.load(content), date.today())
    typer.echo("\n".join((*found, f"{len(found)} to do")))


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
    role: Annotated[
        str, typer.Option(help="counselor, or lead: reads every case and sees who is on shift.")
    ] = "counselor",
    team: Annotated[str, typer.Option(help="The team, if there are teams: its cases are offered to its members.")] = "",
    config: ConfigOption = None,
) -> None:
    """Add a counselor: LOGIN is typed at the console, ALIAS is what clients see."""

    async def work() -> None:
        async with opened(configured(config)) as (database, _):
            await Staff(database).add(login, alias, passphrase(passphrase_file), role, team)
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


if __name__ == "__main__":
    app()
