"""Compares the documents folder with the manifest and says what there is to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from briefwell.errors import LoadError
from briefwell.indexing.retrying import Trial
from briefwell.loaders import Limits, document_id, load, media_type
from briefwell.recipe import Recipe, digest
from briefwell.sources import Folder, SourceFile, hash_file, unreadable
from briefwell.storage.manifest import Live, SourceRecord
from briefwell.types import FailedSource, MovedSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One source that has to be made anew.

    Attributes:
        file: The source.
        record: What will be remembered of it, if all goes well.
        reason: Why, in words.
        is_parsed: Whether its stored text still stands and only has to be cut again.
        trials: How often, as it is, it has stopped its reading process.
    """

    file: SourceFile
    record: SourceRecord
    reason: str
    is_parsed: bool = False
    trials: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What there is to do, all paths in sorted order.

    Attributes:
        tasks: Sources to parse or to cut.
        added: Paths of new sources, moved ones aside.
        updated: Paths of sources that are indexed and have to be made anew.
        moved: Sources that lie elsewhere now.
        unchanged: Paths of sources that stay as they are.
        removed: Paths of sources that are gone, moved ones aside.
        failed: Sources that are known to fail.
        dropped: Document ids whose text is to go: of removed, moved and failed sources.
        touched: Records to write although nothing else changed.
        forgotten: Paths to forget.
    """

    tasks: tuple[Task, ...]
    added: tuple[str, ...]
    updated: tuple[str, ...]
    moved: tuple[MovedSource, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    failed: tuple[FailedSource, ...]
    dropped: tuple[str, ...]
    touched: tuple[SourceRecord, ...]
    forgotten: tuple[str, ...]


def make_plan(
    folder: Folder,
    known: Mapping[str, SourceRecord],
    *,
    live: Live,
    recipe: Recipe,
    limits: Limits,
    seen_ns: int,
    is_rebuild: bool = False,
) -> Plan:
    """Decide for each source whether it is new, changed, moved, gone, failed or as it was.

    Args:
        folder: What lies in the documents folder.
        known: What the manifest remembers.
        live: What is live.
        recipe: How documents are to be made into chunks.
        limits: What loading may cost.
        seen_ns: When the folder was looked at.
        is_rebuild: Whether everything is to be made anew.
    """
    planner = _Planner(known, live, recipe, limits, seen_ns, is_rebuild)
    for file in folder.files.values():
        planner.look_at(file)
    for refused in folder.refused:
        planner.fail(refused)
    return planner.finish(folder)


def is_anything_new(folder: Folder, known: Mapping[str, SourceRecord]) -> bool:
    """Tell, without opening a file, whether vectors will probably have to be written."""
    ready = sum(record.state == "ready" for record in known.values())
    seen = 0
    for file in folder.files.values():
        record = known.get(file.path)
        if record is not None and is_untouched(file, record):
            seen += record.state == "ready"
        elif media_type(PurePosixPath(file.path)) is not None:
            return True
    return seen < ready


class _Planner:
    def __init__(
        self,
        known: Mapping[str, SourceRecord],
        live: Live,
        recipe: Recipe,
        limits: Limits,
        seen_ns: int,
        is_rebuild: bool,
    ) -> None:
        self._known = known
        self._is_stale = is_rebuild or live.fingerprint != recipe.fingerprint
        self._is_rebuild = is_rebuild
        self._limits = limits
        self._load_recipe = recipe.load_recipe
        self._failed_recipe = failure_recipe(recipe, limits)
        self._seen_ns = seen_ns
        self._tasks: list[Task] = []
        self._new: dict[str, str] = {}
        self._updated: list[str] = []
        self._unchanged: list[str] = []
        self._failed: list[FailedSource] = []
        self._touched: list[SourceRecord] = []

    def look_at(self, file: SourceFile) -> None:
        record = self._known.get(file.path)
        is_as_it_was = record is not None and is_untouched(file, record)
        if record is not None and is_as_it_was and self._is_current(record):
            self._unchanged.append(file.path)
            return
        kind = media_type(PurePosixPath(file.path))
        sha256 = ""
        if record is not None and is_as_it_was:
            sha256 = record.sha256
        elif file.size <= self._limits.file_bytes and kind is not None:
            try:
                sha256 = hash_file(file.file, most=self._limits.file_bytes)
            except FileNotFoundError:
                return
            except OSError as error:
                self.fail(unreadable(file.path, error))
                return
        self._judge(file, self._record(file, sha256, kind or ""), record)

    def fail(self, failure: FailedSource) -> None:
        self._failed.append(failure)

    def _is_current(self, record: SourceRecord) -> bool:
        """Tell whether there is nothing to do for a file that is certainly as it was."""
        is_ready = record.state == "ready" and record.load_recipe == self._load_recipe
        return is_ready and not self._is_stale

    def _record(self, file: SourceFile, sha256: str, kind: str) -> SourceRecord:
        return SourceRecord(
            path=file.path,
            document_id=document_id(file.path),
            media_type=kind,
            size=file.size,
            sha256=sha256,
            mtime_ns=file.mtime_ns,
            ctime_ns=file.ctime_ns,
            inode=file.inode,
            seen_ns=self._seen_ns,
            state="ready",
            load_recipe=self._load_recipe,
        )

    def _judge(self, file: SourceFile, record: SourceRecord, before: SourceRecord | None) -> None:
        is_same = before is not None and before.sha256 == record.sha256 and bool(record.sha256)
        if before is not None and before.state == "failed":
            is_same = is_same or is_untouched(file, before)
            self._judge_failed(file, record, before, is_same=is_same)
        elif before is None:
            self._new[file.path] = record.sha256
            self._add(file, record, "new")
        elif not is_same:
            self._update(file, record, "its content changed")
        elif before.load_recipe != record.load_recipe or self._is_rebuild:
            self._update(file, record, "to be read anew")
        elif self._is_stale:
            self._update(file, record, "made by another recipe", is_parsed=True)
        else:
            self._unchanged.append(file.path)
            # It was read to be sure; with this record it need not be the next time.
            is_certain = is_untouched(file, record)
            if is_certain or before != replace(record, seen_ns=before.seen_ns):
                self._touched.append(record)

    def _judge_failed(
        self, file: SourceFile, record: SourceRecord, before: SourceRecord, *, is_same: bool
    ) -> None:
        trial = Trial.parse(before.load_recipe)
        is_waiting = trial is not None and trial.is_waiting(self._failed_recipe, self._seen_ns)
        is_final = before.load_recipe == self._failed_recipe
        if is_same and not self._is_rebuild and (is_final or is_waiting):
            self._fail_again(record, before)
            return
        self._new[file.path] = record.sha256
        is_tried = trial is not None and is_same and trial.recipe == self._failed_recipe
        self._add(file, record, "failed before", trials=trial.count if trial and is_tried else 0)

    def _add(self, file: SourceFile, record: SourceRecord, reason: str, *, trials: int = 0) -> None:
        self._tasks.append(Task(file=file, record=record, reason=reason, trials=trials))

    def _update(
        self, file: SourceFile, record: SourceRecord, reason: str, *, is_parsed: bool = False
    ) -> None:
        self._updated.append(file.path)
        self._tasks.append(Task(file=file, record=record, reason=reason, is_parsed=is_parsed))

    def _fail_again(self, record: SourceRecord, before: SourceRecord) -> None:
        self.fail(FailedSource(source=before.path, reason=before.reason, remedy=before.remedy))
        again = replace(
            record,
            state="failed",
            reason=before.reason,
            remedy=before.remedy,
            load_recipe=before.load_recipe,
        )
        if before != replace(again, seen_ns=before.seen_ns):
            self._touched.append(again)

    def finish(self, folder: Folder) -> Plan:
        """Match what is gone with what is new, and close the plan."""
        at_hand = {*self._new, *self._updated, *self._unchanged}
        at_hand.update(failure.source for failure in self._failed)
        failed = [*self._failed, *self._behind_closed_folders(folder, at_hand)]
        at_hand.update(failure.source for failure in failed)
        gone = [path for path in sorted(self._known) if path not in at_hand]
        ready = [path for path in gone if self._known[path].state == "ready"]
        moved = self._moves(ready)
        no_longer = {item.old for item in moved}
        lost = {item.source for item in failed} & set(self._known)
        dropped = [path for path in (*ready, *sorted(lost)) if self._known[path].state == "ready"]
        targets = {item.new for item in moved}
        return Plan(
            tasks=tuple(sorted(self._tasks, key=lambda task: task.file.path)),
            added=tuple(sorted(set(self._new) - targets)),
            updated=tuple(sorted(self._updated)),
            moved=tuple(moved),
            unchanged=tuple(sorted(self._unchanged)),
            removed=tuple(path for path in ready if path not in no_longer),
            failed=tuple(sorted(failed, key=lambda item: item.source)),
            dropped=tuple(self._known[path].document_id for path in dropped),
            touched=tuple(self._touched),
            forgotten=tuple(gone),
        )

    def _moves(self, gone: list[str]) -> list[MovedSource]:
        waiting: dict[str, list[str]] = {}
        for path in gone:
            waiting.setdefault(self._known[path].sha256, []).append(path)
        moves = []
        for path in sorted(self._new):
            if olds := waiting.get(self._new[path]):
                moves.append(MovedSource(old=olds.pop(0), new=path))
        return sorted(moves, key=lambda item: item.old)

    def _behind_closed_folders(self, folder: Folder, at_hand: set[str]) -> list[FailedSource]:
        return [
            FailedSource(
                source=path,
                reason="Its folder cannot be opened any more.",
                remedy="Give this user the right to open the folder.",
            )
            for path in sorted(self._known)
            if path not in at_hand
            and any(path.startswith(closed + "/") for closed in folder.closed)
        ]


def is_untouched(file: SourceFile, record: SourceRecord) -> bool:
    """Tell, without opening it, whether a file is certainly as it was when it was recorded."""
    return record.is_as_seen(file.size, file.mtime_ns, file.ctime_ns, file.inode)


def failure_recipe(recipe: Recipe, limits: Limits) -> str:
    """Return what decided that a source failed: the loaders and every limit."""
    return digest({"loader": str(recipe.loader), "limits": repr(limits)})


def find_refusal(task: Task) -> LoadError | None:
    """Return why a source of an unknown kind is refused, without opening it; None for others."""
    if task.record.media_type:
        return None
    try:
        load(task.file.file, source=task.file.path)
    except LoadError as error:
        return error
    return None
