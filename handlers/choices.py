"""What a tap, a number, a typed label or a keyword stands for. The same words mean the same everywhere."""

from collections.abc import Iterable

from handlers.events import Event, Said, Tapped
from handlers.states import Choice, State
from handlers.texts import LANGUAGES, say
from knowledge_base.words import words

COUNSELOR = "counselor"

# Keywords of both languages, each standing for the id of a choice that is understood in every state.
KEYWORDS = {
    word: meaning
    for meaning, spellings in {
        "menu": "menu|menyu|start|anza|main menu|orodha|mwanzo",
        "back": "back|rudi|go back|nyuma tafadhali|rudi nyuma",
        "stop": "stop|acha|simama|quit|unsubscribe|koma|stop messages|toka",
        "help": "help|msaada|saidia|help me|nisaidie|naomba msaada",
        "language": "language|lugha|change language|badilisha lugha",
        "lang:en": "english|kiingereza|kizungu",
        "lang:sw": "swahili|kiswahili",
        COUNSELOR: "counselor|counsellor|person|human|mshauri|mtu|talk to a person|ongea na mtu|talk to someone|agent|"
        "nataka kuongea na mtu|i want to talk to someone|i want to talk to a person|talk to a counselor|peer counselor|"
        "ongea na mshauri|nataka mshauri|nataka kuongea na mshauri|can i talk to someone|0",
        "book": "book|booking|book a visit|appointment|weka nafasi|nataka appointment|nataka miadi|weka miadi|miadi|"
        "i want to book|book appointment|book an appointment|i want an appointment",
        "appointments": "my bookings|my booking|my appointments|my appointment|miadi yangu|nafasi yangu|bookings",
        "more": "more|zaidi|tell me more|niambie zaidi",
        "source": "source|sources|chanzo|source please",
        "greeting": "hi|hello|hey|habari|mambo|niaje|sasa|hujambo|jambo|good morning|good evening|good afternoon|"
        "habari yako|vipi|poa|salama|salamu|hi there|shikamoo",
        "thanks": "thanks|thank you|asante|asante sana|thank you so much|shukran|thanks a lot|ok thanks|sawa asante|"
        "ok|okay|sawa",
    }.items()
    for word in spellings.split("|")
}

_YES = frozenset(("yes", "y", "yeah", "yep", "ndio", "ndiyo", "eeh", "ee", "yah", "yes please"))
_NO = frozenset(("no", "n", "nope", "hapana", "la", "zii", "no thanks"))
_NUMBERS = {word: number for number, pair in enumerate(("zero sifuri", "one moja", "two mbili", "three tatu", "four nne",
            "five tano", "six sita", "seven saba", "eight nane", "nine tisa")) for word in pair.split()}  # fmt: skip


def label(lang: str, choice_id: str) -> Choice:
    """Return the standing choice `choice_id` with its label in `lang` (keys `choice-…` of the locale files)."""
    return Choice(choice_id, say(lang, f"choice-{choice_id.split(':')[0]}"))


def labels(lang: str, ids: Iterable[str]) -> tuple[Choice, ...]:
    """Return standing choices, in order."""
    return tuple(label(lang, choice_id) for choice_id in ids)


def languages() -> tuple[Choice, ...]:
    """Return the choice of languages, each in its own language."""
    return tuple(Choice(f"lang:{lang}", say(lang, "language-name")) for lang in LANGUAGES)


def meaning(state: State, event: Event) -> Event:
    """Return `event` with a typed number, label or keyword replaced by the tap it stands for."""
    if not isinstance(event, Said):
        return event
    found = pick(event.text, state.offered) or KEYWORDS.get(" ".join(words(event.text)))
    return Tapped(found) if found else event


def pick(text: str, offered: tuple[Choice, ...]) -> str | None:
    """Return the id of the offered choice that `text` names by number, label, or yes and no; else None."""
    said = " ".join(words(text))
    numbered = [choice.id for choice in offered if choice.id != COUNSELOR]
    number = _number(said)
    if number is not None and 0 < number <= len(numbered):
        return numbered[number - 1]
    for choice in offered:
        if said and said == " ".join(words(choice.label)):
            return choice.id
    return _yes_or_no(said, offered)


def _number(said: str) -> int | None:
    if said in _NUMBERS:
        return _NUMBERS[said]
    return int(said) if said.isdecimal() and len(said) <= 2 else None


def _yes_or_no(said: str, offered: tuple[Choice, ...]) -> str | None:
    wanted = "yes" if said in _YES else "no" if said in _NO else None
    return next((choice.id for choice in offered if wanted and choice.id.split(":")[0] == wanted), None)
