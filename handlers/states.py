"""What a conversation is waiting for. Stored with its kind; old stored states must load for ever (tests/stored).

What was asked and offered tells what somebody fears, so that it never shows in a repr.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Choice:
    """Something the client may choose: `id` says what it means, `label` is shown and can be typed."""

    id: str
    label: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing is asked. `last_entry` is the entry answered last; `misses` counts messages in a row we could make nothing of."""

    offered: tuple[Choice, ...] = field(default=(), repr=False)
    last_entry: str = field(default="", repr=False)
    misses: int = 0


@dataclass(frozen=True, slots=True)
class Clarifying:
    """We asked "do you mean"; `question` is kept sealed with the state so that a gap can be noted."""

    question: str = field(repr=False)
    offered: tuple[Choice, ...] = field(default=(), repr=False)
    misses: int = 0


@dataclass(frozen=True, slots=True)
class PickingService:
    """Booking: which service. `moving` names the appointment that the new one replaces."""

    offered: tuple[Choice, ...] = field(default=(), repr=False)
    moving: str = ""
    misses: int = 0


@dataclass(frozen=True, slots=True)
class PickingDay:
    """Booking: which day."""

    service: str
    offered: tuple[Choice, ...] = field(default=(), repr=False)
    moving: str = ""
    misses: int = 0


@dataclass(frozen=True, slots=True)
class PickingSlot:
    """Booking: which time on `day` (ISO date)."""

    service: str
    day: str
    offered: tuple[Choice, ...] = field(default=(), repr=False)
    moving: str = ""
    misses: int = 0


@dataclass(frozen=True, slots=True)
class ConfirmingSlot:
    """Booking: yes or no to `slot`."""

    slot: str
    offered: tuple[Choice, ...] = field(default=(), repr=False)
    moving: str = ""
    misses: int = 0


@dataclass(frozen=True, slots=True)
class AskingWhen:
    """PEP: how long ago it was."""

    offered: tuple[Choice, ...] = field(default=(), repr=False)
    misses: int = 0


@dataclass(frozen=True, slots=True)
class CountingHours:
    """PEP: it was after the hour `earliest` and before `latest` (ISO, in the clinic's time zone); the 72 hours run."""

    earliest: str = field(repr=False)
    latest: str = field(repr=False)
    offered: tuple[Choice, ...] = field(default=(), repr=False)
    last_entry: str = field(default="", repr=False)
    misses: int = 0


@dataclass(frozen=True, slots=True)
class Reporting:
    """A report of a `kind` of incident: how far the client agrees (`tier`), then the county (`place`: it was asked and
    answered), then the week."""

    kind: str = field(repr=False)
    tier: str = field(default="", repr=False)
    county: str = field(default="", repr=False)
    place: bool = False
    offered: tuple[Choice, ...] = field(default=(), repr=False)
    misses: int = 0


@dataclass(frozen=True, slots=True)
class TellingStory:
    """A report with everything but the story, which comes with the next message."""

    kind: str = field(repr=False)
    county: str = field(default="", repr=False)
    week: str = field(default="", repr=False)
    offered: tuple[Choice, ...] = field(default=(), repr=False)
    misses: int = 0


@dataclass(frozen=True, slots=True)
class WaitingForCounselor:
    """A handover is open and nobody has taken it yet; the bot goes on answering."""

    handover: str
    offered: tuple[Choice, ...] = field(default=(), repr=False)
    last_entry: str = field(default="", repr=False)
    misses: int = 0


@dataclass(frozen=True, slots=True)
class WithCounselor:
    """A counselor is talking; the bot is silent but for safety, menu and stop."""

    handover: str
    offered: tuple[Choice, ...] = field(default=(), repr=False)


BookingState = PickingService | PickingDay | PickingSlot | ConfirmingSlot
# Something is asked: a keyword in between must not lose it.
Asking = Clarifying | BookingState | AskingWhen | Reporting | TellingStory
# The bot answers itself.
Alone = Idle | Asking | CountingHours | WaitingForCounselor
State = Alone | WithCounselor
