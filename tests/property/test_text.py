"""What must hold for every text: maps lead back, sentences lose nothing."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from briefwell.text import normalise, normalise_with_map, sentence_spans, words
from briefwell.types import Span

_WORDS = ["a", "B", "word", "Next", "é", "e\u0301", "ﬁ", "½", "1", "3.5", "U.S.", "No. ", "[3]"]
_SPACES = [" ", "  ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u2029"]
_MARKS = ["-", "-\n", "\u00ad", ".", "! ", "…", "“", "”", "’", "—", "(", ")", "''", "``", "¿", "。"]
_JOINING = ["\u0301", "\u0308", "\u1112", "\u1161", "\u11ab"]
_PIECES = st.sampled_from([*_WORDS, *_SPACES, *_MARKS, *_JOINING])
TEXTS = st.lists(_PIECES, max_size=25).map("".join) | st.text(max_size=40)


@given(TEXTS)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(TEXTS)
def test_the_map_is_ordered_and_within_the_text(text: str) -> None:
    folded = normalise_with_map(text)
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert list(folded.starts) == sorted(folded.starts)
    assert list(folded.ends) == sorted(folded.ends)
    pairs = zip(folded.starts, folded.ends, strict=True)
    assert all(0 <= start < end <= len(text) for start, end in pairs)


@given(TEXTS)
def test_a_run_of_letters_and_spaces_maps_to_itself(text: str) -> None:
    marked = f"{text}\nPlanted words\n{text}"
    folded = normalise_with_map(marked)
    at = folded.text.index("Planted words")
    assert folded.original(Span(start=at, end=at + 13)).cut(marked) == "Planted words"


@given(TEXTS)
def test_sentences_cover_all_but_white_space(text: str) -> None:
    spans = sentence_spans(text)
    at = 0
    for span in spans:
        assert span.start < span.end
        assert not text[at : span.start].strip()
        assert span.cut(text) == span.cut(text).strip()
        at = span.end
    assert not text[at:].strip()


@given(TEXTS, st.integers(0, 20), st.integers(0, 20))
def test_sentences_of_a_part_stay_in_it(text: str, start: int, length: int) -> None:
    low = min(start, len(text))
    part = Span(start=low, end=min(low + length, len(text)))
    spans = sentence_spans(text, part)
    assert all(part.is_containing(span) for span in spans)
    assert "".join("".join(s.cut(text).split()) for s in spans) == "".join(part.cut(text).split())


@given(TEXTS)
def test_words_are_slices_in_order(text: str) -> None:
    found = words(text)
    assert all(word.span.cut(text) == word.text for word in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
