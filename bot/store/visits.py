"""Appointments: one row for each seat that is taken."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.store.tables import appointments
from handlers.effects import Book


def book(conn: Connection, conversation: str, wanted: Book, row: dict[str, Any]) -> bool:
    """Take the first free seat, giving up the appointment that is moved; return False when there is none.

    The unique (slot, seat) decides between two clients.
    """
    if wanted.moving:
        cancel(conn, conversation, wanted.moving)
    taken = set(conn.scalars(sa.select(appointments.c.seat).where(appointments.c.slot == wanted.slot)))
    seat = next((seat for seat in range(wanted.seats) if seat not in taken), None)
    if seat is None:
        return False
    conn.execute(appointments.insert().values(**row, conversation_id=conversation, slot=wanted.slot, seat=seat))
    return True


def cancel(conn: Connection, conversation: str, appointment: str) -> None:
    """Cancel the conversation's own appointment; somebody else's is left alone."""
    own = (appointments.c.id == appointment) & (appointments.c.conversation_id == conversation)
    conn.execute(appointments.delete().where(own))
