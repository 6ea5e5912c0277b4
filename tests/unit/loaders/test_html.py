"""Web pages: what a browser would show, and nothing from anywhere else."""

from __future__ import annotations

import pytest

from briefwell.errors import UnreadableDocument
from briefwell.loaders import Limits
from briefwell.loaders.base import Parsed
from briefwell.loaders.html import parse

PROSE = "The council met on Monday and spoke for three hours about the fees of the port. " * 2


def page(body: str) -> Parsed:
    return parse(f"<html><body>{body}</body></html>".encode(), limits=Limits())


def blocks(body: str) -> list[tuple[str, int, str]]:
    found = page(body)
    return [(block.kind.value, block.level, block.span.cut(found.text)) for block in found.blocks]


def test_inline_marks_do_not_part_words_and_breaks_part_lines():
    assert page("<p>CO<sub>2</sub> and <i>ships</i>.<br>New  \n line</p>").text == (
        "CO2 and ships.\nNew line"
    )
    assert len(blocks("one<br>two<br><br>three")) == 2


def test_headings_lists_and_code():
    assert blocks("<h3>A</h3><ul><li>b<ol><li>c</li></ol></li></ul><pre>d\n  e</pre>") == [
        ("heading", 3, "A"),
        ("list_item", 1, "b"),
        ("list_item", 2, "c"),
        ("code", 0, "d\n  e"),
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>secret</p>",
        '<p aria-hidden="true">secret</p>',
        '<div style="display:none"><p>secret</p></div>',
        '<p style="visibility: hidden">secret</p>',
        '<p style="font-size:0px">secret</p>',
        '<p style="opacity:0">secret</p>',
        '<p style="color:#fff">secret</p>',
        '<p style="color: white; background: #ffffff">secret</p>',
        "<style>#x{display:none}</style><p id=x>secret</p>",
        "<style>.y, .z { display : none }</style><p class='a z'>secret</p>",
        "<script>secret</script><noscript>secret</noscript><template>secret</template>",
        "<svg><text>secret</text></svg><iframe>secret</iframe>",
        "<!-- secret --><p><img alt=secret title=secret></p><p><del>secret</del></p>",
        "<textarea>secret</textarea><select><option>secret</select>",
    ],
)
def test_what_is_not_shown_is_not_there(hidden: str):
    assert page(f"<p>Before.</p>{hidden}<p>After.</p>").text == "Before.\n\nAfter."


@pytest.mark.parametrize(
    "shown",
    [
        '<p style="opacity:0.5">kept</p>',
        '<p style="color:white;background:black">kept</p>',
        '<div style="background:#000"><p style="color:white">kept</p></div>',
        "<style>@media print{.x{display:none}}</style><p class=x>kept</p>",
        "<details><summary>kept</summary></details>",
    ],
)
def test_what_is_shown_is_kept(shown: str):
    assert "kept" in page(shown).text


@pytest.mark.parametrize(
    "chrome",
    [
        "<nav>Home</nav>",
        '<div role="navigation">Home</div>',
        '<div class="site-menu">Home</div>',
        '<ul id="breadcrumbs"><li>Home</li></ul>',
        "<footer>Home</footer>",
        "<header>Home</header>",
        "<aside>Home</aside>",
        "<p>Skip to main content</p>",
        "<p>top of page</p>",
    ],
)
def test_chrome_is_furniture(chrome: str):
    assert blocks(f"{chrome}<main><p>{PROSE}</p></main>")[0][0] == "furniture"


def test_a_title_in_the_header_is_no_furniture():
    found = blocks(f"<header><p>Site</p><h1>Port Fees</h1></header><main><p>{PROSE}</p></main>")
    assert [kind for kind, _, _ in found] == ["furniture", "heading", "paragraph"]


def test_a_wrapper_named_like_a_menu_is_no_furniture():
    found = blocks(
        f'<div class="has-sidebar nav-open"><div class="menu-page"><p>{PROSE}</p></div></div>'
    )
    assert [kind for kind, _, _ in found] == ["paragraph"]


