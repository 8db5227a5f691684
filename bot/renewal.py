"""New content while the service runs: read and indexed beside the event loop, then swapped in at once."""

import asyncio
from pathlib import Path

from bot import log
from bot.log import Code
from bot.world import World
from knowledge_base.library import PACKAGED, prepared
from knowledge_base.problems import ContentProblems


async def renewals(world: World, asked: asyncio.Event, folder: Path = PACKAGED) -> None:
    """Renew the content whenever `asked` is set; set again meanwhile, it is renewed once more."""
    while True:
        await asked.wait()
        asked.clear()
        await renew(world, folder)


async def renew(world: World, folder: Path) -> None:
    """Let all later turns have the content in `folder`. With any problem in it they keep the old; the log tells which it was."""
    try:
        world.library = await asyncio.to_thread(prepared, folder, world.library.model)
    except ContentProblems as refused:
        log.say(Code.CONTENT_REFUSED, problems=len(refused.problems))
    else:
        log.say(Code.CONTENT_RENEWED, entries=len(world.library.entries))
