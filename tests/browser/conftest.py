"""One browser for all browser tests; a page knows what it asked for and what went wrong."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from browser.site import DOCUMENTS, Site, index, served

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 390, "height": 844}


# Not for the whole session: while Playwright is open an event loop runs in this thread, and tests
# with a loop of their own could not run after these.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium; its absence is a failure where CI=true, elsewhere a skip."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        message = "no Chromium on this machine: the browser tests need one (Debian: chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=found,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield opened
        opened.close()


class Visitor:
    """Opens pages and keeps what they did: requests to elsewhere, errors, refused scripts."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[Any] = []
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.policy: list[str] = []

    def open(self, url: str, *, ready: str = ".bw-welcome, .bw-turn", **options: Any) -> Page:
        """Open `url` in a fresh context and wait until the page has been filled."""
        options.setdefault("viewport", WIDE)
        context = self._browser.new_context(**options)
        context.set_default_timeout(15_000)
        self._contexts.append(context)
        page = context.new_page()
        self.watch(page, url)
        page.goto(url)
        page.wait_for_selector(ready)
        return page

    def watch(self, page: Page, url: str) -> None:
        """Keep what `page` asks of others than `url`'s server, and what fails in it."""
        origin = "/".join(url.split("/")[:3]) + "/"
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((origin, "data:", "blob:"))
                else self.foreign.append(request.url)
            ),
        )
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console",
            lambda message: (
                self.policy.append(message.text)
                if "Content Security Policy" in message.text
                else None
            ),
        )

    def close(self) -> None:
        """Close every context."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    """Opens pages; afterwards nothing may have left the machine or broken the policy."""
    made = Visitor(browser)
    yield made
    made.close()
    assert made.foreign == []
    assert made.policy == []
    assert made.errors == []


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `DOCUMENTS` and their index, to be copied: indexing takes seconds."""
    place = tmp_path_factory.mktemp("prepared")
    index(place, DOCUMENTS)
    return place


@pytest.fixture(scope="session")
def site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose documents no test changes."""
    place = tmp_path_factory.mktemp("site")
    shutil.copytree(prepared, place, dirs_exist_ok=True)
    with served(place) as opened:
        yield opened


@pytest.fixture
def serve(prepared: Path, tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Serve a site of this test's own.

    Called with documents to index, or with None for `DOCUMENTS`, and with options of `served`.
    """
    open_now = []

    def start(documents: Mapping[str, str | bytes] | None = None, **options: Any) -> Site:
        if documents is None:
            shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
        else:
            index(tmp_path, documents)
        context = served(tmp_path, **options)
        open_now.append(context)
        return context.__enter__()

    yield start
    for context in reversed(open_now):
        context.__exit__(None, None, None)


def ask(page: Page, question: str) -> None:
    """Type a question, press enter, wait for the end of the answer."""
    before = page.locator(".bw-turn").count()
    page.fill("#bw-question textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_function(
        "before => document.querySelectorAll('.bw-turn').length > before", arg=before
    )
    page.wait_for_selector("#bw-live .bw-turn:not(.bw-working)")
