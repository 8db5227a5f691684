"""Who may do what on the counselors' pages: the session's cookie, its forms' token, and where a request comes from."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.layout import strip_unsafe
from bot.console.throttle import Throttle
from bot.staff import SESSION, Member, Staff
from bot.web.forms import form_of, text_field
from bot.web.security import TooLarge, same_origin


@dataclass(frozen=True, slots=True)
class Access:
    """Knows members by their cookies."""

    staff: Staff
    throttle: Throttle
    public_url: str
    now: Callable[[], datetime]

    @property
    def _secure(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def _cookie(self) -> str:
        return "__Host-staff" if self._secure else "staff"

    def _token(self, request: Request) -> str:
        return request.cookies.get(self._cookie, "")

    def csrf(self, request: Request) -> str:
        """Return the token of this session's forms; it tells nothing about the session's own."""
        return hashlib.sha256(b"csrf|" + self._token(request).encode()).hexdigest()

    async def member(self, request: Request, *, quiet: bool = False) -> Member | None:
        """Return whose session it is. `quiet` requests, which a page makes by itself, do not keep it alive."""
        token = self._token(request)
        return await self.staff.member(token, self.now(), quiet=quiet) if token else None

    async def changing(self, request: Request) -> tuple[FormData, Member]:
        """Return the form and who sent it.

        Raises `HTTPException` 403 unless it comes from our own page in a live session, 413 when it is too large.
        """
        form = await self.own_form(request)
        member = await self.member(request)
        right = hmac.compare_digest(text_field(form, "csrf").encode(), self.csrf(request).encode())
        if member is None or not right:
            raise HTTPException(403)
        return form, member

    async def own_form(self, request: Request) -> FormData:
        """Return the form; raises `HTTPException` 403 when it comes from elsewhere, 413 when it is too large."""
        if not same_origin(request.headers, self.public_url):
            raise HTTPException(403)
        try:
            return await form_of(request)
        except TooLarge:
            raise HTTPException(413) from None

    async def login(self, form: FormData) -> str | None:
        """Return a new session's token, None for a wrong try; raises `throttle.Busy`."""
        login, passphrase = strip_unsafe(text_field(form, "login")).strip(), text_field(form, "passphrase")

        async def check() -> str | None:
            return await self.staff.login(login, passphrase, self.now())

        return await self.throttle.attempt(login, self.now(), check)

    async def logout(self, request: Request) -> None:
        """End the session."""
        await self.staff.logout(self._token(request))

    def give(self, response: Response, token: str) -> Response:
        """Put the session into the answer's cookie."""
        life = int(SESSION.total_seconds())
        response.set_cookie(
            self._cookie, token, max_age=life, httponly=True, secure=self._secure, path="/", samesite="strict"
        )
        return response

    def take_back(self, response: Response) -> Response:
        """Remove the cookie."""
        response.delete_cookie(self._cookie, path="/", secure=self._secure, httponly=True, samesite="strict")
        return response
