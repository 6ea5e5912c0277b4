"""What runs a model, and the way it is mostly run: its compiled ONNX graph."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any, Protocol, TypeVar

from briefwell.embeddings.tokens import Tokens
from briefwell.embeddings.weights import Weights
from briefwell.errors import InternalError, ModelFailed
from briefwell.protocols import TokenVectors

Vectors = Any
"""A float32 numpy array with one row of unit length per text. Named without importing numpy."""

T = TypeVar("T")

BATCH_TOKENS = 512
"""Most tokens of one forward pass, padding included; one text may be longer.

One processor runs one pass, so its numbers should stay in that processor's own cache: passes of
4,096 tokens took 1.3 times the processor time of passes of 512 (MiniLM, 2 cores).
"""

SHARE_TOKENS = 48
"""Fewer tokens than this are not worth a processor of their own."""


class Role(StrEnum):
    """What a text is to the model: some models want another prompt before each."""

    QUERY = "query"
    DOCUMENT = "document"


class Engine(Protocol):
    """Runs the model."""

    def embed(self, texts: Sequence[str], *, role: Role) -> Vectors:
        """Return one vector per text. A query is cut at the window, a document may not pass it."""
        ...

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors] | None:
        """Return the token vectors of each text, cut at the window; None when there are none."""
        ...


class CompiledEngine:
    """Runs an ONNX graph with onnxruntime; imports neither torch nor transformers.

    Args:
        path: The ONNX file. Its first three-dimensional output, if it has one, holds token
            vectors. Its first two-dimensional output is the vector, or else the first output is
            pooled as `weights.pooling` says.
        weights: The model it was made from.
        tokens: The model's tokenizer.

    Raises:
        ModelFailed: onnxruntime refuses the file.
    """

    def __init__(self, path: Path, *, weights: Weights, tokens: Tokens) -> None:
        self._weights = weights
        self._tokens = tokens
        self._session = _open_session(path)
        self._inputs = {item.name for item in self._session.get_inputs()}
        outputs = self._session.get_outputs()
        self._output = next((o.name for o in outputs if len(o.shape) == 2), outputs[0].name)
        self._token_output = next((o.name for o in outputs if len(o.shape) == 3), "")
        # Its threads start when they are needed, and stay: a question comes after the other.
        self._pool = ThreadPoolExecutor(cores(), thread_name_prefix="embed")

    def embed(self, texts: Sequence[str], *, role: Role) -> Vectors:
        """Return one vector per text; batches are sorted by length and filled by tokens.

        Each processor runs batches of its own, which wastes less than sharing each of them.

        Raises:
            InternalError: A document is longer than the window.
            ModelFailed: The graph did not run.
        """
        import numpy as np

        ids = self._ids(texts, role)
        order = sorted(range(len(ids)), key=lambda index: len(ids[index]), reverse=True)
        most = _most_tokens([len(ids[index]) for index in order])
        batches = [[ids[index] for index in batch] for batch in _batches(order, ids, most)]
        if not batches:
            return np.empty((0, 0), dtype=np.float32)
        ordered = np.concatenate(self._spread(self._vectors, batches))
        made = np.empty_like(ordered)
        made[order] = ordered
        return made

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors] | None:
        """Return the token vectors of each text, cut at the window; None when there are none.

        Raises:
            ModelFailed: The graph did not run.
        """
        if not self._token_output:
            return None
        prompt = self._weights.document_prompt
        prompted = [prompt + text for text in texts]
        ids = self._tokens.head_ids(prompted)
        order = sorted(range(len(ids)), key=lambda index: len(ids[index]), reverse=True)
        most = _most_tokens([len(ids[index]) for index in order])
        batches = [[ids[index] for index in batch] for batch in _batches(order, ids, most)]
        found = chain.from_iterable(self._spread(self._token_rows, batches))
        rows = dict(zip(order, found, strict=True))
        return [
            TokenVectors(spans=_shifted(spans, len(prompt)), vectors=rows[place])
            for place, spans in enumerate(self._tokens.head_spans(prompted))
        ]

    def _ids(self, texts: Sequence[str], role: Role) -> list[list[int]]:
        if role is Role.QUERY:
            prompt = self._weights.query_prompt
            return self._tokens.head_ids([prompt + text for text in texts])
        prompt = self._weights.document_prompt
        ids = self._tokens.ids([prompt + text for text in texts])
        refuse_long(map(len, ids), self._weights)
        return ids

    def _spread(
        self, run: Callable[[list[list[int]]], T], batches: list[list[list[int]]]
    ) -> list[T]:
        """Run batches, each on a processor of its own."""
        others = [self._pool.submit(run, batch) for batch in batches[1:]]
        return [run(batches[0]), *(other.result() for other in others)] if batches else []

    def _vectors(self, ids: Sequence[Sequence[int]]) -> Vectors:
        out, mask = self._run(ids, self._output)
        return unit(out if out.ndim == 2 else _pooled(out, mask, self._weights))

    def _token_rows(self, ids: Sequence[Sequence[int]]) -> list[Vectors]:
        out, _ = self._run(ids, self._token_output)
        return [rows[: len(line)] for rows, line in zip(out, ids, strict=True)]

    def _run(self, ids: Sequence[Sequence[int]], output: str) -> tuple[Vectors, Vectors]:
        import numpy as np

        width = max(map(len, ids))
        tokens = np.zeros((len(ids), width), dtype=np.int64)
        mask = np.zeros((len(ids), width), dtype=np.int64)
        for row, line in enumerate(ids):
            tokens[row, : len(line)] = line
            mask[row, : len(line)] = 1
        feeds = {"input_ids": tokens, "attention_mask": mask}
        if "token_type_ids" in self._inputs:
            feeds["token_type_ids"] = np.zeros_like(tokens)
        try:
            (out,) = self._session.run([output], feeds)
        except Exception as error:  # onnxruntime's errors share no public root
            raise ModelFailed(
                f"The compiled embedding model did not run: {error}.",
                "Delete the folder index/models; it is made again.",
            ) from error
        return out, mask


def refuse_long(lengths: Iterator[int], weights: Weights) -> None:
    """Raise where a document's tokens, special ones included, pass the model's window.

    Raises:
        InternalError: One does: the model would cut it without a word.
    """
    longest = max(lengths, default=0)
    if longest > weights.max_tokens:
        raise InternalError(
            f"A text of {longest} tokens was to be embedded; the window of "
            f"{weights.name!r} holds {weights.max_tokens}."
        )


def unit(vectors: Vectors) -> Vectors:
    """Return the rows as float32 of unit length; a row of zeros stays as it is."""
    import numpy as np

    made = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(made, axis=1, keepdims=True)
    return made / np.maximum(lengths, np.finfo(np.float32).tiny)


def _shifted(spans: Iterable[tuple[int, int]], left: int) -> tuple[tuple[int, int], ...]:
    """Return spans into a prompted text as spans into the text; those in the prompt are empty."""
    return tuple((max(0, start - left), max(0, end - left)) for start, end in spans)


def _most_tokens(lengths: Sequence[int]) -> int:
    """Return the tokens of a batch, padding included, for texts sorted by falling length.

    Where the processors can run all batches at once, these are as even as can be and no more
    than the processors: each pass reads all weights anew, which takes as long as 24 tokens.
    """
    least, most = SHARE_TOKENS, BATCH_TOKENS
    if _count(lengths, most) > cores():
        return most
    while least < most:
        middle = (least + most) // 2
        if _count(lengths, middle) <= cores():
            most = middle
        else:
            least = middle + 1
    return most


def _count(lengths: Sequence[int], most: int) -> int:
    """Return how many batches of at most so many tokens the texts fill."""
    batches = held = width = 0
    for length in lengths:
        if not held or (held + 1) * width > most:
            batches, held, width = batches + 1, 0, length
        held += 1
    return batches


def _batches(order: Sequence[int], ids: Sequence[Sequence[int]], most: int) -> Iterator[list[int]]:
    """Fill batches from texts sorted by falling length, so the first of each sets its width."""
    batch: list[int] = []
    for index in order:
        if batch and (len(batch) + 1) * len(ids[batch[0]]) > most:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _pooled(tokens: Vectors, mask: Vectors, weights: Weights) -> Vectors:
    if weights.pooling not in ("mean", "cls") or weights.modules[2:]:
        raise ModelFailed(
            f"The ONNX file of {weights.name!r} ends before the model's {weights.pooling} pooling.",
            "Put the model's safetensors file into its folder, too; it is compiled from that.",
        )
    if weights.pooling == "cls":
        return tokens[:, 0]
    weight = mask[:, :, None].astype(tokens.dtype)
    return (tokens * weight).sum(axis=1) / weight.sum(axis=1)


def _open_session(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors share no public root
        raise ModelFailed(
            f"The compiled embedding model {str(path)!r} cannot be opened: {error}.",
            "Delete the folder index/models; it is made again.",
        ) from error


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
