"""Notices about nobody: posted once for their cause, over the outbox, and a surge is told to the console and to the desk."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa

from bot.store import incidents, notices
from bot.store.conversations import Vault
from bot.store.database import Database
from bot.store.tables import outbox
from knowledge_base.library import Library
from tests.browser.site import Visitor, small_site
from tests.line import DESK, Line, Providers, open_line
from tests.talk import Counselor, Service

WEEK = "2026-W10"


@pytest.fixture
async def desk(database: Database, vault: Vault, content: Library, around: Providers) -> AsyncIterator[Line]:
    """The service with a counselors' group."""
    async with open_line(database, vault, content, around, **DESK) as running:
        yield running


async def notes(line: Line) -> list[str]:
    """What was posted into the group."""
    await line.emptied()
    return [call["text"] for call in line.telegram.called("sendMessage")]


async def reported(service: Service, name: str) -> None:
    """One report of a client whom Amani helped, from the danger to the end."""
    amani, client = Counselor(service, "Amani"), service.client(name)
    await client.says("someone is blackmailing me with my photos, he wants money")
    (card,) = await amani.queue()
    await amani.takes(card.id)
    await amani.closes(card.id)
    for said in ("1", "2", "kisumu", "1"):
        await client.says(said)


async def fill(database: Database, number: int) -> None:
    def count(conn: sa.Connection) -> None:
        for _ in range(number):
            incidents.count(conn, WEEK, "arrest", "Nairobi")

    await database.run(count)


async def test_a_notice_goes_to_the_group_once_and_belongs_to_no_conversation(desk: Line) -> None:
    now = desk.clock()
    for _ in range(2):
        await desk.app.database.run(lambda conn: notices.post(conn, desk.app.vault, "a cause", "To all.", now))
    desk.app.outbox.wake()
    assert await notes(desk) == ["To all."]
    rows = await desk.app.database.read(lambda conn: conn.execute(sa.select(outbox)).all())
    assert [(row.conversation_id, row.status, row.body) for row in rows] == [(None, "sent", None)]


async def test_the_tenth_report_of_a_week_is_a_surge_and_the_desk_hears_it_once(desk: Line) -> None:
    service = Service(desk.app, desk.clock)
    await service.counselor()
    await fill(desk.app.database, 8)
    await reported(service, "first")
    assert not [text for text in await notes(desk) if "SURGE" in text]
    for name in ("second", "third"):
        await reported(service, name)
    found = [text for text in await notes(desk) if "SURGE" in text]
    assert len(found) == 1
    assert "P-" not in found[0]


async def test_without_a_desk_nothing_is_posted(line: Service) -> None:
    await fill(line.app.database, 12)
    await line.counselor()
    await reported(line, "first")
    causes = await line.app.database.read(lambda conn: list(conn.scalars(sa.select(outbox.c.cause))))
    assert not [cause for cause in causes if cause.startswith("surge")]


async def test_the_console_shows_a_banner_and_those_in_danger_first(tmp_path: Any, content: Library) -> None:
    async with small_site(tmp_path, content) as running, Visitor(running.url) as amani:
        await running.counselor()
        await amani.logs_in()
        async with Visitor(running.url) as first:
            await first.opens("/chat")
            await first.says("condom broke last night")
            await first.says("talk to a person")
        async with Visitor(running.url) as second:
            await second.opens("/chat")
            await second.says("i want to kill myself")
        assert "Many more incidents" not in await amani.opens("/console")
        await fill(running.app.database, 10)
        assert "Many more incidents than usual" in await amani.opens("/console")


async def test_the_console_goes_by_severity_then_by_age_also_in_a_surge(tmp_path: Any, content: Library) -> None:
    async with small_site(tmp_path, content) as running, Visitor(running.url) as amani:
        await running.counselor()
        await amani.logs_in()
        for words in ("i was arrested because i am gay", "talk to a person", "i want to kill myself"):
            async with Visitor(running.url) as client:
                await client.opens("/chat")
                await client.says(words)
            running.clock.move(minutes=1)
        assert _order(await amani.opens("/console")) == ["thoughts of suicide", "arrest", "asked for a person"]
        await fill(running.app.database, 10)
        assert _order(await amani.opens("/console")) == ["thoughts of suicide", "arrest", "asked for a person"]


def _order(page: str) -> list[str]:
    """The reasons on the cards, from the top."""
    return re.findall(r"(thoughts of suicide|arrest|asked for a person)[^<]* · ", page)
