"""Tells which elements of a web page are hidden, and which are chrome around the document."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

SKIPPED = frozenset(
    """script style template noscript svg iframe object embed canvas audio video head title
    select option datalist button input textarea map rt rp del s strike""".split()
)
_CHROME_TAGS = frozenset(("nav", "footer", "menu"))
_CHROME_ROLES = frozenset(
    "navigation banner contentinfo search menu menubar toolbar dialog alertdialog".split()
)
_CHROME_NAME = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|navigation|navbox|menu|breadcrumbs?|cookies?|consent|gdpr|sidebar|"
    r"footer|masthead|share|sharing|social|newsletter|subscribe|related|recommended|promo|"
    r"adverts?|advertisement|popup|modal|skip-?link|pagination|pager|comments?|toc)(?:$|[-_\s])",
    re.IGNORECASE,
)
_MOST_CHROME_SHARE = 0.4
_HIDING_STYLE = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d]*[1-9])"
    r"|opacity\s*:\s*0(?![.\d]*[1-9])|(?:text-indent|left|top)\s*:\s*-\d{4,})",
    re.IGNORECASE,
)
_WHITE = r"(?:#fff(?:fff)?\b|white\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))"
_WHITE_TEXT = re.compile(rf"(?:^|[;\s])color\s*:\s*{_WHITE}", re.IGNORECASE)
_WHITE_GROUND = re.compile(rf"background(?:-color)?\s*:\s*{_WHITE}", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_AT_BLOCK = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_SIMPLE_SELECTOR = re.compile(r"(?P<mark>[.#])(?P<name>[\w-]+)")
_LONGEST_STYLE = 300_000


class Page:
    """What has to be known of a whole page before its elements can be judged."""

    def __init__(self, root: HtmlElement) -> None:
        self.length = sum(len(piece.strip()) for piece in root.itertext())
        self.has_main = any(True for _ in root.iter("main", "article")) or bool(
            root.xpath("//*[@role='main']")
        )
        self.hidden_classes: set[str] = set()
        self.hidden_ids: set[str] = set()
        self.has_styles = any(True for _ in root.iter("link"))
        for style in root.iter("style"):
            self.has_styles = True
            self._read_style((style.text or "")[:_LONGEST_STYLE])

    def _read_style(self, sheet: str) -> None:
        plain = _AT_BLOCK.sub("", _COMMENT.sub("", sheet))
        for selectors, body in _RULE.findall(plain):
            if _HIDING_STYLE.search(body):
                for selector in selectors.split(","):
                    match = _SIMPLE_SELECTOR.fullmatch(selector.strip())
                    if match:
                        names = self.hidden_classes if match["mark"] == "." else self.hidden_ids
                        names.add(match["name"])

    def is_hidden(self, element: HtmlElement) -> bool:
        """Tell whether a browser would not show `element`, as far as the page itself says so."""
        if element.get("hidden") is not None or element.get("aria-hidden") == "true":
            return True
        if element.get("id") in self.hidden_ids:
            return True
        if self.hidden_classes and self.hidden_classes & set((element.get("class") or "").split()):
            return True
        style = element.get("style")
        if not style:
            return False
        if _HIDING_STYLE.search(style):
            return True
        # White letters can only be called invisible where the ground is known to be white.
        return _WHITE_TEXT.search(style) is not None and (
            _WHITE_GROUND.search(style) is not None
            or "background" not in style.casefold()
            and not self.has_styles
            and _is_on_white(element)
        )

    def is_chrome(self, element: HtmlElement) -> bool:
        """Tell whether `element` belongs to the page rather than to the document on it."""
        tag = element.tag
        if tag in _CHROME_TAGS or (element.get("role") or "").casefold() in _CHROME_ROLES:
            return True
        if tag in ("header", "aside") and self.has_main:
            return not any(True for _ in element.iterancestors("main", "article"))
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        if tag in ("html", "body", "main", "article") or not _CHROME_NAME.search(name):
            return False
        length = sum(len(piece.strip()) for piece in element.itertext())
        if length > _MOST_CHROME_SHARE * self.length:
            return False
        return next(element.iter("h1", "main", "article"), None) is None


def _is_on_white(element: HtmlElement) -> bool:
    for ancestor in (element, *element.iterancestors()):
        if ancestor.get("bgcolor") or ancestor.get("background"):
            return False
        if ancestor is not element and "background" in (ancestor.get("style") or "").casefold():
            return False
    return True
