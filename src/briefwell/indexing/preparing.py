"""Parse, cut and embed: everything that happens before a new state is published.

Documents stream through in small batches; what is held in memory does not grow with their
number.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from briefwell.chunking import cut
from briefwell.errors import BriefingError, LoadError, ModelError, ModelFailed, ReadingStopped
from briefwell.indexing.planning import Task, failure_recipe, find_refusal
from briefwell.indexing.progress import Progress, Stage, Tell
from briefwell.indexing.retrying import Trial
from briefwell.loaders import Limits
from briefwell.loaders.worker import LoadJob
from briefwell.protocols import Embedder
from briefwell.recipe import Recipe
from briefwell.storage import staging
from briefwell.storage.exact import to_blob
from briefwell.storage.manifest import Manifest, SourceRecord
from briefwell.storage.staging import StagedDocument
from briefwell.structure import forget
from briefwell.types import Document, FailedSource

Loading = Callable[[Iterable[LoadJob]], Iterator[tuple[LoadJob, Document | LoadError]]]
"""Loads files, in any order, within the limits that are set."""

_BATCH_DOCUMENTS = 64
_BATCH_CHARACTERS = 2_000_000
_BATCH_TEXTS = 256


@dataclass(kw_only=True)
class Prepared:
    """What came of the tasks.

    Attributes:
        records: What is to be remembered of the sources that were read.
        failed: Those that could not be read.
        failed_records: What is to be remembered of those.
        vanished: Paths that were gone when their turn came.
        embedded: How many texts were sent to the embedder.
    """

    records: list[SourceRecord] = field(default_factory=list)
    failed: list[FailedSource] = field(default_factory=list)
    failed_records: list[SourceRecord] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    embedded: int = 0


class Preparation:
    """Stages the documents of some tasks in the manifest."""

    def __init__(
        self, manifest: Manifest, recipe: Recipe, limits: Limits, load_many: Loading, tell: Tell
    ) -> None:
        self._manifest = manifest
        self._recipe = recipe
        self._failed_recipe = failure_recipe(recipe, limits)
        self._load_many = load_many
        self._tell = tell
        self._batch: list[StagedDocument] = []
        self._characters = 0
        self._done = 0
        self._total = 0
        self.prepared = Prepared()

    def stage(self, tasks: Sequence[Task], *, is_rebuild: bool) -> Prepared:
        """Parse and cut what the tasks name; what a killed run has left is taken over.

        Args:
            tasks: The sources to make anew.
            is_rebuild: Whether nothing from before may be taken over.
        """
        self._total = len(tasks)
        self._say("")
        left = {} if is_rebuild else self._leftovers(tasks)
        waiting: dict[str, Task] = {}
        for task in tasks:
            if left.get(task.file.path) == task.record.sha256:
                self._finish(task.record)
            elif (refusal := find_refusal(task)) is not None:
                self._take(task, refusal)
            elif not (task.is_parsed and self._cut_stored(task)):
                waiting[task.file.path] = task
        jobs = (LoadJob(path=task.file.file, source=path) for path, task in waiting.items())
        for job, loaded in self._load_many(jobs):
            self._take(waiting[job.source], loaded)
        self._flush()
        return self.prepared

    def _leftovers(self, tasks: Sequence[Task]) -> dict[str, str]:
        staging.keep_staged(
            self._manifest,
            {task.record.document_id: task.record.sha256 for task in tasks},
            load_recipe=self._recipe.load_recipe,
            cut_recipe=self._recipe.fingerprint,
        )
        return staging.staged_hashes(self._manifest)

    def _cut_stored(self, task: Task) -> bool:
        document = staging.live_document(self._manifest, task.record.document_id)
        if document is None:
            return False
        self._take(task, document)
        return True

    def _take(self, task: Task, loaded: Document | LoadError) -> None:
        if isinstance(loaded, LoadError):
            if not os.path.lexists(task.file.file):
                self.prepared.vanished.append(task.file.path)
                self._step(task.file.path)
            else:
                self._fail(task, loaded)
            return
        try:
            chunks = cut(
                loaded,
                count_tokens=self._recipe.count_tokens,
                chunk_tokens=self._recipe.chunk_tokens,
                window=self._recipe.window,
                fingerprint=self._recipe.fingerprint,
            )
        except BriefingError as error:
            self._fail(task, error)
            return
        finally:
            # Documents pass through here once: none is worth remembering.
            forget(loaded)
        self._batch.append(
            StagedDocument(
                document=loaded,
                chunks=chunks,
                load_recipe=self._recipe.load_recipe,
                cut_recipe=self._recipe.fingerprint,
            )
        )
        self._characters += len(loaded.text)
        # The hash of the bytes that were read counts: the file may have changed since the scan.
        is_as_planned = task.record.sha256 == loaded.source.sha256
        self._finish(
            task.record if is_as_planned else replace(task.record, sha256=loaded.source.sha256)
        )
        if len(self._batch) >= _BATCH_DOCUMENTS or self._characters >= _BATCH_CHARACTERS:
            self._flush()

    def _fail(self, task: Task, error: BriefingError) -> None:
        reason, recipe = error.problem, ""
        if isinstance(error, ReadingStopped):
            trial = Trial(
                recipe=self._failed_recipe, count=task.trials + 1, at_ns=task.record.seen_ns
            )
            reason, recipe = f"{reason} {trial.words}", trial.packed()
        elif isinstance(error, LoadError) and not error.retryable:
            recipe = self._failed_recipe
        # Without a recipe the failure decides nothing: the next run tries the file again.
        failed = replace(
            task.record, state="failed", reason=reason, remedy=error.remedy, load_recipe=recipe
        )
        self.prepared.failed_records.append(failed)
        self.prepared.failed.append(
            FailedSource(source=failed.path, reason=reason, remedy=error.remedy)
        )
        self._step(task.file.path)

    def _finish(self, record: SourceRecord) -> None:
        self.prepared.records.append(record)
        self._step(record.path)

    def _flush(self) -> None:
        if self._batch:
            staging.stage(self._manifest, self._batch, embedder=self._recipe.embedder)
        self._batch = []
        self._characters = 0

    def _step(self, source: str) -> None:
        self._done += 1
        self._say(source)

    def _say(self, source: str) -> None:
        self._tell(Progress(stage=Stage.PARSE, done=self._done, total=self._total, source=source))


def embed_staged(
    manifest: Manifest, embedder: Embedder, *, dimension: int, is_rebuild: bool, tell: Tell
) -> int:
    """Embed every staged text that has no vector yet; each batch is kept at once.

    Args:
        manifest: The open manifest.
        embedder: Makes the vectors.
        dimension: Numbers of one vector; 0 when there are none to agree with.
        is_rebuild: Whether texts that have a vector are embedded again.
        tell: Called after each batch.

    Returns:
        How many texts were embedded.

    Raises:
        ModelError: The embedder failed, or gave something that is no vector.
    """
    numbers = staging.unembedded(manifest, is_all=is_rebuild)
    tell(Progress(stage=Stage.EMBED, done=0, total=len(numbers)))
    for low in range(0, len(numbers), _BATCH_TEXTS):
        texts = staging.embedding_texts(manifest, numbers[low : low + _BATCH_TEXTS])
        vectors = _embed(embedder, [text for _, text in texts])
        for vector in vectors:
            dimension = _checked(vector, dimension or len(vector))
        keys = (key for key, _ in texts)
        staging.store_vectors(manifest, zip(keys, map(to_blob, vectors), strict=True))
        tell(Progress(stage=Stage.EMBED, done=low + len(texts), total=len(numbers)))
    return len(numbers)


def _embed(embedder: Embedder, texts: list[str]) -> list[list[float]]:
    try:
        vectors = embedder.embed_documents(texts)
    except ModelError:
        raise
    except Exception as error:  # any vendor's error, from any embedder
        raise ModelFailed(
            f"The embedding model failed: {type(error).__name__}: {error}.",
            "Run `briefwell reindex` again; what was embedded so far is kept.",
            retryable=True,
        ) from error
    if len(vectors) != len(texts):
        raise ModelFailed(
            f"The embedding model gave {len(vectors)} vectors for {len(texts)} texts.",
            "Use another embedding model.",
        )
    return vectors


def _checked(vector: Sequence[float], dimension: int) -> int:
    if len(vector) != dimension or not dimension or not all(map(math.isfinite, vector)):
        raise ModelFailed(
            f"The embedding model gave a vector of {len(vector)} numbers that cannot be used; "
            f"{dimension} finite numbers were expected.",
            "Use another embedding model, or run `briefwell reindex --rebuild`.",
        )
    return dimension
