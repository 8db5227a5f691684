"""Bring a message to the form in which it is compared: case, accents, emoji, repeated letters, SMS spelling, slang."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[a-z0-9+]+(?:'[a-z]+)?")
_REPEATED = re.compile(r"([a-z])\1{2,}")

# Words that carry no meaning of their own in a question; kept out of the weighing, never out of a phrase.
STOP_WORDS = frozenset(
    """a an the is are was be am i im my me you your u it its this that of to in on at for and or so do does did can could
    will would should if with has have had just pls please hi hello hey what how when why who which there from by about as
    na ya wa za la cha kwa ni je au ama hii hiyo huo sana tu kama yangu wangu langu mimi wewe yako si ndio hapa kuhusu
    """.split()  # noqa: SIM905
)


@cache
def _lexicon() -> Mapping[str, str]:
    table = tomllib.loads(files("knowledge_base").joinpath("lexicon.toml").read_text("utf-8"))
    return {slang: plain for group in table.values() for plain, slangs in group.items() for slang in slangs}


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    """Entries of the lexicon with more than one word, longest first, so that "no strings" wins over "no"."""
    found = [(slang, plain) for slang, plain in _lexicon().items() if " " in slang]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def plain(text: str) -> str:
    """Return `text` in lower case without accents, emoji, zero-width characters and runs of three equal letters."""
    if text.isascii():  # most are, and need none of what follows
        return _REPEATED.sub(r"\1", text.lower())
    # Once before folding, for letters of fancy fonts, and once after, for letters that fold into several.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold().replace("’", "'"))
    kept = "".join(c for c in folded if not unicodedata.combining(c) and unicodedata.category(c) not in ("Cf", "Cs"))
    return _REPEATED.sub(r"\1", kept)


def words(text: str) -> list[str]:
    """Return the words of `text` after `plain`, in order."""
    return _WORD.findall(plain(text))


def normalise(text: str) -> str:
    """Return `text` as it is compared: plain words with slang and SMS spelling replaced by what they stand for."""
    joined = f" {' '.join(words(text))} "
    for slang, meaning in _phrases():
        joined = joined.replace(f" {slang} ", f" {meaning} ")
    lexicon = _lexicon()
    return " ".join(lexicon.get(word, word) for word in joined.split())
