"""What comes before the work: folders, the manifest, and a plan that writes nothing."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefwell.config import Settings
from briefwell.errors import ConfigError, IndexDamaged, IndexNotWritable
from briefwell.indexing.planning import Plan, make_plan
from briefwell.indexing.progress import Progress, Stage, Tell
from briefwell.loaders import Limits
from briefwell.recipe import Recipe
from briefwell.sources import require_folder, scan
from briefwell.storage import connections, migrations
from briefwell.storage.generations import CHROMA
from briefwell.storage.manifest import Live, Manifest, SourceRecord, read_live, read_sources


def require_documents(documents: Path) -> None:
    """Refuse to start without a documents folder.

    A folder that has vanished is never taken for one whose documents were all removed.

    Raises:
        ConfigError: There is no such folder, or it cannot be opened.
    """
    require_folder(documents)


def refuse_nesting(documents: Path, index: Path) -> None:
    """Refuse a documents folder that is the index folder or lies inside it.

    Raises:
        ConfigError: It is, or does.
    """
    inner, outer = documents.resolve(), index.resolve()
    if inner == outer or outer in inner.parents:
        raise ConfigError(
            f"The documents folder {str(documents)!r} lies inside the index folder {str(index)!r}.",
            "Choose an index folder of its own with --index.",
        )


def make_folder(index: Path) -> None:
    """Make the index folder if it is not there.

    Raises:
        IndexNotWritable: It cannot be made.
    """
    try:
        index.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexNotWritable(
            f"The index folder {str(index)!r} cannot be made: {error.strerror}.",
            "Give this user the right to write there, or name another folder with --index.",
        ) from error


@contextmanager
def open_manifest(index: Path, *, is_rebuild: bool) -> Iterator[Manifest]:
    """Open the manifest for writing; a rebuild replaces one that cannot be read.

    Raises:
        IndexDamaged: It cannot be read, and this is no rebuild.
        IndexNotWritable: It cannot be written.
        ManifestTooNew: A later version of Briefwell has written it.
    """
    try:
        manifest = Manifest.open(index)
        if is_rebuild:
            _check(manifest)
    except IndexDamaged:
        if not is_rebuild:
            raise
        _discard(index)
        manifest = Manifest.open(index)
    with manifest:
        yield manifest


def _check(manifest: Manifest) -> None:
    with connections.translated(manifest.index):
        found = manifest.connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        manifest.close()
        raise IndexDamaged(f"The manifest is damaged: {found}.", "Rebuild it.")


def _discard(index: Path) -> None:
    """Remove an index that cannot be read: it answers nothing, and can be made again."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        (index / f"{connections.MANIFEST}{suffix}").unlink(missing_ok=True)
    shutil.rmtree(index / CHROMA, ignore_errors=True)


def plan_only(
    documents: Path,
    index: Path,
    *,
    settings: Settings,
    recipe: Recipe,
    is_rebuild: bool,
    tell: Tell,
) -> tuple[Plan, int]:
    """Return what a `reindex` would do, and how many chunks are live now; write nothing.

    Raises:
        ConfigError: There is no documents folder.
        IndexDamaged: The manifest cannot be read.
        ManifestTooNew: A later version of Briefwell has written it.
    """
    tell(Progress(stage=Stage.SCAN))
    seen_ns = time.time_ns()
    folder = scan(documents, index=index)
    live, known, chunks = _remembered(index)
    plan = make_plan(
        folder,
        known,
        live=live,
        recipe=recipe,
        limits=Limits.of(settings),
        seen_ns=seen_ns,
        is_rebuild=is_rebuild,
    )
    tell(Progress(stage=Stage.SCAN, done=len(folder.files), total=len(folder.files)))
    return plan, chunks


def _remembered(index: Path) -> tuple[Live, dict[str, SourceRecord], int]:
    nothing: dict[str, SourceRecord] = {}
    if not (index / connections.MANIFEST).is_file():
        return Live(recipe={}, vector_files={}), nothing, 0
    with (
        connections.reading_untouched(index) as connection,
        connections.translated(index),
    ):
        migrations.refuse_newer(connection, index)
        if migrations.version(connection) == 0:
            return Live(recipe={}, vector_files={}), nothing, 0
        connection.execute("BEGIN")
        chunks = connection.execute("SELECT count(*) FROM chunks").fetchone()[0]
        return read_live(connection), read_sources(connection), chunks
