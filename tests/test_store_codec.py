"""What is stored is read again: every kind of state and event; what cannot be read does no harm."""

from dataclasses import fields
from typing import Any, get_args

import msgspec
import pytest

from bot.store import codec
from bot.store.codec import Letter, Memory, Unreadable
from handlers.events import Event, Said
from handlers.states import Choice, Idle, State

CHOICES = (Choice("book", "Book a visit"), Choice("counselor", "Talk to a person"))
VALUES: dict[Any, Any] = {str: "words", int: 2, bool: True}


def made(kind: Any) -> Any:
    """Return a value of a kind, with every field set."""
    return kind(**{field.name: VALUES.get(field.type, CHOICES) for field in fields(kind)})


@pytest.mark.parametrize("kind", get_args(State))
def test_states(kind: type) -> None:
    assert codec.decode_state(codec.encode_kind(made(kind))) == made(kind)


@pytest.mark.parametrize("kind", get_args(Event))
def test_events(kind: type) -> None:
    assert codec.decode_event(codec.encode_kind(made(kind))) == made(kind)


GARBAGE = [b"", b"{", b"7", b"null", b"[]", b"{}", b'{"is":"Sang"}', b'{"is":7}', b'{"is":"Said"}', b"\xff\xfe"]


@pytest.mark.parametrize("data", [*GARBAGE, b'{"is":"PickingDay"}', b'{"is":"Idle","misses":"x"}'])
def test_a_state_that_cannot_be_read_is_idle(data: bytes) -> None:
    assert codec.decode_state(data) == Idle()


@pytest.mark.parametrize("data", [*GARBAGE, b'{"is":"Said","text":7}'])
def test_an_event_that_cannot_be_read_is_told(data: bytes) -> None:
    with pytest.raises(Unreadable):
        codec.decode_event(data)


def test_a_field_of_a_later_version_is_passed_over() -> None:
    assert codec.decode_event(b'{"is":"Said","text":"words","mood":"good"}') == Said("words")
    assert codec.decode_memory(b'{"language":"sw","shoe_size":44}') == Memory(language="sw")


@pytest.mark.parametrize("data", [b"", b"[]", b'{"language":7}'])
def test_a_memory_that_cannot_be_read_is_blank(data: bytes) -> None:
    assert codec.decode_memory(data) == Memory()


def test_a_letter_that_cannot_be_read_is_an_error() -> None:
    letter = Letter("words", CHOICES, "Amani", "h1")
    assert codec.decode_letter(codec.encode(letter)) == letter
    with pytest.raises(msgspec.MsgspecError):
        codec.decode_letter(b"{}")


def test_no_kind_has_a_field_that_would_hide_its_name() -> None:
    kinds = (*get_args(State), *get_args(Event))
    assert not [kind for kind in kinds if codec.KIND in {field.name for field in fields(kind)}]
    assert len({kind.__name__ for kind in kinds}) == len(kinds)
