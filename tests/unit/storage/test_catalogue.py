from __future__ import annotations

from contextlib import closing

import pytest

from briefwell.config import Settings
from briefwell.storage.catalogue import is_matching
from briefwell.storage.reader import IndexReader


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("a.md", "a.md"),
        ("a.md", "*.md"),
        ("land/a.md", "land/*"),
        ("land/deep/a.md", "land/**"),
        ("land/deep/a.md", "land/"),
        ("land/deep/a.md", "land"),
        ("odd[1].md", "odd[1].md"),
    ],
)
def test_patterns_that_match(path, pattern):
    assert is_matching(path, pattern)


@pytest.mark.parametrize(
    ("path", "pattern"),
    [("a.md", "b.md"), ("A.md", "a.md"), ("landing/a.md", "land"), ("a.md", ""), ("a.md", "/")],
)
def test_patterns_that_do_not(path, pattern):
    assert not is_matching(path, pattern)


@pytest.fixture
def reader(bench):
    for name, date in (("old.md", "2019-03-02"), ("year.md", "2020"), ("new.md", "2021-05")):
        bench.write(name, f"---\ndate: {date}\n---\n# Report\n\nSome words stand here.\n")
    bench.write("plain.txt", "words without any day in them\n")
    bench.reindex()
    opened = IndexReader.open(bench.index, settings=Settings())
    yield opened
    opened.close()


def _paths(reader, **limits):
    found = reader.document_ids(**limits)
    return sorted(reader.document(document_id).source.path for document_id in found)


def test_without_a_limit_there_is_none(reader):
    assert reader.document_ids() is None
    assert reader.document_ids(sources=[]) == set()


def test_a_pattern_that_is_the_path_of_a_document_names_only_that(bench):
    for name in ("a*.md", "a-b.md", "land/c.md", "land*/c.md"):
        bench.write(name, f"# Report\n\nSome words stand in {name}.\n")
    bench.reindex()
    with closing(IndexReader.open(bench.index, settings=Settings())) as reader:
        assert _paths(reader, sources=["a*.md"]) == ["a*.md"]
        assert _paths(reader, sources=["a*.md", "land"]) == ["a*.md", "land/c.md"]
        assert _paths(reader, sources=["a*md"]) == ["a*.md", "a-b.md"]


def test_dates_limit_and_partial_dates_count_where_they_may_fit(reader):
    assert _paths(reader, since="2020-06-01") == ["new.md", "year.md"]
    assert _paths(reader, until="2020-06-01") == ["old.md", "year.md"]
    assert _paths(reader, since="2021") == ["new.md"]
    assert _paths(reader, until="2019") == ["old.md"]
    assert _paths(reader, since="2020", until="2020", sources=["*.md"]) == ["year.md"]


def test_the_list_of_sources_tells_what_is_known(bench, reader):
    bench.write("broken.pdf", "no pdf at all")
    bench.reindex()
    reader.refresh()
    sources = {item.source: item for item in reader.sources()}
    assert list(sources) == ["broken.pdf", "new.md", "old.md", "plain.txt", "year.md"]
    assert sources["new.md"].title == "Report"
    assert sources["new.md"].date == "2021-05"
    assert sources["new.md"].chunks == 1
    assert sources["new.md"].state == "ready"
    assert sources["broken.pdf"].state == "failed"
    assert sources["broken.pdf"].reason
