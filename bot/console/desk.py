"""The counselors' pages: log in, see who waits, take a case, answer, close. Every action enters by the inbox."""

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.channels import Arrival
from bot.channels.layout import strip_unsafe
from bot.channels.webchat import Bells
from bot.inbox import Inbox
from bot.staff import Member, Staff
from bot.store import cases
from bot.store.conversations import Vault
from bot.store.database import Database
from bot.web.forms import form_of, text_field
from bot.web.pages import page
from bot.web.security import TooLarge, same_origin
from bot.web.stream import Streams, last_id
from handlers.events import CounselorClosed, CounselorSaid, CounselorTook, Event
from handlers.texts import say

# A wrong passphrase costs this long, whoever asks; a guesser gets one try a second for each connection.
WRONG_SECONDS = 1.0
SESSION_SECONDS = 12 * 3600


@dataclass(frozen=True, slots=True)
class DeskPages:
    """Everything the counselors' pages need."""

    database: Database
    vault: Vault
    inbox: Inbox
    staff: Staff
    bells: Bells
    streams: Streams
    public_url: str

    def routes(self) -> list[Route]:
        """Return the pages' routes."""
        return [
            Route("/console", self.queue),
            Route("/console/login", self.login, methods=["GET", "POST"]),
            Route("/console/logout", self.logout, methods=["POST"]),
            Route("/console/shift", self.shift, methods=["POST"]),
            Route("/console/cases/{case}", self.case),
            Route("/console/cases/{case}/events", self.events),
            Route("/console/cases/{case}/{act:str}", self.act, methods=["POST"]),
        ]

    @property
    def _secure(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def _cookie(self) -> str:
        return "__Host-staff" if self._secure else "staff"

    async def _member(self, request: Request) -> Member | None:
        token = request.cookies.get(self._cookie, "")
        return await self.staff.member(token, self.inbox.now()) if token else None

    async def login(self, request: Request) -> Response:
        """Show the login form, or log in."""
        if request.method == "GET":
            return page("login.html", wrong=False)
        if not same_origin(request.headers, self.public_url):
            return Response(status_code=403)
        try:
            form = await form_of(request)
        except TooLarge:
            return Response(status_code=413)
        token = await self.staff.login(text_field(form, "login"), text_field(form, "passphrase"), self.inbox.now())
        return self._enter(token) if token else await self._refuse()

    def _enter(self, token: str) -> Response:
        response = RedirectResponse("/console", 303)
        limits = {"httponly": True, "secure": self._secure, "path": "/", "max_age": SESSION_SECONDS}
        response.set_cookie(self._cookie, token, samesite="strict", **limits)  # type: ignore[arg-type]
        return response

    async def _refuse(self) -> Response:
        await asyncio.sleep(WRONG_SECONDS)
        return page("login.html", 401, wrong=True)

    async def logout(self, request: Request) -> Response:
        """End the session."""
        _, refused = await self._allowed(request)
        if refused:
            return refused
        await self.staff.logout(request.cookies.get(self._cookie, ""))
        response = RedirectResponse("/console/login", 303)
        response.delete_cookie(self._cookie, path="/", secure=self._secure, httponly=True, samesite="strict")
        return response

    async def queue(self, request: Request) -> Response:
        """List the open cases: cards without a word of what was said."""
        member = await self._member(request)
        if member is None:
            return RedirectResponse("/console/login", 303)
        cards = await self.database.read(cases.queue)
        shown = [self._shown(card, member) for card in cards if card.counselor in ("", member.id, member.alias)]
        on_shift = await self.staff.is_on_shift(member)
        return page("queue.html", cards=shown, member=member, csrf=self._csrf(request), on_shift=on_shift)

    def _shown(self, card: cases.Card, member: Member) -> dict[str, Any]:
        minutes = int((self.inbox.now().timestamp() - card.opened_at) // 60)
        reason = say("en", f"reason-{card.reason}")
        return {
            **card._asdict(),
            "reason": reason,
            "minutes": minutes,
            "mine": card.counselor in (member.id, member.alias),
        }

    async def shift(self, request: Request) -> Response:
        """Begin or end one's shift."""
        form, refused = await self._allowed(request)
        member = await self._member(request)
        if refused or member is None:
            return refused or Response(status_code=403)
        await self.staff.shift(member, on=text_field(form, "on") == "1")
        return RedirectResponse("/console", 303)

    async def case(self, request: Request) -> Response:
        """Show a case to the counselor who has it; to everybody else it does not exist."""
        member = await self._member(request)
        if member is None:
            return RedirectResponse("/console/login", 303)
        card = await self._own(request, member)
        if card is None:
            return Response("Not found", 404)
        lines = await self._lines(card.id, 0)
        last = lines[-1][0] if lines else 0
        values: dict[str, Any] = {"csrf": self._csrf(request), "nonce": secrets.token_hex(8), "last": last}
        return page(
            "case.html", card=self._shown(card, member), lines=[line for _, line in lines], status=200, **values
        )

    async def _own(self, request: Request, member: Member) -> cases.Card | None:
        card = await self.database.read(lambda conn: cases.card(conn, request.path_params["case"]))
        return card if card and card.counselor in (member.id, member.alias) else None

    async def events(self, request: Request) -> Response:
        """Stream the new lines of one's own case."""
        member = await self._member(request)
        card = await self._own(request, member) if member else None
        if card is None:
            return Response("Not found", 404)
        last = last_id(request.headers.get("last-event-id"), request.query_params.get("last"))
        return self.streams.of(f"case:{card.id}", last, lambda seen: self._lines(card.id, seen))

    async def _lines(self, handover: str, last: int) -> Sequence[tuple[int, dict[str, Any]]]:
        def fetch(conn: Connection) -> list[tuple[int, dict[str, Any]]]:
            found = cases.lines(conn, self.vault, handover, last)
            return [(line.id, {**line._asdict(), "name": "", "choices": []}) for line in found]

        return await self.database.read(fetch)

    async def act(self, request: Request) -> Response:
        """Take, answer or close a case."""
        form, refused = await self._allowed(request)
        member = await self._member(request)
        if refused or member is None:
            return refused or Response(status_code=403)
        case, act = request.path_params["case"], request.path_params["act"]
        card = await self.database.read(lambda conn: cases.card(conn, case))
        event = _event(act, member, text_field(form, "text"))
        if card is None or event is None or card.counselor not in ("", member.id, member.alias):
            return Response("Not found", 404)
        await self._enter_inbox(case, event, text_field(form, "nonce"))
        if request.headers.get("x-page") == "1":
            return Response(status_code=204)
        return RedirectResponse("/console" if act == "close" else f"/console/cases/{case}", 303)

    async def _enter_inbox(self, case: str, event: Event, nonce: str) -> None:
        arrival = Arrival("console", f"{case}:{nonce or secrets.token_hex(8)}", case, event)
        await self.inbox.settled(await self.inbox.take([arrival]))
        self.bells.ring(f"case:{case}")

    async def _allowed(self, request: Request) -> tuple[FormData, Response | None]:
        """Return the form, and a refusal unless the request comes from our own page in a live session."""
        refusal = Response(status_code=403)
        if not same_origin(request.headers, self.public_url):
            return FormData(), refusal
        try:
            form = await form_of(request)
        except TooLarge:
            return FormData(), Response(status_code=413)
        right = hmac.compare_digest(text_field(form, "csrf").encode(), self._csrf(request).encode())
        return form, None if right and await self._member(request) else refusal

    def _csrf(self, request: Request) -> str:
        """Return the token of this session's forms; it tells nothing about the session's own."""
        return hashlib.sha256(b"csrf|" + request.cookies.get(self._cookie, "").encode()).hexdigest()


def _event(act: str, member: Member, text: str) -> Event | None:
    if act == "take":
        return CounselorTook(member.alias)
    if act == "close":
        return CounselorClosed(member.alias)
    said = strip_unsafe(text).strip()
    return CounselorSaid(member.alias, said) if act == "say" and said else None
