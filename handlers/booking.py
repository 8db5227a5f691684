"""Booking: which service, which day, which time, yes or no. No name is asked, and a code stands for the visit."""

from dataclasses import replace
from datetime import date

from handlers import choices, clock, slots
from handlers.common import at_rest, menu, resting
from handlers.decision import Decision
from handlers.effects import Book, CancelAppointment, Reply
from handlers.events import Event, Tapped
from handlers.facts import Appointment, Facts, Service
from handlers.slots import Slot
from handlers.states import Choice, ConfirmingSlot, PickingDay, PickingService, PickingSlot, State
from handlers.texts import say

# How many days and times are offered at once: a numbered SMS with more is not read.
DAYS_SHOWN = 5
TIMES_SHOWN = 6

BookingState = PickingService | PickingDay | PickingSlot | ConfirmingSlot


def begin(_: State, facts: Facts) -> Decision:
    """Start a booking; whoever has a visit already is shown that one (one open booking each: security.md R26)."""
    if facts.appointments:
        return _have(facts.appointments[0], facts)
    return _services(facts, "")


def show(_: State, facts: Facts) -> Decision:
    """Show the client's visit, to move or cancel it."""
    if not facts.appointments:
        return at_rest(facts, say(facts.lang, "book-none"), ("book", "menu", choices.COUNSELOR))
    return _have(facts.appointments[0], facts)


def back(state: State, facts: Facts) -> Decision | None:
    """Go one step back in a booking; None outside of one."""
    match state:
        case ConfirmingSlot(slot=slot_id, moving=moving):
            slot = slots.parse(slot_id, facts.now)
            return _times(facts, slot.service, slot.starts.date(), moving) if slot else _services(facts, moving)
        case PickingSlot(service=service, moving=moving):
            return _days(facts, service, moving)
        case PickingDay(moving=moving):
            return menu(facts) if moving else _services(facts, moving)
        case PickingService():
            return menu(facts)
    return None


def picking(state: State, event: Event, facts: Facts) -> Decision | None:
    """Take the next step with the choice that was tapped; anything typed that is no choice may be a question."""
    if not isinstance(event, Tapped) or not isinstance(state, BookingState):
        return None
    kind, value = _parts(event.choice)
    match kind:
        case "service":
            return _days(facts, value, state.moving)
        case "day":
            return _times(facts, _service_of(state), _date(value), state.moving)
        case "later":
            return _later(state, value, facts)
        case "slot":
            return _confirm(facts, value, state.moving)
        case "yes" | "no":
            return _decide(state, kind, facts)
    return None


def tapped(_: State, event: Event, facts: Facts) -> Decision | None:
    """Taps that need no open booking: move or cancel a visit, or a choice of a booking that is over."""
    if not isinstance(event, Tapped):
        return None
    kind, value = _parts(event.choice)
    if kind in ("service", "day", "later", "slot", "yes", "no"):
        return menu(facts, "passed")
    if kind not in ("move", "cancel"):
        return None
    visit = next((visit for visit in facts.appointments if visit.id == value), None)
    if visit is None:
        return menu(facts, "passed")
    return _days(facts, visit.slot.partition("@")[0], visit.id) if kind == "move" else _cancel(visit, facts)


def _have(visit: Appointment, facts: Facts) -> Decision:
    text = say(facts.lang, "book-have", code=visit.code, **_when(visit.slot, facts))
    return at_rest(facts, text, (f"move:{visit.id}", f"cancel:{visit.id}", "menu", choices.COUNSELOR))


def _cancel(visit: Appointment, facts: Facts) -> Decision:
    text = say(facts.lang, "book-cancelled", day=_when(visit.slot, facts)["day"])
    return at_rest(facts, text, ("book", "menu"), (CancelAppointment(visit.id),))


def _services(facts: Facts, moving: str) -> Decision:
    services = facts.clinic.services
    if not services:
        return at_rest(facts, say(facts.lang, "book-nothing-offered"), (choices.COUNSELOR, "menu"))
    if len(services) == 1:
        return _days(facts, services[0].id, moving)
    offered = tuple(Choice(f"service:{service.id}", service.names[facts.lang]) for service in services)
    return Decision(PickingService(offered, moving), (Reply(say(facts.lang, "book-service"), offered),))


