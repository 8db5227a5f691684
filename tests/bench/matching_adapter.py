"""The index behind the interface of a FAQ-matching evaluation: factory(entries) -> .search(text, lang, k) -> [(id, score)]."""

from collections.abc import Mapping, Sequence
from typing import Any

from knowledge_base import Entry, Index, Phrasing, Urgency


class Matcher:
    """Searches an index and returns pairs."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def search(self, text: str, lang: str | None = None, k: int = 3) -> list[tuple[str, float]]:
        """Return up to `k` pairs of id and probability, best first."""
        return [(match.entry_id, match.score) for match in self._index.search(text, lang, k)]


def factory(entries: Sequence[Mapping[str, Any]]) -> Matcher:
    """Return a matcher over `entries`: {"id", "lang", "phrasings"}; one id may come once for each language."""
    return Matcher(Index.build(Entry(e["id"], "", Urgency.NORMAL, {}, _phrasings(e)) for e in entries))


def _phrasings(entry: Mapping[str, Any]) -> tuple[Phrasing, ...]:
    return tuple(Phrasing(text, entry["lang"]) for text in entry["phrasings"])
