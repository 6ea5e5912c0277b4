"""Measures `reindex`: time, memory and embedding calls at several sizes, hostile files, readers.

    python -m benchmarks.bench_index                        1,000 and 10,000 documents with the
                                                            seeded embedder, 500 with the model
    python -m benchmarks.bench_index --documents 200 --real --answers 100         a quick look

Every run is a process of its own, so that its peak memory is its own too. The tables go to
`benchmarks/INDEX.md`.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks import bench_readers
from benchmarks.corpus import write_corpus
from benchmarks.results import machine, replace_section, table
from benchmarks.seeded import SeededEmbedder
from briefwell.config import Settings
from briefwell.embeddings import load_embedder
from briefwell.errors import LoadError
from briefwell.indexing import Progress, reindex
from briefwell.loaders import Limits
from briefwell.loaders.worker import LoadJob, load_many
from briefwell.sources import scan

ROOT = Path(__file__).resolve().parent.parent
_CLOCK_SECONDS = 2.5


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


def bench(documents: int, *, is_real: bool, runs: int) -> list[str]:
    """Return the row of one size: a first run, and the medians of later ones."""
    with tempfile.TemporaryDirectory() as made:
        folder, index = Path(made) / "documents", Path(made) / "index"
        if is_real:
            # The model is compiled once in the life of an index, whatever its size.
            write_corpus(folder, documents=1)
            measure(folder, index, is_real=True)
        write_corpus(folder, documents=documents)
        full = measure(folder, index, is_real=is_real)
        # Files changed in the last two seconds are read again, to be sure.
        time.sleep(_CLOCK_SECONDS)
        again = [measure(folder, index, is_real=is_real) for _ in range(runs)]
        changed = []
        for number, path in enumerate(sorted(folder.rglob("*.md"))[:runs]):
            path.write_text(f"{path.read_text()}\nSentence {number} was added here.\n")
            time.sleep(_CLOCK_SECONDS)
            changed.append(measure(folder, index, is_real=is_real))
        size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
    every = [full, *again, *changed]
    unchanged, edited = _median(again, "seconds"), _median(changed, "seconds")
    stages = {
        name: statistics.median(run["stages"].get(name, 0.0) for run in changed)
        for name in changed[0]["stages"]
    }
    print(f"{documents:,} documents, one changed: {stages}", flush=True)
    return [
        f"{documents:,}",
        "all-MiniLM-L6-v2" if is_real else "seeded",
        f"{full['chunks']:,}",
        f"{full['seconds']:.1f} s",
        f"{unchanged:.2f} s ({unchanged / full['seconds']:.2%})",
        str(max(run["embedded"] for run in again)),
        f"{edited:.2f} s ({_median(changed, 'cpu'):.1f} s)",
        str(max(run["embedded"] for run in changed)),
        f"{max(run['own_mb'] for run in every):.0f} MB",
        f"{max(run['largest_child_mb'] for run in every):.0f} MB",
        f"{size / 1e6:.0f} MB",
    ]


def _median(runs: list[dict[str, Any]], name: str) -> float:
    return float(statistics.median(run[name] for run in runs))


def hostile() -> list[list[str]]:
    """Return a row for each file made to break a reader: what came of it, and what it took."""
    sys.path.insert(0, str(ROOT / "tests"))
    from hostile_files import FILES

    rows = []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for file in FILES:
            file.make(folder / file.name)
            command = [sys.executable, "-m", "benchmarks.bench_index", "--file"]
            told = subprocess.run(
                [*command, str(folder), file.name], check=True, capture_output=True, text=True
            )
            outcome, seconds, megabytes = json.loads(told.stdout.splitlines()[-1])
            rows.append([f"`{file.name}`", outcome, f"{seconds:.1f} s", f"{megabytes:.0f} MB"])
            (folder / file.name).unlink()
    return rows


def read_one(folder: Path, name: str) -> tuple[str, float, float]:
    """Read one file as `reindex` does; return the outcome, seconds and peak memory."""
    started = time.perf_counter()
    found = scan(folder, index=folder / "index")
    reasons = [failure.reason for failure in found.refused if failure.source == name]
    if name in found.files:
        job = LoadJob(path=folder / name, source=name)
        ((_, loaded),) = load_many([job], limits=Limits(), workers=1)
        reasons = [loaded.problem] if isinstance(loaded, LoadError) else []
        outcome = "read"
    else:
        outcome = "passed over"
    seconds = time.perf_counter() - started
    # What a child took is told once it was waited for.
    with suppress(ChildProcessError):
        while True:
            os.wait()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return (f"failed: {reasons[0]}" if reasons else outcome), seconds, peak


def report(given: argparse.Namespace) -> str:
    """Measure what the arguments name and return it as Markdown."""
    rows = [bench(size, is_real=False, runs=given.runs) for size in given.documents]
    rows += [bench(size, is_real=True, runs=given.runs) for size in given.real]
    head = ["documents", "embedder", "chunks", "first run", "unchanged (of the first)"]
    head += ["embedded", "one changed (processor)", "embedded", "peak memory"]
    head += ["largest child", "index"]
    parts = [
        machine(),
        f"`python -m benchmarks.bench_index {' '.join(sys.argv[1:])}`".replace(" `", "`"),
        "Documents of about 3,000 characters from `benchmarks/corpus.py`; the seeded embedder "
        "makes each vector from its text's hash and costs nothing. Unchanged and one changed: "
        f"medians of {given.runs} runs, within `reindex`. The model was compiled before. The "
        "largest child is the process that writes Chroma's graph, which Chroma holds in memory "
        "whole.",
        table(head, rows),
        f"Readers: {bench_readers.bench(given.answers)}.",
        table(["file made to break a reader", "outcome", "time", "peak memory"], hostile()),
    ]
    return "\n\n".join(parts)


def main() -> None:
    """Measure what the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--real", type=int, nargs="*", default=[500])
    parser.add_argument("--answers", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--once", type=Path, nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--file", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--model", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.once:
        print(json.dumps(run_once(*given.once, is_real=given.model)))
    elif given.file:
        print(json.dumps(read_one(Path(given.file[0]), given.file[1])))
    else:
        replace_section(ROOT / "benchmarks" / "INDEX.md", "Index", report(given))


if __name__ == "__main__":
    main()
