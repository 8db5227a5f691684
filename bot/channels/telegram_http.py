"""PTB's transport on aiohttp: a third of the CPU of its own, real timeouts, and it tells "not sent" from "not known".

(platform.md 1.3, 4.1: PTB's httpx transport is the cost of a call, and its errors hide whether the request went out.)
The address of a call holds the bot's token: it is in no exception and in no log.
"""

import json
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECTIONS = 64
TIMEOUT_SECONDS = 20.0
CONNECT_SECONDS = 5.0
TOO_MANY = 429
# Telegram names the time to wait in its 429s (Bot API, ResponseParameters); this is for one that does not.
RETRY_SECONDS = 1.0


class NotConnected(NetworkError):
    """No connection was made: the request certainly did not go out."""


class Slowed(TelegramError):
    """429. PTB's own error for it warns about a coming change of its types whenever it is made."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too many requests")
        self.seconds = seconds


class AiohttpRequest(BaseRequest):
    """One session for all calls."""

    def __init__(self, seconds: float = TIMEOUT_SECONDS) -> None:
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """The time a call may take, in seconds."""
        return self._seconds

    async def initialize(self) -> None:
        """Open the session; done on first use, since it has to be inside the loop."""
        self._opened()

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self._session

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return status and body; raises `NotConnected`, `Slowed`, `TimedOut` or `NetworkError`.

        `read_timeout` is how long Telegram may wait for updates, beside the usual time.
        """
        data = request_data.json_parameters if request_data else None
        extra = read_timeout if isinstance(read_timeout, int | float) else 0.0
        status, body = await self._explained(url, method, data, self._seconds + extra)
        if status == TOO_MANY:
            raise Slowed(_seconds(body))
        return status, body

    async def _explained(self, url: str, method: str, data: dict[str, str] | None, seconds: float) -> tuple[int, bytes]:
        """Call; what fails is told by its kind only."""
        try:
            return await self._call(url, method, data, seconds)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL):
            raise NotConnected("no connection") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NetworkError(type(error).__name__) from None

    async def _call(self, url: str, method: str, data: dict[str, str] | None, seconds: float) -> tuple[int, bytes]:
        """`connect` includes the wait for a free connection: nothing went out then, either. A redirect would carry the
        token to somebody else."""
        limit = aiohttp.ClientTimeout(total=seconds, connect=CONNECT_SECONDS, sock_connect=CONNECT_SECONDS)
        async with self._opened().request(method, url, data=data, timeout=limit, allow_redirects=False) as answer:
            return answer.status, await answer.read()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Parse an answer; PTB's own way writes what it cannot read into the log."""
        found = _json(payload)
        if not isinstance(found, dict):
            raise NetworkError("unreadable answer")
        return found


def _json(payload: bytes) -> object:
    try:
        return json.loads(payload.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None


def _seconds(body: bytes) -> float:
    """The time to wait that a 429 names."""
    found = _json(body)
    parameters = found.get("parameters") if isinstance(found, dict) else None
    wait = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return max(float(wait), RETRY_SECONDS) if isinstance(wait, int | float) else RETRY_SECONDS
