"""What goes on while a client in danger waits for a counselor: one step at a time, by a tap or in answer to any words.

Which step comes next stands in the choice that is offered, `step:<flow>:<name>`, so that no step comes twice running and
nothing more is kept about what happened. A flow is a kind of danger, or `friend-<kind>` where somebody else is in it.
"""

from dataclasses import replace

from handlers import choices, clock, question
from handlers.common import EMERGENCY_CONTACTS, for_counselor, numbers, resting
from handlers.decision import Decision
from handlers.effects import Reply
from handlers.events import Event, Said, Tapped
from handlers.facts import Facts
from handlers.states import Choice, State
from handlers.texts import say

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
DESPAIR = "suicide"
FRIEND = "friend-"
EVICTION = "eviction"
EVICTION_ENTRY = "family-rejection"
ALONE = "alone"
# The steps of each flow, in order; the sentences are `step-<name>`. The advice follows the entries on the same matters.
STEPS: dict[str, tuple[str, ...]] = {
    "suicide": ("place", "breath", ALONE, "means", "senses", "someone", "waiting"),
    "sexual-violence": ("shelter", "clothes", "hospital", ALONE, "breath", "waiting"),
    "partner-violence": ("out", ALONE, "choked", "bag", "breath", "waiting"),
    "medical-emergency": ("go", "company", "bring", "waiting"),
    "child-abuse": ("childline", "adult", "child-hospital", "breath", "waiting"),
    "blackmail": ("evidence", "lockdown", "pay", "trust", "waiting"),
    "arrest": ("silent", "phone", "body", "medicine", "bail", "waiting"),
    EVICTION: ("tonight", "bag", "trust"),
    "friend-suicide": ("friend-ask", "friend-stay", "friend-means", "friend-bring", "friend-self", "waiting"),
    "friend-sexual-violence": ("friend-believe", "friend-hospital", "friend-police", "friend-self", "waiting"),
    "friend-partner-violence": ("friend-believe", "friend-plan", "friend-choked", "friend-self", "waiting"),
    "friend-medical-emergency": ("go", "friend-watch", "bring", "waiting"),
    "friend-child-abuse": ("friend-listen", "childline", "child-hospital", "friend-self", "waiting"),
    "friend-blackmail": ("evidence", "lockdown", "pay", "friend-self", "waiting"),
    "friend-arrest": ("station", "friend-medicine", "bail", "friend-self", "waiting"),
}
# Steps that are offered by their own name, not as "What now"; beside them free legal help.
BY_NAME = {
    "blackmail": ("evidence", "lockdown", "pay"),
    "arrest": ("silent", "phone", "medicine"),
    EVICTION: ("tonight", "bag"),
    "friend-blackmail": ("evidence", "lockdown", "pay"),
    "friend-arrest": ("station", "bail"),
}
LEGAL_ENTRY = "legal-aid"
# The step below which the 72 hours can be counted.
HOSPITAL = "hospital"
OFFERED = 3


def flow(kind: str, about: str) -> str:
    """Return the flow of a danger: the client's own, or somebody else's."""
    return f"{FRIEND}{kind}" if about == "other" else kind


def going_on(state: State, kind: str) -> str:
    """Return the flow that the client is in with this kind of danger."""
    found = _offered(state)[0]
    return found if found.removeprefix(FRIEND) == kind else kind


def promise(facts: Facts) -> str:
    """Say truthfully who reads this, and when."""
    if facts.counselor:
        return say(facts.lang, "called-there", counselor=facts.counselor)
    if facts.desk.on_shift:
        return say(facts.lang, "called-now")
    return say(facts.lang, "called-later", opens=clock.opening(facts.lang, facts.desk.opens))


def first(facts: Facts, of: str) -> tuple[Choice, ...]:
    """Return what is offered at the start of a flow. A counselor who talks gives the steps: then nothing is offered."""
    return () if facts.counselor else _ways(facts, of, STEPS[of][0])


