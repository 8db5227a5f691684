"""Which language a message is in. Function words and the shape of Swahili verbs, at no cost.

A language detector for long texts does no better on a few words (measured by tests/bench/language.py). What a message is about
never decides: names of illnesses, medicines, sex and the body are the same in every language here, so they do not count.
"""

import re
from collections.abc import Sequence

from knowledge_base.lexicon import concepts, respellings
from knowledge_base.words import words

_SWAHILI = frozenset(
    ["na", "ya", "wa", "za", "la", "cha", "vya", "kwa", "ni", "si", "je", "au", "ama", "hii", "hiyo", "huo", "huyo", "hizi", "hizo", "hao", "hapa", "pale", "hivi", "hivyo", "hayo", "ile", "yule", "wale", "kule", "huku", "sana", "tu", "kama", "kuhusu", "nini", "gani", "wapi", "lini", "nani", "mbona", "vipi", "ngapi", "kwanini", "jinsi", "yangu", "wangu", "langu", "zangu", "changu", "yako", "wako", "zako", "lako", "yake", "wake", "zake", "lake", "yetu", "wetu", "zetu", "yenu", "wenu", "yao", "wao", "zao", "mimi", "wewe", "yeye", "sisi", "nyinyi", "ndio", "ndiyo", "hapana", "leo", "jana", "kesho", "usiku", "asubuhi", "mchana", "siku", "wiki", "mwezi", "saa", "masaa", "bado", "tena", "baada", "kabla", "bila", "ndani", "nje", "juu", "chini", "pia", "kila", "kabisa", "nyingine", "mwingine", "ingine", "moja", "mbili", "tatu", "kitu", "vitu", "mtu", "watu", "rafiki", "niko", "uko", "yuko", "tuko", "mko", "iko", "ziko", "haiko", "kuna", "hakuna", "mna", "nina", "una", "ana", "tuna", "wana", "sina", "huna", "hana", "hatuna", "hawana", "kwenye", "lakini", "kwamba", "ikiwa", "labda", "hata", "hadi", "mpaka", "ila", "wala", "eti", "basi", "yote", "zote", "wote", "mara", "sasa", "salama", "habari", "asante", "tafadhali", "pole", "sijui", "nataka", "naweza", "unaweza", "anaweza", "inaweza", "siwezi", "sitaki", "naomba", "naogopa", "nafaa", "unafaa", "inafaa", "nisaidie", "nifanye", "tafuta", "bure", "bei", "shida", "msaada", "lugha", "mshauri", "menyu", "acha", "simama", "kiswahili", "rudi", "nafasi", "weka", "ongea", "nimwambie", "iwapo", "endapo", "mwenye", "wenye", "yenye", "zina", "ina", "kwangu", "kwako", "kwake", "kwetu", "kwenu", "mimi", "mbaya", "nzuri", "sawa", "huwa", "hapo", "miaka"]
)  # fmt: skip
# "Is", "there is", "where": they make the frame of a sentence as a verb does.
_COPULAS = frozenset(
    ["ni", "si", "je", "kwa", "iko", "ziko", "kuna", "hakuna", "niko", "uko", "yuko", "mko", "wapi", "gani"]
)
_SHENG = frozenset(
    ["aje", "sai", "sahii", "maze", "buda", "manze", "fiti", "poa", "msee", "mse", "wasee", "mathe", "mbogi", "nadai", "najua", "ndom", "niaje", "mambo", "beshte", "beste", "hosi", "doo", "noma", "ati", "venye", "nikona", "ukona", "akona", "nko", "cheki", "kejani", "mob", "budaa", "uyo", "iyo", "ivo", "izo", "mtoi", "chali", "dame", "keja", "mazee", "naeza", "unaeza", "anaeza", "inaeza", "aki", "walai", "sijui", "bana", "ile"]
)  # fmt: skip
_ENGLISH = frozenset(
    ["a", "an", "the", "is", "are", "was", "were", "be", "been", "am", "i", "i'm", "im", "ive", "my", "me", "we", "us", "our", "you", "your", "he", "she", "him", "her", "his", "they", "them", "their", "it", "its", "this", "that", "these", "those", "of", "to", "in", "on", "at", "for", "and", "or", "but", "so", "if", "then", "than", "because", "do", "does", "did", "done", "dont", "don't", "can", "cant", "can't", "cannot", "could", "will", "wont", "would", "should", "may", "might", "have", "has", "had", "having", "not", "no", "yes", "please", "what", "how", "when", "why", "who", "which", "where", "there", "from", "by", "with", "without", "about", "as", "after", "before", "until", "while", "again", "still", "also", "only", "just", "more", "most", "much", "many", "any", "some", "all", "other", "another", "every", "never", "always", "too", "very", "up", "out", "into", "over", "through", "between", "i've", "isn't", "didn't", "doesn't", "need", "help", "want", "know", "think", "feel", "feels", "going", "go", "went", "get", "got", "getting", "take", "taking", "took", "make", "made", "give", "use", "used", "tell", "told", "been", "start", "stop", "back", "book", "talk", "language", "appointment", "today", "yesterday", "tomorrow", "someone", "something", "anything", "people"]
)  # fmt: skip
# An open syllable, as nearly all Swahili has: "nimesahau" is made of them, "inactive" and "medicine" are not.
_SYLLABLES = re.compile(
    r"m?(?:(?:ng'|n?[gdjz]|[mn]|[mn]?[bvykt]|ch|sh|th|dh|gh|kh|[bdfghjklmnprstvwyz])?[wy]?[aeiou])+"
)
_SUBJECT = "(?:ni|u|a|tu|m|wa|i|zi|ki|vi|li|ya|si|hau|hai|ha|hatu|hawa|hu)"
_TENSE = "(?:na|me|li|ta|ki|ja|ku|nge|ka)"
# A verb with its tense (ni-me-sahau) or denial (ha-i-fany-i), the infinitive and the habit (ku-pata, hu-pata), the wish (ni-tumi-e).
_FINITE = re.compile(
    f"{_SUBJECT}{_TENSE}[a-z]{{2,}}[aiu]|ha(?:i|u|tu|wa|zi|li)[a-z]{{3,}}i|na[bdfghjklmnpstvwyz][a-z]{{2,}}a"
)
_INFINITIVE = re.compile(r"[kh]u[a-z]{3,}[aiu]")
_WISH = re.compile(r"(?:ni|tu)[a-z]{3,}e")
# Swahili prefixes on a word of another language: "nimetest", "anacheat", "wanacome".
_GRAFTED = re.compile(
    r"(?:ni(?:na|me|li|ta|ki)|tu(?:na|me|li|ta)|wa(?:na|me|li|ta)|u(?:me|ta|ki)|a(?:na|me|ta|ki)ni?|i(?:na|me|ta|ki)|"
    r"si(?:ja|ta)|ha(?:ta|ja|wa)|na|ku)[bcdfghjklmnpqrstvwxyz][a-z]*[aeiou][a-z]*[bcdfghjkmnpqrstvwxyz]"
)
_PLACE = re.compile(r"[a-z]{4,}ini")
# The verb makes the frame of a sentence, whatever words are hung into it.
_FRAME = 2
# Two such words, where no function word says anything: no Swahili word ends so.
_CLOSED = re.compile(r"[a-z]{4,}[bcdfghjklmnpqrstvwxyz]")
_ENOUGH = 2
# Single letters and digits that texters write for whole words: are, you, and, the, to, for.
_LETTERS = frozenset("rund24")


