"""A question: search, answer when sure, ask back when not, and never end in a dead end."""

from collections.abc import Iterable
from dataclasses import replace

from handlers import choices, several
from handlers.common import MENU, WAY_ON, at_rest, for_counselor, numbers, person_first, resting, unheard
from handlers.decision import Decision
from handlers.effects import Effect, NoteGap, Rate, Reply
from handlers.events import Event, Said, SentMedia, Tapped
from handlers.facts import Facts
from handlers.states import (
    Alone,
    Asking,
    Choice,
    Clarifying,
    CountingHours,
    Idle,
    State,
    WaitingForCounselor,
    WithCounselor,
)
from handlers.texts import say
from handlers.told import filled
from knowledge_base import verdict
from knowledge_base.model import Entry, Review
from knowledge_base.words import normalise

PEP_WHERE = "pep-where"
# Beside an answer there is room for two more questions.
MOST_OTHERS = 2


def ask(state: State, event: Event, facts: Facts) -> Decision | None:
    """Answer what the client said; also what is no question, and no text at all."""
    match state, event:
        case WithCounselor(), _:
            return None
        case _, SentMedia():
            return unheard(state, facts, "media", _still_offered(state, WAY_ON, facts))
        case _, Said(text):
            return before(_hear(state, text, facts), for_counselor(event, facts))
    return None


def _hear(state: Alone, text: str, facts: Facts) -> Decision:
    if not normalise(text):
        return unheard(state, facts, "empty", _still_offered(state, WAY_ON, facts))
    if choices.short(text):
        return unheard(state, facts, "no-choice", state.offered or choices.labels(facts.lang, MENU))
    return _search(state, text, facts)


def _still_offered(state: Alone, otherwise: tuple[str, ...], facts: Facts) -> tuple[Choice, ...]:
    return state.offered if isinstance(state, Asking) else choices.labels(facts.lang, otherwise)


def before(decision: Decision, effects: tuple[Effect, ...]) -> Decision:
    """Return `decision` with `effects` in front of its own."""
    return replace(decision, effects=(*effects, *decision.effects))


def sure(text: str, facts: Facts) -> bool:
    """Return whether `text` asks something that we can answer."""
    return isinstance(judged(text, facts), verdict.Sure)


def asks(entry_id: str, event: Event, facts: Facts) -> bool:
    """Return whether the client asks for this entry, in words beyond doubt or by a tap."""
    if isinstance(event, Said):
        found = judged(event.text, facts)
        return isinstance(found, verdict.Sure) and found.entry_id == entry_id
    return event == Tapped(f"entry:{entry_id}")


def judged(text: str, facts: Facts, last: str = "") -> verdict.Verdict:
    """Return whether we know what `text` asks after the entry `last` was answered: one entry, some, or none."""
    index = facts.library.index
    return verdict.judge(facts.library.context.search(index, text, last), index.calibration)


def tapped(state: State, event: Event, facts: Facts) -> Decision | None:
    """Do what a tap on an entry, or on one of the choices under an answer, asks for. Old keyboards still work."""
    if not isinstance(event, Tapped):
        return None
    kind, _, entry_id = event.choice.partition(":")
    match kind:
        case "entry":
            return answer(facts, entry_id)
        case "where":
            return answer(facts, PEP_WHERE)
        case "more" | "source" if not (entry_id or _last_entry(state)):
            return at_rest(facts, say(facts.lang, "ask-first"), WAY_ON)
    entry = facts.library.get(entry_id or _last_entry(state))
    return _about(kind, entry, facts) if entry else None


def clarifying(state: State, event: Event, facts: Facts) -> Decision | None:
    """After "do you mean": "something else" notes a gap; everything else is an ordinary tap or a new question."""
    if not isinstance(state, Clarifying) or event != Tapped("none"):
        return None
    offered = person_first(facts, choices.labels(facts.lang, WAY_ON))
    reply = Reply(say(facts.lang, "none-of-these"), offered)
    return Decision(resting(facts, offered, misses=state.misses + 1), (NoteGap(state.question), reply))


def again(state: Alone, facts: Facts) -> Decision | None:
    """Say again, in the language of the facts, what was answered or asked back last; None when nothing was."""
    if isinstance(state, Clarifying):
        meant = (one.id.partition(":") for one in state.offered)
        ids = tuple(entry_id for kind, _, entry_id in meant if kind == "entry")
        return _clarify(Idle(misses=state.misses), state.question, ids, facts)
    return answer(facts, _last_entry(state))


def answer(facts: Facts, entry_id: str, ids: tuple[str, ...] | None = None) -> Decision | None:
    """Give the answer of `entry_id` with `ids`, or the usual choices, under it; None when the entry is gone."""
    entry = facts.library.get(entry_id)
    if entry is None:
        return None
    offered = choices.labels(facts.lang, _after(entry, facts.lang) if ids is None else ids)
    return Decision(resting(facts, offered, entry.id), (Reply(_told(entry, facts), offered),))


def _told(entry: Entry, facts: Facts) -> str:
    return "\n".join(filter(None, (filled(entry.answer(facts.lang).short, facts), numbers(facts, entry.contacts))))


def _after(entry: Entry, lang: str) -> tuple[str, ...]:
    """At most three choices under an answer, and a person."""
    third = "book" if "book" in entry.next else f"more:{entry.id}" if entry.answer(lang).long else f"related:{entry.id}"
    return (third, f"helped:{entry.id}", f"unhelped:{entry.id}", choices.COUNSELOR)


