"""What happens again and again beside the clients' messages."""

import asyncio
from collections.abc import Awaitable, Callable

from bot import log
from bot.channels import Ambiguous, NotSent
from bot.log import Code
from bot.store.database import Conflict, StoreError
from bot.store.keyring import KeyProblem

# What may be over after a while: a provider or a database that is away, a keyring that is not the right one.
TROUBLES = (NotSent, Ambiguous, StoreError, Conflict, KeyProblem, OSError)


async def every(seconds: float, step: Callable[[], Awaitable[object]], failed: Code = Code.LOOP_FAILED) -> None:
    """Do `step`, rest, repeat until cancelled. Trouble is logged as `failed`, and the next step comes all the same."""
    while True:
        try:
            await step()
        except TROUBLES as error:
            log.say(failed, error)
        await asyncio.sleep(seconds)
