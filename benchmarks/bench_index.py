"""Measures `reindex`: time, memory, embedding calls, at several sizes.

    python -m benchmarks.bench_index                 10,000 documents, deterministic embedder
    python -m benchmarks.bench_index --real 500      the real model

Every run is a process of its own, so that its peak memory is its own too.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy

from benchmarks.corpus import write_corpus
from briefwell.config import Settings
from briefwell.embeddings import load_embedder
from briefwell.indexing import Progress, reindex
from briefwell.text import words

_DIMENSIONS = 384


class SeededEmbedder:
    """Deterministic: each text's hash seeds its vector. Costs almost nothing, means nothing."""

    fingerprint = "seeded-embedder-1"
    max_tokens = 256

    def __init__(self) -> None:
        self.calls = 0

    def count_tokens(self, text: str) -> int:
        """Return the number of words."""
        return len(words(text))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector per text."""
        self.calls += 1
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one text."""
        seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
        drawn = numpy.random.default_rng(seed).standard_normal(_DIMENSIONS)
        vector: list[float] = drawn.tolist()
        return vector


def run_once(documents: Path, index: Path, *, is_real: bool) -> dict[str, Any]:
    """Reindex once in this process and return what it took."""
    settings = Settings()
    embedder: Any = (
        load_embedder(settings, models=index / "models") if is_real else SeededEmbedder()
    )
    stages: dict[str, float] = {}
    started = last = time.perf_counter()
    stage = "scan"

    def note(progress: Progress) -> None:
        nonlocal last, stage
        now = time.perf_counter()
        stages[stage] = stages.get(stage, 0.0) + now - last
        last, stage = now, str(progress.stage)

    report = reindex(documents, index, settings=settings, embedder=embedder, progress=note)
    seconds = time.perf_counter() - started
    stages[stage] = stages.get(stage, 0.0) + time.perf_counter() - last
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "seconds": seconds,
        "cpu": own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime,
        "own_mb": own.ru_maxrss / 1024,
        "largest_child_mb": children.ru_maxrss / 1024,
        "chunks": report.chunks,
        "embedded": report.embedded,
        "changed": len(report.added) + len(report.updated),
        "failed": len(report.failed),
        "stages": {name: round(value, 2) for name, value in stages.items()},
    }


def measure(documents: Path, index: Path, *, is_real: bool) -> dict[str, Any]:
    """Reindex once in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.bench_index", "--once"]
    command += [str(documents), str(index), *(["--model"] if is_real else [])]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return result


def bench(documents: int, *, is_real: bool) -> None:
    """Print the figures for one size."""
    with tempfile.TemporaryDirectory() as made:
        folder, index = Path(made) / "documents", Path(made) / "index"
        write_corpus(folder, documents=documents)
        name = "all-MiniLM-L6-v2" if is_real else "seeded embedder"
        print(f"{documents:,} documents, {name}")
        full = _shown("full", measure(folder, index, is_real=is_real))
        time.sleep(2.5)  # files changed in the last two seconds are read again, to be sure
        again = _shown("unchanged", measure(folder, index, is_real=is_real))
        changed = next(folder.rglob("*.md"))
        changed.write_text(changed.read_text() + "\nOne more sentence stands here.\n")
        _shown("one changed", measure(folder, index, is_real=is_real))
        size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
        print(f"  unchanged / full: {again['seconds'] / full['seconds']:.2%}")
        print(f"  index folder: {size / 1e6:.1f} MB", flush=True)


def _shown(name: str, figures: dict[str, Any]) -> dict[str, Any]:
    print(
        f"  {name:12} {figures['seconds']:8.2f} s ({figures['cpu']:.1f} s of processor), "
        f"peak {figures['own_mb']:.0f} MB, largest child {figures['largest_child_mb']:.0f} MB, "
        f"{figures['embedded']:,} embedded, {figures['chunks']:,} chunks, "
        f"{figures['failed']} failed, stages {figures['stages']}",
        flush=True,
    )
    return figures


def main() -> None:
    """Measure what the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--real", type=int, nargs="*", default=[])
    parser.add_argument("--once", type=Path, nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--model", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.once:
        print(json.dumps(run_once(*given.once, is_real=given.model)))
        return
    for size in given.documents:
        bench(size, is_real=False)
    for size in given.real:
        bench(size, is_real=True)


if __name__ == "__main__":
    main()
