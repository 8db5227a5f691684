"""Who we are, what is kept and who may read it: said once, after the need is met."""

from dataclasses import replace

from handlers.care import CONTACTS
from handlers.common import menu
from handlers.decision import Decision
from handlers.effects import OpenHandover, Remember, Reply
from handlers.events import Event, Failed, Said, SentMedia, Started, Tapped
from handlers.facts import Facts
from handlers.states import State
from handlers.texts import say

# Whoever only opens the door is told first who is behind it; whoever asks is answered first.
GREETINGS = (Started(), Tapped("greeting"), Tapped("menu"))


def start(_: State, event: Event, facts: Facts) -> Decision | None:
    """The client opened the conversation: show the menu."""
    return menu(facts) if isinstance(event, Started) else None


def failed(state: State, event: Event, facts: Facts) -> Decision | None:
    """One neutral sentence for an event that we could not handle; what was asked is still asked."""
    return Decision(state, (Reply(say(facts.lang, "trouble"), state.offered),)) if isinstance(event, Failed) else None


def complete(decision: Decision, event: Event, facts: Facts) -> Decision:
    """Add the welcome to the first decision that answers a client who has not had it."""
    if facts.client.welcomed or not isinstance(event, Said | Tapped | Started | SentMedia) or _unfit(decision, facts):
        return decision
    lang = next((e.language for e in decision.effects if isinstance(e, Remember) and e.language), facts.lang)
    welcome = Reply(say(lang, f"welcome-{facts.client.channel}", organisation=facts.organisation))
    said = (welcome, *decision.effects) if event in GREETINGS else (*decision.effects, welcome)
    return replace(decision, effects=(*said, Remember(welcomed=True)))


def _unfit(decision: Decision, facts: Facts) -> bool:
    """Nothing about ourselves to somebody in danger, after a goodbye, or where the bot is silent."""
    danger = facts.case is not None and facts.case.reason in CONTACTS
    silent = not any(isinstance(effect, Reply) for effect in decision.effects)
    bye = any(isinstance(effect, Remember) and effect.stopped for effect in decision.effects)
    return (
        danger
        or silent
        or bye
        or any(isinstance(effect, OpenHandover) and effect.urgent for effect in decision.effects)
    )
