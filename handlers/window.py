"""WhatsApp's 24 hours, over: a counselor's words are refused with the reason, and "you have a reply" can be sent instead."""

from handlers import choices, handover
from handlers.decision import Decision
from handlers.effects import Effect, Knock, RaiseAlarm, RelayToCounselor, Reply, TakeHandover
from handlers.events import CounselorKnocked, CounselorSaid, CounselorTook, Event, Tapped
from handlers.facts import Case, Facts
from handlers.states import State, WithCounselor
from handlers.texts import say

# What the client sends to read the reply: the first and only choice, so that the template can say "Send 1".
READ = "read"


def counselor(state: State, event: Event, facts: Facts) -> Decision | None:
    """Refuse what would not arrive, and knock when a counselor asks for it; None where words may be sent freely."""
    case = facts.case
    match event:
        case CounselorKnocked(name) if case and case.counselor == name:
            return _knock(state, case, facts)
        case CounselorTook(name) if case and not case.counselor and not facts.client.window_open:
            return _taken(case, name, facts)
        case CounselorSaid(name) if case and case.counselor in ("", name) and not facts.client.window_open:
            return _refused(state, case, facts) if case.counselor else _taken(case, name, facts)
    return None


def read(state: State, event: Event, facts: Facts) -> Decision | None:
    """The client answers the knock: say that they are heard, and tell the counselor."""
    if event != Tapped(READ) or facts.case is None:
        return None
    if not facts.counselor:
        return handover.ask(state, facts)
    if all(choice.id != READ for choice in state.offered):
        return None  # an old keyboard: nobody has knocked
    told = RelayToCounselor(facts.case.id, say(facts.lang, f"choice-{READ}"))
    text = say(facts.lang, "knock-answered", counselor=facts.counselor)
    return Decision(WithCounselor(facts.case.id), (Reply(text), told))


def _knock(state: State, case: Case, facts: Facts) -> Decision:
    """Knock once; not where words arrive anyway, and not twice at a door that nobody has opened."""
    if facts.client.window_open:
        return _told(state, case, "window-open")
    if not facts.desk.template:
        return _told(state, case, "window-bare")
    if any(choice.id == READ for choice in state.offered):
        return _told(state, case, "window-knocked")
    return Decision(WithCounselor(case.id, choices.labels(facts.lang, (READ,))), (Knock(case.id),))


def _refused(state: State, case: Case, facts: Facts) -> Decision:
    return _told(state, case, _reason(facts))


def _taken(case: Case, name: str, facts: Facts) -> Decision:
    """The case is the counselor's; the client cannot be told yet."""
    return _told(WithCounselor(case.id), case, _reason(facts), TakeHandover(case.id, name))


def _reason(facts: Facts) -> str:
    return "window-closed" if facts.desk.template else "window-bare"


def _told(state: State, case: Case, reason: str, *before: Effect) -> Decision:
    return Decision(state, (*before, RaiseAlarm(case.id, reason)))
