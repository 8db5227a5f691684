"""A simulated week: 40 counselors, 300 handovers, people who go offline, restarts."""

import pytest

from bot.store.conversations import Vault
from bot.store.database import Database
from knowledge_base.library import Library
from tests.talk import service
from tests.week import proved


@pytest.mark.timeout(3600)
async def test_in_a_week_nobody_is_forgotten(file_database: Database, vault: Vault, content: Library) -> None:
    await proved(lambda: service(file_database, vault, content), people=40, handovers=300, days=7, restarts=20)