def _search(state: Alone, text: str, facts: Facts) -> Decision:
    asked = _asked(text, facts, _last_entry(state))
    if len(asked) > 1:
        return _first_of(asked, facts)
    found = judged(text, facts, _last_entry(state))
    if isinstance(found, verdict.Sure):
        return answer(facts, found.entry_id) or _miss(state, text, (), facts)
    if isinstance(found, verdict.Unsure):
        return _clarify(state, text, found.candidates, facts)
    return _miss(state, text, found.nearest, facts)


def _asked(text: str, facts: Facts, last: str) -> tuple[Entry, ...]:
    """The entries that `text` asks for when it holds several questions, each of them sure; none when it does not.

    A later question may lean on the one before it: "what is prep and where do I get it".
    """
    found: dict[str, Entry] = {}
    parts = several.parts(text)
    for part in parts if len(parts) > 1 else ():
        meant = judged(part, facts, last)
        entry = facts.library.get(meant.entry_id) if isinstance(meant, verdict.Sure) else None
        if entry is None:
            return ()
        found[entry.id], last = entry, entry.id
    return several.by_urgency(found.values())


def _first_of(asked: tuple[Entry, ...], facts: Facts) -> Decision:
    """Answer the most urgent of several questions, and offer the others by their titles."""
    first, *others = asked
    others = others[:MOST_OTHERS]
    also = titles(facts, (entry.id for entry in others))
    told = say(facts.lang, "also-asked", titles="; ".join(choice.label for choice in also))
    ids = (f"helped:{first.id}", choices.COUNSELOR) if len(also) > 1 else _after(first, facts.lang)[1:]
    offered = (*also, *choices.labels(facts.lang, ids))
    text = f"{_told(first, facts)}\n\n{told}"
    return Decision(resting(facts, offered, first.id), (Reply(text, offered),))


def _clarify(state: Alone, text: str, candidates: tuple[str, ...], facts: Facts) -> Decision:
    """Ask which is meant; when that is not clear twice running either, in other words and with a person first."""
    misses = state.misses + isinstance(state, Clarifying)
    offered = (*titles(facts, candidates), *choices.labels(facts.lang, ("none", choices.COUNSELOR)))
    if misses > 1:
        offered = person_first(facts, offered)
    asked = say(facts.lang, "unsure-again" if misses % 2 else "unsure")
    return Decision(Clarifying(text, offered, misses), (Reply(asked, offered),))


def _miss(state: Alone, text: str, nearest: tuple[str, ...], facts: Facts) -> Decision:
    """First the nearest titles; from the second miss in a row on a person first, and never the same words twice running."""
    misses = state.misses + 1
    close = titles(facts, nearest) if misses == 1 else ()
    key = ("miss-first" if close else "miss-bare") if misses == 1 else ("miss-second", "miss-third")[misses % 2]
    person = choices.labels(
        facts.lang, (choices.COUNSELOR, "menu") if misses == 1 else (choices.COUNSELOR, "notnow", "menu")
    )
    offered = (*close, *person)
    return Decision(resting(facts, offered, misses=misses), (NoteGap(text), Reply(say(facts.lang, key), offered)))


def titles(facts: Facts, ids: Iterable[str]) -> tuple[Choice, ...]:
    """Return a choice for each entry that still exists, labelled with its title."""
    found = (facts.library.get(entry_id) for entry_id in ids)
    return tuple(Choice(f"entry:{entry.id}", entry.answer(facts.lang).title) for entry in found if entry)


def _about(kind: str, entry: Entry, facts: Facts) -> Decision | None:
    match kind:
        case "source":
            return _source(entry, facts)
        case "more":
            return _more(entry, facts)
        case "related":
            return _related(entry, kind, facts)
        case "helped" | "unhelped":
            return before(_related(entry, kind, facts), (Rate(entry.id, kind == "helped"),))
    return None


def _more(entry: Entry, facts: Facts) -> Decision:
    long = entry.answer(facts.lang).long
    text = filled(long, facts) if long else say(facts.lang, "no-more")
    ids = (f"related:{entry.id}", f"helped:{entry.id}", f"unhelped:{entry.id}", choices.COUNSELOR)
    offered = choices.labels(facts.lang, ids)
    return Decision(resting(facts, offered, entry.id), (Reply(text, offered),))


def _related(entry: Entry, kind: str, facts: Facts) -> Decision:
    """Lead on to the entries that go with this one; where there are none, to the menu."""
    found = titles(facts, entry.related[:3])
    text = say(facts.lang, kind if found else f"{kind}-alone")
    offered = (*found, *choices.labels(facts.lang, (choices.COUNSELOR,) if found else WAY_ON))
    return Decision(resting(facts, offered, entry.id), (Reply(text, offered),))


def _source(entry: Entry, facts: Facts) -> Decision:
    offered = choices.labels(facts.lang, WAY_ON)
    named = "; ".join(", ".join(filter(None, (s.organisation, s.title, s.year))) for s in entry.sources)
    text = say(facts.lang, "source", sources=f"{named}.", review=_reviewed(facts.lang, entry.review))
    return Decision(resting(facts, offered, entry.id), (Reply(text, offered),))


def _reviewed(lang: str, review: Review) -> str:
    return say(lang, "source-reviewed", by=review.by, on=review.on) if review.by else say(lang, "source-unreviewed")


def _last_entry(state: State) -> str:
    return state.last_entry if isinstance(state, Idle | CountingHours | WaitingForCounselor) else ""
