"""Exports: numbered notes, nothing of the words taken for markup, reports without documents."""

from __future__ import annotations

import json
from typing import Any

from briefwell.web.exporting import as_html, as_markdown, as_text, problem_report
from briefwell.web.views import TurnState, TurnView


def citation(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "number": number,
        "source": "a.md",
        "title": "Harbour *report*",
        "quote": "Some 310 ships\ncalled.",
        "proposed": "Some 310 ships called.",
        "heading_path": ["Traffic"],
        "pages": [2],
        "span": {"start": 1, "end": 9},
        "document_sha256": "ab",
    } | changes


def view(**changes: Any) -> TurnView:
    answer = {
        "question": "How many <ships>?",
        "text": "Some 310 ships called. [1]",
        "statements": [
            {"text": "Some 310 ships called.", "verdict": "quoted", "citations": [citation(1)]}
        ],
        "rejected": [{"text": "A million ships.", "verdict": "not_found", "reason": "No."}],
        "passages": [{"source": "a.md", "date": "2020-12-01", "text": "words"}],
        "as_of": "2020-12-01",
        "model": None,
    }
    return TurnView(**({"number": 1, "question": "How many <ships>?", "answer": answer} | changes))


def test_markdown():
    assert as_markdown("t", [view()]) == (
        "## How many \\<ships\\>?\n\n"
        "Some 310 ships called. [1]\n\n"
        "*As of 1 December 2020. Evidence answer.*\n\n"
        "[1] Harbour \\*report\\*, 1 December 2020, Traffic, page 2, a.md  \n"
        "> Some 310 ships called.\n"
    )


def test_html_links_marker_and_note_and_escapes():
    made = as_html("How many <ships>?", [view()])
    assert '<sup><a href="#note-1-1">[1]</a></sup>' in made
    assert '<li value="1" id="note-1-1">' in made
    assert "<ships>" not in made


def test_plain_text():
    assert as_text(view()) == (
        "Some 310 ships called. [1]\n\nAs of 1 December 2020. Evidence answer.\n\n"
        "[1] Harbour *report*, 1 December 2020, Traffic, page 2, a.md: “Some 310 ships called.”\n"
    )


def test_what_was_rejected_is_never_exported():
    for made in (as_markdown("t", [view()]), as_html("t", [view()]), as_text(view())):
        assert "million" not in made


def test_a_changed_source_is_told_in_the_note():
    made = as_markdown("t", [view(sources_now={1: "removed"})])
    assert "Source removed since." in made


def test_a_failed_turn_is_told():
    failed = view(answer={}, state=TurnState.FAILED, problem="No index.", remedy="Reindex.")
    assert "No index. Reindex." in as_markdown("t", [failed])


def test_a_report_holds_no_words_of_documents():
    made = problem_report(view(), settings={"k": "8"}, checks=[], find=None)
    report = json.loads(made)
    assert report["question"] == "How many <ships>?"
    assert report["settings"] == {"k": "8"}
    for words in ("310", "Harbour", "Traffic", "words", "million", "a.md"):
        assert words not in made
    assert report["answer"]["statements"][0]["citations"][0]["span"] == {"start": 1, "end": 9}
