"""What a decision wants done. Each effect is applied by writing rows, nothing else."""

from dataclasses import dataclass, field

from handlers.states import Choice


@dataclass(frozen=True, slots=True)
class Reply:
    """Say `text` to the client and offer `choices` with it. `author` is a counselor's alias when a person speaks."""

    text: str = field(repr=False)
    choices: tuple[Choice, ...] = field(default=(), repr=False)
    author: str = ""


@dataclass(frozen=True, slots=True)
class SetReminder:
    """Let the event `TimeCame` happen in `minutes`, in place of an earlier one."""

    minutes: int


@dataclass(frozen=True, slots=True)
class DropReminder:
    """Take the reminder back."""


@dataclass(frozen=True, slots=True)
class Remind:
    """Say something that the client did not just ask for: silently, soon or not at all, and never twice."""

    text: str = field(repr=False)
    choices: tuple[Choice, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Remember:
    """Keep something about the client beyond the state. `None` leaves a value as it is."""

    language: str | None = None
    chosen: bool | None = None
    welcomed: bool | None = None
    stopped: bool | None = None


@dataclass(frozen=True, slots=True)
class OpenHandover:
    """Give the conversation to a person. `urgent` stands first in the queue; `reason` is an alarm kind or "asked"."""

    handover: str
    reason: str
    urgent: bool
    question: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RelayToCounselor:
    """Hand the client's words to the counselor of an open handover."""

    handover: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RaiseAlarm:
    """Tell the counselors of an open handover that danger was noticed; the text travels separately."""

    handover: str
    reason: str


@dataclass(frozen=True, slots=True)
class TakeHandover:
    """Mark the handover as taken by a counselor."""

    handover: str
    counselor: str


@dataclass(frozen=True, slots=True)
class ReturnHandover:
    """Put the handover back into the queue of `team`. `missed`: its counselor left the client waiting, and gets no new one
    until they say that they are there."""

    handover: str
    team: str = ""
    missed: bool = False


@dataclass(frozen=True, slots=True)
class NoteForStaff:
    """Write a note into the handover that only whoever has it reads."""

    handover: str
    author: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AlertStaff:
    """Tell an audience, without a word of what was said, that the handover waits: "shift", "all", "lead" or "second"."""

    handover: str
    audience: str


@dataclass(frozen=True, slots=True)
class CloseHandover:
    """Mark the handover as closed; `by` is a counselor's alias or "client"."""

    handover: str
    by: str


@dataclass(frozen=True, slots=True)
class Knock:
    """Tell the client of a handover, by the template that WhatsApp has approved, that a reply waits."""

    handover: str


@dataclass(frozen=True, slots=True)
class Book:
    """Take one seat of a slot under `code`; `moving` names an appointment to give up in the same transaction."""

    slot: str
    seats: int
    code: str
    moving: str = ""


@dataclass(frozen=True, slots=True)
class CancelAppointment:
    """Give the seat back."""

    appointment: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """Count an incident, with the client's consent; `week` and `county` may be "". A `story` is kept apart, sealed."""

    kind: str
    county: str = field(repr=False)
    week: str = field(repr=False)
    story: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NoteGap:
    """Keep (sealed) a question that we could not answer."""

    question: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rate:
    """Count whether an answer helped."""

    entry: str
    helpful: bool


Effect = (
    Reply | SetReminder | DropReminder | Remind | Remember | OpenHandover | RelayToCounselor | RaiseAlarm | TakeHandover
    | ReturnHandover | NoteForStaff | AlertStaff | CloseHandover | Knock | Book | CancelAppointment | FileReport | NoteGap | Rate
)  # fmt: skip
