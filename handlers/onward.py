"""A handover goes on: passed on, given back, unanswered, silent. The client always hears the truth about it."""

from handlers import choices, clock, duty
from handlers.common import EMERGENCY_CONTACTS, WAY_ON, numbers
from handlers.decision import Decision
from handlers.duty import Due
from handlers.effects import AlertStaff, CloseHandover, Effect, NoteForStaff, Reply, ReturnHandover, TakeHandover
from handlers.events import CounselorPassedOn, Event, TimePassed
from handlers.facts import Case, Facts
from handlers.states import Idle, State, WaitingForCounselor, WithCounselor
from handlers.texts import say


def happened(state: State, event: Event, facts: Facts) -> Decision | None:
    """Do what a counselor who passes on, or the time, asks for. A handover that was closed meanwhile changes nothing."""
    match event, facts.case:
        case CounselorPassedOn(), Case() as case:
            return _passed_on(state, event, case, facts)
        case TimePassed(), Case() as case:
            return _timed(state, case, facts)
    return None


def _timed(state: State, case: Case, facts: Facts) -> Decision | None:
    match duty.due(case, facts.now.timestamp(), facts.desk.reply_minutes * duty.MINUTE):
        case None:
            return None
        case Due.UNANSWERED:
            return _returned(case, facts, "left-unanswered", ReturnHandover(case.id, missed=True))
        case Due.LEFT:
            return _returned(case, facts, "left-back", ReturnHandover(case.id))
        case Due.SILENT:
            return _silent(case, facts)
        case audience:
            return Decision(state, (AlertStaff(case.id, audience.value),))


def _passed_on(state: State, event: CounselorPassedOn, case: Case, facts: Facts) -> Decision | None:
    if event.to == case.counselor != "" or event.to in facts.desk.away:
        return None
    noted = (NoteForStaff(case.id, event.counselor, event.note),) if event.note else ()
    if event.to:
        return _taken_over(event.to, case, facts, noted)
    put_back = (*noted, ReturnHandover(case.id, event.team))
    # Of one that nobody has yet the client need not hear that it moves.
    return _returned(case, facts, "left-back", *put_back) if case.counselor else Decision(state, put_back)


def _taken_over(name: str, case: Case, facts: Facts, noted: tuple[Effect, ...]) -> Decision:
    text = say(facts.lang, "moved-to" if case.counselor else "took", counselor=name)
    return Decision(WithCounselor(case.id), (*noted, TakeHandover(case.id, name), Reply(text)))


def _returned(case: Case, facts: Facts, key: str, *effects: Effect) -> Decision:
    offered = choices.labels(facts.lang, ("menu",))
    text = f"{say(facts.lang, key, counselor=case.counselor)} {_who_next(facts)}"
    return Decision(WaitingForCounselor(case.id, offered), (*effects, Reply(text, offered)))


def _who_next(facts: Facts) -> str:
    if facts.desk.on_shift:
        return say(facts.lang, "moved-on")
    contacts = numbers(facts, EMERGENCY_CONTACTS)
    return say(facts.lang, "moved-nobody", opens=clock.opening(facts.lang, facts.desk.opens), contacts=contacts)


def _silent(case: Case, facts: Facts) -> Decision:
    offered = choices.labels(facts.lang, WAY_ON)
    reply = Reply(say(facts.lang, "closed-silent"), offered)
    return Decision(Idle(offered), (CloseHandover(case.id, "silence"), reply))
