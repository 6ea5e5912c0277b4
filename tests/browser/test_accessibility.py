"""Names and roles, contrast, focus, zoom, reduced motion; axe-core finds nothing serious."""

from __future__ import annotations

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from briefwell.web.login import account_line
from browser.conftest import NARROW, ask
from doubles import ScriptedChatModel

pytestmark = pytest.mark.browser


def serious(page: Page) -> list[str]:
    """What axe-core finds that is serious or critical, with the place."""
    page.wait_for_timeout(250)
    found = Axe().run(page).response["violations"]
    return [
        f"{item['id']}: {node['html'][:120]}"
        for item in found
        if item["impact"] in ("serious", "critical")
        for node in item["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_axe_finds_nothing_serious_in_any_state(visitor, site, scheme, size):
    options = {"color_scheme": scheme} | ({"viewport": NARROW} if size == "narrow" else {})
    page = visitor.open(site.url, **options)
    assert serious(page) == []
    ask(page, "What is known of the lamp of the lighthouse, and how far does the lamp shine?")
    assert serious(page) == []
    page.focus("#bw-live .bw-marker")
    assert serious(page) == []
    page.click("#bw-live .bw-marker >> nth=0")
    page.wait_for_selector(".bw-document")
    assert serious(page) == []
    if size == "narrow":
        page.click("button[name=pane][value=left]")
    page.click("#bw-dates-box summary")
    page.click(".bw-kept summary")
    page.wait_for_selector(".bw-kept-row")
    assert serious(page) == []
    if size == "narrow":
        page.click("button[name=pane][value=middle]")
    ask(page, "Who is the mayor of Port Ellery?")
    page.click("#bw-live .bw-more summary")
    page.click("#bw-live button[name=rate-up]")
    assert serious(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_when_things_go_wrong(visitor, serve, tmp_path, scheme):
    written = "\n".join(
        json.dumps({"statement": line, "quotes": [{"passage": 1, "quote": "Some 310 ships"}]})
        for line in ("Some 310 ships called in 2020.", "Some 990 ships called in 2020.")
    )
    people = tmp_path / "people"
    people.write_text(account_line("ada", "a long password"), encoding="utf-8")
    site = serve(chat_model=ScriptedChatModel([written]), auth_file=people)
    page = visitor.open(site.url, ready="input[name=password]", color_scheme=scheme)
    page.fill("input[name=username]", "ada")
    page.fill("input[name=password]", "wrong")
    page.click("button[type=submit]")
    page.wait_for_selector("[role=alert]")
    assert serious(page) == []
    page.fill("input[name=username]", "ada")
    page.fill("input[name=password]", "a long password")
    page.click("button[type=submit]")
    page.wait_for_selector(".bw-welcome")
    ask(page, "How many ships called in 2020?")
    page.click("#bw-live .bw-rejected summary")
    page.click("#bw-live button[name=edit]")
    page.check("#bw-library input >> nth=0")
    refused = [{"name": "run.exe", "mimeType": "application/x", "buffer": b"MZ"}]
    page.set_input_files("#bw-add input[type=file]", files=refused)
    page.wait_for_selector("#bw-report .bw-refusal")
    assert serious(page) == []
    (site.assistant.documents / "harbour.md").write_text("# Harbour report\n\nGone.\n", "utf-8")
    page.click("#bw-reindex")
    page.wait_for_selector("#bw-report .bw-done")
    page.reload()
    page.wait_for_selector("#bw-live .bw-stale")
    assert serious(page) == []


def test_names_and_roles(visitor, site):
    page = visitor.open(site.url)
    ask(page, "How many ships called in 2020?")
    for name in ("Documents", "Questions and answers", "Source"):
        expect(page.get_by_role("region", name=name)).to_have_count(1)
    expect(page.get_by_role("textbox", name="Question")).to_be_visible()
    expect(page.get_by_role("button", name="Send the question")).to_be_visible()
    adding = page.get_by_role("button", name="Drop documents here or choose files")
    expect(adding).to_have_text("Drop documents here or choose files", use_inner_text=True)
    expect(page.get_by_role("checkbox", name="Search only in Harbour report")).to_be_visible()
    expect(page.get_by_role("heading", name="How many ships called in 2020?")).to_have_count(1)
    assert page.locator("#bw-live").get_attribute("aria-live") == "polite"


def test_markers_speak(visitor, site):
    page = visitor.open(site.url)
    ask(page, "How many ships called in 2020?")
    expect(page.get_by_role("button", name="[1] citation: Harbour report")).to_be_visible()


def test_focus_goes_from_documents_to_questions_to_source(visitor, site):
    page = visitor.open(site.url)
    ask(page, "How many ships called in 2020?")
    page.wait_for_selector("#bw-source .bw-passage")
    page.focus("button[name=theme]")
    order: list[str] = []
    for _ in range(90):
        page.keyboard.press("Tab")
        pane = page.evaluate("() => document.activeElement.closest('.bw-pane')?.id || ''")
        if pane and (not order or order[-1] != pane):
            order.append(pane)
        if order[-1:] == ["bw-right"]:
            break
    assert order == ["bw-left", "bw-middle", "bw-right"]


def test_what_has_the_focus_is_seen(visitor, site):
    page = visitor.open(site.url)
    ask(page, "How many ships called in 2020?")
    page.keyboard.press("Shift+Tab")
    page.focus("#bw-live .bw-marker")
    page.keyboard.press("Tab")
    outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_reduced_motion(visitor, site):
    page = visitor.open(site.url, reduced_motion="reduce")
    ask(page, "How many ships called in 2020?")
    moving = page.evaluate(
        "() => [...document.querySelectorAll('.gradio-container *')].filter(e =>"
        " getComputedStyle(e).animationName !== 'none').length"
    )
    assert moving == 0


def test_at_200_percent_nothing_is_lost(visitor, site):
    page = visitor.open(site.url, viewport={"width": 720, "height": 450}, device_scale_factor=2)
    ask(page, "How many ships called in 2020?")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 720
    page.click("#bw-live .bw-marker")
    expect(page.locator("#bw-right mark.bw-now")).to_be_in_viewport()


def test_at_320_pixels_every_button_of_the_top_is_in_the_window(visitor, site):
    page = visitor.open(site.url, viewport={"width": 320, "height": 640})
    for button in page.locator(".bw-top button").all():
        expect(button).to_be_in_viewport(ratio=1)


COVERED = """() => {
  const kept = document.querySelector("#bw-kept");
  const box = kept.getBoundingClientRect();
  const found = { covered: 0, through: [] };
  for (const one of document.querySelectorAll("#bw-dates *")) {
    const { left, top, width, height } = one.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const inside = x > box.left && x < box.right && y > box.top && y < box.bottom;
    if (!width || !inside) continue;
    found.covered += 1;
    if (!kept.contains(document.elementFromPoint(x, y))) found.through.push(one.tagName);
  }
  return found;
}"""
"""What of the boxes for dates lies under the opened list, and what of that can be touched."""


def test_at_200_percent_an_opened_list_hides_what_lies_under_it(visitor, site):
    page = visitor.open(site.url, viewport={"width": 720, "height": 450}, device_scale_factor=2)
    ask(page, "How many ships called in 2020?")
    page.click("button[name=pane][value=left]")
    page.click("#bw-dates-box summary")
    page.wait_for_selector("#bw-since input, #bw-since textarea")
    page.click("#bw-kept summary")
    page.wait_for_selector(".bw-kept-row")
    page.evaluate("document.querySelector('#bw-left').scrollTop = 0")
    shown = page.evaluate(COVERED)
    assert shown["covered"] > 0
    assert shown["through"] == []
