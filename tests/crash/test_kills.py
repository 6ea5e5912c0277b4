"""SIGKILL at many moments, on real Chroma at its default thresholds with 5,000 vectors.

After each kill the readable state is the old one or the new one, whole; the next run ends equal
to what a clean run makes. `make test-kill` does it 200 times.
"""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from briefwell.chunking import cut
from briefwell.loaders import document_id, load
from briefwell.recipe import Recipe
from briefwell.storage.generations import VectorPlace
from briefwell.storage.reader import IndexReader
from inprocess import Bench

HERE = Path(__file__).parent
DOCUMENTS = 500
SECTIONS = 10
PHASES = ("parse", "embed", "copy", "persist", "prove", "publish", "sweep")
"""`copy` is the write before its first vector, `persist` between the first and the last."""
EDITED = {"parse": 100, "embed": 60, "persist": 240}
QUESTIONS = ("basin 17 in edition 3", "the depth of basin 400", "pilots of basin 4")
WORDS = "tide ebb mole quay buoy crane pilot ferry dredger anchor lantern rope sail oar".split()


def document_text(number, edition):
    chance = random.Random(number * 10_007 + edition)
    sections = [
        f"## Part {part}\n\nIn edition {edition} basin {number} has "
        f"{' '.join(chance.choices(WORDS, k=9))} {part}."
        for part in range(SECTIONS)
    ]
    return "\n\n".join([f"# Harbour report {number}", *sections]) + "\n"


class Harbour:
    """The folder, the index, and what a clean run would put into it."""

    def __init__(self, folder: Path) -> None:
        self.bench = Bench(folder)
        self.recipe = Recipe.of(self.bench.settings, self.bench.embedder)
        self.editions = dict.fromkeys(range(DOCUMENTS), 0)
        self.known: dict[str, tuple[str, dict[str, str]]] = {}
        for number in self.editions:
            self._write(number)

    def edit(self, count: int, chance: random.Random) -> None:
        for number in chance.sample(sorted(self.editions), count):
            self.editions[number] += 1
            self._write(number)
        lost, new = chance.choice(sorted(self.editions)), max(self.editions) + 1
        del self.editions[lost]
        (self.bench.documents / f"report-{lost:05d}.md").unlink()
        self.editions[new] = 0
        self._write(new)

    def _write(self, number: int) -> None:
        text = document_text(number, self.editions[number])
        self.bench.write(f"report-{number:05d}.md", text)

    def clean(self) -> dict[str, str]:
        """Chunk ids and texts by the pure parts: load and cut, nothing stored."""
        wanted: dict[str, str] = {}
        for path in sorted(self.bench.documents.iterdir()):
            text = path.read_text()
            if self.known.get(path.name, ("", {}))[0] != text:
                document = load(path, source=path.name)
                chunks = cut(
                    document,
                    count_tokens=self.recipe.count_tokens,
                    chunk_tokens=self.recipe.chunk_tokens,
                    window=self.recipe.window,
                    fingerprint=self.recipe.fingerprint,
                )
                embedded = {chunk.id: chunk.embedding_text for chunk in chunks}
                self.known[path.name] = (text, embedded)
            wanted.update(self.known[path.name][1])
        return wanted

    def stored(self) -> dict[str, str]:
        """Chunk ids and embedding texts as a reader gets them; everything else must agree."""
        with closing(IndexReader.open(self.bench.index, settings=self.bench.settings)) as reader:
            found = {
                chunk.id: chunk.embedding_text
                for info in reader.sources()
                for chunk in reader.document_chunks(document_id(info.source))
            }
            self._check_answers(reader, found)
            number = reader.live.vectors
        with closing(VectorPlace(index=self.bench.index).open(number)) as collection:
            assert collection.ids() == set(found)
        return found

    def _check_answers(self, reader, found):
        vectors = reader.vectors(list(found))
        assert set(vectors) == set(found)
        every = np.array(list(vectors.values()))
        for question in QUESTIONS:
            vector = self.bench.embedder.embed_query(question)
            best = (every @ np.array(vector)).max()
            assert reader.dense(vector, k=1)[0][1] == pytest.approx(best, abs=1e-4)
        assert reader.notices == ()
        chance = random.Random(len(found))
        for chunk_id in chance.sample(sorted(found), 50):
            (again,) = self.bench.embedder.embed_documents([found[chunk_id]])
            assert sum(a * b for a, b in zip(again, vectors[chunk_id], strict=True)) >= 0.99999

    def kill_in(self, phase: str, chance: random.Random) -> str:
        """Start a reindex, kill it in a phase, and return the phase it was in."""
        process = subprocess.Popen(
            [sys.executable, HERE / "victim.py", self.bench.documents, self.bench.index],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        assert process.stdout is not None
        reached = follow(process.stdout, phase, chance)
        # With the whole group: the writer dies in the middle of what it is doing, too.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        return reached


def follow(stream, phase, chance):
    """Read progress until the phase is there, and a little longer; return the last phase."""
    last, buffer = "start", b""
    wait = None
    while True:
        ready = select.select([stream], [], [], 120 if wait is None else wait - time.monotonic())
        if not ready[0] and wait is not None:
            return last
        data = os.read(stream.fileno(), 65536)
        if not data:
            return last
        buffer += data
        *lines, buffer = buffer.split(b"\n")
        for line in lines:
            last = phase_of(line.decode())
            if wait is None and last == phase:
                longest = {"parse": 0.6, "embed": 0.1, "copy": 0.3, "persist": 0.25}
                wait = time.monotonic() + chance.uniform(0, longest.get(phase, 0.03))
        if wait is not None and wait <= time.monotonic():
            return last


def phase_of(line):
    stage, done, total = line.split()
    if stage != "write":
        return stage
    if int(done) < int(total):
        return "persist" if int(done) else "copy"
    return "prove"


@pytest.fixture(scope="module")
def harbour(tmp_path_factory):
    made = Harbour(tmp_path_factory.mktemp("harbour"))
    assert made.bench.reindex().chunks == DOCUMENTS * SECTIONS
    return made


def kill_and_compare(harbour, kills, seed, capsys):
    chance = random.Random(seed)
    reached: Counter[str] = Counter()
    for number in range(kills):
        phase = PHASES[number % len(PHASES)]
        old = harbour.clean()
        harbour.edit(EDITED.get(phase, 20), chance)
        new = harbour.clean()
        reached[harbour.kill_in(phase, chance)] += 1
        assert harbour.stored() in (old, new)
        harbour.bench.reindex()
        assert harbour.stored() == new
    with capsys.disabled():
        shown = ", ".join(f"{phase} {reached[phase]}" for phase in (*PHASES, "end", "start"))
        sys.stdout.write(f"\n{kills} kills, last seen in: {shown}\n")
    again = Harbour.__new__(Harbour)
    again.__dict__.update(harbour.__dict__, bench=Bench(harbour.bench.index.parent / "clean"))
    shutil.copytree(harbour.bench.documents, again.bench.documents, dirs_exist_ok=True)
    again.bench.reindex()
    assert again.stored() == harbour.stored()
    shutil.rmtree(again.bench.index)
    return reached


@pytest.mark.slow
@pytest.mark.xdist_group("kill")
def test_twenty_kills(harbour, capsys):
    reached = kill_and_compare(harbour, 20, 1, capsys)
    assert len(set(reached) & set(PHASES)) >= 5


@pytest.mark.kill
@pytest.mark.timeout(7200)
def test_two_hundred_kills(harbour, capsys):
    reached = kill_and_compare(harbour, 200, 2, capsys)
    assert reached["persist"] >= 20
