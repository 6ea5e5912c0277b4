"""What every loader promises, shown on one table of files and on real files where they are."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from briefwell.errors import LoadError, UnreadableDocument
from briefwell.loaders import Limits, document_id, load, media_type
from briefwell.types import BlockKind, Document
from data.vectors import VECTORS, Vector

SHARED = Path(__file__).resolve().parents[3] / "shared"
NAMES = [vector.file for vector in VECTORS]


@pytest.fixture(params=VECTORS, ids=NAMES, scope="module")
def vector(request: pytest.FixtureRequest) -> Vector:
    return request.param


@pytest.fixture(scope="module")
def document(vector: Vector) -> Document:
    return load(vector.path, source=f"papers/{vector.file}")


def texts(document: Document, *kinds: BlockKind) -> list[str]:
    return [block.span.cut(document.text) for block in document.blocks if block.kind in kinds]


def quotable(document: Document) -> list[str]:
    return texts(document, *(kind for kind in BlockKind if kind is not BlockKind.FURNITURE))


def test_what_the_file_is_called_and_who_wrote_it(vector: Vector, document: Document):
    assert document.title == vector.title
    assert document.metadata.author == vector.author
    assert document.metadata.date == vector.date
    assert document.metadata.language == "en"


def test_the_source_is_that_of_the_bytes(vector: Vector, document: Document):
    data = vector.path.read_bytes()
    assert document.source.sha256 == hashlib.sha256(data).hexdigest()
    assert document.source.size == len(data)
    assert document.source.path == f"papers/{vector.file}"
    assert document.source.media_type == media_type(vector.path)
    assert document.id == document_id(f"papers/{vector.file}")


def test_headings_come_with_their_levels(vector: Vector, document: Document):
    found = tuple(
        (block.level, block.span.cut(document.text))
        for block in document.blocks
        if block.kind is BlockKind.HEADING
    )
    assert found == vector.headings


def test_what_may_be_quoted_stands_in_one_block(vector: Vector, document: Document):
    blocks = quotable(document)
    assert [words for words in vector.quotable if not any(words in text for text in blocks)] == []


def test_furniture_is_kept_and_marked(vector: Vector, document: Document):
    marked = texts(document, BlockKind.FURNITURE)
    assert [words for words in vector.furniture if not any(words in text for text in marked)] == []
    for words in vector.furniture:
        assert not any(words in text for text in quotable(document))


def test_what_no_reader_sees_is_not_in_the_text(vector: Vector, document: Document):
    assert [words for words in vector.absent if words in document.text] == []


def test_blocks_cover_the_text_in_order(document: Document):
    end = 0
    for block in document.blocks:
        assert block.span.start >= end
        assert document.text[end : block.span.start].strip() == ""
        assert block.span.cut(document.text).strip() == block.span.cut(document.text) != ""
        end = block.span.end
    assert document.text[end:].strip() == ""


def test_a_header_is_the_start_of_its_table(document: Document):
    for block in document.blocks:
        if block.header is not None:
            assert block.kind is BlockKind.TABLE
            assert block.header.start == block.span.start
            assert block.span.is_containing(block.header)


def test_pages_follow_each_other(vector: Vector, document: Document):
    assert [page.number for page in document.pages] == list(range(1, vector.pages + 1))
    for before, after in zip(document.pages, document.pages[1:], strict=False):
        assert before.span.end == after.span.start
    if document.pages:
        assert document.pages[-1].span.end == len(document.text)


def test_the_same_bytes_give_the_same_document(vector: Vector, document: Document):
    assert load(vector.path, source=f"papers/{vector.file}") == document


@pytest.mark.parametrize("name", ["tram.txt", "water.md"])
def test_text_files_are_their_own_canonical_text(name: str):
    vector = next(item for item in VECTORS if item.file == name)
    with open(vector.path, encoding="utf-8", newline="") as stream:
        assert load(vector.path, source=name).text == stream.read()


@pytest.mark.parametrize("name", NAMES)
def test_a_small_limit_is_a_clear_refusal(name: str):
    vector = next(item for item in VECTORS if item.file == name)
    with pytest.raises(UnreadableDocument, match="Split it into smaller files") as caught:
        load(vector.path, source=name, limits=Limits(characters=50))
    assert caught.value.path == name
    with pytest.raises(UnreadableDocument, match="raise max_file_bytes"):
        load(vector.path, source=name, limits=Limits(file_bytes=20))


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".pdf", ".docx"])
@pytest.mark.parametrize("data", [b"", b" \n\n"], ids=["empty", "blank"])
def test_an_empty_file_says_so(tmp_path: Path, suffix: str, data: bytes):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    with pytest.raises(UnreadableDocument, match="put text into it"):
        load(path, source=path.name)


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html", ".txt", ".md"])
@pytest.mark.parametrize("origin", NAMES)
def test_any_content_under_any_name_loads_or_says_why(tmp_path: Path, suffix: str, origin: str):
    data = next(item for item in VECTORS if item.file == origin).path.read_bytes()
    path = tmp_path / f"a{suffix}"
    for cut in (data, data[: len(data) // 2], data[:40], data[::-1]):
        path.write_bytes(cut)
        loaded = _load_or_error(path)
        if isinstance(loaded, LoadError):
            assert loaded.problem.endswith(".")
            assert loaded.remedy.endswith(".")
        else:
            assert loaded.text.strip()


def _formats() -> list[dict]:
    listing = SHARED / "eval" / "formats" / "files.jsonl"
    if not listing.is_file():
        return []
    return [json.loads(line) for line in listing.read_text(encoding="utf-8").splitlines()]


def _load_or_error(path: Path) -> Document | LoadError:
    try:
        return load(path, source=path.name)
    except LoadError as error:
        return error


def test_real_files_give_their_words_or_a_reason(capsys: pytest.CaptureFixture[str]):
    if not _formats():
        pytest.skip("the shared set of real files is not on this machine")
    lines: list[str] = []
    for row in _formats():
        loaded = _load_or_error(SHARED / "eval" / "formats" / "files" / row["file"])
        if row["expect"] in ("no_text", "encrypted"):
            assert isinstance(loaded, UnreadableDocument), row["file"]
        if row["expect"] in ("text", "encrypted_empty_password"):
            assert isinstance(loaded, Document), (row["file"], str(loaded))
        reason = str(loaded) if isinstance(loaded, LoadError) else ""
        share = _word_share(row["file"], loaded) if isinstance(loaded, Document) else None
        assert share is None or share >= 0.97, (row["file"], share)
        shown = "-" if share is None else f"{share:.1%}"
        lines.append(f"{row['file']:28} {row['expect']:25} {shown:>7} {reason}")
    with capsys.disabled():
        print("\n" + "\n".join(lines))  # noqa: T201 - the table is what this test is read for


def _word_share(name: str, document: Document) -> float | None:
    listing = SHARED / "eval" / "formats" / "words" / f"{name}.txt"
    if not listing.is_file():
        return None
    wanted = set(listing.read_text(encoding="utf-8").split())
    text = document.text.lower()
    found = {
        *re.findall(r"[^\W\d_]{3,}", text),
        *re.findall(r"[^\W\d_]{3,}", text.replace("-\n", "")),
    }
    return len(wanted & found) / len(wanted)


def test_the_sample_article_is_read_as_a_person_reads_it():
    path = SHARED / "seed" / "docs" / "mexico-highest-us-priority.txt"
    if not path.is_file():
        pytest.skip("the shared sample article is not on this machine")
    document = load(path, source=path.name)
    assert document.title == "Mexico: Highest U.S. Priority in the Western Hemisphere"
    assert document.metadata.author == "Earl Anthony Wayne"
    assert document.metadata.date is None
    headings = [text.split(":")[0] for text in texts(document, BlockKind.HEADING)]
    assert headings == ["Mexico", "Migration", "Trade", "Public Security"]
    assert texts(document, BlockKind.FURNITURE) == ["top of page", "bottom of page"]
    biography = next(text for text in quotable(document) if "Distinguished" in text)
    assert "Ambassador to Mexico from" in biography


def test_every_document_of_a_real_corpus_loads_with_a_title_and_no_furniture():
    folder = SHARED / "eval" / "historian-docs" / "docs"
    if not folder.is_dir():
        pytest.skip("the shared corpus is not on this machine")
    paths = sorted(folder.glob("*.txt"))[::6]
    for path in paths:
        document = load(path, source=path.name)
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert document.title == first.strip()[:300]
        assert texts(document, BlockKind.FURNITURE) == []
        assert document.metadata.date is None
