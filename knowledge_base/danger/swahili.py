"""Take Swahili and Sheng verbs apart, so that one rule fits every form: "alinipiga" is read as "he did -piga me".

The grammar is the usual order of a Swahili verb: subject, negation, tense, relative, object, stem, passive, end vowel.
Sheng puts English stems into the same frame ("wameniblackmail"), and SMS drops a vowel ("nmebakwa").
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

VERB = "-"  # before a Swahili verb, so that "-do" is never the English "do"
_SUBJECTS = {"ni": "i", "u": "you", "a": "he", "tu": "we", "m": "you", "wa": "they", "i": "it", "zi": "it", "li": "it",
             "ya": "it", "ki": "it", "vi": "it"}  # fmt: skip
_DENYING = {"si": "i", "hu": "you", "ha": "he", "hatu": "we", "ham": "you", "hawa": "they", "hai": "it", "hazi": "it",
            "hali": "it"}  # fmt: skip
_TENSES = {"na": "", "me": "has", "mesha": "has", "sha": "has", "li": "did", "ka": "did", "ta": "will", "ki": "if",
           "nge": "would", "ngali": "would", "sipo": "if not", "singe": "would not", "singali": "would not"}  # fmt: skip
_RELATIVE_TENSES = {"na": "", "li": "did"}
_RELATIVES = ("ye", "o", "lo", "cho", "vyo", "yo", "zo", "po", "ko", "mo")
_OBJECTS = {"": "", "ni": "me", "ku": "you", "m": "him", "mw": "him", "mu": "him", "tu": "us", "wa": "them", "ji": "oneself",
            "i": "", "zi": "", "ki": ""}  # fmt: skip
_PASSIVES = ("w", "iw", "ew", "liw", "lew", "aw")
_SHENG_ENDINGS = (("iwa", True), ("wa", True), ("ia", False), ("a", False))
_VOWELS = frozenset("aeiou")
_SHORTEST = 4  # letters of a part that may have lost a vowel


@dataclass(frozen=True, slots=True)
class Prefix:
    """What stands before a stem: the words before the verb, the object after it, and which end vowel it asks for."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    end: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a stem: the verb as the word list has it, marked as one, and whether it is suffered rather than done."""

    verb: str
    passive: bool = False


def _prefix(before: str, after: str, end: str = "") -> Prefix:
    return Prefix(tuple(before.split()), tuple(after.split()), end)


def _affirmed() -> Iterator[tuple[str, Prefix]]:
    for (subject, who), (tense, when), (mark, whom) in product(_SUBJECTS.items(), _TENSES.items(), _OBJECTS.items()):
        yield subject + tense + mark, _prefix(f"{who} {when}", whom)
    for (mark, whom), (tense, when) in product(_OBJECTS.items(), {"na": "i", "to": ""}.items()):
        if tense == "na":
            yield tense + mark, _prefix(when, whom)  # "nataka" is short for "ninataka"
        yield "hu" + mark, _prefix("always", whom)
        yield "ku" + mark, _prefix("to", whom)


def _related() -> Iterator[tuple[str, Prefix]]:
    parts = product(_SUBJECTS.items(), _RELATIVE_TENSES.items(), _RELATIVES, _OBJECTS.items())
    for (subject, who), (tense, when), relative, (mark, whom) in parts:
        yield subject + tense + relative + mark, _prefix(f"{who} {when}", whom)


def _wished() -> Iterator[tuple[str, Prefix]]:
    for (subject, who), (mark, whom) in product(_SUBJECTS.items(), _OBJECTS.items()):
        yield subject + mark, _prefix(who, whom, "e")
        yield subject + "si" + mark, _prefix(f"{who} not", whom, "e")


def _denied() -> Iterator[tuple[str, Prefix]]:
    for (subject, who), (mark, whom) in product(_DENYING.items(), _OBJECTS.items()):
        yield subject + mark, _prefix(f"{who} not", whom, "i")
        for tense, when in {"ku": "did", "ja": "has", "ta": "will"}.items():
            yield subject + tense + mark, _prefix(f"{who} {when} not", whom)


def prefixes() -> dict[str, Prefix]:
    """Return everything that can stand before a stem."""
    found: dict[str, Prefix] = {}
    for source in (_affirmed(), _denied(), _related(), _wished()):
        for spelling, prefix in source:
            found.setdefault(spelling, prefix)
    return found


def _dropped(word: str) -> Iterator[str]:
    """Yield `word` without one of its vowels, the first letter kept."""
    for at in range(1, len(word)):
        if word[at] in _VOWELS:
            yield word[:at] + word[at + 1 :]


def forms(verbs: Iterable[str]) -> dict[str, Form]:
    """Return every form of `verbs` (given as in "piga"): done and suffered, with each end vowel."""
    found = {verb: Form(VERB + verb) for verb in verbs}
    for verb in tuple(found):
        stem = verb[:-1] if verb.endswith("a") else verb
        for end in "aei":
            found.setdefault(stem + end if verb.endswith("a") else verb, Form(VERB + verb))
            for passive in _PASSIVES:
                found.setdefault(stem + passive + end, Form(VERB + verb, passive=True))
    return found


def _short_prefixes(whole: Mapping[str, Prefix]) -> dict[str, Prefix]:
    longer = ((spelling, prefix) for spelling, prefix in whole.items() if len(spelling) >= _SHORTEST)
    return {short: prefix for spelling, prefix in longer for short in _dropped(spelling)} | dict(whole)


def _short_forms(whole: Mapping[str, Form]) -> dict[str, Form]:
    longer = ((spelling, form) for spelling, form in whole.items() if len(spelling) >= _SHORTEST)
    return {short + spelling[-1]: form for spelling, form in longer for short in _dropped(spelling[:-1])} | dict(whole)


class Grammar:
    """Reads verbs: the stems of `verbs` and, in Sheng, the words of `english`."""

    def __init__(self, verbs: Iterable[str], english: frozenset[str]) -> None:
        self.english = english
        whole, stems = prefixes(), forms(sorted(verbs))
        # Sorted, for two verbs may share a form and the same message must always be read alike.
        # A reading of the word as it stands goes before one with a vowel put back.
        self._readings = ((whole, stems), (_short_prefixes(whole), _short_forms(stems)))

    def read(self, word: str) -> tuple[str, ...]:
        """Return `word` taken apart ("he did -piga me"), empty when it is no verb form known here."""
        found = (self._split(word, at, *tables) for tables in self._readings for at in range(1, len(word) - 1))
        return next((reading for reading in found if reading), ())

    def _split(self, word: str, at: int, starts: Mapping[str, Prefix], stems: Mapping[str, Form]) -> tuple[str, ...]:
        prefix = starts.get(word[:at])
        form = self._form(word[at:], prefix, stems) if prefix else None
        if prefix is None or form is None:
            return ()
        return (*prefix.before, *(("was",) if form.passive else ()), form.verb, *prefix.after)

    def _form(self, rest: str, prefix: Prefix, stems: Mapping[str, Form]) -> Form | None:
        form = stems.get(rest)
        if form and (rest.endswith(prefix.end) or not form.verb.endswith("a")):
            return form
        tensed = not prefix.end or (prefix.end == "e" and prefix.after)
        return self._sheng(rest) if tensed and len(rest) > 2 else None

    def _sheng(self, rest: str) -> Form | None:
        if rest in self.english:
            return Form(rest)
        for ending, passive in _SHENG_ENDINGS:
            stem = rest.removesuffix(ending)
            for base in (stem, stem + "e") if stem != rest and len(stem) > 2 else ():
                if base in self.english:
                    return Form(base, passive)
        return None
