"""How far a `reindex` has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """The stages of a `reindex`, in order."""

    SCAN = "scan"
    PARSE = "parse"
    EMBED = "embed"
    WRITE = "write"
    PUBLISH = "publish"
    SWEEP = "sweep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One step of a `reindex`.

    Attributes:
        stage: What is being done.
        done: How much of it is done.
        total: How much there is; 0 when that is not known.
        source: What was just done, where it is one source.
    """

    stage: Stage
    done: int = 0
    total: int = 0
    source: str = ""


Tell = Callable[[Progress], None]
"""Called as the work goes on. What it raises ends the `reindex`; the index stays as it was."""


def silent(progress: Progress) -> None:
    """Tell nobody."""
