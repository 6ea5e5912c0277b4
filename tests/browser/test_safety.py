"""Hostile documents are shown as text, nothing is asked of others, doors stay shut."""

from __future__ import annotations

import json

import httpx
import pytest
from playwright.sync_api import expect

import briefwell
import briefwell.web
from briefwell.web.login import account_line
from browser.conftest import ask
from browser.site import DOCUMENTS, HOSTILE, index, served
from browser.slow import SlowChatModel

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def parrot(tmp_path_factory):
    """A site whose document tries everything."""
    place = tmp_path_factory.mktemp("hostile")
    index(place, {**DOCUMENTS, "<b>notes</b>.md": HOSTILE})
    with served(place) as opened:
        yield opened


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("Monday", "<script>window.hacked=1</script>"),
        ("Tuesday", "![crumbs](https://evil.example/track.png)"),
        ("Wednesday", "[links](javascript:alert(1)) and <a href='data:text/html,hi'>data</a>"),
        ("Thursday", "U+202Egnp.exeU+202C"),
    ],
)
def test_injected_markup_is_shown_as_text(visitor, parrot, day, shown):
    page = visitor.open(parrot.url)
    ask(page, f"What did the parrot of the captain do on {day}?")
    page.wait_for_selector("#bw-source .bw-passage")
    text = page.locator("#bw-live").text_content() + page.locator("#bw-source").text_content()
    if day != "Monday":
        assert shown in text
    page.click("#bw-live .bw-marker >> nth=0")
    page.wait_for_selector(".bw-document")
    assert shown in page.locator(".bw-document").text_content()
    inside = "#bw-live, #bw-source, #bw-library, #bw-welcome"
    for tag in ("script", "img", "iframe", "a[href^='javascript'], a[href^='data']", "b"):
        parts = [f"{pane} :is({tag})" for pane in inside.split(", ")]
        assert page.locator(", ".join(parts)).count() == 0
    assert page.evaluate("() => window.hacked") is None


def test_a_huge_word_breaks_and_the_page_keeps_its_width(visitor, parrot):
    page = visitor.open(parrot.url)
    ask(page, "What did the parrot of the captain scream on Friday?")
    expect(page.locator("#bw-live")).to_contain_text("AAAAAAAA")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 1440
    middle = page.locator("#bw-middle")
    assert middle.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_a_hostile_question_is_shown_as_text(visitor, parrot):
    page = visitor.open(parrot.url)
    question = "<img src=x onerror=alert(1)> ![x](https://evil.example/x.png) **ships** $$x$$ ?"
    ask(page, question)
    expect(page.locator("#bw-live .bw-question")).to_contain_text(question)
    assert page.locator("#bw-live img").count() == 0


def test_the_policy_stops_what_would_get_through(visitor, parrot):
    page = visitor.open(parrot.url)
    page.evaluate(
        "() => { const i = new Image(); i.src = 'https://evil.example/x.png';"
        " document.body.append(i); const s = document.createElement('script');"
        " s.textContent = 'window.hacked = 1'; document.body.append(s); }"
    )
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.hacked") is None
    assert len(visitor.policy) == 2
    visitor.policy.clear()
    visitor.foreign.clear()


def test_a_full_session_asks_nothing_of_others_and_breaks_no_policy(visitor, parrot):
    page = visitor.open(parrot.url)
    ask(page, "How many ships called in 2020?")
    page.hover("#bw-live .bw-marker")
    page.click("#bw-live .bw-marker")
    page.wait_for_selector(".bw-document")
    page.click(".bw-kept summary")
    page.wait_for_selector(".bw-kept-row")
    page.click("#bw-reindex")
    expect(page.locator("#bw-report .bw-done")).to_be_visible(timeout=60_000)
    page.click("button[name=theme]")
    page.reload()
    page.wait_for_selector(".bw-turn")
    assert (visitor.foreign, visitor.policy, visitor.errors) == ([], [], [])


