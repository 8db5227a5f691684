"""Menu, back, stop, help, language, counselor: the same words mean the same in every state."""

from collections.abc import Callable

from handlers import booking, choices, handover
from handlers.common import EMERGENCY_CONTACTS, at_rest, menu, numbers, resting
from handlers.decision import Decision
from handlers.effects import CloseHandover, Remember, Reply
from handlers.events import Event, Tapped
from handlers.facts import Facts
from handlers.states import Idle, State, WithCounselor
from handlers.texts import LANGUAGES, say

# While a person is talking the bot is silent but for these; everything else is for the counselor.
WHILE_TALKING = frozenset(("menu", "stop", "language", *(f"lang:{lang}" for lang in LANGUAGES)))


def spot(state: State, event: Event, facts: Facts) -> Decision | None:
    """Do what a keyword asks for, or None when the event is no keyword."""
    if not isinstance(event, Tapped):
        return None
    if isinstance(state, WithCounselor) and event.choice not in WHILE_TALKING:
        return None
    if event.choice.startswith("lang:"):
        return _speak(event.choice.removeprefix("lang:"), state, facts)
    meaning = _MEANINGS.get(event.choice)
    return meaning(state, facts) if meaning else None


def _menu(state: State, facts: Facts) -> Decision:
    return handover.talking_menu(facts) if isinstance(state, WithCounselor) else menu(facts)


def _back(state: State, facts: Facts) -> Decision:
    return booking.back(state, facts) or menu(facts, "nothing-back")


def _stop(_: State, facts: Facts) -> Decision:
    closed = (CloseHandover(facts.case.id, "client"),) if facts.case else ()
    return Decision(Idle(), (*closed, Remember(stopped=True), Reply(say(facts.lang, "stop"))))


def _help(_: State, facts: Facts) -> Decision:
    text = say(facts.lang, "help", contacts=numbers(facts, EMERGENCY_CONTACTS))
    return at_rest(facts, text, ("menu", choices.COUNSELOR))


def _language(_: State, facts: Facts) -> Decision:
    offered = choices.languages()
    return Decision(resting(facts, offered), (Reply(say(facts.lang, "language-ask"), offered),))


def _speak(lang: str, state: State, facts: Facts) -> Decision | None:
    if lang not in LANGUAGES:
        return None
    offered = () if isinstance(state, WithCounselor) else choices.labels(lang, ("menu", choices.COUNSELOR))
    return Decision(
        resting(facts, offered), (Remember(language=lang, chosen=True), Reply(say(lang, "language-set"), offered))
    )


def _greeting(_: State, facts: Facts) -> Decision:
    return menu(facts, "greeting")


def _thanks(_: State, facts: Facts) -> Decision:
    return at_rest(facts, say(facts.lang, "thanks"), ("menu", choices.COUNSELOR))


def _ask(_: State, facts: Facts) -> Decision:
    return at_rest(facts, say(facts.lang, "greeting"), ("menu", choices.COUNSELOR))


_MEANINGS: dict[str, Callable[[State, Facts], Decision | None]] = {
    "menu": _menu,
    "back": _back,
    "stop": _stop,
    "help": _help,
    "language": _language,
    "ask": _ask,
    "greeting": _greeting,
    "thanks": _thanks,
    choices.COUNSELOR: handover.ask,
    "book": booking.begin,
    "appointments": booking.show,
}
