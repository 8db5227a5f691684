"""Postings: the product of a question with every row."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from knowledge_base import postings
from knowledge_base.postings import Postings

TABLE = np.array([[1.0, 0.0, 2.0], [0.0, 3.0, 0.0], [4.0, 5.0, 0.0], [0.0, 0.0, 0.0]])


@given(st.dictionaries(st.integers(0, 2), st.floats(-5, 5)))
def test_scores_are_dot_products(question: dict[int, float]) -> None:
    columns, values = np.array(list(question), np.int32), np.array(list(question.values()), float)
    dense = np.zeros(3)
    dense[columns] = values
    assert Postings(csr_matrix(TABLE)).scores(columns, values) == pytest.approx(TABLE @ dense, abs=1e-4)


def test_a_column_that_too_many_rows_have_is_passed_over() -> None:
    many = csr_matrix(np.ones((postings.COMMON + 1, 1)))
    assert Postings(many).scores(np.array([0], np.int32), np.array([1.0])).sum() == 0
