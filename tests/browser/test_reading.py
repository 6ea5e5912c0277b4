"""Reading an answer: cards, verdicts, what was rejected, dates, mode, page images."""

from __future__ import annotations

import io
import json

import pytest
from PIL import Image
from playwright.sync_api import expect

from briefwell.web.page_image import MARK
from browser.conftest import ask
from browser.site import two_pages
from doubles import ScriptedChatModel

pytestmark = pytest.mark.browser

WRITTEN = "\n".join(
    json.dumps({"statement": statement, "quotes": [{"passage": 1, "quote": quote}]})
    for statement, quote in (
        ("Some 310 ships called in 2020.", "Some 310 ships called in 2020."),
        ("Some 990 ships called in 2020.", "Some 310 ships called in 2020."),
    )
)


def test_hovering_a_marker_shows_quote_title_date_and_page(visitor, serve):
    page = visitor.open(serve({"ferry.pdf": two_pages()}).url)
    ask(page, "What does a ticket to Nessholm cost?")
    page.hover("#bw-live .bw-marker >> nth=0")
    card = page.locator("#bw-tip")
    expect(card).to_be_visible()
    for told in ("Ferry timetable", "page 2", "A ticket to Nessholm costs 12 crowns"):
        expect(card).to_contain_text(told)
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.focus("#bw-live .bw-marker >> nth=0")
    expect(card).to_be_visible()


def test_the_card_tells_the_date_and_stays_away_after_a_click(visitor, site):
    page = visitor.open(site.url)
    ask(page, "How many ships called in 2020?")
    page.hover("#bw-live .bw-marker")
    expect(page.locator("#bw-tip")).to_contain_text("1 December 2020")
    page.click("#bw-live .bw-marker")
    page.click("#bw-source button[name=back]")
    expect(page.locator("#bw-live .bw-marker")).to_be_focused()
    expect(page.locator("#bw-tip")).to_be_hidden()


def test_the_verdict_of_each_sentence_is_visible(visitor, site):
    page = visitor.open(site.url)
    ask(page, "How many ships called in 2020?")
    statement = page.locator("#bw-live .bw-statement").first
    assert statement.get_attribute("title") == "Quoted word for word"
    assert statement.text_content().startswith("Quoted word for word: ")
    width = statement.evaluate("e => getComputedStyle(e).borderLeftWidth")
    assert width == "2px"


def test_rejected_sentences_can_be_opened_with_their_reasons(visitor, serve):
    site = serve(chat_model=ScriptedChatModel([WRITTEN]))
    page = visitor.open(site.url)
    ask(page, "How many ships called in 2020?")
    assert "990" not in page.inner_text("#bw-live .bw-statements")
    rejected = page.locator("#bw-live .bw-rejected")
    expect(rejected.locator("li").first).to_be_hidden()
    rejected.locator("summary").click()
    expect(rejected).to_contain_text("Some 990 ships called in 2020.")
    reason = rejected.locator(".bw-about").first.inner_text()
    assert "990" in reason
    page.click("#bw-live button[name=copy]")


def test_as_of_mode_and_what_was_searched_for(visitor, site):
    page = visitor.open(site.url)
    ask(page, "What happened to the orchards of Linden Valley in May 2021?")
    footer = page.locator("#bw-live .bw-footer")
    expect(footer).to_contain_text("As of 15 June 2021")
    expect(footer).to_contain_text("Evidence answer")
    ask(page, "And how many hectares do they cover?")
    searched = page.locator("#bw-live .bw-searched")
    expect(searched).to_contain_text("Searched for:")
    expect(searched).to_contain_text("orchards of Linden Valley")


def test_a_written_answer_names_its_model(visitor, serve):
    page = visitor.open(serve(chat_model=ScriptedChatModel([WRITTEN])).url)
    ask(page, "How many ships called in 2020?")
    expect(page.locator("#bw-live .bw-footer")).to_contain_text("Written by ScriptedChatModel")


def test_a_pdf_page_can_be_seen_as_an_image(visitor, serve):
    page = visitor.open(serve({"ferry.pdf": two_pages()}).url)
    ask(page, "What does a ticket to Nessholm cost?")
    page.click("#bw-live .bw-marker >> nth=0")
    page.click("button[name=page-image] >> nth=1")
    image = page.locator(".bw-page-image")
    expect(image).to_be_visible()
    page.wait_for_function("() => document.querySelector('.bw-page-image').naturalWidth > 500")
    drawn = Image.open(io.BytesIO(page.request.get(image.get_attribute("src")).body()))
    marked = [at for at, colour in enumerate(drawn.convert("RGB").getdata()) if colour == MARK]
    # The quote stands on the second line of two, in the upper third of the page.
    assert len(marked) > 2_000
    assert drawn.height / 8 < marked[0] / drawn.width < marked[-1] / drawn.width < drawn.height / 3
    page.click("button[name=page-image] >> nth=1")
    expect(image).to_have_count(0)
