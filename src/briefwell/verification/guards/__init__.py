"""The guards: each looks at one way in which a sentence close to its source can still be false.

Every guard is a function `check(statement, evidence) -> Finding | None`, pure and without a model.
"""

from collections.abc import Callable

from briefwell.verification.evidence import Evidence, Finding
from briefwell.verification.guards import (
    attribution,
    comparison,
    dates,
    merge,
    names,
    negation,
    numbers,
    quantifiers,
)

Guard = Callable[[str, Evidence], Finding | None]

GUARDS: tuple[Guard, ...] = (
    numbers.check,
    dates.check,
    names.check,
    negation.check,
    comparison.check,
    attribution.check,
    quantifiers.check,
    merge.check,
)
"""In the order in which their findings are told."""


def check_all(statement: str, evidence: Evidence) -> list[Finding]:
    """Return what the guards find wrong with a statement, clashes first."""
    found = [finding for guard in GUARDS if (finding := guard(statement, evidence)) is not None]
    return sorted(found, key=lambda finding: not finding.is_clash)


__all__ = ["GUARDS", "Guard", "check_all"]