def step(state: State, of: str, facts: Facts) -> tuple[str, tuple[Choice, ...]]:
    """Return the next step of a flow and what is offered below it."""
    found, name = _offered(state)
    return _step(of, name if found == of else STEPS[of][0], facts)


def tapped(state: State, event: Event, facts: Facts) -> Decision | None:
    """Answer the taps of a flow: the next step, a step by its name, whether somebody is near."""
    kind, of, name = _parts(event.choice) if isinstance(event, Tapped) else ("", "", "")
    if name not in STEPS.get(of, ()):
        return None
    if kind == "step":
        return _say(*_step(of, _unsaid(state, of, name), facts), facts)
    if kind not in ("alone", "together"):
        return None
    told = for_counselor(Said(say(facts.lang, f"choice-{kind}")), facts)
    near = say(facts.lang, f"near-{kind}", contacts=_numbers(of, facts))
    return question.before(_say(near, _ways(facts, of, name), facts), told)


def evicted(_: State, event: Event, facts: Facts) -> Decision | None:
    """Whoever was thrown out is given the answer with the steps for tonight below it."""
    given = question.answer(facts, EVICTION_ENTRY) if question.asks(EVICTION_ENTRY, event, facts) else None
    if given is None:
        return None
    offered = (*_ways(facts, EVICTION, STEPS[EVICTION][0]), choices.label(facts.lang, choices.COUNSELOR))
    said = (replace(e, choices=offered) if isinstance(e, Reply) else e for e in given.effects)
    return Decision(resting(facts, offered, EVICTION_ENTRY), (*for_counselor(event, facts), *said))


def _say(text: str, ways: tuple[Choice, ...], facts: Facts) -> Decision:
    offered = (*ways, choices.label(facts.lang, choices.COUNSELOR))
    return Decision(resting(facts, offered), (Reply(text, offered),))


def _step(of: str, name: str, facts: Facts) -> tuple[str, tuple[Choice, ...]]:
    text = say(facts.lang, f"step-{name}", contacts=_numbers(of, facts), called=promise(facts))
    following = _after(of, name)
    before = choices.labels(facts.lang, ("when",)) if name == HOSPITAL else ()
    if name == ALONE:
        before = tuple(_choice(facts, answer, of, following, answer) for answer in ("alone", "together"))
    return text, (*before, *_ways(facts, of, following, said=name))


def _ways(facts: Facts, of: str, following: str, said: str = "") -> tuple[Choice, ...]:
    """The step that follows; in a flow whose steps have names also others by their name, and free legal help."""
    named = BY_NAME.get(of, ())
    names = (following, *(name for name in named if name not in (following, said)))
    ways = [_choice(facts, "step", of, name, name if name in named else "step") for name in names]
    if named and facts.library.get(LEGAL_ENTRY):
        return (*ways[: OFFERED - 1], Choice(f"entry:{LEGAL_ENTRY}", say(facts.lang, "choice-legal")))
    return tuple(ways[:OFFERED])


def _choice(facts: Facts, kind: str, of: str, name: str, label: str) -> Choice:
    return Choice(f"{kind}:{of}:{name}", say(facts.lang, f"choice-{label}"))


def _parts(choice: str) -> tuple[str, str, str]:
    kind, _, rest = choice.partition(":")
    of, _, name = rest.partition(":")
    return kind, of, name


def _offered(state: State) -> tuple[str, str]:
    """The flow and the step that are offered first; both "" when none is."""
    found = (_parts(choice.id) for choice in state.offered)
    return next(((of, name) for kind, of, name in found if kind == "step" and name in STEPS.get(of, ())), ("", ""))


def _unsaid(state: State, of: str, name: str) -> str:
    """The step `name`, or the one after it when it was said last: old keyboards may be tapped twice."""
    following = _after(of, name)
    return following if _offered(state) == (of, following) else name


def _after(of: str, name: str) -> str:
    names = STEPS[of]
    return names[(names.index(name) + 1) % len(names)]


def _numbers(of: str, facts: Facts) -> str:
    return numbers(facts, CONTACTS.get(of.removeprefix(FRIEND)) or EMERGENCY_CONTACTS)
