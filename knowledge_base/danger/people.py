"""Whose danger it is: the client's own, or that of somebody the client worries about."""

from typing import Literal

from knowledge_base.danger.patterns import Span
from knowledge_base.danger.reading import END, Reading

Whom = Literal["self", "other"]


def about(reading: Reading, span: Span, *, sufferer: bool) -> Whom:
    """Return whose danger `span` tells of.

    Where somebody does it to somebody (`sufferer`), "me" decides, then a friend or "him"; "he" alone is the doer.
    Where it happens in one person (wanting to die, fainting), the first person named decides.
    """
    if _has(reading, "<me>", span):
        return "self"
    suffered = sufferer and not _has(reading, "<was>", Span(span.start, span.start + 1))
    others = ("<friend>", "<him>", "<child>") if suffered else ("<friend>", "<him>", "<child>", "<he>", "<partner>")
    inside = range(span.start, span.end)
    before = range(span.start - 1, _sentence_start(reading, span.start) - 1, -1)
    for at in (*inside, *before):
        if at in reading.found.get("<i>", {}):
            return "self"
        if any(at in reading.found.get(key, {}) for key in others):
            return "other"
    return "self"


def _has(reading: Reading, key: str, span: Span) -> bool:
    return any(span.start <= at < span.end for at in reading.found.get(key, {}))


def _sentence_start(reading: Reading, at: int) -> int:
    while at and reading.words[at - 1] != END:
        at -= 1
    return at
