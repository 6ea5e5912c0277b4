"""Make the ONNX graph of a model once, prove it against sentence-transformers, keep it.

A compiled model is a folder `<weights hash>/` with `model.onnx`, `model.onnx.data`,
`tokenizer.json` and `meta.json`; it appears under its name only when it is whole and proven.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefwell.embeddings.engines import CompiledEngine, Role
from briefwell.embeddings.hashes import HashMemory
from briefwell.embeddings.original import TorchEngine
from briefwell.embeddings.tokens import Tokens
from briefwell.embeddings.weights import Weights
from briefwell.errors import ModelFailed

GRAPH, TOKENIZER, META = "model.onnx", "tokenizer.json", "meta.json"

OUTPUTS = 3
"""What a compiled model offers: 1 was the vector of a text, 2 its token vectors as well.

Since 3 the attention stands in it as plain products, which are a tenth quicker.
"""

_MAKING = ".making-"
_ABANDONED_SECONDS = 3600

LEAST_COSINE = 0.9999
"""A graph is kept when each of the texts below has at least this cosine with the original."""

LEAST_COSINE_INT8 = 0.95
"""The same for 8-bit integers: MiniLM has 0.99 for sentences, 0.96 for a single word."""

PROOF_TEXTS = (
    "",
    "Yes.",
    "The treaty was signed on 17 March 1948, and 2.5 % of it is still in dispute.",
    "“Naïve” coöperation — a façade? – said the minister’s aide; the U.S.–Mexico line held.",
    "東京 и Москва, Ελλάδα, القاهرة: five capitals and an emoji 🙂.",
    "UPPER CASE and CamelCaseWords, snake_case_words, http://example.org/a?b=c&d=e #tag @name",
    "Donaudampfschifffahrtsgesellschaft antidisestablishmentarianism " * 3,
    "A longer text says the same thing many times so that the attention sees more places. " * 8,
    "Rows: | year | tons | price |\n| 1990 | 1,200 | $3.40 |\n| 1991 | 1,350 | $3.55 |",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """What stands in a compiled model's folder.

    Attributes:
        folder: Where.
        refused: Why there is no graph, when the proof failed; empty when there is one.
        is_older: Whether an earlier version made it, which offered less.
    """

    folder: Path
    refused: str = ""
    is_older: bool = False


def find_compiled(models: Path, weights: Weights, *, memory: HashMemory) -> Compiled | None:
    """Find the compiled model made from `weights`; a damaged one counts as none."""
    folder = models / weights.compiled_name
    try:
        meta = json.loads((folder / META).read_text(encoding="utf-8"))
        if meta.get("fingerprint") != weights.fingerprint:
            return None
        if meta.get("refused"):
            return Compiled(folder=folder, refused=str(meta["refused"]))
        files = dict(meta["files"])
        is_whole = all(memory.sha256(folder / name) == made for name, made in files.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return Compiled(folder=folder, is_older=meta.get("outputs") != OUTPUTS) if is_whole else None


def compile_model(models: Path, original: TorchEngine, weights: Weights) -> Compiled:
    """Make and prove the graph, or record why the original stays in use.

    Raises:
        OSError: The folder cannot be written.
    """
    models.mkdir(parents=True, exist_ok=True)
    _sweep(models)
    work = Path(tempfile.mkdtemp(dir=models, prefix=_MAKING))
    work.chmod(0o755)
    try:
        refused = _make(work, original, weights)
        if refused:
            _clear(work)
        _write_meta(work, weights, refused)
        folder = _put_in_place(work, models / weights.compiled_name)
        return Compiled(folder=folder, refused=refused)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _sweep(models: Path) -> None:
    """Remove what a killed process left; a living rival's folder is younger than that."""
    for left in models.glob(f"{_MAKING}*"):
        if time.time() - left.stat().st_mtime > _ABANDONED_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _make(work: Path, original: TorchEngine, weights: Weights) -> str:
    """Leave a proven graph in `work` and return "", or return why there is none."""
    if original.tokens is None:
        return "its tokenizer has no portable form"
    (work / TOKENIZER).write_text(original.tokens.serialised, encoding="utf-8")
    ready = weights.folder / "onnx" / GRAPH
    if ready.is_file() and not _doubt_after(lambda: _keep(ready, work), work, original, weights):
        return ""
    return _doubt_after(lambda: _export(original.model, work), work, original, weights)


