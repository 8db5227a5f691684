"""When a time that was set has come, that is an event like any other: written down once, then decided on fresh facts."""

from sqlalchemy import Connection

from bot.arrivals import owe
from bot.inbox import Inbox
from bot.loops import every
from bot.store import reminders
from bot.store.conversations import Vault
from bot.store.database import Database
from handlers.events import TimeCame

EVERY_SECONDS = 30.0
# Later than this it is not asked any more (security.md 3.2), as after an outage.
LATE_SECONDS = 2 * 3600.0
BATCH = 100


class Reminders:
    """Looks for times that have come; runs until cancelled."""

    def __init__(self, database: Database, vault: Vault, inbox: Inbox) -> None:
        self._database, self._vault, self._inbox = database, vault, inbox

    async def run(self) -> None:
        """Look, rest, repeat."""
        await every(EVERY_SECONDS, self._all)

    async def _all(self) -> None:
        while await self.once() == BATCH:
            continue

    async def once(self) -> int:
        """Turn what is due into events; return how many times had come."""
        now = self._inbox.now()

        def turn(conn: Connection) -> list[tuple[str, bool]]:
            rows = reminders.take(conn, now.timestamp(), BATCH)
            found = [(row.conversation_id, row.due > now.timestamp() - LATE_SECONDS) for row in rows]
            for row, (conversation_id, in_time) in zip(rows, found, strict=True):
                if in_time:  # the row's own id keeps the event from coming twice
                    owe(conn, self._vault, conversation_id, row.uid, TimeCame(), now)
            return found

        found = await self._database.run(turn)
        for conversation_id, _ in found:
            self._inbox.wake(conversation_id)
        return len(found)
