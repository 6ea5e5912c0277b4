"""The baseline every answer table is read against: copy the top passage, refuse nothing.

Printing the top passage scores 99% on citation figures (Gao et al., ALCE, 2023, table 11), so
a figure that does not beat it says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefwell.evaluation.outcomes import Said
from briefwell.types import Passage


def top_passage(passages: Sequence[Passage]) -> Said:
    """Return the first passage as if it were the whole answer; no passages is a refusal."""
    if not passages:
        return Said(is_answered=False)
    first = passages[0]
    return Said(
        is_answered=True,
        first=first.text,
        whole=first.text,
        cited=((first.source, first.span),),
    )
