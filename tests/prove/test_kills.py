"""kill -9 without end: every named point several times, then anywhere, on both databases.

MSIRI_PROVE_KILLS=10    how often each point
MSIRI_PROVE_RANDOM=100  how many kills at random
"""

import asyncio
import os
import random
from pathlib import Path

import pytest

from tests.crash.harness import RUNNING, STARTING
from tests.crash.kills import TELEGRAM, Doomed, doomed, undisturbed

EACH = int(os.environ.get("MSIRI_PROVE_KILLS", "10"))
ANYWHERE = int(os.environ.get("MSIRI_PROVE_RANDOM", "100"))
CLIENTS = len(TELEGRAM) + 2
# PostgreSQL takes nothing back at a start: other processes may be sending.
SQLITE_ONLY = {point for point in STARTING if point.startswith("start:")}


async def begun(line: Doomed) -> None:
    """Make the tables, and let the service have had its first look at Twilio's list."""
    assert await line.migrate() == 0
    await line.start()
    await line.stop()


@pytest.mark.timeout(7200)
async def test_every_point_many_times(database_url: str, tmp_path: Path) -> None:
    skipped = set() if database_url.startswith("sqlite") else SQLITE_ONLY
    async with doomed(tmp_path / "killed", database_url) as line:
        await begun(line)
        for _ in range(EACH):
            for point in [*RUNNING, *(STARTING.keys() - skipped)]:
                if point in STARTING:
                    await line.everybody_writes()
                await line.dies_at(point)
        toll = await line.toll(await undisturbed(tmp_path / "undisturbed", line.rounds))
    print(f"\n{line.url.partition(':')[0]}, named points: {toll}")
    assert toll.kills == EACH * len(RUNNING | STARTING) - EACH * len(skipped)
    assert toll.copies <= toll.kills * CLIENTS


@pytest.mark.timeout(7200)
async def test_kills_at_random_under_load(database_url: str, tmp_path: Path) -> None:
    dice = random.Random(17)
    async with doomed(tmp_path / "killed", database_url) as line:
        await begun(line)
        for _ in range(ANYWHERE):
            await line.start()
            writing = asyncio.create_task(_write(line))
            await asyncio.sleep(dice.random())
            await line.kill()
            await writing
        toll = await line.toll(await undisturbed(tmp_path / "undisturbed", line.rounds))
    print(f"\n{line.url.partition(':')[0]}, anywhere: {toll}")
    assert toll.kills == ANYWHERE
    assert toll.copies <= toll.kills * CLIENTS


async def _write(line: Doomed) -> None:
    """Several rounds as fast as they are taken, and one more whatever happens."""
    for _ in range(3):
        if not line.dead:
            await line.everybody_writes()
    await line.everybody_writes()
