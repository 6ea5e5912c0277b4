"""Markdown: blocks of the file's own lines, hidden parts set apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefwell.loaders import Limits, load
from briefwell.loaders.markdown import parse
from briefwell.types import BlockKind

LONG = "The council met on Monday and spoke for three hours about the fees of the port. " * 3


def blocks(text: str) -> list[tuple[str, int, str]]:
    found = parse(text.encode(), limits=Limits())
    assert found.text == text
    return [(block.kind.value, block.level, block.span.cut(text)) for block in found.blocks]


def test_headings_of_both_kinds():
    assert blocks("# One #\n\nTwo\n---\n\n###### Six\n") == [
        ("heading", 1, "# One #"),
        ("heading", 2, "Two\n---"),
        ("heading", 6, "###### Six"),
    ]


def test_a_bold_line_alone_is_a_heading_and_a_bold_sentence_is_not():
    assert blocks("**Costs**\n\nText here.")[0] == ("heading", 4, "**Costs**")
    assert blocks("**Costs rise.**\n\nText here.")[0][0] == "paragraph"
    assert blocks("Some text.\n\n**Costs** rise\n\nText here.")[1][0] == "paragraph"


def test_a_table_with_bars_has_a_header_and_one_without_rules_too():
    text = "| A | B |\n|---|---|\n| x | 1 |\n"
    (table,) = parse(text.encode(), limits=Limits()).blocks
    assert table.header is not None
    assert table.header.cut(text) == "| A | B |\n|---|---|"
    bare = "sum of | 2019 | 2018 items\nships | 41 | 40\nboats | 7 | 9\n"
    assert [kind for kind, _, _ in blocks(bare)] == ["table"]


def test_lists_nest_and_keep_their_marks():
    assert blocks("- one\n  more\n  - two\n\n    still two\n\n3. three\n") == [
        ("list_item", 1, "- one\n  more"),
        ("list_item", 2, "- two"),
        ("list_item", 2, "still two"),
        ("list_item", 1, "3. three"),
    ]


def test_code_is_code():
    assert blocks("```py\nx = 1\n```\n\n    y = 2\n") == [
        ("code", 0, "```py\nx = 1\n```"),
        ("code", 0, "y = 2"),
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<!-- secret -->",
        '<span style="display: none">secret</span>',
        "<b hidden>secret</b>",
        "<script>secret()</script>",
    ],
)
def test_what_a_page_would_not_show_is_furniture(hidden: str):
    assert blocks(f"Before it. {hidden} After it.") == [
        ("paragraph", 0, "Before it."),
        ("furniture", 0, hidden),
        ("paragraph", 0, "After it."),
    ]
    assert blocks(f"Before it.\n\n{hidden}\n")[1][0] == "furniture"


@pytest.mark.parametrize("line", ["![a picture of ships](x.png)", "[a]: http://x.org", "***"])
def test_what_has_no_words_to_quote_is_furniture(line: str):
    assert blocks(f"Text.\n\n{line}\n") == [("paragraph", 0, "Text."), ("furniture", 0, line)]


def test_code_with_a_comment_in_it_stays_whole():
    assert blocks("```html\n<!-- a -->\n```\n") == [("code", 0, "```html\n<!-- a -->\n```")]


def test_long_lines_are_paragraphs_of_their_own_and_wrapped_ones_are_not():
    assert len(blocks(f"{LONG}\n{LONG}\n")) == 2
    assert len(blocks("One line\nand the next.\n")) == 1


def test_wiki_headings_part_the_lines_around_them():
    text = f" = Ports = \n {LONG}\n = = Fees = = \n {LONG}\n"
    assert [(kind, level) for kind, level, _ in blocks(text)] == [
        ("heading", 1),
        ("paragraph", 0),
        ("heading", 2),
        ("paragraph", 0),
    ]


def test_toml_front_matter_is_read_and_marked():
    found = parse(b'+++\ntitle = "Ports"\ndate = 2020-05-03\n+++\n\nText.', limits=Limits())
    assert found.title is not None
    assert found.date is not None
    assert (found.title.value, found.date.value) == ("Ports", "2020-05-03")
    assert found.blocks[0].kind.value == "furniture"


def test_what_stands_around_a_copied_page_is_furniture(tmp_path: Path):
    text = (
        "[Skip to content](#main)\n\n- [Home](/)\n- [Research](/r)\n- [Events](/e)\n\n"
        "# Three Ports\n\n*By [Ana Ruiz](/people/ruiz)* | *June 2, 2022*\n\n"
        "The port took in less last year than the town had spent on its three quays.\n\n"
        "### Read next\n\n[The Old Canal](/c)\n\nShare: [Twitter](x) [Facebook](y)\n"
    )
    path = tmp_path / "ports.md"
    path.write_text(text, encoding="utf-8")
    document = load(path, source="ports.md")
    kept = [b.span.cut(text) for b in document.blocks if b.kind is not BlockKind.FURNITURE]
    assert [words.split("\n")[0][:13] for words in kept] == [
        "# Three Ports",
        "*By [Ana Ruiz",
        "The port took",
    ]
    assert (document.metadata.author, document.metadata.date) == ("Ana Ruiz", "2022-06-02")
