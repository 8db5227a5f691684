"""Twilio forgets a message whose webhook failed for 15 seconds; what it took meanwhile is read back from its list."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot import log
from bot.channels import Arrival
from bot.inbox import Inbox
from bot.log import Code
from bot.loops import every
from bot.store import cursors
from bot.store.database import Database

EVERY_SECONDS = 300.0
# Read a little further back than the last time: a message may be listed later than it was sent.
OVERLAP = timedelta(minutes=15)
SOURCE = "twilio:list"


class Listed(Protocol):
    """What reading back needs of Twilio."""

    async def missed(self, since: datetime) -> Sequence[Arrival]:
        """Return the messages to our numbers since then, with the outside ids that the webhook would have given."""
        ...


class ReadBack:
    """Reads back at start and every five minutes; runs until cancelled."""

    def __init__(self, twilio: Listed, inbox: Inbox, database: Database) -> None:
        self._twilio, self._inbox, self._database = twilio, inbox, database

    async def run(self) -> None:
        """Read back, rest, repeat."""
        await every(EVERY_SECONDS, self.once, Code.READ_BACK_FAILED)

    async def once(self) -> int:
        """Write down what was missed; return how many conversations got something new. The first run ever only notes the
        time."""
        now = self._inbox.now()
        position = await self._database.read(lambda conn: cursors.position(conn, SOURCE))
        if not position:
            await self._inbox.take([], SOURCE, int(now.timestamp()))
            return 0
        since = datetime.fromtimestamp(position, UTC) - OVERLAP
        arrivals = await self._twilio.missed(since)
        woken = await self._inbox.take(arrivals, SOURCE, int(now.timestamp()))
        log.say(Code.READ_BACK, found=len(arrivals), new=len(woken))
        return len(woken)
