"""A simulated day of the people on shift; the whole week is proved by `make prove`."""

import pytest

from bot.store.conversations import Vault
from bot.store.database import Database
from knowledge_base.library import Library
from tests.talk import service
from tests.week import proved


@pytest.mark.timeout(300)
async def test_in_a_day_nobody_is_forgotten(file_database: Database, vault: Vault, content: Library) -> None:
    await proved(lambda: service(file_database, vault, content), people=15, handovers=30, days=1, restarts=3)
