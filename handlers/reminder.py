"""Asking once more after an hour whether somebody got PEP, in words that tell a bystander nothing.

It comes at any hour, also in the night: the 72 hours do not wait for the morning, the emergency desks are open, and whoever
is asked wrote to us an hour ago. It is announced beforehand, and STOP prevents it.
"""

from dataclasses import replace

from handlers import choices, pep
from handlers.care import DESPAIR
from handlers.common import WAY_ON, at_rest
from handlers.decision import Decision
from handlers.effects import Book, DropReminder, Effect, Remember, Remind, SetReminder, TakeHandover
from handlers.events import Event, Said, Tapped, TimeCame
from handlers.facts import Facts
from handlers.states import AskingWhen, CountingHours, Idle, State, WaitingForCounselor
from handlers.texts import say
from knowledge_base.words import words

SETTLED, UNSETTLED = "settled", "unsettled"
OFFERED = (SETTLED, UNSETTLED, choices.COUNSELOR)
# Where nothing else is asked, so that nothing is lost by asking.
FREE = (Idle, WaitingForCounselor, AskingWhen, CountingHours)
# Said while the hours are counted: no need to ask again.
_GOING = frozenset((
    "i am going", "im going", "i'm going", "going now", "i am going now", "on my way", "i went", "i got it", "i have it", "i am there",
    "naenda", "naenda sasa", "nimeenda", "nimefika", "niko njiani", "nimepata", "nimepata dawa", "nimepewa", "nishapata",
))  # fmt: skip


def spot(state: State, event: Event, facts: Facts) -> Decision | None:
    """Ask when the time has come, and take the answer; None while a counselor talks, whose talk it is."""
    match event:
        case TimeCame():
            return _ask(state, facts) if _open(state, facts) else Decision(state)
        case Said(text) if _asked(state) and " ".join(words(text)) in _GOING and not facts.counselor:
            return _settled(facts)
        case Tapped("settled") if not facts.counselor:
            return _settled(facts)
        case Tapped("unsettled") if not facts.counselor:
            return _still(state, facts)
    return None


def _asked(state: State) -> bool:
    return isinstance(state, CountingHours) or any(choice.id == SETTLED for choice in state.offered)


def _open(state: State, facts: Facts) -> bool:
    """Whether there is still something to ask, and nothing that forbids it."""
    booked = any(pep.is_visit(visit.slot) for visit in facts.appointments)
    despair = facts.case is not None and facts.case.reason == DESPAIR
    silent = facts.client.stopped or facts.counselor or not facts.client.window_open
    return isinstance(state, FREE) and not (booked or despair or silent)


def _ask(state: State, facts: Facts) -> Decision:
    offered = choices.labels(facts.lang, OFFERED)
    return Decision(replace(state, offered=offered), (Remind(say(facts.lang, "remind"), offered),))


def _settled(facts: Facts) -> Decision:
    return at_rest(facts, say(facts.lang, "remind-settled"), WAY_ON, (DropReminder(),))


def _still(state: State, facts: Facts) -> Decision | None:
    """Count again what is left. It is not asked a second time: whoever wants to go knows where."""
    again = pep.again(state, facts) or pep.tapped(state, Tapped("when"), facts)
    return again and replace(again, effects=tuple(one for one in again.effects if not isinstance(one, SetReminder)))


def dropped(decision: Decision) -> Decision:
    """Return the decision with the reminder taken back, if it settles the matter or says that nothing more is wanted."""
    settles = any(map(_settles, decision.effects))
    return replace(decision, effects=(*decision.effects, DropReminder())) if settles else decision


def _settles(effect: Effect) -> bool:
    match effect:
        case Book(slot):
            return pep.is_visit(slot)
        case Remember(stopped=True) | TakeHandover():
            return True
    return False
