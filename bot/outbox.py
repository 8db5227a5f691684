"""The outbox: claim rows, send them, mark what became of each. Order holds within a conversation, nothing else waits."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, Row

from bot import log, metrics
from bot.channels import (
    Ambiguous,
    ClientGone,
    Misconfigured,
    NotSent,
    Receipt,
    Throttled,
    Unreachable,
    WindowClosed,
)
from bot.inbox import Inbox, owe
from bot.limiter import Limiter
from bot.log import Code
from bot.store import claims, codec
from bot.store.codec import Letter
from bot.store.conversations import Conversation, Vault
from bot.store.database import Database
from handlers.events import Undelivered

# Waits after an attempt that failed or whose outcome is unknown (security.md 3.2): 2 s, 10 s, 1 min, 5 min, then 15 min.
BACKOFF = (2.0, 10.0, 60.0, 300.0, 900.0)
# Trying again does not help until somebody mends the configuration; it is looked at every 15 minutes.
MISCONFIGURED_SECONDS = 900.0
IN_FLIGHT = 64
# Longer than any transport's timeout, so that a row is taken back only when its sender died.
LEASE_SECONDS = 120.0
IDLE_SECONDS = 1.0
# A place in the queue further away than this is waited for in the table, not in memory.
PATIENCE_SECONDS = 5.0


class Carrier(Protocol):
    """Carries one letter of a conversation over one channel."""

    async def carry(self, conversation: Conversation, letter: Letter, reference: str) -> Receipt:
        """Send; raises what `Channel.send` raises."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt: `sent`, `later` (at `due`), or `dead`; `lost` says why the client got nothing."""

    status: str
    due: float = 0.0
    external_id: str = ""
    lost: str = ""


class Outbox:
    """Sends what waits; runs until cancelled. `wake` ends the idle wait."""

    def __init__(
        self, database: Database, vault: Vault, inbox: Inbox, carriers: Mapping[str, Carrier], limiter: Limiter
    ) -> None:
        self._database, self._vault, self._inbox = database, vault, inbox
        self._carriers, self._limiter = carriers, limiter
        self._flying: set[asyncio.Task[None]] = set()
        self._waiting = asyncio.Event()

    def wake(self) -> None:
        """Look for rows now."""
        self._waiting.set()

    def _now(self) -> datetime:
        return self._inbox.now()

    async def run(self) -> None:
        """Send until cancelled; rows in flight are finished first."""
        try:
            while True:
                await self._round()
        finally:
            await asyncio.gather(*self._flying, return_exceptions=True)

    async def _round(self) -> None:
        self._waiting.clear()
        claimed = 0
        try:
            claimed = await self.send_due()
        except Exception as error:  # the loop must outlive a database that is away for a minute
            log.say(Code.LOOP_FAILED, error)
        if not claimed:
            await self._pause()

    async def _pause(self) -> None:
        try:
            await asyncio.wait_for(self._waiting.wait(), IDLE_SECONDS)
        except TimeoutError:
            return

    async def send_due(self) -> int:
        """Claim what is due and start sending it; return how many rows were claimed."""
        room = IN_FLIGHT - len(self._flying)
        if room <= 0:
            await asyncio.wait(self._flying, return_when=asyncio.FIRST_COMPLETED)
            return 1
        now = self._now().timestamp()
        rows = await self._database.run(lambda conn: claims.claim(conn, now, room, LEASE_SECONDS))
        for row in rows:
            task = asyncio.get_running_loop().create_task(self._send(row))
            self._flying.add(task)
            task.add_done_callback(self._landed)
        return len(rows)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.discard(task)
        self.wake()

    async def drained(self) -> None:
        """Send everything that is due, and wait for it."""
        while await self.send_due() or self._flying:
            if self._flying:
                await asyncio.wait(self._flying)

    async def _send(self, row: Row[tuple[object, ...]]) -> None:
        try:
            outcome = await self._attempt(row)
            woken = await self._database.run(lambda conn: self._settle(conn, row, outcome))
        except Exception as error:  # one row's trouble must not stop the others; its lease will run out
            log.say(Code.LOOP_FAILED, error)
            return
        if woken:
            self._inbox.wake(woken)

    async def _attempt(self, row: Row[tuple[object, ...]]) -> Outcome:
        now = self._now().timestamp()
        if row.valid_until <= now or (row.once and row.attempts > 1):
            return Outcome("dead")
        conversation = await self._database.read(lambda conn: self._vault.open(conn, row.conversation_id))
        if conversation is None:
            return Outcome("dead")
        place = self._limiter.reserve(row.channel, conversation.id, now)
        if place - now > PATIENCE_SECONDS:
            return Outcome("later", place)
        await asyncio.sleep(max(0.0, place - now))
        return await self._carry(row, conversation)

    async def _carry(self, row: Row[tuple[object, ...]], conversation: Conversation) -> Outcome:
        sealed = conversation.seal.open(row.body, table="outbox", column="body", row=row.uid)
        carrier = self._carriers.get(row.channel)
        try:
            if carrier is None:
                raise Misconfigured("channel is off")
            with metrics.Attempt(row.channel):
                receipt = await carrier.carry(conversation, codec.decode_letter(sealed), row.uid)
        except (NotSent, Ambiguous) as error:
            return self._failed(row, conversation, error)
        except Exception as error:  # a fault of ours or of a library: whether it left is not known
            log.say(Code.SEND_FAILED, error)
            return self._failed(row, conversation, Ambiguous())
        return Outcome("sent", external_id=receipt.external_id)

    def _failed(self, row: Row[tuple[object, ...]], conversation: Conversation, error: Exception) -> Outcome:
        now = self._now().timestamp()
        log.say(Code.SEND_AMBIGUOUS if isinstance(error, Ambiguous) else Code.SEND_FAILED, error, attempts=row.attempts)
        match error:
            case Throttled(retry_after=seconds):
                self._limiter.penalise(row.channel, conversation.id, now, seconds)
                return Outcome("later", now + seconds)
            case WindowClosed():
                return Outcome("dead", lost="window")
            case ClientGone():
                return Outcome("dead", lost="gone")
            case Misconfigured():
                return Outcome("later", now + MISCONFIGURED_SECONDS)
            case Unreachable() | Ambiguous():
                return Outcome(
                    "dead" if row.once and isinstance(error, Ambiguous) else "later", now + _backoff(row.attempts)
                )
        return Outcome("later", now + _backoff(row.attempts))

    def _settle(self, conn: Connection, row: Row[tuple[object, ...]], outcome: Outcome) -> str:
        """Mark the row; return the conversation to wake when the client has to be known as unreachable."""
        match outcome.status:
            case "sent":
                external = (
                    self._vault.keyring.external_hash(row.channel, outcome.external_id) if outcome.external_id else None
                )
                claims.mark_sent(conn, row.id, f"{self._now():%Y-%m-%d}", external)
            case "later":
                claims.put_back(conn, row.id, outcome.due)
            case _:
                claims.bury(conn, row.id)
        if outcome.lost and row.channel != "desk":
            owe(conn, self._vault, row.conversation_id, row.uid, Undelivered(outcome.lost), self._now())
            return str(row.conversation_id)
        return ""


def _backoff(attempts: int) -> float:
    return BACKOFF[min(attempts, len(BACKOFF)) - 1]
