"""The previous question asked again about something else: "And Texas?", "and the third?"."""

from __future__ import annotations

import re

from briefwell.answering.phrases import (
    BREAKS,
    NAME,
    ORDINALS,
    PARTICIPLE,
    has_name,
    is_plural,
    noun_phrases,
    singular,
)

LEADING = "in|for|from|with|by|under|after|before|during|since|on|at|to|about|against|into|of"
"""Prepositions with which a fragment such as "And in Texas?" may begin."""
_SUPERLATIVE = (
    r"(?:[a-z]+-)?(?!(?:west|interest|forest|request|protest|arrest|contest|test|rest|guest|harvest|"
    r"invest|suggest|conquest)\b)[a-z]{2,}est|top|best|worst|main|chief|(?:most|least)\s+[a-z]+"
)


def exact_ordinal(word: str, question: str, total: int) -> str:
    """Return the ordinal meant by "last", "next" or "previous"; any other word as it is.

    Args:
        word: In small letters.
        question: The one before, whose ordinal "next" and "previous" count from.
        total: How many there are, 0 where that is not known.
    """
    if word in ("last", "final") and 1 <= total < len(ORDINALS):
        return ORDINALS[total - 1]
    there = re.search(rf"\b(?:{'|'.join(ORDINALS[:-1])})\b", question, re.IGNORECASE)
    step = {"next": 1, "previous": -1}.get(word, 0)
    if there is None or not step:
        return word
    place = ORDINALS.index(there.group(0).lower()) + step
    return ORDINALS[place] if 0 <= place < len(ORDINALS) - 1 else word


def swap_ordinal(question: str, ordinal: str) -> str:
    """Ask the same about another ordinal or cardinal; empty when there is none to change."""
    pattern = re.compile(rf"\b(?:{'|'.join(ORDINALS)})\b", re.IGNORECASE)
    if pattern.search(question):
        return pattern.sub(ordinal, question, count=1)
    return ""


def swap(question: str, fragment: str) -> str:
    """Ask the same about `fragment` in place of the phrase of its kind.

    A year replaces a year, a superlative a superlative, "in X" replaces "in Y", a name replaces a
    name, a noun phrase the last noun phrase. Empty when nothing of its kind is there.
    """
    ways = (_shift_year, _swap_superlative, _swap_owned, _swap_placed, _swap_deed)
    for way in ways:
        if swapped := way(question, fragment):
            return swapped
    year = re.search(r"\b(?:1[5-9]|20)\d\d\b", fragment)
    if year and (there := re.search(r"\b(?:in\s+)?(?:1[5-9]|20)\d\d\b", question)):
        new = fragment
        if there.group(0).startswith("in ") and not new.lower().startswith("in "):
            new = f"in {new}"
        return _put(there, new)
    led = re.match(rf"({LEADING})\s+(.+)$", fragment, re.IGNORECASE)
    if led and (swapped := _swap_led(question, led.group(1), fragment)):
        return swapped
    target = led.group(2) if led else fragment
    if has_name(target):
        names = [
            m for m in NAME.finditer(question) if m.start() > 0 and m.group(0).lower() not in BREAKS
        ]
        if names and not led:
            found = _likest(names, question, target)
            ending = re.search(r"[’']s?$", found.group(0))
            new = re.sub(r"^the\s+|[’']s?$", "", target) + (ending.group(0) if ending else "")
            return _put(found, new)
    phrases = noun_phrases(question)
    if phrases and not led:
        last = phrases[-1]
        at = question.rfind(last)
        if at >= 0:
            return question[:at] + fragment + question[at + len(last) :]
    return ""


def _put(there: re.Match[str], new: str) -> str:
    """Return the text that was searched with `new` in place of what was found."""
    return there.string[: there.start()] + new + there.string[there.end() :]


