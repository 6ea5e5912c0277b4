from __future__ import annotations

import os
import random
import shutil
import sqlite3
import time
import unicodedata
from contextlib import closing
from dataclasses import replace

import pytest

from briefwell.config import Settings
from briefwell.errors import (
    BriefingError,
    ConfigError,
    FingerprintMismatch,
    IndexLocked,
    IndexMissing,
    IndexNotWritable,
    ModelFailed,
    ReadingStopped,
    UnreadableDocument,
)
from briefwell.indexing import Progress, Stage, index_fingerprint
from briefwell.indexing.planning import make_plan
from briefwell.loaders import Limits
from briefwell.recipe import Recipe
from briefwell.sources import scan
from briefwell.storage import connections, publishing
from briefwell.storage.generations import VectorPlace
from briefwell.storage.locks import hold_writer
from briefwell.storage.manifest import Manifest, write_live
from briefwell.storage.reader import IndexReader
from briefwell.types import MovedSource
from doubles import HashEmbedder
from inprocess import Bench, WriterApart, as_nobody

HARBOUR = "# Harbour report\n\nThe harbour of Port Ellery was dredged in 2019.\n"
ORCHARD = "# Orchard survey\n\nThe orchards of Linden Valley cover 1,200 hectares.\n"


@pytest.fixture
def bench(tmp_path):
    bench = Bench(tmp_path)
    bench.write("harbour.md", HARBOUR)
    bench.write("land/orchard.md", ORCHARD)
    return bench


def state(bench):
    """Everything a reader can see: chunk ids and texts by source, and the vectors."""
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        chunks = {
            info.source: [
                (chunk.id, chunk.text)
                for chunk in reader.document_chunks(reader.find_document(info.source).id)
            ]
            for info in reader.sources()
            if info.state == "ready"
        }
        ids = [chunk_id for found in chunks.values() for chunk_id, _ in found]
        return chunks, reader.vectors(ids)


def stored_in_chroma(bench):
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        number = reader.live.vectors
    with closing(VectorPlace(index=bench.index).open(number)) as collection:
        return collection.ids()


def bytes_under(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def times_under(folder):
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in [folder, *folder.rglob("*")]
    }


# --- what the report says ----------------------------------------------------------------


def test_the_first_run_adds_and_the_second_has_nothing_to_do(bench):
    first = bench.reindex()
    assert first.added == ("harbour.md", "land/orchard.md")
    assert first.chunks == 2
    assert first.embedded == 2
    second = bench.reindex()
    assert second.unchanged == ("harbour.md", "land/orchard.md")
    assert not second.is_changed
    assert second.embedded == 0
    assert bench.writer.jobs == []


def test_an_old_unchanged_file_is_not_even_opened(bench):
    for path in bench.documents.rglob("*.md"):
        os.utime(path, (1_500_000_000, 1_500_000_000))
    bench.reindex()
    _age(bench)
    os.chmod(bench.documents / "harbour.md", 0o644)
    bench.loader.sources.clear()
    assert bench.reindex().unchanged == ("harbour.md", "land/orchard.md")
    assert bench.loader.sources == []


def _age(bench):
    """Let the manifest believe that it looked at the files ten seconds later than it did."""
    with Manifest.open(bench.index) as manifest, manifest.transaction() as connection:
        connection.execute("UPDATE sources SET seen_ns = seen_ns + 10000000000")


def test_a_file_that_was_read_to_be_sure_is_not_read_again(bench):
    bench.reindex()
    later = time.time_ns() + 10_000_000_000
    plan = planned(bench, seen_ns=later)
    assert plan.unchanged == ("harbour.md", "land/orchard.md")
    assert [record.path for record in plan.touched] == ["harbour.md", "land/orchard.md"]
    assert {record.seen_ns for record in plan.touched} == {later}
    with Manifest.open(bench.index) as manifest:
        publishing.remember(manifest, written=plan.touched)
    assert planned(bench, seen_ns=later).touched == ()


