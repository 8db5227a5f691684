"""Apply a decision's effects: one case for each, rows only. A conflict rolls the turn back, and it is decided again."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, assert_never

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.store import codec, incidents, notices, reminders
from bot.store.codec import Letter, Memory
from bot.store.conversations import Conversation, Vault
from bot.store.tables import (
    appointments,
    gaps,
    handover_messages,
    handovers,
    outbox,
    ratings,
    staff,
)
from handlers import surge
from handlers.effects import (
    Book,
    CancelAppointment,
    CloseHandover,
    DropReminder,
    Effect,
    FileReport,
    Knock,
    NoteGap,
    OpenHandover,
    RaiseAlarm,
    Rate,
    RelayToCounselor,
    Remember,
    Remind,
    Reply,
    SetReminder,
    TakeHandover,
)
from handlers.texts import say
from knowledge_base.danger import KINDS

# An answer is still worth sending after a day; later the question has been asked again or forgotten.
VALID = timedelta(hours=24)
# What nobody asked for is not sent later than this (security.md 3.2).
SOON = timedelta(hours=2)
DeskGets = Literal["off", "notices", "content"]
# Staff read notices in this language until they can choose.
STAFF_LANGUAGE = "en"


class SlotTaken(Exception):
    """Somebody else took the last seat of the slot meanwhile."""


@dataclass(slots=True)
class Turn:
    """The transaction in which the effects of one event are applied; `cause` is the event's random id."""

    conn: Connection
    vault: Vault
    conversation: Conversation
    cause: str
    now: datetime
    desk: DeskGets
    memory: Memory
    written: int = 0

    def apply(self, effect: Effect) -> None:  # noqa: C901 (a table: one case for each effect)
        """Write the rows of one effect."""
        match effect:
            case Reply():
                self._reply(effect)
            case Remind(text, choices):
                self._send(self.conversation.channel, Letter(text, choices, silent=True), once=True, valid=SOON)
            case SetReminder(minutes):
                due = (self.now + timedelta(minutes=minutes)).timestamp()
                reminders.keep(self.conn, self.conversation.id, secrets.token_hex(16), due)
            case DropReminder():
                reminders.drop(self.conn, self.conversation.id)
            case Remember():
                self._remember(effect)
            case OpenHandover():
                self._open(effect)
            case RelayToCounselor(handover, text):
                self._relay(handover, text)
            case RaiseAlarm(handover, reason):
                self._raise(handover, reason)
            case TakeHandover(handover, counselor):
                self._take(handover, counselor)
            case CloseHandover(handover, _):
                self._close(handover)
            case Knock(handover):
                self._knock(handover)
            case Book():
                self._book(effect)
            case CancelAppointment(appointment):
                self._cancel(appointment)
            case FileReport():
                self._file(effect)
            case NoteGap(question):
                self._gap(question)
            case Rate(entry, helpful):
                self._rate(entry, helpful)
            case _:
                assert_never(effect)

    def _reply(self, effect: Reply) -> None:
        letter = Letter(effect.text, effect.choices, effect.author)
        uid = self._send(self.conversation.channel, letter)
        case = self._open_case()
        if effect.author and case:
            self._note(case, "counselor", effect.text, uid)

    def _knock(self, handover: str) -> None:
        """A template costs money, and twice it would be a nuisance: it is not repeated when its outcome is unknown."""
        uid = self._send(self.conversation.channel, Letter("", template="reply"), once=True)
        self._note(handover, "bot", say(STAFF_LANGUAGE, "reason-knocked"), uid)

    def _send(self, channel: str, letter: Letter, *, once: bool = False, valid: timedelta = VALID) -> str:
        uid = secrets.token_hex(16)
        row = {
            "uid": uid,
            "conversation_id": self.conversation.id,
            "cause": f"{self.cause}:{self.written}",
            "channel": channel,
            "body": self._sealed("outbox", uid, codec.encode(letter)),
            "due": self.now.timestamp(),
            "valid_until": (self.now + valid).timestamp(),
        }
        self.conn.execute(outbox.insert().values(**row, status="ready", attempts=0, once=once))
        self.written += 1
        return uid

    def _remember(self, effect: Remember) -> None:
        new = {name: getattr(effect, name) for name in ("language", "chosen", "welcomed", "stopped")}
        kept = {name: getattr(self.memory, name) if value is None else value for name, value in new.items()}
        self.memory = Memory(**kept, last_heard=self.memory.last_heard)

    def _open(self, effect: OpenHandover) -> None:
        row = {
            "id": effect.handover,
            "conversation_id": self.conversation.id,
            "reason": effect.reason,
            "urgent": effect.urgent,
        }
        self.conn.execute(handovers.insert().values(**row, status="waiting", opened_at=self.now.timestamp()))
        self._notice(effect.handover, effect.reason, urgent=effect.urgent)
        if effect.question:
            self._relay(effect.handover, effect.question)

    def _relay(self, handover: str, text: str) -> None:
        self._note(handover, "client", text, secrets.token_hex(16))
        if self.desk == "content":
            self._send("desk", Letter(text, handover=handover, author="client"))

    def _raise(self, handover: str, reason: str) -> None:
        if reason in KINDS:
            change = handovers.update().where(handovers.c.id == handover)
            self.conn.execute(change.values(reason=reason, urgent=True))
        self._notice(handover, reason, urgent=True)

    def _notice(self, handover: str, reason: str, *, urgent: bool) -> None:
        """Tell the desk and the case's own record, in our words only."""
        words = say(STAFF_LANGUAGE, f"reason-{reason}")
        self._note(handover, "bot", words, secrets.token_hex(16))
        mark = say(STAFF_LANGUAGE, "desk-urgent") if urgent else ""
        self._tell(
            say(STAFF_LANGUAGE, "desk-notice", alias=self.conversation.alias, reason=words, urgent=mark), handover
        )

    def tell_trouble(self) -> None:
        """Tell the desk, without a word of it, that an event of this client could not be handled."""
        self._tell(say(STAFF_LANGUAGE, "desk-trouble", alias=self.conversation.alias))

    def _tell(self, text: str, handover: str = "") -> None:
        if self.desk != "off":
            self._send("desk", Letter(text, handover=handover, author="bot"))

    def _take(self, handover: str, counselor: str) -> None:
        known = self.conn.execute(sa.select(staff.c.id).where(staff.c.alias == counselor)).scalar()
        change = handovers.update().where(handovers.c.id == handover)
        values = {"status": "taken", "counselor_id": known or counselor, "taken_at": self.now.timestamp()}
        self.conn.execute(change.values(**values))

    def _close(self, handover: str) -> None:
        change = handovers.update().where(handovers.c.id == handover)
        self.conn.execute(change.values(status="closed", closed_day=self._day()))
        if self.desk == "content":
            self._send("desk", Letter("", handover=handover, author="close"))

    def _note(self, handover: str, author: str, text: str, uid: str) -> None:
        body = self._sealed("handover_messages", uid, codec.encode(Letter(text)))
        row = {"uid": uid, "handover_id": handover, "conversation_id": self.conversation.id, "author": author}
        self.conn.execute(handover_messages.insert().values(**row, body=body, day=self._day()))

    def _book(self, effect: Book) -> None:
        """Take the first free seat; the unique (slot, seat) decides between two clients."""
        if effect.moving:
            self._cancel(effect.moving)
        taken = set(self.conn.scalars(sa.select(appointments.c.seat).where(appointments.c.slot == effect.slot)))
        seat = next((seat for seat in range(effect.seats) if seat not in taken), None)
        if seat is None:
            raise SlotTaken
        row_id = secrets.token_hex(16)
        body = self._sealed("appointments", row_id, codec.encode(Letter(effect.code)))
        row = {"id": row_id, "conversation_id": self.conversation.id, "slot": effect.slot, "seat": seat}
        code = self.vault.keyring.code_lookup(effect.code)
        self.conn.execute(appointments.insert().values(**row, code_lookup=code, body=body))

    def _cancel(self, appointment: str) -> None:
        own = (appointments.c.id == appointment) & (appointments.c.conversation_id == self.conversation.id)
        self.conn.execute(appointments.delete().where(own))

    def _file(self, effect: FileReport) -> None:
        incidents.count(self.conn, effect.week, effect.kind, effect.county)
        if effect.story:
            told = incidents.Told(effect.kind, effect.county, effect.week, effect.story)
            incidents.tell(self.conn, self.vault.keyring, told)
        today = self.now.date()
        if self.desk != "off" and surge.on(incidents.weekly(self.conn), today):
            words = say(STAFF_LANGUAGE, "desk-surge")
            notices.post(self.conn, self.vault, f"surge:{surge.week(today)}", words, self.now)

    def _gap(self, question: str) -> None:
        uid = secrets.token_hex(16)
        body = self._sealed("gaps", uid, codec.encode(Letter(question)))
        self.conn.execute(
            gaps.insert().values(uid=uid, conversation_id=self.conversation.id, body=body, day=self._day())
        )

    def _rate(self, entry: str, helpful: bool) -> None:
        column = ratings.c.helpful if helpful else ratings.c.unhelpful
        same = (ratings.c.day == self._day()) & (ratings.c.entry_id == entry)
        if not self.conn.execute(ratings.update().where(same).values({column: column + 1})).rowcount:
            row = {"day": self._day(), "entry_id": entry, "helpful": int(helpful), "unhelpful": int(not helpful)}
            self.conn.execute(ratings.insert().values(**row))

    def _open_case(self) -> str | None:
        mine = (handovers.c.conversation_id == self.conversation.id) & (handovers.c.status != "closed")
        return self.conn.execute(sa.select(handovers.c.id).where(mine)).scalar()

    def _sealed(self, table: str, row: str, plain: bytes) -> bytes:
        return self.conversation.seal.seal(plain, table=table, column="body", row=row)

    def _day(self) -> str:
        return f"{self.now:%Y-%m-%d}"
