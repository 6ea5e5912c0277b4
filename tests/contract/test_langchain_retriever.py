"""LangChain's own suite on our retriever, and what crosses the door."""

from __future__ import annotations

import json
from typing import Any

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import RetrieversIntegrationTests
from pydantic import ValidationError

from briefwell.config import Settings
from briefwell.errors import ConfigError, ModelMissing
from briefwell.langchain import BriefwellRetriever, as_document, as_retriever, load_chat_model
from briefwell.protocols import ChatModel
from briefwell.types import Passage, Span

TEXT = "The harbour froze in 1990. Ships waited at sea. Pilots came home. Fog fell in May."


def passage(rank: int, **filters: Any) -> Passage:
    return Passage(
        source="land/harbour.pdf",
        title="Harbour report",
        span=Span(start=4, end=11),
        text=TEXT[4:11],
        rank=rank,
        score=1 / rank,
        pages=(2, 3),
        heading_path=("Traffic", "Winter"),
        date="1990-05",
        chunk_id=f"c{rank}{''.join(filters.get('sources', ()))}",
    )


def retrieve(question: str, *, k: int = 8, **filters: Any) -> list[Passage]:
    return [passage(rank, **filters) for rank in range(1, k + 1)]


class TestRetriever(RetrieversIntegrationTests):
    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return BriefwellRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"retrieve": retrieve, "k": 2}

    @property
    def retriever_query_example(self) -> str:
        return "When did the harbour freeze?"


def test_a_document_carries_place_and_origin() -> None:
    document = as_document(passage(1))
    assert (document.id, document.page_content) == ("c1", "harbour")
    assert document.metadata == {
        "source": "land/harbour.pdf",
        "title": "Harbour report",
        "start": 4,
        "end": 11,
        "pages": [2, 3],
        "heading_path": ["Traffic", "Winter"],
        "date": "1990-05",
        "score": 1.0,
        "rank": 1,
    }
    assert json.loads(json.dumps(document.metadata)) == document.metadata


def test_filters_of_invoke_reach_the_search() -> None:
    found = as_retriever(retrieve, k=1).invoke("harbour", sources=["land/*"])
    assert [document.id for document in found] == ["c1land/*"]


def test_the_callable_is_neither_shown_nor_dumped() -> None:
    retriever = as_retriever(retrieve, k=3)
    assert retriever.model_dump()["k"] == 3
    assert "retrieve" not in retriever.model_dump()
    assert "function" not in repr(retriever)


def test_k_under_one_is_refused() -> None:
    with pytest.raises(ConfigError, match="k cannot be 0"):
        as_retriever(retrieve, k=0)
    with pytest.raises(ValidationError):
        BriefwellRetriever(retrieve=retrieve, k=0)


def test_a_chat_model_is_set_up_from_the_settings() -> None:
    settings = Settings(
        model="openai:some-model",
        model_base_url="http://127.0.0.1:9/v1",
        model_api_key="key",
        model_timeout=7,
    )
    model: Any = load_chat_model(settings)
    assert isinstance(model, ChatModel)
    assert (model.model_name, model.request_timeout) == ("some-model", 7)
    assert model.openai_api_base == "http://127.0.0.1:9/v1"


def test_a_provider_that_is_not_installed_names_its_package() -> None:
    with pytest.raises(ModelMissing, match="ollama:small") as caught:
        load_chat_model(Settings(model="ollama:small"))
    assert caught.value.remedy == "Install it: pip install langchain-ollama"


def test_an_unknown_provider_and_a_missing_key_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    for name in ("nobody:small", "openai:small"):
        with pytest.raises(ConfigError, match=f"{name}' cannot be set up") as caught:
            load_chat_model(Settings(model=name))
        assert "provider:name" in caught.value.remedy


def test_no_chat_model_is_told() -> None:
    with pytest.raises(ConfigError, match="No chat model is named"):
        load_chat_model(Settings())
