"""LangChain's own suites on our embeddings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from langchain_core.embeddings import Embeddings
from langchain_tests.integration_tests import EmbeddingsIntegrationTests
from langchain_tests.unit_tests import EmbeddingsUnitTests

from briefwell.embeddings import SentenceEmbedder
from briefwell.errors import ConfigError
from briefwell.langchain import SentenceTransformerEmbeddings
from briefwell.protocols import Embedder


class _Ours:
    @pytest.fixture(autouse=True)
    def _compiled(self, compiled_models: Path) -> None:
        self.models = compiled_models

    @property
    def embeddings_class(self) -> type[Embeddings]:
        return SentenceTransformerEmbeddings

    @property
    def embedding_model_params(self) -> dict[str, Any]:
        return {"models": self.models}


class TestUnit(_Ours, EmbeddingsUnitTests):
    pass


class TestIntegration(_Ours, EmbeddingsIntegrationTests):
    pass


@pytest.fixture(scope="module")
def ours(compiled_models: Path) -> SentenceTransformerEmbeddings:
    return SentenceTransformerEmbeddings(models=compiled_models)


def test_it_has_the_shape_the_core_asks_for(ours: SentenceTransformerEmbeddings) -> None:
    assert isinstance(ours, Embedder)
    assert isinstance(SentenceEmbedder(ours._embedder.weights), Embedder)


def test_it_tells_what_it_is(ours: SentenceTransformerEmbeddings) -> None:
    assert (ours.model, ours.max_tokens) == ("all-MiniLM-L6-v2", 256)
    assert ours.count_tokens("The harbour froze.") == 4
    assert len(ours.fingerprint) == 32


def test_a_text_over_the_window_is_refused_with_a_remedy(
    ours: SentenceTransformerEmbeddings,
) -> None:
    with pytest.raises(ConfigError, match="302 tokens") as caught:
        ours.embed_documents(["short", "harbour " * 300])
    assert "at most 256 tokens" in caught.value.remedy


def test_an_unknown_device_is_refused() -> None:
    with pytest.raises(ConfigError, match="'abacus'"):
        SentenceTransformerEmbeddings(device="abacus")
