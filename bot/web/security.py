"""What every page answer carries, and which requests may change anything (security.md 2.8)."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}
SECURE_HEADER = ("Strict-Transport-Security", "max-age=31536000")
# Larger bodies are nobody's message; webhooks and forms are refused before they are read to the end.
BODY_LIMIT = 64 * 1024 + 4096


class TooLarge(Exception):
    """The request's body is larger than `BODY_LIMIT`."""


class SecurityHeaders:
    """ASGI middleware: adds the headers to every answer."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app, self._secure = app, secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, with_headers)

    def _add(self, headers: MutableHeaders) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        if self._secure:
            headers.setdefault(*SECURE_HEADER)


def same_origin(headers: Headers, public_url: str) -> bool:
    """Return whether a request comes from our own page: by `Sec-Fetch-Site`, by `Origin`, or by both missing.

    Under our own `Referrer-Policy` a form's `Origin` is "null" (Fetch standard), which says nothing for or against.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site not in (None, "same-origin", "none"):
        return False
    if origin is None or (origin == "null" and site is not None):
        return True
    return origin.partition("://")[2] in {urlsplit(public_url).netloc, headers.get("host")} - {"", None}


async def body_of(request: Request, limit: int = BODY_LIMIT) -> bytes:
    """Return the request's body; raises `TooLarge` as soon as it grows over the limit."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > limit:
            raise TooLarge
    return bytes(body)
