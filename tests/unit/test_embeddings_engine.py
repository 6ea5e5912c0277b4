"""A graph of one look-up table: `east` is (1, 0), `north` is (0, 1), all else (0, 0)."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from briefwell.config import Settings
from briefwell.embeddings import SentenceEmbedder, load_embedder
from briefwell.errors import InternalError, ModelFailed

HALF = 1 / math.sqrt(2)
VOCABULARY = {"[PAD]": 0, "[CLS]": 1, "[SEP]": 2, "[UNK]": 3, "east": 4, "north": 5, "q:": 6}
TABLE = [[0, 0], [0, 0], [0, 0], [0, 0], [1, 0], [0, 1], [0, 3]]


def write_graph(path: Path, *, is_pooled: bool = False) -> None:
    """Write the look-up; `is_pooled` adds the sum over the tokens, as the only output."""
    from onnx import TensorProto, helper, save

    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["b", "n"])
    mask = helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["b", "n"])
    out = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["b", "n", 2])
    cells = [float(cell) for row in TABLE for cell in row]
    table = helper.make_tensor("table", TensorProto.FLOAT, [len(TABLE), 2], cells)
    gather = helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])
    nodes, tables = [gather], [table]
    if is_pooled:
        tables.append(helper.make_tensor("axes", TensorProto.INT64, [1], [1]))
        nodes.append(
            helper.make_node("ReduceSum", ["last_hidden_state", "axes"], ["vector"], keepdims=0)
        )
        out = helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["b", 2])
    graph = helper.make_graph(nodes, "look-up", [ids, mask], [out], tables)
    opset = [helper.make_opsetid("", 17)]
    path.parent.mkdir(parents=True, exist_ok=True)
    save(helper.make_model(graph, opset_imports=opset, ir_version=8), path)


def write_tokenizer(path: Path) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    made = Tokenizer(models.WordLevel(VOCABULARY, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    # As published: a cut and padding that must not be obeyed.
    made.enable_truncation(max_length=3)
    made.enable_padding(length=3)
    made.save(str(path))


Make = Callable[..., SentenceEmbedder]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def make_embedder(
        *,
        window: int = 8,
        pooling: str = "mean",
        prompt: str = "",
        document_prompt: str = "",
        is_pooled: bool = False,
    ) -> SentenceEmbedder:
        folder = tmp_path / "model"
        write_graph(folder / "onnx" / "model.onnx", is_pooled=is_pooled)
        write_tokenizer(folder / "tokenizer.json")
        modules = [{"type": "a.Transformer", "path": ""}, {"type": "a.Pooling", "path": "1"}]
        configs = {
            "sentence_bert_config.json": {"max_seq_length": window},
            "modules.json": modules,
            "config_sentence_transformers.json": {
                "prompts": {"query": prompt, "document": document_prompt}
            },
            "1/config.json": {"pooling_mode": pooling},
        }
        (folder / "1").mkdir(exist_ok=True)
        for name, content in configs.items():
            (folder / name).write_text(json.dumps(content))
        return load_embedder(Settings(embedding_model=str(folder)))

    return make_embedder


def test_vectors_are_means_of_unit_length_in_the_order_asked(make: Make) -> None:
    vectors = make().embed_documents(["north", "east north", "east", "east east east north"])
    expected = [[0, 1], [HALF, HALF], [1, 0], [3 / math.sqrt(10), 1 / math.sqrt(10)]]
    assert vectors == [pytest.approx(vector, abs=1e-6) for vector in expected]


def test_each_token_has_its_vector_and_the_code_points_it_covers(make: Make) -> None:
    short, long = make().embed_tokens(["north", "east  north east"]) or []
    assert short.spans == ((0, 0), (0, 5), (0, 0))
    assert short.vectors.tolist() == [[0, 0], [0, 1], [0, 0]]
    assert long.spans == ((0, 0), (0, 4), (6, 11), (12, 16), (0, 0))
    assert long.vectors.tolist() == [[0, 0], [1, 0], [0, 1], [1, 0], [0, 0]]


def test_tokens_are_read_as_far_as_the_window_goes(make: Make) -> None:
    (made,) = make(window=4).embed_tokens(["east " * 50]) or []
    assert made.spans == ((0, 0), (0, 4), (5, 9), (0, 0))


def test_spans_of_tokens_do_not_count_the_models_prompt(make: Make) -> None:
    (made,) = make(document_prompt="q: ").embed_tokens(["east"]) or []
    assert made.spans == ((0, 0), (0, 0), (0, 4), (0, 0))
    assert made.vectors.tolist() == [[0, 0], [0, 3], [1, 0], [0, 0]]


def test_a_graph_that_ends_in_one_vector_gives_none_for_tokens(make: Make) -> None:
    embedder = make(is_pooled=True)
    assert embedder.embed_documents(["east"]) == [[1, 0]]
    assert embedder.embed_tokens(["east"]) is None


def test_padding_in_a_batch_changes_nothing(make: Make) -> None:
    embedder = make()
    together = embedder.embed_documents(["east", "east north north"])
    assert together[0] == embedder.embed_documents(["east"])[0]


def test_equal_texts_get_equal_vectors_and_no_texts_get_none(make: Make) -> None:
    embedder = make()
    assert embedder.embed_documents(["east", "north", "east"]) == [[1, 0], [0, 1], [1, 0]]
    assert embedder.embed_documents([]) == []


def test_first_token_pooling_is_obeyed(make: Make) -> None:
    # The first token is [CLS], whose row is zero: zeros stay zeros.
    assert make(pooling="cls").embed_documents(["east"]) == [[0, 0]]


def test_a_pooling_the_file_leaves_out_and_we_do_not_know_is_refused(make: Make) -> None:
    with pytest.raises(ModelFailed, match="before the model's max pooling") as caught:
        make(pooling="max").embed_query("east")
    assert "safetensors" in caught.value.remedy


def test_a_document_over_the_window_is_our_error(make: Make) -> None:
    embedder = make(window=8)
    assert len(embedder.embed_documents(["east " * 6])) == 1
    with pytest.raises(InternalError, match=r"9 tokens was to be embedded; .* holds 8"):
        embedder.embed_documents(["east " * 7])


def test_a_long_question_is_read_as_far_as_the_window_goes(make: Make) -> None:
    assert make(window=8).embed_query("east " * 6 + "north " * 500) == [1, 0]


def test_the_models_own_prompt_stands_before_a_question_only(make: Make) -> None:
    embedder = make(prompt="q: ")
    assert embedder.embed_query("east") == pytest.approx([1 / math.sqrt(10), 3 / math.sqrt(10)])
    assert embedder.embed_documents(["east"]) == [[1, 0]]


def test_tokens_are_counted_without_special_ones_and_without_a_cut(make: Make) -> None:
    assert make().count_tokens("east north east north east") == 5
    assert make().count_tokens("") == 0


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "🙂" * 5000, "a" * 10_000])
def test_any_string_is_a_question(make: Make, text: str) -> None:
    assert len(make().embed_query(text)) == 2


def test_many_threads_get_the_same_vectors(make: Make) -> None:
    embedder = make()
    with ThreadPoolExecutor(8) as pool:
        vectors = list(pool.map(embedder.embed_query, ["east", "north"] * 40))
    assert vectors == [[1, 0], [0, 1]] * 40


def test_batches_are_filled_by_tokens_not_by_texts(make: Make) -> None:
    # 3,000 texts of 3 tokens and a few long ones: the answer is the same as one by one.
    embedder = make(window=512)
    texts = [f"east {'north ' * (index % 3)}{index}" for index in range(3000)]
    texts[7] = "north " * 500
    vectors = embedder.embed_documents(texts)
    assert vectors[7] == [0, 1]
    assert vectors[2999] == pytest.approx(embedder.embed_documents([texts[2999]])[0], abs=1e-6)


def test_a_broken_graph_is_told_with_its_remedy(make: Make, tmp_path: Path) -> None:
    embedder = make()
    (tmp_path / "model" / "onnx" / "model.onnx").write_bytes(b"not a graph")
    with pytest.raises(ModelFailed, match="cannot be opened"):
        embedder.embed_query("east")


def test_a_broken_tokenizer_is_told_with_its_remedy(make: Make, tmp_path: Path) -> None:
    embedder = make()
    (tmp_path / "model" / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelFailed, match="tokenizer cannot be read") as caught:
        embedder.count_tokens("east")
    assert "Fetch or install the model again" in caught.value.remedy
