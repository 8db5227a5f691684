"""What the dialogue's tests are given: a small library, a clinic, facts, and a conversation that is decided, not sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import count
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.store import codec
from handlers.decision import Decision
from handlers.dialogue import handle
from handlers.effects import (
    Book,
    CancelAppointment,
    CloseHandover,
    Effect,
    OpenHandover,
    RaiseAlarm,
    Remember,
    Reply,
    ReturnHandover,
    TakeHandover,
)
from handlers.events import Event, Said, SentMedia, Started, Tapped
from handlers.facts import Appointment, Case, Client, Clinic, Desk, Facts, Fresh, Service
from handlers.states import Idle, State
from knowledge_base.calibration import packaged
from knowledge_base.danger import KINDS
from knowledge_base.library import Library
from knowledge_base.model import Answer, Contact, Entry, Match, Phrasing, Review, Source, Urgency

T = TypeVar("T")
NAIROBI = ZoneInfo("Africa/Nairobi")
# A Wednesday morning, when the clinic is open.
NOW = datetime(2026, 3, 4, 9, 0, tzinfo=NAIROBI)

# What the small library finds, by the question's words: one entry, several, or nothing.
FOUND: Mapping[str, Sequence[tuple[str, float]]] = {
    "what is prep": [("prep", 0.99)],
    "nini ni prep": [("prep", 0.99)],
    "is it fair": [("bare", 0.99)],
    "old question": [("withdrawn", 0.99)],
    "can i get it from mouth": [("oral", 0.5), ("kissing", 0.45), ("withdrawn", 0.4)],
    "mdomo je": [("kissing", 0.5), ("oral", 0.45)],
    "sort of": [("prep", 0.05)],
    "i want to kill myself": [("oral", 0.99)],
    "the rubber tore last night": [("pep-urgent", 0.99)],
    "the tear last night": [("pep-urgent", 0.99)],  # no danger rule hears a condom in it
    "what if the rubber tears": [("pep-urgent", 0.99)],
    "i was thrown out of home": [("family-rejection", 0.99)],
}


class FewQuestions:
    """An index that knows `FOUND` only, so that these tests say what is decided and not how well a text is found."""

    calibration = replace(packaged(), sure=0.75, unsure=0.12)

    def search(self, text: str, lang: str | None = None, limit: int = 5) -> list[Match]:
        """Return the matches of exactly this question."""
        return [Match(entry, score) for entry, score in FOUND.get(text.lower().strip(" ?"), ())][:limit]


@dataclass(frozen=True)
class SmallLibrary(Library):
    """A library over `FewQuestions`."""

    @property
    def index(self) -> FewQuestions:  # type: ignore[override]  # the real one is searched in the transcripts
        """The few questions."""
        return FewQuestions()


def entry(name: str, **changes: object) -> Entry:
    """Return an entry with texts that name it, in both languages."""
    answers = {
        "en": Answer(f"About {name}", f"{name.capitalize()} in short.", f"{name.capitalize()} at length."),
        "sw": Answer(f"Kuhusu {name}", f"{name.capitalize()} kwa ufupi.", f"{name.capitalize()} kwa urefu."),
    }
    sources = (Source("WHO", "A guideline", "2025"), Source("NASCOP", "Another"))
    made = Entry(name, "topic", Urgency.NORMAL, answers, (Phrasing(name, "en"),), sources=sources)
    return replace(made, **changes)  # type: ignore[arg-type]


ENTRIES = (
    entry("prep", related=("oral", "withdrawn", "kissing"), next=("book",), contacts=("emergency", "old", "nobody")),
    entry("oral", related=("kissing",), review=Review("Dr. A", "2026-01-02", "2027-01-02")),
    entry("kissing", answers={"en": Answer("About kissing", "Kissing in short.")}, related=("withdrawn",)),
    entry("bare", answers={"en": Answer("Bare", "Bare in short.", "")}),
    entry("pep-urgent"),
    entry("pep-where"),
    entry("pep-too-late"),
    entry("family-rejection"),
    entry("legal-aid"),
)
CONTACTS = (
    Contact("emergency", "999", {"en": "Police", "sw": "Polisi"}, free=True, hours="24h", ready=True),
    Contact("distress", "1199", {"en": "Red Cross", "sw": "Red Cross"}, free=True, ready=True),
    Contact("violence", "1195", {"en": "Violence line", "sw": "Ukatili"}, ready=True),
    Contact("child", "116", {"en": "Childline", "sw": "Childline"}, free=True, hours="24h", ready=True),
    Contact("old", "000", {"en": "Old", "sw": "Zamani"}),
)
LIBRARY = SmallLibrary({one.id: one for one in ENTRIES}, {one.id: one for one in CONTACTS})
WITHDRAWN = SmallLibrary({}, {})

SERVICES = (
    Service("test", {"en": "HIV test", "sw": "Kipimo cha HIV"}, 30, seats=2),
    Service("prep", {"en": "PrEP visit", "sw": "PrEP"}, 60),
)
WEEKDAYS = {day: ((time(8), time(13)), (time(14), time(17))) for day in range(5)}
CLINIC = Clinic("Clinic", "the clinic", SERVICES, WEEKDAYS, frozenset({date(2026, 3, 6)}))

WAITING = Case("case-1", "asked")
IN_DANGER = Case("case-1", "suicide")
TAKEN = Case("case-1", "asked", "Amani")
VISIT = Appointment("visit-1", "prep@2026-03-05T09:00", "ABC-234")


def facts(lang: str = "en", /, **changes: object) -> Facts:
    """Return facts about a client who was welcomed and speaks `lang`, with one counselor on shift."""
    client = Client("P-417", "web", language=lang, welcomed=True)
    made = Facts(NOW, client, LIBRARY, CLINIC, Desk(1, "08:00"), Fresh("XYZ-567", "case-9"), "our group")
    return replace(made, **changes)  # type: ignore[arg-type]


def stored(state: State) -> State:
    """Return the state as the next turn reads it."""
    return codec.decode_state(codec.encode_kind(state))


def as_read(event: Event) -> Event:
    """Return the event as it is read from the inbox."""
    return codec.decode_event(codec.encode_kind(event))


@dataclass
class Talk:
    """A conversation that is decided turn by turn; what is decided becomes the facts of the next turn."""

    facts: Facts = field(default_factory=facts)
    state: State = field(default_factory=Idle)
    last: Decision = field(default_factory=lambda: Decision(Idle()))
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def says(self, text: str) -> str:
        """Write `text`; return what the bot says."""
        return self.happens(Said(text))

    def taps(self, choice: str) -> str:
        """Tap the choice with this id, or the first one of this kind."""
        offered = [one.id for one in self.state.offered if one.id.partition(":")[0] == choice]
        return self.happens(Tapped(next(iter(offered), choice)))

    def starts(self) -> str:
        """Open the conversation."""
        return self.happens(Started())

    def sends(self, kind: str = "photo") -> str:
        """Send what is no text."""
        return self.happens(SentMedia(kind))

    def happens(self, event: Event) -> str:
        """Let `event` happen; return what the bot says."""
        self.last = handle(stored(self.state), as_read(event), self.facts)
        self.state = self.last.state
        for effect in self.last.effects:
            self._comes_true(effect)
        return self.said

    @property
    def said(self) -> str:
        """All that was said in the last turn."""
        return "\n\n".join(reply.text for reply in self.of(Reply))

    @property
    def offered(self) -> list[str]:
        """The labels that can be chosen now."""
        return [choice.label for choice in self.state.offered]

    @property
    def ids(self) -> list[str]:
        """The ids that can be chosen now."""
        return [choice.id for choice in self.state.offered]

    def of(self, kind: type[T]) -> list[T]:
        """The effects of this kind in the last turn."""
        return [effect for effect in self.last.effects if isinstance(effect, kind)]

    def knows(self, **changes: object) -> None:
        """Let something else be true from now on."""
        self.facts = replace(self.facts, **changes)  # type: ignore[arg-type]

    def _comes_true(self, effect: Effect) -> None:
        match effect:
            case Remember():
                new = {name: getattr(effect, name) for name in ("language", "chosen", "welcomed", "stopped")}
                changed = {name: value for name, value in new.items() if value is not None}
                self.knows(client=replace(self.facts.client, **changed))
            case Book(slot, _, code, moving):
                self._gives_up(moving)
                self.knows(
                    appointments=(Appointment(f"visit-{next(self.numbers)}", slot, code),),
                    taken={**self.facts.taken, slot: self.facts.taken.get(slot, 0) + 1},
                )
            case CancelAppointment(visit):
                self._gives_up(visit)
            case _:
                self._moves(effect)

    def _moves(self, effect: Effect) -> None:
        """Let what happens to a handover come true."""
        reason = self.facts.case.reason if self.facts.case else ""
        match effect:
            case OpenHandover(handover, reason):
                self.knows(case=Case(handover, reason), fresh=Fresh("XYZ-567", f"case-{next(self.numbers)}"))
            case RaiseAlarm(handover, raised) if raised in KINDS:
                self.knows(case=Case(handover, raised, self.facts.counselor))
            case TakeHandover(handover, counselor):
                self.knows(case=Case(handover, reason, counselor))
            case ReturnHandover(handover):
                self.knows(case=Case(handover, reason))
            case CloseHandover():
                self.knows(case=None)

    def _gives_up(self, visit: str) -> None:
        gone = {one.slot for one in self.facts.appointments if one.id == visit}
        self.knows(
            appointments=tuple(one for one in self.facts.appointments if one.id != visit),
            taken={slot: seats - (slot in gone) for slot, seats in self.facts.taken.items()},
        )
