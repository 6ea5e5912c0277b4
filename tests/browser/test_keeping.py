"""Keeping: listed, searched, renamed, deleted; reopened with a check; exported; rated."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from briefwell.types import Answer
from browser.conftest import ask

pytestmark = pytest.mark.browser

SHIPS = "How many ships called in 2020?"
LAMP = "Who replaced the lamp of the lighthouse?"


def rows(page: Page):
    if not page.locator(".bw-kept[open]").count():
        page.click(".bw-kept summary")
    page.wait_for_selector(".bw-kept-rows > *")
    return page.locator(".bw-kept-row")


def new(page: Page) -> None:
    page.click("button[name=new]")
    page.wait_for_selector(".bw-welcome")
    expect(page.locator(".bw-turn")).to_have_count(0)


def test_conversations_are_listed_searched_and_opened_again(visitor, serve):
    page = visitor.open(serve().url)
    ask(page, SHIPS)
    new(page)
    ask(page, LAMP)
    expect(rows(page)).to_have_count(2)
    page.fill("input[name=find-kept]", "ships")
    expect(rows(page)).to_have_count(1)
    page.click(".bw-kept-row .bw-open")
    expect(page.locator("#bw-live .bw-question")).to_contain_text(SHIPS)
    expect(page.locator("#bw-live .bw-statements")).to_contain_text("310 ships")
    expect(page.locator("#bw-source .bw-passage mark")).to_be_visible()
    ask(page, "Who says that fog may close the entrance?")
    expect(page.locator(".bw-turn")).to_have_count(2)


@pytest.mark.parametrize("way", ["offered", "typed"])
def test_a_question_asked_at_once_belongs_to_the_new_conversation(visitor, serve, way):
    page = visitor.open(serve().url)
    ask(page, LAMP)
    new(page)
    expect(page.locator(".bw-example")).to_have_count(4)
    ask(page, LAMP)
    expect(page.locator("#bw-offers")).to_contain_text("Ask next")
    asked = []

    # The server hears of the new conversation later than the person asks.
    def hold(route: Route) -> None:
        asked.append(route)
        if len(asked) > 1:
            route.continue_()

    page.route("**/queue/join*", hold)
    page.click("button[name=new]")
    if way == "offered":
        page.click(".bw-suggestion >> nth=0")
    else:
        page.fill("#bw-question textarea", SHIPS)
        page.press("#bw-question textarea", "Enter")
    page.wait_for_timeout(300)
    assert len(asked) == 1
    asked[0].continue_()
    expect(page.locator("#bw-live .bw-question")).not_to_contain_text(LAMP)
    page.wait_for_selector("#bw-live .bw-done")
    expect(page.locator(".bw-turn")).to_have_count(1)
    expect(rows(page)).to_have_count(3)


def test_questions_are_offered_while_those_of_another_conversation_are_looked_for(visitor, serve):
    site = serve()
    page = visitor.open(site.url)
    ask(page, SHIPS)
    expect(page.locator("#bw-offers")).to_contain_text("Ask next")
    rows(page)
    go, tried, evidence = threading.Event(), threading.Event(), site.assistant.evidence

    def slow(question: str) -> Answer:
        tried.set()
        go.wait(20)
        return evidence(question)

    site.assistant.evidence = slow
    page.click(".bw-kept-row .bw-open")
    assert tried.wait(10)
    new(page)
    expect(page.locator("#bw-offers .bw-example")).to_have_count(4)
    go.set()
    page.wait_for_timeout(500)
    expect(page.locator("#bw-offers .bw-example")).to_have_count(4)


def test_a_conversation_is_renamed(visitor, serve):
    page = visitor.open(serve().url)
    ask(page, SHIPS)
    rows(page)
    page.on("dialog", lambda dialog: dialog.accept("Shipping <b>2020</b>"))
    page.click(".bw-kept-row button[name=rename]")
    expect(page.locator(".bw-kept-row .bw-open")).to_have_text("Shipping <b>2020</b>")


def test_a_conversation_is_deleted(visitor, serve):
    page = visitor.open(serve().url)
    ask(page, SHIPS)
    rows(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.click(".bw-kept-row button[name=delete]")
    expect(page.locator(".bw-kept-row")).to_have_count(0)
    expect(page.locator(".bw-turn")).to_have_count(0)
    page.reload()
    page.wait_for_selector(".bw-welcome")
    expect(page.locator(".bw-turn")).to_have_count(0)


def test_reopening_checks_each_citation_again(visitor, serve):
    site = serve()
    page = visitor.open(site.url)
    ask(page, SHIPS)
    harbour = site.assistant.documents / "harbour.md"
    words = harbour.read_text(encoding="utf-8")
    harbour.write_text(words.replace("310 ships", "311 ships"), encoding="utf-8")
    site.assistant.reindex()
    page.reload()
    page.wait_for_selector(".bw-marker.bw-stale")
    page.hover(".bw-marker.bw-stale")
    expect(page.locator("#bw-tip")).to_contain_text("Source changed since")
    expect(page.locator("#bw-source")).to_contain_text("changed since it was cited")
    harbour.unlink()
    site.assistant.reindex()
    page.reload()
    page.wait_for_selector(".bw-marker.bw-stale")
    page.hover(".bw-marker.bw-stale")
    expect(page.locator("#bw-tip")).to_contain_text("Source removed since")
    page.click(".bw-marker.bw-stale")
    problem = page.locator("#bw-source .bw-problem")
    expect(problem).to_contain_text("not in the index")
    page.evaluate("document.querySelector('#bw-live').append(document.createElement('i'))")
    page.wait_for_timeout(500)
    expect(problem).to_contain_text("not in the index")


def export(page: Page, name: str) -> str:
    if not page.locator("#bw-live .bw-more[open]").count():
        page.click("#bw-live .bw-more summary")
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).click()
    return Path(download.value.path()).read_text(encoding="utf-8")


def test_an_answer_is_exported_as_markdown_with_numbered_notes(visitor, serve):
    page = visitor.open(serve().url)
    ask(page, SHIPS)
    words = export(page, "Markdown")
    assert "## How many ships called in 2020?" in words
    assert "Some 310 ships called in 2020. [1]" in words
    assert "[1] Harbour report, 1 December 2020, Harbour report › Traffic, harbour.md" in words
    assert "> Some 310 ships called in 2020." in words


def test_an_answer_is_exported_as_html_with_numbered_notes(visitor, serve):
    page = visitor.open(serve().url)
    ask(page, SHIPS)
    words = export(page, "HTML")
    assert words.startswith("<!doctype html>")
    assert '<a href="#note-1-1">[1]</a>' in words
    assert 'id="note-1-1"' in words
    assert "<script" not in words


@pytest.mark.parametrize(("kind", "heading"), [("Markdown", "## "), ("HTML", "<h2>")])
def test_a_conversation_is_exported(visitor, serve, kind, heading):
    page = visitor.open(serve().url)
    ask(page, SHIPS)
    ask(page, LAMP)
    rows(page)
    with page.expect_download() as download:
        page.locator(".bw-kept-row").get_by_role("link", name=kind).click()
    words = Path(download.value.path()).read_text(encoding="utf-8")
    assert words.count(heading) == 2
    assert "Otto Brandt" in words


def test_copied_with_its_citations(visitor, serve):
    page = visitor.open(serve().url, permissions=["clipboard-read", "clipboard-write"])
    ask(page, SHIPS)
    page.click("#bw-live button[name=copy]")
    expect(page.locator("#bw-live button[name=copy]")).to_have_text("Copied")
    words = page.evaluate("navigator.clipboard.readText()")
    assert "Some 310 ships called in 2020. [1]" in words
    assert "[1] Harbour report" in words


def test_a_problem_report_leaves_documents_out_unless_asked(visitor, serve):
    page = visitor.open(serve().url)
    ask(page, SHIPS)
    bare = export(page, "Problem report")
    report = json.loads(bare)
    assert report["question"] == SHIPS
    assert report["settings"]["embedding_model"] == "all-MiniLM-L6-v2"
    assert {"model", "checks", "briefwell", "python", "system"} <= set(report)
    assert "fingerprint" in json.dumps(report["checks"])
    assert "310 ships" not in bare
    assert "Pilots" not in bare
    full = json.loads(export(page, "Problem report with document text"))
    assert "Pilots say that fog" in full["documents"]["harbour.md"]


def test_thumbs_and_a_note_are_kept(visitor, serve):
    page = visitor.open(serve().url)
    ask(page, SHIPS)
    page.click("#bw-live button[name=rate-down]")
    page.fill("#bw-live input[name=note]", "The year is missing.")
    with page.expect_response("**/briefwell/change"):
        page.keyboard.press("Tab")
    page.reload()
    page.wait_for_selector("#bw-live .bw-thumb.bw-on")
    expect(page.locator("#bw-live .bw-thumb.bw-on")).to_have_text("Not helpful")
    expect(page.get_by_role("button", name="Not helpful", pressed=True)).to_be_visible()
    expect(page.get_by_role("button", name="Helpful", exact=True, pressed=False)).to_be_visible()
    expect(page.locator("#bw-live input[name=note]")).to_have_value("The year is missing.")


def test_the_export_menu_closes_by_escape_and_by_a_click_elsewhere(visitor, site):
    page = visitor.open(site.url)
    ask(page, SHIPS)
    menu = page.locator("#bw-live .bw-menu")
    for close in (
        lambda: page.keyboard.press("Escape"),
        lambda: page.click("#bw-live .bw-question"),
    ):
        page.click("#bw-live .bw-more summary")
        expect(menu).to_be_visible()
        close()
        expect(menu).to_be_hidden()


WHOLLY_IN_VIEW = """() => {
  const wanted = [...document.querySelectorAll("#bw-live .bw-menu, #bw-live .bw-menu a")];
  return wanted.every((one) => {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    const corners = [[left, top], [right, top], [left, bottom], [right, bottom]];
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const inward = corners.map(([a, b]) => [a + 6 * Math.sign(x - a), b + 6 * Math.sign(y - b)]);
    return inward.every((at) => one.contains(document.elementFromPoint(...at)));
  });
}"""
"""Whether no corner of the menu and of its links is covered by something else or cut off."""


@pytest.mark.parametrize(
    ("width", "height", "scheme"),
    [(360, 400, "dark"), (420, 800, "light"), (720, 400, "light")],
)
def test_the_export_menu_is_wholly_in_view(visitor, site, width, height, scheme):
    page = visitor.open(
        site.url,
        viewport={"width": width, "height": height},
        device_scale_factor=2,
        color_scheme=scheme,
    )
    ask(page, SHIPS)
    for _ in range(2):
        page.click("#bw-live .bw-more summary")
        expect(page.locator("#bw-live .bw-menu")).to_be_visible()
        page.wait_for_function(WHOLLY_IN_VIEW)
        page.keyboard.press("Escape")
    assert '"question"' in export(page, "Problem report with document text")
