"""Counting what happened: after help, never before it, and only as far as the client agrees (F87).

Offered once, where a counselor's talk about violence, blackmail or arrest ends. What is kept is a number by kind, county and
week; with the third tier also the client's words, in a place of their own. Nothing leads from there to the conversation.
"""

from dataclasses import replace

from handlers import choices, counties, surge
from handlers.common import WAY_ON, at_rest, for_counselor, unheard
from handlers.decision import Decision
from handlers.effects import CloseHandover, FileReport, Remember, Reply
from handlers.events import Event, Said, Tapped
from handlers.facts import Facts
from handlers.states import Choice, Reporting, State, TellingStory
from handlers.texts import say

KINDS = ("sexual-violence", "partner-violence", "blackmail", "arrest")
# The offer, `report:<kind>`.
REPORT = "report"
HELP_ONLY, COUNT, STORY = "helponly", "countme", "mystory"
TIERS = (HELP_ONLY, COUNT, STORY)
NO_COUNTY, COUNT_ONLY = "nocounty", "countonly"
# Most clients are there; all others write the name.
FIRST_COUNTY = "Nairobi"
# The weeks that can be chosen, and how long ago they are; "longago" is none.
WEEKS = {"thisweek": 0, "lastweek": 1}
LONG_AGO = "longago"


def offer(decision: Decision, facts: Facts) -> Decision:
    """Return the decision with the offer, if it ends a talk in which a counselor has helped."""
    closes = any(isinstance(effect, CloseHandover) for effect in decision.effects)
    stopped = any(isinstance(effect, Remember) and effect.stopped for effect in decision.effects)
    if not closes or stopped or facts.case is None or not facts.case.counselor or facts.case.reason not in KINDS:
        return decision
    offered = choices.labels(facts.lang, (f"{REPORT}:{facts.case.reason}", *WAY_ON))
    text = say(facts.lang, "report-offer")
    said = (
        replace(e, text=f"{e.text}\n\n{text}", choices=offered) if isinstance(e, Reply) else e for e in decision.effects
    )
    return Decision(replace(decision.state, offered=offered), tuple(said))


def begin(state: State, event: Event, facts: Facts) -> Decision | None:
    """Ask how far the client agrees. Only while the offer stands: one talk, one report."""
    choice = event.choice if isinstance(event, Tapped) else ""
    kind = choice.removeprefix(f"{REPORT}:")
    if kind == choice or kind not in KINDS or facts.case or choice not in [one.id for one in state.offered]:
        return None
    return _ask(Reporting(kind), "report-ask", choices.labels(facts.lang, (*TIERS, choices.COUNSELOR)), facts)


def telling(state: State, event: Event, facts: Facts) -> Decision | None:
    """Take the next answer: how far, which county, which week, the story."""
    match state, event:
        case Reporting(tier=""), Tapped(choice) if choice in TIERS:
            return _tier(state, choice, facts)
        case Reporting(tier=tier, place=False), _ if tier:
            return _county(state, event, facts)
        case Reporting(tier=tier), Tapped(choice) if tier and choice in (*WEEKS, LONG_AGO):
            return _week(state, choice, facts)
        case TellingStory(), Said(text) if text.strip():
            return _filed(state, facts, text)
        case TellingStory(), Tapped("countonly"):
            return _filed(state, facts)
        case Reporting(), Said():
            return unheard(state, facts, "no-choice", state.offered, for_counselor(event, facts))
    return None


def _ask(state: Reporting | TellingStory, key: str, offered: tuple[Choice, ...], facts: Facts) -> Decision:
    return Decision(replace(state, offered=offered, misses=0), (Reply(say(facts.lang, key), offered),))


def _tier(state: Reporting, tier: str, facts: Facts) -> Decision:
    if tier == HELP_ONLY:
        return at_rest(facts, say(facts.lang, "report-none"), WAY_ON)
    offered = (Choice(f"county:{FIRST_COUNTY}", FIRST_COUNTY), choices.label(facts.lang, NO_COUNTY))
    return _ask(replace(state, tier=tier), "report-county", offered, facts)


def _county(state: Reporting, event: Event, facts: Facts) -> Decision | None:
    match event:
        case Tapped("nocounty"):
            found: str | None = ""
        case Tapped(choice):
            found = counties.find(choice.removeprefix("county:")) if choice.startswith("county:") else None
        case Said(text):
            found = counties.find(text)
            if found is None:
                return unheard(state, facts, "report-no-county", state.offered, for_counselor(event, facts))
        case _:
            return None
    if found is None:
        return None
    offered = choices.labels(facts.lang, (*WEEKS, LONG_AGO))
    return _ask(replace(state, county=found, place=True), "report-week", offered, facts)


def _week(state: Reporting, choice: str, facts: Facts) -> Decision:
    week = surge.week(facts.now.date(), WEEKS[choice]) if choice in WEEKS else ""
    story = TellingStory(state.kind, state.county, week)
    if state.tier == COUNT:
        return _filed(story, facts)
    return _ask(story, "report-story", choices.labels(facts.lang, (COUNT_ONLY, choices.COUNSELOR)), facts)


def _filed(state: TellingStory, facts: Facts, story: str = "") -> Decision:
    """Keep it, and say exactly what is kept."""
    kept = (
        say(facts.lang, f"reason-{state.kind}"),
        state.county or say(facts.lang, "report-county-unsaid"),
        state.week or say(facts.lang, "report-week-unsaid"),
    )
    text = say(facts.lang, "report-kept-story" if story else "report-kept", what=", ".join(kept))
    return at_rest(facts, text, WAY_ON, (FileReport(state.kind, state.county, state.week, story),))
