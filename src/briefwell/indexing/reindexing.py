"""`reindex`: make the index equal to the documents folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from briefwell.config import Settings
from briefwell.errors import LoadError
from briefwell.indexing import opening, reporting, vectors
from briefwell.indexing.parts import Parts, Writer
from briefwell.indexing.planning import Plan, is_anything_new, make_plan
from briefwell.indexing.preparing import Preparation, Prepared, embed_staged
from briefwell.indexing.progress import Progress, Stage, Tell, silent
from briefwell.indexing.vectors import Generation
from briefwell.loaders import Limits
from briefwell.loaders.worker import LoadJob
from briefwell.protocols import Embedder
from briefwell.recipe import Recipe
from briefwell.sources import Folder, scan
from briefwell.storage import publishing, staging
from briefwell.storage.generations import VectorPlace
from briefwell.storage.linking import LINKING_VERSION
from briefwell.storage.locks import hold_writer
from briefwell.storage.manifest import Live, Manifest, SourceRecord
from briefwell.storage.staging import ChunkDelta
from briefwell.storage.vectors import VectorsUnavailable
from briefwell.types import Document, IndexReport


def reindex(
    documents: Path,
    index: Path,
    *,
    settings: Settings,
    embedder: Embedder,
    dry_run: bool = False,
    rebuild: bool = False,
    progress: Callable[[Progress], None] | None = None,
    parts: Parts | None = None,
) -> IndexReport:
    """Make the index equal to the documents folder.

    Killed at any moment it leaves the previous state answering, and the next run finishes the
    work. What `progress` raises ends it in the same way.

    Args:
        documents: The folder of sources.
        index: The folder of the index; made when it is not there.
        settings: Limits, chunk size, Chroma server.
        embedder: Makes the vectors.
        dry_run: Only tell what would be done; write nothing.
        rebuild: Make everything anew beside the old state and swap at the end.
        progress: Called as the work goes on.
        parts: What does the outside work; None takes the usual.

    Raises:
        ConfigError: There is no documents folder, or it lies inside the index.
        IndexLocked: Another process is writing the index.
        IndexNotWritable: The folder cannot be written or the disk is full.
        IndexDamaged: The manifest cannot be read; `rebuild` makes it anew.
        ManifestTooNew: A later version of Briefwell has written it.
        ModelError: The embedding model failed.
    """
    started = time.perf_counter()
    opening.refuse_nesting(documents, index)
    recipe = Recipe.of(settings, embedder)
    tell = progress or silent
    if dry_run:
        plan, total = opening.plan_only(
            documents, index, settings=settings, recipe=recipe, is_rebuild=rebuild, tell=tell
        )
        report = reporting.dry_run_report(plan, chunks=total)
    else:
        opening.require_documents(documents)
        opening.make_folder(index)
        with hold_writer(index), opening.open_manifest(index, is_rebuild=rebuild) as manifest:
            run = _Run(
                manifest=manifest,
                settings=settings,
                recipe=recipe,
                embedder=embedder,
                is_rebuild=rebuild,
                tell=tell,
                parts=parts or Parts(),
            )
            report = run.reindex(documents)
    return replace(report, seconds=time.perf_counter() - started)


@dataclass(kw_only=True)
class _Run:
    """One run of the one writer."""

    manifest: Manifest
    settings: Settings
    recipe: Recipe
    embedder: Embedder
    is_rebuild: bool
    tell: Tell
    parts: Parts

    def reindex(self, documents: Path) -> IndexReport:
        live = self.manifest.live()
        seen_ns = time.time_ns()
        folder, known = self._look(documents)
        with ExitStack() as stack:
            writer = None
            if is_anything_new(folder, known):
                # It loads Chroma while this process plans, parses and embeds.
                writer = stack.enter_context(self.parts.writer())
            plan = self._plan(folder, known, live, seen_ns)
            prepared = self._prepare(plan, known, live)
            # Done with; what is held of each document is what memory grows by.
            plan = replace(plan, tasks=())
            folder.files.clear()
            known.clear()
            delta = staging.chunk_delta(self.manifest)
            if self._is_publishing(plan, prepared, live, delta):
                generation = self._generation(live, delta, writer)
                live = self._publish(plan, prepared, live, generation)
                notes = [generation.note] if generation.note else []
            else:
                self._remember(plan, prepared)
                notes = []
        notes += self._sweep(live)
        return reporting.finished_report(
            plan,
            prepared,
            chunks=self.manifest.chunk_count(),
            notes=[*notes, *reporting.notes_on(documents, plan, prepared)],
        )

    # --- the stages ------------------------------------------------------------------

    def _look(self, documents: Path) -> tuple[Folder, dict[str, SourceRecord]]:
        self.tell(Progress(stage=Stage.SCAN))
        return scan(documents, index=self.manifest.index), self.manifest.sources()

    def _plan(
        self, folder: Folder, known: Mapping[str, SourceRecord], live: Live, seen_ns: int
    ) -> Plan:
        plan = make_plan(
            folder,
            known,
            live=live,
            recipe=self.recipe,
            limits=Limits.of(self.settings),
            seen_ns=seen_ns,
            is_rebuild=self.is_rebuild,
        )
        found = len(folder.files)
        self.tell(Progress(stage=Stage.SCAN, done=found, total=found))
        return plan

    def _prepare(self, plan: Plan, known: Mapping[str, SourceRecord], live: Live) -> Prepared:
        limits = Limits.of(self.settings)
        preparation = Preparation(self.manifest, self.recipe, limits, self._load_many, self.tell)
        prepared = preparation.stage(plan.tasks, is_rebuild=self.is_rebuild)
        lost = [*prepared.vanished, *(failure.source for failure in prepared.failed)]
        gone = [known[path].document_id for path in lost if path in known]
        staging.stage_removals(self.manifest, [*plan.dropped, *gone])
        is_same_model = live.recipe.get("embedder") == self.recipe.embedder
        if plan.tasks:
            prepared.embedded = embed_staged(
                self.manifest,
                self.embedder,
                dimension=live.dimension if is_same_model else 0,
                is_rebuild=self.is_rebuild,
                tell=self.tell,
            )
        return prepared

    def _load_many(self, jobs: Iterable[LoadJob]) -> Iterator[tuple[LoadJob, Document | LoadError]]:
        limits = Limits.of(self.settings)
        return self.parts.load_many(jobs, limits=limits, workers=self.settings.workers)

    def _is_publishing(self, plan: Plan, prepared: Prepared, live: Live, delta: ChunkDelta) -> bool:
        if live.generation == 0 or live.fingerprint != self.recipe.fingerprint:
            return True
        if live.links != LINKING_VERSION:
            return True
        if prepared.records or staging.is_removing(self.manifest):
            return True
        return vectors.is_due(self._place(), live, delta)

    def _generation(self, live: Live, delta: ChunkDelta, writer: Writer | None) -> Generation:
        place = self._place()
        if not self.is_rebuild and not vectors.is_due(place, live, delta):
            return Generation(
                number=live.vectors,
                kind=live.vectors_kind,
                files=live.vector_files,
                deleted=live.deleted,
            )
        self.tell(Progress(stage=Stage.WRITE, total=delta.added))
        return vectors.write(
            self.manifest,
            place,
            live=live,
            delta=delta,
            dimension=staging.dimension(self.manifest),
            tell=self.tell,
            writer=writer,
            is_fresh=self.is_rebuild,
            parts=self.parts,
        )

    def _publish(self, plan: Plan, prepared: Prepared, live: Live, generation: Generation) -> Live:
        self.tell(Progress(stage=Stage.PUBLISH))
        return publishing.publish(
            self.manifest,
            Live(
                generation=max(live.generation + 1, generation.number),
                fingerprint=self.recipe.fingerprint,
                recipe=self.recipe.parts,
                dimension=staging.dimension(self.manifest),
                vectors=generation.number,
                vectors_kind=generation.kind,
                vector_files=generation.files,
                deleted=generation.deleted,
                published_at=datetime.now(UTC).isoformat(timespec="seconds"),
            ),
            written=[*plan.touched, *prepared.records, *prepared.failed_records],
            forgotten=[*plan.forgotten, *prepared.vanished],
        )

    def _remember(self, plan: Plan, prepared: Prepared) -> None:
        written = [*plan.touched, *prepared.failed_records]
        forgotten = [*plan.forgotten, *prepared.vanished]
        if written or forgotten:
            publishing.remember(self.manifest, written=written, forgotten=forgotten)

    def _sweep(self, live: Live) -> list[str]:
        self.tell(Progress(stage=Stage.SWEEP))
        notes = []
        if not publishing.sweep(self.manifest):
            notes.append(
                "A question was being answered, so that deleted text is still in the log of the "
                "index; the next `briefwell reindex` removes it."
            )
        # A state that the server could not take is no reason to take the one before from others.
        is_lost = live.vectors == 0 and self.manifest.chunk_count() > 0
        try:
            self._place().sweep(keep=live.vectors, is_server_spared=is_lost)
        except VectorsUnavailable as error:
            notes.append(f"Old vectors are still on the Chroma server: {error}")
        return notes

    def _place(self) -> VectorPlace:
        return VectorPlace(
            index=self.manifest.index,
            url=self.settings.chroma_url,
            index_id=self.manifest.index_id,
            timeout=self.settings.chroma_timeout,
        )