def planned(bench, *, seen_ns):
    with Manifest.open(bench.index) as manifest:
        known, live = manifest.sources(), manifest.live()
    return make_plan(
        scan(bench.documents, index=bench.index),
        known,
        live=live,
        recipe=Recipe.of(bench.settings, bench.embedder),
        limits=Limits.of(bench.settings),
        seen_ns=seen_ns,
    )


def test_a_touched_file_is_unchanged(bench):
    bench.reindex()
    os.utime(bench.documents / "harbour.md", (1_600_000_000, 1_600_000_000))
    report = bench.reindex()
    assert report.unchanged == ("harbour.md", "land/orchard.md")
    assert bench.loader.sources == []


def test_an_edit_that_keeps_size_and_time_is_seen(bench):
    path = bench.documents / "harbour.md"
    bench.reindex()
    stamp = path.stat()
    path.write_text(HARBOUR.replace("2019", "2018"))
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert bench.reindex().updated == ("harbour.md",)


def test_an_edit_embeds_only_the_chunks_whose_text_changed(bench):
    long = "\n\n".join(f"## Part {n}\n\nThe part {n} tells of lantern {n}." for n in range(6))
    bench.write("long.md", f"# Parts\n\n{long}\n")
    assert bench.reindex().embedded == 8
    bench.write("long.md", f"# Parts\n\n{long.replace('lantern 3', 'candle 3')}\n")
    report = bench.reindex()
    assert report.updated == ("long.md",)
    assert report.embedded == 1
    assert bench.loader.sources == ["long.md"]


def test_a_renamed_file_is_moved_and_nothing_is_embedded(bench):
    bench.reindex()
    (bench.documents / "harbour.md").rename(bench.documents / "land" / "HARBOUR.md")
    report = bench.reindex()
    assert report.moved == (MovedSource(old="harbour.md", new="land/HARBOUR.md"),)
    assert report.added == report.removed == ()
    assert report.embedded == 0
    assert set(state(bench)[0]) == {"land/HARBOUR.md", "land/orchard.md"}


def test_letter_case_alone_is_a_move(bench):
    bench.reindex()
    (bench.documents / "harbour.md").rename(bench.documents / "Harbour.md")
    assert bench.reindex().moved == (MovedSource(old="harbour.md", new="Harbour.md"),)


def test_one_file_gone_and_two_copies_new_is_one_move(bench):
    bench.reindex()
    (bench.documents / "harbour.md").unlink()
    bench.write("b.md", HARBOUR)
    bench.write("a.md", HARBOUR)
    report = bench.reindex()
    assert report.moved == (MovedSource(old="harbour.md", new="a.md"),)
    assert report.added == ("b.md",)
    assert report.embedded == 0


def test_the_same_text_in_two_files_keeps_both(bench):
    bench.write("copy.md", HARBOUR)
    assert bench.reindex().embedded == 2
    chunks, vectors = state(bench)
    assert chunks["copy.md"][0][1] == chunks["harbour.md"][0][1]
    assert len(vectors) == 3
    (bench.documents / "copy.md").unlink()
    assert bench.reindex().removed == ("copy.md",)
    assert "harbour.md" in state(bench)[0]


def test_names_in_both_unicode_forms_are_two_sources(bench):
    composed = unicodedata.normalize("NFC", "café.md")
    decomposed = unicodedata.normalize("NFD", "café.md")
    bench.write(composed, "# One\n\nThe first of two.\n")
    bench.write(decomposed, "# Two\n\nThe second of two.\n")
    assert {composed, decomposed} <= set(bench.reindex().added)
    assert state(bench)[0][composed] != state(bench)[0][decomposed]


def test_very_long_names_are_names(bench):
    name = "/".join(["d" * 200] * 4) + "/" + "f" * 240 + ".md"
    bench.write(name, "# Deep\n\nDown here it is dark.\n")
    assert name in bench.reindex().added
    assert bench.reindex().unchanged[0] == name


