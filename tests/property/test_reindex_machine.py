"""Any sequence of changes, reindexes and crashes ends in the index a clean run would make."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from briefwell.errors import IndexMissing
from briefwell.indexing import Progress, Stage
from briefwell.storage import connections
from briefwell.storage.generations import VectorPlace
from briefwell.storage.reader import IndexReader
from inprocess import Bench

NAMES = st.sampled_from(["a.md", "b.md", "B.md", "deep/a.md", "café.md", "cafe\u0301.md", "x.xyz"])
SUBJECTS = st.sampled_from(["harbour", "orchard", "lighthouse", "quarry", "railway"])


class Crash(Exception):
    """Ends a reindex at a chosen step."""


class ReindexMachine(RuleBasedStateMachine):
    """Folder and index side by side; `seen` is what the last finished publish made readable."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.bench = Bench(self.folder / "work")
        self.reader: IndexReader | None = None
        self.before: dict[str, str] | None = None

    def teardown(self) -> None:
        if self.reader is not None:
            self.reader.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- changes of the folder -----------------------------------------------------------

    @rule(name=NAMES, subject=SUBJECTS, other=SUBJECTS, number=st.integers(0, 9))
    def write(self, name, subject, other, number):
        title, mentioned = f"{subject.title()} Works", other.title()
        text = (
            f"# {title}\n\nThe {subject} was built in year {number} by the {mentioned} Works.\n\n"
            f"## Board of the {subject.title()}\n\n"
            f"The {title} Board ({subject[0].upper()}WB) asked the Board of the {mentioned}, and "
            f"what it calls its (“Plan for {mentioned}”) was a Plan for {subject.title()}.\n"
        )
        self.bench.write(name, text)

    @rule(name=NAMES, other=NAMES)
    def rename(self, name, other):
        if name != other and (self.bench.documents / name).is_file():
            (self.bench.documents / other).parent.mkdir(exist_ok=True)
            (self.bench.documents / name).rename(self.bench.documents / other)

    @rule(name=NAMES)
    def delete(self, name):
        (self.bench.documents / name).unlink(missing_ok=True)

    @rule(name=NAMES)
    def touch(self, name):
        if (self.bench.documents / name).is_file():
            (self.bench.documents / name).touch()

    def links_of_a_clean_index(self) -> dict[str, list[tuple]]:
        with tempfile.TemporaryDirectory(dir=self.folder) as place:
            clean = Bench(Path(place), embedder=self.bench.embedder)
            shutil.rmtree(clean.documents)
            shutil.copytree(self.bench.documents, clean.documents)
            clean.reindex()
            return links(clean)

    # --- reindexing ----------------------------------------------------------------------

    @rule(rebuild=st.booleans())
    def reindex(self, rebuild):
        self.bench.reindex(rebuild=rebuild)
        assert readable(self.bench) == wanted(self.bench)
        assert links(self.bench) == self.links_of_a_clean_index()
        assert not self.bench.reindex().is_changed
        self.before = readable(self.bench)

    @rule(rebuild=st.booleans())
    def try_dry(self, rebuild):
        """A dry run writes nothing, and says what the run after it does."""
        before = files_under(self.bench.index)
        told = self.bench.reindex(dry_run=True, rebuild=rebuild)
        assert files_under(self.bench.index) == before
        if not rebuild:
            done = self.bench.reindex()
            for part in ("added", "updated", "moved", "unchanged", "removed"):
                assert getattr(told, part) == getattr(done, part)
            assert {item.source for item in told.failed} <= {item.source for item in done.failed}
            self.before = readable(self.bench)

    @rule(stage=st.sampled_from(list(Stage)), steps=st.integers(0, 3), rebuild=st.booleans())
    def crash(self, stage, steps, rebuild):
        left = steps

        def tell(progress: Progress) -> None:
            nonlocal left
            if progress.stage is stage:
                left -= 1
                if left < 0:
                    raise Crash

        target = wanted(self.bench)
        try:
            self.bench.reindex(progress=tell, rebuild=rebuild)
        except Crash:
            if stage is not Stage.SWEEP:
                assert readable(self.bench) == self.before
        if self.before is not None or readable(self.bench) is not None:
            assert readable(self.bench) in (self.before, target)
        self.before = readable(self.bench)

    @precondition(lambda self: self.before is not None)
    @rule()
    def reopen(self):
        if self.reader is not None:
            self.reader.close()
        self.reader = IndexReader.open(self.bench.index, settings=self.bench.settings)

    @precondition(lambda self: self.reader is not None)
    @rule(subject=SUBJECTS)
    def ask(self, subject):
        """A reader of any age sees the newest finished state, and only words that stand in it."""
        with self.reader.snapshot() as snapshot:
            found = snapshot.dense(self.bench.embedder.embed_query(subject), k=3)
            found += snapshot.lexical([subject], k=3)
            chunks = snapshot.chunks([chunk_id for chunk_id, _ in found])
            assert len(chunks) == len({chunk_id for chunk_id, _ in found})
            for chunk in chunks.values():
                document = snapshot.document(chunk.document_id)
                assert chunk.span.cut(document.text) == chunk.text
                assert self.before[document.source.path] == document.text
            assert snapshot.notices == ()

    @invariant()
    def the_finished_state_stays(self):
        if getattr(self, "before", None) is not None:
            assert readable(self.bench) == self.before


def files_under(folder: Path) -> dict[str, bytes]:
    """The bytes of every file, by name."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def wanted(bench: Bench) -> dict[str, str]:
    """What a clean run would make readable: every Markdown file's text."""
    return {
        path.relative_to(bench.documents).as_posix(): path.read_text()
        for path in bench.documents.rglob("*.md")
    }


def links(bench: Bench) -> dict[str, list[tuple]]:
    """What mentions which name where, who bears it, and which acronyms are explained."""
    queries = {
        "names": "SELECT stems FROM names",
        "mentions": """SELECT chunks.id, start, stems FROM mentions
            JOIN chunks ON number = chunk JOIN names ON names.id = name""",
        "bearers": """SELECT stems, kind, document_id, first, last FROM bearers
            JOIN names ON names.id = name""",
        "acronyms": "SELECT short, long, document_id FROM acronyms",
    }
    with closing(connections.open_for_reading(bench.index)) as connection:
        found = {what: connection.execute(query) for what, query in queries.items()}
        counts = {what: connection.execute(f"SELECT count(*) FROM {what}") for what in queries}
        rows = {what: sorted(map(tuple, found[what])) for what in queries}
        assert {what: len(rows[what]) for what in queries} == {
            what: count.fetchone()[0] for what, count in counts.items()
        }
        return rows


def readable(bench: Bench) -> dict[str, str] | None:
    """Text of every live document, with Chroma, vectors and lexical search proven to agree."""
    try:
        reader = IndexReader.open(bench.index, settings=bench.settings)
    except IndexMissing:
        return None
    with closing(reader):
        texts: dict[str, str] = {}
        ids: set[str] = set()
        for info in reader.sources():
            document = reader.find_document(info.source)
            if info.state == "ready":
                texts[info.source] = document.text
                ids.update(chunk.id for chunk in reader.document_chunks(document.id))
            else:
                assert document is None
        assert set(reader.vectors(list(ids))) == ids
        assert reader.chunk_count() == len(ids)
        number = reader.live.vectors
    if ids:
        with closing(VectorPlace(index=bench.index).open(number)) as collection:
            assert collection.ids() == ids
    return texts


ReindexMachine.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestReindexMachine = ReindexMachine.TestCase
