"""What a conversation is waiting for. Stored with its kind; old stored states must load for ever (tests/stored)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """Something the client may choose: `id` says what it means, `label` is shown and can be typed."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing is asked. `last_entry` gives context to a follow-up, `misses` counts questions in a row we could not answer."""

    offered: tuple[Choice, ...] = ()
    last_entry: str = ""
    misses: int = 0


@dataclass(frozen=True, slots=True)
class Clarifying:
    """We asked "do you mean"; `question` is kept sealed with the state so that a gap can be noted."""

    question: str
    offered: tuple[Choice, ...] = ()
    misses: int = 0


@dataclass(frozen=True, slots=True)
class PickingService:
    """Booking: which service. `moving` names the appointment that the new one replaces."""

    offered: tuple[Choice, ...] = ()
    moving: str = ""


@dataclass(frozen=True, slots=True)
class PickingDay:
    """Booking: which day."""

    service: str
    offered: tuple[Choice, ...] = ()
    moving: str = ""


@dataclass(frozen=True, slots=True)
class PickingSlot:
    """Booking: which time on `day` (ISO date)."""

    service: str
    day: str
    offered: tuple[Choice, ...] = ()
    moving: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmingSlot:
    """Booking: yes or no to `slot`."""

    slot: str
    offered: tuple[Choice, ...] = ()
    moving: str = ""


@dataclass(frozen=True, slots=True)
class WaitingForCounselor:
    """A handover is open and nobody has taken it yet; the bot goes on answering."""

    handover: str
    offered: tuple[Choice, ...] = ()
    last_entry: str = ""
    misses: int = 0


@dataclass(frozen=True, slots=True)
class WithCounselor:
    """A counselor is talking; the bot is silent but for safety, menu and stop."""

    handover: str
    offered: tuple[Choice, ...] = ()


State = (
    Idle | Clarifying | PickingService | PickingDay | PickingSlot | ConfirmingSlot | WaitingForCounselor | WithCounselor
)
