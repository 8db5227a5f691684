"""What is kept of a report, that nothing leads from it to a client, and what is told of the numbers."""

import asyncio
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from bot.__main__ import app
from bot.config import load
from bot.open import opened
from bot.reports import monthly, shown, told
from bot.store import incidents
from bot.store.incidents import Count, Told
from bot.store.tables import conversations, handovers, metadata
from tests.talk import Service

STORY = "the quiet canary of this story"


async def reported(line: Service, *, story: bool) -> None:
    """A client whom Amani helped, and who agreed."""
    amani, client = await line.counselor(), line.client()
    await client.says("someone is blackmailing me with my photos, he wants money")
    (card,) = await amani.queue()
    await amani.takes(card.id)
    await amani.closes(card.id)
    for said in ("1", "3" if story else "2", "kisumu", "1", *([STORY] if story else [])):
        await client.says(said)


async def test_kept_is_a_number_by_week_kind_and_county(line: Service) -> None:
    await reported(line, story=False)
    assert await line.app.database.read(incidents.counts) == [Count("2026-W10", "blackmail", "Kisumu", 1)]
    assert await line.app.database.read(incidents.weekly) == {"2026-W10": 1}
    assert await line.app.database.read(lambda conn: list(incidents.all_told(conn, line.app.vault.keyring))) == []


async def test_a_story_is_sealed_with_a_key_of_its_own_and_outlives_the_conversation(line: Service) -> None:
    await reported(line, story=True)
    await line.app.database.run(lambda conn: conn.execute(conversations.delete()))
    (kept,) = await line.app.database.read(lambda conn: list(incidents.all_told(conn, line.app.vault.keyring)))
    assert kept == Told("blackmail", "Kisumu", "2026-W10", STORY)
    assert STORY not in repr(kept)


async def test_nothing_of_a_report_stands_anywhere_else_and_nothing_in_it_leads_to_a_conversation(
    line: Service,
) -> None:
    await reported(line, story=True)

    def cells(conn: sa.Connection, *names: str) -> set[str]:
        tables = [table for table in metadata.tables.values() if not names or table.name in names]
        return {str(cell) for table in tables for row in conn.execute(sa.select(table)) for cell in row}

    of_reports = await line.app.database.read(lambda conn: cells(conn, "incidents", "stories"))
    others = [name for name in metadata.tables if name not in ("incidents", "stories")]
    elsewhere = await line.app.database.read(lambda conn: cells(conn, *others))
    known = {"1", "blackmail"}  # a number, and the reason of the handover
    assert of_reports & elsewhere <= known
    ids = await line.app.database.read(
        lambda conn: {*conn.scalars(sa.select(conversations.c.id)), *conn.scalars(sa.select(handovers.c.id))}
    )
    assert not of_reports & ids
    assert "Kisumu" not in " ".join(elsewhere)


async def test_the_rows_on_sqlite_stand_by_their_key_and_not_by_when_they_came(line: Service) -> None:
    if line.app.database.dialect != "sqlite":
        return
    query = sa.text("select rowid from incidents")
    with pytest.raises(Exception, match="OperationalError"):
        await line.app.database.read(lambda conn: conn.execute(query).all())


async def test_the_same_again_is_added(line: Service) -> None:
    def again(conn: sa.Connection) -> None:
        for county in ("Kisumu", "Kisumu", ""):
            incidents.count(conn, "2026-W10", "arrest", county)

    await line.app.database.run(again)
    assert await line.app.database.read(incidents.counts) == [
        Count("2026-W10", "arrest", "", 1),
        Count("2026-W10", "arrest", "Kisumu", 2),
    ]
    assert await line.app.database.read(incidents.weekly) == {"2026-W10": 3}


# What is told


def draw(_: str) -> float:
    return 0.5


@pytest.mark.parametrize(("number", "drawn", "expected"), [
    (0, 0.0, "<10"), (1, 0.0, "<10"), (9, 0.0, "<10"), (10, 0.0, "10"), (10, 0.99, "10"), (11, 0.0, "15"), (11, 0.19, "15"),
    (11, 0.2, "10"), (14, 0.79, "15"), (14, 0.8, "10"), (25, 0.5, "25"),
])  # fmt: skip
def test_small_numbers_are_hidden_and_the_others_rounded_to_five(number: int, drawn: float, expected: str) -> None:
    assert shown(number, drawn) == expected


def test_months_are_told_by_kind_and_by_county_never_both_together() -> None:
    counts = [
        Count("2026-W06", "arrest", "Kisumu", 12),
        Count("2026-W07", "arrest", "", 8),
        Count("2026-W08", "blackmail", "Kisumu", 3),
    ]
    assert list(monthly(counts, date(2026, 4, 1), draw)) == [
        "2026-02 by kind",
        "  arrest: 20",
        "  blackmail: <10",
        "2026-02 by county",
        "  Kisumu: 15",
        "  not said: <10",
    ]


def test_a_month_is_told_when_nobody_can_add_to_it_any_more() -> None:
    """The last week of February 2026 is W09, whose Thursday is the 26th; it can be reported until the end of W10."""
    counts = [Count("2026-W09", "arrest", "Kisumu", 12)]
    assert list(monthly(counts, date(2026, 3, 8), draw)) == []
    assert list(monthly(counts, date(2026, 3, 9), draw)) != []


def test_what_was_long_ago_is_told_in_no_month() -> None:
    assert list(monthly([Count("", "arrest", "Kisumu", 99)], date(2026, 4, 1), draw)) == []


def test_a_story_is_told_with_its_month() -> None:
    assert list(told([Told("arrest", "", "2026-W09", "words"), Told("arrest", "Kisumu", "", "more")])) == [
        "arrest · county not said · 2026-02\nwords\n",
        "arrest · Kisumu · long ago\nmore\n",
    ]


async def test_the_draw_is_even_and_always_the_same(line: Service) -> None:
    keyring = line.app.vault.keyring
    drawn = [keyring.draw(f"cell {number}") for number in range(1000)]
    assert drawn == [keyring.draw(f"cell {number}") for number in range(1000)]
    assert all(0 <= one < 1 for one in drawn)
    assert 0.4 < sum(drawn) / len(drawn) < 0.6


# The command


@pytest.fixture
def file(tmp_path: Path) -> Path:
    text = f'[database]\nurl = "sqlite:///{tmp_path}/msiri.db"\n[keys]\nsource = "file:{tmp_path}/root.key"\nkeyring = "{tmp_path}/keyring.json"\n'
    (tmp_path / "config.toml").write_text(text)
    return tmp_path / "config.toml"


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, [*arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_command_tells_numbers_or_stories(file: Path) -> None:
    run("migrate", "--config", str(file))
    assert run("reports", "--config", str(file)) == "no finished month yet\n"
    assert run("reports", "--stories", "--config", str(file)) == "no stories yet\n"
    asyncio.run(_fill(file))
    assert "2020-03 by kind\n  arrest: 1" in run("reports", "--config", str(file))
    stories = run("reports", "--stories", "--config", str(file))
    assert STORY in stories
    assert "arrest · Kisumu · 2020-03" in stories


async def _fill(file: Path) -> None:
    async with opened(load(file, {})) as (database, vault):
        for _ in range(12):
            await database.run(lambda conn: incidents.count(conn, "2020-W11", "arrest", "Kisumu"))
        await database.run(
            lambda conn: incidents.tell(conn, vault.keyring, Told("arrest", "Kisumu", "2020-W11", STORY))
        )
