"""Pages about the people themselves: a pause, receipts of alerts, passing a case on, and the lead's view of the shift."""

from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.channels.layout import strip_unsafe
from bot.console.access import Access
from bot.console.casework import QUEUE, Casework, gone, lang_of, may_read
from bot.staff import Member
from bot.store import alerts, audit, roster
from bot.store.roster import LEAD, Person
from bot.web.forms import text_field
from bot.web.pages import page
from handlers.duty import HOUR
from handlers.events import CounselorPassedOn

# Hours on shift are shown for the week that ends now.
WEEK_SECONDS = 7 * 24 * HOUR
NOTE_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class PeoplePages:
    """Everything these pages need."""

    access: Access
    work: Casework

    def routes(self) -> list[Route]:
        """Return the pages' routes."""
        return [
            Route("/console/pause", self.pause, methods=["POST"]),
            Route("/console/seen", self.seen, methods=["POST"]),
            Route("/console/cases/{case}/pass", self.pass_on, methods=["POST"]),
            Route("/console/people", self.people),
            Route("/console/people/{member}/debriefed", self.debriefed, methods=["POST"]),
        ]

    async def pause(self, request: Request) -> Response:
        """Be offered no new case, or be offered them again."""
        form, member = await self.access.changing(request)
        paused = text_field(form, "on") == "1"
        await self.work.database.run(lambda conn: roster.set_paused(conn, member.id, paused=paused))
        return RedirectResponse("/console", 303)

    async def seen(self, request: Request) -> Response:
        """Confirm the alerts."""
        _, member = await self.access.changing(request)
        now = self.access.now().timestamp()
        await self.work.database.run(lambda conn: alerts.seen(conn, member.id, now))
        self.work.bells.ring(QUEUE)
        return RedirectResponse("/console", 303)

    async def pass_on(self, request: Request) -> Response:
        """Pass a case on: `to` is "person:<id>", "team:<name>" or "queue"; whoever has it or leads the shift may."""
        form, member = await self.access.changing(request)
        kind, _, name = text_field(form, "to").partition(":")
        to = await self.work.database.read(lambda conn: _alias(conn, name)) if kind == "person" else ""
        card = await self.work.found(request, member, may_read, "pass-on") if to is not None else None
        if card is None or to is None:
            return gone(request)
        note = strip_unsafe(text_field(form, "note")).strip()[:NOTE_LENGTH]
        event = CounselorPassedOn(member.alias, to, name if kind == "team" else "", note)
        await self.work.enter(card.id, event, text_field(form, "nonce"))
        return RedirectResponse("/console", 303)

    async def people(self, request: Request) -> Response:
        """Show the lead who is there, how many cases each has, how long they worked, and with whom to talk."""
        member = await self.access.member(request)
        if member is None:
            return RedirectResponse("/console/login", 303)
        if member.role != LEAD:
            return gone(request)
        people, worked = await self.work.database.read(self._people)
        rows = [(one, f"{worked.get(one.id, 0.0) / HOUR:.1f}") for one in people]
        values = {"member": member, "people": rows, "cap": self.work.load_cap, "csrf": self.access.csrf(request)}
        return page("people.html", lang_of(request), values)

    def _people(self, conn: Connection) -> tuple[list[Person], dict[str, float]]:
        now = self.access.now().timestamp()
        return roster.people(conn), roster.worked(conn, now - WEEK_SECONDS, now)

    async def debriefed(self, request: Request) -> Response:
        """Note that the lead has talked with a counselor about a heavy case."""
        _, member = await self.access.changing(request)
        other = request.path_params["member"]
        if member.role != LEAD or not await self.work.database.run(lambda conn: self._debriefed(conn, member, other)):
            return gone(request)
        return RedirectResponse("/console/people", 303)

    def _debriefed(self, conn: Connection, member: Member, other: str) -> bool:
        if roster.person(conn, other) is None:
            return False
        roster.set_debrief(conn, other, wanted=False)
        audit.note(conn, member.id, "debriefed", other, self.access.now())
        return True


def _alias(conn: Connection, staff_id: str) -> str | None:
    found = roster.person(conn, staff_id)
    return found.alias if found else None
