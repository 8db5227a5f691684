"""Apply a decision's effects: one case for each, rows only. A conflict rolls the turn back, and it is decided again."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, assert_never

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.store import alerts, codec, handovers, incidents, letters, notices, ratings, reminders, roster, visits
from bot.store.codec import Letter, Memory
from bot.store.conversations import Conversation, Vault
from bot.store.tables import OPEN, gaps, handover_messages, outbox
from bot.store.tables import handovers as rows
from handlers import surge
from handlers.effects import (
    AlertStaff,
    Book,
    CancelAppointment,
    CloseHandover,
    DropReminder,
    Effect,
    FileReport,
    Knock,
    NoteForStaff,
    NoteGap,
    OpenHandover,
    RaiseAlarm,
    Rate,
    RelayToCounselor,
    Remember,
    Remind,
    Reply,
    ReturnHandover,
    SetReminder,
    TakeHandover,
)
from handlers.texts import to_staff
from knowledge_base.danger import KINDS

# What nobody asked for is not sent later than this (security.md 3.2).
SOON = timedelta(hours=2)
DeskGets = Literal["off", "notices", "content"]


class Overtaken(Exception):
    """Something else happened meanwhile: the decision is made again."""


class SlotTaken(Overtaken):
    """Somebody else took the last seat of the slot meanwhile."""


class CounselorAway(Overtaken):
    """The counselor ended the shift or got their last case meanwhile."""


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
    load_cap: int
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
            case ReturnHandover(handover, team, missed):
                handovers.returned(self.conn, handover, team, self.now.timestamp(), missed=missed)
            case NoteForStaff(handover, author, text):
                self._note(handover, "note", f"{author}: {text}", secrets.token_hex(16))
            case AlertStaff(handover, audience):
                self._alert(handover, audience)
            case CloseHandover(handover, _):
                self._close(handover)
            case Knock(handover):
                self._knock(handover)
            case Book():
                self._book(effect)
            case CancelAppointment(appointment):
                visits.cancel(self.conn, self.conversation.id, appointment)
            case FileReport():
                self._file(effect)
            case NoteGap(question):
                self._gap(question)
            case Rate(entry, helpful):
                ratings.count(self.conn, self._day(), entry, helpful=helpful)
            case _:
                assert_never(effect)

    def _reply(self, effect: Reply) -> None:
        letter = Letter(effect.text, effect.choices, effect.author)
        uid = self._send(self.conversation.channel, letter)
        case = self._open_case()
        if effect.author and case:
            self._note(case, "counselor", effect.text, uid)
            handovers.counselor_spoke(self.conn, case, self.now.timestamp())

    def _knock(self, handover: str) -> None:
        """A template costs money, and twice it would be a nuisance: it is not repeated when its outcome is unknown."""
        uid = self._send(self.conversation.channel, Letter("", template="reply"), once=True)
        self._note(handover, "bot", to_staff("reason-knocked"), uid)

    def _send(self, channel: str, letter: Letter, *, once: bool = False, valid: timedelta = letters.VALID) -> str:
        seal, cause = self.conversation.seal, f"{self.cause}:{self.written}"
        row = letters.row(seal, self.conversation.id, cause, channel, letter, self.now, valid=valid, once=once)
        self.conn.execute(outbox.insert().values(row))
        self.written += 1
        return str(row["uid"])

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
        handovers.opened(self.conn, row, self.now.timestamp())
        self._notice(effect.handover, effect.reason, urgent=effect.urgent)
        if effect.question:
            self._relay(effect.handover, effect.question)

    def _relay(self, handover: str, text: str) -> None:
        self._note(handover, "client", text, secrets.token_hex(16))
        handovers.client_spoke(self.conn, handover, self.now.timestamp())
        if self.desk == "content":
            self._send("desk", Letter(text, handover=handover, author="client"))

    def _raise(self, handover: str, reason: str) -> None:
        if reason in KINDS:
            handovers.graver(self.conn, handover, reason)
        self._notice(handover, reason, urgent=True)

    def _notice(self, handover: str, reason: str, *, urgent: bool) -> None:
        """Tell the desk and the case's own record, in our words only."""
        words = to_staff(f"reason-{reason}")
        self._note(handover, "bot", words, secrets.token_hex(16))
        mark = to_staff("desk-urgent") if urgent else ""
        self._tell(to_staff("desk-notice", alias=self.conversation.alias, reason=words, urgent=mark), handover)

    def tell_trouble(self) -> None:
        """Tell the desk, without a word of it, that an event of this client could not be handled."""
        self._tell(to_staff("desk-trouble", alias=self.conversation.alias))

    def _tell(self, text: str, handover: str = "") -> None:
        if self.desk != "off":
            self._send("desk", Letter(text, handover=handover, author="bot"))

    def _take(self, handover: str, counselor: str) -> None:
        known = roster.reserve(self.conn, counselor, self.load_cap)
        if known is None:
            raise CounselorAway
        handovers.taken(self.conn, handover, known, self.now.timestamp())

    def _alert(self, handover: str, audience: str) -> None:
        opened = self.conn.execute(sa.select(rows.c.opened_at).where(rows.c.id == handover)).scalar_one()
        alerts.tell(self.conn, handover, audience, self.now.timestamp())
        who, minutes = to_staff(f"alert-{audience}"), int((self.now.timestamp() - opened) // 60)
        self._tell(to_staff("desk-again", alias=self.conversation.alias, minutes=minutes, who=who), handover)

    def _close(self, handover: str) -> None:
        handovers.closed(self.conn, handover, self.now)
        if self.desk == "content":
            self._send("desk", Letter("", handover=handover, author="close"))

    def _note(self, handover: str, author: str, text: str, uid: str) -> None:
        body = self._sealed("handover_messages", uid, codec.encode(Letter(text)))
        row = {"uid": uid, "handover_id": handover, "conversation_id": self.conversation.id, "author": author}
        self.conn.execute(handover_messages.insert().values(**row, body=body, day=self._day()))

    def _book(self, effect: Book) -> None:
        row_id = secrets.token_hex(16)
        body = self._sealed("appointments", row_id, codec.encode(Letter(effect.code)))
        row = {"id": row_id, "code_lookup": self.vault.keyring.code_lookup(effect.code), "body": body}
        if not visits.book(self.conn, self.conversation.id, effect, row):
            raise SlotTaken

    def _file(self, effect: FileReport) -> None:
        incidents.count(self.conn, effect.week, effect.kind, effect.county)
        if effect.story:
            told = incidents.Told(effect.kind, effect.county, effect.week, effect.story)
            incidents.tell(self.conn, self.vault.keyring, told)
        today = self.now.date()
        if self.desk != "off" and surge.on(incidents.weekly(self.conn), today):
            words = to_staff("desk-surge")
            notices.post(self.conn, self.vault, f"surge:{surge.week(today)}", words, self.now)

    def _gap(self, question: str) -> None:
        uid = secrets.token_hex(16)
        body = self._sealed("gaps", uid, codec.encode(Letter(question)))
        self.conn.execute(
            gaps.insert().values(uid=uid, conversation_id=self.conversation.id, body=body, day=self._day())
        )

    def _open_case(self) -> str | None:
        mine = (rows.c.conversation_id == self.conversation.id) & OPEN
        return self.conn.execute(sa.select(rows.c.id).where(mine)).scalar()

    def _sealed(self, table: str, row: str, plain: bytes) -> bytes:
        return self.conversation.seal.seal(plain, table=table, column="body", row=row)

    def _day(self) -> str:
        return f"{self.now:%Y-%m-%d}"
