"""What all checks share: the index under examination, and the form of a finding."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from briefwell.config import Settings
from briefwell.storage.generations import VectorPlace
from briefwell.storage.manifest import Live
from briefwell.types import CheckResult, Severity

REINDEX = "Run `briefwell reindex`."
REBUILD = "Run `briefwell reindex --rebuild`."
NAMED = 5
"""So many things are named one by one; more are counted."""


@dataclass(frozen=True, slots=True)
class Patient:
    """An open index: the manifest in one read transaction, and what is live in it."""

    connection: sqlite3.Connection
    index: Path
    settings: Settings
    live: Live

    def place(self) -> VectorPlace:
        """Return where its vectors lie."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = 'index_id'")
        return VectorPlace(
            index=self.index,
            url=self.settings.chroma_url,
            index_id=row.fetchone()[0],
            timeout=self.settings.chroma_timeout,
        )


def some(paths: Sequence[str]) -> str:
    """Return the first few of some names, and how many more there are."""
    more = f" and {len(paths) - NAMED:,} more" if len(paths) > NAMED else ""
    return ", ".join(paths[:NAMED]) + more


def result(name: str, severity: Severity, message: str, remedy: str = "") -> CheckResult:
    """Return a finding."""
    return CheckResult(name=name, severity=severity, message=message, remedy=remedy)
