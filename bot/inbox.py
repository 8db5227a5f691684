"""The inbox: write down first, drop duplicates, then let each conversation's events be handled in order."""

import asyncio
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from bot import log, metrics
from bot.arrivals import owe, receive
from bot.channels import Arrival
from bot.log import Code
from bot.store import claims, conversations, cursors
from bot.store.conversations import Vault
from bot.store.database import Conflict, Database, Tx
from bot.store.tables import inbox
from bot.turn import Took, Turns
from handlers.events import Failed

ATTEMPTS = 3
# How often waiting events are looked for, besides being told: after a restart, or when another process died.
SWEEP_SECONDS = 60.0
LANES = 32
# How soon a conversation that another process has is asked for again: about the length of a turn.
BUSY_SECONDS = 0.1
# How soon a turn that failed is tried again: what shook the database for a moment must not park a good event.
FAILED_SECONDS = 0.5
# What became of an event that failed for the last time: the next one need not wait.
PARKED = 0.0
# At the end turns get this long.
STOP_SECONDS = 10.0
# Two processes may meet a new client at the same moment; whoever comes second looks again.
RACES = 5


class Inbox:
    """Takes arrivals, and runs one lane for each conversation that has events waiting."""

    def __init__(self, database: Database, vault: Vault, turns: Turns) -> None:
        self._database, self._vault, self._turns = database, vault, turns
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._room = asyncio.Semaphore(LANES)

    async def take(self, arrivals: Iterable[Arrival], source: str = "", position: int = 0) -> list[str]:
        """Write arrivals down (with the position of their source), then have them handled.

        Returns after the commit, with the conversations that got something new.
        """
        arrivals = list(arrivals)
        now = self._turns.now()

        def write(conn: Connection) -> list[str]:
            found = receive(conn, self._vault, arrivals, now)
            if source:
                cursors.move(conn, source, position)
            return found

        woken = await self._written(write)
        for arrival in arrivals:
            metrics.arrived(arrival.source)
        for conversation_id in woken:
            self.wake(conversation_id)
        return woken

    async def _written(self, write: Tx[list[str]]) -> list[str]:
        for _ in range(RACES - 1):
            try:
                return await self._database.run(write)
            except Conflict:
                continue
        return await self._database.run(write)

    async def settled(self, conversation_ids: Iterable[str]) -> None:
        """Wait until the lanes of these conversations are empty."""
        for conversation_id in conversation_ids:
            while lane := self._lanes.get(conversation_id):
                await asyncio.wait([lane])
                await asyncio.sleep(0)

    def now(self) -> datetime:
        """The time, in the clinic's zone."""
        return self._turns.now()

    def wake(self, conversation_id: str) -> None:
        """Have the events of a conversation handled, oldest first, beside those of other conversations."""
        if conversation_id in self._lanes:
            self._again.add(conversation_id)
            return
        lane = asyncio.get_running_loop().create_task(self._run_lane(conversation_id))
        self._lanes[conversation_id] = lane
        lane.add_done_callback(lambda _: self._ended(conversation_id))

    def _ended(self, conversation_id: str) -> None:
        self._lanes.pop(conversation_id, None)
        if conversation_id in self._again:
            self._again.discard(conversation_id)
            self.wake(conversation_id)

    async def _run_lane(self, conversation_id: str) -> None:
        while True:
            pause = await self._step(conversation_id)
            if pause is None:
                return
            await asyncio.sleep(pause)

    async def _step(self, conversation_id: str) -> float | None:
        """Take a turn; return the seconds until the next, None when no event waits."""
        async with self._room:
            try:
                took = await self._turns.take(conversation_id)
            except Exception as error:  # one conversation's trouble must not stop the others
                log.say(Code.TURN_FAILED, error)
                return await self._count_failure(conversation_id)
        return {Took.HANDLED: 0.0, Took.BUSY: BUSY_SECONDS, Took.NOTHING: None}[took]

    async def _count_failure(self, conversation_id: str) -> float | None:
        """Count the failure; after the third park the event and owe the client one neutral sentence.

        While the database is away nothing is counted: the event is not to blame.
        """
        now = self._turns.now()
        try:
            pause = await self._database.run(lambda conn: _failed(conn, self._vault, conversation_id, now))
        except Exception as error:
            log.say(Code.LOOP_FAILED, error)
            return FAILED_SECONDS
        if pause == PARKED:
            log.say(Code.EVENT_PARKED)
        return pause

    async def sweep(self) -> None:
        """Wake every conversation that has events waiting, now and every minute; runs until cancelled."""
        while True:
            try:
                for conversation_id in await self._database.read(claims.waiting_conversations):
                    self.wake(conversation_id)
            except Exception as error:  # the loop must outlive a database that is away for a minute
                log.say(Code.LOOP_FAILED, error)
            await asyncio.sleep(SWEEP_SECONDS)

    async def drained(self) -> None:
        """Wait until every event that is known now has been handled."""
        while self._lanes:
            await asyncio.gather(*self._lanes.values(), return_exceptions=True)
            await asyncio.sleep(0)

    async def stop(self) -> None:
        """Finish the turns that are under way; what waits beyond `STOP_SECONDS` is handled after the next start."""
        try:
            await asyncio.wait_for(self.drained(), STOP_SECONDS)
        except TimeoutError:
            await self._cancelled()

    async def _cancelled(self) -> None:
        self._again.clear()
        for lane in self._lanes.values():
            lane.cancel()
        await self.drained()


def _failed(conn: Connection, vault: Vault, conversation_id: str, now: datetime) -> float | None:
    """Count a failed turn; return the seconds until the next, `PARKED` if it was the last one, None when no event waits."""
    held = conversations.lock(conn, conversation_id)
    row = claims.inbox_next(conn, conversation_id)
    if row is None or not held:  # another process has it by now
        return None if row is None else BUSY_SECONDS
    attempts = row.attempts + 1
    status = "parked" if attempts >= ATTEMPTS else "new"
    conn.execute(inbox.update().where(inbox.c.id == row.id).values(attempts=attempts, status=status))
    if status == "new":
        return FAILED_SECONDS
    if row.source != "self":  # an apology that fails is not apologised for
        owe(conn, vault, conversation_id, row.uid, Failed(), now)
    return PARKED
