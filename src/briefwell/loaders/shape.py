"""Judges the shape of a line: how it begins, how it ends, whether it is written as a title."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"[.!?…:;。！？][\"'”’»)\]\d*]*(?:\[\w{1,4}\])*$")
_OPEN_END = re.compile(r"(?:,|\s[-–—]|[^\W\d_]-|\()$")
_NUMBER = re.compile(r"(?:[\d.]+|[IVX]+)[.)]?")
_OPENERS = "\"'“‘«([*_¿¡"
_SMALL_WORDS = frozenset(
    """a an the and or nor but of in on at to for from by with as into over under per via vs vs.
    its than that their between among against toward towards upon within without after before
    during since until about through across ad interim d’affaires de la del y e du des et le les
    der die das und von""".split()
)
_VERBS = frozenset("is are was were has have had will would can could may must should".split())
_ASKING = frozenset("what why how who when where which whether".split())
_AUXILIARIES = frozenset("do does did has have had is are was were can could will would".split())
_DANGLING = frozenset(
    """a an the and or nor of in on at to for from by with as into under between among against
    toward towards upon within during was were is are be been has have had will would that which
    who whose than its their his her our your my this these those""".split()
)
_LONGEST_TITLE_WORDS = 18


def starts_small(line: str) -> bool:
    """Tell whether `line` begins with a small letter."""
    return line.strip().lstrip(_OPENERS)[:1].islower()


def starts_large(line: str) -> bool:
    """Tell whether `line` begins with a capital letter, a figure or a letter without case."""
    first = line.strip().lstrip(_OPENERS)[:1]
    return first.isdigit() or first.isalpha() and not first.islower()


def ends_sentence(line: str) -> bool:
    """Tell whether `line` ends with a mark that closes a sentence or opens a list."""
    return _SENTENCE_END.search(line.rstrip()[-12:]) is not None


def ends_open(line: str) -> bool:
    """Tell whether `line` stops where no sentence can end: a comma, a dash, `of`, `the`."""
    line = line.rstrip()
    return len(line.split()) > 1 and (
        _OPEN_END.search(line) is not None or last_word(line) in _DANGLING
    )


def last_word(line: str) -> str:
    """Return the last word of `line` with its marks; empty when there is none."""
    return line.split()[-1] if line.split() else ""


def title_case_share(line: str) -> float:
    """Return the share, 0 to 1, of the telling words of `line` that begin with a capital."""
    telling = [word for word in _words(line) if word.casefold() not in _SMALL_WORDS]
    if not telling:
        return 0.0
    return sum(not word[0].islower() for word in telling) / len(telling)


def is_strict_title_case(line: str) -> bool:
    """Tell whether `line` is short and all its telling words begin with a capital."""
    count = len(line.split())
    return (
        0 < count <= _LONGEST_TITLE_WORDS and starts_large(line) and title_case_share(line) == 1.0
    )


def _words(line: str) -> list[str]:
    cleaned = (word.strip("\"'“”‘’«»()[].,:;!?*_") for word in re.split(r"[\s/–—]+", line))
    return [word for word in cleaned if any(char.isalnum() for char in word)]


def is_clause(line: str) -> bool:
    """Tell whether `line` holds a verb in small letters, as sentences do and titles do not.

    `How trade is changing` is no clause: a question word makes a title of it.
    """
    found = [word for word in line.split() if not _NUMBER.fullmatch(word)]
    return any(word in _VERBS for word in found) and found[0].casefold() not in _ASKING


def is_question(line: str) -> bool:
    """Tell whether `line` is one question, begun with a word that asks."""
    found = line.split()
    asks = bool(found) and found[0].casefold() in _ASKING | _AUXILIARIES
    return asks and line.endswith("?") and not re.search(r"[.!?:]\s", line)
