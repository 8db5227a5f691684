"""Danger is answered first: in every state, before any form, and a counselor is told at once."""

from handlers import choices, clock, question
from handlers.common import EMERGENCY_CONTACTS, for_counselor, numbers, resting
from handlers.decision import Decision
from handlers.effects import Effect, OpenHandover, RaiseAlarm, RelayToCounselor, Reply
from handlers.events import Event, Said, Tapped
from handlers.facts import Facts
from handlers.states import Alone, Choice, State, WaitingForCounselor, WithCounselor
from handlers.texts import say
from knowledge_base import danger, verdict

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
DESPAIR = "suicide"
SAFETY = ("safe", "doubtful", "unsafe")
# What is said to somebody in despair who goes on writing: one step at a time.
STEPS = ("alarm-stay-place", "alarm-stay-breath", "alarm-stay-someone")


def spot(state: State, event: Event, facts: Facts) -> Decision | None:
    """Answer danger in what the client said."""
    alarm = danger.spot(event.text) if isinstance(event, Said) else None
    if alarm is None or not isinstance(event, Said):
        return None
    if alarm.kind == "pep-window":
        return _pep(event, facts)
    if facts.case and facts.case.reason == alarm.kind:
        return _stay(state, alarm.kind, event, facts)
    return _crisis(alarm.kind, event.text, facts)


def staying(state: State, event: Event, facts: Facts) -> Decision | None:
    """Stay with a client in danger whom nobody has come to yet, rather than say that we have no answer.

    To despair no answer is given that nobody asked for: "I feel so bad" sounds like a side effect to the search.
    """
    reason = facts.case.reason if facts.case else ""
    if reason not in CONTACTS or not isinstance(event, Said):
        return None
    if reason != DESPAIR and question.sure(event.text, facts):
        return None
    return _stay(state, reason, event, facts)


def _pep(event: Said, facts: Facts) -> Decision | None:
    """Give the 72 hours at once. Whoever is told of a graver danger already keeps that one in sight."""
    known = facts.case.reason if facts.case else ""
    if facts.counselor and known == "pep-window":
        return None
    decision = question.answer(facts, PEP_ENTRY, () if facts.counselor else ("where", "book", choices.COUNSELOR))
    told = () if known in CONTACTS or known == "pep-window" else _raised("pep-window", facts)
    return question.before(decision, (*told, *for_counselor(event, facts))) if decision else None


def _crisis(kind: str, words: str, facts: Facts) -> Decision:
    offered = _offers(kind, words, facts)
    reply = Reply(_text(kind, facts), offered)
    if facts.case:
        told = (*_raised(kind, facts), RelayToCounselor(facts.case.id, words))
        return Decision(resting(facts, offered), (reply, *told))
    return _called(kind, words, reply, facts)


def _called(kind: str, words: str, reply: Reply, facts: Facts) -> Decision:
    handover = facts.fresh.handover
    opened = OpenHandover(handover, kind, urgent=True, question=words)
    return Decision(WaitingForCounselor(handover, reply.choices), (reply, opened))


def _text(kind: str, facts: Facts) -> str:
    return say(facts.lang, f"alarm-{kind}", contacts=numbers(facts, CONTACTS[kind]), called=_promise(facts))


def _promise(facts: Facts) -> str:
    """Say truthfully who reads this, and when."""
    if facts.counselor:
        return say(facts.lang, "called-there", counselor=facts.counselor)
    if facts.desk.on_shift:
        return say(facts.lang, "called-now")
    return say(facts.lang, "called-later", opens=clock.opening(facts.lang, facts.desk.opens))


def _raised(kind: str, facts: Facts) -> tuple[Effect, ...]:
    """What an open handover learns: that its reason became graver."""
    return (RaiseAlarm(facts.case.id, kind),) if facts.case else ()


def _offers(kind: str, words: str, facts: Facts) -> tuple[Choice, ...]:
    """Offer the safety question where it helps, and the ordinary answer, in case the alarm was false."""
    asked = choices.labels(facts.lang, SAFETY) if kind == DESPAIR else ()
    return asked + _ordinary(words, facts)


def _ordinary(words: str, facts: Facts) -> tuple[Choice, ...]:
    """The title of the answer to these words, if there is one beyond doubt; none where it would stay silent."""
    found = question.judged(words, facts)
    if facts.counselor or not isinstance(found, verdict.Sure):
        return ()
    return question.titles(facts, [found.entry_id])


def _stay(state: State, kind: str, event: Said, facts: Facts) -> Decision | None:
    """Nobody has come yet: say the next step, not the same words again. Once a counselor talks, it is theirs."""
    if isinstance(state, WithCounselor):
        return None
    text, offered = _despair(state, event.text, facts) if kind == DESPAIR else _urgent(state, kind, facts)
    waiting = resting(facts, offered, misses=state.misses + 1)
    return Decision(waiting, (*for_counselor(event, facts), Reply(text, offered)))


def _despair(state: Alone, words: str, facts: Facts) -> tuple[str, tuple[Choice, ...]]:
    text = say(facts.lang, STEPS[state.misses % len(STEPS)], contacts=numbers(facts, CONTACTS[DESPAIR]))
    return text, choices.labels(facts.lang, ("unsafe",)) + _ordinary(words, facts)


def _urgent(state: Alone, kind: str, facts: Facts) -> tuple[str, tuple[Choice, ...]]:
    on = choices.labels(facts.lang, ("menu",))
    if state.misses % 2:
        return _text(kind, facts), on
    contacts = numbers(facts, CONTACTS[kind] or EMERGENCY_CONTACTS)
    return say(facts.lang, "alarm-again", contacts=contacts), on


def safety(_: State, event: Event, facts: Facts) -> Decision | None:
    """Answer the taps under "are you safe this minute?". Doubt counts as danger."""
    if not isinstance(event, Tapped) or event.choice not in SAFETY:
        return None
    words = say(facts.lang, f"choice-{event.choice}")
    if event.choice == "safe":
        return Decision(resting(facts), (Reply(say(facts.lang, "alarm-safe")), *for_counselor(Said(words), facts)))
    contacts = numbers(facts, CONTACTS[DESPAIR])
    reply = Reply(say(facts.lang, "alarm-unsafe", contacts=contacts, called=_promise(facts)))
    if facts.case is None:
        return _called(DESPAIR, words, reply, facts)
    return Decision(resting(facts), (reply, RelayToCounselor(facts.case.id, words)))
