"""What a person reads: reports, answers and checks as plain lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

import click

from briefwell.types import (
    Abstention,
    Answer,
    CheckResult,
    Citation,
    IndexReport,
    Passage,
)

_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    """Return a text that cannot steer the terminal: control characters become escapes."""
    return "".join(
        f"\\x{ord(char):02x}"
        if char in _DIRECTION or (unicodedata.category(char) == "Cc" and char not in "\n\t")
        else char
        for char in text
    )


def on_one_line(text: str) -> str:
    """Return a printable text without line breaks and tabs, which a file's name may have too."""
    return "".join(
        f"\\x{ord(char):02x}" if char in "\n\t\u2028\u2029" else char for char in printable(text)
    )


def print_report(report: IndexReport) -> None:
    """Print what `reindex` did, or would do."""
    would = "would be " if report.dry_run else ""
    groups: dict[str, Sequence[str]] = {
        "added": report.added,
        "updated": report.updated,
        "moved": [f"{item.old} -> {item.new}" for item in report.moved],
        "removed": report.removed,
    }
    for name, lines in groups.items():
        for line in lines:
            _say_line(f"{would}{name}: {line}")
    for failed in report.failed:
        _say_line(f"failed: {failed.source}: {failed.reason} {failed.remedy}".rstrip())
    for note in report.notes:
        _say_line(f"note: {note}")
    counts = [f"{len(lines)} {would}{name}" for name, lines in groups.items() if lines]
    counts.append(f"{len(report.unchanged)} unchanged")
    if report.failed:
        counts.append(f"{len(report.failed)} failed")
    done = "Plan" if report.dry_run else "Index is up to date"
    _say(f"{done}: {', '.join(counts)}; {report.chunks} chunks; {report.seconds:.1f} s.")


def print_answer(answer: Answer) -> None:
    """Print an answer with its numbered citations, or the abstention with what came closest."""
    _say(answer.text)
    if answer.abstention is not None:
        _print_closest(answer.abstention)
    for citation in answer.citations:
        _print_citation(citation)
    tail = [f"As of {answer.as_of}."] if answer.as_of else []
    if answer.model:
        tail.append(f"Written by {answer.model}, proven by Briefwell.")
    if answer.searched_for and answer.searched_for != answer.question:
        tail.append(f"Searched for: {answer.searched_for}")
    tail.extend(answer.notices)
    if tail:
        _say("\n" + "\n".join(tail))


def print_status(
    checks: Sequence[CheckResult], settings: Mapping[str, tuple[str, StrEnum]]
) -> None:
    """Print each check with its remedy, then each setting with its origin."""
    for check in checks:
        _say_line(f"{check.severity.value:<8} {check.name}: {check.message}")
        if check.remedy:
            _say(f"{'':<8} remedy: {check.remedy}")
    _say("\nSettings")
    width = max(map(len, settings))
    for name, (value, origin) in settings.items():
        _say(f"  {name:<{width}}  {value}  ({origin.value})")


def _print_closest(abstention: Abstention) -> None:
    if not abstention.closest:
        return
    _say("\nClosest passages:")
    for passage in abstention.closest:
        place = ", ".join(_place(passage))
        _say_line(f"  - {passage.title} ({place})")
        _say(f"    {_one_line(_start(passage))}")


def _print_citation(citation: Citation) -> None:
    place = " · ".join(_place(citation))
    _say("")
    _say_line(f"[{citation.number}] {citation.title}")
    _say_line(f"    {place}")
    _say(f"    “{_one_line(citation.quote)}”")


def _place(item: Citation | Passage) -> Iterator[str]:
    pages = item.pages
    yield item.source
    if pages:
        first, last = pages[0], pages[-1]
        yield f"page {first}" if first == last else f"pages {first}-{last}"
    below = item.heading_path[item.heading_path[:1] == (item.title,) :]
    if below:
        yield " > ".join(below)


def _start(passage: Passage, *, most: int = 160) -> str:
    return passage.text if len(passage.text) <= most else passage.text[:most].rstrip() + " …"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _say(text: str) -> None:
    click.echo(printable(text))


def _say_line(text: str) -> None:
    click.echo(on_one_line(text))