def _shift_year(question: str, fragment: str) -> str:
    """Ask about the year before or after; empty for other words."""
    asked = re.fullmatch(
        r"(?:in\s+)?(?:the|a)\s+(?:(previous|next|following)\s+)?year"
        r"(?:\s+(before|after|earlier|later))?",
        fragment,
        re.IGNORECASE,
    )
    there = re.search(r"\b(?:1[5-9]|20)\d\d\b", question)
    way = asked and (asked[1] or asked[2])
    if there is None or not way:
        return ""
    step = -1 if way.lower() in ("previous", "before", "earlier") else 1
    return _put(there, str(int(there.group(0)) + step))


def _swap_deed(question: str, fragment: str) -> str:
    """Ask "When was it ratified?" after "When was it signed?"; empty for other words."""
    there = re.search(rf"\b(?:{PARTICIPLE.pattern})(?=[?.!\s]*$)", question)
    is_deed = PARTICIPLE.fullmatch(fragment) and re.search(r"\b(?:was|were|is|are)\b", question)
    return _put(there, fragment) if there and is_deed else ""


def _swap_superlative(question: str, fragment: str) -> str:
    """Ask about "the smallest" in place of "the largest"; empty when neither is told of."""
    asked = re.fullmatch(rf"(?:the\s+)?({_SUPERLATIVE})(?:\s+ones?)?", fragment, re.IGNORECASE)
    there = re.search(rf"\b(?:{_SUPERLATIVE})\b", question, re.IGNORECASE)
    if asked is None or there is None:
        return ""
    return _put(there, asked[1])


def _swap_owned(question: str, fragment: str) -> str:
    """Ask about "Mexico's concerns" after another's concerns; empty for other words."""
    owned = re.fullmatch(r"(?:the\s+)?[A-ZÀ-Þ].*?[’']s?\s+([a-z -]+)", fragment)
    if owned is None:
        return ""
    noun = owned[1]
    there = re.search(rf"\b(?:the\s+)?[A-ZÀ-Þ][\w.-]*[’']s?\s+{re.escape(noun)}\b", question)
    if there is not None and there.start() > 0:
        return _put(there, fragment)
    if re.search(rf"\b{re.escape(singular(noun))}", question, re.IGNORECASE) is None:
        return ""
    return f"What {'are' if is_plural(noun) else 'is'} {fragment}?"


def _swap_placed(question: str, fragment: str) -> str:
    """Ask about "deaths in Peru" in place of "births in Chile"; empty for other words."""
    placed = re.fullmatch(rf"([a-z][\w -]*?)\s+({LEADING})\s+(?:the\s+)?[A-ZÀ-Þ].*", fragment)
    if placed is None or placed[1] in BREAKS or re.fullmatch(LEADING, placed[1].split()[0]):
        return ""
    for phrase in noun_phrases(question):
        name = rf"(?:the\s+)?{NAME.pattern}"
        there = re.search(rf"\b{re.escape(phrase)}\s+{placed[2]}\s+{name}", question)
        if there is not None and not has_name(phrase):
            return _put(there, fragment)
    return ""


def _likest(names: list[re.Match[str]], question: str, target: str) -> re.Match[str]:
    """Return the name most like `target` in form: an acronym, an article, a genitive."""
    bare = re.sub(r"^the\s+", "", target)

    def likeness(name: re.Match[str]) -> tuple[int, int]:
        has_article = question[: name.start()].lower().endswith("the ")
        is_genitive = name.group(0).endswith(("’s", "'s", "’", "'"))
        same = (
            name.group(0).isupper() == bare.isupper(),
            2 * (has_article == (bare != target)),
            is_genitive and target.endswith(("’s", "'s", "’", "'")),
        )
        return sum(same), name.start()

    return max(names, key=likeness)


def _swap_led(question: str, preposition: str, fragment: str) -> str:
    there = re.search(
        rf"\b{preposition}\s+(?:the\s+)?(?:[A-ZÀ-Þ][\w’'.-]*(?:\s+[A-ZÀ-Þ][\w’'.-]*)*|\d{{4}})",
        question,
    )
    if there is None:
        # A common noun counts where it ends the question: "on migration?", "on trade?".
        there = re.search(rf"\b{preposition}\s+(?:[a-z-]+\s+){{0,2}}[a-z-]+(?=[?.!\s]*$)", question)
    if there is None:
        return ""
    return _put(there, fragment)
