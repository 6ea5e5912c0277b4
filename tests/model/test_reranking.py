"""A real CrossEncoder, small and made here: its scores decide the order of the passages."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefwell import Assistant, Settings
from briefwell.errors import ModelFailed, ModelMissing
from briefwell.ranking.cross_encoder import load_reranker
from doubles import HashEmbedder

WORDS = """the pier was built mended closed paid for by north south old long of harbour town council
    who ?  .""".split()
TEXTS = {
    f"{side}.md": f"# Pier\n\nThe {side} pier of the harbour was {verb} by the town.\n"
    for side, verb in (
        [("north", "paid for"), ("south", "built"), ("old", "mended"), ("long", "closed")]
    )
}


def make(folder: Path, *, outputs: int) -> str:
    """Save a CrossEncoder of one small layer, its numbers drawn with a fixed seed."""
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    vocabulary = ["[PAD]", "[UNK]", *WORDS]
    known = {word: number for number, word in enumerate(vocabulary)}
    tokenizer = Tokenizer(models.WordLevel(known, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", model_max_length=64
    ).save_pretrained(folder)
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32, num_labels=outputs, initializer_range=0.5,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def reranker(tmp_path_factory: pytest.TempPathFactory) -> str:
    return make(tmp_path_factory.mktemp("model") / "small", outputs=1)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp("piers")
    documents = place / "documents"
    documents.mkdir()
    for name, text in TEXTS.items():
        (documents / name).write_text(text, encoding="utf-8")
    with open_with(documents, place / "index") as assistant:
        assistant.reindex()
    return documents, place / "index"


def open_with(documents: Path, index: Path, **settings: str) -> Assistant:
    return Assistant.open(
        documents=documents, index=index, settings=Settings(**settings), embedder=HashEmbedder()
    )


def test_passages_stand_in_the_order_of_the_rerankers_scores(places, reranker):
    question = "Who paid for the north pier?"
    with open_with(*places) as without, open_with(*places, reranker=reranker) as reranking:
        plain = [passage.text for passage in without.retrieve(question, k=4)]
        reranked = [passage.text for passage in reranking.retrieve(question, k=4)]
    scores = load_reranker(reranker).score(question, plain)
    assert len(plain) == 4
    best_first = sorted(zip(scores, plain, strict=True), reverse=True)
    assert reranked == [text for _, text in best_first]
    assert reranked != plain


def test_scores_keep_rank_and_order_of_passages(places, reranker):
    with open_with(*places, reranker=reranker) as assistant:
        passages = assistant.retrieve("Who built the south pier?", k=4)
    assert [passage.rank for passage in passages] == [1, 2, 3, 4]
    scores = [passage.score for passage in passages]
    assert scores == sorted(scores, reverse=True)


def test_a_model_with_several_outputs_is_refused(tmp_path):
    name = make(tmp_path / "three", outputs=3)
    with pytest.raises(ModelFailed, match="does not give one score for each text"):
        load_reranker(name).score("who?", ["the pier", "the ferry"])


def test_a_reranker_that_is_not_there_is_missing(places, tmp_path):
    with (
        open_with(*places, reranker=str(tmp_path / "nowhere")) as assistant,
        pytest.raises(ModelMissing, match="reranker"),
    ):
        assistant.retrieve("Who built the pier?")
