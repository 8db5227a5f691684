"""One event, one transaction: lock the conversation, gather facts, decide, write rows, mark the event handled."""

from collections.abc import Callable
from datetime import datetime
from enum import Enum

from sqlalchemy import Connection

from bot import facts, metrics
from bot.effects import DeskGets, Overtaken, Turn
from bot.store import claims, codec, window
from bot.store.claims import AnyRow
from bot.store.conversations import Conversation, Vault
from bot.store.database import Conflict, Database
from bot.store.tables import inbox
from bot.world import World
from handlers.decision import Decision
from handlers.dialogue import handle
from handlers.events import Event, Failed

# A conflict means that another turn committed first; deciding again is free because deciding is pure.
DECISIONS = 5


class Took(Enum):
    """What came of asking for a turn."""

    HANDLED = "an event was handled"
    NOTHING = "no event waits"
    BUSY = "an event waits, but another process has the conversation"


class Turns:
    """Takes turns. `sent` is called after a commit that wrote to the outbox; `desk` is what the counselors' group gets:
    "off", "notices" or "content"."""

    def __init__(self, database: Database, vault: Vault, world: World, *, desk: DeskGets = "off") -> None:
        self._database, self._vault, self._world, self._desk = database, vault, world, desk
        self.sent: Callable[[], None] = lambda: None

    def now(self) -> datetime:
        """The time, in the clinic's zone."""
        return self._world.now()

    async def take(self, conversation_id: str) -> Took:
        """Handle the oldest waiting event of a conversation."""
        for _ in range(DECISIONS - 1):
            try:
                return await self._once(conversation_id)
            except (Overtaken, Conflict):
                continue
        return await self._once(conversation_id)

    async def _once(self, conversation_id: str) -> Took:
        now = self.now()
        took = await self._database.run(lambda conn: self._transact(conn, conversation_id, now))
        if took is Took.HANDLED:
            metrics.turned()
            self.sent()
        return took

    def _transact(self, conn: Connection, conversation_id: str, now: datetime) -> Took:
        # The event is looked up under the lock: before it, another process might just be handling it.
        conversation = self._vault.open(conn, conversation_id, lock=True)
        row = claims.inbox_next(conn, conversation_id)
        if row is None:
            return Took.NOTHING
        if conversation is None:
            return Took.BUSY
        self._decide(conn, conversation, _event(conversation, row), row.uid, now)
        conn.execute(inbox.update().where(inbox.c.id == row.id).values(status="done", body=None))
        return Took.HANDLED

    def _decide(self, conn: Connection, conversation: Conversation, event: Event, cause: str, now: datetime) -> None:
        known = facts.gather(conn, conversation, self._world, now)
        decision: Decision = handle(conversation.state, event, known)
        memory = window.heard(conversation.channel, conversation.memory, event, now.timestamp())
        turn = Turn(conn, self._vault, conversation, cause, now, self._desk, memory, self._world.load_cap)
        for effect in decision.effects:
            turn.apply(effect)
        if isinstance(event, Failed):
            turn.tell_trouble()
        self._vault.save(conn, conversation, decision.state, turn.memory, now)


def _event(conversation: Conversation, row: AnyRow) -> Event:
    """Return the event; one that another version wrote and this one cannot read fails like any other that cannot be
    handled: its turn is tried three times, then the client is told."""
    return codec.decode_event(conversation.seal.open(row.body, table="inbox", column="body", row=row.uid))
