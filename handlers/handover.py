"""A person: ask for one, wait, talk, end. While a counselor talks the bot only carries words."""

from collections.abc import Sequence

from handlers import choices, clock, duty
from handlers.common import EMERGENCY_CONTACTS, MENU, WAY_ON, at_rest, numbers, resting
from handlers.decision import Decision
from handlers.effects import CloseHandover, OpenHandover, RaiseAlarm, RelayToCounselor, Reply, TakeHandover
from handlers.events import (
    CounselorClosed,
    CounselorSaid,
    CounselorTook,
    Event,
    Said,
    SentMedia,
    Started,
    Tapped,
    Undelivered,
)
from handlers.facts import Case, Facts
from handlers.states import Idle, State, WaitingForCounselor, WithCounselor
from handlers.texts import say


def actual(state: State, facts: Facts) -> State:
    """Return `state` as the open handover has it: it may have been taken, released or closed from outside."""
    if facts.case and facts.case.counselor:
        return state if isinstance(state, WithCounselor) else WithCounselor(facts.case.id)
    if isinstance(state, WithCounselor) or (isinstance(state, WaitingForCounselor) and facts.case is None):
        return resting(facts, state.offered)
    return state


def ask(_: State, facts: Facts) -> Decision:
    """Open a handover, unless one is open; say truthfully whether somebody is there.

    Who had a counselor a short while ago gets the same one, if they are there; in danger the queue is faster (`alarm`).
    """
    if facts.case:
        return at_rest(facts, waiting(facts, "wait-already"), ("menu",))
    handover = facts.fresh.handover
    opened = OpenHandover(handover, "asked", urgent=False, question="")
    if name := duty.same_counselor(facts.former, facts.now.timestamp(), facts.desk.away):
        reply = Reply(say(facts.lang, "again-with", counselor=name))
        return Decision(WithCounselor(handover), (opened, TakeHandover(handover, name), reply))
    offered = choices.labels(facts.lang, ("menu",))
    return Decision(WaitingForCounselor(handover, offered), (Reply(waiting(facts, "wait-on-shift"), offered), opened))


def not_now(_: State, facts: Facts) -> Decision:
    """The client wants no person: go on with the bot."""
    return at_rest(facts, say(facts.lang, "not-now"), WAY_ON)


def waiting(facts: Facts, key: str, nobody: str = "wait-nobody") -> str:
    """Return the sentence `key` when somebody is there; else `nobody`, which tells when somebody will be and whom to call."""
    if facts.desk.on_shift:
        return say(facts.lang, key)
    contacts = numbers(facts, EMERGENCY_CONTACTS)
    return say(facts.lang, nobody, opens=clock.opening(facts.lang, facts.desk.opens), contacts=contacts)


def counselor(state: State, event: Event, facts: Facts) -> Decision | None:
    """What a counselor does. A handover that was closed meanwhile changes nothing."""
    case = facts.case
    if case is None:
        return None
    match event:
        case CounselorTook(name) if not case.counselor and name not in facts.desk.away:
            return _take(case, name, facts)
        case CounselorSaid(name, text):
            return _say(state, case, name, text, facts)
        case CounselorClosed(name):
            return _close(case, name, facts)
    return None


def _take(case: Case, name: str, facts: Facts) -> Decision:
    text = say(facts.lang, "took", counselor=name)
    return Decision(WithCounselor(case.id), (TakeHandover(case.id, name), Reply(text)))


def _say(state: State, case: Case, name: str, text: str, facts: Facts) -> Decision | None:
    if case.counselor not in ("", name):
        return None  # somebody else has it; two voices at once confuse and leak
    if not case.counselor and name in facts.desk.away:
        return Decision(state, (RaiseAlarm(case.id, "not-on-shift"),))
    taken = () if case.counselor else _take(case, name, facts).effects
    return Decision(WithCounselor(case.id), (*taken, Reply(text, author=name)))


def _close(case: Case, name: str, facts: Facts) -> Decision:
    """End the talk; of one that never began nobody is told that it has ended."""
    text = say(facts.lang, "closed", counselor=name) if case.counselor else say(facts.lang, "closed-unanswered")
    return ended(case.id, name, text, WAY_ON, facts)


def ended(handover: str, by: str, text: str, ids: Sequence[str], facts: Facts) -> Decision:
    """Close the handover, say `text` and offer the choices `ids`."""
    offered = choices.labels(facts.lang, ids)
    return Decision(Idle(offered), (CloseHandover(handover, by), Reply(text, offered)))


def talking(state: State, event: Event, facts: Facts) -> Decision | None:
    """Carry the client's words to the counselor; answer only the taps of the talk's own menu."""
    name = facts.counselor
    match state, event:
        case WithCounselor(handover), Said(text):
            return Decision(WithCounselor(handover), (RelayToCounselor(handover, text),))
        case WithCounselor(), SentMedia():
            return Decision(state, (Reply(say(facts.lang, "media-talking", counselor=name)),))
        case WithCounselor(), Started():
            return talking_menu(facts)
        case WithCounselor(), Tapped("talk"):
            return Decision(resting(facts), (Reply(say(facts.lang, "talking-still", counselor=name)),))
        case WithCounselor(handover), Tapped("end"):
            return ended(handover, "client", say(facts.lang, "ended"), MENU, facts)
        case WithCounselor(), Tapped():
            return Decision(state)  # an old keyboard: the bot is silent
    return None


def talking_menu(facts: Facts) -> Decision:
    """Offer to go on talking or to end the talk."""
    return at_rest(facts, say(facts.lang, "talking-menu", counselor=facts.counselor), ("talk", "end"))


def undelivered(state: State, event: Event, facts: Facts) -> Decision | None:
    """Tell the counselor that their words did not arrive; the bot's own need nobody."""
    if not isinstance(event, Undelivered):
        return None
    told = (RaiseAlarm(facts.case.id, f"undelivered-{event.reason}"),) if facts.case else ()
    return Decision(state, told)
