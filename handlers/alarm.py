"""Danger is answered first: in every state, before any form, and a counselor is told at once."""

from handlers import care, choices, pep, question, report
from handlers.care import CONTACTS, DESPAIR
from handlers.common import for_counselor, numbers, resting
from handlers.decision import Decision
from handlers.effects import Effect, OpenHandover, RaiseAlarm, RelayToCounselor, Reply
from handlers.events import Event, Said, Tapped
from handlers.facts import Facts
from handlers.states import Choice, State, TellingStory, WaitingForCounselor, WithCounselor
from handlers.texts import say
from knowledge_base import danger, verdict
from knowledge_base.danger import Alarm

SAFETY = ("safe", "doubtful", "unsafe")
# Where "are you safe this minute?" is asked at once.
ASKED = ("suicide", "sexual-violence", "partner-violence")


def spot(state: State, event: Event, facts: Facts) -> Decision | None:
    """Answer danger in what the client said."""
    alarm = danger.spot(event.text) if isinstance(event, Said) else None
    if alarm is None or not isinstance(event, Said) or _retold(state, alarm):
        return None
    if alarm.kind == pep.KIND:
        return _pep(alarm, state, event, facts)
    return _stay(state, alarm.kind, event, facts) if _known(alarm, state, facts) else _crisis(alarm, event.text, facts)


def _retold(state: State, alarm: Alarm) -> bool:
    """Whether it is the story that we asked for after help was given; a danger of another kind is still one."""
    return isinstance(state, TellingStory) and alarm.kind in report.KINDS


def staying(state: State, event: Event, facts: Facts) -> Decision | None:
    """Stay with a client in danger whom nobody has come to yet, rather than say that we have no answer.

    To despair no answer is given that nobody asked for: "I feel so bad" sounds like a side effect to the search.
    """
    reason = _reason(facts)
    if reason not in CONTACTS or not isinstance(event, Said):
        return None
    if care.going_on(state, reason) != DESPAIR and question.sure(event.text, facts):
        return None
    return _stay(state, reason, event, facts)


def safety(_: State, event: Event, facts: Facts) -> Decision | None:
    """Answer the taps under "are you safe this minute?". Doubt counts as danger."""
    if not isinstance(event, Tapped) or event.choice not in SAFETY:
        return None
    kind = _reason(facts) if _reason(facts) in ASKED else DESPAIR
    words = Said(say(facts.lang, f"choice-{event.choice}"))
    safe = event.choice == "safe"
    text = say(facts.lang, "alarm-safe") if safe else _unsafe(kind, facts)
    reply = Reply(text, care.first(facts, kind) + _person(facts))
    if facts.case is None and not safe:
        return _called(kind, words.text, reply, facts)
    return Decision(resting(facts, reply.choices), (reply, *for_counselor(words, facts)))


def _unsafe(kind: str, facts: Facts) -> str:
    return say(facts.lang, "alarm-unsafe", contacts=numbers(facts, CONTACTS[kind]), called=care.promise(facts))


def _reason(facts: Facts) -> str:
    return facts.case.reason if facts.case else ""


def _known(alarm: Alarm, state: State, facts: Facts) -> bool:
    """Return whether this danger has been answered: the same, of the same person. A counselor who talks knows."""
    same_person = care.going_on(state, alarm.kind) == care.flow(alarm.kind, alarm.about)
    return _reason(facts) == alarm.kind and (same_person or bool(facts.counselor))


def _pep(alarm: Alarm, state: State, event: Said, facts: Facts) -> Decision | None:
    """Start the clock at once. Whoever is told of a graver danger already keeps that one in sight."""
    known = _reason(facts)
    if facts.counselor and known == pep.KIND:
        return None
    told = () if known in CONTACTS or known == pep.KIND else _raised(pep.KIND, facts)
    return question.before(pep.begin(state, event, facts, alarm.about), (*told, *for_counselor(event, facts)))


def _crisis(alarm: Alarm, words: str, facts: Facts) -> Decision:
    of = care.flow(alarm.kind, alarm.about)
    contacts = numbers(facts, CONTACTS[alarm.kind])
    text = say(facts.lang, f"alarm-{of}", contacts=contacts, called=care.promise(facts))
    reply = Reply(text, _offers(of, words, facts))
    if facts.case:
        told = (*_raised(alarm.kind, facts), RelayToCounselor(facts.case.id, words))
        return Decision(resting(facts, reply.choices), (reply, *told))
    return _called(alarm.kind, words, reply, facts)


def _called(kind: str, words: str, reply: Reply, facts: Facts) -> Decision:
    handover = facts.fresh.handover
    opened = OpenHandover(handover, kind, urgent=True, question=words)
    return Decision(WaitingForCounselor(handover, reply.choices), (reply, opened))


def _raised(kind: str, facts: Facts) -> tuple[Effect, ...]:
    """What an open handover learns: that its reason became graver."""
    return (RaiseAlarm(facts.case.id, kind),) if facts.case else ()


def _offers(of: str, words: str, facts: Facts) -> tuple[Choice, ...]:
    """Offer the safety question or the first steps, and the ordinary answer, in case the alarm was false."""
    if of in ASKED:
        return choices.labels(facts.lang, SAFETY) + _ordinary(words, facts)
    return care.first(facts, of) + _ordinary(words, facts) + _person(facts)


def _person(facts: Facts) -> tuple[Choice, ...]:
    return () if facts.counselor else choices.labels(facts.lang, (choices.COUNSELOR,))


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
    of = care.going_on(state, kind)
    text, ways = care.step(state, of, facts)
    if of == DESPAIR:
        ways = (*ways, *choices.labels(facts.lang, ("unsafe",)), *_ordinary(event.text, facts))[: care.OFFERED]
    else:
        text = f"{say(facts.lang, 'alarm-passed')}\n\n{text}"
    offered = ways + _person(facts)
    waiting = resting(facts, offered, misses=state.misses + 1)
    return Decision(waiting, (*for_counselor(event, facts), Reply(text, offered)))
