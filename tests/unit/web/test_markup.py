"""Escaping, dates, pages, sizes."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefwell.web.markup import attribute, day, escape, packed, pages, plural, size


def test_escape_leaves_no_markup():
    assert escape("<b>&\"'") == "&lt;b&gt;&amp;&quot;&#x27;"


def test_escape_keeps_line_breaks_without_ending_a_block_of_html():
    assert escape("a\n\nb\r\nc") == "a&#10;&#10;b&#10;c"


def test_escape_shows_direction_overrides_by_name():
    assert escape("a\u202eb") == 'a<span class="bw-control">U+202E</span>b'


def test_escape_hides_nothing_from_a_placeholder_of_gradio():
    assert "%" not in escape("%%%LATEX_BLOCK_0%%%")


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text):
    shown = html.unescape(re.sub(r"<[^>]*>", "", escape(text)))
    named = re.sub(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]",
        lambda match: f"U+{ord(match[0]):04X}",
        text,
    )
    assert shown == named.replace("\r\n", "\n").replace("\r", "\n")


@given(st.text())
def test_escaped_text_is_one_line_and_has_no_tag_of_the_text(text):
    escaped = escape(text)
    assert "\n" not in escaped
    assert re.sub(r'<span class="bw-control">U\+[0-9A-F]+</span>', "", escaped).count("<") == 0


@given(st.text())
def test_attribute_cannot_be_left(text):
    assert '"' not in attribute(text)
    assert "<" not in attribute(text)


def test_packed_is_json_between_quotes():
    assert packed({"s": 'a"b'}) == "{&quot;s&quot;:&quot;a\\&quot;b&quot;}"


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2021-10-08", "8 October 2021"),
        ("2021-10", "October 2021"),
        ("2021", "2021"),
        ("2021-10-08T12:00:00", "8 October 2021"),
        ("2021-13-01", "2021-13-01"),
        ("soon", "soon"),
        ("", ""),
        (None, ""),
    ],
)
def test_day(date, said):
    assert day(date) == said


def test_pages():
    assert pages(()) == ""
    assert pages((3,)) == "page 3"
    assert pages((4, 3)) == "pages 3–4"


def test_size():
    assert [size(count) for count in (12, 1_500, 39_000, 12_000_000)] == [
        "12\u00a0bytes",
        "1.5\u00a0kB",
        "39\u00a0kB",
        "12\u00a0MB",
    ]


def test_plural():
    assert [plural(1, "page"), plural(1200, "page")] == ["1 page", "1,200 pages"]
    assert plural(2, "reply", "replies") == "2 replies"
