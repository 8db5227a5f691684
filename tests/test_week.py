"""A simulated day of the people on shift; the whole week is proved by `make prove`."""

import pytest

from bot.store.conversations import Vault
from bot.store.database import Database
from knowledge_base.library import Library
from tests.talk import service
from tests.week import Week


@pytest.mark.timeout(300)
async def test_in_a_day_nobody_is_forgotten(file_database: Database, vault: Vault, content: Library) -> None:
    week = Week(lambda: service(file_database, vault, content), people=15, handovers=30, days=1, restarts=3)
    figures = await week.run()
    print(f"\n{figures}")
    assert len(figures.asked) == 30
    assert figures.asked.keys() == figures.told.keys()
    assert figures.late == set()
    assert figures.off_shift == set()
    assert figures.over_cap == set()
    assert figures.lost == set()
    assert figures.unclosed == 0
    assert figures.restarts == 3
