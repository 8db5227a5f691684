"""The evidence: every view of the phrasings, side by side."""

from collections.abc import Sequence

import numpy as np
import pytest

from knowledge_base import evidence as module
from knowledge_base.evidence import Evidence, Views
from knowledge_base.words import words

PHRASINGS = [["what is prep", "prep pills"], ["the condom broke", "condom burst"], ["where is the clinic"]]


def views(phrasings: Sequence[Sequence[str]] = PHRASINGS, texts: Sequence[Sequence[str]] = ((), (), ())) -> Views:
    return Views([[words(text) for text in own] for own in phrasings], [[words(text) for text in own] for own in texts])


def seen(found: Views, text: str) -> Evidence:
    return found.evidence(found.read(words(text)))


@pytest.mark.parametrize(("text", "entry"), [("wat is prep", 0), ("cndm broke", 1), ("the clinicc", 2)])
def test_every_view_prefers_the_right_entry(text: str, entry: int) -> None:
    found = seen(views(), text)
    for view in (
        found.machine,
        found.bayes,
        found.word_best,
        found.word_centre,
        found.piece_best,
        found.piece_centre,
        found.alike,
    ):
        assert int(np.argmax(view)) == entry


def test_a_question_knows_how_much_of_it_is_known() -> None:
    question = views().read(words("prep pillz xqvk"))
    assert question.exact == pytest.approx(1 / 3)
    assert question.known == pytest.approx(2 / 3)
    assert list(question.meant) == ["prep", "pills", "xqvk"]


def test_nothing_understood_speaks_for_nobody() -> None:
    found = seen(views(), "xqvk vvjj")
    assert found.word_best.max() == found.piece_best.max() == 0


def test_no_words_are_no_evidence() -> None:
    found = views().evidence(views().read([]))
    assert found.question.known == 0
    assert found.word_best.max() == 0


def test_a_text_of_the_answer_speaks_for_its_entry() -> None:
    without, with_texts = seen(views(), "tablets"), seen(views(texts=(("take the tablets daily",), (), ())), "tablets")
    assert without.machine[0] < with_texts.machine[0]


def test_a_single_entry_needs_no_training() -> None:
    found = seen(views([["what is prep"]], [()]), "prep")
    assert found.machine.tolist() == found.bayes.tolist() == [0]


def test_a_very_large_collection_is_not_trained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 1)
    found = seen(views(), "prep")
    assert found.machine.tolist() == [0, 0, 0]
    assert int(np.argmax(found.word_best)) == 0


def test_only_the_nearest_entries_are_compared_letter_by_letter() -> None:
    many = views([[f"word{number} thing"] for number in range(60)], [()] * 60)
    found = seen(many, "word7 thing")
    assert found.alike[7] == 1
    assert (found.alike > 0).sum() <= module.SEARCHED + module.TRAINED
