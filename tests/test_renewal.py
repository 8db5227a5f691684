"""The content is renewed while the service runs: turns have the old or the new, never a mixture, and bad content is refused."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from structlog.testing import capture_logs

from bot.renewal import renew, renewals
from bot.world import World
from tests.line import until
from tests.talk import Service
from tests.test_library import GOOD, written

NEW = GOOD.replace("which lube", "xylitol please")


@asynccontextmanager
async def renewing(world: World, folder: Path) -> AsyncIterator[asyncio.Event]:
    """Renew the content from `folder` whenever the event is set."""
    asked = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        loop = group.create_task(renewals(world, asked, folder))
        yield asked
        loop.cancel()


async def test_new_content_answers_the_next_message(line: Service, tmp_path: Path) -> None:
    asha = line.client("asha")
    await asha.says("hello")
    assert not any("water-based" in text for text in await asha.says("xylitol please"))
    written(tmp_path, NEW)
    await renew(line.app.world, tmp_path)
    assert any("water-based" in text for text in await asha.says("xylitol please"))


async def test_index_and_answers_come_together_and_who_has_the_old_keeps_both(line: Service, tmp_path: Path) -> None:
    world = line.app.world
    begun = world.library
    written(tmp_path, NEW)
    await renew(world, tmp_path)
    assert [match.entry_id for match in world.library.index.search("xylitol please")] == [*world.library.entries]
    assert begun.index.search("xylitol please")[0].entry_id in begun.entries


async def test_content_with_problems_is_refused_and_told_without_its_text(line: Service, tmp_path: Path) -> None:
    world = line.app.world
    begun = world.library
    written(tmp_path, NEW.replace('title = "Lube"', "").replace('urgency = "normal"', 'urgency = "soon"'))
    with capture_logs() as logged:
        await renew(world, tmp_path)
    assert world.library is begun
    assert logged == [{"event": "content_refused", "log_level": "info", "problems": 2}]


async def test_it_is_renewed_as_often_as_asked_also_after_a_refusal(line: Service, tmp_path: Path) -> None:
    world = line.app.world
    with capture_logs() as logged:
        async with renewing(world, tmp_path) as asked:
            asked.set()
            await until(lambda: [one["event"] for one in logged] == ["content_refused"])
            written(tmp_path, NEW)
            asked.set()
            await until(lambda: [one["event"] for one in logged] == ["content_refused", "content_renewed"])
    assert logged[-1]["entries"] == len(world.library.entries) == 1
