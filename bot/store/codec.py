"""States, events and parcels as bytes, and back. A stored state that cannot be read is `Idle`, never an error."""

from collections.abc import Mapping
from types import UnionType
from typing import Any, get_args

import msgspec

from handlers.events import Event
from handlers.states import Choice, Idle, State

# No field of an event or a state may have this name.
KIND = "is"


class Unreadable(Exception):
    """Stored bytes are no event of this version."""


class Memory(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is remembered of a client beyond the state. `last_heard` (epoch seconds, of WhatsApp
    only, to the quarter of an hour) decides its 24 hours."""

    language: str = ""
    chosen: bool = False
    welcomed: bool = False
    stopped: bool = False
    last_heard: float = 0.0


class Letter(msgspec.Struct, frozen=True, omit_defaults=True):
    """The sealed content of a message. For the desk, `handover` names the case and `author` says who speaks. With a
    `template` ("reply") the words are those that WhatsApp has approved under this name. `silent`: without a sound."""

    text: str
    choices: tuple[Choice, ...] = ()
    author: str = ""
    handover: str = ""
    template: str = ""
    silent: bool = False

    def __repr__(self) -> str:
        """Show nothing of what was written, so that it cannot reach a log by accident."""
        return f"Letter(handover={self.handover!r})"


def encode(value: Any) -> bytes:
    """Return `value`, one of the types of this module or a part of one, as JSON."""
    return msgspec.json.encode(value)


def decode_memory(data: bytes) -> Memory:
    """Return the memory; a blank one when the bytes are of another version."""
    try:
        return msgspec.json.decode(data, type=Memory)
    except msgspec.MsgspecError:
        return Memory()


def decode_letter(data: bytes) -> Letter:
    """Return the letter; raises `msgspec.MsgspecError` when the bytes are none."""
    return msgspec.json.decode(data, type=Letter)


def encode_kind(value: object) -> bytes:
    """Return an event or a state together with the name of its kind."""
    return msgspec.json.encode({KIND: type(value).__name__} | msgspec.to_builtins(value))


def decode_state(data: bytes) -> State:
    """Return the stored state, or `Idle` when it cannot be read (renamed kind, missing field, garbage)."""
    try:
        state: State = _decode(State, data)
    except (msgspec.MsgspecError, KeyError, AttributeError):
        return Idle()
    return state


def decode_event(data: bytes) -> Event:
    """Return the stored event; raises `Unreadable`."""
    try:
        event: Event = _decode(Event, data)
    except (msgspec.MsgspecError, KeyError, AttributeError):
        raise Unreadable from None
    return event


def _decode(union: UnionType, data: bytes) -> Any:
    kinds = {kind.__name__: kind for kind in get_args(union)}
    raw: Mapping[str, Any] = msgspec.json.decode(data)
    fields = {name: value for name, value in raw.items() if name != KIND}
    return msgspec.convert(fields, kinds[raw[KIND]])
