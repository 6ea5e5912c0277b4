"""Labelled questions, read from a set's folder; what is wrong is listed, the rest is kept.

A set is a folder with `docs/` and `questions.jsonl`, one JSON object a line: `id`, `question`,
`answerable`, `answers`, `evidence` (a list of `{doc, start, end, text}`; for formats whose
text no reader of the file can count, `{doc, text}` or `{doc, page, text}`), `kind`; optional
`scope`, `history`, `near`, `meta`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeGuard

from briefwell.errors import ConfigError
from briefwell.types import Plain, Span, Turn

QUESTIONS_FILE = "questions.jsonl"
DOCUMENTS_FOLDER = "docs"
_CHECKED_SUFFIXES = frozenset({".txt", ".md"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Plain):
    """Where a document answers a question.

    Attributes:
        source: POSIX path relative to the documents folder.
        span: The place; None where the set gives no offsets.
        page: The page, from 1, where the set names one.
        text: The words at the place, as the set gives them.
    """

    source: str
    span: Span | None = None
    page: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Plain):
    """One labelled question.

    Attributes:
        line: Its line in the file, from 1.
        answers: What an answer should say; see `metrics.is_answer_contained` for the reading.
        scope: Only these sources are given for the question; empty for all.
        history: The turns before the question.
    """

    line: int
    id: str
    question: str
    is_answerable: bool
    kind: str
    answers: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    scope: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem(Plain):
    """One line of the set that could not be used, and why; line 0 is the set as a whole."""

    line: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSet(Plain):
    """The usable cases of a set, and what was wrong with the others."""

    name: str
    documents: Path
    cases: tuple[Case, ...]
    problems: tuple[Problem, ...] = ()


class _Unusable(ValueError):
    """A line that is not a case; its message says why."""


def read_set(folder: Path) -> CaseSet:
    """Read the set in `folder`.

    Raises:
        ConfigError: The folder has no `questions.jsonl` or no `docs/`.
    """
    questions, documents = folder / QUESTIONS_FILE, folder / DOCUMENTS_FOLDER
    for path, kind in ((questions, "file"), (documents, "folder")):
        if not (path.is_file() if kind == "file" else path.is_dir()):
            raise ConfigError(
                f"{str(folder)!r} is not an evaluation set: it has no {kind} {path.name!r}.",
                "Name a folder that holds questions.jsonl and docs/.",
            )
    cases: list[Case] = []
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    seen: set[str] = set()
    for number, line in _lines(questions):
        try:
            case = _case(number, line)
            _check_places(case, documents, texts)
            if case.id in seen:
                raise _Unusable(f"the id {case.id!r} was used before")
        except _Unusable as error:
            problems.append(Problem(line=number, message=str(error)))
            continue
        seen.add(case.id)
        cases.append(case)
    name = folder.resolve().name
    return CaseSet(name=name, documents=documents, cases=tuple(cases), problems=tuple(problems))


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    # Read as bytes, and cut at line feeds only: one line that is not UTF-8, or holds a rarer
    # line separator inside a string, must not spoil the others.
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if line.strip():
            yield number, line


def _case(number: int, line: bytes) -> Case:
    try:
        row = json.loads(line.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise _Unusable(f"is not JSON: {error}") from error
    except RecursionError as error:
        raise _Unusable("is not JSON: nested too deeply") from error
    if not isinstance(row, dict):
        raise _Unusable("is not a JSON object")
    take = partial(_field, row)
    case = Case(
        line=number,
        id=str(take("id", str, f"line-{number}")),
        question=take("question", str, None),
        is_answerable=take("answerable", bool, None),
        kind=take("kind", str, "question"),
        answers=_strings(take("answers", list, []), "answers"),
        evidence=tuple(_evidence(item) for item in take("evidence", list, [])),
        scope=_strings(take("scope", list, []), "scope"),
        history=tuple(_turn(item) for item in take("history", list, [])),
    )
    if not case.question.strip():
        raise _Unusable("'question' is empty")
    return case


def _field(row: Mapping[str, Any], name: str, kind: type, default: Any) -> Any:
    value = row.get(name)
    if value is None:
        if default is None:
            raise _Unusable(f"has no {name!r}")
        return default
    if not isinstance(value, kind):
        raise _Unusable(f"{name!r} is {value!r}, not a {kind.__name__}")
    return value


def _strings(values: list[Any], name: str) -> tuple[str, ...]:
    if not all(isinstance(value, str) for value in values):
        raise _Unusable(f"{name!r} holds something that is not text")
    return tuple(values)


def _turn(item: Any) -> Turn:
    if isinstance(item, str):
        return Turn(role="user", content=item)
    if isinstance(item, dict) and isinstance(item.get("content"), str):
        if item.get("role") == "assistant":
            return Turn(role="assistant", content=item["content"])
        if item.get("role") == "user":
            return Turn(role="user", content=item["content"])
    raise _Unusable(f"'history' holds {item!r}, which is not a turn")


def _evidence(item: Any) -> Evidence:
    if not isinstance(item, dict) or not isinstance(item.get("doc"), str):
        raise _Unusable(f"'evidence' holds {item!r}, which names no document")
    page, start, end = item.get("page"), item.get("start"), item.get("end")
    if page is not None and not _is_count(page):
        raise _Unusable(f"the page {page!r} is not a number")
    span = None
    if start is not None or end is not None:
        if not (_is_count(start) and _is_count(end) and 0 <= start < end):
            raise _Unusable(f"[{start!r}, {end!r}) of {item['doc']!r} is not a span")
        span = Span(start=start, end=end)
    return Evidence(source=item["doc"], span=span, page=page, text=str(item.get("text") or ""))


def _is_count(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _check_places(case: Case, documents: Path, texts: dict[str, str]) -> None:
    for source in (*case.scope, *(item.source for item in case.evidence)):
        if not (documents / source).is_file():
            raise _Unusable(f"the document {source!r} is missing")
    for item in case.evidence:
        if item.span is None or Path(item.source).suffix.lower() not in _CHECKED_SUFFIXES:
            continue
        if item.source not in texts:
            texts[item.source] = _read(documents / item.source)
        found = item.span.cut(texts[item.source])
        if item.span.end > len(texts[item.source]) or (item.text and found != item.text):
            place = f"[{item.span.start}, {item.span.end}) of {item.source!r}"
            raise _Unusable(f"the span {place} is {found[:60]!r}, not {item.text[:60]!r}")


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _Unusable(f"the document {path.name!r} cannot be read: {error}") from error
