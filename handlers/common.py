"""What several handlers say or fall back to."""

from collections.abc import Iterable
from dataclasses import replace

from handlers import choices
from handlers.decision import Decision
from handlers.effects import Effect, RelayToCounselor, Reply
from handlers.events import Event, Said
from handlers.facts import Facts
from handlers.states import Alone, Choice, Idle, WaitingForCounselor, WithCounselor
from handlers.texts import say
from knowledge_base.model import Contact

EMERGENCY_CONTACTS = ("emergency", "distress", "violence")
MENU = ("ask", "book", "appointments", "language", choices.COUNSELOR)
# What is offered where nothing better fits.
WAY_ON = ("menu", choices.COUNSELOR)


def resting(
    facts: Facts, offered: tuple[Choice, ...] = (), last_entry: str = "", misses: int = 0
) -> Idle | WaitingForCounselor | WithCounselor:
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


def unheard(
    state: Alone, facts: Facts, key: str, offered: tuple[Choice, ...], before: tuple[Effect, ...] = ()
) -> Decision:
    """Say that we could make nothing of a message, and keep what was asked.

    Never in the same words twice running; from the second time on a person is offered first.
    """
    misses = state.misses + 1
    text = say(facts.lang, key if misses % 2 else f"{key}-again")
    if misses > 1:
        offered = person_first(facts, offered)
    return Decision(replace(state, offered=offered, misses=misses), (*before, Reply(text, offered)))


def person_first(facts: Facts, offered: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Return `offered` with the choice of a person at its head."""
    return (choices.label(facts.lang, choices.COUNSELOR), *(one for one in offered if one.id != choices.COUNSELOR))


def led_by(sentence: str, decision: Decision) -> Decision:
    """Return `decision` with `sentence` in front of what it says, in the same message."""
    effects = (replace(e, text=f"{sentence}\n\n{e.text}") if isinstance(e, Reply) else e for e in decision.effects)
    return replace(decision, effects=tuple(effects))


def for_counselor(event: Event, facts: Facts) -> tuple[Effect, ...]:
    """Whoever asked for a person wants that person to see what is said while waiting."""
    return (RelayToCounselor(facts.case.id, event.text),) if facts.case and isinstance(event, Said) else ()


def numbers(facts: Facts, ids: Iterable[str]) -> str:
    """Return one line for each contact that may be shown."""
    known = (facts.library.contacts.get(contact_id) for contact_id in ids)
    return "\n".join(_line(facts.lang, contact) for contact in known if contact and contact.ready)


def _line(lang: str, contact: Contact) -> str:
    free = "call-free-always" if contact.hours == "24h" else "call-free"
    key = free if contact.free else "call"
    return say(lang, key, label=contact.labels[lang], number=contact.number)
