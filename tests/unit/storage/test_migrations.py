from __future__ import annotations

from contextlib import closing

import pytest

from briefwell.config import Settings
from briefwell.errors import IndexMissing, ManifestTooNew
from briefwell.storage import connections, migrations
from briefwell.storage.manifest import Manifest
from briefwell.storage.reader import IndexReader


def test_a_new_manifest_has_every_step_once(tmp_path):
    with Manifest.open(tmp_path) as manifest:
        assert migrations.version(manifest.connection) == migrations.LATEST
        assert migrations.migrate(manifest.connection, tmp_path) == []
        rows = manifest.connection.execute("SELECT number, name FROM migrations").fetchall()
    assert [tuple(row) for row in rows] == [(1, "first"), (2, "links")]


def test_the_numbers_of_the_steps_have_no_gap():
    assert [number for number, _, _ in migrations.MIGRATIONS] == list(
        range(1, migrations.LATEST + 1)
    )


def test_a_step_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    number = migrations.LATEST + 1
    statements = ("CREATE TABLE half (x)", "NO SUCH THING")
    broken = (*migrations.MIGRATIONS, (number, "broken", statements))
    with Manifest.open(tmp_path):
        pass
    monkeypatch.setattr(migrations, "MIGRATIONS", broken)
    with pytest.raises(Exception, match="NO"):
        Manifest.open(tmp_path)
    with closing(connections.open_for_reading(tmp_path)) as connection:
        assert migrations.version(connection) == migrations.LATEST
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name='half'").fetchall()


def test_an_index_of_a_later_version_is_refused_everywhere(indexed):
    with Manifest.open(indexed.index) as manifest:
        manifest.connection.execute("INSERT INTO migrations VALUES (99, 'later', '2030')")
    with pytest.raises(ManifestTooNew, match="Update Briefwell"):
        IndexReader.open(indexed.index, settings=Settings())
    with pytest.raises(ManifestTooNew, match="form 99"):
        indexed.reindex()
    with pytest.raises(ManifestTooNew):
        indexed.reindex(dry_run=True)


def test_a_manifest_without_a_finished_run_counts_as_none(tmp_path):
    with Manifest.open(tmp_path):
        pass
    with pytest.raises(IndexMissing, match="briefwell reindex"):
        IndexReader.open(tmp_path, settings=Settings())
