"""Server-sent events: a page learns of new messages without asking again and again."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

from starlette.responses import StreamingResponse

from bot.channels.webchat import Bells

# A comment now and then keeps proxies from closing the line; other processes' messages are seen within this time, too.
PING_SECONDS = 2.0

Fetch = Callable[[int], Awaitable[Sequence[tuple[int, dict[str, Any]]]]]


class Streams:
    """Makes streams and ends them all when the server stops."""

    def __init__(self, bells: Bells) -> None:
        self._bells = bells
        self._closing = asyncio.Event()

    def close(self) -> None:
        """End every stream."""
        self._closing.set()

    def of(self, name: str, last: int, fetch: Fetch) -> StreamingResponse:
        """Return a stream of what `fetch(last)` gives, again each time the bell `name` rings."""
        return StreamingResponse(self._events(name, last, fetch), media_type="text/event-stream")

    async def _events(self, name: str, last: int, fetch: Fetch) -> AsyncIterator[str]:
        async with self._bells.listening(name) as bell:
            yield "retry: 2000\n\n"
            while not self._closing.is_set():
                bell.clear()
                for number, message in await fetch(last):
                    last = number
                    yield f"id: {number}\ndata: {json.dumps(message)}\n\n"
                await self._rest(bell)
                yield ":\n\n"

    async def _rest(self, bell: asyncio.Event) -> None:
        waits = [asyncio.ensure_future(bell.wait()), asyncio.ensure_future(self._closing.wait())]
        await asyncio.wait(waits, timeout=PING_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)


def last_id(headers_value: str | None, query_value: str | None) -> int:
    """Return the last message a page has seen, from `Last-Event-ID` or the query; 0 for anything unreadable."""
    for value in (headers_value, query_value):
        if value and value.isdecimal() and len(value) < 18:
            return int(value)
    return 0
