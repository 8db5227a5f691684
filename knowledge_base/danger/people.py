"""Whose danger it is: the client's own, or that of somebody the client worries about."""

from collections.abc import Iterable, Sequence
from typing import Literal

from knowledge_base.danger.patterns import Span
from knowledge_base.danger.reading import END, Reading

Whom = Literal["self", "other"]
_AFTER = 2  # "forced himself on me": the one who suffers may follow the words of the rule


def about(reading: Reading, span: Span, others: Sequence[str]) -> Whom:
    """Return whose danger `span` tells of; `others` are the word lists that name somebody else in this kind of danger.

    "me" in or just after the words decides, or "i" just before them. Else the first person named decides; where
    somebody "was" hurt, that person stands before the words.
    """
    if any(reading.has("<me>", at) for at in range(span.start, span.end + _AFTER)) or reading.has(
        "<i>", span.start - 1
    ):
        return "self"
    inside = range(span.start, span.end)
    before = range(span.start - 1, _sentence_start(reading, span.start) - 1, -1)
    suffered = reading.has("<was>", span.start)
    if suffered:
        return _first(reading, (*before, *inside), (*others, "<he>", "<partner>"))
    return _first(reading, (*inside, *before), others)


def _first(reading: Reading, places: Iterable[int], others: Sequence[str]) -> Whom:
    for at in places:
        if reading.has("<i>", at):
            return "self"
        if any(reading.has(key, at) for key in others):
            return "other"
    return "self"


def _sentence_start(reading: Reading, at: int) -> int:
    while at and reading.words[at - 1] != END:
        at -= 1
    return at
