from __future__ import annotations

from dataclasses import replace

import pytest

from briefwell.config import Settings
from briefwell.recipe import Recipe, index_fingerprint
from doubles import HashEmbedder


def _recipe():
    return Recipe.of(Settings(), HashEmbedder())


def test_the_fingerprint_is_the_same_for_the_same_parts():
    assert _recipe().fingerprint == index_fingerprint(Settings(), HashEmbedder())


@pytest.mark.parametrize(
    "change",
    [
        {"embedder": "x"},
        {"window": 99},
        {"chunk_tokens": 99},
        {"loader": 99},
        {"chunker": 99},
        {"normaliser": 99},
    ],
)
def test_every_part_changes_the_fingerprint(change):
    assert replace(_recipe(), **change).fingerprint != _recipe().fingerprint


def test_only_the_loaders_decide_whether_a_text_still_stands():
    assert replace(_recipe(), chunker=99).load_recipe == _recipe().load_recipe
    assert replace(_recipe(), loader=99).load_recipe != _recipe().load_recipe
