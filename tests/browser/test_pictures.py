"""The pictures of the README: the real page, the real model, the sample documents.

`pytest tests/browser/test_pictures.py --update-pictures` writes them to `pictures`; without the
option the same pages are opened and only checked.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from browser.conftest import NARROW, Visitor, ask
from browser.site import Site, index, served

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
PICTURES = Path(__file__).resolve().parent / "pictures"
MOST_BYTES = 200_000
QUESTION = "What are the four pillars of the High Level Economic Dialogue?"
VIEWS: dict[str, dict[str, Any]] = {
    "answer.png": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "narrow.png": {"viewport": NARROW, "color_scheme": "dark"},
}


@pytest.fixture(scope="module")
def samples(compiled_models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The page over a copy of the sample documents, with the default embedding model."""
    place = tmp_path_factory.mktemp("samples")
    shutil.copytree(ROOT / "documents", place / "documents")
    shutil.copytree(compiled_models, place / "index" / "models")
    index(place, {}, embedder=None)
    with served(place, embedder=None) as site:
        yield site


@pytest.mark.parametrize("name", VIEWS)
def test_pictures_of_the_readme(name: str, visitor: Visitor, samples: Site, request: Any):
    page = visitor.open(samples.url, reduced_motion="reduce", **VIEWS[name])
    ask(page, QUESTION)
    for number in (1, 2, 3, 4):
        expect(page.locator("#bw-live .bw-marker").nth(number - 1)).to_contain_text(str(number))
    if name == "answer.png":
        page.click("#bw-live .bw-marker >> nth=0")
        expect(page.locator("#bw-source .bw-document mark.bw-now")).to_be_in_viewport()
    page.mouse.move(0, 0)
    if request.config.getoption("--update-pictures"):
        PICTURES.mkdir(exist_ok=True)
        (PICTURES / name).write_bytes(_picture(page))


def test_every_question_the_empty_page_offers_is_answered(visitor: Visitor, samples: Site):
    page = visitor.open(samples.url)
    expect(page.locator(".bw-example")).to_have_count(4, timeout=60_000)
    for example in page.locator(".bw-example").all_inner_texts():
        page.click("button[name=new]")
        page.click(f'.bw-example >> text="{example}"')
        expect(page.locator("#bw-live .bw-question")).to_contain_text(example)
        expect(page.locator(".bw-turn")).to_have_count(1)
        expect(page.locator("#bw-live .bw-done .bw-marker").first).to_be_visible(timeout=60_000)


def _picture(page: Page) -> bytes:
    """What the window shows, as PNG of at most 128 colours: text loses nothing by it."""
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(300)
    made = io.BytesIO()
    drawn = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    drawn.quantize(128, dither=Image.Dither.NONE).save(made, "png", optimize=True)
    return made.getvalue()


def test_the_readme_shows_every_picture():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[([^]]{20,})\]\((tests/browser/pictures/[\w.-]+)\)", readme)
    assert sorted(Path(path).name for _, path in shown) == sorted(VIEWS)
    for _, path in shown:
        picture = ROOT / path
        assert picture.stat().st_size < MOST_BYTES
        wanted = VIEWS[picture.name]["viewport"]
        with Image.open(picture) as opened:
            assert opened.size == (wanted["width"], wanted["height"])
