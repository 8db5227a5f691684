"""The clock's events: look what is due for every open handover, and let each conversation decide about its own."""

from sqlalchemy import Connection

from bot.arrivals import owe
from bot.inbox import Inbox
from bot.loops import every
from bot.store import handovers, roster
from bot.store.conversations import Vault
from bot.store.database import Database
from handlers import duty
from handlers.events import TimePassed

TICK_SECONDS = 15.0
# What was due and did not come about, because its turn failed, is tried again as often as this.
AGAIN_SECONDS = 300
# Whoever forgot to end a shift is gone all the same; sessions last as long (security.md 2.7).
LONGEST_SHIFT_SECONDS = 12 * 3600.0


class Timers:
    """Looks every few seconds. It keeps nothing itself: what is due stands in the rows, and is due still after a restart.

    Several processes may look at once: an event has an outside id, so that it is written down only once.
    """

    def __init__(self, database: Database, vault: Vault, inbox: Inbox, reply_minutes: int) -> None:
        self._database, self._vault, self._inbox = database, vault, inbox
        self._reply_seconds = reply_minutes * duty.MINUTE

    async def run(self) -> None:
        """Look now and every few seconds; runs until cancelled."""
        await every(TICK_SECONDS, self.once)

    async def once(self) -> list[str]:
        """Write an event for each open handover for which something is due; return the conversations, which are woken."""
        woken = await self._database.run(self._look)
        for conversation_id in woken:
            self._inbox.wake(conversation_id)
        return woken

    def _look(self, conn: Connection) -> list[str]:
        now = self._inbox.now()
        roster.end_overlong(conn, now.timestamp(), LONGEST_SHIFT_SECONDS)
        woken = []
        for conversation_id, case in handovers.every(conn):
            found = duty.due(case, now.timestamp(), self._reply_seconds)
            if found:
                hours, again = case.hours, int(now.timestamp() // AGAIN_SECONDS)
                occasion = f"{case.id}:{found.value}:{hours.since}:{hours.rounds}:{hours.owed}:{again}"
                owe(conn, self._vault, conversation_id, occasion, TimePassed(), now)
                woken.append(conversation_id)
        return woken
