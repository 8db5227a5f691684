"""The visit a client has: show, move or cancel it. One open booking each (security.md, R26)."""

from handlers import choices, clock, slots
from handlers.common import at_rest
from handlers.decision import Decision
from handlers.effects import CancelAppointment
from handlers.facts import Appointment, Facts
from handlers.states import State
from handlers.texts import say


def show(_: State, facts: Facts) -> Decision:
    """Show the client's visit, to move or cancel it."""
    if not facts.appointments:
        return at_rest(facts, say(facts.lang, "book-none"), ("book", "menu", choices.COUNSELOR))
    return have(facts.appointments[0], facts)


def have(visit: Appointment, facts: Facts) -> Decision:
    """Tell when the visit is, and offer to move or cancel it."""
    text = say(facts.lang, "book-have", code=visit.code, **when(visit.slot, facts))
    return at_rest(facts, text, (f"move:{visit.id}", f"cancel:{visit.id}", "menu", choices.COUNSELOR))


def kept(visit: Appointment, facts: Facts) -> Decision:
    """Say that the visit stays as it was."""
    text = say(facts.lang, "book-kept", code=visit.code, **when(visit.slot, facts))
    return at_rest(facts, text, ("appointments", "menu", choices.COUNSELOR))


def cancel(visit: Appointment, facts: Facts) -> Decision:
    """Give the visit up."""
    text = say(facts.lang, "book-cancelled", day=when(visit.slot, facts)["day"])
    return at_rest(facts, text, ("book", "menu", choices.COUNSELOR), (CancelAppointment(visit.id),))


def find(facts: Facts, visit_id: str) -> Appointment | None:
    """Return the client's visit, or None when it is over, cancelled or somebody else's."""
    return next((visit for visit in facts.appointments if visit.id == visit_id), None)


def when(slot_id: str, facts: Facts) -> dict[str, str]:
    """Return day and time of a slot as they are said in a sentence."""
    slot = slots.parse(slot_id, facts.now)
    if slot is None:
        return {"day": "?", "time": "?"}
    return {"day": clock.day_name(facts.lang, slot.starts.date()), "time": clock.time_name(facts.lang, slot.starts)}
