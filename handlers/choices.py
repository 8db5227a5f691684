"""What a tap, a number, a typed label or a keyword stands for. The same words mean the same everywhere."""

from collections.abc import Iterable

from handlers.events import Event, Said, Tapped
from handlers.states import Asking, Choice, State, WithCounselor
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
        "ongea na mshauri|nataka mshauri|nataka kuongea na mshauri|can i talk to someone|0|zero|sifuri",
        "book": "book|booking|book a visit|appointment|weka nafasi|nataka appointment|nataka miadi|weka miadi|miadi|"
        "i want to book|book appointment|book an appointment|i want an appointment",
        "appointments": "my bookings|my booking|my appointments|my appointment|miadi yangu|nafasi yangu|bookings|"
        "cancel|ghairi|cancel booking|cancel my booking|cancel appointment|cancel my appointment|futa miadi|"
        "futa miadi yangu|change my booking|change my appointment|badilisha miadi|badilisha miadi yangu|reschedule",
        "more": "more|zaidi|tell me more|niambie zaidi",
        "source": "source|sources|chanzo|source please",
        "greeting": "hi|hello|hey|habari|mambo|niaje|sasa|hujambo|jambo|good morning|good evening|good afternoon|"
        "habari yako|vipi|poa|salama|salamu|hi there|shikamoo",
        "thanks": "thanks|thank you|asante|asante sana|thank you so much|shukran|thanks a lot|ok thanks|sawa asante|"
        "ok|okay|sawa",
    }.items()
    for word in spellings.split("|")
}

# While a person is talking the bot is silent but for these; everything else is for the counselor.
WHILE_TALKING = frozenset(("menu", "stop", "language", *(f"lang:{lang}" for lang in LANGUAGES)))

_YES = frozenset(("yes", "y", "yeah", "yep", "ndio", "ndiyo", "eeh", "ee", "yah", "yes please"))
_FINE = frozenset(("ok", "okay", "sawa", "sure", "poa", "fiti"))
_NO = frozenset(("no", "n", "nope", "hapana", "la", "zii", "no thanks", "cancel", "ghairi"))
_ON = frozenset(("what now", "what next", "now what", "what do i do", "what should i do", "what do i do now", "nifanye nini",
                 "nifanye nini sasa", "sasa nini", "nifanyeje", "next", "then", "kisha"))  # fmt: skip
_UNSURE = frozenset(("i dont know", "i don't know", "dont know", "idk", "not sure", "i am not sure", "im not sure", "i cant remember",
                     "i can't remember", "sijui", "sina uhakika", "sikumbuki", "sikumbuki vizuri"))  # fmt: skip
# What short answers stand for, by the choice that is offered: "are you safe this minute?" is answered with a word.
_SHORT_ANSWERS = (
    ("yes", _YES | _FINE), ("no", _NO), ("safe", _YES), ("unsafe", _NO), ("move", _YES), ("notnow", _NO),
    ("alone", _YES), ("together", _NO), ("doubtful", _UNSURE), ("unknown", _UNSURE), ("step", _ON),
)  # fmt: skip
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
    found = pick(event.text, state.offered) or _keyword(state, event.text)
    if isinstance(state, Asking):
        found = found or _part(event.text, state.offered)
    return Tapped(found) if found else event


def pick(text: str, offered: tuple[Choice, ...]) -> str | None:
    """Return the id of the offered choice that `text` names by number, label, or yes and no; else None."""
    said = _plain(text)
    numbered = [choice.id for choice in offered if choice.id != COUNSELOR]
    number = _number(said)
    if number is not None and 0 < number <= len(numbered):
        return numbered[number - 1]
    for choice in offered:
        if said and said == _plain(choice.label):
            return choice.id
    return _yes_or_no(said, offered)


def short(text: str) -> bool:
    """Return whether `text` is a mere number, yes or no: an answer to something, never a question."""
    said = _plain(text)
    return said in _YES | _NO or _number(said) is not None


def _plain(text: str) -> str:
    """The words of `text`; numbers without leading zeros, so that "9:30" names "09:30"."""
    return " ".join(word.lstrip("0") or "0" if word.isdecimal() else word for word in words(text))


def _keyword(state: State, text: str) -> str | None:
    """The meaning of a keyword; what is said to a counselor is theirs, but for the few words that work even then."""
    found = KEYWORDS.get(" ".join(words(text)))
    return None if isinstance(state, WithCounselor) and found not in WHILE_TALKING else found


def _part(text: str, offered: tuple[Choice, ...]) -> str | None:
    """The only choice whose label holds the words of `text`: "kissing" for "HIV from kissing"."""
    said = _plain(text)
    hits = [choice.id for choice in offered if f" {said} " in f" {_plain(choice.label)} "]
    return hits[0] if len(hits) == 1 and len(said) > 2 else None


def _number(said: str) -> int | None:
    if said in _NUMBERS:
        return _NUMBERS[said]
    return int(said) if said.isdecimal() and len(said) <= 2 else None


def _yes_or_no(said: str, offered: tuple[Choice, ...]) -> str | None:
    kinds = {choice.id.partition(":")[0]: choice.id for choice in reversed(offered)}
    if "notnow" in kinds and said in _YES:
        return COUNSELOR
    return next((kinds[kind] for kind, spoken in _SHORT_ANSWERS if kind in kinds and said in spoken), None)
