"""Every event in every state: never an error, always a state that can be stored, never a client left without an answer."""

import dataclasses
import itertools
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store import codec
from handlers import effects, events, states
from handlers.dialogue import handle
from handlers.effects import RelayToCounselor, Reply
from handlers.events import (
    CounselorClosed,
    CounselorKnocked,
    CounselorPassedOn,
    CounselorSaid,
    CounselorTook,
    Event,
    Failed,
    Said,
    SentMedia,
    Started,
    Tapped,
    TimeCame,
    TimePassed,
    Undelivered,
)
from handlers.facts import Facts
from handlers.states import (
    AskingWhen,
    Choice,
    Clarifying,
    ConfirmingSlot,
    CountingHours,
    Idle,
    PickingDay,
    PickingService,
    PickingSlot,
    Reporting,
    State,
    TellingStory,
    WaitingForCounselor,
    WithCounselor,
)
from tests.given import CLINIC, IN_DANGER, NOW, TAKEN, VISIT, WAITING, WITHDRAWN, Talk, as_read, facts, stored

STORED = Path(__file__).with_name("stored")
FREE, PAST = "test@2026-03-04T10:00", "test@2026-03-03T10:00"
OFFERED = (
    Choice("entry:prep", "About prep"),
    Choice("none", "Something else"),
    Choice("counselor", "Talk to a person"),
)
YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))
TIMES = (Choice("under24", "Less than 24 hours"), Choice("unknown", "I do not know"))
STATES: tuple[State, ...] = (
    Idle(),
    Idle(OFFERED, "prep", 1),
    Idle((), "withdrawn", 4),
    Clarifying("can i get it from mouth", OFFERED, 1),
    PickingService((Choice("service:test", "HIV test"), Choice("service:gone", "Gone"))),
    PickingDay("test", (Choice("day:2026-03-04", "Wed 4 Mar"),)),
    PickingDay("gone", (), VISIT.id, 2),
    PickingSlot("test", "2026-03-04", (Choice(f"slot:{FREE}", "10:00"), Choice("later:6", "Later times"))),
    PickingSlot("prep", "no day", (), "visit-gone"),
    ConfirmingSlot(FREE, YES_NO),
    ConfirmingSlot(PAST, YES_NO),
    ConfirmingSlot(VISIT.slot, YES_NO, VISIT.id),
    ConfirmingSlot("no slot", YES_NO),
    AskingWhen(TIMES),
    AskingWhen(TIMES, 1),
    CountingHours("2026-03-03T21", "2026-03-04T05", (Choice("where", "Where to get PEP"),), "pep-urgent"),
    CountingHours("2026-02-03T21", "2026-02-04T05"),
    CountingHours("no hour", ""),
    Reporting("arrest", "", "", False, (Choice("countme", "Count me"),)),
    Reporting(
        "blackmail", "countme", "", False, (Choice("county:Nairobi", "Nairobi"), Choice("nocounty", "I will not say"))
    ),
    Reporting("arrest", "mystory", "Kisumu", True, (Choice("thisweek", "This week"),)),
    TellingStory("arrest", "Kisumu", "2026-W10", (Choice("countonly", "Only count me"),)),
    Idle((Choice("report:arrest", "Count what happened"),)),
    WaitingForCounselor("case-1", OFFERED, "prep", 2),
    WaitingForCounselor("case-1", (Choice("step:suicide:breath", "What now"),), "", 1),
    WaitingForCounselor("case-1", (Choice("step:gone:breath", "What now"), Choice("step:suicide:gone", "What now"))),
    WithCounselor("case-1", (Choice("talk", "Go on talking"), Choice("end", "End the talk"))),
    WithCounselor("case-1", (Choice("read", "Read my reply"),)),
)
SAID = (
    "", "😀", "1", "9", "yes", "hapana", "0", "menu", "rudi", "stop", "msaada", "lugha", "kiswahili", "hi", "more", "source",
    "book", "my bookings", "what is prep", "can i get it from mouth", "qwpo zxmn", "i want to kill myself", "friday",
    "condom broke last night", "condom broke", "2 days ago", "what now", "my friend is suicidal", "nimekamatwa", "x" * 5000,
)  # fmt: skip
TAPPED = (
    "menu", "ask", "none", "entry:prep", "entry:gone", "where", "more:prep", "more", "source", "related:bare", "helped:prep",
    "unhelped:gone", "service:test", "service:gone", "day:2026-03-04", "day:never", "later:6", "later:x", f"slot:{FREE}",
    "slot:?", "yes", "no", f"move:{VISIT.id}", f"cancel:{VISIT.id}", "cancel:gone", "safe", "doubtful", "unsafe", "talk", "end",
    "when", "under24", "to72", "over72", "unknown", "slot:pep@2026-03-04T10:00", "slot:pep@never", "step:suicide:alone",
    "step:blackmail:pay", "step:eviction:bag", "step:gone:gone", "step", "alone:suicide:means", "together:arrest:bail",
    "alone:gone:gone", "entry:family-rejection", "notnow", "read", "settled", "unsettled", "report:arrest", "countme", "county:Nairobi", "nocounty",
    "countonly", "lang:sw", "lang:xx", "made up", "",
)  # fmt: skip
EVENTS: tuple[Event, ...] = (
    *map(Said, SAID),
    *map(Tapped, TAPPED),
    *map(SentMedia, ("photo", "voice", "sticker", "location", "other")),
    Started(),
    CounselorTook("Amani"),
    CounselorSaid("Amani", "Pole."),
    CounselorSaid("Zuri", "Mimi pia."),
    CounselorClosed("Amani"),
    CounselorPassedOn("Amani"),
    CounselorPassedOn("Amani", team="legal", note="Anahitaji wakili."),
    CounselorPassedOn("Amani", "Zuri"),
    TimePassed(),
    CounselorKnocked("Amani"),
    CounselorKnocked("Zuri"),
    Undelivered("window"),
    Undelivered("gone"),
    TimeCame(),
    Failed(),
)
CASES = (None, WAITING, IN_DANGER, TAKEN)
FULL = {f"{service.id}@{NOW.date() + timedelta(days=day)}T{hour:02}:{minute:02}": 9
        for service in CLINIC.services for day in range(15) for hour in range(24) for minute in (0, 30)}  # fmt: skip