def test_every_generation_has_exactly_the_live_vectors(bench):
    bench.reindex()
    bench.write("third.md", "# Third\n\nA lighthouse was lit.\n")
    (bench.documents / "harbour.md").unlink()
    bench.reindex()
    chunks, vectors = state(bench)
    assert set(vectors) == {chunk_id for found in chunks.values() for chunk_id, _ in found}
    assert stored_in_chroma(bench) == set(vectors)


# --- files that fail ---------------------------------------------------------------------


def test_a_file_that_fails_is_told_and_the_rest_goes_on(bench):
    bench.write("broken.pdf", "no pdf at all")
    bench.write("list.xyz", "?")
    report = bench.reindex()
    assert [item.source for item in report.failed] == ["broken.pdf", "list.xyz"]
    assert all(item.reason and item.remedy for item in report.failed)
    assert report.added == ("harbour.md", "land/orchard.md")


def test_a_file_that_failed_is_not_parsed_again_until_it_changes(bench):
    bench.write("broken.pdf", "no pdf at all")
    first = bench.reindex()
    second = bench.reindex()
    assert second.failed == first.failed
    assert bench.loader.sources == []
    bench.write("broken.pdf", "still no pdf")
    bench.reindex()
    assert bench.loader.sources == ["broken.pdf"]


@pytest.mark.parametrize("is_retryable", [True, False])
def test_only_what_lay_outside_the_file_is_tried_again(bench, is_retryable):
    error = UnreadableDocument("It was stopped.", "Try again.", retryable=is_retryable)
    bench.loader.errors["harbour.md"] = error
    first = bench.reindex()
    assert [item.source for item in first.failed] == ["harbour.md"]
    assert bench.reindex().failed == first.failed
    assert bench.loader.sources == (["harbour.md"] if is_retryable else [])
    bench.loader.errors.clear()
    third = bench.reindex()
    assert third.added == (("harbour.md",) if is_retryable else ())
    assert len(third.failed) == (0 if is_retryable else 1)
    assert bench.reindex().added == ()


def test_a_file_that_stops_its_reader_is_tried_again_after_ever_longer_waits(bench):
    error = ReadingStopped("It took longer than 60 seconds.", "Split it.", retryable=True)
    bench.loader.errors["harbour.md"] = error
    first = bench.reindex()
    assert first.failed[0].reason.startswith("It took longer than 60 seconds. Tried once; ")
    assert first.failed[0].remedy == "Split it."
    assert bench.reindex().failed == first.failed
    assert bench.loader.sources == []
    _tried_earlier(bench, minutes=9)
    bench.reindex()
    assert bench.loader.sources == []
    _tried_earlier(bench, minutes=2)
    second = bench.reindex()
    assert bench.loader.sources == ["harbour.md"]
    assert "Tried 2 times; it is tried again by the first reindex after" in second.failed[0].reason
    _tried_earlier(bench, minutes=19)
    bench.reindex()
    assert bench.loader.sources == []
    bench.loader.errors.clear()
    _tried_earlier(bench, minutes=2)
    assert bench.reindex().added == ("harbour.md",)
    assert bench.reindex().failed == ()


@pytest.mark.parametrize("change", ["file", "limit", "rebuild", "clock"])
def test_a_file_that_stopped_its_reader_is_tried_at_once_when_something_changed(bench, change):
    bench.loader.errors["harbour.md"] = ReadingStopped("Too slow.", "Split it.", retryable=True)
    bench.reindex()
    _tried_earlier(bench, minutes=11)
    bench.reindex()
    if change == "file":
        bench.write("harbour.md", HARBOUR + "It is deep.\n")
    if change == "limit":
        bench.settings = Settings(load_seconds=61)
    if change == "clock":
        _tried_earlier(bench, minutes=-30)
    report = bench.reindex(rebuild=change == "rebuild")
    assert "harbour.md" in bench.loader.sources
    # Only a changed file or limit starts the count anew.
    times = "once" if change in ("file", "limit") else "3 times"
    assert f"Tried {times};" in report.failed[0].reason


