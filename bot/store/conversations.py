"""Conversations: found by keyed HMAC of the address, made with random ids and a data key of their own."""

import secrets
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from bot.channels import Address
from bot.store import codec
from bot.store.codec import Memory
from bot.store.keyring import Keyring
from bot.store.sealed import Seal
from bot.store.tables import conversations, handovers
from handlers.states import Idle, State

# Aliases are drawn at random so that they tell neither how many clients there are nor who came first.
_ALIASES = 9_000_000
_HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation, opened: what a turn needs to know about it."""

    id: str
    alias: str
    channel: str
    seal: Seal
    address: Address
    memory: Memory
    state: State


class Vault:
    """Opens conversations with the keyring. Data keys stay in memory only as long as the call that needs them."""

    def __init__(self, keyring: Keyring) -> None:
        self.keyring = keyring

    def house(self) -> Conversation:
        """Return what stands for the house itself, where a notice to the desk is about nobody."""
        seal = Seal(self.keyring.house(), _HOUSE)
        return Conversation(_HOUSE, "", "desk", seal, Address("desk", ""), Memory(), Idle())

    def seal_of(self, row: RowMapping) -> Seal:
        """Return the seal of a conversation's row."""
        return Seal(self.keyring.unwrap(row["id"], row["kek"], row["dek"]), row["id"])

    def seal(self, conn: Connection, conversation_id: str) -> Seal | None:
        """Return the seal of a conversation, or None when it is gone."""
        row = _row(conn, conversations.c.id == conversation_id)
        return self.seal_of(row) if row else None

    def open(self, conn: Connection, conversation_id: str, *, lock: bool = False) -> Conversation | None:
        """Return the conversation; None when it is gone or, with `lock`, held by another transaction."""
        row = _row(conn, conversations.c.id == conversation_id, lock=lock)
        return self._opened(row) if row else None

    def _opened(self, row: RowMapping) -> Conversation:
        seal = self.seal_of(row)
        address = open_cell(seal, "conversations", "address", row).decode()
        memory = codec.decode_memory(open_cell(seal, "conversations", "memory", row))
        state = codec.decode_state(open_cell(seal, "conversations", "state", row))
        return Conversation(
            row["id"], row["alias"], row["channel"], seal, Address(row["channel"], address), memory, state
        )

    def find(self, conn: Connection, address: Address) -> str | None:
        """Return the id of the conversation with `address`."""
        lookup = self.keyring.lookup(address.channel, address.value)
        return conn.execute(sa.select(conversations.c.id).where(conversations.c.lookup == lookup)).scalar()

    def find_or_make(self, conn: Connection, address: Address, now: datetime) -> str:
        """Return the id of the conversation with `address`, made if it is new."""
        return self.find(conn, address) or self._make(conn, address, now)

    def _make(self, conn: Connection, address: Address, now: datetime) -> str:
        conversation_id = secrets.token_hex(16)
        dek, kek, plain = self.keyring.new_dek(conversation_id)
        seal = Seal(plain, conversation_id)
        cells = {
            "address": address.value.encode(),
            "memory": codec.encode(Memory()),
            "state": codec.encode_kind(Idle()),
        }
        sealed = {
            name: seal.seal(value, table="conversations", column=name, row=conversation_id)
            for name, value in cells.items()
        }
        lookup = self.keyring.lookup(address.channel, address.value)
        row = {"id": conversation_id, "lookup": lookup, "channel": address.channel, "alias": _new_alias(conn)}
        conn.execute(conversations.insert().values(**row, dek=dek, kek=kek, active_day=f"{now:%Y-%m-%d}", **sealed))
        return conversation_id

    def save(self, conn: Connection, conversation: Conversation, state: State, memory: Memory, now: datetime) -> None:
        """Store the state and the memory after a turn."""
        cells = {"memory": codec.encode(memory), "state": codec.encode_kind(state)}
        sealed = {
            k: conversation.seal.seal(v, table="conversations", column=k, row=conversation.id) for k, v in cells.items()
        }
        change = conversations.update().where(conversations.c.id == conversation.id)
        conn.execute(change.values(**sealed, active_day=f"{now:%Y-%m-%d}"))


def open_cell(seal: Seal, table: str, column: str, row: RowMapping, key: str = "id") -> bytes:
    """Return the plain bytes of a sealed cell; `key` names the column that holds the row's random id."""
    return seal.open(row[column], table=table, column=column, row=row[key])


def lock(conn: Connection, conversation_id: str) -> bool:
    """Keep the conversation for this transaction; return False when it is gone or another one has it."""
    return _row(conn, conversations.c.id == conversation_id, lock=True) is not None


def of_thread(conn: Connection, thread: int) -> str | None:
    """Return the conversation whose open handover has the desk's `thread`."""
    open_one = (handovers.c.thread == thread) & (handovers.c.status != "closed")
    return conn.execute(sa.select(handovers.c.conversation_id).where(open_one)).scalar()


def of_handover(conn: Connection, handover: str) -> str | None:
    """Return the conversation of an open handover."""
    open_one = (handovers.c.id == handover) & (handovers.c.status != "closed")
    return conn.execute(sa.select(handovers.c.conversation_id).where(open_one)).scalar()


def _row(conn: Connection, condition: sa.ColumnElement[bool], *, lock: bool = False) -> RowMapping | None:
    query = sa.select(conversations).where(condition)
    if lock:  # NO KEY UPDATE: new events that refer to the conversation can be written meanwhile
        query = query.with_for_update(skip_locked=True, key_share=True)
    return conn.execute(query).mappings().first()


def _new_alias(conn: Connection) -> str:
    alias = f"P-{1000 + secrets.randbelow(_ALIASES)}"
    taken = conn.execute(sa.select(conversations.c.id).where(conversations.c.alias == alias)).scalar()
    return _new_alias(conn) if taken else alias