def _days(facts: Facts, service_id: str, moving: str) -> Decision:
    service = facts.clinic.service(service_id)
    if service is None:
        return menu(facts, "passed")
    days = sorted({slot.starts.date() for slot in _free(facts, service)})[:DAYS_SHOWN]
    if not days:
        return at_rest(facts, say(facts.lang, "book-full"), (choices.COUNSELOR, "menu"))
    offered = tuple(Choice(f"day:{day}", clock.day_label(facts.lang, day)) for day in days)
    text = say(facts.lang, "book-day", service=service.names[facts.lang])
    return Decision(PickingDay(service.id, offered, moving), (Reply(text, offered),))


def _times(
    facts: Facts, service_id: str, day: date | None, moving: str, start: int = 0, key: str = "book-time"
) -> Decision:
    service = facts.clinic.service(service_id)
    free = [slot for slot in _free(facts, service) if slot.starts.date() == day] if service else []
    if not free or day is None:
        return _days(facts, service_id, moving)
    offered = _time_choices(free, start, facts.lang)
    values = {"day": clock.day_name(facts.lang, day)} if key == "book-time" else {}
    return Decision(
        PickingSlot(service_id, f"{day}", offered, moving), (Reply(say(facts.lang, key, **values), offered),)
    )


def _time_choices(free: list[Slot], start: int, lang: str) -> tuple[Choice, ...]:
    shown = free[start : start + TIMES_SHOWN] or free[:TIMES_SHOWN]
    offered = [Choice(f"slot:{slot.id}", clock.time_label(lang, slot.starts)) for slot in shown]
    if len(free) > start + TIMES_SHOWN:
        offered.append(replace(choices.label(lang, "later"), id=f"later:{start + TIMES_SHOWN}"))
    return tuple(offered)


def _later(state: BookingState, value: str, facts: Facts) -> Decision | None:
    if not isinstance(state, PickingSlot) or not value.isdecimal():
        return None
    return _times(facts, state.service, _date(state.day), state.moving, int(value))


def _confirm(facts: Facts, slot_id: str, moving: str) -> Decision:
    slot = slots.parse(slot_id, facts.now)
    service = facts.clinic.service(slot.service) if slot else None
    if slot is None or service is None:
        return menu(facts, "passed")
    if slot not in _free(facts, service):
        return _times(facts, service.id, slot.starts.date(), moving, key="book-taken")
    offered = choices.labels(facts.lang, ("yes", "no", choices.COUNSELOR))
    text = say(
        facts.lang, "book-confirm", service=service.names[facts.lang], place=facts.clinic.place, **_when(slot_id, facts)
    )
    return Decision(ConfirmingSlot(slot_id, offered, moving), (Reply(text, offered),))


def _decide(state: BookingState, kind: str, facts: Facts) -> Decision | None:
    if not isinstance(state, ConfirmingSlot):
        return None
    if kind == "no":
        return at_rest(facts, say(facts.lang, "book-not-done"), ("book", "menu", choices.COUNSELOR))
    return _book(state, facts)


def _book(state: ConfirmingSlot, facts: Facts) -> Decision:
    """Take the seat. Facts are gathered anew when two clients meet, so the loser lands in the second branch."""
    slot = slots.parse(state.slot, facts.now)
    service = facts.clinic.service(slot.service) if slot else None
    if slot is None or service is None or slot not in _free(facts, service):
        return _confirm(facts, state.slot, state.moving)
    moving = next((visit.id for visit in facts.appointments if visit.id == state.moving), "")
    key = "book-moved" if moving else "book-done"
    text = say(facts.lang, key, code=facts.fresh.code, place=facts.clinic.place, **_when(slot.id, facts))
    taken = Book(slot.id, service.seats, facts.fresh.code, moving)
    return Decision(resting(facts), (taken, Reply(text)))


def _free(facts: Facts, service: Service) -> list[Slot]:
    return slots.free_slots(service, facts.clinic, facts.taken, facts.now)


def _when(slot_id: str, facts: Facts) -> dict[str, str]:
    slot = slots.parse(slot_id, facts.now)
    if slot is None:
        return {"day": "?", "time": "?"}
    return {"day": clock.day_name(facts.lang, slot.starts.date()), "time": clock.time_label(facts.lang, slot.starts)}


def _service_of(state: BookingState) -> str:
    return state.service if isinstance(state, PickingDay | PickingSlot) else ""


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _parts(choice: str) -> tuple[str, str]:
    kind, _, value = choice.partition(":")
    return kind, value
