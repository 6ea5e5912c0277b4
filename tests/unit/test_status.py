from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing

import pytest

from briefwell.config import Settings
from briefwell.status import check
from briefwell.storage.generations import VectorPlace
from briefwell.storage.locks import hold_writer
from briefwell.storage.manifest import Manifest
from briefwell.storage.vectors import find_stored_ids
from briefwell.types import Severity
from doubles import HashEmbedder
from inprocess import Bench


@pytest.fixture
def bench(tmp_path):
    bench = Bench(tmp_path)
    bench.write("harbour.md", "# Harbour report\n\nThe harbour was dredged in 2019.\n")
    bench.write("orchard.md", "# Orchard survey\n\nThe orchards cover 1,200 hectares.\n")
    bench.reindex()
    return bench


def look(bench, *, deep=False, embedder=None, settings=None, free=None):
    found = check(
        bench.documents,
        bench.index,
        settings=settings or bench.settings,
        embedder=embedder or bench.embedder,
        deep=deep,
        **({"free": free} if free else {}),
    )
    for item in found:
        is_bad = item.severity in (Severity.WARNING, Severity.ERROR)
        assert bool(item.message)
        assert item.remedy or not is_bad, item
    return {item.name: item for item in found}


def damage(bench, statement, *given):
    with Manifest.open(bench.index) as manifest, manifest.transaction() as connection:
        connection.execute(statement, given)


def test_a_sound_index_is_well_in_every_respect(bench):
    found = look(bench, deep=True)
    assert {item.severity for item in found.values()} == {Severity.OK}
    assert found["index"].message.startswith("2 documents, 2 chunks, 104 characters; generation 1")
    assert "HashEmbedder, 64 numbers a vector" in found["model"].message
    assert set(found) == {
        "documents", "disk", "writer", "index", "model", "generations", "links", "texts",
        "failed", "changes", "file", "spans", "stored_vectors", "vectors", "chroma_vectors",
    }  # fmt: skip


def test_without_an_index_the_one_command_is_named(tmp_path):
    found = look(Bench(tmp_path))
    assert found["index"].severity is Severity.ERROR
    assert found["index"].remedy == "Run `briefwell reindex`."


def test_without_documents_the_index_is_still_examined(bench):
    shutil.rmtree(bench.documents)
    found = look(bench)
    assert found["documents"].severity is Severity.ERROR
    assert found["index"].severity is Severity.OK
    assert "changes" not in found


def test_an_empty_index_is_worth_a_warning(tmp_path):
    bench = Bench(tmp_path)
    bench.reindex()
    assert look(bench, deep=True)["index"].severity is Severity.WARNING


def test_a_manifest_of_nonsense_is_an_error(bench):
    (bench.index / "manifest.sqlite").write_bytes(b"nonsense" * 999)
    assert "--rebuild" in look(bench)["manifest"].remedy


def test_a_writer_at_work_is_named(bench):
    with hold_writer(bench.index):
        found = look(bench)["writer"]
    assert found.severity is Severity.INFO
    assert f"Process {os.getpid()}" in found.message


def test_another_model_is_named_with_what_changed(bench):
    found = look(bench, embedder=HashEmbedder(fingerprint="new"))["model"]
    assert found.severity is Severity.ERROR
    assert found.message.endswith("changed: embedder.")
    found = look(bench, settings=Settings(chunk_tokens=64))["model"]
    assert found.message.endswith("changed: chunk_tokens.")


def test_a_model_that_is_not_there_is_an_error(bench, tmp_path):
    checks = check(
        bench.documents,
        bench.index,
        settings=Settings(embedding_model=str(tmp_path / "no-such-model")),
    )
    model = next(item for item in checks if item.name == "model")
    assert model.severity is Severity.ERROR
    assert model.remedy


def test_documents_changed_since_are_named(bench):
    bench.write("harbour.md", "# Harbour\n\nIt silted up.\n")
    bench.write("new.md", "# New\n\nNew words.\n")
    (bench.documents / "orchard.md").unlink()
    found = look(bench)["changes"]
    assert found.severity is Severity.WARNING
    assert found.message == ("Changed since the last reindex: harbour.md, new.md, orchard.md.")


def test_a_touched_document_has_not_changed(bench):
    os.utime(bench.documents / "harbour.md", (1_600_000_000, 1_600_000_000))
    assert look(bench)["changes"].severity is Severity.OK


