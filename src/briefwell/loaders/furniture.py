"""Knows page furniture: lines that belong to the page and not to the document."""

from __future__ import annotations

import re

_NAVIGATION = re.compile(
    r"""
    (?:(?:back|return|go)\ to\ )?(?:the\ )?(?:top|bottom)\ of(?:\ the|\ this)?\ page
    | (?:back|return|go|up)\ to\ (?:the\ )?(?:top|bottom|menu|home|start)
    | skip\ (?:to|navigation)(?:\ (?:the\ )?(?:main\ )?(?:content|navigation|menu|search|footer))?
    | jump\ to\ (?:main\ )?(?:content|navigation|search)
    | (?:main|toggle|open|close)\ (?:menu|navigation|search)(?:\ menu)?
    | (?:previous|next)\ (?:page|article|post|story)
    | (?:share|tweet|email|print)\ (?:this|on|via)(?:\ \w+){1,3}
    | share\ (?:this\ )?(?:article|page|post|story)
    | print\ (?:this\ )?(?:article|page|version)
    | (?:click|tap)\ here\ to\ (?:print|share|subscribe)
    | read\ more | show\ more | load\ more | learn\ more | see\ all | view\ all
    | subscribe\ (?:now|today|to\ our\ newsletter) | sign\ (?:up|in|out) | log\ ?(?:in|out)
    | advertisement | sponsored\ content | loading(?:…|\.\.\.)
    | sitemap | site\ map
    | (?:privacy|cookie)\ (?:policy|notice|settings|preferences)
    | terms\ (?:of\ (?:use|service)|and\ conditions)
    | (?:accept|reject|allow|decline|manage)(?:\ (?:all|optional|essential))?\ cookies?
    | got\ it[.!]? | i\ (?:accept|agree)
    | (?:[-–—]\ *)?page\ \d+(?:\ (?:of|/)\ \d+)?(?:\ *[-–—])?
    | [-–—]\ *\d{1,4}\ *[-–—]
    | \d{1,4}\ of\ \d{1,4}
    | (?:copyright\ )?(?:©|\(c\))\ ?.{0,100}
    | .{0,80}\ball\ rights\ reserved\.?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MENU_WORDS = frozenset(
    "home menu search next previous share tweet email print top bottom subscribe login about "
    "contact news blog help more close back".split()
)
_COOKIES = re.compile(
    r"\b(?:we|(?:this|our)\ (?:web)?site(?:s)?|by\ (?:using|continuing))\b.{0,120}\bcookies\b",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_LINK_ENDS = "→←↑↓»«›‹>|•· \t"
_LONGEST = 140
_LONGEST_COOKIE_NOTICE = 400


def is_furniture(text: str) -> bool:
    """Tell whether `text`, a line or a short block, is page furniture wherever it stands."""
    if not any(char.isalnum() for char in text):
        return True
    if len(text) > 2 * _LONGEST:
        return False
    line = " ".join(text.split()).strip(_LINK_ENDS)
    return len(line) <= _LONGEST and _NAVIGATION.fullmatch(line) is not None


def is_cookie_notice(text: str) -> bool:
    """Tell whether a short block at a document's edge is a site's cookie notice."""
    return len(text) <= _LONGEST_COOKIE_NOTICE and _COOKIES.search(text) is not None


def is_menu_word(text: str) -> bool:
    """Tell whether `text` is a word that is furniture in a menu, though not everywhere."""
    return text.strip(_LINK_ENDS).casefold() in _MENU_WORDS
