"""The sample documents keep what they promise: size, formats, sources, dates, their own words."""

import importlib.util
import io
import re
import sys
import unicodedata
from pathlib import Path
from types import ModuleType

import docx
import lxml.html
import pypdfium2
import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "documents"
SHARED = ROOT.parent / "shared"
FORMATS = {".txt", ".md", ".html", ".pdf", ".docx"}
NAMES = (
    "border-management.pdf",
    "chronology.docx",
    "economic-dialogue-note.md",
    "figures.md",
    "high-level-economic-dialogue.md",
    "history-1822-1854.pdf",
    "history-1857-1950.docx",
    "migration.txt",
    "overview.md",
    "public-security.pdf",
    "security-note-october.txt",
    "security-note-september.txt",
    "supply-chains.html",
    "trade-and-usmca.html",
    "who-is-who.docx",
)

# The folder is the user's: whoever put their own documents there must still see green tests.
pytestmark = pytest.mark.skipif(
    not all((DOCUMENTS / name).is_file() for name in NAMES),
    reason="sample documents were taken out of documents/",
)

# Titles that have no other wording: they may be written in full.
TITLES = (
    "US-Mexico Bicentennial Framework for Security, Public Health and Safe Communities",
    "Promoting Sustainable Economic and Social Development in Southern Mexico and Central America",
    "Mexico: Highest U.S. Priority in the Western Hemisphere",
)
SAME_WORDS = 8


def text_of(name: str, content: bytes | None = None) -> str:
    """Return the words of one sample document, read without the program under test."""
    content = (DOCUMENTS / name).read_bytes() if content is None else content
    kind = Path(name).suffix
    if kind == ".pdf":
        pages = pypdfium2.PdfDocument(content)
        return "\n".join(page.get_textpage().get_text_range() for page in pages)
    if kind == ".docx":
        file = docx.Document(io.BytesIO(content))
        cells = (cell for table in file.tables for row in table.rows for cell in row.cells)
        return "\n".join(item.text for item in (*file.paragraphs, *cells))
    if kind == ".html":
        return str(lxml.html.fromstring(content).body.text_content())
    return content.decode("utf-8")


def words(text: str) -> list[str]:
    spaced = re.sub(r"[^\w.]", " ", text)
    folded = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", folded.lower().replace("u.s.", "us"))


def runs(text: str) -> set[tuple[str, ...]]:
    plain = " ".join(words(text))
    for title in TITLES:
        plain = plain.replace(" ".join(words(title)), "/")
    return {
        tuple(part[start : start + SAME_WORDS])
        for part in (piece.split() for piece in plain.split("/"))
        for start in range(len(part) - SAME_WORDS + 1)
    }


def load_build() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "samples_build", ROOT / "tests" / "samples" / "build.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return load_build().made_files()


def test_there_are_at_least_twelve_and_each_format_twice() -> None:
    kinds = [Path(name).suffix for name in NAMES]
    assert len(NAMES) >= 12
    assert {kind for kind in FORMATS if kinds.count(kind) >= 2} == FORMATS


@pytest.mark.parametrize("name", NAMES)
def test_length_is_that_of_a_brief(name: str) -> None:
    assert 400 <= len(text_of(name).split()) <= 1500


@pytest.mark.parametrize("name", NAMES)
def test_says_what_it_is_where_it_comes_from_and_when(name: str) -> None:
    text = " ".join(text_of(name).split())
    assert "This is a sample document that comes with Briefwell." in text
    assert "put your own files there" in text
    assert "briefwell reindex" in text
    assert re.search(r"Sources?: (Earl Anthony Wayne|Office of the Historian)", text)
    assert stated_date(name).startswith("2021-")


def stated_date(name: str) -> str:
    """Return the date in the place where its format keeps one."""
    path = DOCUMENTS / name
    if path.suffix == ".pdf":
        stamp = pypdfium2.PdfDocument(path).get_metadata_dict()["CreationDate"]
        return f"{stamp[2:6]}-{stamp[6:8]}-{stamp[8:10]}"
    if path.suffix == ".docx":
        created = docx.Document(str(path)).core_properties.created
        assert created is not None
        return created.date().isoformat()
    pattern = {
        ".md": r"^date: (\d{4}-\d\d-\d\d)$",
        ".txt": r"^Date: (\d{4}-\d\d-\d\d)$",
        ".html": r'<meta name="date" content="(\d{4}-\d\d-\d\d)">',
    }[path.suffix]
    found = re.search(pattern, path.read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    return found[1]


def test_the_later_notes_are_later() -> None:
    assert stated_date("security-note-september.txt") < stated_date("security-note-october.txt")
    assert stated_date("economic-dialogue-note.md") < stated_date("high-level-economic-dialogue.md")


def test_made_files_are_what_the_script_makes(made: dict[str, bytes]) -> None:
    stale = [name for name, content in made.items() if text_of(name) != text_of(name, content)]
    assert not stale, f"run python tests/samples/build.py: {stale}"
    assert set(made) == {name for name in NAMES if name.endswith((".pdf", ".docx"))}


def test_the_script_gives_the_same_bytes_twice(made: dict[str, bytes]) -> None:
    assert load_build().made_files() == made


def test_no_sentence_is_copied_from_a_source() -> None:
    if not SHARED.is_dir():
        pytest.skip("the source texts are not beside the checkout")
    sources = [
        *SHARED.glob("seed/docs/*.txt"),
        *SHARED.glob("eval/historian-docs/docs/country_*.txt"),
        *SHARED.glob("eval/historian-docs/docs/milestone_*.txt"),
    ]
    known = {run for path in sources for run in runs(path.read_text(encoding="utf-8"))}
    copied = {
        name: [" ".join(run) for run in runs(text_of(name)) if run in known] for name in NAMES
    }
    assert {name: found for name, found in copied.items() if found} == {}
