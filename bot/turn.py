"""One event, one transaction: lock the conversation, gather facts, decide, write rows, mark the event handled."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from sqlalchemy import Connection, Row

from bot import facts, metrics
from bot.effects import SlotTaken, Turn
from bot.store import claims, codec
from bot.store.codec import Memory, Unreadable
from bot.store.conversations import Conversation, Vault
from bot.store.database import Conflict, Database
from bot.store.tables import inbox
from bot.world import World
from handlers.decision import Decision
from handlers.dialogue import handle
from handlers.events import Event, Said, SentMedia, Started, Tapped

# A conflict means that another turn committed first; deciding again is free because deciding is pure.
DECISIONS = 5


class Turns:
    """Takes turns. `sent` is called after a commit that wrote to the outbox."""

    def __init__(self, database: Database, vault: Vault, world: World, *, desk: bool = False) -> None:
        self._database, self._vault, self._world, self._desk = database, vault, world, desk
        self.sent: Callable[[], None] = lambda: None

    def now(self) -> datetime:
        """The time, in the clinic's zone."""
        return self._world.now()

    async def take(self, conversation_id: str) -> bool:
        """Handle the oldest waiting event of a conversation; return False when none waits or another process has it."""
        for _ in range(DECISIONS - 1):
            try:
                return await self._once(conversation_id)
            except (SlotTaken, Conflict):
                continue
        return await self._once(conversation_id)

    async def _once(self, conversation_id: str) -> bool:
        now = self.now()
        handled = await self._database.run(lambda conn: self._transact(conn, conversation_id, now))
        if handled:
            metrics.turned()
            self.sent()
        return handled

    def _transact(self, conn: Connection, conversation_id: str, now: datetime) -> bool:
        conversation = self._vault.open(conn, conversation_id, lock=True)
        row = claims.inbox_next(conn, conversation_id) if conversation else None
        if conversation is None or row is None:
            return False
        event = _event(conversation, row)
        if event is not None:
            self._decide(conn, conversation, event, row.uid, now)
        done = inbox.update().where(inbox.c.id == row.id)
        conn.execute(done.values(status="done" if event else "parked", body=None))
        return True

    def _decide(self, conn: Connection, conversation: Conversation, event: Event, cause: str, now: datetime) -> None:
        known = facts.gather(conn, conversation, self._world, now)
        decision: Decision = handle(conversation.state, event, known)
        memory = _heard(conversation.memory, event, now)
        turn = Turn(conn, self._vault, conversation, cause, now, self._desk, memory)
        for effect in decision.effects:
            turn.apply(effect)
        self._vault.save(conn, conversation, decision.state, turn.memory, now)


def _event(conversation: Conversation, row: Row[tuple[object, ...]]) -> Event | None:
    """Return the event, or None when it was written by a version that this one cannot read."""
    try:
        return codec.decode_event(conversation.seal.open(row.body, table="inbox", column="body", row=row.uid))
    except Unreadable:
        return None


def _heard(memory: Memory, event: Event, now: datetime) -> Memory:
    """Note when the client last wrote: WhatsApp lets us answer freely for 24 hours from then."""
    if not isinstance(event, Said | Tapped | SentMedia | Started):
        return memory
    return msgspec.structs.replace(memory, last_heard=now.timestamp())
