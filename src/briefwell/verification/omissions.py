"""What of a source's sentence a statement may leave out without saying something else."""

from __future__ import annotations

from collections.abc import Sequence

from briefwell.verification.lexicon import (
    ARTICLES,
    CONDITIONS,
    FREE_WORDS,
    MODALS,
    NARROWING,
    NEGATORS,
    PREPOSITIONS,
    SUPERLATIVES,
)
from briefwell.verification.reserving import (
    LIMITING_OPENERS,
    has_reserve,
    is_framed,
    is_nominal,
    is_reserving,
    is_time,
    is_timed,
)
from briefwell.verification.tokens import Token
from briefwell.verification.turning import has_verb, turning

_ADJUNCT_OPENERS = frozenset(
    """in on at by during since after following throughout from between although though while
    because despite amid through over upon among for within before""".split()
)
_TIME_OPENERS = frozenset("in on at during since after before until by from following".split())
_POINTING = frozenset("this that such so which".split())
_CLAUSE_OPENERS = frozenset("and while whereas".split())
_TAIL_OPENERS = frozenset(
    "after before during since following because throughout amid despite".split()
)
_BINDING = frozenset("of than without against like as until except but".split())
_JOINT = frozenset("between both together combined jointly either neither".split())


def may_skip_head(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether a statement may begin at token `start` of a source's sentence."""
    while start and tokens[start - 1].key in ARTICLES:
        start -= 1
    head = tokens[:start]
    words = [token for token in head if not token.is_mark]
    if sum(token.key == '"' for token in head) % 2 or _has_cells(head):
        return False
    if all(token.key in FREE_WORDS or token.key in ARTICLES for token in words):
        return True
    if _is_fore_name(tokens, 0, start):
        return True
    if turning(head) is not None:
        return _is_after_own_clause(tokens, start)
    last = head[-1]
    if len(words) == 1 and last.key in (".", ")"):
        return words[0].key not in FREE_WORDS
    if last.key in (",", "-") and (words[0].key in _ADJUNCT_OPENERS or words[0].day):
        is_when = words[0].key in _TIME_OPENERS | _TAIL_OPENERS or is_time(words)
        if is_when and is_timed(tokens[start:]):
            return False
        return words[0].key not in LIMITING_OPENERS or is_time(words)
    return _is_after_own_clause(tokens, start)


def _is_after_own_clause(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether what stands before `start` is a clause that does not reach into the rest."""
    head, rest = tokens[:start], tokens[start:]
    if turning(head) is not None or not has_verb(rest) or is_framed(head):
        return False
    if start and head[-1].key == ";":
        return True
    if start > 3 and head[-2].key == "," and head[-1].key in ("while", "whereas"):
        return rest[0].form != "ing"
    if start < 5 or head[-2].key != "," or head[-1].text.lower() not in ("and", "but"):
        return False
    is_list = any(token.is_mark for token in head[-5:-2])
    return not is_list and (_begins_subject(rest[0]) or tokens[start].key in ARTICLES)


def _begins_subject(token: Token) -> bool:
    return token.is_name or token.key in _SUBJECTS


_SUBJECTS = frozenset(
    """he she it they this these those there we i its his her their our both each all many most
    some several few other no another one two three""".split()
)


def may_skip_tail(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether a statement may end before token `start` of a source's sentence."""
    tail = tokens[start:]
    words = [token for token in tail if not token.is_mark]
    if any(token.key == "?" for token in tail) or (words and _has_cells(tail)):
        return False
    if not words:
        return True
    before = tokens[:start]
    if _is_broken_off(before, tail):
        return False
    if tail[0].key in (",", ";", "-", "(", ":"):
        return _may_skip_clause(tail, words) and not _is_behind(before, words)
    if turning(tail) is not None:
        return _is_second_act(before, words)
    if has_reserve(tail) or is_nominal(words):
        return False
    is_after_date = before[-1].day is not None and words[0].key in PREPOSITIONS - _BINDING
    if words[0].day is not None or is_after_date:
        return not is_timed(before)
    if words[0].key not in _TAIL_OPENERS | _TIME_OPENERS | {"and"}:
        return False
    if words[0].key == "and":
        return not any(token.key in _JOINT | CONDITIONS for token in before)
    if is_timed(before):
        return False
    if words[0].key in _TAIL_OPENERS:
        return True
    return next((t.day is not None for t in words[1:] if t.key not in ARTICLES), False)


_SUBORDINATORS = frozenset("when where as if with under once unless until whenever".split())
_TAIL_HEADS = frozenset(
    """which who whose where when and but with without including because although though while
    after before despite such as until since even both""".split()
)
_PARTICLES = frozenset("in out up down off over".split())
_UNFINISHED = (
    ARTICLES | PREPOSITIONS | frozenset("and or but that 's to early late mid".split())
) - (_PARTICLES)


def _is_broken_off(kept: Sequence[Token], tail: Sequence[Token]) -> bool:
    """Tell whether a sentence cut here ends in mid-phrase, or before its main clause begins."""
    words = [token for token in kept if not token.is_mark]
    if not words or words[-1].key in _UNFINISHED:
        return True
    if words[-1].key in _PARTICLES and not tail[0].is_mark:
        return True
    if sum(token.key == '"' for token in kept) % 2 and sum(token.key == '"' for token in tail) % 2:
        return True
    is_led = words[0].key in _ADJUNCT_OPENERS | _SUBORDINATORS or words[0].day is not None
    first = next(token for token in tail if not token.is_mark)
    if not is_led or not tail[0].is_mark:
        return is_led and not any(token.key == "," for token in kept)
    return first.key not in _TAIL_HEADS and first.form != "ing"


def _is_second_act(before: Sequence[Token], words: Sequence[Token]) -> bool:
    """Tell whether `words` only say what the subject must or may do besides: `and must pay`."""
    at = 2 if len(words) > 2 and words[1].key in FREE_WORDS else 1
    if words[0].key != "and" or len(words) <= at or words[at].key not in MODALS:
        return False
    rest = [token for place, token in enumerate(words) if place != at]
    is_open = any(token.key in CONDITIONS for token in words)
    is_open = is_open or any(t.key in _JOINT | CONDITIONS | MODALS for t in before)
    return not is_open and turning(rest) is None


def _may_skip_clause(tail: Sequence[Token], words: Sequence[Token]) -> bool:
    if tail[0].key == ";":
        is_told_of = words[0].key in CONDITIONS | _POINTING
        return not is_told_of and not _is_reporting_only(words)
    if turning(tail) is None:
        return words[0].key not in ("or", "than") and not is_reserving(words)
    return (
        tail[0].key == ","
        and words[0].key in _CLAUSE_OPENERS
        and len(words) > 4
        and words[1].key not in CONDITIONS
    )


def _is_behind(before: Sequence[Token], words: Sequence[Token]) -> bool:
    """Tell whether the tail names who stands before a first: `the largest, after Chile`."""
    is_ranked = any(token.key in SUPERLATIVES for token in before)
    return is_ranked and words[0].key in ("after", "behind", "besides", "following", "next")


def _is_reporting_only(words: Sequence[Token]) -> bool:
    return len(words) <= 4 and turning(words) is not None


def may_skip_inside(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether the tokens `[start, end)` may be left out between two that are kept."""
    words = [token for token in tokens[start:end] if not token.is_mark]
    if words and _has_cells(tokens[start:end]):
        return False
    if all(_is_free_inside(token) for token in words):
        return True
    if _is_fore_name(tokens, start, end) or _is_list_item(tokens, start, end):
        return True
    if _is_lone_date(tokens, start, end) or _is_repeated(tokens, start, end):
        return True
    return _is_parenthesis(tokens, start, end) and turning(tokens[start:end]) is None


def _has_cells(part: Sequence[Token]) -> bool:
    """Tell whether `part` goes over the border of a table's cell, which no words may do."""
    return any(token.key == "|" for token in part)


def _is_free_inside(token: Token) -> bool:
    return token.key in ARTICLES or (
        token.key in FREE_WORDS and token.key not in ("and", "but", "yet", "so")
    )


_INSTITUTIONS = frozenset(
    """senate house government congress president minister council court union bank party army
    department state states ministry embassy parliament assembly governor secretary office agency
    commission committee board university church navy police treaty act law war republic kingdom
    legation consulate ambassador nations league mission conference""".split()
)


def _is_fore_name(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether `[start, end)` is what stands before a surname: `Woodrow` Wilson."""
    if not 0 < end - start <= 3 or end >= len(tokens):
        return False
    part, name = tokens[start:end], tokens[end]
    is_surname = name.is_name and not name.day and name.key not in _INSTITUTIONS
    return is_surname and all(t.is_name and t.key not in NARROWING and not t.day for t in part)


def _is_list_item(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether `[start, end)` opens a list of which more follows: `oil,` gas and coal."""
    part = [token for token in tokens[start:end] if token.key not in ARTICLES]
    if len(part) < 2 or part[-1].key != "," or len(part) > 4:
        return False
    before, after = tokens[max(0, start - 6) : start], tokens[end : end + 8]
    is_list = any(token.key in ("and", "or") for token in after) and has_verb(tokens[:start])
    is_plain = all(t.is_content and not t.is_mark and not t.form for t in part[:-1])
    is_counted = any(t.figure is not None or t.key in _JOINT for t in [*before, *tokens[end:]])
    is_counted = is_counted or any(t.key in _WHOLE for t in before[-3:])
    return is_list and is_plain and not is_counted and not any(t.key == "no" for t in before)


def _is_ranked(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether a rank stands right before: `the first, after Chile, to sign`."""
    before = tokens[start - 1] if start else None
    if before is None:
        return False
    is_ordinal = before.figure is not None and before.figure.kind == "ordinal"
    return is_ordinal or before.key in SUPERLATIVES


def _is_lone_date(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether `[start, end)` is a date that the rest of a plain sentence does not need."""
    part = [token for token in tokens[start:end] if token.key != ","]
    if len(part) != 1 or part[0].day is None or not part[0].key.startswith(("in ", "on ")):
        return False
    rest = [*tokens[:start], *tokens[end:]]
    return not any(t.day or t.key in NEGATORS or t.key in CONDITIONS for t in rest)


def _is_repeated(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether the one word is the preposition of the part before: `for oil and for gas`."""
    if end - start != 1 or start < 3 or tokens[start - 1].key not in ("and", "or"):
        return False
    keys = [token.key for token in tokens[max(0, start - 8) : start - 1]]
    return tokens[start].key in PREPOSITIONS - _BINDING and tokens[start].key in keys


_WHOLE = frozenset("is are was were because".split()) | {"because of"}
"""What a list after it is given in full."""

_BRACKETS = {",": ",", "-": "-", "(": ")", "[": "]"}


def _is_parenthesis(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether `[start, end)` stands between two commas, dashes or brackets of its own."""
    while start < end and _is_free_inside(tokens[start]):
        start += 1
    while end > start and _is_free_inside(tokens[end - 1]):
        end -= 1
    if end - start < 3 or _BRACKETS.get(tokens[start].key) != tokens[end - 1].key:
        return False
    inside = tokens[start + 1 : end - 1]
    if is_reserving(inside) or _is_ranked(tokens, start):
        return False
    if tokens[start].key in ("(", "["):
        return True
    follows = tokens[end].key if end < len(tokens) else ""
    is_list = follows in ("and", "or") or inside[0].key in ("and", "or", "but")
    return not is_list and not any(token.key in (";", ":") for token in inside)