def test_links_above_the_prose_are_a_menu_and_links_within_it_are_not():
    links = "".join(f"<li><a href=/{n}>Topic {n}</a></li>" for n in range(4))
    found = blocks(f"<ul>{links}</ul><p>{PROSE}</p><ul>{links}</ul><p>{PROSE}</p>")
    assert [kind for kind, _, _ in found] == [
        *["furniture"] * 4,
        "paragraph",
        *["list_item"] * 4,
        "paragraph",
    ]


def test_a_table_row_carries_its_headings():
    text = page(
        "<table><thead><tr><th>Port<th>2019<th>2020</thead>"
        "<tr><td>Ellery<td>41<td>57<tr><td>North<td>7<td></table>"
    ).text
    assert text == "Port | 2019 | 2020\nEllery — 2019: 41; 2020: 57\nNorth — 2019: 7"


def test_a_table_for_layout_is_read_as_text():
    found = blocks(f"<table><tr><td>{PROSE}<br><br>{PROSE}</td><td><p>Side</p></td></tr></table>")
    assert [kind for kind, _, _ in found] == ["paragraph", "paragraph", "paragraph"]


def test_nothing_outside_is_read_and_no_entity_grows():
    bomb = "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 30))
    data = (
        f'<!DOCTYPE html [<!ENTITY a0 "x">{bomb}<!ENTITY f SYSTEM "file:///etc/hosts">]>'
        "<p>&a29; &f; &amp; end</p>"
    )
    text = parse(data.encode(), limits=Limits()).text
    assert "localhost" not in text
    assert len(text) < 200


def test_a_page_nested_too_deeply_is_refused():
    with pytest.raises(UnreadableDocument, match="simplified copy"):
        page("<div>" * 100_000 + "x")
    assert page("<div>" * 1_500 + "deep").text == "deep"


def test_encodings_are_believed_when_the_bytes_agree():
    latin = b'<meta charset="iso-8859-1"><p>caf\xe9</p>'
    assert parse(latin, limits=Limits()).text == "café"
    assert parse("\ufeff<p>café".encode(), limits=Limits()).text == "café"
    assert parse("<p>café".encode("utf-16"), limits=Limits()).text == "café"


def test_linked_data_names_author_and_date():
    found = page(
        '<script type="application/ld+json">{"@graph": [{"author": [{"name": "Ana Ruiz"}], '
        '"datePublished": "2020-05-03T10:00:00Z"}]}</script><h1>Ports</h1><p>Text.</p>'
    )
    assert found.author is not None
    assert found.date is not None
    assert found.title is not None
    assert (found.author.value, found.date.value) == ("Ana Ruiz", "2020-05-03")
    assert found.title.value == "Ports"


def test_footnote_numbers_are_left_out_and_exponents_are_not():
    text = page('<p>The fee<sup><a href="#f1">[1]</a></sup> per m<sup>2</sup>.</p>').text
    assert text == "The fee per m2."


def test_a_page_written_as_xml_is_read_too():
    data = (
        b'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>'
        b'<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><body><p>Text<br/>here</p>'
        b"</body></html>"
    )
    assert parse(data, limits=Limits()).text == "Text\nhere"


def test_a_title_shown_on_the_page_is_chosen_from_a_page_title_that_names_the_site_first():
    head = "<head><title>Port House | Fees in the north</title></head>"
    body = f"<body><b>Fees in the north</b><p>{PROSE}</p></body>"
    found = parse(f"<html>{head}{body}</html>".encode(), limits=Limits())
    assert found.title is not None
    assert found.title.value == "Fees in the north"


def test_links_in_one_cell_beside_a_short_text_are_a_menu():
    menu = "<td><a href=1>Home</a><br><a href=2>Ministers</a><br><a href=3>Tenders</a></td>"
    text = "The talks ended on Tuesday without a result for any of the three ports."
    found = blocks(f"<table><tr>{menu}<td>{text}</td></tr></table>")
    assert [kind for kind, _, _ in found] == ["furniture", "paragraph"]
