"""Menu, back, stop, help, language, counselor: the same words mean the same in every state."""

from collections.abc import Callable
from dataclasses import replace

from handlers import booking, choices, handover, pep, question, visit
from handlers.common import EMERGENCY_CONTACTS, WAY_ON, at_rest, led_by, menu, numbers, resting
from handlers.decision import Decision
from handlers.effects import CloseHandover, Remember, Reply
from handlers.events import Event, Tapped
from handlers.facts import Facts
from handlers.states import Asking, Idle, State, WithCounselor
from handlers.texts import LANGUAGES, say


def spot(state: State, event: Event, facts: Facts) -> Decision | None:
    """Do what a keyword asks for, or None when the event is no keyword."""
    if not isinstance(event, Tapped):
        return None
    if isinstance(state, WithCounselor) and event.choice not in choices.WHILE_TALKING:
        return None
    if event.choice.startswith("lang:"):
        return _speak(event.choice.removeprefix("lang:"), state, facts)
    meaning = _MEANINGS.get(event.choice)
    return meaning(state, facts) if meaning else None


def passed(_: State, event: Event, facts: Facts) -> Decision | None:
    """A choice that nobody knows any more: an old keyboard, or one that was made up."""
    return menu(facts, "passed") if isinstance(event, Tapped) else None


def _menu(state: State, facts: Facts) -> Decision:
    return handover.talking_menu(facts) if isinstance(state, WithCounselor) else menu(facts)


def _back(state: State, facts: Facts) -> Decision:
    return booking.back(state, facts) or menu(facts, "nothing-back")


def _stop(_: State, facts: Facts) -> Decision:
    closed = (CloseHandover(facts.case.id, "client"),) if facts.case else ()
    return Decision(Idle(), (*closed, Remember(stopped=True), Reply(say(facts.lang, "stop"))))


def _help(state: State, facts: Facts) -> Decision:
    """Say what works everywhere; what was asked is still asked below it."""
    text = say(facts.lang, "help", contacts=numbers(facts, EMERGENCY_CONTACTS))
    if isinstance(state, Asking):
        return Decision(state, (Reply(text, state.offered),))
    return at_rest(facts, text, WAY_ON)


def _language(state: State, facts: Facts) -> Decision:
    """Offer the languages, and remember what was going on, to go on with it in the language chosen."""
    offered = choices.languages()
    return Decision(replace(state, offered=offered), (Reply(say(facts.lang, "language-ask"), offered),))


def _speak(lang: str, state: State, facts: Facts) -> Decision | None:
    if lang not in LANGUAGES:
        return None
    heard = replace(facts, client=replace(facts.client, language=lang))
    decision = _set(state, heard)
    return replace(decision, effects=(Remember(language=lang, chosen=True), *decision.effects))


def _set(state: State, facts: Facts) -> Decision:
    """Confirm the new language, and say in it what was said last, if that was more than small talk."""
    text = say(facts.lang, "language-set")
    if isinstance(state, WithCounselor):
        return Decision(resting(facts), (Reply(text),))
    again = booking.again(state, facts) or pep.again(state, facts) or question.again(state, facts)
    return led_by(text, again) if again else at_rest(facts, text, WAY_ON)


def _greeting(_: State, facts: Facts) -> Decision:
    return menu(facts, "greeting")


def _thanks(_: State, facts: Facts) -> Decision:
    return at_rest(facts, say(facts.lang, "thanks"), WAY_ON)


def _ask(_: State, facts: Facts) -> Decision:
    return at_rest(facts, say(facts.lang, "ask"), WAY_ON)


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
    "notnow": handover.not_now,
    "book": booking.begin,
    "appointments": visit.show,
}
