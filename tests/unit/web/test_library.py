"""The list of documents, and questions made from titles and headings."""

from __future__ import annotations

from briefwell.types import Block, BlockKind, Document, Source, SourceInfo, Span
from briefwell.web.library import example_questions, listing, next_questions, welcome


def info(source: str, **changes: object) -> SourceInfo:
    fields = {"title": source, "media_type": "text/plain", "size": 1500}
    return SourceInfo(source=source, **(fields | changes))  # type: ignore[arg-type]


def document(source: str, title: str, *headings: str) -> Document:
    text, blocks = "", []
    for heading in headings:
        blocks.append(
            Block(
                kind=BlockKind.HEADING,
                span=Span(start=len(text), end=len(text) + len(heading)),
                level=2,
            )
        )
        text += heading + "\n\n"
    return Document(
        id=source,
        source=Source(path=source, media_type="text/plain", sha256="", size=1),
        title=title,
        text=text,
        blocks=tuple(blocks),
    )


def test_failed_sources_come_first_and_the_rest_by_date():
    made = listing(
        [
            info("old.txt", title="Old", date="2019"),
            info("new.pdf", title="New", date="2021-10-08", media_type="application/pdf", pages=3),
            info("bad.pdf", title="Bad", state="failed", reason="It is <locked>."),
        ]
    )
    assert made.index("Bad") < made.index("New") < made.index("Old")
    assert "It is &lt;locked&gt;." in made
    assert "2 documents, 1 could not be read" in made
    assert "8 October 2021" in made
    assert "3 pages" in made


def test_an_empty_list_says_what_to_do():
    assert "reindex" in listing([])
    assert "press <strong>Reindex</strong>" in welcome([], 0)


def test_questions_come_from_the_headings_the_newest_document_first():
    sources = [info("a", date="2020"), info("b", date="2021")]
    found = {
        "a": document("a", "Harbour", "Introduction", "Traffic in winter"),
        "b": document("b", "Orchard", "Frost damage", "Who pays?"),
    }
    assert example_questions(sources, found.get) == [
        "What does “Orchard” say about Frost damage?".replace("Frost", "frost"),
        "What does “Harbour” say about traffic in winter?",
        "Who pays?",
    ]


def test_a_document_without_telling_headings_still_gives_a_question():
    found = {"a": document("a", "Harbour", "Summary", "Harbour")}
    assert example_questions([info("a")], found.get) == ["What does “Harbour” say?"]


def test_failed_sources_give_no_questions():
    assert example_questions([info("a", state="failed")], {}.get) == []


def test_next_questions_come_from_passages_that_were_not_cited():
    def passage(heading: str) -> dict[str, object]:
        return {"source": "a", "title": "Harbour", "heading_path": ["Harbour", heading]}

    cited = {"source": "a", "heading_path": ["Harbour", "Works"]}
    answer = {
        "question": "?",
        "statements": [{"citations": [cited]}],
        "passages": [passage("Works"), passage("Winter traffic"), passage("Winter traffic")],
    }
    assert next_questions(answer) == ["What does “Harbour” say about winter traffic?"]
    assert next_questions({}) == []


def test_titles_are_only_text():
    made = listing([info("x", title="<script>alert(1)</script>")])
    assert "<script" not in made
    assert "<script" not in welcome(["<script>x</script>"], 1)
