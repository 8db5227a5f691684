"""A client who asked for a person and two counselors, over real HTTP; and every route of the pages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.store import cases, roster
from bot.store.conversations import Vault
from bot.store.database import Database
from knowledge_base.library import Library
from tests.browser.site import Site, Visitor, site, small_site

# Every route of the pages, by method, and what it does to a case or to oneself. A route that is missing here fails.
READING = {
    ("GET", "/chat"),
    ("GET", "/chat/events"),
    ("GET", "/chat/leave"),
    ("GET", "/console"),
    ("GET", "/console/events"),
    ("GET", "/console/login"),
    ("GET", "/console/people"),
    ("GET", "/console/cases/{case}"),
    ("GET", "/console/cases/{case}/events"),
}
CHANGING = {
    "/console/logout": {},
    "/console/shift": {"on": "0"},
    "/console/cases/{case}/take": {},
    "/console/cases/{case}/say": {"text": "hello"},
    "/console/cases/{case}/knock": {},
    "/console/cases/{case}/close": {},
    "/console/cases/{case}/pass": {"to": "queue"},
    "/console/pause": {"on": "1"},
    "/console/seen": {},
    "/console/people/{member}/debriefed": {},
}
# What only the lead may do.
OF_THE_LEAD = {"/console/people", "/console/people/{member}/debriefed"}
NOWHERE = ("0" * 32, "x", "%00", "A" * 32, "é", "0" * 500)


@dataclass
class Line:
    """A client who asked for a person, and two counselors."""

    site: Site
    client: Visitor
    amani: Visitor
    zuri: Visitor
    case: str


@pytest.fixture
async def line(tmp_path: Path, content: Library) -> AsyncIterator[Line]:
    """A case that waits; both counselors are logged in."""
    async with small_site(tmp_path, content) as running, _waiting(running) as started:
        yield started


@pytest.fixture
async def anywhere(database: Database, vault: Vault, content: Library) -> AsyncIterator[Line]:
    """The same, on each of the two databases."""
    async with site(database, vault, content) as running, _waiting(running) as started:
        yield started


@asynccontextmanager
async def _waiting(running: Site) -> AsyncIterator[Line]:
    await running.counselor()
    await running.counselor("zuri", "Zuri")
    async with Visitor(running.url) as client, Visitor(running.url) as amani, Visitor(running.url) as zuri:
        assert await amani.logs_in() == 303
        assert await zuri.logs_in("zuri") == 303
        await client.opens("/chat")
        await client.says("talk to a person")
        yield Line(running, client, amani, zuri, await case_of(running))


async def case_of(running: Site) -> str:
    (card,) = await running.app.database.read(cases.queue)
    return card.id


async def taken(line: Line) -> str:
    """Let Amani take the case; return its page's path."""
    assert await line.amani.acts(f"/console/cases/{line.case}/take") == 303
    return f"/console/cases/{line.case}"


async def member_id(line: Line, alias: str) -> str:
    people = await line.site.app.database.read(roster.people)
    return next(one.id for one in people if one.alias == alias)