def detect(text: str) -> str | None:
    """Return "en", "sw" or "sheng" (Swahili frame with slang or English in it), or None when nothing points anywhere."""
    found = words(text)
    sheng = sum(word in _SHENG for word in found)
    swahili = sum(map(_swahili, found)) + sheng
    english = _english(found)
    if swahili == english == 0:
        return "en" if sum(map(_closed, found)) >= _ENOUGH else None
    if english > swahili:
        return "en"
    return "sheng" if sheng or english or any(map(_foreign, found)) else "sw"


def answer_language(text: str, otherwise: str) -> str:
    """Return the language to answer `text` in: Sheng speakers get Swahili, an undecided text gets `otherwise`."""
    found = detect(text)
    return otherwise if found is None else "en" if found == "en" else "sw"


def _swahili(word: str) -> int:
    if word in _SWAHILI:
        return _FRAME if word in _COPULAS else 1
    if word in _ENGLISH:
        return 0
    return _FRAME if _verb(word) else int(_PLACE.fullmatch(word) is not None)


def _verb(word: str) -> bool:
    if len(word) <= 5 or not _SYLLABLES.fullmatch(word):
        return len(word) > 6 and _GRAFTED.fullmatch(word) is not None
    # Without subject and tense it may be a mere name ("kutombana"), and what is spoken of decides nothing.
    named = _INFINITIVE.fullmatch(word) or _WISH.fullmatch(word)
    return bool(_FINITE.fullmatch(word) or (named and word not in concepts()))


def _foreign(word: str) -> bool:
    return _GRAFTED.fullmatch(word) is not None or _closed(word)


def _closed(word: str) -> bool:
    return word not in concepts() and _CLOSED.fullmatch(word) is not None


def _english(found: Sequence[str]) -> int:
    """How many function words are English, texting forms included."""
    spelled = (word if _itself(word) else respellings().get(word, word) for word in found)
    return sum(word in _ENGLISH for word in " ".join(spelled).split())


def _itself(word: str) -> bool:
    """Whether `word` must not be read as a texting form: "ya" is Swahili here, and a lone "z" is nothing."""
    return word in _SWAHILI or word in _SHENG or (len(word) == 1 and word not in _LETTERS)
