"""Plain text: title, headings, lists, tables and cut sentences told by shape alone."""

from __future__ import annotations

import pytest

from briefwell.loaders import Limits
from briefwell.loaders.base import Lines
from briefwell.loaders.layout import group
from briefwell.loaders.plain import parse
from briefwell.text import sentence_spans
from briefwell.types import BlockKind

PROSE = "The council met on Monday and spoke for three hours about the fees of the port."


def blocks(text: str) -> list[tuple[str, int, str]]:
    found = parse(text.encode(), limits=Limits())
    return [(block.kind.value, block.level, block.span.cut(text)) for block in found.blocks]


def headings(text: str) -> list[str]:
    return [words for kind, _, words in blocks(text) if kind == "heading"]


@pytest.mark.parametrize(
    "line",
    [
        "Trade and Transport",
        "Costs",
        "KEY FINDINGS",
        "Trade: Growing, but Not for All",
        "How trade is changing",
        "What comes next",
        "2. Options",
        "IV. Outlook",
        "II. What has been tried",
    ],
)
def test_a_line_set_off_over_prose_is_a_heading(line: str):
    assert headings(f"{PROSE}\n\n{line}\n\n{PROSE}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Nobody was surprised.",
        "The port is closed",
        "and nobody knew why",
        "Dear Mr. Lind",
        "FROM: The Mayor",
        "4 May 2020",
        "Published: 4 May 2020",
        "It rained, and the whole town went home before the speeches had come to an end",
        "12 450 700",
        "Is that all?",
        "Source: Lena Berg, Port Papers, 2021.",
        "Figure 3: Ships and Boats",
        "Ships at the Northern Quay, Ellery. Lena Berg/Port Papers",
    ],
)
def test_other_lines_over_prose_are_not(line: str):
    assert headings(f"{PROSE}\n\n{line}\n\n{PROSE}") == []


@pytest.mark.parametrize("line", ["OPTIONS", "Main Findings"])
def test_a_short_paragraph_is_enough_under_a_plain_heading(line: str):
    assert headings(f"{PROSE}\n\n{line}\n\nAsk the Bank for a bridge.") == [line]


def test_a_line_over_a_list_is_a_heading():
    assert headings(f"{PROSE}\n\nMain buyers\n\n- Italy\n- Spain\n\n{PROSE}") == ["Main buyers"]


def test_questions_are_headings_among_their_like():
    text = f"{PROSE}\n\nHow does it work?\n\n{PROSE}\n\nWho pays for it?\n\n{PROSE}"
    assert headings(text) == ["How does it work?", "Who pays for it?"]
    assert headings(f"{PROSE}\n\nWhat Is at Stake?\n\n{PROSE}") == ["What Is at Stake?"]


def test_a_question_with_its_speaker_is_no_heading():
    text = f"{PROSE}\n\nQ: How low was it?\n\nA: {PROSE}\n\nQ: Who paid?\n\nA: {PROSE}"
    assert headings(text) == []


def test_short_lines_between_paragraphs_of_one_line_are_headings():
    long = f"{PROSE} {PROSE}"
    assert headings(f"{long}\n{long}\nThe new bet\n{long}\n{long}") == ["The new bet"]


def test_the_house_of_the_author_is_no_heading():
    text = f"Three Ports\n\nBy Ana Ruiz\nPort Papers Weekly\n\n{PROSE}"
    assert headings(text) == ["Three Ports"]
    text = f"Three Ports\n\nMinistry of Ports\nEllery, 4 May 2020\n\n{PROSE}"
    assert headings(text) == ["Three Ports"]


def test_a_signature_over_the_source_of_a_telegram_is_no_heading():
    assert headings(f"{PROSE}\n\nWilson\n\nSource: Archives, box 12. {PROSE}") == []


def test_a_note_mark_does_not_keep_a_sentence_open():
    text = f"{PROSE}\n\n{PROSE[:-1]}.[1]\n\nII. WHO FISHES\n\n{PROSE}"
    assert headings(text) == ["II. WHO FISHES"]


def test_a_last_line_over_nothing_is_no_heading():
    assert headings(f"{PROSE}\n\nResources") == []


def test_one_paragraph_a_line_with_headings_between():
    text = (
        "A Guide to the Ports, since 1776: Ellery\n\nSummary\n"
        f"{PROSE}\nRecognition\nOpening of the Port of Ellery, 1902.\n{PROSE}\n{PROSE}"
    )
    assert [(kind, level) for kind, level, _ in blocks(text)] == [
        ("heading", 1),
        ("heading", 2),
        ("paragraph", 0),
        ("heading", 2),
        ("heading", 3),
        ("paragraph", 0),
        ("paragraph", 0),
    ]


def test_a_short_sentence_with_a_stop_is_a_heading_only_among_its_like():
    alone = f"{PROSE}\nAgreed.\n{PROSE}"
    assert headings(alone) == []
    like = f"Opening of the Port, 1902.\n{PROSE}\nClosure of the Port, 1950.\n{PROSE}\n"
    assert "Summary." in headings(f"Title Line\n\n{like}Summary.\n{PROSE}")


