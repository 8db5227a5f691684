"""Faults on demand: what a provider does to a request, before or after it took the request for good."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from tests.wires.server import gone, hang_up

Kind = Literal["server_error_before", "server_error_after", "hang_before", "hang_after", "drop", "drop_after"]


@dataclass(frozen=True, slots=True)
class TooMany:
    """429: certainly not accepted; `retry_after` seconds later it may be tried again."""

    retry_after: int


Fault = Kind | TooMany


def too_many(retry_after: int) -> TooMany:
    """Return the fault 429."""
    return TooMany(retry_after)


class Faults:
    """The faults that wait for their request, and how slow chats are."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Fault]] = defaultdict(deque)
        self._slow: dict[str, float] = {}

    def add(self, operation: str, fault: Fault, times: int = 1) -> None:
        """Let the next `times` requests for `operation` suffer `fault`."""
        self._waiting[operation].extend([fault] * times)

    def slow(self, who: object, seconds: float) -> None:
        """Answer requests about `who` only after `seconds`."""
        self._slow[str(who)] = seconds

    async def wait(self, who: object) -> None:
        """Be as slow as was asked for."""
        await asyncio.sleep(self._slow.get(str(who), 0))

    def take(self, operation: str) -> Fault | None:
        """Return the fault for this request, once."""
        waiting = self._waiting[operation]
        return waiting.popleft() if waiting else None


Accept = Callable[[], Awaitable[Response]]
Refuse = Callable[[Fault], Response]


async def suffer(request: Request, fault: Fault | None, accept: Accept, refuse: Refuse) -> Response:
    """Answer `request`, as `fault` wants it. `refuse` words the 429s and 502s of this provider."""
    if fault is None:
        return await accept()
    if isinstance(fault, TooMany):
        return refuse(fault)
    if fault.endswith("_after"):
        await accept()
    if fault.startswith("server_error"):
        return refuse(fault)
    await (hang_up(request) if fault.startswith("drop") else gone(request))
    return Response(status_code=499)  # nobody hears it: the connection is closed
