"""What counselors see of a case: its card, without a word of what was said, and its lines."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from bot.staff import Member
from bot.store import cases, conversations, incidents, window
from bot.store.conversations import Conversation, Vault
from bot.web.view import view
from bot.web.words import Words
from handlers import surge
from handlers.texts import say

# Deliveries of older lines are not watched any more.
WATCHED_LINES = 20
# Waiting longer is told in hours.
LONG_MINUTES = 120


def is_mine(card: cases.Card, member: Member) -> bool:
    """Return whether the member has taken the case."""
    return card.counselor in (member.id, member.alias)


@dataclass(frozen=True, slots=True)
class Cards:
    """Makes the cards of one member's page."""

    vault: Vault
    member: Member
    word: Words
    lang: str
    now: float

    def queue(self, conn: Connection) -> list[dict[str, Any]]:
        """Return the member's own open cases and those nobody has: urgent ones first, then the oldest; in a surge those in
        danger before all others."""
        seen = [card for card in cases.queue(conn) if not card.counselor or is_mine(card, self.member)]
        many = self.surge(conn)
        seen.sort(key=lambda card: surge.place(card.reason, card.opened_at, urgent=card.urgent, surge=many))
        return [self.card(conn, card) for card in seen]

    def surge(self, conn: Connection) -> bool:
        """Return whether many more incidents are reported than usual."""
        return surge.on(incidents.weekly(conn), datetime.fromtimestamp(self.now, UTC).date())

    def card(self, conn: Connection, card: cases.Card) -> dict[str, Any]:
        """Return one card."""
        mine = is_mine(card, self.member)
        about = [say(self.lang, f"reason-{card.reason}"), self._language(conn, card), "" if mine else self._waits(card)]
        return {
            "id": card.id,
            "alias": card.alias,
            "about": " · ".join(filter(None, about)),
            "urgent": card.urgent,
            "mine": mine,
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
        who = {"client": self.word("client"), "counselor": self.word("you")}.get(author, self.word("bot"))
        return view(line.id, author, line.text, who=who, note=note, failed=line.delivery == "failed")
