"""The PEP clock: when was it, how many of the 72 hours are left, and where to go now. In doubt: go today."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers import booking, choices, clock, elapsed, opening, question, slots
from handlers.care import DESPAIR
from handlers.common import at_rest, for_counselor, led_by, resting, unheard
from handlers.decision import Decision
from handlers.effects import DropReminder, Reply, SetReminder
from handlers.elapsed import LIMIT, Elapsed
from handlers.events import Event, Said, Tapped
from handlers.facts import Facts
from handlers.slots import Slot
from handlers.states import AskingWhen, Choice, CountingHours, State
from handlers.texts import say
from knowledge_base import verdict

KIND = "pep-window"
ENTRY, WHERE, TOO_LATE = "pep-urgent", "pep-where", "pep-too-late"
SERVICE = "pep"
# The taps under "when was it?", in hours ago.
TIMES = {
    "under24": Elapsed(0, 24),
    "to48": Elapsed(24, 48),
    "to72": Elapsed(48, 72),
    "over72": Elapsed(LIMIT + 1, 30 * 24),
}
UNKNOWN = "unknown"
WHEN = (*TIMES, UNKNOWN)
# With fewer hours left than a night no time is lost on counting them.
NEARLY = 12
_HOUR = timedelta(hours=1)
# When to ask whether it went well (F29).
REMIND_MINUTES = 60
_STORED = "%Y-%m-%dT%H"


def begin(state: State, event: Said, facts: Facts, about: str = "self") -> Decision:
    """Say that haste counts, and ask when it was, unless the message or an earlier one told."""
    span = elapsed.read(event.text, facts.now) or _kept(state, facts.now)
    if facts.counselor:
        decision = Decision(resting(facts), (Reply(say(facts.lang, "pep-haste")),))
    elif span is None and isinstance(state, AskingWhen):
        return _unclear(state, facts)
    else:
        decision = _settled(span, facts) if span else _ask(facts)
    if isinstance(state, AskingWhen | CountingHours):
        return decision
    return _greeted(say(facts.lang, "pep-friend" if about == "other" else "pep-sorry"), decision)


def _greeted(greeting: str, decision: Decision) -> Decision:
    effects = (replace(e, text=f"{greeting} {e.text}") if isinstance(e, Reply) else e for e in decision.effects)
    return replace(decision, effects=tuple(effects))


def timing(state: State, event: Event, facts: Facts) -> Decision | None:
    """Take an answer to "when was it?" in words. Another question is answered, and ours is still asked."""
    if not isinstance(state, AskingWhen) or not isinstance(event, Said):
        return None
    span = _in_words(event.text, facts.now)
    if span is None and _despair(facts):
        return None
    decision = _settled(span, facts) if span else _answered(state, event.text, facts) or _unclear(state, facts)
    return question.before(decision, for_counselor(event, facts))


def urgent(_: State, event: Event, facts: Facts) -> Decision | None:
    """Start the clock where the search finds the 72 hours: at once if a time is told, else as a tap."""
    if not question.asks(ENTRY, event, facts):
        return None
    span = elapsed.read(event.text, facts.now) if isinstance(event, Said) else None
    if span:
        decision = _greeted(say(facts.lang, "pep-sorry"), _settled(span, facts))
    else:
        decision = question.answer(facts, ENTRY, ("when", "where", choices.COUNSELOR)) or _ask(facts)
    return question.before(decision, for_counselor(event, facts))


def counting(state: State, event: Event, facts: Facts) -> Decision | None:
    """While the hours are counted: another time corrects the clock, and "where" does not stop it."""
    match state, event:
        case CountingHours(), Said(text) if span := elapsed.read(text, facts.now):
            return question.before(_settled(span, facts), for_counselor(event, facts))
        case CountingHours(earliest, latest), Tapped("where"):
            where = question.answer(facts, WHERE, ("more", choices.COUNSELOR))
            return where and Decision(
                CountingHours(earliest, latest, choices.labels(facts.lang, ("more", choices.COUNSELOR)), WHERE),
                where.effects,
            )
    return None


def tapped(_: State, event: Event, facts: Facts) -> Decision | None:
    """Answer the taps of the clock, also old ones."""
    if not isinstance(event, Tapped):
        return None
    if event.choice.startswith(f"slot:{SERVICE}@"):
        return booking.confirm(facts, event.choice.removeprefix("slot:"))
    if event.choice == "when":
        return _ask(facts)
    if event.choice not in WHEN:
        return None
    told = for_counselor(Said(say(facts.lang, f"choice-{event.choice}")), facts)
    known = TIMES.get(event.choice)
    return question.before(_settled(known, facts) if known else _today(facts), told)


def again(state: State, facts: Facts) -> Decision | None:
    """Say again, in the language of the facts, what was asked or counted; None outside of the clock."""
    if isinstance(state, AskingWhen):
        return _ask(facts)
    span = _kept(state, facts.now)
    return _settled(span, facts) if span else None


def is_visit(slot: str) -> bool:
    """Return whether a slot is one for PEP."""
    return slot.startswith(f"{SERVICE}@")


def _times(facts: Facts) -> tuple[Choice, ...]:
    return choices.labels(facts.lang, (*WHEN, choices.COUNSELOR))


def _ask(facts: Facts) -> Decision:
    offered = _times(facts)
    text = _paragraphs(say(facts.lang, "pep-haste"), say(facts.lang, "pep-when"))
    return Decision(AskingWhen(offered), (Reply(text, offered),))


def _unclear(state: AskingWhen, facts: Facts) -> Decision:
    """Ask once more; who cannot say when it was is sent today."""
    if state.misses:
        return _today(facts)
    return unheard(state, facts, "pep-unclear", _times(facts))


def _answered(state: AskingWhen, text: str, facts: Facts) -> Decision | None:
    """Answer what is asked beyond doubt, and keep our question below it; None where nothing is."""
    found = question.judged(text, facts)
    given = question.answer(facts, found.entry_id) if isinstance(found, verdict.Sure) else None
    if given is None:
        return None
    said = " ".join(reply.text for reply in given.effects if isinstance(reply, Reply))
    reply = Reply(_paragraphs(said, say(facts.lang, "pep-when")), _times(facts))
    return Decision(AskingWhen(reply.choices, state.misses + 1), (reply,))


def _in_words(text: str, now: datetime) -> Elapsed | None:
    """The time in an answer; a bare number is hours."""
    return elapsed.read(f"{text} hours" if text.strip().isdecimal() else text, now)


def _despair(facts: Facts) -> bool:
    return facts.case is not None and facts.case.reason == DESPAIR


def _settled(span: Elapsed, facts: Facts) -> Decision:
    return _late(facts) if span.least > LIMIT else _in_time(span, facts)


def _late(facts: Facts) -> Decision:
    """Too late for PEP, and what to do now."""
    ids = ("book", "when", choices.COUNSELOR)
    what = question.answer(facts, TOO_LATE, ids) or at_rest(facts, say(facts.lang, "pep-late"), ids)
    over = led_by(say(facts.lang, "pep-over"), what)
    return replace(over, effects=(*over.effects, DropReminder()))


def _in_time(span: Elapsed, facts: Facts) -> Decision:
    """Count from the earliest time it may have been."""
    left = max(0, int(LIMIT - span.most))
    earliest, latest = facts.now - span.most * _HOUR, facts.now - span.least * _HOUR + _HOUR
    lead = say(facts.lang, "pep-left", hours=left) if left >= NEARLY else say(facts.lang, "pep-nearly")
    text, offered = _go(lead, earliest + LIMIT * _HOUR, facts)
    state = CountingHours(f"{earliest:{_STORED}}", f"{latest:{_STORED}}", offered, ENTRY)
    return Decision(state, (Reply(text, offered), SetReminder(REMIND_MINUTES)))


def _today(facts: Facts) -> Decision:
    text, offered = _go(say(facts.lang, "pep-unknown"), facts.now + LIMIT * _HOUR, facts)
    return Decision(resting(facts, offered, ENTRY), (Reply(text, offered), SetReminder(REMIND_MINUTES)))


def _go(lead: str, deadline: datetime, facts: Facts) -> tuple[str, tuple[Choice, ...]]:
    """What to do now, where, and the first free time there as one tap."""
    first = _first_slot(deadline, facts)
    lines = [_site(deadline, facts)]
    if first:
        lines.append(say(facts.lang, "pep-slot", time=clock.time_name(facts.lang, first.starts)))
    offered = (*_book(first, facts.lang), *choices.labels(facts.lang, ("where", choices.COUNSELOR)))
    last = f"{say(facts.lang, 'pep-say')} {say(facts.lang, 'pep-later')}"
    return _paragraphs(lead, " ".join(lines), last), offered


def _book(first: Slot | None, lang: str) -> tuple[Choice, ...]:
    return (Choice(f"slot:{first.id}", say(lang, "pep-book", time=f"{first.starts:%H:%M}")),) if first else ()


def _first_slot(deadline: datetime, facts: Facts) -> Slot | None:
    """The first free time today that still is in time. After violence the hospital can do more than the clinic."""
    service = facts.clinic.service(SERVICE)
    if service is None or facts.appointments or _forced(facts):
        return None
    free = slots.free_slots(service, facts.clinic, facts.taken, facts.now)
    return next((one for one in free if one.starts.date() == facts.now.date() and one.starts < deadline), None)


def _site(deadline: datetime, facts: Facts) -> str:
    closes, opens = opening.closes(facts.clinic, facts.now), opening.opens(facts.clinic, facts.now)
    place = facts.clinic.place
    if closes and not _forced(facts):
        return say(facts.lang, "pep-open", place=place, time=clock.time_name(facts.lang, closes))
    if opens and opens + NEARLY * _HOUR < deadline and not _forced(facts):
        day, hour = clock.day_name(facts.lang, opens.date()), clock.time_name(facts.lang, opens)
        return say(facts.lang, "pep-shut", place=place, day=day, time=hour)
    return say(facts.lang, "pep-hospital")


def _forced(facts: Facts) -> bool:
    return facts.case is not None and facts.case.reason in ("sexual-violence", "child-abuse")


def _kept(state: State, now: datetime) -> Elapsed | None:
    """The time that an earlier message told."""
    if not isinstance(state, CountingHours):
        return None
    try:
        earliest, latest = (
            datetime.strptime(value, _STORED).replace(tzinfo=now.tzinfo) for value in (state.earliest, state.latest)
        )
    except ValueError:
        return None
    return Elapsed(max(0.0, (now - latest) / _HOUR), max(0.0, (now - earliest) / _HOUR))


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(parts)
