"""A question: search, answer when sure, ask back when not, and never end in a dead end."""

from handlers import choices
from handlers.common import menu, numbers, resting
from handlers.decision import Decision
from handlers.effects import Effect, NoteGap, Rate, RelayToCounselor, Reply
from handlers.events import Event, Said, SentMedia, Tapped
from handlers.facts import Facts
from handlers.states import Choice, Clarifying, Idle, State, WaitingForCounselor
from handlers.texts import say
from knowledge_base import verdict
from knowledge_base.model import Entry, Review
from knowledge_base.words import normalise

PEP_WHERE = "pep-where"


def ask(state: State, event: Event, facts: Facts) -> Decision | None:
    """Answer what the client said; also what is no text at all."""
    if isinstance(event, SentMedia):
        return _without_words("media", facts)
    if not isinstance(event, Said):
        return None
    if not normalise(event.text):
        return _without_words("empty", facts)
    decision = _search(state, event.text, facts)
    return Decision(decision.state, (*_heard_by_counselor(event, facts), *decision.effects))


def tapped(state: State, event: Event, facts: Facts) -> Decision | None:
    """Do what a tap on an entry, or on one of the choices under an answer, asks for. Old keyboards still work."""
    if not isinstance(event, Tapped):
        return None
    kind, _, entry_id = event.choice.partition(":")
    if kind == "entry":
        return answer(facts, entry_id) or menu(facts, "passed")
    if kind == "where":
        return answer(facts, PEP_WHERE) or menu(facts, "passed")
    return _about_answer(kind, entry_id or _last_entry(state), facts)


def clarifying(state: State, event: Event, facts: Facts) -> Decision | None:
    """After "do you mean": "something else" notes a gap; everything else is an ordinary tap or a new question."""
    if not isinstance(state, Clarifying) or event != Tapped("none"):
        return None
    offered = choices.labels(facts.lang, (choices.COUNSELOR, "menu"))
    reply = Reply(say(facts.lang, "none-of-these"), offered)
    return Decision(resting(facts, offered, misses=state.misses + 1), (NoteGap(state.question), reply))


def answer(facts: Facts, entry_id: str, ids: tuple[str, ...] | None = None) -> Decision | None:
    """Give the answer of `entry_id` with `ids`, or the usual choices, under it; None when the entry is gone."""
    entry = facts.library.get(entry_id)
    if entry is None:
        return None
    offered = choices.labels(facts.lang, _after(entry, facts.lang) if ids is None else ids)
    text = "\n".join(filter(None, (entry.answer(facts.lang).short, numbers(facts, entry.contacts))))
    return Decision(resting(facts, offered, entry.id), (Reply(text, offered),))


def _after(entry: Entry, lang: str) -> tuple[str, ...]:
    """At most three choices under an answer, and a person."""
    third = "book" if "book" in entry.next else f"more:{entry.id}" if entry.answer(lang).long else f"related:{entry.id}"
    return (third, f"helped:{entry.id}", f"unhelped:{entry.id}", choices.COUNSELOR)


def _search(state: State, text: str, facts: Facts) -> Decision:
    index = facts.library.index
    match verdict.judge(index.search(text), index.calibration):
        case verdict.Sure(entry_id):
            return answer(facts, entry_id) or _miss(state, text, (), facts)
        case verdict.Unsure(candidates):
            return _clarify(state, text, candidates, facts)
        case verdict.Unknown(nearest):
            return _miss(state, text, nearest, facts)


def _clarify(state: State, text: str, candidates: tuple[str, ...], facts: Facts) -> Decision:
    lang = facts.lang
    offered = (*titles(facts, candidates), *choices.labels(lang, ("none", choices.COUNSELOR)))
    return Decision(Clarifying(text, offered, _misses(state)), (Reply(say(lang, "unsure"), offered),))


def _miss(state: State, text: str, nearest: tuple[str, ...], facts: Facts) -> Decision:
    """First the nearest titles; from the second miss in a row on a person first, and never the same words twice running."""
    misses = _misses(state) + 1
    key = ("miss-first", "miss-second", "miss-third")[0 if misses == 1 else 1 + misses % 2]
    person = choices.labels(facts.lang, (choices.COUNSELOR,))
    offered = (*titles(facts, nearest), *person) if misses == 1 else (*person, *choices.labels(facts.lang, ("menu",)))
    state = resting(facts, offered, misses=misses)
    return Decision(state, (NoteGap(text), Reply(say(facts.lang, key), offered)))


def titles(facts: Facts, ids: tuple[str, ...]) -> tuple[Choice, ...]:
    """Return a choice for each entry that still exists, labelled with its title."""
    found = (facts.library.get(entry_id) for entry_id in ids)
    return tuple(Choice(f"entry:{entry.id}", entry.answer(facts.lang).title) for entry in found if entry)


def _about_answer(kind: str, entry_id: str, facts: Facts) -> Decision | None:
    entry = facts.library.get(entry_id)
    if kind == "source":
        return _source(entry, facts)
    if entry is None:
        return menu(facts, "passed") if kind in ("more", "related", "helped", "unhelped") else None
    match kind:
        case "more":
            return _more(entry, facts)
        case "related":
            return _related(entry, "related-ask", (), facts)
        case "helped" | "unhelped":
            key = "helped-yes" if kind == "helped" else "helped-no"
            return _related(entry, key, (Rate(entry.id, kind == "helped"),), facts)
    return None


def _more(entry: Entry, facts: Facts) -> Decision:
    text = entry.answer(facts.lang).long or say(facts.lang, "no-more")
    ids = (f"related:{entry.id}", f"helped:{entry.id}", f"unhelped:{entry.id}", choices.COUNSELOR)
    offered = choices.labels(facts.lang, ids)
    return Decision(resting(facts, offered, entry.id), (Reply(text, offered),))


def _related(entry: Entry, key: str, before: tuple[Effect, ...], facts: Facts) -> Decision:
    offered = (*titles(facts, entry.related[:3]), *choices.labels(facts.lang, (choices.COUNSELOR,)))
    return Decision(resting(facts, offered, entry.id), (*before, Reply(say(facts.lang, key), offered)))


def _source(entry: Entry | None, facts: Facts) -> Decision:
    offered = choices.labels(facts.lang, ("menu", choices.COUNSELOR))
    if entry is None:
        return Decision(resting(facts, offered), (Reply(say(facts.lang, "source-none"), offered),))
    named = "; ".join(", ".join(filter(None, (s.organisation, s.title, s.year))) for s in entry.sources)
    text = say(facts.lang, "source", sources=f"{named}.", review=_reviewed(facts.lang, entry.review))
    return Decision(resting(facts, offered, entry.id), (Reply(text, offered),))


def _reviewed(lang: str, review: Review) -> str:
    return say(lang, "source-reviewed", by=review.by, on=review.on) if review.by else say(lang, "source-unreviewed")


def _without_words(key: str, facts: Facts) -> Decision:
    offered = choices.labels(facts.lang, ("menu", choices.COUNSELOR))
    return Decision(resting(facts, offered), (Reply(say(facts.lang, key), offered),))


def _heard_by_counselor(event: Said, facts: Facts) -> tuple[Effect, ...]:
    """Whoever asked for a person wants that person to see what is said while waiting."""
    return (RelayToCounselor(facts.case.id, event.text),) if facts.case else ()


def _misses(state: State) -> int:
    return state.misses if isinstance(state, Idle | Clarifying | WaitingForCounselor) else 0


def _last_entry(state: State) -> str:
    return state.last_entry if isinstance(state, Idle | WaitingForCounselor) else ""
