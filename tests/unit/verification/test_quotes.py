"""What counts as a quote, and what does not."""

from __future__ import annotations

import pytest

from briefwell.types import MatchKind, ProposedQuote, Span
from briefwell.verification import cite, verify_quote

TEXT = """# Trade

The “port” of Ellery shipped 1,200 tons — of long-term wheat — in 2019.
~ Page 7 of Ellery
The port of Ellery was closed. The cost was $5 per ton, or 10² in all, for U.S. ofﬁces.
A co\u00adoperative port of Ellery runs it. It covers 1914–1918 and -3 %.
"""


@pytest.mark.parametrize(
    ("quote", "found", "match"),
    [
        ("The port of Ellery was closed.", "The port of Ellery was closed.", MatchKind.EXACT),
        ("The port of Ellery was closed", "The port of Ellery was closed", MatchKind.EXACT),
        ('The "port" of Ellery', "The “port” of Ellery", MatchKind.NORMALISED),
        ("tons - of", "tons — of", MatchKind.NORMALISED),
        (" was  closed ", "was closed", MatchKind.NORMALISED),
        ("U.S. offices", "U.S. ofﬁces", MatchKind.NORMALISED),
        ("A cooperative", "A co\u00adoperative", MatchKind.NORMALISED),
        ("closed. The cost", "closed. The cost", MatchKind.EXACT),
        ("in 2019.", "in 2019.", MatchKind.EXACT),
    ],
)
def test_found(make_document, quote: str, found: str, match: MatchKind) -> None:
    document = make_document(TEXT)
    citation = verify_quote(ProposedQuote(quote=quote, source="a.txt"), document, number=3)
    assert citation is not None
    assert (citation.quote, citation.match, citation.number) == (found, match, 3)
    assert citation.span.cut(document.text) == citation.quote
    assert citation.proposed == quote
    assert citation.pages == (1,)
    assert citation.heading_path == ("Trade",)
    assert citation.document_sha256 == document.source.sha256


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "  ",
        "—",
        "the port of Ellery was closed",
        "The port of Ellery is closed.",
        "Page 7 of Ellery",
        "2019. ~ Page 7",
        "in 2019. ~ Page 7 of Ellery The port",
        "ort of Ellery",
        "The port of Eller",
        "term wheat",
        "of long",
        "200 tons",
        "shipped 1,20",
        "5 per ton",
        "102 in all",
        "covers 1914",
        "and -3",
        "3 %",
        "1200 tons",
        "for U",
    ],
)
def test_not_found(make_document, quote: str) -> None:
    proposed = ProposedQuote(quote=quote, source="a.txt")
    assert verify_quote(proposed, make_document(TEXT), number=1) is None


def test_the_nearest_of_several_places_is_taken(make_document) -> None:
    document = make_document("A rise came. B fell.\nA rise came. C fell.\nA  rise came. D fell.\n")
    second = document.text.index("C fell")
    third = document.text.index("D fell")
    quote = "A rise came."
    for near, start in ((None, 0), (Span(start=second, end=second + 6), 21)):
        citation = verify_quote(
            ProposedQuote(quote=quote, source="a.txt", near=near), document, number=1
        )
        assert citation is not None
        assert citation.span.start == start
    near_third = ProposedQuote(quote=quote, source="a.txt", near=Span(start=third, end=third + 6))
    citation = verify_quote(near_third, document, number=1)
    assert citation is not None
    assert citation.quote == "A  rise came."
    assert citation.match is MatchKind.NORMALISED


def test_a_citation_of_other_words_cannot_be_made(make_document) -> None:
    with pytest.raises(ValueError, match="do not stand"):
        cite(make_document("One two."), Span(start=0, end=3), proposed="Two", number=1)
