"""Normalisation with its way back, sentence spans, words."""

from __future__ import annotations

import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest

from briefwell.text import content_stems, normalise, normalise_with_map, sentence_spans, stem, words
from briefwell.types import Span


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("plain words", "plain words"),
        ("  two \t\n spaces  ", "two spaces"),
        ("no\u00a0break", "no break"),
        ("co\u00adoperate", "cooperate"),
        ("co-\noperate", "cooperate"),
        ("co-  \r\n  operate", "cooperate"),
        ("co\u00ad\noperate", "cooperate"),
        ("1990-\n1991", "1990- 1991"),
        ("North-\nSouth", "North- South"),
        ("a - b", "a - b"),
        ("ofﬁce", "office"),
        ("ﬂow", "flow"),
        ("ＡＢＣ", "ABC"),
        ("e\u0301tat", "état"),
        ("“so” ‘it’ is", "\"so\" 'it' is"),
        ("a–b—c−d", "a-b-c-d"),
        ("wait…", "wait..."),
        ("\u1112\u1161\u11ab", "\ud55c"),
        ("Case Counts", "Case Counts"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_what_is_folded(text: str, folded: str) -> None:
    assert normalise(text) == folded


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Mexico", "mexico"),
        ("resume", "résumé"),
        ("10,000", "10000"),
        ("it is", "it's"),
        ("end.", "end"),
        ("5′", "5'"),
        ("«a»", '"a"'),
    ],
)
def test_nothing_else_is_folded(left: str, right: str) -> None:
    assert normalise(left) != normalise(right)


def test_the_map_leads_back() -> None:
    text = "The “ofﬁce”  co-\noperates — now"
    folded = normalise_with_map(text)
    assert folded.text == 'The "office" cooperates - now'
    at = folded.text.index("cooperates")
    assert folded.original(Span(start=at, end=at + 10)).cut(text) == "co-\noperates"
    at = folded.text.index("office")
    assert folded.original(Span(start=at, end=at + 6)).cut(text) == "ofﬁce"
    at = folded.text.index("- now")
    assert folded.original(Span(start=at - 1, end=at + 5)).cut(text) == " — now"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He is in the U.S. The plan.", ["He is in the U.S.", "The plan."]),
        ("The U.S. Government said so.", ["The U.S. Government said so."]),
        ("J. R. Smith paid 3.5 percent.", ["J. R. Smith paid 3.5 percent."]),
        ("See No. 5. He said no. Then left.", ["See No. 5.", "He said no.", "Then left."]),
        ('He said "yes." Then he left.', ['He said "yes."', "Then he left."]),
        ("(It was late.) He came.", ["(It was late.)", "He came."]),
        ("Wait... He came.", ["Wait...", "He came."]),
        ("He came ... and left.", ["He came ... and left."]),
        ("1. Oil is up. 2. Gas is down.", ["1. Oil is up.", "2. Gas is down."]),
        ("It was kept . The other fell .", ["It was kept .", "The other fell ."]),
        ("It is `` good . '' He left .", ["It is `` good . ''", "He left ."]),
        ("( See it . ) Then .", ["( See it . )", "Then ."]),
        ("¿Qué pasa? ¡No! Él vino.", ["¿Qué pasa?", "¡No!", "Él vino."]),
        ("That was the end.Next we went.", ["That was the end.", "Next we went."]),
        ("Use Node.js or example.com now.", ["Use Node.js or example.com now."]),
        ("It held.[12] Then it fell.", ["It held.[12]", "Then it fell."]),
        ("It held the policy.12 The rest fell.", ["It held the policy.12", "The rest fell."]),
        ("World War I. The war.", ["World War I.", "The war."]),
        ("Mr. Smith of Acme Inc. said so.", ["Mr. Smith of Acme Inc. said so."]),
        ("He owns Acme Inc. The firm fell.", ["He owns Acme Inc.", "The firm fell."]),
        ("On Sept. 11 he sat. The sun rose.", ["On Sept. 11 he sat.", "The sun rose."]),
        ("Gen. Lee et al. fought.", ["Gen. Lee et al. fought."]),
        ("DR. LEILA HADDAD won. She left.", ["DR. LEILA HADDAD won.", "She left."]),
        ("a) one; b) two; c) three.", ["a) one; b) two; c) three."]),
        ("One line\nruns on. Two.", ["One line\nruns on.", "Two."]),
        ("A heading\n\nThe text", ["A heading", "The text"]),
        ("It goes\n\non here", ["It goes\n\non here"]),
        ("It ends.\n\non here", ["It ends.", "on here"]),
        ("第一。第二。", ["第一。", "第二。"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [span.cut(text) for span in sentence_spans(text)] == sentences


def test_sentences_of_a_part() -> None:
    text = "One. Two. Three."
    assert sentence_spans(text, Span(start=5, end=9)) == [Span(start=5, end=9)]


def test_words_and_stems() -> None:
    found = words("Mexico’s U.S. ties: 1,200 résumés, 30%")
    assert [word.text for word in found] == ["Mexico’s", "U.S.", "ties", "1,200", "résumés", "30%"]
    assert [word.stem for word in found] == ["mexico", "us", "tie", "1,200", "resum", "30%"]
    assert stem("Policies") == stem("policy")


def test_content_stems_keep_negation() -> None:
    assert content_stems("The trade did not fall") == ["trade", "not", "fall"]


def test_threads_do_not_spoil_each_others_stems() -> None:
    endings = ("ational", "fulness", "iveness", "ization", "ousli", "biliti", "ement", "ing")
    asked = [
        f"{chr(97 + a)}{chr(97 + b)}r{end}" for a in range(26) for b in range(9) for end in endings
    ]
    expected = list(map(stem.__wrapped__, asked))
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda _: list(map(stem.__wrapped__, asked)), range(4)))
    finally:
        sys.setswitchinterval(interval)
    assert found == [expected] * 4


@pytest.mark.parametrize(
    "text", ["Überblick über die Côte d’Ivoire", "naïve résumés", "Việt Nam’s"]
)
def test_accents_may_stand_apart_from_their_letters(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert apart != text
    assert [word.stem for word in words(apart)] == [word.stem for word in words(text)]
    assert all(word.span.cut(apart) == word.text for word in words(apart))
