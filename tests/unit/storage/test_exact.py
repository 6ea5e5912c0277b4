from __future__ import annotations

import math

import numpy
import pytest

from briefwell.storage.exact import VectorTable, from_blob, normalised, to_blob


def test_the_nearest_come_first_and_ties_stand_by_id():
    matrix = numpy.array([[1, 0], [0, 1], [0.6, 0.8], [1, 0]], dtype=numpy.float32)
    table = VectorTable(ids=("d", "b", "c", "a"), matrix=matrix)
    found = table.search([2.0, 0.0], k=3)
    assert [chunk_id for chunk_id, _ in found] == ["a", "d", "c"]
    assert [score for _, score in found] == pytest.approx([1.0, 1.0, 0.6])


def test_more_than_there_are_gives_all_and_nothing_gives_nothing():
    table = VectorTable(ids=("a",), matrix=numpy.ones((1, 1), dtype=numpy.float32))
    assert len(table.search([1.0], k=5)) == 1
    assert table.search([1.0], k=0) == []
    assert VectorTable(ids=(), matrix=numpy.zeros((0, 0))).search([1.0], k=5) == []


def test_vectors_are_stored_with_length_one():
    stored = from_blob(to_blob([3.0, 4.0]))
    assert stored.tolist() == pytest.approx([0.6, 0.8])
    assert stored.dtype == numpy.float32


def test_zeros_stay_zeros():
    assert normalised([0.0, 0.0]).tolist() == [0.0, 0.0]
    assert not math.isnan(float(normalised([0.0])[0]))
