"""Each shape of sentence, and the question it answers."""

from __future__ import annotations

import pytest

from briefwell.types import Block, BlockKind, Document, Source, Span
from briefwell.web.question_forms import offers


def document(*parts: str, title: str = "Notes") -> Document:
    """A document whose parts that begin with `# ` are headings and whose others are paragraphs."""
    text, blocks = "", []
    for part in parts:
        is_heading = part.startswith("# ")
        kind = BlockKind.HEADING if is_heading else BlockKind.PARAGRAPH
        span = Span(start=len(text), end=len(text) + len(part))
        blocks.append(Block(kind=kind, span=span, level=1 if is_heading else 0))
        text += part + "\n\n"
    source = Source(path="a.md", media_type="text/markdown", sha256="", size=1)
    return Document(id="a", source=source, title=title, text=text, blocks=tuple(blocks))


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "The harbour of Port Ellery was dredged in 2019.",
            "When was the harbour of Port Ellery dredged?",
        ),
        ("The Harbour Act took effect in May 1920.", "When did the Harbour Act take effect?"),
        (
            "The Harbour Act, approved on May 8, 1920, lists fees.",
            "When was the Harbour Act approved?",
        ),
        ("May 8, 1920. The Port Treaty is signed.", "When was the Port Treaty signed?"),
        ("May 8, 1920. Ellery recognizes Nessholm.", "When did Ellery recognize Nessholm?"),
        ("Some 310 ships called in 2020.", "How many ships called in 2020?"),
        ("More than 4 million crates left the port.", "How many crates left the port?"),
        (
            "The lamp of the tower was replaced by Otto Brandt.",
            "Who replaced the lamp of the tower?",
        ),
        ("Otto Brandt signed the Port Treaty in 1920.", "Who signed the Port Treaty?"),
        ("Otto Brandt, President of Ellery.", "Who is Otto Brandt?"),
        ("The Port Treaty replaced the Harbour Act.", "What replaced the Harbour Act?"),
        ("The Port Treaty (PT) is the law of the coast.", "What is the Port Treaty?"),
        ("The Port Treaty has three parts.", "What are the three parts of the Port Treaty?"),
        (
            "In 1920 the Ellery Company paid $10 million for the docks.",
            "How much did the Ellery Company pay for the docks?",
        ),
        (
            "Haitian migrants who came to the border | about 15,000 | 2021 | Wayne",
            "How many Haitian migrants came to the border?",
        ),
        ("Two goods come first: apples and fish.", "Which two goods come first?"),
    ],
)
def test_a_sentence_gives_the_question_it_answers(sentence, question):
    (offer,) = offers(document(sentence))
    assert offer.question == question
    assert offer.span.cut(sentence).startswith(sentence[:10])


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("# Why the harbour is closed", "Why is the harbour closed?"),
        ("# How the line was drawn", "How was the line drawn?"),
        ("# What the treaty covers", "What does the treaty cover?"),
        ("# The Port Treaty and its three parts", "What are the three parts of the Port Treaty?"),
    ],
)
def test_a_heading_gives_the_question_its_section_answers(heading, question):
    read = document(heading, "It is so.", "# Other", "Nothing.")
    (offer,) = offers(read)
    assert offer.question == question
    assert offer.span.cut(read.text).rstrip() == f"{heading}\n\nIt is so."


@pytest.mark.parametrize(
    "sentence",
    [
        "It was signed in 1920.",
        "Their Port Treaty was signed in 1920.",
        "The weather was fine on most days.",
        "The Port Treaty ended the war in 1920.",
        "Fog may close the entrance in November.",
        "",
    ],
)
def test_a_sentence_that_does_not_stand_alone_gives_none(sentence):
    assert offers(document(sentence)) == []


def test_only_what_is_inside_the_span_is_read():
    first, second = "Some 310 ships called in 2020.", "Some 12 crates were lost."
    read = document(first, second)
    (offer,) = offers(read, within=Span(start=len(first), end=len(read.text)))
    assert offer.question == "How many crates were lost?"
