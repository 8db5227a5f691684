"""Ask Telegram for updates: the next request, which confirms the last ones, is made only after they are committed."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot import log
from bot.channels import Arrival, NotSent
from bot.channels.telegram_updates import arrival, callback_id
from bot.inbox import Inbox, cursor
from bot.log import Code
from bot.staff import Staff
from bot.store.database import Database

LONG_POLL_SECONDS = 25
PAUSES = (1.0, 2.0, 5.0, 15.0, 60.0)

Update = Mapping[str, Any]


class Updates(Protocol):
    """What polling needs of Telegram."""

    async def updates(self, offset: int, timeout: int) -> Sequence[Update]:  # noqa: ASYNC109 (Telegram's own name)
        """Return the updates from `offset` on, waiting up to `timeout` seconds for the first."""
        ...

    async def answer_callback(self, callback_id: str) -> None:
        """End the spinner on a tapped button."""
        ...


class Telegram:
    """Turns updates into arrivals, for polling and webhook alike."""

    def __init__(self, api: Updates, inbox: Inbox, staff: Staff, bot_id: int, desk_chat_id: int | None) -> None:
        self._api, self._inbox, self._staff = api, inbox, staff
        self._bot_id, self._desk = bot_id, desk_chat_id
        self.source = f"telegram:{bot_id}"

    async def take(self, updates: Sequence[Update], position: int = 0) -> None:
        """Write the updates down; returns after the commit."""
        arrivals = [
            await self._named(found) for update in updates if (found := arrival(update, self._bot_id, self._desk))
        ]
        await self._inbox.take(arrivals, self.source if position else "", position)
        for update in updates:
            await self._release(update)

    async def _named(self, found: Arrival) -> Arrival:
        """Put a counselor's alias where the update has an account: no name ever travels to a client."""
        return await self._staff.with_alias(found)

    async def _release(self, update: Update) -> None:
        tapped = callback_id(update)
        if tapped:
            await self._api.answer_callback(tapped)


class Poller:
    """Polls until cancelled."""

    def __init__(self, api: Updates, telegram: Telegram, database: Database) -> None:
        self._api, self._telegram, self._database = api, telegram, database

    async def run(self) -> None:
        """Fetch, commit, confirm; after trouble wait a little longer each time."""
        troubles = 0
        while True:
            try:
                await self.once(LONG_POLL_SECONDS)
                troubles = 0
            except (NotSent, OSError) as error:
                log.say(Code.POLL_FAILED, error)
                await asyncio.sleep(PAUSES[min(troubles, len(PAUSES) - 1)])
                troubles += 1

    async def once(self, timeout: int) -> int:  # noqa: ASYNC109 (Telegram's own name)
        """Fetch and commit one batch; return how many updates it had."""
        offset = await self._database.read(lambda conn: cursor(conn, self._telegram.source))
        updates = await self._api.updates(offset, timeout)
        if updates:
            await self._telegram.take(updates, int(updates[-1]["update_id"]) + 1)
        return len(updates)
