"""The web chat as a channel: a reply is a row that the client's page reads; nothing leaves the machine."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Bells:
    """Wakes the pages that are waiting for a conversation's next message. Forgets a conversation nobody watches."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    @asynccontextmanager
    async def listening(self, name: str) -> AsyncIterator[asyncio.Event]:
        """Yield an event that is set each time `ring(name)` is called."""
        bell = asyncio.Event()
        self._waiting[name].add(bell)
        try:
            yield bell
        finally:
            self._waiting[name].discard(bell)
            if not self._waiting[name]:
                del self._waiting[name]

    def ring(self, name: str) -> None:
        """Wake whoever listens to `name`."""
        for bell in self._waiting.get(name, ()):
            bell.set()
