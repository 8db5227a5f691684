"""twilio's transport on aiohttp. The library's own async client drops JSON bodies and ignores its timeout, and its
retries repeat a POST after a 5xx, which may send a message twice (platform.md 2.1)."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

import aiohttp
from twilio.http import AsyncHttpClient
from twilio.http.response import Response

from bot.channels import Ambiguous, Unreachable

CONNECTIONS = 50
TIMEOUT_SECONDS = 10.0
CONNECT_SECONDS = 5.0


class AiohttpClient(AsyncHttpClient):  # type: ignore[misc]  # twilio has no types
    """One session for all calls, opened on first use; no retries. `api_base_url` replaces Twilio's own address."""

    def __init__(self, api_base_url: str = "", seconds: float = TIMEOUT_SECONDS) -> None:
        super().__init__(None, True, seconds)
        self._base, self._seconds = api_base_url.rstrip("/"), seconds
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def request(
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 (twilio's name)
        allow_redirects: bool = False,
    ) -> Response:
        """Return the answer; raises `Unreachable` (certainly not sent) or `Ambiguous`.

        `connect` includes the wait for a free connection: nothing went out then, either.
        """
        options = {
            "params": params,
            "headers": (headers or {}) | ({"Authorization": aiohttp.encode_basic_auth(*auth)} if auth else {}),
            "allow_redirects": allow_redirects,
            "timeout": aiohttp.ClientTimeout(
                total=timeout or self._seconds, connect=CONNECT_SECONDS, sock_connect=CONNECT_SECONDS
            ),
            "json" if _is_json(headers) else "data": data,
        }
        return await self._explained(method, self._placed(url), options)

    async def _explained(self, method: str, url: str, options: dict[str, Any]) -> Response:
        """Call; what fails is told by its kind only, since addresses and texts hold numbers and words."""
        try:
            return await self._call(method, url, options)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL):
            raise Unreachable("no connection") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:  # a timeout is an OSError
            raise Ambiguous(type(error).__name__) from None

    async def _call(self, method: str, url: str, options: dict[str, Any]) -> Response:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        async with self._session.request(method, url, **options) as answer:
            text = (await answer.read()).decode("utf-8", "replace")
            return Response(answer.status, text, dict(answer.headers))

    def _placed(self, url: str) -> str:
        if not self._base:
            return url
        base, asked = urlsplit(self._base), urlsplit(url)
        return urlunsplit((base.scheme, base.netloc, base.path + asked.path, asked.query, ""))


def _is_json(headers: dict[str, str] | None) -> bool:
    return (headers or {}).get("Content-Type", "").startswith("application/json")
