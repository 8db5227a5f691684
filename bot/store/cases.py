"""Handovers as counselors see them: a card each, and the words of a case for whoever has it."""

from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.store import codec
from bot.store.conversations import Vault
from bot.store.tables import OPEN, conversations, handover_messages, handovers, outbox
from handlers import duty


class Card(NamedTuple):
    """A case, not a person: alias, reason, how long it waits. Nothing of what was said."""

    id: str
    alias: str
    reason: str
    urgent: bool
    status: str
    counselor: str
    opened_at: float
    team: str


class Line(NamedTuple):
    """One message of a case. `delivery` is "", "sent", "delivered", "read", "waiting" or "failed"."""

    id: int
    author: str
    text: str
    delivery: str


def queue(conn: Connection) -> list[Card]:
    """Return the open cases: the gravest first, then the oldest."""
    return sorted(_open(conn, OPEN), key=lambda card: (-duty.severity(card.reason), not card.urgent, card.opened_at))


def _open(conn: Connection, which: sa.ColumnElement[bool]) -> list[Card]:
    columns = (handovers.c.id, conversations.c.alias, handovers.c.reason, handovers.c.urgent, handovers.c.status)
    counselor = sa.func.coalesce(handovers.c.counselor_id, "")
    query = sa.select(*columns, counselor, handovers.c.opened_at, handovers.c.team).join(conversations).where(which)
    return [Card(*row) for row in conn.execute(query)]


def of_counselor(conn: Connection, staff_id: str) -> list[str]:
    """Return the open cases that a counselor has."""
    mine = (handovers.c.counselor_id == staff_id) & OPEN
    return list(conn.scalars(sa.select(handovers.c.id).where(mine)))


def card(conn: Connection, handover: str) -> Card | None:
    """Return one open case."""
    return next(iter(_open(conn, OPEN & (handovers.c.id == handover))), None)


def unanswered(conn: Connection, handover: str) -> bool:
    """Return whether the client was the last to write in a case."""
    spoken = (handover_messages.c.handover_id == handover) & (handover_messages.c.author.not_in(("bot", "note")))
    newest = sa.select(handover_messages.c.author).where(spoken).order_by(handover_messages.c.id.desc()).limit(1)
    return conn.execute(newest).scalar() == "client"


def lines(conn: Connection, vault: Vault, handover: str, last: int) -> Iterator[Line]:
    """Yield the messages of a case after the message `last`."""
    later = (handover_messages.c.handover_id == handover) & (handover_messages.c.id > last)
    sent = sa.select(handover_messages, outbox.c.status, outbox.c.delivery)
    joined = (
        sent.outerjoin(outbox, outbox.c.uid == handover_messages.c.uid).where(later).order_by(handover_messages.c.id)
    )
    seal = None
    for row in conn.execute(joined).all():
        seal = seal or vault.seal(conn, row.conversation_id)
        if seal:
            body = seal.open(row.body, table="handover_messages", column="body", row=row.uid)
            yield Line(row.id, row.author, codec.decode_letter(body).text, _delivery(row.status, row.delivery))


def _delivery(status: str | None, delivery: str | None) -> str:
    if status is None:
        return ""
    if status == "dead" or delivery == "failed":
        return "failed"
    return delivery or ("sent" if status == "sent" else "waiting")
