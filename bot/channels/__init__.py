"""What the channels have in common: what arrives, what is sent, and how sending may fail."""

from dataclasses import dataclass, field
from typing import Protocol

from handlers.events import Event
from handlers.states import Choice


@dataclass(frozen=True, slots=True)
class Address:
    """Where a client can be reached: a Telegram chat id, a phone number, a web token. Never shown, never logged."""

    channel: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Thread:
    """A forum topic of the counselors' desk: what is written there belongs to the handover with that thread."""

    id: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something happened, with the outside id that makes repetition harmless: (source, external_id) is unique."""

    source: str
    external_id: str
    sender: Address | Thread | str
    event: Event


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a channel is asked to send. `reference` is the outbox row's random id, for status callbacks. A `template` names
    words that WhatsApp has approved; they go instead of the text. A `silent` one makes no sound, where the channel can do that."""

    to: Address | Thread
    text: str = field(repr=False)
    choices: tuple[Choice, ...] = ()
    reference: str = ""
    template: str = ""
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """The channel accepted the parcel under `external_id` ("" when it gives none)."""

    external_id: str = ""


class NotSent(Exception):
    """The parcel was certainly not accepted. The subclasses say what to do about it."""


class Throttled(NotSent):
    """Too fast; try again after `retry_after` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__("throttled")
        self.retry_after = retry_after


class Unreachable(NotSent):
    """No connection was made; try again later."""


class WindowClosed(NotSent):
    """WhatsApp's 24 hours since the client's last message are over."""


class ClientGone(NotSent):
    """The client blocked us, left, or the address does not exist; do not try again."""


class Misconfigured(NotSent):
    """Our fault: wrong token, wrong sender, refused parameter. Trying again does not help until somebody mends it."""


class Ambiguous(Exception):
    """The provider may or may not have accepted the parcel (5xx, timeout after writing, disconnect)."""


class Channel(Protocol):
    """One way to reach clients."""

    async def send(self, parcel: Parcel) -> Receipt:
        """Send one parcel; raises a `NotSent` or `Ambiguous`."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
