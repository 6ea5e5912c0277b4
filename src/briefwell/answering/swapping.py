"""The previous question asked again about something else: "And Texas?", "and the third?"."""

from __future__ import annotations

import re

from briefwell.answering.phrases import BREAKS, NAME, ORDINALS, has_name, noun_phrases

LEADING = "in|for|from|with|by|under|after|before|during|since|on|at|to|about|against|into|of"
"""Prepositions with which a fragment such as "And in Texas?" may begin."""


def swap_ordinal(question: str, ordinal: str) -> str:
    """Ask the same about another ordinal or cardinal; empty when there is none to change."""
    pattern = re.compile(rf"\b(?:{'|'.join(ORDINALS)})\b", re.IGNORECASE)
    if pattern.search(question):
        return pattern.sub(ordinal, question, count=1)
    return ""


def swap(question: str, fragment: str) -> str:
    """Ask the same about `fragment` in place of the phrase of its kind.

    A year replaces a year, "in X" replaces "in Y", a name replaces a name, a noun phrase the
    last noun phrase. Empty when nothing of its kind is there.
    """
    year = re.search(r"\b(?:1[5-9]|20)\d\d\b", fragment)
    if year and (there := re.search(r"\b(?:in\s+)?(?:1[5-9]|20)\d\d\b", question)):
        new = fragment
        if there.group(0).startswith("in ") and not new.lower().startswith("in "):
            new = f"in {new}"
        return question[: there.start()] + new + question[there.end() :]
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
            return question[: found.start()] + new + question[found.end() :]
    phrases = noun_phrases(question)
    if phrases and not led:
        last = phrases[-1]
        at = question.rfind(last)
        if at >= 0:
            return question[:at] + fragment + question[at + len(last) :]
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
    return question[: there.start()] + fragment + question[there.end() :]
