"""Who may see and do what with a case, what is written down about it, and how it enters the inbox."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from bot.channels import Arrival
from bot.channels.webchat import Bells
from bot.inbox import Inbox
from bot.staff import Member
from bot.store import audit, cases, roster
from bot.store.cases import Card
from bot.store.database import Database
from bot.store.roster import LEAD, Person
from bot.web.pages import page
from bot.web.words import preferred
from handlers.events import Event

_CASE = re.compile(r"[0-9a-f]{32}")
QUEUE = "queue"

Right = Callable[[Card, Person, int], bool]


def is_mine(card: Card, person: Person, _: int = 0) -> bool:
    """Return whether they have taken the case."""
    return card.counselor in (person.id, person.alias)


def is_offered(card: Card, person: Person, cap: int) -> bool:
    """Return whether they may take the case: nobody has it, it is for their team, and they can have one more."""
    return not card.counselor and person.may_take(cap) and person.in_team(card.team)


def may_read(card: Card, person: Person, _: int = 0) -> bool:
    """Return whether they may read the case, and pass it on: whoever has it, and the shift lead."""
    return person.role == LEAD or is_mine(card, person)


@dataclass(frozen=True, slots=True)
class Casework:
    """Finds cases for those who have the right to them; `load_cap` is how many open ones a counselor may have."""

    database: Database
    inbox: Inbox
    bells: Bells
    load_cap: int

    async def found(self, request: Request, member: Member, right: Right, act: str = "") -> Card | None:
        """Return the request's case, None when it is not open or `member` has not this `right` to it.

        With `act` it is written down who did it.
        """
        case = request.path_params["case"]
        if not _CASE.fullmatch(case):
            return None
        card = await self.database.read(lambda conn: self._found(conn, case, member, right))
        if card and act:
            now = self.inbox.now()
            await self.database.run(lambda conn: audit.note(conn, member.id, act, case, now))
        return card

    def _found(self, conn: Connection, case: str, member: Member, right: Right) -> Card | None:
        card, person = cases.card(conn, case), roster.person(conn, member.id)
        return card if card and person and right(card, person, self.load_cap) else None

    async def enter(self, case: str, event: Event, nonce: str = "") -> None:
        """Let what staff do happen, and wait until it has."""
        arrival = Arrival("console", f"{case}:{nonce or secrets.token_hex(8)}", case, event)
        await self.inbox.settled(await self.inbox.take([arrival]))
        self.bells.ring(f"case:{case}")
        self.bells.ring(QUEUE)


def lang_of(request: Request) -> str:
    """Return the language of the browser, if we have it."""
    return preferred(request.headers.get("accept-language", ""))


def gone(request: Request) -> Response:
    """Return the one answer for what is closed, somebody else's, or never was."""
    return page("gone.html", lang_of(request), status=404)
