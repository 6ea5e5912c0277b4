"""Writes one vector generation, in a process of its own: `python -m briefwell.storage.writer`.

Chroma's writes stay away from the process that indexes: when this one has ended, every file is
closed, and if it dies only an unpublished generation is lost. It ends at once when its parent
goes (the end of its input). One line of JSON comes in, lines of JSON go out: progress, then a
result or an error.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from briefwell.errors import BriefingError
from briefwell.storage import staging
from briefwell.storage.connections import as_index_error, full, open_for_reading
from briefwell.storage.generations import VectorPlace, copy_generation, flush_to_disk
from briefwell.storage.vectors import (
    BATCH,
    SAVED_AFTER,
    SAVED_SOONEST,
    VectorCollection,
    VectorsSilent,
    VectorsUnavailable,
    warm_up,
)

_SAMPLE = 16
"""Vectors that are looked for one by one: so many of all, and so many of the new ones."""
_TOLERANCE = 1e-3
_NO_SPACE = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteJob:
    """What to write.

    Attributes:
        index: The index folder.
        target: Number of the generation to write.
        source: Generation to copy first; None starts from nothing.
        url: Address of a Chroma server; None for the index folder.
        index_id: See `VectorPlace`.
        timeout: See `VectorPlace`.
    """

    index: str
    target: int
    source: int | None
    url: str | None
    index_id: str
    timeout: float

    def place(self) -> VectorPlace:
        """Return where the generation lies."""
        return VectorPlace(
            index=Path(self.index), url=self.url, index_id=self.index_id, timeout=self.timeout
        )

    def to_json(self) -> str:
        """Return the job as one line."""
        return json.dumps(asdict(self))


def write_generation(
    job: WriteJob, tell: Callable[[int, int], None], step: Callable[[], None] = lambda: None
) -> dict[str, int]:
    """Write and prove the generation that goes with the staged state of the manifest.

    Args:
        job: What to write.
        tell: Called with the vectors written so far and their total.
        step: Called after everything else that takes time, as a sign of life.

    Returns:
        `count` of vectors, `added` and `deleted` against the copied generation.

    Raises:
        VectorsUnavailable: Chroma failed, or what it holds is not what it was given.
    """
    place = job.place()
    if job.source is not None:
        copy_generation(place.folder(job.source), place.folder(job.target), step)
    with closing(open_for_reading(place.index)) as connection:
        is_copy = job.source is not None and job.url is None
        total = staging.next_count(connection)
        with closing(place.open(job.target, create=True)) as collection:
            step()
            wanted = set() if is_copy else staging.next_ids(connection)
            gone, new = _changes(connection, collection, None if is_copy else wanted, step)
            for low in range(0, len(gone), BATCH):
                collection.delete(gone[low : low + BATCH])
                step()
            done = 0
            tell(done, len(new))
            for batch in staging.next_vectors(connection, new, batch=BATCH):
                collection.add([row[0] for row in batch], _as_matrix([row[1] for row in batch]))
                done += len(batch)
                tell(done, len(new))
            if job.url is None:
                collection.save_after(SAVED_SOONEST)
        # Opened anew: what is proven is what readers will find.
        with closing(place.open(job.target)) as collection:
            if is_copy:
                _prove_changes(collection, gone, new, total=total)
            else:
                _prove_ids(collection, wanted, step)
            _prove_vectors(collection, connection, _sample(connection, new, total), step)
            if job.url is None:
                collection.save_after(SAVED_AFTER)
    if job.url is None:
        step()
        flush_to_disk(place.folder(job.target), step)
    return {"count": total, "added": len(new), "deleted": len(gone)}


def _changes(
    connection: sqlite3.Connection,
    collection: VectorCollection,
    wanted: set[str] | None,
    step: Callable[[], None],
) -> tuple[list[str], list[str]]:
    """Return the ids to delete and to add; no `wanted` says that it is a copy.

    A copy is of what was proven to hold the live chunks; what is wrong is found by the proof.
    """
    if wanted is None:
        return staging.changed_ids(connection)
    there = collection.ids(step)
    return sorted(there - wanted), sorted(wanted - there)


def _prove_ids(collection: VectorCollection, wanted: set[str], step: Callable[[], None]) -> None:
    """Compare the ids Chroma holds with those it was given."""
    there = collection.ids(step)
    if there != wanted:
        raise VectorsUnavailable(f"Chroma holds {len(there)} of {len(wanted)} vectors.")


def _prove_changes(
    collection: VectorCollection, gone: Sequence[str], new: Sequence[str], *, total: int
) -> None:
    """Compare what changed against a proven generation: nothing old, all new, no other."""
    old, added = collection.present(gone), collection.present(new)
    if old or len(added) != len(new) or collection.count() != total:
        raise VectorsUnavailable("Chroma does not hold the vectors it was given.")


def _sample(connection: sqlite3.Connection, new: Sequence[str], total: int) -> list[str]:
    chance = random.Random(total)
    some = staging.some_next_ids(connection, chance, _SAMPLE)
    return sorted({*some, *chance.sample(new, min(_SAMPLE, len(new)))})


def _prove_vectors(
    collection: VectorCollection,
    connection: sqlite3.Connection,
    sample: Sequence[str],
    step: Callable[[], None],
) -> None:
    """Compare some vectors Chroma holds, and finds, with those it was given."""
    batches = staging.next_vectors(connection, sample, batch=BATCH)
    given = dict(row for batch in batches for row in batch)
    stored = collection.vectors(sample)
    for chunk_id in sample:
        vector = _as_matrix([given[chunk_id]])[0]
        if chunk_id not in stored or abs(stored[chunk_id] - vector).max() > _TOLERANCE:
            raise VectorsUnavailable("Chroma holds another vector than it was given.")
        best = collection.query(vector.tolist(), k=1)
        step()
        if vector.any() and (not best or best[0][1] < 1.0 - _TOLERANCE):
            raise VectorsUnavailable("Chroma does not find a vector it holds.")


def _as_matrix(blobs: Sequence[bytes]) -> Any:
    import numpy

    return numpy.stack([numpy.frombuffer(blob, dtype=numpy.float32) for blob in blobs])


def main() -> None:
    """Read one job from standard input and do it."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    lock = threading.Lock()

    def say(message: dict[str, Any]) -> None:
        with lock:
            out.write(json.dumps(message) + "\n")
            out.flush()

    # The parent starts this process early, so that Chroma is there when the job comes.
    warm_up()
    line = sys.stdin.readline()
    if not line:
        return
    threading.Thread(target=_end_with_parent, daemon=True).start()
    job = WriteJob(**json.loads(line))
    try:
        result = write_generation(
            job,
            lambda done, total: say({"done": done, "total": total}),
            lambda: say({"step": True}),
        )
        say({"result": result})
    except VectorsUnavailable as error:
        say(_failure(error, job))
    except sqlite3.Error as error:
        say({"error": as_index_error(error, Path(job.index)).to_dict()})
    except BriefingError as error:
        say({"error": error.to_dict()})
    except OSError as error:
        say(_failure(error, job))


def _failure(error: Exception, job: WriteJob) -> dict[str, Any]:
    is_full = getattr(error, "errno", None) == _NO_SPACE or "full" in str(error).lower()
    if is_full or "No space left" in str(error) or "too large" in str(error).lower():
        return {"error": full(Path(job.index)).to_dict()}
    return {"unavailable": str(error), "silent": isinstance(error, VectorsSilent)}


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    main()
    # All is closed, flushed and said; what Chroma's threads may still be at cannot hold us up.
    os._exit(0)
