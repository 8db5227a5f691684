"""A simulated week: 40 counselors, 300 handovers, people who go offline, restarts."""

import pytest

from bot.store.conversations import Vault
from bot.store.database import Database
from knowledge_base.library import Library
from tests.talk import service
from tests.week import Week


@pytest.mark.timeout(3600)
async def test_in_a_week_nobody_is_forgotten(file_database: Database, vault: Vault, content: Library) -> None:
    week = Week(lambda: service(file_database, vault, content), people=40, handovers=300, days=7, restarts=20)
    figures = await week.run()
    print(f"\n{figures}")
    assert len(figures.asked) == 300
    assert figures.asked.keys() == figures.told.keys()
    assert figures.late == set()
    assert figures.off_shift == set()
    assert figures.over_cap == set()
    assert figures.lost == set()
    assert figures.unclosed == 0
    assert figures.restarts == 20
