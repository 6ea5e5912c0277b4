"""Slow networks and quick fingers: what was chosen, asked or stopped is what happens."""

from __future__ import annotations

import asyncio
import shutil
import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page, Route, expect

from briefwell.web import mount
from browser.conftest import ask
from browser.site import opened, running
from browser.slow import LINES, SlowChatModel

pytestmark = pytest.mark.browser

SHIPS = "How many ships called in 2020?"
LAMP = "Who replaced the lamp of the lighthouse?"
BOTH = "How many ships called in 2020, and what did the work cost?"

QUIET_MS = 4000
"""Some seconds after a question the page asks for what it may have missed; then it is quiet."""


def send(page: Page, question: str) -> None:
    page.fill("#bw-question textarea", question)
    page.keyboard.press("Enter")


def held(page: Page, address: str) -> Callable[[], list[Route]]:
    """Hold the next request to `address`, let later ones through; tells those seen so far."""
    seen: list[Route] = []

    def hold(route: Route) -> None:
        seen.append(route)
        if len(seen) > 1:
            route.continue_()

    page.route(address, hold)

    def after_a_while() -> list[Route]:
        page.wait_for_timeout(300)
        return seen

    return after_a_while


@pytest.mark.parametrize("way", ["new", "delete"])
def test_an_answer_stays_in_its_conversation(visitor, serve, way):
    model = SlowChatModel()
    page = visitor.open(serve(chat_model=model).url)
    page.on("dialog", lambda dialog: dialog.accept())
    send(page, BOTH)
    page.wait_for_selector("#bw-live .bw-working .bw-statement")
    page.click("#bw-kept summary")
    page.click(f"button[name={way}]")
    page.wait_for_selector(".bw-welcome")
    model.go.set()
    page.wait_for_timeout(700)
    expect(page.locator(".bw-turn")).to_have_count(0)
    expect(page.locator("#bw-source")).to_contain_text("The passages of an answer appear here")
    page.click("#bw-kept summary")
    page.click("#bw-kept summary")
    if way == "delete":
        expect(page.locator(".bw-kept-rows")).to_contain_text("No conversation here.")
        return
    page.click(".bw-kept-row .bw-open")
    expect(page.locator("#bw-live .bw-stopped .bw-statement")).to_contain_text(LINES[0])


def test_of_conversations_chosen_in_turn_the_last_is_opened(visitor, serve):
    page = visitor.open(serve().url)
    ask(page, SHIPS)
    page.click("button[name=new]")
    expect(page.locator(".bw-turn")).to_have_count(0)
    ask(page, LAMP)
    page.click("#bw-kept summary")
    rows = page.locator(".bw-kept-row .bw-open")
    expect(rows).to_have_count(2)
    page.wait_for_timeout(QUIET_MS)
    seen = held(page, "**/queue/join*")
    rows.nth(0).click()
    assert seen()
    rows.nth(1).click()
    seen()[0].continue_()
    expect(page.locator("#bw-live .bw-question")).to_contain_text(SHIPS)
    page.wait_for_timeout(300)
    expect(page.locator("#bw-live .bw-question")).to_contain_text(SHIPS)


def test_a_search_that_arrives_late_is_not_shown(visitor, site):
    page = visitor.open(site.url)
    ask(page, SHIPS)
    page.click("#bw-kept summary")
    page.wait_for_selector(".bw-kept-row")
    seen = held(page, "**/briefwell/conversations")
    page.fill("input[name=find-kept]", "ships")
    page.fill("input[name=find-kept]", "nowhere to be found")
    expect(page.locator(".bw-kept-rows")).to_contain_text("No conversation here.")
    seen()[0].continue_()
    page.wait_for_timeout(300)
    expect(page.locator(".bw-kept-rows")).to_contain_text("No conversation here.")


def test_a_question_asked_before_the_page_is_filled_is_not_wiped(visitor, serve):
    site = serve()
    go, sources = threading.Event(), site.assistant.sources
    site.assistant.sources = lambda: go.wait(20) and sources()
    page = visitor.open(site.url, ready="#bw-question textarea")
    send(page, SHIPS)
    page.wait_for_timeout(700)
    go.set()
    page.wait_for_selector("#bw-live .bw-done")
    page.wait_for_timeout(500)
    expect(page.locator("#bw-live .bw-statements")).to_contain_text("310 ships")


def test_enter_pressed_twice_asks_once_and_escape_stops_what_has_not_begun(visitor, serve):
    model = SlowChatModel()
    page = visitor.open(serve(chat_model=model).url)
    expect(page.locator("#bw-offers .bw-example")).to_have_count(4)
    seen = held(page, "**/queue/join*")
    send(page, BOTH)
    page.keyboard.press("Enter")
    assert len(seen()) == 1
    page.keyboard.press("Escape")
    seen()[0].continue_()
    page.wait_for_selector("#bw-live .bw-stopped")
    expect(page.locator(".bw-turn")).to_have_count(1)
    model.go.set()


def test_a_marker_pressed_while_the_answer_streams_goes_on_with_it(visitor, serve):
    model = SlowChatModel()
    page = visitor.open(serve(chat_model=model).url)
    model.go.set()
    ask(page, SHIPS)
    model.go.clear()
    send(page, BOTH)
    page.wait_for_selector("#bw-live .bw-working .bw-marker")
    page.click("#bw-past button[name=again]")
    expect(page.locator("#bw-past button[name=again]")).to_have_text("Still answering")
    expect(page.locator("#bw-question textarea")).to_have_value("")
    page.click("#bw-live .bw-marker")
    expect(page.locator("#bw-source .bw-place")).to_have_text("Citation 1 of 1")
    model.go.set()
    page.wait_for_selector("#bw-live .bw-done")
    expect(page.locator("#bw-source .bw-place")).to_have_text("Citation 1 of 2")
    expect(page.locator("#bw-live .bw-marker.bw-now")).to_have_text("[1] citation: Harbour report")
    page.click("#bw-source button[name=back]")
    expect(page.locator("#bw-source .bw-passage")).to_have_count(2)


def test_a_question_sent_as_the_stream_of_results_ends_is_answered(visitor, prepared, tmp_path):
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    going = threading.Event()
    going.set()

    def late(app: Any) -> Any:
        """Serve `app`, the end of a stream of results a while late."""

        async def served_late(scope: Any, receive: Any, send: Any) -> None:
            async def sending(message: Any) -> None:
                if b"close_stream" in message.get("body", b""):
                    going.clear()
                    await asyncio.sleep(1)
                await send(message)

            await app(scope, receive, sending)

        return served_late

    with opened(tmp_path) as assistant, socket.create_server(("127.0.0.1", 0)) as listening:
        app = mount(FastAPI(), "/", assistant, hosts={"127.0.0.1"})
        with running(late(app), listening) as url:
            page = visitor.open(url)
            while going.is_set():
                page.wait_for_timeout(20)
            ask(page, SHIPS)
            expect(page.locator("#bw-live .bw-statements")).to_contain_text("310 ships")
