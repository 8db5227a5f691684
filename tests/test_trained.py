"""The trained views: a machine and naive Bayes, kept sparse."""

import numpy as np
import pytest
from sklearn.naive_bayes import MultinomialNB

from knowledge_base.features import Columns
from knowledge_base.trained import Trained, train

TEXTS = {
    0: ("does prep hurt", "what is prep", "who may take prep"),
    1: ("the condom broke", "my condom slipped off", "condom burst last night"),
    2: ("where is the clinic", "when does the clinic open", "which bus to the clinic"),
}


def trained(entries: int) -> tuple[Columns, Trained]:
    columns = Columns()
    texts = [(owner, text.split()) for owner in range(entries) for text in TEXTS[owner]]
    counts = columns.learn([words for _, words in texts])
    return columns, train(counts, columns, np.array([owner for owner, _ in texts]), entries)


def scores(entries: int, text: str) -> tuple[list[float], list[float]]:
    columns, models = trained(entries)
    places, counts = columns.read(text.split())
    machine, bayes = models.scores(places, models.values(places, counts))
    return machine.tolist(), bayes.tolist()


@pytest.mark.parametrize("entries", [2, 3])
@pytest.mark.parametrize(("text", "owner"), [("is prep good", 0), ("a condom broke", 1)])
def test_both_models_know_the_entry_of_an_unseen_question(entries: int, text: str, owner: int) -> None:
    machine, bayes = scores(entries, text)
    assert int(np.argmax(machine)) == int(np.argmax(bayes)) == owner


def test_naive_bayes_is_the_textbook_s() -> None:
    columns = Columns()
    texts = [(owner, text.split()) for owner, own in TEXTS.items() for text in own]
    counts = columns.learn([words for _, words in texts])
    owners = np.array([owner for owner, _ in texts])
    models = train(counts, columns, owners, 3)
    rows = [(places, models.values(places, n)) for places, n in (columns.read(words) for _, words in texts)]
    dense = np.zeros((len(rows), counts.shape[1]))
    for row, (places, values) in enumerate(rows):
        dense[row, places] = values
    theirs = MultinomialNB(alpha=0.05, fit_prior=False).fit(dense, owners)
    ours = models.scores(*rows[0])[1]
    expected = theirs.feature_log_prob_ @ dense[0]
    assert np.diff(ours) == pytest.approx(np.diff(expected), abs=1e-3)


def test_training_twice_gives_the_same() -> None:
    assert scores(3, "the condom slipped") == scores(3, "the condom slipped")
