"""Measures speed and memory, ours and the tutorial stack's, side by side on the same documents.

    make bench                                     this, then `benchmarks.profiling`
    make bench BENCH="--documents FOLDER"          text files of your own
    python -m benchmarks.speed --synthetic         without the made-up documents

Each figure is the median of several runs, each in a process of its own, the two stacks in turn.
The tables go to the section "Speed" of `benchmarks/RESULTS.md`; no other section is touched.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpus import write_corpus
from benchmarks.disk import size, table_sizes
from benchmarks.results import machine, replace_section, table
from briefwell import Settings
from briefwell.loaders import document_id
from briefwell.storage.reader import IndexReader

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = 40
SYNTHETIC = (1_000, 10_000, 100_000)
_CHUNKS_A_DOCUMENT = 5
"""Of a made-up document, about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The runs of one measurement."""

    runs: tuple[dict[str, Any], ...]

    def median(self, name: str = "seconds") -> float:
        """Return the median over the runs."""
        return float(statistics.median(run[name] for run in self.runs))

    def shown(self, name: str = "seconds", *, scale: float = 1, unit: str = "s") -> str:
        """Return median and range, as in `2.1 s (2.0 to 2.4)`."""
        values = sorted(run[name] * scale for run in self.runs)
        digits = 0 if values[-1] >= 100 else 1 if values[-1] >= 10 else 2
        low, high = (f"{value:.{digits}f}" for value in (values[0], values[-1]))
        middle = f"{self.median(name) * scale:.{digits}f} {unit}"
        return middle if len(values) == 1 else f"{middle} ({low} to {high})"


def run(name: str, *arguments: object) -> dict[str, Any]:
    """Do one piece of work in a process of its own and return its figures."""
    command = [sys.executable, "-m", "benchmarks.stacks", name, str(time.time())]
    done = subprocess.run(
        [*command, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"{name} failed:\n{done.stderr}")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(f"  {name}: {figures}", flush=True)
    return figures


def command_seconds(*arguments: object) -> dict[str, Any]:
    """Time one command of the command line, from start to exit."""
    started = time.time()
    command = [sys.executable, "-m", "briefwell", *map(str, arguments)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    return {"seconds": time.time() - started}


class Bench:
    """Two stacks, one folder of text files, one place for indexes.

    Args:
        documents: The folder.
        place: Where indexes may be made; about a gigabyte.
        runs: How often each piece of work is done.
    """

    def __init__(self, documents: Path, place: Path, *, runs: int) -> None:
        self.place, self.runs = place, runs
        self.models = place / "models"
        self.documents = place / "documents"
        self._copy_texts(documents)
        run("compile_model", self.models)

    def _copy_texts(self, documents: Path) -> None:
        for path in sorted(documents.rglob("*")):
            if path.suffix in (".txt", ".md"):
                made = self.documents / path.relative_to(documents)
                made.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, made)

    def fresh_index(self, name: str) -> Path:
        """Return an index folder that holds the compiled model and nothing else."""
        index = self.place / name
        shutil.rmtree(index, ignore_errors=True)
        shutil.copytree(self.models, index / "models")
        return index

    def index(self) -> list[list[str]]:
        """Measure indexing; leaves both indexes for what comes after."""
        ours, theirs, same = [], [], []
        for number in range(self.runs):
            shutil.rmtree(self.place / "theirs", ignore_errors=True)
            theirs.append(run("tutorial_index", self.documents, self.place / "theirs"))
            ours.append(run("our_index", self.documents, self.fresh_index("ours")))
            texts = self.write_texts()
            same.append(run("tutorial_same_chunks", texts, self.place / f"same-{number}"))
        forward = Figure(runs=tuple(run("forward", texts, self.models) for _ in range(self.runs)))
        time.sleep(2.5)  # a file changed in the last two seconds is read again, to be sure
        again = self._figure("our_index", self.documents, self.place / "ours")
        own, tutorial, chunks = (Figure(runs=tuple(item)) for item in (ours, theirs, same))
        return [
            _row("full index, each stack's default", tutorial, own),
            _row("full index, our chunks given to both", chunks, own),
            [
                "full index / the model alone on the same tokens",
                forward.shown(),
                own.shown(),
                f"{own.median() / forward.median():.2f}",
            ],
            ["peak memory", *_megabytes(tutorial, own)],
            [
                "unchanged reindex",
                "–",
                again.shown(),
                f"{again.median() / own.median():.3f} of the full one",
            ],
            [
                "chunks",
                f"{theirs[0]['chunks']:,}",
                f"{ours[0]['chunks']:,} ({ours[0]['embedded']:,} texts embedded)",
                "",
            ],
        ]

    def start(self) -> list[list[str]]:
        """Measure from process start to the first answer, and the quick commands."""
        theirs, ours = [], []
        for _ in range(max(3, self.runs)):
            theirs.append(run("tutorial_ask", self.place / "theirs"))
            ours.append(run("our_ask", self.documents, self.place / "ours"))
        tutorial, own = (Figure(runs=tuple(item)) for item in (theirs, ours))
        folders = ("--documents", self.documents, "--index", self.place / "ours")
        commands = (("--help",), ("status", *folders))
        rows = [
            _row("start to first answer (tutorial: first passages)", tutorial, own),
            ["peak memory of that", *_megabytes(tutorial, own)],
        ]
        for command in commands:
            took = Figure(runs=tuple(command_seconds(*command) for _ in range(5)))
            rows.append([f"`briefwell {command[0]}`", "–", took.shown(), ""])
        return rows

    def warm(self) -> list[list[str]]:
        """Measure questions to a process that has answered one already."""
        questions = self.write_questions(self.documents)
        theirs = self._figure("tutorial_warm", self.place / "theirs", questions)
        ours = self._figure("our_warm", self.documents, self.place / "ours", questions)
        return [
            [
                f"a question when warm (tutorial: passages only), {name}",
                theirs.shown(name, scale=1000, unit="ms"),
                ours.shown(name, scale=1000, unit="ms"),
                "",
            ]
            for name in ("median", "p95")
        ]

    def disk(self) -> list[list[str]]:
        """Measure what the index takes, and what takes it."""
        ours = self.place / "ours"
        characters = sum(len(path.read_text()) for path in self.documents.rglob("*.*"))
        parts = {
            "manifest": size(ours, "manifest.sqlite*"),
            "vectors in Chroma": size(ours / "chroma", "**/*"),
            "compiled model": size(ours / "models", "**/*"),
        }
        rows = [
            [name, f"{size / 1e6:.1f} MB", f"{size / characters:.2f} bytes for each character"]
            for name, size in parts.items()
        ]
        return [*rows, *table_sizes(ours / "manifest.sqlite", characters)]

    def synthetic(self, sizes: Sequence[int]) -> list[list[str]]:
        """Measure warm questions over made-up documents with drawn vectors."""
        rows = []
        first: dict[int, float] = {}
        for made, *ways in map(self._made_up, sizes):
            cells = [f"{made['chunks']:,}"]
            for number, took in enumerate(ways):
                median = took.median("median")
                cells += [took.shown(name, scale=1000, unit="ms") for name in ("median", "p95")]
                cells.append(f"{median / first.setdefault(number, median):.1f}")
            rows.append([*cells, f"{made['seconds']:.0f} s"])
        return rows

    def _made_up(self, chunks: int) -> tuple[dict[str, Any], Figure, Figure]:
        documents, index = self.place / f"made-{chunks}", self.place / f"made-index-{chunks}"
        write_corpus(documents, documents=max(1, chunks // _CHUNKS_A_DOCUMENT))
        made = run("seeded_index", documents, index)
        asked = (documents, index, self.write_questions(documents))
        took = self._figure("seeded_warm", *asked)
        with_model = self._figure("half_seeded_warm", *asked, self.models)
        shutil.rmtree(documents)
        shutil.rmtree(index)
        return made, took, with_model

    def write_texts(self) -> Path:
        """Write the embedding texts of our chunks to a file."""
        path = self.place / "texts.json"
        reader = IndexReader.open(self.place / "ours", settings=Settings())
        texts = [
            chunk.embedding_text
            for info in reader.sources()
            for chunk in reader.document_chunks(document_id(info.source))
        ]
        reader.close()
        path.write_text(json.dumps(texts), encoding="utf-8")
        return path

    def write_questions(self, documents: Path) -> Path:
        """Write questions made of a sentence's words from all over the documents."""
        paths = sorted(path for path in documents.rglob("*.*") if path.is_file())
        chosen = paths[:: max(1, len(paths) // QUESTIONS)][:QUESTIONS]
        questions = []
        for path in chosen:
            words = path.read_text(encoding="utf-8").split()
            middle = len(words) // 2
            questions.append(f"What is said about {' '.join(words[middle : middle + 6])}?")
        made = self.place / f"questions-{documents.name}.json"
        made.write_text(json.dumps(questions), encoding="utf-8")
        return made

    def _figure(self, name: str, *arguments: object) -> Figure:
        return Figure(runs=tuple(run(name, *arguments) for _ in range(self.runs)))


def _row(name: str, theirs: Figure, ours: Figure) -> list[str]:
    return [name, theirs.shown(), ours.shown(), f"{theirs.median() / ours.median():.1f} times"]


def _megabytes(theirs: Figure, ours: Figure) -> list[str]:
    shares = f"{ours.median('megabytes') / theirs.median('megabytes'):.2f} of theirs"
    return [figure.shown("megabytes", unit="MB") for figure in (theirs, ours)] + [shares]


def measure(given: argparse.Namespace) -> None:
    """Measure what the arguments name and write the table."""
    with tempfile.TemporaryDirectory() as place:
        bench = Bench(given.documents, Path(place), runs=given.runs)
        texts = [path.read_text() for path in bench.documents.rglob("*.*")]
        about = f"{len(texts):,} documents, {sum(map(len, texts)):,} characters; "
        about += f"medians of {given.runs} runs, lowest and highest in brackets."
        head = ["what", "tutorial stack", "Briefwell", "ratio"]
        parts = [machine(), about, table(head, [*bench.index(), *bench.start(), *bench.warm()])]
        parts += ["What the index takes:", table(["part", "size", ""], bench.disk())]
        if given.synthetic:
            times = ["median", "p95", "times the first"]
            with_model = [f"{name}, with the model" for name in times]
            parts += [
                "Warm questions over made-up documents with drawn vectors, which cost no model "
                "time and mean nothing; and the same with the real model for the question and "
                "the sentences compared with it (made-up words have more tokens than real ones):",
                table(
                    ["chunks", *times, *with_model, "to index"], bench.synthetic(given.synthetic)
                ),
            ]
    replace_section(given.results, "Speed", "\n\n".join(parts))


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, default=ROOT / "documents")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--synthetic", type=int, nargs="*", default=SYNTHETIC)
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "RESULTS.md")
    measure(parser.parse_args())


if __name__ == "__main__":
    main()
