"""Booking: which service, which day, which time, yes or no. No name is asked, and a code stands for the visit."""

from dataclasses import replace
from datetime import date

from handlers import choices, clock, question, slots, visit
from handlers.common import at_rest, for_counselor, menu, resting, unheard
from handlers.decision import Decision
from handlers.effects import Book, Reply
from handlers.events import Event, Said, Tapped
from handlers.facts import Facts, Service
from handlers.slots import Slot
from handlers.states import BookingState, Choice, ConfirmingSlot, PickingDay, PickingService, PickingSlot, State
from handlers.texts import say
from knowledge_base.words import words

# How many days and times are offered at once: a numbered SMS with more is not read.
DAYS_SHOWN = 5
TIMES_SHOWN = 6
# How often words that are no choice are asked about before they are taken for a question.
PATIENCE = 2


def begin(_: State, facts: Facts) -> Decision:
    """Start a booking; whoever has a visit already is shown that one."""
    if facts.appointments:
        return visit.have(facts.appointments[0], facts)
    return _services(facts)


def back(state: State, facts: Facts) -> Decision | None:
    """Go one step back in a booking; None outside of one."""
    match state:
        case ConfirmingSlot(slot=slot_id, moving=moving):
            slot = slots.parse(slot_id, facts.now)
            return _times(facts, slot.service, slot.starts.date(), moving) if slot else menu(facts)
        case PickingSlot(service=service, moving=moving):
            return _days(facts, service, moving)
        case PickingDay(moving=moving) if moving:
            return visit.show(state, facts)
        case PickingDay() if len(facts.clinic.services) > 1:
            return _services(facts)
        case PickingDay() | PickingService():
            return menu(facts)
    return None


def again(state: State, facts: Facts) -> Decision | None:
    """Ask the question of this step again, in the language of the facts; None outside of a booking."""
    match state:
        case ConfirmingSlot(slot=slot_id, moving=moving):
            return confirm(facts, slot_id, moving)
        case PickingSlot(service=service, day=day, moving=moving):
            return _times(facts, service, _date(day), moving)
        case PickingDay(service=service, moving=moving):
            return _days(facts, service, moving)
        case PickingService():
            return _services(facts)
    return None


def picking(state: State, event: Event, facts: Facts) -> Decision | None:
    """Take the next step with the choice that was tapped or typed. Other words may be a question; else we ask again."""
    match state, event:
        case PickingService() | PickingDay() | PickingSlot() | ConfirmingSlot(), Said():
            return _in_words(state, event, facts)
        case PickingService() | PickingDay() | PickingSlot() | ConfirmingSlot(), Tapped(choice):
            return _step(state, choice, facts)
    return None


def _in_words(state: BookingState, event: Said, facts: Facts) -> Decision | None:
    days = [
        choice
        for choice in state.offered
        if clock.spoken(_date(choice.id.partition(":")[2]), facts.now) & {*words(event.text)}
    ]
    if len(days) == 1:
        return _step(state, days[0].id, facts)
    if question.sure(event.text, facts) or state.misses >= PATIENCE:
        return None
    return unheard(state, facts, "no-choice", state.offered, for_counselor(event, facts))


def _step(state: BookingState, choice: str, facts: Facts) -> Decision | None:
    kind, _, value = choice.partition(":")
    match kind, state:
        case "service", _:
            return _days(facts, value, state.moving)
        case "day", PickingDay(service=service) | PickingSlot(service=service):
            return _times(facts, service, _date(value), state.moving)
        case "later", PickingSlot(service=service, day=day) if value.isdecimal():
            return _times(facts, service, _date(day), state.moving, int(value))
        case "slot", _:
            return confirm(facts, value, state.moving)
        case "yes", ConfirmingSlot():
            return _book(state, facts)
        case "no", ConfirmingSlot():
            return _decline(state, facts)
    return None


def tapped(_: State, event: Event, facts: Facts) -> Decision | None:
    """Move or cancel a visit, which needs no open booking."""
    kind, _sign, value = event.choice.partition(":") if isinstance(event, Tapped) else ("", "", "")
    mine = visit.find(facts, value)
    if mine is None or kind not in ("move", "cancel"):
        return None
    return _days(facts, mine.slot.partition("@")[0], mine.id) if kind == "move" else visit.cancel(mine, facts)


def _services(facts: Facts) -> Decision:
    services = facts.clinic.services
    if not services:
        return at_rest(facts, say(facts.lang, "book-nothing-offered"), (choices.COUNSELOR, "menu"))
    if len(services) == 1:
        return _days(facts, services[0].id, "")
    offered = _with_person(facts, [Choice(f"service:{service.id}", service.names[facts.lang]) for service in services])
    return Decision(PickingService(offered), (Reply(say(facts.lang, "book-service"), offered),))


