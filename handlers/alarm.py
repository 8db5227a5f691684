"""Danger is answered first: in every state, before any form, and a counselor is told at once."""

from handlers import choices
from handlers.common import numbers, resting
from handlers.decision import Decision
from handlers.effects import Effect, OpenHandover, RaiseAlarm, RelayToCounselor, Reply
from handlers.events import Event, Said, Tapped
from handlers.facts import Case, Facts
from handlers.question import answer
from handlers.states import Choice, State, WaitingForCounselor
from handlers.texts import say
from knowledge_base import danger

# Whom to call, by kind of danger; the ids stand in knowledge_base/contacts.toml.
CONTACTS = {
    "suicide": ("distress", "emergency"),
    "sexual-violence": ("violence", "emergency"),
    "partner-violence": ("violence", "emergency"),
    "medical-emergency": ("emergency", "distress"),
    "child-abuse": ("child", "emergency"),
    "blackmail": (),
    "arrest": (),
}
PEP_ENTRY = "pep-urgent"


def spot(_: State, event: Event, facts: Facts) -> Decision | None:
    """Answer danger in what the client said."""
    alarm = danger.spot(event.text) if isinstance(event, Said) else None
    if alarm is None or not isinstance(event, Said):
        return None
    if alarm.kind == "pep-window":
        return _pep(event, facts)
    if facts.case and facts.case.reason == alarm.kind:
        return None  # told already; whoever is there now goes on
    return _crisis(alarm.kind, event, facts)


def _pep(event: Said, facts: Facts) -> Decision | None:
    if facts.case and facts.case.counselor and facts.case.reason == "pep-window":
        return None
    decision = answer(facts, PEP_ENTRY, ("where", "book", choices.COUNSELOR))
    return Decision(decision.state, (*_tell(facts.case, "pep-window", event), *decision.effects)) if decision else None


def _crisis(kind: str, event: Said, facts: Facts) -> Decision:
    offered = _offers(kind, event.text, facts)
    text = say(facts.lang, f"alarm-{kind}", contacts=numbers(facts, CONTACTS[kind]))
    if facts.case:
        return Decision(resting(facts, offered), (Reply(text, offered), *_tell(facts.case, kind, event)))
    handover = facts.fresh.handover
    opened = OpenHandover(handover, kind, urgent=True, question=event.text)
    return Decision(WaitingForCounselor(handover, offered), (Reply(text, offered), opened))


def _tell(case: Case | None, kind: str, event: Said) -> tuple[Effect, ...]:
    """What an open handover learns: that the reason became graver, and the words."""
    return (RaiseAlarm(case.id, kind), RelayToCounselor(case.id, event.text)) if case else ()


def _offers(kind: str, text: str, facts: Facts) -> tuple[Choice, ...]:
    """Offer the safety question where it helps, and the ordinary answer, in case the alarm was false."""
    safety = choices.labels(facts.lang, ("safe", "unsafe")) if kind == "suicide" else ()
    index = facts.library.index
    matches = index.search(text, limit=1)
    entry = facts.library.get(matches[0].entry_id) if matches and matches[0].score >= index.calibration.unsure else None
    return safety + ((Choice(f"entry:{entry.id}", entry.answer(facts.lang).title),) if entry else ())


def safety(_: State, event: Event, facts: Facts) -> Decision | None:
    """Answer the tap on "I am safe" or "I am not safe"."""
    if event == Tapped("safe"):
        return Decision(resting(facts), (Reply(say(facts.lang, "alarm-safe-yes")),))
    if event == Tapped("unsafe"):
        text = say(facts.lang, "alarm-safe-no", contacts=numbers(facts, CONTACTS["suicide"]))
        told = (RelayToCounselor(facts.case.id, say(facts.lang, "choice-unsafe")),) if facts.case else ()
        return Decision(resting(facts), (Reply(text), *told))
    return None
