"""Who we are, what is kept and who may read it: said once, after the need is met."""

from dataclasses import replace

from handlers.common import menu
from handlers.decision import Decision
from handlers.effects import Remember, Reply
from handlers.events import Event, Failed, Started
from handlers.facts import Facts
from handlers.states import State
from handlers.texts import say


def start(_: State, event: Event, facts: Facts) -> Decision | None:
    """The client opened the conversation: show the menu."""
    return menu(facts) if isinstance(event, Started) else None


def failed(state: State, event: Event, facts: Facts) -> Decision | None:
    """One neutral sentence for an event that we could not handle."""
    return Decision(state, (Reply(say(facts.lang, "trouble")),)) if isinstance(event, Failed) else None


def complete(decision: Decision, facts: Facts) -> Decision:
    """Add the welcome to the first decision that says anything to a client who has not had it."""
    if facts.client.welcomed or not any(isinstance(effect, Reply) for effect in decision.effects):
        return decision
    text = say(facts.lang, f"welcome-{facts.client.channel}", organisation=facts.organisation)
    return replace(decision, effects=(*decision.effects, Remember(welcomed=True), Reply(text)))