def _tried_earlier(bench, *, minutes):
    """Let the manifest believe that the failed source was tried so much earlier."""
    from briefwell.indexing.retrying import Trial

    with Manifest.open(bench.index) as manifest, manifest.transaction() as connection:
        (stored,) = connection.execute(
            "SELECT load_recipe FROM sources WHERE state = 'failed'"
        ).fetchone()
        trial = Trial.parse(stored)
        earlier = replace(trial, at_ns=trial.at_ns - minutes * 60_000_000_000)
        connection.execute(
            "UPDATE sources SET load_recipe = ? WHERE state = 'failed'", (earlier.packed(),)
        )


def test_a_file_whose_permission_comes_back_is_read(bench):
    harbour = bench.documents / "harbour.md"
    bench.index.mkdir()
    for folder in (bench.index, bench.documents, bench.documents / "land"):
        folder.chmod(0o777)
    harbour.chmod(0)
    with as_nobody(bench.documents):
        report = bench.reindex()
        assert [item.source for item in report.failed] == ["harbour.md"]
        assert "Permission denied" in report.failed[0].reason
    harbour.chmod(0o644)
    with as_nobody(bench.documents):
        assert bench.reindex().added == ("harbour.md",)


def test_words_leave_every_byte_over_many_runs(bench):
    bench.writer = WriterApart()
    chance = random.Random(4)
    syllables = [one + two for one in "bdgkpqvxz" for two in "aeiou"]

    def invented():
        return "".join(chance.choices(syllables, k=6))

    words = {f"{invented()}.md": {invented() for _ in range(30)} for _ in range(40)}
    for name, found in words.items():
        text = ". ".join(f"The {word} was seen near the {word}" for word in sorted(found))
        bench.write(name, f"# {invented()}\n\n{text}.\n")
    bench.reindex()
    gone: set[str] = set()
    for _ in range(4):
        for name in chance.sample(sorted(words), 5):
            (bench.documents / name).unlink()
            gone |= {name.removesuffix(".md"), *words.pop(name)}
        report = bench.reindex()
        assert (len(report.removed), report.notes) == (5, ())
        found = b"".join(bytes_under(bench.index).values())
        assert [word for word in sorted(gone) if word.encode() in found] == []
        assert all(name.encode() in found for name in words)


def test_a_raised_limit_tries_failed_files_again(bench):
    bench.settings = Settings(max_characters=60)
    assert [item.source for item in bench.reindex().failed] == ["harbour.md", "land/orchard.md"]
    bench.settings = Settings()
    assert bench.reindex().added == ("harbour.md", "land/orchard.md")


def test_what_can_no_longer_be_read_no_longer_answers(bench):
    bench.reindex()
    (bench.documents / "harbour.md").write_bytes(b"\x00\x01\x02" * 500)
    report = bench.reindex()
    assert [item.source for item in report.failed] == ["harbour.md"]
    assert report.updated == ()
    assert "harbour.md: what was indexed before is removed" in " ".join(report.notes)
    assert set(state(bench)[0]) == {"land/orchard.md"}
    bench.write("harbour.md", HARBOUR)
    assert bench.reindex().added == ("harbour.md",)


def test_a_failed_file_that_is_gone_is_forgotten(bench):
    bench.write("broken.pdf", "no pdf at all")
    bench.reindex()
    (bench.documents / "broken.pdf").unlink()
    assert bench.reindex().failed == ()
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        assert [info.source for info in reader.sources()] == ["harbour.md", "land/orchard.md"]


def test_a_file_deleted_while_reindexing_is_just_not_there(bench):
    def delete(progress: Progress) -> None:
        if progress.stage is Stage.PARSE:
            (bench.documents / "harbour.md").unlink(missing_ok=True)

    report = bench.reindex(progress=delete)
    assert report.added == ("land/orchard.md",)
    assert report.failed == ()
    assert "harbour.md: was deleted while it was to be read." in report.notes


