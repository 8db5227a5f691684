"""A handover goes on: passed on, given back, unanswered, silent. The client always hears the truth about it."""

from handlers import choices, duty, handover
from handlers.common import WAY_ON
from handlers.decision import Decision
from handlers.duty import Due
from handlers.effects import AlertStaff, Effect, NoteForStaff, Reply, ReturnHandover, TakeHandover
from handlers.events import CounselorPassedOn, Event, TimePassed
from handlers.facts import Case, Facts
from handlers.states import State, WaitingForCounselor, WithCounselor
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
            return handover.ended(case.id, "silence", say(facts.lang, "closed-silent"), WAY_ON, facts)
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
    text = f"{say(facts.lang, key, counselor=case.counselor)} {handover.waiting(facts, 'moved-on', 'moved-nobody')}"
    return Decision(WaitingForCounselor(case.id, offered), (*effects, Reply(text, offered)))
