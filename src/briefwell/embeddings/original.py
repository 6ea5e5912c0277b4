"""The other way to run a model: sentence-transformers itself, on a processor or a GPU."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from briefwell.embeddings.engines import Role, Vectors, refuse_long, unit
from briefwell.embeddings.tokens import Tokens, legal
from briefwell.embeddings.weights import Weights
from briefwell.errors import ModelFailed
from briefwell.protocols import TokenVectors


class TorchEngine:
    """Runs the model with sentence-transformers, on a processor or a GPU.

    Attributes:
        model: The `SentenceTransformer`.
        tokens: Its tokenizer, when it has a portable form.

    Args:
        weights: The model.
        device: As torch names it.

    Raises:
        ModelFailed: The model cannot be loaded.
    """

    def __init__(self, weights: Weights, *, device: str) -> None:
        self._weights = weights
        self.model = _load_sentence_transformer(weights.folder, device)
        if isinstance(self.model.max_seq_length, int):
            self.model.max_seq_length = weights.max_tokens
        self.tokens = self._find_tokens()

    def _find_tokens(self) -> Tokens | None:
        own = self.model.tokenizer
        portable = getattr(own, "backend_tokenizer", own)
        if not hasattr(portable, "to_str"):
            return None
        return Tokens(portable.to_str(), window=self._weights.max_tokens)

    def count_tokens(self, text: str) -> int:
        """Return the number of tokens of `text`, special tokens not included."""
        if self.tokens is not None:
            return self.tokens.count(text)
        return len(self.model.tokenizer(text, add_special_tokens=False)["input_ids"])

    def embed(self, texts: Sequence[str], *, role: Role) -> Vectors:
        """Return one vector per text.

        Raises:
            InternalError: A document is longer than the window.
        """
        encode = self.model.encode_query
        if role is Role.DOCUMENT:
            encode = self.model.encode_document
            prompted = [self._weights.document_prompt + text for text in texts]
            refuse_long(self._lengths(prompted), self._weights)
        return unit(encode(list(map(legal, texts)), show_progress_bar=False, convert_to_numpy=True))

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors] | None:
        """Return None: token vectors are taken from the compiled model alone."""
        return None

    def _lengths(self, texts: Sequence[str]) -> Iterator[int]:
        if self.tokens is not None:
            return map(len, self.tokens.ids(texts))
        return (len(self.model.tokenizer(text)["input_ids"]) for text in texts)


def _load_sentence_transformer(folder: Path, device: str) -> Any:
    from huggingface_hub.utils.tqdm import disable_progress_bars

    # A bar for reading a hundred tensors from the disk tells a user nothing.
    disable_progress_bars()
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(str(folder), device=device, local_files_only=True)
    # torch tells with an AssertionError that it was built without CUDA.
    except (OSError, ValueError, RuntimeError, ImportError, AssertionError) as error:
        remedy = "Fetch or install the model again, or name another with embedding_model."
        raise ModelFailed(
            f"The embedding model in {str(folder)!r} cannot be loaded on {device!r}: {error}.",
            remedy if device == "cpu" else 'Set device to "cpu", or install torch for this GPU.',
        ) from error
    return model.eval()
