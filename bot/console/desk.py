"""The counselors' pages: log in, see who waits, take a case, answer, close. Every action enters by the inbox."""

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.channels import Arrival
from bot.channels.layout import strip_unsafe
from bot.channels.webchat import Bells
from bot.console.access import Access
from bot.console.cards import Cards, Lines, is_mine
from bot.console.throttle import Busy, Throttle
from bot.inbox import Inbox
from bot.staff import Member, Staff
from bot.store import cases
from bot.store.cases import Card
from bot.store.conversations import Vault
from bot.store.database import Database
from bot.web.forms import text_field
from bot.web.pages import page
from bot.web.stream import Streams, last_id
from bot.web.words import preferred, words
from handlers.events import CounselorClosed, CounselorKnocked, CounselorSaid, CounselorTook, Event

_CASE = re.compile(r"[0-9a-f]{32}")
QUEUE = "queue"


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
    template: bool = False
    throttle: Throttle = field(default_factory=Throttle)

    def routes(self) -> list[Route]:
        """Return the pages' routes."""
        return [
            Route("/console", self.queue),
            Route("/console/events", self.queue_events),
            Route("/console/login", self.login, methods=["GET"]),
            Route("/console/login", self.log_in, methods=["POST"]),
            Route("/console/logout", self.log_out, methods=["POST"]),
            Route("/console/shift", self.shift, methods=["POST"]),
            Route("/console/cases/{case}", self.case),
            Route("/console/cases/{case}/events", self.case_events),
            Route("/console/cases/{case}/take", self.take, methods=["POST"]),
            Route("/console/cases/{case}/say", self.say, methods=["POST"]),
            Route("/console/cases/{case}/knock", self.knock, methods=["POST"]),
            Route("/console/cases/{case}/close", self.close, methods=["POST"]),
        ]

    @property
    def _access(self) -> Access:
        return Access(self.staff, self.throttle, self.public_url, self.inbox.now)

    async def login(self, request: Request) -> Response:
        """Show the login form."""
        return page("login.html", _lang(request), {"problem": ""})

    async def log_in(self, request: Request) -> Response:
        """Begin a session."""
        form = await self._access.own_form(request)
        try:
            token = await self._access.login(form)
        except Busy:
            return page("login.html", _lang(request), {"problem": "busy"}, 429)
        if token is None:
            return page("login.html", _lang(request), {"problem": "wrong"}, 401)
        await self._access.logout(request)  # a login anew ends the session before
        return self._access.give(RedirectResponse("/console", 303), token)

    async def log_out(self, request: Request) -> Response:
        """End the session."""
        await self._access.changing(request)
        await self._access.logout(request)
        return self._access.take_back(RedirectResponse("/console/login", 303))

    async def queue(self, request: Request) -> Response:
        """List the open cases: cards without a word of what was said."""
        # Without scripts the page is loaded again and again, which must not keep an unattended session alive.
        member = await self._access.member(request, quiet="again" in request.query_params)
        if member is None:
            return RedirectResponse("/console/login", 303)
        of_member = self._cards(request, member)
        cards, surge = await self.database.read(lambda conn: (of_member.queue(conn), of_member.surge(conn)))
        on_shift = await self.staff.is_on_shift(member)
        values = {"cards": cards, "member": member, "on_shift": on_shift, "csrf": self._access.csrf(request)}
        values["surge"] = surge
        return page("queue.html", _lang(request), values)

    async def queue_events(self, request: Request) -> Response:
        """Stream the queue whenever it changes."""
        if await self._access.member(request, quiet=True) is None:
            return _gone(request)
        return self.streams.of(QUEUE, 0, self._queue_news(request))

    def _queue_news(self, request: Request) -> Callable[[int], Any]:
        known: list[dict[str, Any]] | None = None

        async def news(last: int) -> Sequence[dict[str, Any]] | None:
            nonlocal known
            member = await self._access.member(request, quiet=True)
            if member is None:
                return None
            before, known = known, await self.database.read(self._cards(request, member).queue)
            return [] if known == before else [{"id": last + 1, "cards": known}]

        return news

    def _cards(self, request: Request, member: Member) -> Cards:
        lang = _lang(request)
        return Cards(self.vault, member, words(lang), lang, self.inbox.now().timestamp())

    async def shift(self, request: Request) -> Response:
        """Begin or end one's shift."""
        form, member = await self._access.changing(request)
        await self.staff.shift(member, on=text_field(form, "on") == "1")
        return RedirectResponse("/console", 303)

    async def case(self, request: Request) -> Response:
        """Show a case to the counselor who has it; to everybody else it does not exist."""
        member = await self._access.member(request)
        if member is None:
            return RedirectResponse("/console/login", 303)
        card = await self._own(request, member)
        if card is None:
            return _gone(request)
        lines = await self.database.read(lambda conn: self._lines(request, card).news(conn, 0))
        shown = await self.database.read(lambda conn: self._cards(request, member).card(conn, card))
        last = lines[-1]["id"] if lines else 0
        heard = await self._window_open(request, member, card)
        values = {"card": shown, "lines": lines, "last": last, "csrf": self._access.csrf(request)}
        values |= {"window_open": heard, "template": self.template}
        return page("case.html", _lang(request), values | {"nonce": secrets.token_hex(8)})

    def _lines(self, request: Request, card: Card) -> Lines:
        return Lines(self.vault, card.id, words(_lang(request)))

    async def _own(self, request: Request, member: Member, *, free: bool = False) -> Card | None:
        """Return the request's case if it is open and the member's own, or with `free` nobody's."""
        case = request.path_params["case"]
        card = await self.database.read(lambda conn: cases.card(conn, case)) if _CASE.fullmatch(case) else None
        allowed = card and (is_mine(card, member) or (free and not card.counselor))
        return card if allowed else None

    async def case_events(self, request: Request) -> Response:
        """Stream what is new in one's own case, until it is closed or the session over."""
        member = await self._access.member(request, quiet=True)
        card = await self._own(request, member) if member else None
        if card is None:
            return _gone(request)
        lines = self._lines(request, card)

        async def news(last: int) -> Sequence[dict[str, Any]] | None:
            member = await self._access.member(request, quiet=True)
            if member is None or await self._own(request, member) is None:
                return None
            return await self.database.read(lambda conn: lines.news(conn, last))

        last = last_id(request.headers.get("last-event-id"), request.query_params.get("last"))
        return self.streams.of(f"case:{card.id}", last, news)

    async def take(self, request: Request) -> Response:
        """Take a case that nobody has; whoever comes second is led back to the queue."""
        form, member = await self._access.changing(request)
        card = await self._own(request, member, free=True)
        if card is None:
            return _gone(request)
        await self._enter_inbox(card, CounselorTook(member.alias), text_field(form, "nonce"))
        won = await self._own(request, member)
        return RedirectResponse(f"/console/cases/{card.id}" if won else "/console", 303)

    async def say(self, request: Request) -> Response:
        """Answer the client of one's own case."""
        form, member = await self._access.changing(request)
        card = await self._own(request, member)
        if card is None:
            return _gone(request)
        said = strip_unsafe(text_field(form, "text")).strip()
        arrives = await self._window_open(request, member, card)
        if said:
            await self._enter_inbox(card, CounselorSaid(member.alias, said), text_field(form, "nonce"))
        if request.headers.get("x-page") == "1":
            return Response(status_code=204 if arrives else 409)  # the page gives refused words back
        return RedirectResponse(f"/console/cases/{card.id}", 303)

    async def _window_open(self, request: Request, member: Member, card: Card) -> bool:
        return await self.database.read(lambda conn: self._cards(request, member).window_open(conn, card))

    async def knock(self, request: Request) -> Response:
        """Send "you have a reply" to the client of one's own case, where words of our own would not arrive."""
        form, member = await self._access.changing(request)
        card = await self._own(request, member)
        if card is None:
            return _gone(request)
        await self._enter_inbox(card, CounselorKnocked(member.alias), text_field(form, "nonce"))
        return RedirectResponse(f"/console/cases/{card.id}", 303)

    async def close(self, request: Request) -> Response:
        """Close one's own case."""
        form, member = await self._access.changing(request)
        card = await self._own(request, member)
        if card is None:
            return _gone(request)
        await self._enter_inbox(card, CounselorClosed(member.alias), text_field(form, "nonce"))
        return RedirectResponse("/console", 303)

    async def _enter_inbox(self, card: Card, event: Event, nonce: str) -> None:
        arrival = Arrival("console", f"{card.id}:{nonce or secrets.token_hex(8)}", card.id, event)
        await self.inbox.settled(await self.inbox.take([arrival]))
        self.bells.ring(f"case:{card.id}")
        self.bells.ring(QUEUE)


def _lang(request: Request) -> str:
    return preferred(request.headers.get("accept-language", ""))


def _gone(request: Request) -> Response:
    """Return the one answer for what is closed, somebody else's, or never was."""
    return page("gone.html", _lang(request), status=404)
