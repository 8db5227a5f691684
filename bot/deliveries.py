"""What providers report about messages we sent: applied forward only, so that late and repeated reports do no harm."""

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.arrivals import owe
from bot.channels.twilio_hooks import StatusUpdate, later
from bot.inbox import Inbox
from bot.store.conversations import Vault
from bot.store.database import Database
from bot.store.tables import outbox
from handlers.events import Undelivered

# Twilio reports the closed 24-hour window of WhatsApp after accepting the message (platform.md 2.3).
WINDOW_CLOSED = 63016


class Deliveries:
    """Applies delivery reports to the outbox."""

    def __init__(self, database: Database, vault: Vault, inbox: Inbox) -> None:
        self._database, self._vault, self._inbox = database, vault, inbox

    async def apply(self, update: StatusUpdate) -> None:
        """Note how far a message came; tell its conversation when it did not arrive."""
        woken = await self._database.run(lambda conn: self._apply(conn, update))
        if woken:
            self._inbox.wake(woken)

    def _apply(self, conn: Connection, update: StatusUpdate) -> str:
        one = sa.select(outbox).where(outbox.c.uid == update.reference)
        row = conn.execute(one.with_for_update()).first()  # two reports at once must not undo one another
        failed = update.status in ("failed", "undelivered")
        if row is None or not later(row.delivery or "", update.status) or (update.part and not failed):
            return ""
        values = {"delivery": "failed" if failed else _known(update.status)}
        # A report proves that an attempt with an unknown outcome was accepted: it need not be repeated. (If a part failed,
        # the rest would not help.)
        accepted = {"status": "sent", "body": None, "claimed_until": None} if row.status != "dead" else {}
        conn.execute(outbox.update().where(outbox.c.id == row.id).values(**values, **accepted))
        if not failed:
            return ""
        reason = "window" if update.error_code == WINDOW_CLOSED else "gone"
        owe(conn, self._vault, row.conversation_id, row.uid, Undelivered(reason), self._inbox.now())
        return str(row.conversation_id)


def _known(status: str) -> str:
    return status if status in ("sent", "delivered", "read") else "accepted"
