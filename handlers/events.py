"""What can happen in a conversation. What comes from a client never shows in a repr, so that it cannot reach a log by
accident; that holds for a choice too, since a web page may send anything as one."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Said:
    """The client wrote something."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tapped:
    """The client tapped a choice; `choice` is the id of a `Choice` offered now or earlier."""

    choice: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SentMedia:
    """The client sent something that is not text: "photo", "voice", "sticker", "location" or "other". Never downloaded."""

    kind: str


@dataclass(frozen=True, slots=True)
class Started:
    """The client opened the conversation without saying anything yet (Telegram's /start, the web page's first load)."""


@dataclass(frozen=True, slots=True)
class CounselorTook:
    """A counselor took the handover."""

    counselor: str


@dataclass(frozen=True, slots=True)
class CounselorSaid:
    """A counselor wrote to the client. `counselor` is an alias, never a name."""

    counselor: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CounselorClosed:
    """A counselor closed the handover and gave the conversation back to the bot."""

    counselor: str


@dataclass(frozen=True, slots=True)
class CounselorPassedOn:
    """A counselor or the shift lead gave the handover to the counselor `to`, or with "" to the queue of `team` ("": of
    everybody)."""

    counselor: str
    to: str = ""
    team: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class TimePassed:
    """Something may be due for the open handover; what it is, the facts tell."""


@dataclass(frozen=True, slots=True)
class CounselorKnocked:
    """A counselor wants the client to be told that a reply waits, since WhatsApp lets nothing else through."""

    counselor: str


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A reply could not be delivered: "window" (WhatsApp's 24 hours are over) or "gone" (the client blocked us)."""

    reason: str


@dataclass(frozen=True, slots=True)
class TimeCame:
    """The time that was set for this conversation has come."""


@dataclass(frozen=True, slots=True)
class Failed:
    """An event of this conversation could not be handled three times; the client is owed one neutral sentence."""


# What counselors do in the threads of the desk.
FromDesk = CounselorTook | CounselorSaid | CounselorClosed | CounselorKnocked
Event = (
    Said | Tapped | SentMedia | Started | CounselorTook | CounselorSaid | CounselorClosed | CounselorPassedOn
    | CounselorKnocked | TimePassed | TimeCame | Undelivered | Failed
)  # fmt: skip