CLOSED = frozenset(date(2026, 3, 4) + timedelta(days=day) for day in range(15))
# What else may be true: visits or none, entries withdrawn, services gone, slots taken, nobody on shift.
WORLDS: tuple[dict[str, object], ...] = (
    {},
    {"appointments": (VISIT,), "taken": {VISIT.slot: 1, FREE: 2}},
    {"appointments": (VISIT,), "library": WITHDRAWN, "taken": FULL},
    {"clinic": dataclasses.replace(CLINIC, services=())},
    {"clinic": dataclasses.replace(CLINIC, services=CLINIC.services[:1], closed=CLOSED)},
)


def everything() -> Iterator[tuple[State, Event, Facts]]:
    """Yield every state with every event, in every world, in both languages."""
    for number, (case, world) in enumerate(itertools.product(CASES, WORLDS)):
        known = facts(("en", "sw")[number % 2], case=case, **world)
        for state, event in itertools.product(STATES, EVENTS):
            yield stored(state), as_read(event), known


def test_every_kind_of_state_and_event_takes_part() -> None:
    assert {type(state) for state in STATES} == set(get_args(State))
    assert {type(event) for event in EVENTS} == set(get_args(Event))


@pytest.mark.parametrize("state", STATES)
def test_a_state_is_the_same_after_it_was_stored(state: State) -> None:
    assert stored(state) == state


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_is_the_same_after_it_was_stored(event: Event) -> None:
    assert as_read(event) == event


