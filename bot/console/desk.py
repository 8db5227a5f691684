"""The counselors' pages: log in, see who waits, take a case, answer, close. Every action enters by the inbox."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.channels.layout import strip_unsafe
from bot.console.access import Access
from bot.console.cards import Cards, Lines
from bot.console.casework import QUEUE, Casework, gone, is_mine, is_offered, lang_of, may_read
from bot.console.people import PeoplePages
from bot.console.throttle import Busy, Throttle
from bot.staff import Member, Staff
from bot.store import cases, roster
from bot.store.cases import Card
from bot.store.conversations import Vault
from bot.web.forms import text_field
from bot.web.pages import page
from bot.web.stream import Streams, last_id
from bot.web.words import words
from handlers.events import CounselorClosed, CounselorKnocked, CounselorPassedOn, CounselorSaid, CounselorTook


@dataclass(frozen=True, slots=True)
class DeskPages:
    """Everything the counselors' pages need."""

    work: Casework
    vault: Vault
    staff: Staff
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
            *PeoplePages(self._access, self.work).routes(),
        ]

    @property
    def _access(self) -> Access:
        return Access(self.staff, self.throttle, self.public_url, self.work.inbox.now)

    async def login(self, request: Request) -> Response:
        """Show the login form."""
        return page("login.html", lang_of(request), {"problem": ""})

    async def log_in(self, request: Request) -> Response:
        """Begin a session."""
        form = await self._access.own_form(request)
        try:
            token = await self._access.login(form)
        except Busy:
            return page("login.html", lang_of(request), {"problem": "busy"}, 429)
        if token is None:
            return page("login.html", lang_of(request), {"problem": "wrong"}, 401)
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
        known = await self.work.database.read(self._cards(request, member).desk)
        values = {**known, "member": member, "csrf": self._access.csrf(request)}
        return page("queue.html", lang_of(request), values)

    async def queue_events(self, request: Request) -> Response:
        """Stream the queue whenever it changes."""
        if await self._access.member(request, quiet=True) is None:
            return gone(request)
        return self.streams.of(QUEUE, 0, self._queue_news(request))

    def _queue_news(self, request: Request) -> Callable[[int], Any]:
        known: dict[str, Any] | None = None

        async def news(last: int) -> Sequence[dict[str, Any]] | None:
            nonlocal known
            member = await self._access.member(request, quiet=True)
            if member is None:
                return None
            before, known = known, await self.work.database.read(self._cards(request, member).news)
            return [] if known == before else [{"id": last + 1, **known}]

        return news

    def _cards(self, request: Request, member: Member) -> Cards:
        lang = lang_of(request)
        return Cards(self.vault, member, words(lang), lang, self.work.inbox.now().timestamp(), self.work.load_cap)

    async def shift(self, request: Request) -> Response:
        """Begin or end one's shift; whoever ends it gives their cases back."""
        form, member = await self._access.changing(request)
        on = text_field(form, "on") == "1"
        await self.staff.shift(member, self.work.inbox.now(), on=on)
        for case in [] if on else await self.work.database.read(lambda conn: cases.of_counselor(conn, member.id)):
            await self.work.enter(case, CounselorPassedOn(member.alias))
        return RedirectResponse("/console", 303)

    async def case(self, request: Request) -> Response:
        """Show a case to the counselor who has it and to the lead; to everybody else it does not exist."""
        member = await self._access.member(request)
        if member is None:
            return RedirectResponse("/console/login", 303)
        card = await self.work.found(request, member, may_read, "read")
        if card is None:
            return gone(request)
        values = await self.work.database.read(lambda conn: self._about(conn, request, member, card))
        values |= {"template": self.template, "csrf": self._access.csrf(request), "nonce": secrets.token_hex(8)}
        return page("case.html", lang_of(request), values)

    def _about(self, conn: Connection, request: Request, member: Member, card: Card) -> dict[str, Any]:
        """Return the card and its lines, and to whom the case can be passed on: people with room for it, and teams."""
        made, everybody = self._cards(request, member), roster.people(conn)
        free = [one for one in everybody if one.may_take(self.work.load_cap) and not is_mine(card, one)]
        lines = self._lines(request, card).news(conn, 0)
        return {
            "card": made.card(conn, card, made.me(conn)),
            "window_open": made.window_open(conn, card),
            "lines": lines,
            "last": lines[-1]["id"] if lines else 0,
            "people": {"free": free, "teams": sorted({one.team for one in everybody} - {""})},
        }

    def _lines(self, request: Request, card: Card) -> Lines:
        return Lines(self.vault, card.id, words(lang_of(request)))

    async def case_events(self, request: Request) -> Response:
        """Stream what is new in one's own case, until it is closed or the session over."""
        member = await self._access.member(request, quiet=True)
        card = await self.work.found(request, member, may_read, "read") if member else None
        if card is None:
            return gone(request)
        lines = self._lines(request, card)

        async def news(last: int) -> Sequence[dict[str, Any]] | None:
            member = await self._access.member(request, quiet=True)
            if member is None or await self.work.found(request, member, may_read) is None:
                return None
            return await self.work.database.read(lambda conn: lines.news(conn, last))

        last = last_id(request.headers.get("last-event-id"), request.query_params.get("last"))
        return self.streams.of(f"case:{card.id}", last, news)

    async def take(self, request: Request) -> Response:
        """Take a case that nobody has; whoever comes second is led back to the queue."""
        form, member = await self._access.changing(request)
        card = await self.work.found(request, member, is_offered, "take")
        if card is None:
            return gone(request)
        await self.work.enter(card.id, CounselorTook(member.alias), text_field(form, "nonce"))
        won = await self.work.found(request, member, is_mine)
        return RedirectResponse(f"/console/cases/{card.id}" if won else "/console", 303)

    async def say(self, request: Request) -> Response:
        """Answer the client of one's own case."""
        form, member = await self._access.changing(request)
        card = await self.work.found(request, member, is_mine)
        if card is None:
            return gone(request)
        said, made = strip_unsafe(text_field(form, "text")).strip(), self._cards(request, member)
        arrives = await self.work.database.read(lambda conn: made.window_open(conn, card))
        if said:
            await self.work.enter(card.id, CounselorSaid(member.alias, said), text_field(form, "nonce"))
        if request.headers.get("x-page") == "1":
            return Response(status_code=204 if arrives else 409)  # the page gives refused words back
        return RedirectResponse(f"/console/cases/{card.id}", 303)

    async def knock(self, request: Request) -> Response:
        """Send "you have a reply" to the client of one's own case, where words of our own would not arrive."""
        card = await self._acted(request, CounselorKnocked)
        return RedirectResponse(f"/console/cases/{card.id}", 303) if card else gone(request)

    async def close(self, request: Request) -> Response:
        """Close one's own case."""
        card = await self._acted(request, CounselorClosed, "close")
        return RedirectResponse("/console", 303) if card else gone(request)

    async def _acted(
        self, request: Request, event: type[CounselorKnocked | CounselorClosed], act: str = ""
    ) -> Card | None:
        """Let `event` happen to one's own case, and return it."""
        form, member = await self._access.changing(request)
        card = await self.work.found(request, member, is_mine, act)
        if card:
            await self.work.enter(card.id, event(member.alias), text_field(form, "nonce"))
        return card