def test_failed_documents_are_named_with_their_reasons(bench):
    for number in range(7):
        bench.write(f"broken{number}.xyz", "?")
    bench.reindex()
    found = look(bench)
    assert found["failed"].message.startswith("7 failed to load. broken0.xyz: There is no loader")
    assert found["failed"].message.endswith("… and 2 more")
    assert found["changes"].severity is Severity.OK


def test_little_room_is_a_warning(bench):
    assert look(bench, free=lambda _: 10_000)["disk"].severity is Severity.WARNING


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("DELETE FROM vectors WHERE rowid = 1", "1 chunks without a vector"),
        ("DELETE FROM documents WHERE path = 'harbour.md'", "1 chunks without a document"),
        ("DELETE FROM lexical WHERE rowid = 1", "1 chunks that lexical search does not know"),
        ("INSERT INTO lexical (rowid, body) VALUES (99, 'x')", "1 entries of lexical search"),
        ("INSERT INTO vectors VALUES (x'00', x'00')", "1 vectors without a chunk"),
        ("DELETE FROM sources WHERE path = 'harbour.md'", "1 documents without a source"),
    ],
)
def test_what_lacks_its_counterpart_is_counted(bench, statement, message):
    damage(bench, statement)
    found = look(bench)["links"]
    assert found.severity is Severity.ERROR
    assert message in found.message


def test_orphans_are_found_in_either_direction(bench):
    damage(bench, "UPDATE chunks SET id = 'another' WHERE number = 1")
    found = look(bench)["vectors"]
    assert found.severity is Severity.ERROR
    assert found.message == "Chroma lacks 1 vectors and has 1 without a chunk."


def in_chroma(bench, statement):
    file = bench.index / "chroma" / "g1" / "chroma.sqlite3"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


def test_without_the_deep_look_chroma_is_asked_only_where_its_files_differ(bench, monkeypatch):
    opened = []
    monkeypatch.setattr(VectorPlace, "open", lambda place, number: opened.append(number) or 1 / 0)
    assert look(bench)["vectors"].severity is Severity.OK
    assert opened == []
    in_chroma(bench, "UPDATE embeddings SET embedding_id = 'another' WHERE id = 1")
    with pytest.raises(ZeroDivisionError):
        look(bench)
    assert opened == [1]


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE max_seq_id",
        "UPDATE embeddings_queue SET seq_id = seq_id + 1",
        "UPDATE collections SET name = 'others'",
    ],
)
def test_a_file_of_chroma_that_tells_nothing_sure_is_not_believed(bench, statement):
    folder = bench.index / "chroma" / "g1"
    assert len(find_stored_ids(folder)) == 2
    in_chroma(bench, statement)
    assert find_stored_ids(folder) is None


def test_a_text_that_does_not_match_its_hash_is_found(bench):
    damage(bench, "UPDATE documents SET text_sha256 = 'x' WHERE path = 'orchard.md'")
    assert look(bench)["texts"].message == "The stored text is not what its hash says: orchard.md."
    damage(bench, "UPDATE documents SET text = x'0102' WHERE path = 'harbour.md'")
    assert "harbour.md, orchard.md" in look(bench)["texts"].message


def test_the_deep_look_proves_spans_and_vectors(bench):
    damage(bench, "UPDATE chunks SET span_start = span_start + 1 WHERE number = 1")
    damage(bench, "UPDATE vectors SET vector = zeroblob(256) WHERE rowid = 2")
    damage(bench, "UPDATE vectors SET vector = x'0000c07f' WHERE rowid = 1")
    found = look(bench, deep=True)
    assert found["spans"].message == "Chunks are not what their spans say: harbour.md."
    assert found["stored_vectors"].message == "1 stored vectors are not what they were."


def test_the_deep_look_compares_chroma_with_the_manifest(bench):
    damage(bench, "UPDATE vectors SET vector = zeroblob(256) WHERE rowid = 2")
    found = look(bench, deep=True)["chroma_vectors"]
    assert found.message == "1 vectors in Chroma are not what they were."


def test_a_lost_collection_is_a_warning_because_exact_search_answers(bench):
    shutil.rmtree(bench.index / "chroma")
    found = look(bench)["vectors"]
    assert found.severity is Severity.WARNING
    assert found.remedy == "Run `briefwell reindex`."


def test_generations_left_over_are_named(bench):
    (bench.index / "chroma" / "g7").mkdir()
    assert "g7 left over" in look(bench)["generations"].message


def test_a_server_that_is_set_and_has_no_vectors_is_a_warning(bench):
    found = look(bench, settings=Settings(chroma_url="http://127.0.0.1:9"))["vectors"]
    assert found.severity is Severity.WARNING
