"""Counts answers other processes give while the index changes.

Every document carries the number of its edition; all of one state carry the same. An answer in
which two editions meet, or which fails, is counted as wrong.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from benchmarks.seeded import SeededEmbedder
from briefwell.config import Settings
from briefwell.indexing import reindex
from briefwell.storage.reader import IndexReader

_EDITION = re.compile(r"edition (\d+)")
_DOCUMENTS = 300


def read(index: Path) -> None:
    """Answer until the input ends; print one line for each answer."""
    done = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), done.set()), daemon=True).start()
    question = SeededEmbedder().embed_query("edition")
    reader = IndexReader.open(index, settings=Settings())
    while not done.is_set():
        with reader.snapshot() as snapshot:
            found = [chunk_id for chunk_id, _ in snapshot.dense(question, k=8)]
            found += [chunk_id for chunk_id, _ in snapshot.lexical(["edition"], k=8)]
            chunks = snapshot.chunks(found)
            texts = [chunks[chunk_id].text for chunk_id in found]
            texts += [snapshot.document(chunk.document_id).text for chunk in chunks.values()]
            editions = {number for text in texts for number in _EDITION.findall(text)}
            is_right = len(found) == 16 and len(editions) == 1 and not snapshot.notices
        print(json.dumps([is_right, sorted(editions)]), flush=True)


def write_edition(documents: Path, edition: int) -> None:
    """Write every document anew."""
    documents.mkdir(exist_ok=True)
    for number in range(_DOCUMENTS):
        text = f"# Basin {number}\n\nThis is edition {edition} of the report on basin {number}.\n"
        (documents / f"{number:03d}.md").write_text(text, encoding="utf-8")


def bench(answers: int) -> str:
    """Reindex again and again until so many answers were given; say what they were."""
    with tempfile.TemporaryDirectory() as made:
        documents, index, told = (Path(made) / name for name in ("documents", "index", "told"))
        write_edition(documents, 0)
        settings, embedder = Settings(), SeededEmbedder()
        reindex(documents, index, settings=settings, embedder=embedder)
        command = [sys.executable, "-m", "benchmarks.bench_readers", "--read", str(index)]
        files = [told.with_suffix(f".{number}") for number in range(2)]
        readers = []
        for file in files:
            with file.open("w") as stream:
                readers.append(
                    subprocess.Popen(command, stdin=subprocess.PIPE, stdout=stream, text=True)
                )
        runs = 0
        while sum(len(_lines(file)) for file in files) < answers or runs < 3:
            runs += 1
            write_edition(documents, runs)
            reindex(documents, index, settings=settings, embedder=embedder)
        failed = 0
        for process in readers:
            process.communicate()
            failed += process.returncode != 0
        given = [json.loads(line) for file in files for line in _lines(file)]
        wrong = sum(not is_right for is_right, _ in given)
        seen = {edition for _, editions in given for edition in editions}
        return (
            f"{len(given):,} answers by 2 processes during {runs} reindexes: {wrong} wrong or "
            f"half-changed, {failed} readers failed, {len(seen)} editions seen"
        )


def _lines(file: Path) -> list[str]:
    return [line for line in file.read_text().splitlines(keepends=True) if line.endswith("\n")]


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=1_000)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        read(given.read)
    else:
        print(bench(given.answers))


if __name__ == "__main__":
    main()
