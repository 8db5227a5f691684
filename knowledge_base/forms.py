"""The forms of a word under which it is compared: stem, Swahili root, and the skeletons that survive texting."""

import re

# Endings that change no meaning for finding an answer; light on purpose, since a stem too short joins strangers.
_ENDING = re.compile(r"(ations?|ments?|ness|ings?|ers?|ies|ied|ed|es|ly|s|e|y)$")
_SHORT = 4
# Subject, tense and object prefixes of a Swahili verb (ni-me-pata, a-li-ni-piga, hu-pima), and the infinitive (ku-pata).
_VERB = re.compile(
    r"(?:si|ha|hu|ni|u|a|tu|m|wa|i|zi|ki|vi|li|ya)?(?:na|me|li|ta|ka|ki|ja|nge|kika|taka)(?:ni|ku|ji|m|mw|wa|tu|i|zi)?(?P<root>[a-z]{3,})"
)
_INFINITIVE = re.compile(r"(?:ku|kuji|kuni|kum|kuwa)(?P<root>[a-z]{3,})")
_SUBJUNCTIVE = re.compile(r"(?:ni|u|a|tu|m|wa)(?P<root>[a-z]{2,}e)")
_FINAL = re.compile(r"(?:iwa|ewa|wa|ni|[aei])$")
# How texters respell sounds; order matters ("ph" before "h").
_SOUNDS = (("ph", "f"), ("ght", "t"), ("tion", "shn"), ("th", "d"), ("ck", "k"), ("wh", "w"), ("x", "s"), ("q", "k"),
           ("c", "k"), ("z", "s"), ("v", "f"), ("r", "l"), ("j", "g"))  # fmt: skip
_VOWELS = re.compile(r"[aeiou]")
_WEAK = re.compile(r"[aeiouyhw]")
_DOUBLED = re.compile(r"(.)\1+")


def stem(word: str) -> str:
    """Return `word` without an English ending; words of up to four letters lose only a plural s."""
    if len(word) <= _SHORT:
        return word[:-1] if len(word) == _SHORT and word.endswith("s") and not word.endswith("ss") else word
    short = _ENDING.sub("", word)
    return short if len(short) >= 3 else word


def root(word: str) -> str:
    """Return the root of a Swahili verb form (nimepata, anapata, kupata, nipate: "pat"), "" for any other word."""
    if len(word) < 5:
        return ""
    for pattern in (_VERB, _INFINITIVE, _SUBJUNCTIVE):
        found = pattern.fullmatch(word)
        if found and word[-1] in "aei":
            return _FINAL.sub("", found["root"]) or found["root"]
    return ""


def consonants(word: str) -> str:
    """Return `word` without its vowels but the first letter, doubled letters joined: "pregnant" and "prgnnt" agree."""
    return word[:1] + _DOUBLED.sub(r"\1", _VOWELS.sub("", word[1:]))


def sound(word: str) -> str:
    """Return a rougher skeleton, by sound: "phone" and "fone", "virusi" and "vilusi", "haraka" and "araka" agree."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    first = "a" if word[:1] in "aeiou" else ""
    return first + _DOUBLED.sub(r"\1", _WEAK.sub("", word))
