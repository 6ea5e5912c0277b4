"""Asking: streaming, stopping, asking again, editing, following up, narrowing down."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.conftest import ask
from browser.slow import LINES, SlowChatModel

pytestmark = pytest.mark.browser

QUESTION = "How many ships called in 2020, and what did the work cost?"


def test_the_answer_streams_sentence_by_sentence(visitor, serve):
    model = SlowChatModel()
    page = visitor.open(serve(chat_model=model).url)
    page.fill("#bw-question textarea", QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector("#bw-live .bw-working .bw-statement")
    assert page.locator("#bw-live .bw-statement").count() == 1
    expect(page.locator("#bw-question textarea")).to_have_value("")
    before = page.locator("#bw-live .bw-question").bounding_box()
    model.go.set()
    page.wait_for_selector("#bw-live .bw-done")
    expect(page.locator("#bw-live .bw-statement")).to_have_count(2)
    assert page.locator("#bw-live .bw-question").bounding_box() == before


def test_escape_stops_and_keeps_what_was_proven(visitor, serve):
    model = SlowChatModel()
    page = visitor.open(serve(chat_model=model).url)
    page.fill("#bw-question textarea", QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector("#bw-live .bw-working .bw-statement")
    expect(page.get_by_role("button", name="Stop the answer")).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector("#bw-live .bw-stopped")
    expect(page.locator("#bw-live .bw-statement")).to_contain_text(LINES[0])
    expect(page.locator("#bw-live")).to_contain_text("Stopped before it was finished")
    expect(page.locator("#bw-live .bw-footer")).to_have_text("1 source")
    model.go.set()
    ask(page, "Who replaced the lamp of the lighthouse?")
    expect(page.locator(".bw-turn")).to_have_count(2)


def test_asking_again(visitor, site):
    page = visitor.open(site.url)
    ask(page, "How many ships called in 2020?")
    page.click("#bw-live button[name=again]")
    expect(page.locator(".bw-turn")).to_have_count(2)
    page.wait_for_selector("#bw-live .bw-done")
    expect(page.locator("#bw-live .bw-question")).to_contain_text("How many ships called in 2020?")


def test_an_edited_question_takes_the_place_of_its_turn(visitor, site):
    page = visitor.open(site.url)
    ask(page, "How many ships called in 2020?")
    ask(page, "Who replaced the lamp of the lighthouse?")
    page.click("#bw-past button[name=edit]")
    box = page.locator("#bw-question textarea")
    expect(box).to_have_value("How many ships called in 2020?")
    expect(page.locator(".bw-editing")).to_contain_text("and the 1 after it")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    page.click("#bw-past button[name=edit]")
    page.fill("#bw-question textarea", "What did the dredging work cost?")
    page.keyboard.press("Enter")
    expect(page.locator(".bw-turn")).to_have_count(1)
    expect(page.locator("#bw-live .bw-question")).to_contain_text("What did the dredging work")
    page.wait_for_selector("#bw-live .bw-turn:not(.bw-working)")
    ask(page, "How many ships called in 2020?")
    expect(page.locator(".bw-turn")).to_have_count(2)


def test_a_follow_up_is_understood(visitor, site):
    page = visitor.open(site.url)
    ask(page, "How many hectares do the orchards of Linden Valley cover?")
    ask(page, "What is grown on most of them?")
    expect(page.locator("#bw-live .bw-statements")).to_contain_text("Apples are grown")


def test_next_questions_are_suggested(visitor, site):
    page = visitor.open(site.url)
    ask(page, "How many ships called in 2020?")
    suggestions = page.locator("#bw-offers .bw-suggestion")
    wanted = suggestions.first.inner_text()
    assert "ships" not in " ".join(suggestions.all_inner_texts())
    suggestions.first.click()
    expect(page.locator(".bw-turn")).to_have_count(2)
    expect(page.locator("#bw-live .bw-question")).to_contain_text(wanted)
    expect(page.locator("#bw-live .bw-marker").first).to_be_visible()
    expect(page.locator("#bw-offers")).not_to_contain_text(wanted)


def test_shift_enter_makes_a_line_and_enter_sends(visitor, site):
    page = visitor.open(site.url)
    page.focus("#bw-question textarea")
    page.keyboard.type("How many ships")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("called in 2020?")
    expect(page.locator("#bw-question textarea")).to_have_value("How many ships\ncalled in 2020?")
    expect(page.locator(".bw-turn")).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_selector("#bw-live .bw-done")


def test_arrows_go_through_the_markers(visitor, site):
    page = visitor.open(site.url)
    ask(page, "What is known of the lamp of the lighthouse, and how far does the lamp shine?")
    markers = page.locator("#bw-live .bw-marker")
    markers.nth(0).focus()
    page.keyboard.press("ArrowRight")
    expect(markers.nth(1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(markers.nth(0)).to_be_focused()


def test_an_abstention_helps(visitor, site):
    page = visitor.open(site.url)
    ask(page, "Who is the mayor of Port Ellery?")
    told = page.locator("#bw-live .bw-abstention")
    expect(told).to_contain_text("No answer from these documents")
    expect(told).to_contain_text("mayor")
    expect(told.locator(".bw-closest li").first).to_be_visible()
    told.locator(".bw-closest-open").first.click()
    expect(page.locator("#bw-source mark.bw-now").first).to_be_in_viewport()


def test_only_ticked_documents_are_searched_and_the_filter_can_be_widened(visitor, site):
    page = visitor.open(site.url)
    page.check("#bw-library .bw-file:has-text('Orchard survey') input")
    expect(page.locator(".bw-chosen")).to_contain_text("Searching only 1 document.")
    ask(page, "How many ships called in 2020?")
    expect(page.locator("#bw-live .bw-searched")).to_contain_text("only in 1 document")
    told = page.locator("#bw-live .bw-abstention")
    expect(told).to_be_visible()
    told.get_by_role("button", name="Search all documents instead").click()
    expect(page.locator("#bw-live .bw-statements")).to_contain_text("310 ships")
    expect(page.locator(".bw-turn")).to_have_count(1)
    expect(page.locator(".bw-chosen")).to_be_hidden()
    page.check("#bw-library .bw-file:has-text('Orchard survey') input")
    page.locator(".bw-chosen").get_by_role("button", name="Search all documents").click()
    expect(page.locator("#bw-library input:checked")).to_have_count(0)
    expect(page.locator(".bw-chosen")).to_be_hidden()


def test_only_certain_dates_are_searched(visitor, site):
    page = visitor.open(site.url)
    page.click("#bw-dates-box summary")
    page.fill("#bw-since input, #bw-since textarea", "2021")
    expect(page.locator(".bw-chosen")).to_contain_text("Searching only from 2021.")
    ask(page, "How many ships called in 2020?")
    expect(page.locator("#bw-live .bw-searched")).to_contain_text("from 2021")
    expect(page.locator("#bw-live .bw-abstention")).to_be_visible()
    page.fill("#bw-since input, #bw-since textarea", "soon")
    page.fill("#bw-question textarea", "How many ships called in 2020?")
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_contain_text("Write it as 2021, 2021-10 or 2021-10-08.")
    expect(page.locator("#bw-question textarea")).to_have_value("How many ships called in 2020?")


TYPED_AT_ONCE = """() => new Promise((done) => {
  const type = () => {
    const box = document.querySelector("#bw-since input, #bw-since textarea");
    if (!box?.getClientRects().length) return;
    watching.disconnect();
    box.value = "2021";
    box.dispatchEvent(new Event("input", { bubbles: true }));
    done();
  };
  const watching = new MutationObserver(type);
  watching.observe(document.body, { childList: true, subtree: true, attributes: true });
  document.querySelector("#bw-dates-box summary").click();
  type();
})"""
"""Opens the boxes for dates and types in the very moment the box is there."""


def test_a_date_typed_at_once_is_what_is_searched(visitor, site):
    page = visitor.open(site.url)
    page.evaluate(TYPED_AT_ONCE)
    page.wait_for_timeout(300)
    expect(page.locator(".bw-chosen")).to_contain_text("Searching only from 2021.")
    ask(page, "How many ships called in 2020?")
    expect(page.locator("#bw-live .bw-searched")).to_contain_text("from 2021")