def _with_person(facts: Facts, offered: list[Choice]) -> tuple[Choice, ...]:
    return (*offered, choices.label(facts.lang, choices.COUNSELOR))


def _days(facts: Facts, service_id: str, moving: str, key: str = "book-day") -> Decision:
    service = facts.clinic.service(service_id)
    if service is None:
        return menu(facts, "passed")
    days = sorted({slot.starts.date() for slot in _free(facts, service, moving)})[:DAYS_SHOWN]
    if not days:
        return at_rest(facts, say(facts.lang, "book-full"), (choices.COUNSELOR, "menu"))
    offered = _with_person(facts, [Choice(f"day:{day}", clock.day_label(facts.lang, day)) for day in days])
    text = say(facts.lang, key, service=service.names[facts.lang])
    return Decision(PickingDay(service.id, offered, moving), (Reply(text, offered),))


def _times(facts: Facts, service_id: str, day: date | None, moving: str, start: int = 0, key: str = "time") -> Decision:
    """Offer the free times of a day. `key` says why we ask: a first time, or since another time is taken or gone."""
    service = facts.clinic.service(service_id)
    free = [slot for slot in _free(facts, service, moving) if slot.starts.date() == day] if service else []
    if not free or day is None:
        return _days(facts, service_id, moving, "book-day" if key == "time" else f"book-{key}-day")
    offered = _time_choices(free, start, facts)
    text = say(facts.lang, f"book-{key}", day=clock.day_name(facts.lang, day))
    return Decision(PickingSlot(service_id, f"{day}", offered, moving), (Reply(text, offered),))


def _time_choices(free: list[Slot], start: int, facts: Facts) -> tuple[Choice, ...]:
    start = start if start < len(free) else 0
    shown = free[start : start + TIMES_SHOWN]
    offered = [Choice(f"slot:{slot.id}", clock.time_label(facts.lang, slot.starts)) for slot in shown]
    if len(free) > start + TIMES_SHOWN:
        offered.append(replace(choices.label(facts.lang, "later"), id=f"later:{start + TIMES_SHOWN}"))
    return _with_person(facts, offered)


def confirm(facts: Facts, slot_id: str, moving: str = "") -> Decision:
    """Ask yes or no to a time; where it cannot be had any more, say why and offer others."""
    slot = slots.parse(slot_id, facts.now)
    service = facts.clinic.service(slot.service) if slot else None
    if slot is None or service is None:
        return menu(facts, "passed")
    if slot not in _free(facts, service, moving):
        return _lost(facts, slot, service, moving)
    offered = choices.labels(facts.lang, ("yes", "no", choices.COUNSELOR))
    names = {"service": service.names[facts.lang], "place": facts.clinic.place}
    text = say(facts.lang, "book-confirm", **names, **visit.when(slot_id, facts))
    return Decision(ConfirmingSlot(slot_id, offered, moving), (Reply(text, offered),))


def _lost(facts: Facts, slot: Slot, service: Service, moving: str) -> Decision:
    """The time cannot be had: it is the client's own, somebody took it, or it has passed. Say which."""
    mine = visit.find(facts, moving)
    if mine and mine.slot == slot.id:
        return visit.kept(mine, facts)
    key = "taken" if facts.taken.get(slot.id, 0) >= service.seats else "gone"
    return _times(facts, service.id, slot.starts.date(), moving, key=key)


def _decline(state: ConfirmingSlot, facts: Facts) -> Decision:
    mine = visit.find(facts, state.moving)
    if mine:
        return visit.kept(mine, facts)
    return at_rest(facts, say(facts.lang, "book-not-done"), ("book", "menu", choices.COUNSELOR))


def _book(state: ConfirmingSlot, facts: Facts) -> Decision:
    """Take the seat. Facts are gathered anew when two clients meet, so the loser lands in the second branch."""
    slot = slots.parse(state.slot, facts.now)
    service = facts.clinic.service(slot.service) if slot else None
    mine = visit.find(facts, state.moving)
    if facts.appointments and mine is None:
        return visit.have(facts.appointments[0], facts)
    if slot is None or service is None or slot not in _free(facts, service, state.moving):
        return confirm(facts, state.slot, state.moving)
    text = say(facts.lang, "book-moved" if mine else "book-done", code=facts.fresh.code, place=facts.clinic.place,
               **visit.when(slot.id, facts))  # fmt: skip
    taken = Book(slot.id, service.seats, facts.fresh.code, mine.id if mine else "")
    offered = choices.labels(facts.lang, ("appointments", "menu", choices.COUNSELOR))
    return Decision(resting(facts, offered), (taken, Reply(text, offered)))


def _free(facts: Facts, service: Service, moving: str) -> list[Slot]:
    """The free times; a visit is never moved to where it is."""
    own = {mine.slot for mine in facts.appointments if mine.id == moving}
    return [one for one in slots.free_slots(service, facts.clinic, facts.taken, facts.now) if one.id not in own]


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
