"""What must hold for every citation and every verdict: planted quotes are found, others not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefwell.text import normalise
from briefwell.types import (
    Block,
    BlockKind,
    Document,
    MatchKind,
    Proposal,
    ProposedQuote,
    Source,
    Span,
    Verdict,
)
from briefwell.verification import judge, verify_quote

_WORDS = st.sampled_from(
    """Mexico signed the pact in 2001 and ofﬁcials co\u00adoperate “well” — may not 1,200
    tons""".split()
)
_GAPS = st.sampled_from([" ", "  ", "\n", " \n ", "\u00a0"])
SENTENCES = st.lists(st.tuples(_WORDS, _GAPS), min_size=2, max_size=12).map(
    lambda parts: "Peru " + "".join(word + gap for word, gap in parts).strip() + "."
)
_LOOSE = str.maketrans({"“": '"', "”": '"', "—": "-", "\u00ad": None, "\u00a0": " ", "ﬁ": "fi"})


def _document(lines: list[str], furniture: int | None = None) -> Document:
    blocks = []
    text = ""
    for index, line in enumerate(lines):
        kind = BlockKind.FURNITURE if index == furniture else BlockKind.PARAGRAPH
        span = Span(start=len(text), end=len(text) + len(line))
        blocks.append(Block(kind=kind, span=span))
        text += f"{line}\n\n"
    source = Source(path="a.txt", media_type="text/plain", sha256="0", size=len(text))
    return Document(id="a", source=source, title="T", text=text, blocks=tuple(blocks))


@given(st.lists(SENTENCES, min_size=1, max_size=4), st.data())
def test_a_planted_quote_is_found_exactly(lines: list[str], data: st.DataObject) -> None:
    document = _document(lines)
    block = data.draw(st.sampled_from(document.blocks))
    wanted = block.span.cut(document.text)
    quote = ProposedQuote(quote=wanted, source="a.txt", near=block.span)
    found = verify_quote(quote, document, number=1)
    assert found is not None
    assert found.match is MatchKind.EXACT
    assert found.span.cut(document.text) == found.quote == wanted


@given(st.lists(SENTENCES, min_size=1, max_size=4), st.data())
def test_a_loosely_copied_quote_is_found_and_equal(lines: list[str], data: st.DataObject) -> None:
    document = _document(lines)
    block = data.draw(st.sampled_from(document.blocks))
    wanted = " ".join(block.span.cut(document.text).translate(_LOOSE).split())
    found = verify_quote(ProposedQuote(quote=wanted, source="a.txt"), document, number=1)
    assert found is not None
    assert found.span.cut(document.text) == found.quote
    assert normalise(found.quote) == normalise(wanted)
    assert (found.match is MatchKind.EXACT) == (found.quote == wanted)


@given(st.text(max_size=30), st.lists(SENTENCES, min_size=1, max_size=3))
def test_whatever_is_found_is_there(wanted: str, lines: list[str]) -> None:
    document = _document(lines)
    found = verify_quote(ProposedQuote(quote=wanted, source="a.txt"), document, number=1)
    if found is not None:
        assert found.span.cut(document.text) == found.quote
        assert normalise(found.quote) == normalise(wanted)


@given(st.lists(SENTENCES, min_size=2, max_size=4), st.data())
def test_furniture_is_never_touched(lines: list[str], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(lines) - 1))
    document = _document(lines, furniture=index)
    span = document.blocks[index].span
    quote = ProposedQuote(quote=span.cut(document.text), source="a.txt", near=span)
    found = verify_quote(quote, document, number=1)
    assert found is None or not found.span.is_overlapping(span)


@given(SENTENCES)
def test_a_whole_sentence_is_quoted(line: str) -> None:
    document = _document([line])
    quote = ProposedQuote(quote=line, source="a.txt")
    found = judge(Proposal(text=line, quotes=(quote,)), {"a.txt": document})
    assert found.verdict is Verdict.QUOTED


@given(st.text(max_size=60), SENTENCES)
def test_a_verdict_is_shown_with_citations_or_rejected_with_a_reason(text: str, line: str) -> None:
    document = _document([line])
    quote = ProposedQuote(quote=line, source="a.txt")
    found = judge(Proposal(text=text, quotes=(quote,)), {"a.txt": document})
    assert bool(found.citations) == found.verdict.is_shown
    assert bool(found.reason) != found.verdict.is_shown
