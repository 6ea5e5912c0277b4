"""When things go wrong there are words: no spinner for ever, no stack trace."""

from __future__ import annotations

import shutil
import time

import pytest
from playwright.sync_api import Page, expect

from briefwell.assistant import Assistant
from browser.conftest import ask
from browser.site import served
from browser.slow import LINES, SlowChatModel
from doubles import ScriptedChatModel

pytestmark = pytest.mark.browser

SHIPS = "How many ships called in 2020?"


def send(page: Page, question: str) -> None:
    page.fill("#bw-question textarea", question)
    page.keyboard.press("Enter")


def test_two_people_ask_while_one_reindexes(visitor, serve):
    site = serve()
    (site.assistant.documents / "pond.txt").write_text("The pond froze in 1902.\n", "utf-8")
    one, two, three = (visitor.open(site.url) for _ in range(3))
    three.click("#bw-reindex")
    send(one, SHIPS)
    send(two, "Who replaced the lamp of the lighthouse?")
    busy = {"timeout": 60_000}
    expect(one.locator("#bw-live .bw-statements")).to_contain_text("310 ships", **busy)
    expect(two.locator("#bw-live .bw-statements")).to_contain_text("Otto Brandt", **busy)
    expect(three.locator("#bw-report .bw-done")).to_contain_text("1 added", timeout=60_000)


def test_seven_tabs_of_one_browser(visitor, serve):
    """A browser opens six connections to one server, for all tabs together."""
    site = serve()
    pages = [visitor.open(site.url)]
    for _ in range(6):
        page = pages[0].context.new_page()
        visitor.watch(page, site.url)
        page.goto(site.url)
        page.wait_for_selector(".bw-welcome")
        pages.append(page)
    ask(pages[0], SHIPS)
    ask(pages[-1], SHIPS)
    expect(pages[-1].locator("#bw-live .bw-statements")).to_contain_text("310 ships")


def test_a_page_loaded_again_in_the_middle_of_an_answer(visitor, serve):
    model = SlowChatModel()
    page = visitor.open(serve(chat_model=model).url)
    send(page, f"{SHIPS} What did the work cost?")
    page.wait_for_selector("#bw-live .bw-working .bw-statement")
    page.reload()
    page.wait_for_selector("#bw-live .bw-stopped")
    expect(page.locator("#bw-live")).to_contain_text("Stopped before it was finished")
    expect(page.locator(".bw-pulse")).to_have_count(0)
    model.go.set()
    page.click("#bw-live button[name=again]")
    page.wait_for_selector("#bw-live .bw-done")
    expect(page.locator("#bw-live .bw-statements")).to_contain_text(LINES[0])


def test_the_server_restarts_with_the_page_open(visitor, prepared, tmp_path):
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    with served(tmp_path) as first:
        page = visitor.open(first.url)
        ask(page, SHIPS)
        port = int(first.url.rstrip("/").rpartition(":")[2])
    page.click("#bw-live .bw-marker")
    expect(page.locator("#bw-source")).to_contain_text("The server cannot be reached")
    send(page, "Who replaced the lamp of the lighthouse?")
    expect(page.locator("#bw-offline")).to_contain_text("The server cannot be reached")
    with served(tmp_path, port=port):
        expect(page.locator("#bw-offline")).to_be_hidden(timeout=20_000)
        page.wait_for_selector(".bw-turn")
        box = page.locator("#bw-question textarea")
        expect(box).to_have_value("Who replaced the lamp of the lighthouse?")
        box.press("Enter")
        expect(page.locator("#bw-live .bw-statements")).to_contain_text("Otto Brandt")
        expect(page.locator("#bw-past .bw-statements")).to_contain_text("310 ships")


def _removed(assistant: Assistant) -> None:
    for _ in range(50):
        assistant.close()
        shutil.rmtree(assistant.index, ignore_errors=True)
        if not assistant.index.exists():
            return
        time.sleep(0.1)
    raise AssertionError(f"{assistant.index} is made again and again")


def test_an_index_that_disappears(visitor, serve):
    site = serve()
    page = visitor.open(site.url)
    ask(page, SHIPS)
    # The next questions may still be tried, which opens the index again while it is removed.
    _removed(site.assistant)
    send(page, "Who replaced the lamp of the lighthouse?")
    page.wait_for_selector("#bw-live .bw-failed")
    expect(page.locator("#bw-live .bw-problem")).to_contain_text("reindex")
    page.reload()
    page.wait_for_selector(".bw-turn")
    expect(page.locator("#bw-past .bw-statements")).to_contain_text("310 ships")
    page.click("#bw-reindex")
    expect(page.locator("#bw-report .bw-done")).to_contain_text("3 added", timeout=60_000)
    page.click("#bw-live button[name=again]")
    page.wait_for_selector("#bw-live .bw-done")
    expect(page.locator("#bw-live .bw-statements")).to_contain_text("Otto Brandt")


def test_a_model_that_times_out(visitor, serve):
    model = SlowChatModel()
    site = serve(chat_model=model)
    site.assistant.settings = site.assistant.settings.model_copy(update={"model_timeout": 0.5})
    page = visitor.open(site.url)
    send(page, f"{SHIPS} What did the work cost?")
    page.wait_for_selector("#bw-live .bw-turn:not(.bw-working)")
    told = page.locator("#bw-live .bw-note")
    expect(told.first).to_contain_text("The model did not answer in time.")
    expect(page.locator(".bw-pulse")).to_have_count(0)
    model.go.set()


def test_an_error_of_ours_is_words_on_the_page(visitor, serve):
    broken = ScriptedChatModel([ZeroDivisionError("inner secret")])
    page = visitor.open(serve(chat_model=broken).url)
    send(page, SHIPS)
    page.wait_for_selector("#bw-live .bw-turn:not(.bw-working)")
    told = page.inner_text("body")
    assert "Traceback" not in told
    expect(page.locator(".bw-pulse")).to_have_count(0)
