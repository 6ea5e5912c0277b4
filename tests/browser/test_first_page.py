"""The page itself: introduction, documents, conversation, source, adding, reindexing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import NARROW, Visitor, ask
from browser.site import DOCUMENTS, HARBOUR, two_pages

pytestmark = pytest.mark.browser

LAMP = "The lamp of the lighthouse was replaced by Otto Brandt in July 1911."
SHINES = "The new lamp of the lighthouse shines 21 miles."


def words(page: Page, selector: str) -> str:
    """What a reader sees of an element, the words for screen readers left out."""
    return page.eval_on_selector(
        selector,
        "e => { const c = e.cloneNode(true);"
        " c.querySelectorAll('.bw-sr').forEach(x => x.remove()); return c.textContent; }",
    )


def test_asks_and_finds_the_highlighted_words_of_a_citation(visitor: Visitor, site):
    page = visitor.open(site.url)
    ask(page, "How many ships called in 2020?")
    expect(page.locator("#bw-live .bw-statement")).to_contain_text("Some 310 ships called in 2020.")
    assert page.inner_text("#bw-live .bw-marker").startswith("[1]")
    page.wait_for_selector("#bw-source .bw-passage mark")
    assert words(page, "#bw-source .bw-passage mark") == "Some 310 ships called in 2020."
    card = page.locator("#bw-source .bw-passage")
    for told in ("Harbour report", "1 December 2020", "Traffic", "Pilots say that fog"):
        expect(card).to_contain_text(told)


def test_passage_of_a_paged_document_names_its_page(visitor: Visitor, serve):
    page = visitor.open(serve({"ferry.pdf": two_pages()}).url)
    ask(page, "What does a ticket to Nessholm cost?")
    expect(page.locator("#bw-source .bw-passage").first).to_contain_text("page 2")


def test_empty_page_introduces_itself_with_questions_from_the_documents(visitor, site):
    page = visitor.open(site.url)
    expect(page.locator(".bw-welcome")).to_contain_text("Briefwell answers from 3 documents")
    expect(page.locator(".bw-example")).to_have_count(4)
    examples = page.locator(".bw-example").all_inner_texts()
    assert "How many ships called in 2020?" in examples
    for example in examples:
        page.click("button[name=new]")
        page.click(f'.bw-example >> text="{example}"')
        expect(page.locator("#bw-live .bw-question")).to_contain_text(example)
        expect(page.locator("#bw-live .bw-marker").first).to_be_visible()


def test_documents_are_listed_with_title_date_type_and_state(visitor, site):
    page = visitor.open(site.url)
    row = page.locator(".bw-file", has_text="Orchard survey")
    expect(row).to_contain_text("15 June 2021")
    expect(row).to_contain_text("Markdown")
    expect(page.locator(".bw-count")).to_have_text("3 documents, 1 could not be read")


def test_failed_documents_are_listed_with_the_reason(visitor, site):
    page = visitor.open(site.url)
    failed = page.locator(".bw-failed")
    expect(failed).to_have_count(1)
    expect(failed).to_contain_text("locked.pdf")
    expect(failed).to_contain_text("could not be read")
    assert len(page.inner_text(".bw-failed .bw-reason")) > 20


def test_three_panes_stand_side_by_side(visitor, site):
    page = visitor.open(site.url)
    left, middle, right = (
        page.locator(name).bounding_box() for name in ("#bw-left", "#bw-middle", "#bw-right")
    )
    assert left["x"] + left["width"] <= middle["x"] < middle["x"] + middle["width"] <= right["x"]
    assert left["width"] > 200
    assert right["width"] > 300


def test_marker_opens_the_document_scrolled_to_the_quote(visitor, site):
    page = visitor.open(site.url)
    ask(page, "Who replaced the lamp of the lighthouse?")
    page.click("#bw-live .bw-marker >> nth=0")
    mark = page.locator("#bw-source .bw-document mark.bw-now")
    expect(mark).to_be_in_viewport()
    assert words(page, "#bw-source .bw-document mark.bw-now") == LAMP
    assert page.evaluate("document.querySelector('#bw-right').scrollTop") > 1000
    assert "#" not in page.inner_text("#bw-source .bw-document h4 >> nth=0")
    ask(page, "How many ships called in 2020?")
    expect(page.locator("#bw-source .bw-pane-head")).to_have_text("Passages cited")
    assert page.evaluate("document.querySelector('#bw-right').scrollTop") == 0


def test_passages_that_arrive_late_do_not_take_the_opened_document_away(visitor, site):
    page = visitor.open(site.url)
    held = []
    page.route("**/passages", lambda route: held.append(route))
    ask(page, "Who replaced the lamp of the lighthouse?")
    page.wait_for_function("document.querySelector('#bw-live .bw-done')")
    page.wait_for_timeout(200)
    page.click("#bw-live .bw-marker >> nth=0")
    mark = page.locator("#bw-source .bw-document mark.bw-now")
    expect(mark).to_be_in_viewport()
    assert held
    for late in held:
        late.continue_()
    page.wait_for_timeout(300)
    expect(mark).to_be_in_viewport()


def test_other_citations_are_marked_and_previous_and_next_go_between_them(visitor, site):
    page = visitor.open(site.url)
    ask(page, "What is known of the lamp of the lighthouse, and how far does the lamp shine?")
    quotes = page.locator("#bw-live .bw-marker").count()
    assert quotes >= 2
    page.click("#bw-live .bw-marker >> nth=0")
    page.wait_for_selector(".bw-document mark")
    numbers = page.eval_on_selector_all(".bw-document mark", "marks => marks.length")
    assert numbers >= 2
    place = page.locator(".bw-place")
    expect(place).to_have_text(f"Citation 1 of {quotes}")
    expect(page.locator(".bw-bar button[name=previous]")).to_be_disabled()
    page.click(".bw-bar button[name=next]")
    expect(place).to_have_text(f"Citation 2 of {quotes}")
    expect(page.locator(".bw-document mark.bw-now")).to_be_in_viewport()
    page.click(".bw-bar button[name=previous]")
    expect(place).to_have_text(f"Citation 1 of {quotes}")
    page.click(".bw-bar button[name=back]")
    expect(page.locator("#bw-source .bw-passage .bw-number")).to_have_count(quotes)
    expect(page.locator("#bw-source .bw-passage")).to_have_count(1)


def drop(page: Page, name: str, content: str) -> None:
    """Drop a file on the place for files, as a person drags it in from the desktop."""
    transfer = page.evaluate_handle(
        "([name, content]) => { const t = new DataTransfer();"
        " t.items.add(new File([content], name, {type: 'text/plain'})); return t; }",
        [name, content],
    )
    for kind in ("dragenter", "dragover", "drop"):
        page.dispatch_event("#bw-add .upload-container", kind, {"dataTransfer": transfer})


def watch_report(page: Page) -> None:
    """Keep in `window.told` every state of the report that stands on the page."""
    page.evaluate(
        "window.told = []; new MutationObserver(() => window.told.push("
        "document.querySelector('#bw-report').innerText)).observe("
        "document.querySelector('#bw-report'), {childList: true, subtree: true})"
    )


def test_drag_and_drop_adds_a_file_and_indexes_it(visitor, serve):
    site = serve()
    page = visitor.open(site.url)
    watch_report(page)
    drop(page, "meadow.txt", "Meadow note\n\nThe meadow of Tarn was mown by Ilse in August 1934.\n")
    expect(page.locator("#bw-report")).to_contain_text("Added “meadow.txt”")
    expect(page.locator("#bw-report .bw-done")).to_contain_text("1 added", timeout=60_000)
    expect(page.locator("#bw-library")).to_contain_text("Meadow note")
    assert any("Starting" in told or " of 1" in told for told in page.evaluate("window.told"))
    ask(page, "Who mowed the meadow of Tarn?")
    expect(page.locator("#bw-live .bw-statement").first).to_contain_text("Ilse in August 1934")


def test_upload_never_overwrites_and_keeps_both(visitor, serve):
    site = serve()
    page = visitor.open(site.url)
    drop(page, "harbour.md", "# Another harbour\n\nThe second harbour was dug in 1888.\n")
    expect(page.locator("#bw-report")).to_contain_text("both are kept")
    expect(page.locator("#bw-report .bw-done")).to_be_visible(timeout=60_000)
    documents = site.assistant.documents
    assert (documents / "harbour.md").read_text(encoding="utf-8") == HARBOUR
    assert "second harbour" in (documents / "harbour (2).md").read_text(encoding="utf-8")


def test_an_added_file_gets_a_safe_name(visitor, serve):
    site = serve()
    page = visitor.open(site.url)
    drop(page, "a<b>:c|d.txt", "Pond note\n\nThe pond of Tarn froze in January 1902.\n")
    expect(page.locator("#bw-report .bw-done")).to_contain_text("1 added", timeout=60_000)
    names = {path.name for path in site.assistant.documents.rglob("*.txt")}
    assert len(names) == 1
    assert not re.search(r"[<>:|/\\\\]", names.pop())


def test_a_file_over_the_limit_is_refused(visitor, serve):
    site = serve()
    changed = site.assistant.settings.model_copy(update={"max_file_bytes": 2000})
    site.assistant.settings = changed
    page = visitor.open(site.url)
    drop(page, "long.txt", "x" * 2001)
    expect(page.locator("#bw-report .bw-refusal")).to_contain_text("2.0 kB are the most")
    assert not (site.assistant.documents / "long.txt").exists()


def test_upload_refuses_other_types(visitor, serve):
    site = serve()
    page = visitor.open(site.url)
    drop(page, "run.exe", "MZ")
    expect(page.locator("#bw-report .bw-refusal")).to_have_text(
        "Not added: “run.exe”. Briefwell reads TXT, MD, HTML, HTM, PDF, DOCX files."
    )
    drop(page, "nothing.txt", "")
    expect(page.locator("#bw-report .bw-refusal")).to_have_text(
        "Not added: “nothing.txt” is empty."
    )
    expect(page.locator("#bw-add")).not_to_contain_text("Error")
    assert sorted(path.name for path in site.assistant.documents.rglob("*.exe")) == []


def test_reindex_button_reports_live(visitor, serve):
    site = serve()
    page = visitor.open(site.url)
    added = site.assistant.documents / "pond.txt"
    added.write_text("Pond note\n\nThe pond froze in January 1902.\n", encoding="utf-8")
    watch_report(page)
    page.click("#bw-reindex")
    expect(page.locator("#bw-report .bw-done")).to_contain_text("1 added", timeout=60_000)
    expect(page.locator("#bw-report .bw-done")).to_contain_text("1 could not be read")
    expect(page.locator("#bw-library")).to_contain_text("Pond note")
    assert len(page.evaluate("window.told")) >= 2


def test_reindexing_leaves_the_conversation_as_it_is(visitor, serve):
    page = visitor.open(serve().url)
    page.check("#bw-library .bw-file:has-text('Harbour report') input")
    ask(page, "How many ships called in 2020?")
    page.click("#bw-reindex")
    expect(page.locator("#bw-report .bw-done")).to_be_visible(timeout=60_000)
    expect(page.locator("#bw-live .bw-statement")).to_be_visible()
    expect(page.locator("#bw-welcome")).to_be_hidden()
    ticked = page.locator("#bw-library .bw-file", has=page.locator("input:checked"))
    expect(ticked).to_have_count(1)
    expect(ticked).to_contain_text("Harbour report")


def test_narrow_windows_show_one_pane_at_a_time(visitor, site):
    page = visitor.open(site.url, viewport=NARROW)
    expect(page.locator("#bw-middle")).to_be_visible()
    expect(page.locator("#bw-left")).to_be_hidden()
    page.click("button[name=pane][value=left]")
    expect(page.locator("#bw-left")).to_be_visible()
    expect(page.locator("#bw-middle")).to_be_hidden()
    page.click("button[name=pane][value=middle]")
    ask(page, "How many ships called in 2020?")
    page.click("#bw-live .bw-marker")
    expect(page.locator("#bw-right mark.bw-now")).to_be_in_viewport(timeout=20_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_light_and_dark_follow_the_system_and_the_button(visitor, site):
    def ground(page: Page) -> str:
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    light = visitor.open(site.url, color_scheme="light")
    dark = visitor.open(site.url, color_scheme="dark")
    assert (ground(light), ground(dark)) == ("rgb(247, 245, 241)", "rgb(19, 22, 25)")
    light.click("button[name=theme]")
    assert ground(light) == "rgb(19, 22, 25)"
    light.reload()
    light.wait_for_selector(".bw-welcome")
    light.wait_for_function("() => document.body.classList.contains('dark')")


def test_keyboard_alone_asks_opens_and_walks_citations(visitor, site):
    page = visitor.open(site.url)
    page.keyboard.press("/")
    expect(page.locator("#bw-question textarea")).to_be_focused()
    page.keyboard.type("What is known of the lamp of the lighthouse, and how far does the lamp")
    page.keyboard.type(" shine?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#bw-live .bw-turn:not(.bw-working) .bw-marker")
    page.evaluate("document.activeElement.blur()")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('bw-marker')"):
            break
    else:
        pytest.fail("no marker was reached with the tab key")
    page.keyboard.press("Enter")
    expect(page.locator("#bw-source-title")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".bw-place")).to_contain_text("Citation 2")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".bw-place")).to_contain_text("Citation 1")
    page.keyboard.press("Escape")
    expect(page.locator("#bw-source .bw-passage").first).to_be_visible()
    expect(page.locator("#bw-live .bw-marker").first).to_be_focused()


def test_a_page_without_an_index_says_what_to_do(visitor, serve):
    site = serve({})
    page = visitor.open(site.url)
    expect(page.locator("#bw-report .bw-problem")).to_be_visible()
    for name, content in DOCUMENTS.items():
        if name.startswith("harbour"):
            (site.assistant.documents / name).write_text(str(content), encoding="utf-8")
    page.click("#bw-reindex")
    expect(page.locator("#bw-report .bw-done")).to_contain_text("1 added", timeout=60_000)
