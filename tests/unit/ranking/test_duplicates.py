from __future__ import annotations

import pytest

from briefwell.ranking.duplicates import is_near_duplicate

NOTE = "the ferry to the north shore sails twice a day and carries cars but no lorries at all"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (NOTE, NOTE, True),
        # One word of 18 differs: 3 of 16 shingles are lost, 13 / 16 = 0.81.
        (NOTE, NOTE.replace("twice", "once"), False),
        # The last word differs: 1 of 16 shingles is lost, 15 / 16 = 0.94.
        (NOTE, NOTE.replace("all", "present"), True),
        (NOTE, NOTE + " so that is that", True),
        (NOTE, NOTE + " " + NOTE, False),
        (NOTE + " in 2019", NOTE + " in 2020", False),
        (NOTE, "", False),
        ("", "", False),
        ("one two", "one two", True),
        ("one two", "two one", False),
    ],
)
def test_near_duplicates(left: str, right: str, expected: bool) -> None:
    assert is_near_duplicate(left.split(), right.split()) is expected
    assert is_near_duplicate(right.split(), left.split()) is expected
