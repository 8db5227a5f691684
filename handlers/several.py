"""Several questions in one message: where one ends and the next begins. What cannot be told apart for sure stays one."""

import re
from collections.abc import Iterable

from knowledge_base.lexicon import respellings
from knowledge_base.model import Entry, Urgency
from knowledge_base.words import words

_BORDER = re.compile(r"[?!.;\n]+|,|\s(?:and|na|n|nd|also|pia|plus|alafu|halafu)\s|&", re.IGNORECASE)
_FILLERS = frozenset(
    "hello hi hey habari niaje and na so also pia plus alafu halafu then please je kwanza first sasa tena but lakini".split()  # noqa: SIM905
)
_OPENERS = frozenset(
    """what how where when which who why can could do does did is are will would should may am
    naweza inaweza unaweza nitaweza ni kuna mna mnaweza mko iko""".split()  # noqa: SIM905
)
_ASKING = frozenset("where how what why wapi nini lini gani ngapi vipi aje nani kwanini mbona nifanye".split())  # noqa: SIM905
# Asked out of politeness only.
_GREETINGS = frozenset(
    (
        "how are you",
        "how are you doing",
        "how is it",
        "how are things",
        "habari gani",
        "habari yako",
        "uko aje",
        "mko aje",
    )
)
_SHORTEST = 2
# Whoever needs help soonest is answered first; something to be done can wait for what must be known.
_FIRST = (Urgency.CRISIS, Urgency.URGENT, Urgency.SENSITIVE, Urgency.NORMAL, Urgency.ACTION)


def parts(text: str) -> tuple[str, ...]:
    """Return the questions that `text` may consist of, in order, each in the client's own words; one when it is one."""
    borders = [border.span() for border in _BORDER.finditer(text)]
    found: list[tuple[int, int]] = []
    for start, stop in zip([0, *(end for _, end in borders)], [*(at for at, _ in borders), len(text)], strict=True):
        if found and not (_asks(text[slice(*found[-1])]) and _asks(text[start:stop])):
            found[-1] = found[-1][0], stop
        elif words(text[start:stop]):
            found.append((start, stop))
    return tuple(text[start:stop].strip() for start, stop in found)


def _asks(piece: str) -> bool:
    """Whether `piece` is a question by its form, and long enough to be one."""
    said = " ".join(respellings().get(word, word) for word in words(piece)).split()
    while said and said[0] in _FILLERS:
        said = said[1:]
    if len(said) < _SHORTEST or " ".join(said) in _GREETINGS:
        return False
    return said[0] in _OPENERS or said[-1] == "je" or not _ASKING.isdisjoint(said)


def by_urgency(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return `entries`, whoever needs help soonest first, equals in the order in which they were asked."""
    return tuple(sorted(entries, key=lambda entry: _FIRST.index(entry.urgency)))
