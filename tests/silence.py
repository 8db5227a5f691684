"""While a person talks the bot is silent: any events in any order, and each automatic text must have one of the few reasons."""

from collections import Counter
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from handlers import choices, handover
from handlers.alarm import SAFETY
from handlers.choices import WHILE_TALKING
from handlers.duty import HOUR
from handlers.effects import Reply
from handlers.events import (
    CounselorClosed,
    CounselorPassedOn,
    CounselorSaid,
    CounselorTook,
    Event,
    Failed,
    Said,
    SentMedia,
    Started,
    Tapped,
    TimePassed,
    Undelivered,
)
from handlers.facts import Desk, Former, Hours
from knowledge_base import danger
from tests.given import NOW, Talk, facts
from tests.test_states import SAID, TAPPED

AT = NOW.timestamp()
NAMES = st.sampled_from(("Amani", "Zuri", "Lela", "Counselor"))
# What the talk's own menu offers.
OF_THE_MENU = frozenset(("talk", "end", *WHILE_TALKING))
ABOUT_THE_TALK = CounselorTook | CounselorClosed | CounselorPassedOn | TimePassed | CounselorSaid
HOURS = st.builds(
    Hours,
    since=st.floats(AT - HOUR, AT),
    rounds=st.integers(0, 5),
    alerted=st.none() | st.floats(AT - HOUR, AT),
    seen=st.booleans(),
    second=st.booleans(),
    owed=st.none() | st.none() | st.floats(AT - HOUR / 4, AT),
    spoke=st.sampled_from((AT - HOUR,) * 9 + (AT - 13 * HOUR,)),
    left=st.sampled_from((False,) * 9 + (True,)),
)

counted: Counter[str] = Counter()


def reason(talk: Talk, event: Event) -> str:
    """Return why the bot may say something to `event` while a counselor talks, "" when it may not."""
    if isinstance(event, ABOUT_THE_TALK):
        return "the talk itself"
    if isinstance(event, Said) and danger.spot(event.text):
        return "safety"
    match choices.meaning(handover.actual(talk.state, talk.facts), event):
        case Tapped(choice):
            return "menu" if choice in OF_THE_MENU else "safety" if choice in SAFETY else ""
        case Started():
            return "menu"
        case SentMedia() | Failed():
            return "not passed on"
    return ""


class Silence(RuleBasedStateMachine):
    """A conversation in which anything may happen."""

    def __init__(self) -> None:
        super().__init__()
        self.talk = Talk(facts())

    def happens(self, event: Event) -> None:
        """Let it happen; look at what the bot says if a counselor was talking."""
        talking, why = self.talk.facts.counselor, reason(self.talk, event)
        self.talk.happens(event)
        spoken = [reply for reply in self.talk.of(Reply) if not reply.author]
        counted["steps"] += 1
        counted["steps during a talk"] += bool(talking)
        if talking and spoken:
            counted[f"spoke: {why}"] += 1
            assert why, (
                f"{type(event).__name__} {getattr(event, 'choice', getattr(event, 'text', ''))!r}: {self.talk.said!r}"
            )

    @initialize()
    def somebody_is_there(self) -> None:
        """Most of the time somebody talks."""
        self.happens(Tapped(choices.COUNSELOR))
        self.happens(CounselorTook("Amani"))

    @rule(text=st.sampled_from(SAID) | st.text(max_size=30))
    def client_writes(self, text: str) -> None:
        """The client writes anything."""
        self.happens(Said(text))

    @rule(choice=st.sampled_from(TAPPED), kind=st.sampled_from(("photo", "voice", "other")), which=st.integers(0, 5))
    def client_touches(self, choice: str, kind: str, which: int) -> None:
        """The client taps, also on old keyboards, sends a picture, or opens the chat anew."""
        self.happens((Started(), SentMedia(kind))[which] if which < 2 else Tapped(choice))

    @rule(name=NAMES)
    def somebody_takes(self, name: str) -> None:
        """A counselor takes the case, which the client may have asked for just now."""
        if self.talk.facts.case is None:
            self.happens(Tapped(choices.COUNSELOR))
        self.happens(CounselorTook(name))

    @precondition(lambda self: self.talk.facts.case)
    @rule(name=NAMES, to=NAMES | st.just(""), team=st.sampled_from(("", "legal")), note=st.sampled_from(("", "note")))
    def somebody_passes_on(self, name: str, to: str, team: str, note: str) -> None:
        """A counselor or the lead passes the case on."""
        self.happens(CounselorPassedOn(name, to, team, note))

    @rule(name=NAMES, closes=st.sampled_from((False,) * 9 + (True,)))
    def somebody_speaks(self, name: str, closes: bool) -> None:
        """A counselor writes, or closes the case."""
        self.happens(CounselorClosed(name) if closes else CounselorSaid(name, "Pole."))

    @precondition(lambda self: self.talk.facts.case)
    @rule(hours=HOURS)
    def time_passes(self, hours: Hours) -> None:
        """Time passes, and with it whatever may be due."""
        case = self.talk.facts.case
        assert case
        self.talk.knows(case=replace(case, hours=hours))
        self.happens(TimePassed())

    @rule(there=st.integers(0, 3), away=st.frozensets(NAMES, max_size=2), former=st.none() | NAMES)
    def people_come_and_go(self, there: int, away: frozenset[str], former: str | None) -> None:
        """People begin and end their shifts."""
        known = Former(former, AT - HOUR) if former else None
        self.talk.knows(desk=Desk(there, "08:00", away), former=known)

    @rule(event=st.sampled_from((Failed(), Undelivered("window"), Undelivered("gone"))))
    def something_fails(self, event: Event) -> None:
        """Something of ours goes wrong."""
        self.happens(event)


def tried(runs: int, steps: int, at_least: int) -> None:
    """Try so many runs of so many steps; there must be enough of them, and a fifth of them while somebody talks."""
    counted.clear()
    machine = settings(max_examples=runs, stateful_step_count=steps, deadline=None)
    run_state_machine_as_test(Silence, settings=machine)
    print(f"\n{dict(counted)}")
    assert counted["steps"] >= at_least
    assert counted["steps during a talk"] >= at_least // 5
