"""Where LangChain's words begin and end: its embeddings, retriever, documents and chat models.

Importing this module imports langchain-core (about 0.4 s), so only what speaks LangChain does.
"""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from briefwell.config import Settings
from briefwell.embeddings import load_embedder
from briefwell.errors import ConfigError, InternalError, ModelMissing
from briefwell.protocols import ChatModel
from briefwell.types import Passage


class SentenceTransformerEmbeddings(Embeddings):
    """LangChain embeddings from a sentence-transformers model, run without torch once compiled.

    Args:
        model: A sentence-transformers model, by name or folder; None takes the default.
        models: Folder for compiled models, such as `index/models`; None compiles nothing and
            runs the model with sentence-transformers.
        device: `cpu` or `cuda`.

    Raises:
        ConfigError: The device is unknown.
        ModelError: The model is not on this machine, or is broken.
    """

    def __init__(
        self,
        model: str | None = None,
        *,
        models: str | PathLike[str] | None = None,
        device: str | None = None,
    ) -> None:
        given = {"embedding_model": model, "device": device}
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
        self._embedder = load_embedder(settings, models=Path(models) if models else None)
        self.model = settings.embedding_model

    @property
    def fingerprint(self) -> str:
        """Identity of weights, pooling, window and prompts."""
        return self._embedder.fingerprint

    @property
    def max_tokens(self) -> int:
        """The window: most tokens of one text, special tokens included."""
        return self._embedder.max_tokens

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the model sees for `text`, special tokens not included."""
        return self._embedder.count_tokens(text)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector of unit length per text.

        Raises:
            ConfigError: A text is longer than the window; nothing is cut silently.
            ModelError: The model cannot be loaded or does not run.
        """
        try:
            return self._embedder.embed_documents(texts)
        except InternalError as error:
            raise ConfigError(
                error.problem,
                f"Split the texts so that each has at most {self.max_tokens} tokens, special "
                "tokens included; `count_tokens` tells.",
            ) from error

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question; of a very long one, of what the window holds.

        Raises:
            ModelError: The model cannot be loaded or does not run.
        """
        return self._embedder.embed_query(text)


class BriefwellRetriever(BaseRetriever):
    """A LangChain retriever over `Assistant.retrieve`.

    Attributes:
        retrieve: Called as `retrieve(question, k=…)`, with `sources`, `since` and `until` when
            these are given to `invoke`.
        k: How many documents; `invoke(question, k=…)` wins over it.
    """

    retrieve: Callable[..., list[Passage]] = Field(exclude=True, repr=False)
    k: int = Field(default=8, ge=1)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,
        k: int | None = None,
        **filters: Any,
    ) -> list[Document]:
        passages = self.retrieve(query, k=self.k if k is None else k, **filters)
        return [as_document(passage) for passage in passages]


def as_retriever(retrieve: Callable[..., list[Passage]], *, k: int = 8) -> BriefwellRetriever:
    """Return a LangChain retriever over `retrieve`.

    Raises:
        ConfigError: k is under 1.
    """
    if k < 1:
        raise ConfigError(f"k cannot be {k}.", "Ask for at least one passage.")
    return BriefwellRetriever(retrieve=retrieve, k=k)


def as_document(passage: Passage) -> Document:
    """Return a passage as a LangChain document; `start` and `end` count the source's text."""
    return Document(
        id=passage.chunk_id or None,
        page_content=passage.text,
        metadata={
            "source": passage.source,
            "title": passage.title,
            "start": passage.span.start,
            "end": passage.span.end,
            "pages": list(passage.pages),
            "heading_path": list(passage.heading_path),
            "date": passage.date,
            "score": passage.score,
            "rank": passage.rank,
        },
    )


def load_chat_model(settings: Settings) -> ChatModel:
    """Return the chat model `settings.model` names, through LangChain's `init_chat_model`.

    Raises:
        ConfigError: No model is named, the provider is unknown, or a value is refused.
        ModelMissing: The provider's LangChain package is not installed.
    """
    from langchain.chat_models import init_chat_model

    if not settings.model:
        raise ConfigError("No chat model is named.", 'Set model, such as "ollama:llama3.2".')
    try:
        made: ChatModel = init_chat_model(settings.model, **_chat_options(settings))
    except ImportError as error:
        package = f"langchain-{settings.model.partition(':')[0].replace('_', '-')}"
        raise ModelMissing(
            f"The chat model {settings.model!r} needs a package that is not installed: {error}.",
            f"Install it: pip install {package}",
        ) from error
    except Exception as error:  # each provider raises its own for a missing key or a bad value
        raise ConfigError(
            f"The chat model {settings.model!r} cannot be set up: {_first_line(error)}.",
            'Write model as "provider:name", and check its key and model_base_url.',
        ) from error
    return made


def _chat_options(settings: Settings) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if settings.model_base_url is not None:
        options["base_url"] = settings.model_base_url
    if settings.model_api_key is not None:
        options["api_key"] = settings.model_api_key.get_secret_value()
    if (settings.model or "").startswith("ollama:"):
        # The only one of the large providers whose client takes its timeout in another place.
        return {**options, "client_kwargs": {"timeout": settings.model_timeout}}
    if (settings.model or "").startswith("openai:"):
        # Off by itself with an address of one's own; without it no tokens would be told.
        options["stream_usage"] = True
    return {**options, "timeout": settings.model_timeout}


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