def test_an_indexed_file_deleted_while_reindexing_is_removed(bench):
    bench.reindex()
    bench.write("harbour.md", HARBOUR + "More.\n")

    def delete(progress: Progress) -> None:
        if progress.stage is Stage.PARSE:
            (bench.documents / "harbour.md").unlink(missing_ok=True)

    report = bench.reindex(progress=delete)
    assert report.removed == ("harbour.md",)
    assert report.updated == ()
    assert set(state(bench)[0]) == {"land/orchard.md"}


def test_links_out_of_the_folder_are_refused_and_those_inside_are_read(bench, tmp_path):
    (tmp_path / "secret.md").write_text("# Secret\n\nNobody may read this.\n")
    (bench.documents / "out.md").symlink_to(tmp_path / "secret.md")
    (bench.documents / "in.md").symlink_to(bench.documents / "harbour.md")
    (bench.documents / "nowhere.md").symlink_to(tmp_path / "nothing.md")
    (bench.documents / "loop").symlink_to(bench.documents)
    os.mkfifo(bench.documents / "pipe.md")
    report = bench.reindex()
    assert "in.md" in report.added
    assert {item.source: item.reason for item in report.failed} == {
        "nowhere.md": "It is a link that leads out of the documents folder.",
        "out.md": "It is a link that leads out of the documents folder.",
        "pipe.md": "It is a device, a pipe or a socket, not a file.",
    }
    assert not any(b"Nobody may read" in data for data in bytes_under(bench.index).values())


def test_litter_is_passed_over(bench):
    for name in (".hidden.md", ".git/config.md", "~$harbour.docx", "Thumbs.db"):
        bench.write(name, "# Litter\n\nThis is not a source.\n")
    report = bench.reindex()
    assert report.added == ("harbour.md", "land/orchard.md")
    assert report.failed == ()


def test_an_index_inside_the_documents_is_not_a_source(bench):
    bench.index = bench.documents / "index"
    bench.reindex()
    assert bench.reindex().unchanged == ("harbour.md", "land/orchard.md")
    assert bench.reindex().failed == ()


# --- deleted means gone ------------------------------------------------------------------


def test_deleted_text_and_names_are_gone_from_every_byte(bench):
    bench.write(
        "quokka-memo.md",
        "# Quokkaville\n\nThe quokkas of Wombatford sang.\n" * 30
        + "\n## Zorilla numbat\n\nThe Tamarin Potoroo Xerus (TPX) and the “Okapi Jerboa” too.\n",
    )
    bench.write("other.md", "# Other\n\nA Zorilla numbat, an Okapi Jerboa.\n")
    bench.write("zebrawood.pdf", "no pdf")
    bench.reindex()
    assert any(b"quokka" in data for data in bytes_under(bench.index).values())
    with closing(connections.open_for_reading(bench.index)) as connection:
        names = {row[0] for row in connection.execute("SELECT stems FROM names")}
    assert {"quokkavill", "zorilla numbat", "tpx", "tamarin potoroo xerus"} <= names
    (bench.documents / "quokka-memo.md").unlink()
    (bench.documents / "zebrawood.pdf").unlink()
    bench.write("other.md", "# Other\n\nNothing.\n")
    bench.reindex()
    for name, data in bytes_under(bench.index).items():
        for word in (b"quokka", b"wombatford", b"zebrawood", b"quokkavil", b"zorilla", b"tpx"):
            assert word not in data.lower(), name


def test_what_sqlite_left_in_unused_bytes_is_gone_too(bench):
    bench.reindex()
    with closing(sqlite3.connect(bench.index / "manifest.sqlite")) as connection, connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("INSERT INTO migrations VALUES (0, 'a quokka in the gap', '')")
        connection.execute("DELETE FROM migrations WHERE number = 0")
    assert any(b"quokka" in data for data in bytes_under(bench.index).values())
    (bench.documents / "harbour.md").unlink()
    assert bench.reindex().notes == ()
    assert not any(b"quokka" in data for data in bytes_under(bench.index).values())