def test_every_event_in_every_state_is_decided_and_answered() -> None:
    for state, event, known in everything():
        decision = handle(state, event, known)
        case = f"{type(state).__name__} {codec.encode_kind(event)[:80]!r} {known.case}"
        assert stored(decision.state) == decision.state, case
        if isinstance(event, Said | Tapped | SentMedia | Started):
            heard = [effect for effect in decision.effects if isinstance(effect, Reply | RelayToCounselor)]
            old_keyboard = isinstance(event, Tapped) and known.counselor
            assert heard or old_keyboard, f"{case}: no answer"


def test_what_is_offered_can_be_chosen_in_the_next_turn() -> None:
    for state, event, known in everything():
        decision = handle(state, event, known)
        shown = [effect.choices for effect in decision.effects if isinstance(effect, Reply) and effect.choices]
        if shown and event != Failed():
            assert decision.state.offered == shown[-1], f"{type(state).__name__} {codec.encode_kind(event)[:80]!r}"


def test_no_bot_reply_is_empty_and_no_choice_is_offered_twice() -> None:
    for state, event, known in everything():
        for effect in handle(state, event, known).effects:
            if isinstance(effect, Reply):
                assert effect.text.strip()
                ids = [choice.id for choice in effect.choices]
                assert len(ids) == len(set(ids))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(EVENTS), max_size=25), st.sampled_from(WORLDS))
def test_any_sequence_of_events_leaves_a_conversation_that_goes_on(
    happened: list[Event], world: dict[str, object]
) -> None:
    talk = Talk(facts(**world))
    for event in happened:
        talk.happens(event)
        assert isinstance(talk.state, get_args(State))
        assert len(talk.facts.appointments) <= 1
    if talk.facts.counselor:
        talk.happens(CounselorClosed("Amani"))
    assert talk.says("menu")
    assert "counselor" in talk.ids


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_text_is_answered_and_repeats_no_sentence_of_ours_twice_running(texts: list[str]) -> None:
    talk, before = Talk(), ""
    for text in texts:
        said = talk.says(text)
        assert said
        assert said != before or not talk.state.misses  # type: ignore[union-attr]  # nobody has taken the case
        before = said


@pytest.mark.parametrize("path", sorted(STORED.glob("*.json")), ids=lambda path: path.stem)
def test_what_was_stored_once_loads_for_ever(path: Path) -> None:
    value: object
    if path.name.startswith("state-"):
        value = codec.decode_state(path.read_bytes())
    else:
        value = codec.decode_event(path.read_bytes())
    assert type(value).__name__ == json.loads(path.read_bytes())["is"]
    handle(value if isinstance(value, get_args(State)) else Idle(), value if isinstance(value, get_args(Event)) else Failed(), facts())  # fmt: skip


def test_every_kind_has_a_stored_sample() -> None:
    kinds = {f"state-{kind.__name__}" for kind in get_args(State)} | {
        f"event-{kind.__name__}" for kind in get_args(Event)
    }
    assert kinds <= {path.stem.split(".")[0] for path in STORED.glob("*.json")}


CANARY = "canary words of a client"
# These hold our own ids and the counselors' aliases; everything else may tell what somebody said or asked.
IDS = frozenset(
    "id service day slot moving handover counselor author reason by code appointment entry language kind to team audience".split()  # noqa: SIM905
)


def _kinds() -> Iterator[type]:
    yield from (*get_args(events.Event), *get_args(states.State), *get_args(effects.Effect), Choice)


@pytest.mark.parametrize("kind", tuple(_kinds()), ids=lambda kind: kind.__name__)
def test_no_repr_shows_what_a_client_said(kind: type) -> None:
    values = {field.name: _filled(field) for field in dataclasses.fields(kind)}
    assert CANARY not in repr(kind(**values))


def _filled(field: dataclasses.Field[object]) -> object:
    if field.name in ("offered", "choices"):
        return (Choice("id", CANARY),)
    return CANARY if field.type is str and field.name not in IDS else "id"


def test_no_repr_of_a_letter_shows_what_a_client_said() -> None:
    assert CANARY not in repr(codec.Letter(CANARY, (Choice("id", CANARY),)))
