"""kill -9 at every named point, once each, on SQLite: nothing is lost, nothing handled twice, order is kept."""

from pathlib import Path

import pytest

from tests.crash.harness import MIGRATING, RUNNING, STARTING
from tests.crash.kills import TELEGRAM, doomed, undisturbed

CLIENTS = len(TELEGRAM) + 2


@pytest.mark.timeout(600)
async def test_a_line_that_dies_everywhere_answers_everybody(tmp_path: Path) -> None:
    folder = tmp_path / "killed"
    async with doomed(folder, f"sqlite:///{folder}/msiri.db") as line:
        for point in MIGRATING:
            assert await line.migrate(point) == -9
        assert await line.migrate() == 0
        await line.start()
        await line.stop()
        for point in RUNNING:
            await line.dies_at(point)
        for point in STARTING:
            await line.everybody_writes()
            await line.dies_at(point)
        toll = await line.toll(await undisturbed(tmp_path / "undisturbed", line.rounds))
    print(toll)
    assert toll.kills == len(RUNNING) + len(STARTING)
    # A copy too many can only come of a send that was under way, at most one for each client.
    assert toll.copies <= toll.kills * CLIENTS
