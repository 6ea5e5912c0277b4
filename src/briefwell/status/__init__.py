"""The doctor: looks at an index from every side and says what to do about what it finds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from briefwell.config import Settings
from briefwell.embeddings import load_embedder
from briefwell.errors import BriefingError, IndexMissing
from briefwell.protocols import Embedder
from briefwell.recipe import Recipe
from briefwell.sources import Folder, hash_file, scan
from briefwell.status import proofs
from briefwell.status.finding import NAMED, REBUILD, REINDEX, Patient, result, some
from briefwell.storage import connections, inspection, migrations
from briefwell.storage.generations import free_bytes
from briefwell.storage.locks import find_writer
from briefwell.storage.manifest import read_live, read_sources
from briefwell.types import CheckResult, Severity

_LOW_BYTES = 200_000_000


def check(
    documents: Path,
    index: Path,
    *,
    settings: Settings,
    embedder: Embedder | None = None,
    deep: bool = False,
    free: Callable[[Path], int] = free_bytes,
) -> list[CheckResult]:
    """Check an index and what it was made from; nothing is changed.

    Args:
        documents: The folder of sources.
        index: The folder of the index.
        settings: The settings in force.
        embedder: None takes `Settings.embedding_model`.
        deep: Whether every stored span and every vector is proven as well.
        free: Tells the free bytes of the disk that holds a folder.
    """
    results = [_disk(index, free), _writer(index)]
    folder, found = _documents(documents, index)
    results.insert(0, found)
    try:
        with _opened(index) as connection:
            patient = Patient(connection, index, settings, read_live(connection))
            results += _examined(patient, folder, embedder, deep)
    except (BriefingError, sqlite3.Error) as error:
        results.append(_unusable(error, index))
    return results


@contextmanager
def _opened(index: Path) -> Iterator[sqlite3.Connection]:
    with (
        closing(connections.open_for_reading(index)) as connection,
        connections.translated(index),
    ):
        connection.execute("BEGIN")
        migrations.refuse_newer(connection, index)
        if migrations.version(connection) == 0 or not read_live(connection).generation:
            raise connections.missing(index)
        yield connection


def _examined(
    patient: Patient, folder: Folder | None, embedder: Embedder | None, deep: bool
) -> Iterator[CheckResult]:
    yield _index(patient)
    yield _model(patient, embedder)
    yield proofs.generations(patient)
    yield _links(patient)
    yield _texts(patient)
    yield _failures(patient)
    if folder is not None:
        yield _changes(patient, folder)
    if deep:
        yield proofs.file(patient)
        yield proofs.spans(patient)
        yield proofs.stored_vectors(patient)
    yield from proofs.chroma(patient, deep)


def _unusable(error: BriefingError | sqlite3.Error, index: Path) -> CheckResult:
    told = error if isinstance(error, BriefingError) else connections.as_index_error(error, index)
    name = "index" if isinstance(told, IndexMissing) else "manifest"
    return result(name, Severity.ERROR, told.problem, told.remedy)


# --- around the index --------------------------------------------------------------------


def _documents(documents: Path, index: Path) -> tuple[Folder | None, CheckResult]:
    try:
        folder = scan(documents, index=index)
    except BriefingError as error:
        return None, result("documents", Severity.ERROR, error.problem, error.remedy)
    size = sum(file.size for file in folder.files.values())
    message = f"{len(folder.files):,} files, {size / 1e6:,.1f} MB, in {str(documents)!r}."
    return folder, result("documents", Severity.OK, message)


def _disk(index: Path, free: Callable[[Path], int]) -> CheckResult:
    at = next(path for path in (index, *index.absolute().parents) if path.exists())
    there = free(at)
    message = f"{there / 1e9:,.1f} GB free on the disk of the index."
    if there < _LOW_BYTES:
        return result("disk", Severity.WARNING, message, "Free some space before reindexing.")
    return result("disk", Severity.OK, message)


def _writer(index: Path) -> CheckResult:
    holder = find_writer(index)
    if holder is None:
        return result("writer", Severity.OK, "Nobody is writing the index.")
    return result("writer", Severity.INFO, f"{holder} is writing the index.")


# --- the manifest ------------------------------------------------------------------------


def _index(patient: Patient) -> CheckResult:
    counted = inspection.counts(patient.connection)
    size = (patient.index / connections.MANIFEST).stat().st_size
    message = (
        f"{counted.documents:,} documents, {counted.chunks:,} chunks, "
        f"{counted.characters:,} characters; generation {patient.live.generation} "
        f"of {patient.live.published_at}, {size / 1e6:,.1f} MB."
    )
    if counted.documents == 0:
        remedy = "Put documents into the folder, then run `briefwell reindex`."
        return result("index", Severity.WARNING, f"The index is empty: {message}", remedy)
    return result("index", Severity.OK, message)


def _model(patient: Patient, embedder: Embedder | None) -> CheckResult:
    live, settings = patient.live, patient.settings
    try:
        used = embedder or load_embedder(settings, models=patient.index / "models")
        parts = Recipe.of(settings, used).parts
    except BriefingError as error:
        return result("model", Severity.ERROR, error.problem, error.remedy)
    changed = [name for name in parts if live.recipe.get(name) != parts[name]]
    if changed:
        message = f"The index was made by another recipe; changed: {', '.join(changed)}."
        return result("model", Severity.ERROR, message, REINDEX)
    name = settings.embedding_model if embedder is None else type(embedder).__name__
    message = f"{name}, {live.dimension} numbers a vector, fingerprint {live.fingerprint}."
    return result("model", Severity.OK, message)


def _links(patient: Patient) -> CheckResult:
    found = inspection.broken_links(patient.connection)
    if found:
        message = "; ".join(f"{count:,} {what}" for what, count in found.items()) + "."
        return result("links", Severity.ERROR, message, REBUILD)
    return result("links", Severity.OK, "Everything in the manifest has its counterpart.")


def _texts(patient: Patient) -> CheckResult:
    changed = inspection.changed_texts(patient.connection)
    if changed:
        message = f"The stored text is not what its hash says: {some(changed)}."
        return result("texts", Severity.ERROR, message, REBUILD)
    return result("texts", Severity.OK, "Every stored text matches its hash.")


def _failures(patient: Patient) -> CheckResult:
    rows = patient.connection.execute(
        "SELECT path, reason, remedy FROM sources WHERE state = 'failed' ORDER BY path"
    ).fetchall()
    if not rows:
        return result("failed", Severity.OK, "No document failed to load.")
    shown = "; ".join(f"{row['path']}: {row['reason']}" for row in rows[:NAMED])
    more = f" … and {len(rows) - NAMED:,} more" if len(rows) > NAMED else ""
    message = f"{len(rows):,} failed to load. {shown}{more}"
    remedy = rows[0]["remedy"] or "Mend or remove these files, then run `briefwell reindex`."
    return result("failed", Severity.WARNING, message, remedy)


def _changes(patient: Patient, folder: Folder) -> CheckResult:
    """Compare folder and manifest; a file is only read when its stamps differ."""
    known = read_sources(patient.connection)
    limit = patient.settings.max_file_bytes
    changed = [path for path in known if path not in folder.files]
    for path, file in folder.files.items():
        record = known.get(path)
        if record is not None and record.is_as_seen(
            file.size, file.mtime_ns, file.ctime_ns, file.inode
        ):
            continue
        try:
            is_same = record is not None and record.sha256 == hash_file(file.file, most=limit)
        except OSError:
            is_same = record is not None and record.state == "failed"
        if not is_same and not (record is not None and record.sha256 == ""):
            changed.append(path)
    if changed:
        message = f"Changed since the last reindex: {some(sorted(changed))}."
        return result("changes", Severity.WARNING, message, REINDEX)
    return result("changes", Severity.OK, "The index is equal to the documents folder.")