def test_replaced_text_is_gone_too(bench):
    bench.reindex()
    bench.write("harbour.md", HARBOUR.replace("Port Ellery", "Port Selby"))
    bench.reindex()
    assert not any(b"elleri" in data.lower() for data in bytes_under(bench.index).values())
    assert not any(b"ellery" in data.lower() for data in bytes_under(bench.index).values())


def test_text_a_reader_is_looking_at_goes_with_the_next_run(bench):
    bench.reindex()
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        reader.chunk_count()
        (bench.documents / "harbour.md").unlink()
        report = bench.reindex()
    assert "deleted text is still in the log" in " ".join(report.notes)
    assert bench.reindex().notes == ()
    assert not any(b"ellery" in data.lower() for data in bytes_under(bench.index).values())


# --- dry run and rebuild -----------------------------------------------------------------


def test_a_dry_run_tells_and_writes_nothing(bench):
    report = bench.reindex(dry_run=True)
    assert report.dry_run
    assert report.added == ("harbour.md", "land/orchard.md")
    assert report.notes[0] == "harbour.md: new, 66 bytes"
    assert not bench.index.exists()
    bench.reindex()
    bench.write("harbour.md", HARBOUR + "More.\n")
    bench.write("new.xyz", "?")
    (bench.documents / "land/orchard.md").rename(bench.documents / "orchard.md")
    before, times = bytes_under(bench.index.parent), times_under(bench.index.parent)
    report = bench.reindex(dry_run=True)
    assert times_under(bench.index.parent) == times
    assert bytes_under(bench.index.parent) == before
    assert report.updated == ("harbour.md",)
    assert report.moved == (MovedSource(old="land/orchard.md", new="orchard.md"),)
    assert [item.source for item in report.failed] == ["new.xyz"]
    assert "harbour.md: its content changed, 72 bytes" in report.notes
    real = bench.reindex()
    assert (real.updated, real.moved, real.failed) == (report.updated, report.moved, report.failed)


def test_a_rebuild_makes_everything_anew_and_ends_equal(bench):
    bench.reindex()
    before = state(bench)
    calls = bench.embedder.calls
    report = bench.reindex(rebuild=True)
    assert report.updated == ("harbour.md", "land/orchard.md")
    assert report.embedded == 2
    assert bench.embedder.calls > calls
    assert bench.writer.jobs[0].source is None
    assert state(bench) == before


def test_a_dry_run_of_a_rebuild_tells_what_is_read_anew_and_writes_nothing(bench):
    bench.reindex()
    before = bytes_under(bench.index)
    report = bench.reindex(dry_run=True, rebuild=True)
    assert report.updated == ("harbour.md", "land/orchard.md")
    assert report.notes == (
        "harbour.md: to be read anew, 66 bytes",
        "land/orchard.md: to be read anew, 70 bytes",
    )
    assert bytes_under(bench.index) == before


def test_a_rebuild_that_fails_leaves_the_old_state(bench):
    bench.reindex()
    before = state(bench)

    def fail(progress: Progress) -> None:
        if progress.stage is Stage.PUBLISH:
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        bench.reindex(rebuild=True, progress=fail)
    assert state(bench) == before


# --- what an index is made by ------------------------------------------------------------


def test_another_model_embeds_everything_again_and_parses_nothing(bench):
    bench.reindex()
    old = index_fingerprint(bench.settings, bench.embedder)
    bench.embedder = HashEmbedder(fingerprint="another model")
    assert index_fingerprint(bench.settings, bench.embedder) != old
    report = bench.reindex()
    assert report.updated == ("harbour.md", "land/orchard.md")
    assert report.embedded == 2
    assert bench.loader.sources == []


def test_another_chunk_size_cuts_again_and_embeds_only_new_texts(bench):
    long = " ".join(f"The lantern {number} was lit in the tower." for number in range(20))
    bench.write("long.md", f"# Lanterns\n\n{long}\n")
    bench.reindex()
    bench.settings = Settings(chunk_tokens=40)
    report = bench.reindex()
    assert report.updated == ("harbour.md", "land/orchard.md", "long.md")
    assert bench.loader.sources == []
    assert 1 < report.embedded == report.chunks - 2