def _doubt_after(
    make: Callable[[], None], work: Path, original: TorchEngine, weights: Weights
) -> str:
    """Make the graph and compare it with the original; return what is wrong, or ""."""
    _clear(work)
    try:
        make()
        if weights.is_int8:
            _round(work)
    except Exception as error:  # noqa: BLE001  whatever it trips over, the original works
        return f"it could not be exported ({type(error).__name__}: {_first_line(error)})"
    try:
        tokens = Tokens.read(work / TOKENIZER, window=weights.max_tokens)
        graph = CompiledEngine(work / GRAPH, weights=weights, tokens=tokens)
        cosines = [float(cosine) for role in Role for cosine in _cosines(graph, original, role)]
    except ModelFailed as error:
        return error.problem
    worst = min(cosines)
    # Written this way round so that a NaN is a doubt too.
    least = LEAST_COSINE_INT8 if weights.is_int8 else LEAST_COSINE
    return "" if worst >= least else f"its vectors differ (cosine {worst:.5f})"


def _clear(work: Path) -> None:
    for path in work.glob(f"{GRAPH}*"):
        path.unlink()


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [""])[0][:200]


def _cosines(graph: CompiledEngine, original: TorchEngine, role: Role) -> Any:
    texts = PROOF_TEXTS
    ours, theirs = graph.embed(texts, role=role), original.embed(texts, role=role)
    return (ours * theirs).sum(axis=1)


def _keep(graph: Path, work: Path) -> None:
    """Write a graph with its weights in a file beside it.

    onnxruntime maps such a file into memory instead of copying it: MiniLM opens in a third of
    the time and takes 80 MB less.
    """
    import onnx

    onnx.checker.check_model(str(graph))
    onnx.save_model(
        onnx.load(graph), work / GRAPH, save_as_external_data=True, location=f"{GRAPH}.data"
    )


def _round(work: Path) -> None:
    """Put a graph in the place of the one in `work` that computes with 8-bit integers."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    rounded = work / "rounded"
    # One scale for each channel: with one for a whole matrix cosines fell to 0.85.
    quantize_dynamic(str(work / GRAPH), str(rounded), weight_type=QuantType.QInt8, per_channel=True)
    _clear(work)
    rounded.rename(work / GRAPH)


def _export(model: Any, work: Path) -> None:
    """Write the model, pooling and normalisation inside, with free batch and text length.

    Token vectors are a second output; onnxruntime copies them only for who asks for them.

    The graph is traced (`dynamo=False`): the newer exporter wrote a graph for MiniLM that
    onnxruntime refused ("Duplicate definition of name").
    """
    import torch

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            out = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
            vectors = torch.nn.functional.normalize(out["sentence_embedding"], p=2, dim=1)
            return vectors, out["token_embeddings"]

    traced = work / f"{GRAPH}.traced"
    sample = model.tokenizer(["one", "two words here"], padding=True, return_tensors="pt")
    free = {0: "texts", 1: "tokens"}
    with torch.no_grad(), warnings.catch_warnings(), _plain_attention(model):
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Whole(),
            (sample["input_ids"], sample["attention_mask"]),
            str(traced),
            dynamo=False,
            opset_version=17,
            input_names=["input_ids", "attention_mask"],
            output_names=["sentence_embedding", "token_embeddings"],
            dynamic_axes={
                "input_ids": free,
                "attention_mask": free,
                "sentence_embedding": {0: "texts"},
                "token_embeddings": free,
            },
        )
    _keep(traced, work)
    traced.unlink()


@contextmanager
def _plain_attention(model: Any) -> Iterator[None]:
    """Have attention computed by products and a softmax, as the graph is to do it.

    The trace of torch's one call for all of it asks of every number whether it is one.
    """
    parts = [part for part in model.modules() if hasattr(part, "set_attn_implementation")]
    before = [part.config._attn_implementation for part in parts]
    for part in parts:
        part.set_attn_implementation("eager")
    try:
        yield
    finally:
        for part, name in zip(parts, before, strict=True):
            part.set_attn_implementation(name)


def _write_meta(work: Path, weights: Weights, refused: str) -> None:
    memory = HashMemory(None)
    meta: dict[str, Any] = {
        "model": weights.name,
        "weights_sha256": weights.sha256,
        "fingerprint": weights.fingerprint,
        "refused": refused,
        "outputs": OUTPUTS,
    }
    meta["files"] = {path.name: memory.sha256(path) for path in sorted(work.iterdir())}
    (work / META).write_text(json.dumps(meta, indent=1), encoding="utf-8")
    for path in work.iterdir():
        path.chmod(0o644)
        with path.open("rb") as file:
            os.fsync(file.fileno())


def _put_in_place(work: Path, folder: Path) -> Path:
    """Give the finished folder its name, in place of a damaged one or of a rival's."""
    if folder.exists():
        old = folder.with_name(f"{work.name}-old")
        folder.rename(old)
        shutil.rmtree(old, ignore_errors=True)
    try:
        work.rename(folder)
    except OSError:
        if not (folder / META).is_file():
            raise
        # A rival was quicker; its folder holds the same.
    return folder
