"""Server-sent events: a page learns of new messages without asking again and again."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

from starlette.responses import StreamingResponse

from bot.channels.webchat import Bells

# What other processes write is seen within this time.
LOOK_SECONDS = 2.0
# After so many looks without news a comment keeps proxies, which give up after 30 to 60 s, from closing the line.
QUIET_LOOKS = 8

# What came after a message, each with its "id"; None when the page has no right to it any more.
Fetch = Callable[[int], Awaitable[Sequence[dict[str, Any]] | None]]


class Streams:
    """Makes streams and ends them all when the server stops."""

    def __init__(self, bells: Bells) -> None:
        self._bells = bells
        self._closing = asyncio.Event()

    def close(self) -> None:
        """End every stream."""
        self._closing.set()

    def of(self, name: str, last: int, fetch: Fetch) -> StreamingResponse:
        """Return a stream of what `fetch(last)` gives, again each time the bell `name` rings.

        When `fetch` gives None the page is told by an event "end", and the stream is over.
        """
        # nginx would otherwise collect the events before it passes them on.
        unbuffered = {"X-Accel-Buffering": "no"}
        return StreamingResponse(self._events(name, last, fetch), media_type="text/event-stream", headers=unbuffered)

    async def _events(self, name: str, last: int, fetch: Fetch) -> AsyncIterator[str]:
        async with self._bells.listening(name) as bell:
            yield "retry: 2000\n\n"
            looks = 0
            while not self._closing.is_set():
                bell.clear()
                news = await fetch(last)
                if news is None:
                    yield "event: end\ndata: end\n\n"
                    return
                for message in news:
                    last = max(last, message["id"])
                    yield f"id: {last}\ndata: {json.dumps(message)}\n\n"
                looks += 1
                if not looks % QUIET_LOOKS:
                    yield ":\n\n"
                await self._rest(bell)

    async def _rest(self, bell: asyncio.Event) -> None:
        waits = [asyncio.ensure_future(bell.wait()), asyncio.ensure_future(self._closing.wait())]
        try:
            await asyncio.wait(waits, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)


def last_id(headers_value: str | None, query_value: str | None) -> int:
    """Return the last message a page has seen, from `Last-Event-ID` or the query; 0 for anything unreadable."""
    for value in (headers_value, query_value):
        if value and value.isascii() and value.isdecimal() and len(value) < 18:
            return int(value)
    return 0