@pytest.mark.parametrize("part", ["loader", "chunker", "normaliser"])
def test_a_part_of_an_earlier_version_is_redone_and_nothing_is_embedded(bench, part):
    bench.reindex()
    before, calls = state(bench), bench.embedder.calls
    _made_by_an_earlier(bench, part)
    with (
        closing(IndexReader.open(bench.index, settings=bench.settings)) as reader,
        pytest.raises(FingerprintMismatch) as caught,
    ):
        reader.require_fingerprint(index_fingerprint(bench.settings, bench.embedder))
    assert caught.value.remedy == "Run `briefwell reindex`."
    report = bench.reindex()
    assert report.updated == ("harbour.md", "land/orchard.md")
    assert (report.embedded, bench.embedder.calls) == (0, calls)
    assert bench.loader.sources == (["harbour.md", "land/orchard.md"] if part == "loader" else [])
    after = state(bench)
    assert {name: [text for _, text in found] for name, found in before[0].items()} == {
        name: [text for _, text in found] for name, found in after[0].items()
    }
    assert set(stored_in_chroma(bench)) == set(after[1])
    assert not bench.reindex().is_changed


def _made_by_an_earlier(bench, part):
    """Let the manifest believe that its state was made by version 0 of a part."""
    recipe = replace(Recipe.of(bench.settings, bench.embedder), **{part: 0})
    with Manifest.open(bench.index) as manifest, manifest.transaction() as connection:
        live = replace(manifest.live(), recipe=recipe.parts, fingerprint=recipe.fingerprint)
        write_live(connection, live)
        for table in ("sources", "documents"):
            connection.execute(f"UPDATE {table} SET load_recipe = ?", (recipe.load_recipe,))


# --- killed half way ---------------------------------------------------------------------


class Stop(Exception):
    pass


def stop_at(stage, done=None):
    def stop(progress: Progress) -> None:
        if progress.stage is stage and done in (None, progress.done):
            raise Stop

    return stop


@pytest.mark.parametrize("stage", list(Stage))
def test_stopped_at_any_stage_the_old_state_answers_and_the_next_run_ends_equal(
    bench, tmp_path, stage
):
    bench.reindex()
    before = state(bench)
    bench.write("harbour.md", HARBOUR + "More was said.\n")
    bench.write("third.md", "# Third\n\nA lighthouse was lit.\n")
    (bench.documents / "land/orchard.md").unlink()
    with pytest.raises(Stop):
        bench.reindex(progress=stop_at(stage))
    after = state(bench)
    assert after == before if stage is not Stage.SWEEP else after != before
    bench.reindex()
    clean = Bench(tmp_path / "clean")
    shutil.copytree(bench.documents, clean.documents, dirs_exist_ok=True)
    clean.reindex()
    assert state(bench) == state(clean)
    assert stored_in_chroma(bench) == stored_in_chroma(clean)
    assert not any(b"orchards" in data for data in bytes_under(bench.index).values())


def test_what_was_parsed_and_embedded_before_a_stop_is_not_done_again(bench):
    with pytest.raises(Stop):
        bench.reindex(progress=stop_at(Stage.PUBLISH))
    with pytest.raises(IndexMissing):
        IndexReader.open(bench.index, settings=bench.settings)
    calls = bench.embedder.calls
    report = bench.reindex()
    assert report.added == ("harbour.md", "land/orchard.md")
    assert bench.loader.sources == []
    assert bench.embedder.calls == calls


def test_what_was_prepared_and_then_changed_is_prepared_again(bench):
    with pytest.raises(Stop):
        bench.reindex(progress=stop_at(Stage.PUBLISH))
    bench.write("harbour.md", "# Wharf\n\nA wharf was built.\n")
    (bench.documents / "land/orchard.md").unlink()
    bench.reindex()
    assert bench.loader.sources == ["harbour.md"]
    assert list(state(bench)[0]) == ["harbour.md"]
    assert not any(b"orchards" in data for data in bytes_under(bench.index).values())


