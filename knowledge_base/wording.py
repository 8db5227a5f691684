"""Whether an answer keeps to the voice: no word that shames, no dose, no number, price or address of its own."""

import re
from collections.abc import Collection, Iterator

from knowledge_base.model import Answer, Contact
from knowledge_base.reading_level import grade, lengths, sentences
from knowledge_base.rules import Rules

# What a child of twelve reads with ease; and sentences that can be read in one breath.
GRADE_AT_MOST = 7.0
WORDS_ON_AVERAGE, WORDS_AT_MOST = 14, 24

_PHONE = re.compile(r"\+?\d(?:[ -]?\d){6,}|[*]\d+#")
_PRICE = re.compile(
    r"\b(?:ksh|kes|sh)s?\.?\s*\d[\d,]*|\b\d[\d,]*\s*(?:shillings?|bob)\b|\bshilingi\s+\d[\d,]*", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"\b[A-Z]\w+ (?:Road|Street|Avenue|Lane|Plaza|Towers?)\b|\bP\.?\s?O\.? Box\b|\b(?:Barabara|Mtaa) ya [A-Z]\w+"
)
_UNIT = re.compile(
    r"\b\d+(?:[.,]\d+)?\s?(?:mg|mcg|µg|g|ml|iu|milligrams?|millilitres?|miligramu|mililita)\b", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\b(?:\d+|one|two|three|four|half a) (?:pills?|tablets?|capsules?|injections?|shots?|doses?)\b"
    r"|\b(?:vidonge|tembe|sindano|dozi|kidonge|kapsuli) (?:\d+|kimoja|moja|viwili|mbili|vitatu|tatu|vinne|nne)\b"
    r"|\b(?:\d+|two|three|four) times (?:a|each|every) day\b|\bmara (?:\d+|mbili|tatu|nne) kwa siku\b",
    re.IGNORECASE,
)  # fmt: skip


def broken(lang: str, answer: Answer, rules: Rules, contacts: Collection[Contact]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the wording of `answer`: the words at fault, and a sentence with the remedy."""
    for name, text in (("title", answer.title), ("short", answer.short), ("long", answer.long)):
        for needle, sentence in (*_words(lang, text, rules), *_doses(text, rules), *_own(text, rules, contacts)):
            yield needle.split("\n")[0], f"[{lang}] {name} {sentence}"
    yield from _english(answer) if lang == "en" else _swahili(lang, answer)


def _words(lang: str, text: str, rules: Rules) -> Iterator[tuple[str, str]]:
    for found in rules.patterns[lang].finditer(text):
        yield found[0], f"says {found[0]!r}; {rules.instead(lang, found[0])}"


def _doses(text: str, rules: Rules) -> Iterator[tuple[str, str]]:
    if found := _UNIT.search(text):
        yield found[0], f"holds the amount {found[0]!r}; no answer gives a dose"
    for sentence in sentences(text):
        medicine, counted = rules.medicines.search(sentence), _COUNTED.search(sentence)
        if medicine and counted:
            yield counted[0], f"gives {counted[0]!r} of {medicine[0]!r}; no answer gives a dose of it"


def _own(text: str, rules: Rules, contacts: Collection[Contact]) -> Iterator[tuple[str, str]]:
    """What belongs to the organisation or to contacts.toml, and would be out of date in an answer."""
    for pattern, kind, home in ((_PHONE, "phone number", "contacts.toml"), (_PRICE, "price", "the organisation"), (_ADDRESS, "address", "the organisation")):  # fmt: skip
        if found := pattern.search(text):
            yield found[0], f"holds the {kind} {found[0]!r}; it belongs to {home}"
    shown = {contact.number for contact in contacts} | rules.numbers.keys()
    for number in sorted(shown & set(re.findall(r"\d{3,}", text))):
        yield number, f"holds {number!r}, which is a number to call; name the contact instead"


def _english(answer: Answer) -> Iterator[tuple[str, str]]:
    level = grade(answer.short)
    if level > GRADE_AT_MOST:
        yield (
            "short =",
            f"[en] short reads at grade {level:.1f}; at most {GRADE_AT_MOST:.0f}: shorten sentences and words",
        )


def _swahili(lang: str, answer: Answer) -> Iterator[tuple[str, str]]:
    for name, text in (("short", answer.short), ("long", answer.long)):
        counted = lengths(text)
        if counted and sum(counted) / len(counted) > WORDS_ON_AVERAGE:
            mean = sum(counted) / len(counted)
            yield (
                f"{name} =",
                f"[{lang}] {name} has {mean:.1f} words a sentence; at most {WORDS_ON_AVERAGE}: cut some in two",
            )
        for sentence, words in zip(sentences(text), counted, strict=True):
            if words > WORDS_AT_MOST:
                yield (
                    sentence[:30].split("\n")[0],
                    f"[{lang}] {name} has a sentence of {words} words; at most {WORDS_AT_MOST}: cut it in two",
                )
