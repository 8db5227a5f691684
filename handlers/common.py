"""What several handlers say or fall back to."""

from collections.abc import Iterable

from handlers import choices
from handlers.decision import Decision
from handlers.effects import Effect, Reply
from handlers.facts import Facts
from handlers.states import Choice, Idle, State, WaitingForCounselor, WithCounselor
from handlers.texts import say
from knowledge_base.model import Contact

EMERGENCY_CONTACTS = ("emergency", "distress", "violence")
MENU = ("ask", "book", "appointments", "language", choices.COUNSELOR)


def resting(facts: Facts, offered: tuple[Choice, ...] = (), last_entry: str = "", misses: int = 0) -> State:
    """Return the state in which nothing is asked: that of an open handover, if there is one, else `Idle`."""
    case = facts.case
    if case is None:
        return Idle(offered, last_entry, misses)
    return (
        WithCounselor(case.id, offered) if case.counselor else WaitingForCounselor(case.id, offered, last_entry, misses)
    )


def at_rest(facts: Facts, text: str, ids: Iterable[str] = (), before: tuple[Effect, ...] = ()) -> Decision:
    """Say `text`, offer standing choices, and ask for nothing."""
    offered = choices.labels(facts.lang, ids)
    return Decision(resting(facts, offered), (*before, Reply(text, offered)))


def menu(facts: Facts, key: str = "menu") -> Decision:
    """Show the menu under the sentence `key`."""
    return at_rest(facts, say(facts.lang, key), MENU)


def numbers(facts: Facts, ids: Iterable[str]) -> str:
    """Return one line for each contact that may be shown."""
    known = (facts.library.contacts.get(contact_id) for contact_id in ids)
    return "\n".join(_line(facts.lang, contact) for contact in known if contact and contact.ready)


def _line(lang: str, contact: Contact) -> str:
    always = "-always" if contact.hours == "24h" else ""
    key = f"call-free{always}" if contact.free else "call"
    return say(lang, key, label=contact.labels[lang], number=contact.number)
