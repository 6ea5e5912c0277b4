"""The list of documents, the first page, and the questions it offers."""

from __future__ import annotations

from briefwell.types import SourceInfo
from briefwell.web.library import listing, offered, welcome


def info(source: str, **changes: object) -> SourceInfo:
    fields = {"title": source, "media_type": "text/plain", "size": 1500}
    return SourceInfo(source=source, **(fields | changes))  # type: ignore[arg-type]


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
    assert "press <strong>Reindex</strong>" in welcome(0)


def test_offered_questions_are_only_text():
    made = offered("You could ask", ["Who is <b>Ada</b>?"], name="example")
    assert "<b>" not in made
    assert "Who is &lt;b&gt;Ada&lt;/b&gt;?" in made
    assert offered("You could ask", [], name="example") == ""


def test_titles_are_only_text():
    made = listing([info("x", title="<script>alert(1)</script>")])
    assert "<script" not in made
