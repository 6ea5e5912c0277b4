"""The report of a `reindex`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefwell.indexing.planning import Plan, find_refusal
from briefwell.indexing.preparing import Prepared
from briefwell.types import FailedSource, IndexReport


def finished_report(
    plan: Plan, prepared: Prepared, *, chunks: int, notes: Sequence[str]
) -> IndexReport:
    """Return what was done, all paths in sorted order.

    Args:
        plan: What there was to do.
        prepared: What came of it.
        chunks: Live chunks now.
        notes: What the user should know.
    """
    failed = _by_source([*plan.failed, *prepared.failed])
    lost = {item.source for item in prepared.failed}.union(prepared.vanished)
    moved = [item for item in plan.moved if item.new not in lost]
    unmoved = [item.old for item in plan.moved if item.new in lost]
    vanished = [path for path in prepared.vanished if path in plan.updated]
    return IndexReport(
        added=_without(plan.added, lost),
        updated=_without(plan.updated, lost),
        moved=tuple(moved),
        unchanged=plan.unchanged,
        removed=tuple(sorted([*plan.removed, *unmoved, *vanished])),
        failed=failed,
        chunks=chunks,
        embedded=prepared.embedded,
        notes=tuple(notes),
    )


def dry_run_report(plan: Plan, *, chunks: int) -> IndexReport:
    """Return what would be done, with the reason and the size of each source.

    Args:
        plan: What there is to do.
        chunks: Live chunks now.
    """
    refused = ((task.file.path, find_refusal(task)) for task in plan.tasks)
    hopeless = [
        FailedSource(source=path, reason=error.problem, remedy=error.remedy)
        for path, error in refused
        if error is not None
    ]
    lost = {item.source for item in hopeless}
    notes = [
        f"{task.file.path}: {task.reason}, {task.file.size:,} bytes"
        for task in plan.tasks
        if task.file.path not in lost
    ]
    notes += [f"{path}: no longer in the folder" for path in plan.removed]
    return IndexReport(
        added=_without(plan.added, lost),
        updated=_without(plan.updated, lost),
        moved=plan.moved,
        unchanged=plan.unchanged,
        removed=plan.removed,
        failed=_by_source([*plan.failed, *hopeless]),
        dry_run=True,
        chunks=chunks,
        notes=tuple(notes),
    )


def notes_on(documents: Path, plan: Plan, prepared: Prepared) -> list[str]:
    """Return what the user should know beside the lists of the report."""
    notes = []
    if not (plan.unchanged or plan.added or plan.updated or plan.moved or plan.failed):
        notes.append(
            f"There are no documents in {str(documents)!r}. "
            "Put .txt, .md, .html, .pdf or .docx files there, then run `briefwell reindex`."
        )
    failed = {item.source for item in prepared.failed}
    notes += [
        f"{path}: what was indexed before is removed, because it cannot be read any more."
        for path in plan.updated
        if path in failed
    ]
    notes += [f"{path}: was deleted while it was to be read." for path in prepared.vanished]
    return notes


def _without(paths: Sequence[str], lost: set[str]) -> tuple[str, ...]:
    return tuple(path for path in paths if path not in lost)


def _by_source(failed: Sequence[FailedSource]) -> tuple[FailedSource, ...]:
    return tuple(sorted(failed, key=lambda item: item.source))
