"""The page in other people's programs: built, mounted, asked by a program."""

from __future__ import annotations

import socket

import pytest
from fastapi import FastAPI
from gradio_client import Client
from playwright.sync_api import expect

from briefwell.web import build, mount
from briefwell.web.login import account_line
from browser.conftest import ask
from browser.site import running

pytestmark = pytest.mark.browser

SHIPS = "How many ships called in 2020?"


def test_built_and_launched_it_is_the_same_guarded_page(visitor, site):
    blocks = build(site.assistant)
    _, url, _ = blocks.launch(prevent_thread_lock=True, quiet=True)
    try:
        page = visitor.open(url)
        ask(page, SHIPS)
        page.click("#bw-live .bw-marker")
        expect(page.locator("#bw-source mark.bw-now")).to_be_visible()
        status = page.evaluate("() => fetch('gradio_api/file=/etc/passwd').then(r => r.status)")
        assert status == 404
    finally:
        blocks.close()


def test_mounted_under_a_path_of_an_application_it_works(visitor, site):
    app = FastAPI()

    @app.get("/hello")
    def hello() -> dict[str, str]:
        return {"hello": "world"}

    mount(app, "/desk/briefing", site.assistant)
    with socket.create_server(("127.0.0.1", 0)) as listening, running(app, listening) as url:
        page = visitor.open(f"{url}desk/briefing/")
        ask(page, SHIPS)
        page.click("#bw-live .bw-marker")
        expect(page.locator("#bw-source mark.bw-now")).to_be_visible()
        page.click(".bw-kept summary")
        page.wait_for_selector(".bw-kept-row")
        assert page.evaluate("() => fetch('/hello').then(r => r.json())") == {"hello": "world"}


def test_a_program_asks_and_gets_json_with_citations(site):
    client = Client(site.url, verbose=False)
    answer = client.predict(SHIPS, [], api_name="/ask")
    assert answer["text"] == "Some 310 ships called in 2020. [1]"
    citation = answer["statements"][0]["citations"][0]
    text = (site.assistant.documents / "harbour.md").read_bytes().decode()
    assert text[citation["span"]["start"] : citation["span"]["end"]] == citation["quote"]
    turns = [
        {"role": "user", "content": "How many hectares do the orchards of Linden Valley cover?"},
        {"role": "assistant", "content": "The orchards of Linden Valley cover 1,200 hectares."},
    ]
    answer = client.predict("What is grown on most of them?", turns, api_name="/ask")
    assert "Apples" in answer["text"]
    told = client.predict("x" * 10_001, [], api_name="/ask")
    assert told["error"] == "ConfigError"
    assert told["remedy"]


def test_a_program_signs_in(serve, tmp_path):
    people = tmp_path / "people"
    people.write_text(account_line("ada", "a long password"), encoding="utf-8")
    site = serve(auth_file=people)
    client = Client(site.url, auth=("ada", "a long password"), verbose=False)
    assert "310" in client.predict(SHIPS, [], api_name="/ask")["text"]
    with pytest.raises(Exception, match="login"):
        Client(site.url, auth=("ada", "wrong"), verbose=False)
