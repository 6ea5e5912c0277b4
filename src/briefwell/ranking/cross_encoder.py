"""Reranking with a sentence-transformers CrossEncoder; the only user of that class."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from briefwell.errors import ModelFailed, ModelMissing


class CrossEncoderReranker:
    """Scores question and text together, which is slower and sharper than comparing vectors."""

    def __init__(self, model: Any, name: str) -> None:
        self._model = model
        self._name = name

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return one score per text; higher is better.

        Raises:
            ModelFailed: The model gives anything but one number for each text.
        """
        if not texts:
            return []
        scores = self._model.predict(
            [(question, text) for text in texts], show_progress_bar=False, convert_to_numpy=True
        )
        if getattr(scores, "shape", None) != (len(texts),):
            raise ModelFailed(
                f"The reranker {self._name!r} does not give one score for each text.",
                "Name a CrossEncoder with a single output in the setting 'reranker', or none.",
            )
        return [float(score) for score in scores]


@lru_cache(maxsize=2)
def load_reranker(name: str) -> CrossEncoderReranker:
    """Load a CrossEncoder by name or folder; the last two stay in memory.

    Raises:
        ModelMissing: It is neither on this machine nor to be had.
    """
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(name, device="cpu")
    except (OSError, ValueError, ImportError) as error:
        raise ModelMissing(
            f"The reranker {name!r} cannot be loaded: {str(error).splitlines()[0][:200]}",
            "Name a sentence-transformers CrossEncoder, or a folder with one, in the setting "
            "'reranker', or leave the setting out.",
        ) from error
    return CrossEncoderReranker(model, name)
