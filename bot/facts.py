"""Gather what a handler may know about one conversation, from the database and the world."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.store import codec, handovers, roster, window
from bot.store.conversations import Conversation
from bot.store.tables import appointments
from bot.world import World, fresh
from handlers.facts import Appointment, Case, Client, Desk, Facts


def gather(conn: Connection, conversation: Conversation, world: World, now: datetime) -> Facts:
    """Return the facts for one turn."""
    memory, case = conversation.memory, handovers.of_client(conn, conversation.id)
    remembered = {name: getattr(memory, name) for name in ("language", "chosen", "welcomed", "stopped")}
    window_open = window.is_open(conversation.channel, memory, now.timestamp())
    client = Client(conversation.alias, conversation.channel, **remembered, window_open=window_open)
    return Facts(
        now=now,
        client=client,
        library=world.library,
        clinic=world.clinic,
        desk=_desk(conn, world, case),
        fresh=fresh(),
        organisation=world.organisation,
        taken=_taken(conn),
        appointments=tuple(_appointments(conn, conversation, now)),
        case=case,
        former=handovers.former(conn, conversation.id, now.timestamp()),
    )


def _desk(conn: Connection, world: World, case: Case | None) -> Desk:
    people = roster.people(conn)
    there = sum(one.there and one.alias != (case and case.counselor) for one in people)
    away = frozenset(one.alias for one in people if not one.may_take(world.load_cap))
    return Desk(there, world.opens, away, world.reply_minutes, world.template)


def _taken(conn: Connection) -> dict[str, int]:
    query = sa.select(appointments.c.slot, sa.func.count()).group_by(appointments.c.slot)
    return {row[0]: row[1] for row in conn.execute(query)}


def _appointments(conn: Connection, conversation: Conversation, now: datetime) -> Iterable[Appointment]:
    """Yield the client's visits to come, soonest first."""
    query = sa.select(appointments).where(appointments.c.conversation_id == conversation.id)
    rows = sorted(conn.execute(query).all(), key=lambda row: row.slot.partition("@")[2])
    for row in rows:
        if row.slot.partition("@")[2] >= f"{now:%Y-%m-%dT%H:%M}":
            body = conversation.seal.open(row.body, table="appointments", column="body", row=row.id)
            yield Appointment(row.id, row.slot, codec.decode_letter(body).text)