# --- odd places and bad input ------------------------------------------------------------


def test_without_a_documents_folder_nothing_is_removed(bench):
    bench.reindex()
    before = state(bench)
    shutil.rmtree(bench.documents)
    with pytest.raises(ConfigError, match=r"There is no documents folder.*--documents"):
        bench.reindex()
    with pytest.raises(ConfigError):
        bench.reindex(dry_run=True)
    bench.documents.write_text("a file")
    with pytest.raises(ConfigError, match="is no folder"):
        bench.reindex()
    assert state(bench) == before


def test_an_empty_folder_is_an_empty_index_and_says_so(tmp_path):
    bench = Bench(tmp_path)
    report = bench.reindex()
    assert report.chunks == 0
    assert "There are no documents" in report.notes[0]
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        assert reader.dense([1.0] * 64, k=3) == []
        assert reader.lexical(["anything"], k=3) == []
    bench.write("harbour.md", HARBOUR)
    assert bench.reindex().added == ("harbour.md",)
    (bench.documents / "harbour.md").unlink()
    assert bench.reindex().removed == ("harbour.md",)


def test_documents_inside_the_index_are_refused(bench):
    bench.documents = bench.index / "documents"
    with pytest.raises(ConfigError, match=r"lies inside the index folder.*--index"):
        bench.reindex()


def test_the_second_writer_is_refused(bench):
    bench.reindex()
    with hold_writer(bench.index), pytest.raises(IndexLocked, match=str(os.getpid())):
        bench.reindex()


def test_an_index_folder_that_cannot_be_made_is_said(bench, tmp_path):
    (tmp_path / "file").write_text("")
    bench.index = tmp_path / "file" / "index"
    with pytest.raises(IndexNotWritable, match=r"cannot be made.*--index"):
        bench.reindex()


def test_odd_letters_in_the_paths_are_only_letters(tmp_path):
    bench = Bench(tmp_path / "a folder #1, né 50% ?x=y")
    bench.write("Übersicht 100%.md", HARBOUR)
    bench.reindex()
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        assert reader.dense(bench.embedder.embed_query("harbour"), k=1)
        assert reader.notices == ()


def test_too_little_room_is_said_first_and_nothing_is_lost(bench):
    bench.reindex()
    before = state(bench)
    bench.write("third.md", "# Third\n\nA lighthouse was lit.\n")
    with pytest.raises(IndexNotWritable, match=r"has 1 MB free.*Free some space"):
        bench.reindex(free=lambda _: 1_000_000)
    assert bench.writer.jobs == []
    assert state(bench) == before
    assert bench.reindex().added == ("third.md",)


class BrokenEmbedder(HashEmbedder):
    """Gives what it was told to give."""

    def __init__(self, vectors):
        super().__init__()
        self.vectors = vectors

    def embed_documents(self, texts):
        if isinstance(self.vectors, Exception):
            raise self.vectors
        return self.vectors


@pytest.mark.parametrize(
    "vectors",
    [
        RuntimeError("out of memory"),
        [],
        [[1.0], [1.0, 2.0]],
        [[float("nan")] * 4] * 2,
        [[]] * 2,
    ],
    ids=["raises", "too few", "of two lengths", "not a number", "empty"],
)
def test_a_model_that_fails_is_told_and_nothing_is_lost(bench, vectors):
    good = bench.embedder
    bench.embedder = BrokenEmbedder(vectors)
    with pytest.raises(ModelFailed) as caught:
        bench.reindex()
    assert caught.value.remedy
    bench.embedder = good
    assert bench.reindex().chunks == 2


def test_errors_are_of_one_root(bench):
    with pytest.raises(BriefingError):
        bench.reindex(free=lambda _: 0)
