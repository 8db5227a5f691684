"""Write events down: sealed, once for each outside id, in the conversation of their sender."""

import secrets
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.channels import Address, Arrival, Thread
from bot.store import codec, conversations, webchat
from bot.store.codec import Letter
from bot.store.conversations import Vault
from bot.store.inserts import insert
from bot.store.keyring import KeyProblem
from bot.store.sealed import Seal
from bot.store.tables import inbox
from handlers.events import Event, Said


def receive(conn: Connection, vault: Vault, arrivals: Iterable[Arrival], now: datetime) -> list[str]:
    """Write arrivals down; return the conversations that have something new. What came before changes nothing."""
    found = (_receive(conn, vault, arrival, now) for arrival in arrivals)
    return list(dict.fromkeys(conversation for conversation in found if conversation))


def _receive(conn: Connection, vault: Vault, arrival: Arrival, now: datetime) -> str | None:
    # Looked up before anything is made: a repeated first message must not make a conversation anew.
    if _seen(conn, vault, arrival):
        return None
    conversation_id = _conversation_of(conn, vault, arrival.sender, now)
    seal = vault.seal(conn, conversation_id) if conversation_id else None
    if conversation_id is None or seal is None:
        return None
    origin = (arrival.source, arrival.external_id)
    if not _write(conn, vault, seal, conversation_id, origin, arrival.event, now):
        return None
    if isinstance(arrival.sender, Address) and arrival.sender.channel == "web" and isinstance(arrival.event, Said):
        webchat.keep(conn, seal, conversation_id, "client", Letter(arrival.event.text), now)
    return conversation_id


def _seen(conn: Connection, vault: Vault, arrival: Arrival) -> bool:
    external = vault.keyring.external_hash(arrival.source, arrival.external_id)
    same = (inbox.c.source == arrival.source) & (inbox.c.external_hash == external)
    return conn.execute(sa.select(inbox.c.id).where(same)).first() is not None


def _conversation_of(conn: Connection, vault: Vault, sender: Address | Thread | str, now: datetime) -> str | None:
    match sender:
        case Address():
            return vault.find_or_make(conn, sender, now)
        case Thread(id=thread):
            return conversations.of_thread(conn, thread)
        case handover:
            return conversations.of_handover(conn, handover)


def owe(conn: Connection, vault: Vault, conversation_id: str, external_id: str, event: Event, now: datetime) -> None:
    """Write down an event that we ourselves caused (undelivered, failed); `external_id` keeps it from coming twice.

    A conversation that is gone or that cannot be opened any more is owed nothing.
    """
    try:
        seal = vault.seal(conn, conversation_id)
    except KeyProblem:
        return
    if seal:
        _write(conn, vault, seal, conversation_id, ("self", external_id), event, now)


def _write(
    conn: Connection,
    vault: Vault,
    seal: Seal,
    conversation_id: str,
    origin: tuple[str, str],
    event: Event,
    now: datetime,
) -> bool:
    """Insert one event, sealed; return False when its origin (source and outside id) was there already."""
    uid = secrets.token_hex(16)
    row = {
        "uid": uid,
        "source": origin[0],
        "external_hash": vault.keyring.external_hash(*origin),
        "conversation_id": conversation_id,
        "body": seal.seal(codec.encode_kind(event), table="inbox", column="body", row=uid),
        "received_day": f"{now:%Y-%m-%d}",
    }
    statement = insert(conn, inbox).values(**row, status="new", attempts=0).on_conflict_do_nothing()
    return conn.execute(statement).rowcount == 1
