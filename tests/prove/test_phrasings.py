"""Every phrasing of the packaged content finds its own entry first, however it is written; `make test` asks a ninth of them."""

from collections.abc import Iterator

import pytest

from knowledge_base import Index, library
from knowledge_base.index import VERBATIM


@pytest.fixture(scope="module")
def index() -> Index:
    return library.prepared().index


def phrasings() -> Iterator[tuple[str, str]]:
    """Yield each phrasing and its entry."""
    for entry in library.load().entries.values():
        yield from ((phrasing.text, entry.id) for phrasing in entry.phrasings)


def test_every_phrasing_finds_its_entry_first_and_surely(index: Index) -> None:
    asked = list(phrasings())
    found = [(text, entry, index.search(text, limit=1)[0]) for text, entry in asked]
    assert len(found) > 5_000
    assert [(text, entry) for text, entry, match in found if match.entry_id != entry or match.score < VERBATIM] == []


def test_capitals_and_a_final_mark_change_no_answer(index: Index) -> None:
    changed = [text for text, _ in phrasings() if index.search(f"{text.upper()} ?!") != index.search(text)]
    assert changed == []
