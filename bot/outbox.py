"""The outbox: claim rows, send them, mark what became of each. Order holds within a conversation, nothing else waits."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Protocol

import msgspec
from sqlalchemy import Connection

from bot import log, metrics, outcomes
from bot.arrivals import owe
from bot.channels import Ambiguous, Misconfigured, NotSent, Receipt, Throttled
from bot.inbox import Inbox
from bot.limiter import Limiter
from bot.log import Code
from bot.outcomes import Outcome
from bot.store import claims, codec
from bot.store.claims import AnyRow, Claim
from bot.store.codec import Letter
from bot.store.conversations import Conversation, Vault
from bot.store.database import Database
from bot.store.keyring import KeyProblem
from bot.store.sealed import Unsealable
from handlers.events import Undelivered

# About so many sends of one channel at a time: a provider that hangs takes no place from the others.
SHARE = 32
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


class Outbox:
    """Sends what waits; runs until cancelled. `wake` ends the idle wait; `rest` is how a place in time is waited for."""

    def __init__(
        self, database: Database, vault: Vault, inbox: Inbox, carriers: Mapping[str, Carrier], limiter: Limiter
    ) -> None:
        self._database, self._vault, self._inbox = database, vault, inbox
        self._carriers, self._limiter = carriers, limiter
        self._flying: dict[asyncio.Task[None], str] = {}
        self._waiting = asyncio.Event()
        self.rest: Callable[[float], Awaitable[None]] = asyncio.sleep

    def wake(self) -> None:
        """Look for rows now."""
        self._waiting.set()

    def _now(self) -> datetime:
        return self._inbox.now()

    async def run(self) -> None:
        """Send until cancelled; rows in flight are finished first."""
        try:
            await self._guarded(self.recover())
            while True:
                await self._round()
        finally:
            await asyncio.gather(*self._flying, return_exceptions=True)

    async def recover(self) -> None:
        """Take back what was being sent when the last process died. On PostgreSQL others may live: there leases decide."""
        if self._database.dialect == "sqlite":
            now = self._now().timestamp()
            await self._database.run(lambda conn: claims.release(conn, now, outcomes.REPORTED))

    async def _round(self) -> None:
        self._waiting.clear()
        if not await self._guarded(self.send_due()):
            await self._pause()

    async def _guarded(self, work: Awaitable[int | None]) -> int | None:
        try:
            return await work
        except Exception as error:  # the loop must outlive a database that is away for a minute
            log.say(Code.LOOP_FAILED, error)
            return None

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(IDLE_SECONDS):
                await self._waiting.wait()

    async def send_due(self) -> int:
        """Claim what is due and start sending it; return how many rows were claimed."""
        flying = Counter(self._flying.values())
        full = [channel for channel, count in flying.items() if count >= SHARE]
        now = self._now().timestamp()
        mine = await self._database.run(lambda conn: claims.claim(conn, now, SHARE, LEASE_SECONDS, full))
        for claim in mine:
            task = asyncio.get_running_loop().create_task(self._send(claim))
            self._flying[task] = claim.row.channel
            task.add_done_callback(self._landed)
        return len(mine)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.pop(task)
        self.wake()

    async def drained(self) -> None:
        """Send everything that is due, and wait for it."""
        claimed, flying = 1, True
        while claimed or flying:
            flying = bool(self._flying)  # looked at before the claim, which leaves out the channels that are full
            claimed = await self.send_due()
            if self._flying and not claimed:
                await asyncio.wait(self._flying, return_when=asyncio.FIRST_COMPLETED)

    async def _send(self, claim: Claim) -> None:
        try:
            outcome = await self._attempt(claim)
            woken = await self._database.run(lambda conn: self._settle(conn, claim.row, outcome))
        except Exception as error:  # one row's trouble must not stop the others; its lease will run out
            log.say(Code.LOOP_FAILED, error)
            return
        if outcome.status == "dead":
            log.say(Code.SEND_DEAD, attempts=claim.row.attempts)
        if woken:
            self._inbox.wake(woken)

    async def _attempt(self, claim: Claim) -> Outcome:
        row, now = claim.row, self._now().timestamp()
        if row.valid_until <= now or (row.once and claim.abandoned):
            return Outcome("dead")
        try:
            opened = await self._database.read(lambda conn: self._opened(conn, row))
        except (KeyProblem, Unsealable, msgspec.MsgspecError) as error:  # no later attempt could read it, either
            log.say(Code.SEND_FAILED, error)
            return Outcome("dead")
        return await self._at_its_place(row, *opened) if opened else Outcome("dead")

    def _opened(self, conn: Connection, row: AnyRow) -> tuple[Conversation, Letter] | None:
        conversation = self._vault.open(conn, row.conversation_id) if row.conversation_id else self._vault.house()
        if conversation is None:
            return None
        sealed = conversation.seal.open(row.body, table="outbox", column="body", row=row.uid)
        return conversation, codec.decode_letter(sealed)

    async def _at_its_place(self, row: AnyRow, conversation: Conversation, letter: Letter) -> Outcome:
        now = self._now().timestamp()
        place = self._limiter.reserve(row.channel, conversation.id, now)
        if place - now > PATIENCE_SECONDS:
            return Outcome("later", place, tried=False)
        if place > now:
            await self.rest(place - now)
        return await self._carry(row, conversation, letter)

    async def _carry(self, row: AnyRow, conversation: Conversation, letter: Letter) -> Outcome:
        carrier = self._carriers.get(row.channel)
        try:
            if carrier is None:
                raise Misconfigured("channel is off")
            with metrics.Attempt(row.channel):
                receipt = await carrier.carry(conversation, letter, row.uid)
        except (NotSent, Ambiguous) as error:
            return self._failed(row, conversation, error)
        except Exception as error:  # a fault of ours or of a library: whether it left is not known
            log.say(Code.SEND_FAILED, error)
            return self._failed(row, conversation, Ambiguous())
        return Outcome("sent", external_id=receipt.external_id)

    def _failed(self, row: AnyRow, conversation: Conversation, error: NotSent | Ambiguous) -> Outcome:
        now = self._now().timestamp()
        log.say(Code.SEND_AMBIGUOUS if isinstance(error, Ambiguous) else Code.SEND_FAILED, error, attempts=row.attempts)
        if isinstance(error, Throttled):
            self._limiter.penalise(row.channel, conversation.id, now, error.retry_after)
        return outcomes.failed(error, row.channel, row.attempts, now, once=row.once)

    def _settle(self, conn: Connection, row: AnyRow, outcome: Outcome) -> str:
        """Mark the row; return the conversation to wake when the client has to be known as unreachable."""
        match outcome.status:
            case "sent":
                claims.mark_sent(conn, row.id, f"{self._now():%Y-%m-%d}", self._external(row, outcome))
            case "later":
                claims.put_back(conn, row, outcome.due, row.attempts if outcome.tried else row.attempts - 1)
            case _:
                claims.bury(conn, row)
        if outcome.lost and row.channel != "desk":
            owe(conn, self._vault, row.conversation_id, row.uid, Undelivered(outcome.lost), self._now())
            return str(row.conversation_id)
        return ""

    def _external(self, row: AnyRow, outcome: Outcome) -> bytes | None:
        found = outcome.external_id
        return self._vault.keyring.external_hash(row.channel, found) if found else None
