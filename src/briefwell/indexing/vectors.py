"""Brings the vector generation in line with the staged state."""

from __future__ import annotations

from dataclasses import dataclass

from briefwell.indexing.parts import Parts, Writer
from briefwell.indexing.progress import Progress, Stage, Tell
from briefwell.storage.generations import VectorPlace, require_room
from briefwell.storage.manifest import Live, Manifest
from briefwell.storage.staging import ChunkDelta
from briefwell.storage.vectors import VectorsSilent, VectorsUnavailable
from briefwell.storage.writer import WriteJob

_WRITE_SECONDS = 60.0
"""A server takes longer to store a batch than to answer a question."""
_WORN = 0.5
"""Share of new, or of deleted, vectors from which a generation is made from nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """The vectors that go with the staged state.

    Attributes:
        number: 0 when there are none to be had.
        kind: Where they lie: `embedded` or `server`.
        files: Names and sizes of the generation's files.
        deleted: Vectors deleted in this line of copies.
        note: What the user should know; empty when all is well.
    """

    number: int
    kind: str
    files: dict[str, int]
    deleted: int = 0
    note: str = ""


def is_due(place: VectorPlace, live: Live, delta: ChunkDelta) -> bool:
    """Tell whether a new generation has to be written."""
    if delta.added or delta.deleted:
        return True
    return bool(delta.total) and not is_sound(place, live)


def is_sound(place: VectorPlace, live: Live) -> bool:
    """Tell whether the live generation lies in this place and looks as it was published."""
    if live.vectors == 0 or live.vectors_kind != place.kind:
        return False
    return not place.is_damaged(live.vectors, live.vector_files)


def write(
    manifest: Manifest,
    place: VectorPlace,
    *,
    live: Live,
    delta: ChunkDelta,
    dimension: int,
    tell: Tell,
    parts: Parts,
    writer: Writer | None = None,
    is_fresh: bool = False,
) -> Generation:
    """Write and prove a new generation; what is live stays untouched.

    When a copy cannot be written the generation is made from nothing; when that fails too, or
    a server is silent, the state goes without, and exact search answers.

    Args:
        manifest: The open manifest, with the coming state staged and embedded.
        place: Where generations lie.
        live: What is live.
        delta: What the coming state changes.
        dimension: Numbers of one vector.
        tell: Called as vectors are written.
        parts: What does the outside work.
        writer: A writer that was started ahead.
        is_fresh: Whether nothing may be copied.

    Raises:
        IndexNotWritable: There is no room.
    """
    if delta.total == 0:
        return Generation(number=0, kind=place.kind, files={})
    is_copied = not is_fresh and _is_copy_wise(place, live, delta)
    number = max([live.generation, live.vectors, *place.numbers()])
    reason = ""
    for source in [live.vectors, None] if is_copied else [None, None]:
        number += 1
        copied = place.size(live.vectors) if source else 0
        fresh = delta.added if source else delta.total
        require_room(
            manifest.index, copied=copied, vectors=fresh, dimension=dimension, free=parts.free
        )
        place.prepare(number)
        try:
            _run(_job(place, number, source), writer, parts, tell)
        except VectorsUnavailable as error:
            reason = str(error)
            writer = None
            if place.url is not None and isinstance(error, VectorsSilent):
                break
            continue
        files = {} if place.url else place.files(number)
        deleted = live.deleted + delta.deleted if source else 0
        return Generation(number=number, kind=place.kind, files=files, deleted=deleted)
    return Generation(number=0, kind=place.kind, files={}, note=_lost(place, reason))


def _job(place: VectorPlace, number: int, source: int | None) -> WriteJob:
    return WriteJob(
        index=str(place.index.absolute()),
        target=number,
        source=source,
        url=place.url,
        index_id=place.index_id,
        timeout=max(place.timeout, _WRITE_SECONDS),
    )


def _run(job: WriteJob, writer: Writer | None, parts: Parts, tell: Tell) -> None:
    def relay(done: int, total: int) -> None:
        tell(Progress(stage=Stage.WRITE, done=done, total=total))

    if writer is not None:
        writer.write(job, relay)
        return
    with parts.writer() as another:
        another.write(job, relay)


def _is_copy_wise(place: VectorPlace, live: Live, delta: ChunkDelta) -> bool:
    if place.url is not None or not is_sound(place, live):
        return False
    worn = delta.total * _WORN
    return delta.added < worn and live.deleted + delta.deleted < worn


def _lost(place: VectorPlace, reason: str) -> str:
    what = "Chroma" if place.url is None else "The Chroma server"
    return (
        f"{what} could not take the vectors ({reason}). Exact search over the stored vectors "
        "answers until the next `briefwell reindex`."
    )
