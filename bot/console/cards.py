"""What counselors see of a case: its card, without a word of what was said, and its lines."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from bot.console.casework import is_mine, is_offered, may_read
from bot.staff import Member
from bot.store import alerts, cases, conversations, incidents, roster, window
from bot.store.conversations import Conversation, Vault
from bot.store.roster import Person
from bot.web.view import view
from bot.web.words import Words
from handlers import surge
from handlers.texts import say

# Deliveries of older lines are not watched any more.
WATCHED_LINES = 20
# Waiting longer is told in hours.
LONG_MINUTES = 120


@dataclass(frozen=True, slots=True)
class Cards:
    """Makes the cards of one member's page."""

    vault: Vault
    member: Member
    word: Words
    lang: str
    now: float
    load_cap: int

    def desk(self, conn: Connection) -> dict[str, Any]:
        """Return the member's whole desk: their own state beside the news."""
        me, many = self.me(conn), self.surge(conn)
        return {"me": me, "surge": many, **self._news(conn, me, many)}

    def me(self, conn: Connection) -> Person:
        """Return the member as the roster has them; whoever answers nobody is never on shift."""
        nobody = Person(self.member.id, self.member.alias, self.member.role, "", False, False, False, 0)
        return roster.person(conn, self.member.id) or nobody

    def news(self, conn: Connection) -> dict[str, Any]:
        """Return what changes by itself: the cards, and whether an alert waits for a tap."""
        return self._news(conn, self.me(conn), self.surge(conn))

    def _news(self, conn: Connection, me: Person, many: bool) -> dict[str, Any]:
        return {"cards": self._queue(conn, me, many), "alert": alerts.unseen(conn, me.id)}

    def _queue(self, conn: Connection, me: Person, many: bool) -> list[dict[str, Any]]:
        """Return the member's own open cases and those they may take, for the lead all: by lane, in each the gravest first,
        then the oldest."""
        seen = [card for card in cases.queue(conn) if may_read(card, me) or is_offered(card, me, self.load_cap)]
        seen.sort(key=lambda card: surge.lane(card.reason, urgent=card.urgent, surge=many))
        return [self.card(conn, card, me) for card in seen]

    def surge(self, conn: Connection) -> bool:
        """Return whether many more incidents are reported than usual."""
        return surge.on(incidents.weekly(conn), datetime.fromtimestamp(self.now, UTC).date())

    def card(self, conn: Connection, card: cases.Card, me: Person) -> dict[str, Any]:
        """Return one card as `me` sees it."""
        mine = is_mine(card, me)
        about = [say(self.lang, f"reason-{card.reason}"), self._language(conn, card), "" if mine else self._waits(card)]
        return {
            "id": card.id,
            "alias": card.alias,
            "about": " · ".join(filter(None, about)),
            "urgent": card.urgent,
            "mine": mine,
            "readable": may_read(card, me),
            "offered": is_offered(card, me, self.load_cap),
            "unread": mine and cases.unanswered(conn, card.id),
        }

    def window_open(self, conn: Connection, card: cases.Card) -> bool:
        """Return whether words would reach the case's client now (WhatsApp's 24 hours)."""
        conversation = self._conversation(conn, card)
        return conversation is None or window.is_open(conversation.channel, conversation.memory, self.now)

    def _conversation(self, conn: Connection, card: cases.Card) -> Conversation | None:
        found = conversations.of_handover(conn, card.id)
        return self.vault.open(conn, found) if found else None

    def _language(self, conn: Connection, card: cases.Card) -> str:
        conversation = self._conversation(conn, card)
        language = conversation.memory.language if conversation else ""
        return say(language, "language-name") if language else ""

    def _waits(self, card: cases.Card) -> str:
        minutes = max(0, int((self.now - card.opened_at) // 60))
        long = minutes >= LONG_MINUTES
        amount = f"{minutes // 60} {self.word('hours')}" if long else f"{minutes} {self.word('minutes')}"
        return f"{self.word('waits')} {amount}"


@dataclass(slots=True)
class Lines:
    """The lines of one case for one page, which remembers what it has shown of their delivery."""

    vault: Vault
    case: str
    word: Words
    floor: int = 0
    delivered: dict[int, str] = field(default_factory=dict)

    def news(self, conn: Connection, last: int) -> list[dict[str, Any]]:
        """Return the lines after `last`, and those before whose delivery has changed."""
        found = list(cases.lines(conn, self.vault, self.case, min(last, self.floor)))
        new = [line for line in found if line.id > last or line.delivery != self.delivered.get(line.id, "")]
        self.delivered |= {line.id: line.delivery for line in found}
        self.floor = found[-WATCHED_LINES].id - 1 if len(found) >= WATCHED_LINES else self.floor
        return [self._view(line) for line in new]

    def _view(self, line: cases.Line) -> dict[str, Any]:
        author = "note" if line.author == "bot" else line.author
        note = self.word(f"delivery-{line.delivery}") if line.delivery else ""
        who = {"note": self.word("note"), "client": self.word("client"), "counselor": self.word("counselor")}.get(
            author, self.word("bot")
        )
        return view(line.id, author, line.text, who=who, note=note, failed=line.delivery == "failed")
