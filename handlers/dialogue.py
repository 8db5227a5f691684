"""The one door: `handle` turns a state, an event and the facts into a decision. The order of the tuples is the policy."""

from collections.abc import Callable
from dataclasses import replace

from handlers import (
    alarm,
    booking,
    care,
    choices,
    handover,
    keywords,
    onward,
    pep,
    question,
    reminder,
    report,
    welcome,
    window,
)
from handlers.decision import Decision
from handlers.effects import Remember
from handlers.events import Event, Said, SentMedia, Started, Tapped
from handlers.facts import Client, Facts
from handlers.states import (
    AskingWhen,
    Clarifying,
    ConfirmingSlot,
    CountingHours,
    PickingDay,
    PickingService,
    PickingSlot,
    Reporting,
    State,
    TellingStory,
    WithCounselor,
)
from knowledge_base.language import answer_language

Handler = Callable[[State, Event, Facts], Decision | None]

BEFORE: tuple[Handler, ...] = (alarm.safety, keywords.spot, window.read, reminder.spot)
WAITING: dict[type[State], Handler] = {
    Clarifying: question.clarifying,
    PickingService: booking.picking,
    PickingDay: booking.picking,
    PickingSlot: booking.picking,
    ConfirmingSlot: booking.picking,
    AskingWhen: pep.timing,
    CountingHours: pep.counting,
    Reporting: report.telling,
    TellingStory: report.telling,
    WithCounselor: handover.talking,
}
AFTER: tuple[Handler, ...] = (
    window.counselor,
    handover.counselor,
    onward.happened,
    handover.undelivered,
    welcome.start,
    welcome.failed,
    report.begin,
    booking.tapped,
    pep.tapped,
    care.tapped,
    alarm.staying,
    care.evicted,
    pep.urgent,
    question.tapped,
    question.ask,
    keywords.passed,
)


def handle(state: State, event: Event, facts: Facts) -> Decision:
    """Return what to do about `event`: the first handler that decides; if none does, nothing changes.

    Danger is looked for in the client's own words, before a number or label is taken for a choice.
    """
    state = handover.actual(state, facts)
    meant = choices.meaning(state, event)
    heard = _listen(event, meant, facts)
    decision = alarm.spot(state, event, heard) or _decide(state, meant, heard)
    decision = report.offer(reminder.dropped(decision), heard)
    return _remember(welcome.complete(decision, meant, heard), event, facts, heard)


def _decide(state: State, event: Event, facts: Facts) -> Decision:
    waiting = WAITING.get(type(state), _nothing)
    for handler in (*BEFORE, waiting, *AFTER):
        decision = handler(state, event, facts)
        if decision is not None:
            return decision
    return Decision(state)


def _nothing(_: State, __: Event, ___: Facts) -> Decision | None:
    return None


def _listen(event: Event, meant: Event, facts: Facts) -> Facts:
    """Return the facts with the language of this message, unless the client chose one.

    Numbers, labels and keywords say little about a language: they do not change one that is known.
    """
    if not isinstance(event, Said) or facts.client.chosen:
        return facts
    if facts.client.language and meant is not event:
        return facts
    client = replace(facts.client, language=answer_language(event.text, facts.lang))
    return replace(facts, client=client)


def _remember(decision: Decision, event: Event, before: Facts, heard: Facts) -> Decision:
    """Keep a language that was noticed, and take back a STOP from a client who writes again."""
    if not isinstance(event, Said | Tapped | Started | SentMedia):
        return decision
    noticed = _changed(before.client, heard.client)
    # First, so that a choice made in the decision itself (a language, STOP) has the last word.
    return replace(decision, effects=(noticed, *decision.effects)) if noticed else decision


def _changed(before: Client, heard: Client) -> Remember | None:
    language = heard.language if heard.language != before.language else None
    stopped = False if before.stopped else None
    return Remember(language=language, stopped=stopped) if language is not None or stopped is not None else None
