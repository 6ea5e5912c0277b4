"""One word of a sentence turned round: a denial, an opposite, a rank, a doubt, an amount."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from cases import Base, Case, put
from usage import NOT_AFTER, ONLY_BEFORE
from wordlists import UNITS

_NOT_YET = r"(?<!had )(?<!has )(?<!have )(?<!was )(?<!were )(?<!is )(?<!are )(?<!been )(?<!ly )"
_NEGATED: tuple[tuple[str, str], ...] = (
    (r"\b(was|were|is|are|had been|has been|will|would|could|should|must) not\b(?! only)", r"\1"),
    (r"\b(did|does|do) not\b(?!.* until)", r"\1"),
    (r"\bnever\b", "once"),
    (r"\bno longer\b", "still"),
    (r"\bfailed to\b", "managed to"),
    (r"\brefused to\b", "agreed to"),
    (r"\bwithout (?![a-z]+ing\b)", "with "),
    (r"\b(was|were) (?!not|no\b|never)", r"\1 not "),
    (
        r"\b(has|have|had) (?!not|no\b|never)"
        r"(?=(?!limited|mixed|united|advanced|varied|strained)[a-z]+ed\b|been\b)",
        r"\1 not ",
    ),
    (r"\b(is|are|will|would|could|must) (?!not|no\b|never)", r"\1 not "),
    (rf"{_NOT_YET}\brecognized\b", "did not recognize"),
    (r"\bestablished\b(?= diplomatic)", "did not establish"),
    (rf"{_NOT_YET}\bpresented\b", "did not present"),
    (rf"{_NOT_YET}\bagreed\b", "did not agree"),
)
_HARMLESS = re.compile(r"\b(?:before|until|after|than|whether)\b[^,;]*$", re.IGNORECASE)


def negation(kind: str, bases: Sequence[Base]) -> Iterator[Case]:
    """Yield statements with a denial put in or taken away."""
    for base in bases:
        chance = base.lot(kind)
        options = [
            (match, change)
            for pattern, change in _NEGATED
            if (match := re.search(pattern, base.text))
            and not _HARMLESS.search(base.text[: match.start()])
        ]
        if options:
            # The rules that take a negation away are rarer: they come first.
            match, change = options[0] if chance.random() < 0.7 else chance.choice(options)
            other = match.expand(change)
            text = f"{base.text[: match.start()]}{other}{base.text[match.end() :]}"
            yield base.case(kind, text, f"{match[0]} → {other}")


def exchanged(table: dict[str, str]) -> Callable[[str, Sequence[Base]], Iterator[Case]]:
    """Return a maker that puts for one word of the table what stands there for it."""
    words = "|".join(sorted((re.escape(word) for word in table if word != "%"), key=len)[::-1])
    pattern = re.compile(
        rf"(?<![\w-])(?:{words})(?![\w-])" + (r"|(?<=\d)%" if "%" in table else "")
    )

    def make(kind: str, bases: Sequence[Base]) -> Iterator[Case]:
        used: dict[str, int] = {}
        for base in bases:
            options = [m for m in pattern.finditer(base.text) if _is_free(base.text, m)]
            if not options:
                continue
            match = base.lot(kind).choice(options)
            other = table[match[0]]
            used[match[0]] = used.get(match[0], 0) + 1
            if used[match[0]] > 40 or re.search(rf"\b{re.escape(other)}\b", base.original):
                continue
            text = put(base.text, match, other)
            if match[0].startswith("one of the ") and other != "the only one of the":
                text = _single(text, match.start() + len(other))
            yield base.case(kind, text, f"{match[0]} → {other}")

    return make


def _is_free(text: str, match: re.Match[str]) -> bool:
    """Tell whether a word is used as the lists mean it, as far as its neighbours show."""
    word = match[0].lower()
    before, after = text[: match.start()], text[match.end() :]
    if word in NOT_AFTER and re.search(rf"(?:{NOT_AFTER[word]})$", before):
        return False
    if word in ONLY_BEFORE and not re.match(ONLY_BEFORE[word], after):
        return False
    counted = r"(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    counted += r"|million|billion|thousand|hundred))[ -]?$"
    return match[0] not in UNITS or match[0] == "%" or re.search(counted, before) is not None


def _single(text: str, at: int) -> str:
    """Return the text with the first plural after `at` made single: `the first states`."""
    plural = re.compile(r"\b([a-z]{3,}?)(ies|(?<![sui])s)\b").search(text, at)
    if plural is None:
        return text
    ending = "y" if plural[2] == "ies" else ""
    return f"{text[: plural.start()]}{plural[1]}{ending}{text[plural.end() :]}"
