"""The built-in embedder: one sentence-transformers model, run the cheapest way there is."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import RLock

from briefwell.config import Device, Precision, Settings
from briefwell.embeddings.compiling import GRAPH, TOKENIZER, Compiled, compile_model, find_compiled
from briefwell.embeddings.engines import CompiledEngine, Engine, Role, Vectors
from briefwell.embeddings.hashes import HashMemory
from briefwell.embeddings.original import TorchEngine
from briefwell.embeddings.tokens import Tokens
from briefwell.embeddings.weights import Weights, find_weights
from briefwell.protocols import TokenVectors

_log = logging.getLogger(__name__)


class SentenceEmbedder:
    """Embeds texts with one model; vectors have unit length. Safe to use from several threads.

    Nothing is loaded before it is needed. The first embedding compiles the model when `models`
    can be written and it is not compiled yet; from then on no process imports torch or
    sentence-transformers for it. Where compiling fails, sentence-transformers goes on doing
    the work and `notices` says why.

    Args:
        weights: The model.
        models: Folder of compiled models; None keeps none.
        device: `cuda` embeds documents with sentence-transformers on a GPU; questions are
            embedded on the processor either way, and the vectors are compatible.
    """

    def __init__(
        self, weights: Weights, *, models: Path | None = None, device: Device = Device.CPU
    ) -> None:
        self.weights = weights
        self._models = models
        self._device = device
        self._memory = HashMemory(models / "hashes.json" if models else None)
        self._lock = RLock()
        self._engine: Engine | None = None
        self._gpu: Engine | None = None
        self._counter: Callable[[str], int] | None = None
        self._notices: list[str] = []

    @property
    def fingerprint(self) -> str:
        """Identity of weights, pooling, window and prompts."""
        return self.weights.fingerprint

    @property
    def max_tokens(self) -> int:
        """The window: most tokens of one text, special tokens included."""
        return self.weights.max_tokens

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should know about how the model is run; empty before the first use."""
        return tuple(self._notices)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector per text; equal texts are embedded once.

        Raises:
            InternalError: A text is longer than the window: chunks are cut to fit it.
            ModelError: The model cannot be loaded or does not run.
        """
        made: list[list[float]] = self.embed_array(texts).tolist()
        return made

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question; of a very long one, of as much as the window holds.

        Raises:
            ModelError: The model cannot be loaded or does not run.
        """
        made: list[float] = self._start().embed([text], role=Role.QUERY)[0].tolist()
        return made

    def embed_array(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of `embed_documents` as one float32 array, one row per text.

        Raises:
            InternalError: A text is longer than the window.
            ModelError: The model cannot be loaded or does not run.
        """
        places = {text: row for row, text in enumerate(dict.fromkeys(texts))}
        engine = self._start_gpu() if self._device is Device.CUDA else self._start()
        made = engine.embed(list(places), role=Role.DOCUMENT)
        return made[[places[text] for text in texts]] if len(places) < len(texts) else made

    def embed_tokens(self, texts: list[str]) -> list[TokenVectors] | None:
        """Return the token vectors of as much of each text as the window holds.

        None when the model's graph does not give them, or the model is not compiled.

        Raises:
            ModelError: The model cannot be loaded or does not run.
        """
        return self._start().embed_tokens(texts)

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the model sees for `text`, special tokens not included.

        Raises:
            ModelError: The model's tokenizer cannot be loaded.
        """
        if self._counter is None:
            with self._lock:
                self._counter = self._counter or self._load_counter()
        return self._counter(text)

    def warm(self) -> None:
        """Load what the first question needs, so that it does not wait.

        Raises:
            ModelError: The model cannot be loaded.
        """
        self.embed_query("")

    def _start(self) -> Engine:
        if self._engine is None:
            with self._lock:
                self._engine = self._engine or self._open()
        return self._engine

    def _start_gpu(self) -> Engine:
        with self._lock:
            if self._gpu is None:
                self._gpu = TorchEngine(self.weights, device=self._device.value)
            return self._gpu

    def _open(self) -> Engine:
        if self.weights.graph is not None:
            return self._run(self.weights.graph, self.weights.folder / TOKENIZER)
        found = self._find()
        if found is not None and not found.refused and not self._can_improve(found):
            return self._run(found.folder / GRAPH, found.folder / TOKENIZER)
        original = TorchEngine(self.weights, device=Device.CPU.value)
        if (found is None or found.is_older) and self._models is not None:
            _log.info("Compiling the embedding model %s; this is done once.", self.weights.name)
            with suppress(OSError):  # a read-only index is searched all the same, only slower
                found = compile_model(self._models, original, self.weights)
        if found is None:
            return original
        if found.refused:
            self._tell(f"The embedding model is not compiled: {found.refused}; starts are slower.")
            return original
        return self._run(found.folder / GRAPH, found.folder / TOKENIZER)

    def _can_improve(self, found: Compiled) -> bool:
        is_writable = self._models is not None and os.access(self._models, os.W_OK)
        return found.is_older and is_writable

    def _find(self) -> Compiled | None:
        if self._models is None:
            return None
        return find_compiled(self._models, self.weights, memory=self._memory)

    def _run(self, graph: Path, tokenizer: Path) -> CompiledEngine:
        tokens = Tokens.read(tokenizer, window=self.max_tokens)
        return CompiledEngine(graph, weights=self.weights, tokens=tokens)

    def _tell(self, notice: str) -> None:
        self._notices.append(notice)
        _log.warning(notice)

    def _load_counter(self) -> Callable[[str], int]:
        found = self._find()
        for folder in (self.weights.folder, found.folder if found else None):
            if folder is not None and (folder / TOKENIZER).is_file():
                return Tokens.read(folder / TOKENIZER, window=self.max_tokens).count
        return TorchEngine(self.weights, device=Device.CPU.value).count_tokens


def load_embedder(settings: Settings, *, models: Path | None = None) -> SentenceEmbedder:
    """Return the embedder for `settings.embedding_model`; its weights are found, not yet loaded.

    Args:
        settings: `embedding_model`, `device` and `precision` are used. A model folder with an
            ONNX file alone is run as it is, whatever the precision.
        models: Folder of compiled models (`index/models`); None keeps none.

    Raises:
        ModelMissing: The model is not on this machine and could not be fetched.
        ModelFailed: Its files are broken or not what they should be.
    """
    memory = HashMemory(models / "hashes.json" if models else None)
    weights = find_weights(settings.embedding_model, memory=memory)
    is_int8 = settings.precision is Precision.INT8 and weights.graph is None
    weights = replace(weights, is_int8=is_int8)
    return SentenceEmbedder(weights, models=models, device=settings.device)
