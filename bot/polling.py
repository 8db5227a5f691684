"""Ask Telegram for updates: the next request, which confirms the last ones, is made only after they are committed."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import chain, repeat
from typing import Any, Protocol

from bot import log
from bot.channels import Arrival
from bot.channels.telegram_updates import arrival, callback_id, confirmed, joined, update_id
from bot.inbox import Inbox
from bot.log import Code
from bot.loops import TROUBLES
from bot.staff import Staff
from bot.store import cursors
from bot.store.conversations import Vault
from bot.store.database import Database
from bot.watch import Watch
from handlers.events import FromDesk

LONG_POLL_SECONDS = 25
PAUSES = (1.0, 2.0, 5.0, 15.0, 60.0)

Update = Mapping[str, Any]


class Updates(Protocol):
    """What polling and the webhook need of Telegram."""

    async def updates(self, offset: int, timeout: int) -> Sequence[Update]:  # noqa: ASYNC109 (Telegram's own name)
        """Return the updates from `offset` on, waiting up to `timeout` seconds for the first."""
        ...

    async def answer_callback(self, callback_id: str) -> None:
        """End the spinner on a tapped button."""
        ...

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates posted to `url`."""
        ...

    async def delete_webhook(self) -> None:
        """Have updates kept for polling."""
        ...


class Telegram:
    """Turns updates into arrivals, for polling and webhook alike."""

    def __init__(
        self,
        api: Updates,
        inbox: Inbox,
        staff: Staff,
        vault: Vault,
        bot_id: int,
        desk_chat_id: int | None,
        watch: Watch | None = None,
    ) -> None:
        self.api = api
        self._inbox, self._staff, self._vault = inbox, staff, vault
        self._bot_id, self._desk, self._watch = bot_id, desk_chat_id, watch
        self._releasing: set[asyncio.Task[None]] = set()
        self.source = f"telegram:{bot_id}"

    async def take(self, updates: Sequence[Update], position: int = 0) -> None:
        """Write the updates down (with the position that they end); returns after the commit."""
        if self._watch:
            await self._look(self._watch, updates)
        arrivals = [
            # A counselor's alias stands where the update has an account: no name ever travels to a client.
            await self._staff.with_alias(found, self._vault.keyring)
            for update in updates
            if (found := arrival(update, self._bot_id, self._desk)) and not await self._is_strangers(found)
        ]
        await self._inbox.take(arrivals, self.source if position else "", position)
        for tapped in filter(None, map(callback_id, updates)):
            self._release(tapped)

    async def _look(self, watch: Watch, updates: Sequence[Update]) -> None:
        """Who came into the desk's group, and who confirms it. Seen again after a crash, it changes nothing."""
        for update in updates:
            await watch.joined(joined(update, self._bot_id, self._desk), self._inbox.now())
            if account := confirmed(update, self._desk):
                await watch.confirmed(account, self._inbox.now())

    async def _is_strangers(self, found: Arrival) -> bool:
        """Whether somebody whom nobody knows wants to speak to a client."""
        event = found.event
        if self._watch is None or not isinstance(event, FromDesk):
            return False
        return await self._watch.is_stranger(event.counselor)

    def _release(self, tapped: str) -> None:
        """End the spinner beside everything else: a slow answer must not hold up the next update."""
        task = asyncio.get_running_loop().create_task(self.api.answer_callback(tapped))
        self._releasing.add(task)
        task.add_done_callback(self._releasing.discard)

    async def close(self) -> None:
        """Give the spinners up: Telegram ends them by itself."""
        for task in self._releasing:
            task.cancel()
        await asyncio.gather(*self._releasing, return_exceptions=True)


async def persistently(step: Callable[[], Awaitable[object]]) -> None:
    """Do `step` until it succeeds; after trouble wait a little longer each time."""
    for pause in chain(PAUSES, repeat(PAUSES[-1])):
        try:
            await step()
        except TROUBLES as error:
            log.say(Code.POLL_FAILED, error)
            await asyncio.sleep(pause)
        else:
            return


class Poller:
    """Polls until cancelled."""

    def __init__(self, telegram: Telegram, database: Database) -> None:
        self._telegram, self._database = telegram, database

    async def run(self) -> None:
        """Fetch, commit, confirm; runs until cancelled."""
        await persistently(self._telegram.api.delete_webhook)
        while True:
            await persistently(self.once)

    async def once(self, timeout: int = LONG_POLL_SECONDS) -> int:  # noqa: ASYNC109 (Telegram's own name)
        """Fetch and commit one batch; return how many updates it had."""
        offset = await self._database.read(lambda conn: cursors.position(conn, self._telegram.source))
        updates = await self._telegram.api.updates(offset, timeout)
        if updates:
            await self._telegram.take(updates, max(map(update_id, updates)) + 1)
        return len(updates)
