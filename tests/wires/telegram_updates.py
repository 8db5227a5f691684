"""The updates that wait for the bot: fetched by polling or posted to its webhook, at least once, in order in each chat."""

import asyncio
import re
from collections import defaultdict
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from tests.wires.server import LOOPBACK, placed, post
from tests.wires.telegram_world import QUERY_SECONDS, Refused, World, bad

Json = dict[str, Any]
# What is delivered when the bot names nothing: all but these (core.telegram.org/bots/api, getUpdates).
UNASKED = frozenset(("chat_member", "message_reaction", "message_reaction_count"))
KEPT = timedelta(hours=24)
KEPT_QUERY = timedelta(seconds=QUERY_SECONDS)
RETRY_SECONDS = 0.01
GONE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
OTHER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(eq=False, slots=True)
class Waiting:
    """An update and how long the server keeps it."""

    update: Json
    until: datetime
    lane: Hashable


@dataclass(slots=True)
class Updates:
    """The queue. A webhook post is tried `tries` times at once; what is not taken waits for `retry` or the next one."""

    world: World
    dns: dict[str, str] = field(default_factory=dict)
    hook: Json = field(default_factory=dict)
    allowed: list[str] = field(default_factory=list)
    tries: int = 5
    posted: list[tuple[int, int]] = field(default_factory=list)
    _waiting: list[Waiting] = field(default_factory=list)
    _again: list[Json] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=lambda: count(700_000_001))
    _locks: dict[Hashable, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _poll: int = 0

    @property
    def pending(self) -> list[Json]:
        """What the server still keeps: messages a day, taps 150 seconds (platform.md 3.2)."""
        self._waiting = [one for one in self._waiting if one.until >= self.world.now]
        return [one.update for one in self._waiting]

    async def push(self, **content: Json) -> Json:
        """Let something happen; with a webhook, returns when it was posted."""
        update: Json = {"update_id": next(self._numbers), **content}
        kind = next(iter(content))
        if kind not in (self.allowed or [kind]) or (not self.allowed and kind in UNASKED):
            return update
        kept = KEPT_QUERY if kind == "callback_query" else KEPT
        waiting = Waiting(update, self.world.now + kept, _lane(kind, content[kind]))
        self._waiting.append(waiting)
        self._news.set()
        if self.hook:
            await self._flush(waiting.lane)
        return update

    async def again(self, update: Json) -> None:
        """Deliver an update that was delivered before, as the real server does when it missed the answer."""
        if self.hook:
            await self._post(update)
            return
        self._again.append(update)
        self._news.set()

    async def retry(self) -> None:
        """Post all that still waits."""
        for lane in dict.fromkeys(one.lane for one in self._waiting):
            await self._flush(lane)

    async def _flush(self, lane: Hashable) -> None:
        """Post what waits in `lane`, in order; stop at the first that is not taken."""
        async with self._locks[lane]:
            for one in [one for one in self._waiting if one.lane == lane and one.update in self.pending]:
                if not await self._persist(one.update):
                    return
                self._waiting = [other for other in self._waiting if other is not one]

    async def _persist(self, update: Json) -> bool:
        """Any answer but 2xx is followed by another try."""
        for _ in range(self.tries if self.hook else 0):
            if await self._post(update):
                return True
            await asyncio.sleep(RETRY_SECONDS)
        return False

    async def _post(self, update: Json) -> bool:
        secret = self.hook.get("secret_token")
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        answer = await post(placed(self.hook["url"], self.dns), headers, json=update)
        self.posted.append((update["update_id"], answer.status))
        return answer.good

    async def fetch(self, given: Json, gone: Callable[[], Coroutine[Any, Any, None]]) -> list[Json]:
        """getUpdates: confirms what is before `offset`, waits for news; a later request ends an earlier one."""
        self._check(given)
        self._poll += 1
        mine, leaving = self._poll, asyncio.create_task(gone())
        try:
            await self._wait(given.get("timeout", 0), leaving)
        finally:
            left = leaving.done()
            leaving.cancel()
        if mine != self._poll:
            raise Refused(409, OTHER)
        if left:
            return []
        limit = given.get("limit", 100)
        again, self._again = self._again[:limit], self._again[limit:]
        return (again + self.pending)[:limit]

    def _check(self, given: Json) -> None:
        if self.hook:
            raise Refused(409, GONE)
        if not 1 <= given.get("limit", 100) <= 100:
            raise bad("limit must be between 1 and 100")
        self.allowed = given.get("allowed_updates", self.allowed)
        offset = given.get("offset", 0)
        kept = self._waiting[offset:] if offset < 0 else self._waiting
        self._waiting = [one for one in kept if one.update["update_id"] >= offset]
        self._news.set()  # a request that waits already has to give way
        self._news = asyncio.Event()

    async def _wait(self, seconds: float, leaving: "asyncio.Future[None]") -> None:
        if self.pending or self._again or seconds <= 0:
            return
        news = asyncio.ensure_future(self._news.wait())
        either: set[asyncio.Future[Any]] = {news, leaving}
        try:
            await asyncio.wait(either, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            news.cancel()

    def set_webhook(self, given: Json) -> bool:
        """Post updates from now on; an empty address ends that."""
        url = given["url"]
        if url and not re.match(rf"https://[\w.-]+|http://{re.escape(LOOPBACK)}:", url):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", given.get("secret_token", "")):
            raise bad("secret token contains unallowed characters")
        if not 1 <= given.get("max_connections", 40) <= 100:
            raise bad("max_connections must be between 1 and 100")
        self.hook = given if url else {}
        self.allowed = given.get("allowed_updates", self.allowed)
        return self._dropped(given)

    def delete_webhook(self, given: Json) -> bool:
        """Keep updates for polling."""
        self.hook = {}
        return self._dropped(given)

    def _dropped(self, given: Json) -> bool:
        if given.get("drop_pending_updates"):
            self._waiting.clear()
        return True

    def webhook_info(self) -> Json:
        """getWebhookInfo."""
        allowed = {"allowed_updates": self.allowed} if self.allowed else {}
        url, waiting = self.hook.get("url", ""), len(self.pending)
        return {"url": url, "has_custom_certificate": False, "pending_update_count": waiting} | allowed


def _lane(kind: str, content: Json) -> Hashable:
    """A chat's messages come in order; taps are a lane of their own and may overtake a text (platform.md 3.2)."""
    return kind == "callback_query", (content.get("chat") or content["from"])["id"]