def test_wrapped_lines_are_one_paragraph():
    text = (
        "The port authority proposes to raise the fees for large ships by three\n"
        "percent. Small boats are not touched. The council has asked for a paper\n"
        "on the effects, which we attach.\n"
    )
    assert [kind for kind, _, _ in blocks(text)] == ["paragraph"]


def test_a_biography_cut_by_blank_lines_is_one_paragraph_with_whole_sentences():
    text = (
        f"{PROSE}\n\n\n\u00a0\nMINISTER ANA RUIZ is a Senior Fellow in\n\n"
        "Residence at the School of Public Affairs and of the Institute. She was U.K.\n\n"
        "Minister of Ports from 2011-2015.\n"
    )
    kind, _, words = blocks(text)[-1]
    assert kind == "paragraph"
    sentences = [span.cut(words) for span in sentence_spans(words, is_one_block=True)]
    assert sentences[-1] == "She was U.K.\n\nMinister of Ports from 2011-2015."


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (PROSE, PROSE),
        ("He came to the U.S.", "The council met."),
        ("They sold apples, pears and plums:", "Prices rose in all the markets of the town."),
        ("It is told in the annals of the town (page 15)", "The council met again."),
    ],
)
def test_whole_paragraphs_are_not_joined(above: str, below: str):
    assert len(blocks(f"{PROSE}\n\n{above}\n\n{below}")) == 3


def test_a_title_that_holds_a_verb_is_a_title():
    text = f"Ports: what the city wants and what the region can pay\n\nDate: 2021-10-18\n\n{PROSE}"
    assert blocks(text)[0][:2] == ("heading", 1)


def test_lists_keep_their_wrapped_lines_and_levels():
    text = (
        "Three ways are open:\n\n- keep the fees\n  for a year\n  * for small boats\n"
        "1. raise them\n2. drop them\n"
    )
    assert blocks(text)[1:] == [
        ("list_item", 1, "- keep the fees\n  for a year"),
        ("list_item", 2, "* for small boats"),
        ("list_item", 1, "1. raise them"),
        ("list_item", 1, "2. drop them"),
    ]


def test_capital_letters_in_order_number_a_list():
    text = f"{PROSE}\n\nA. Do nothing.\nB. Ask the Bank.\n\nC. Sell the port.\n\n{PROSE}"
    assert [kind for kind, _, _ in blocks(text)][1:4] == ["list_item"] * 3
    names = f"{PROSE}\n\nA. Ruiz spoke first.\n\nD. Lind came next.\n\n{PROSE}"
    assert "list_item" not in [kind for kind, _, _ in blocks(names)]


def test_a_figure_at_a_line_start_inside_a_sentence_is_no_list():
    text = f"{PROSE}\nThe air of the hall holds much CO\n2. Plants take it up again. {PROSE}"
    assert "list_item" not in [kind for kind, _, _ in blocks(text)]


def test_rows_with_bars_or_tabs_are_a_table_with_its_header():
    for head in ("Year | Ships", "Port | 2019"):
        text = f"{head}\n2019 | 41\n2020 | 57\n"
        (block,) = parse(text.encode(), limits=Limits()).blocks
        assert block.kind is BlockKind.TABLE
        assert (block.header is not None) == (head == "Year | Ships")
    text = "Port\t2018\t2019\nEllery\t41\t57\n"
    (block,) = parse(text.encode(), limits=Limits()).blocks
    assert block.header is not None
    assert block.header.cut(text) == "Port\t2018\t2019"


def test_underlined_and_wiki_headings_carry_levels():
    text = f"Ports\n=====\n\n{PROSE}\n\nFees\n----\n{PROSE}\n\n = = = Boats = = = \n{PROSE}\n"
    found = [(level, words) for kind, level, words in blocks(text) if kind == "heading"]
    assert found == [(1, "Ports\n====="), (2, "Fees\n----"), (3, "= = = Boats = = =")]


@pytest.mark.parametrize("line", ["top of page", "Skip to main content", "Page 3 of 9", "* * *"])
def test_page_furniture_is_marked(line: str):
    assert ("furniture", 0, line) in blocks(f"{PROSE}\n\n{line}\n\n{PROSE}")


def test_a_cookie_notice_is_furniture_only_at_the_edge():
    notice = "We use cookies to improve your visit."
    assert blocks(f"{notice}\n\n{PROSE}")[0][0] == "furniture"
    middle = f"{PROSE}\n\n" * 5 + f"{notice}\n\n" + f"{PROSE}\n\n" * 5
    assert ("paragraph", 0, notice) in blocks(middle)


def test_a_byte_order_mark_stays_in_the_text_as_furniture_at_most():
    found = parse(b"\xef\xbb\xbf" + PROSE.encode(), limits=Limits())
    assert found.text == "\ufeff" + PROSE
    assert found.blocks[0].span.end == len(found.text)


def test_every_line_ending_is_a_line_ending():
    for mark in ("\n", "\r\n", "\r"):
        pieces = group(Lines(f"Costs{mark}{mark}{PROSE}"))
        assert len(pieces) == 2
