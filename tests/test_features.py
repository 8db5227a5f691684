"""Features: the columns of what is compared, and how much each tells."""

import numpy as np
import pytest

from knowledge_base.features import Columns, flat, telling, weighed


def columns_of(columns: Columns, text: str) -> set[int]:
    return set(columns.read(text.split())[0].tolist())


def test_a_text_that_was_learnt_is_read_as_it_was_learnt() -> None:
    columns = Columns()
    counts = columns.learn([["condom", "broke", "condom"], ["test"]])
    places, numbers = columns.read(["condom", "broke", "condom"])
    assert counts[0, places].toarray().ravel().tolist() == numbers.tolist()
    assert counts[0].sum() == numbers.sum()


def test_an_unknown_word_shares_the_pieces_it_has_in_common_and_adds_none() -> None:
    columns = Columns()
    width = columns.learn([["condom"]]).shape[1]
    assert columns_of(columns, "condoms") < columns_of(columns, "condom") | columns_of(columns, "condoms")
    assert columns_of(columns, "xyq") == set()
    assert len(columns.kinds()) == width


def test_the_order_of_words_makes_pairs() -> None:
    columns = Columns()
    columns.learn([["no", "strings"]])
    assert columns_of(columns, "no strings") - columns_of(columns, "strings no") != set()


def test_a_word_of_two_letters_has_no_skeleton() -> None:
    columns = Columns()
    columns.learn([["no"], ["not"]])
    assert (columns.kinds() == 2).sum() == 1


def test_pieces_of_two_letters_are_not_trained_on() -> None:
    columns = Columns()
    columns.learn([["sex"]])
    pieces, trained = columns.of_pieces(), columns.of_training()
    assert (pieces & ~trained).sum() == 4
    assert trained[~pieces].all()


def test_what_few_have_tells_more_and_what_all_have_still_counts() -> None:
    counts = Columns()
    matrix = counts.learn([["aaa", "bbb"]] + [["aaa"]] * 30)
    common, rare = counts.read(["aaa"])[0][0], counts.read(["bbb"])[0][0]
    assert telling(matrix)[rare] > telling(matrix)[common] == pytest.approx(0.05)
    assert flat(matrix)[rare] > flat(matrix)[common] >= 1


def test_every_group_has_length_one_or_is_empty() -> None:
    values = weighed(np.array([1.0, 2.0, 1.0]), np.array([1.0, 3.0, 0.0]), np.array([0, 0, 1]))
    assert np.hypot(*values[:2]) == pytest.approx(1)
    assert values[2] == 0