def test_read_only_shows_no_way_to_change_the_documents(visitor, serve):
    page = visitor.open(serve(read_only=True).url)
    expect(page.locator("#bw-add")).to_have_count(0)
    expect(page.locator("#bw-reindex")).to_have_count(0)
    ask(page, "How many ships called in 2020?")
    expect(page.locator("#bw-live .bw-statements")).to_contain_text("310 ships")


def test_an_auth_file_asks_for_name_and_password_and_keeps_people_apart(visitor, serve, tmp_path):
    people = tmp_path / "people"
    lines = [account_line(name, f"{name} has a long one") for name in ("ada", "bob")]
    people.write_text("\n".join(lines), encoding="utf-8")
    url = serve(auth_file=people).url
    page = visitor.open(url, ready="input[name=password]")
    page.fill("input[name=username]", "ada")
    page.fill("input[name=password]", "wrong")
    page.click("button[type=submit]")
    expect(page.locator("[role=alert]")).to_contain_text("Name or password is wrong.")
    for name in ("ada", "bob"):
        page = visitor.open(url, ready="input[name=password]")
        page.fill("input[name=username]", name)
        page.fill("input[name=password]", f"{name} has a long one")
        page.click("button[type=submit]")
        page.wait_for_selector(".bw-welcome")
        page.click(".bw-kept summary")
        expect(page.locator(".bw-kept-rows")).to_contain_text("No conversation here.")
        ask(page, "How many ships called in 2020?")


def test_one_page_cannot_ask_while_it_is_answered(visitor, serve):
    model = SlowChatModel()
    page = visitor.open(serve(chat_model=model).url)
    page.fill("#bw-question textarea", "How many ships called in 2020, and what was the cost?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#bw-live .bw-working .bw-statement")
    page.fill("#bw-question textarea", "Who replaced the lamp?")
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_contain_text("The last question is still being answered.")
    expect(page.locator("#bw-question textarea")).to_have_value("Who replaced the lamp?")
    model.go.set()
    page.wait_for_selector("#bw-live .bw-done")


def test_internal_events_are_private(visitor, site):
    page = visitor.open(site.url)
    told = page.evaluate("() => fetch('gradio_api/info').then(r => r.json())")
    assert list(json.loads(json.dumps(told))["named_endpoints"]) == ["/ask"]
    for path in ("gradio_api/file=/etc/passwd", "monitoring", "gradio_api/runs"):
        status = page.evaluate("path => fetch(path).then(r => r.status)", path)
        assert status == 404


def test_it_listens_on_this_machine_alone_unless_an_auth_file_is_given(site):
    assert briefwell.Settings().host == "127.0.0.1"
    with pytest.raises(briefwell.BriefingError, match="--auth-file"):
        briefwell.web.serve(site.assistant, host="0.0.0.0", port=0)


def test_another_host_name_is_refused_whatever_a_proxy_says(site):
    for headers in (
        {"Host": "evil.example"},
        {"Host": "evil.example", "X-Forwarded-Host": "127.0.0.1"},
    ):
        assert httpx.get(site.url, headers=headers).status_code == 421
    kept = httpx.get(site.url, headers={"X-Forwarded-Host": "evil.example"})
    assert kept.status_code == 200
    assert "evil.example" not in kept.text


def test_the_policy_lets_no_inline_script_in_but_by_its_hash(site):
    policy = httpx.get(site.url).headers["content-security-policy"]
    (scripts,) = [part for part in policy.split(";") if part.strip().startswith("script-src")]
    assert "'self'" in scripts
    assert "'sha256-" in scripts
    assert "unsafe" not in scripts


def test_analytics_and_share_links_are_closed(visitor, site):
    page = visitor.open(site.url)
    told = page.evaluate("() => fetch('config').then(r => r.json())")
    assert told["analytics_enabled"] is False
    expect(page.locator("footer")).to_be_hidden()
    with pytest.raises(briefwell.BriefingError, match="--auth-file"):
        briefwell.web.build(site.assistant).launch(share=True, prevent_thread_lock=True)
