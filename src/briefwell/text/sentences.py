"""Where the sentences of a text begin and end."""

from __future__ import annotations

import re

from briefwell.types import Span

_TITLES = frozenset(
    """Mr Mrs Ms Messrs Dr Prof Rev Hon Gen Col Lt Capt Cpt Cmdr Sgt Maj Brig Adm Amb Sen Sens Rep
    Reps Gov Govs Pres Supt Fr Mgr St Ste Mt Ft Pt Sra Srta Dra Lic Ing Drs Mme Mlle""".split()
)
_NEVER = frozenset("vs v cf eg ie e.g i.e viz approx incl esp resp núm pág págs ud uds".split())
_NUMBERED = frozenset(
    """no nos n vol vols fig figs p pp ch chap art arts sec sect para paras par eq app ca c b d r
    fl jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat
    sun""".split()
)
_MAY_END = frozenset(
    """etc inc ltd co cos corp bros jr sr al dept est dist ave blvd rd st sq u.s u.k u.n e.u d.c
    a.m p.m ph.d m.d b.a m.a ee uu ed eds llc plc""".split()
)
_STARTERS = frozenset(
    """the a an in on at it he she they we this that these those there his her its their our but
    and however as for if when while after before since although both many most some such during
    under over with by to from you not no what who how why where which until then thus also each
    another one two three several despite because following according today yet so i""".split()
)
_END = re.compile(
    r"[.!?…]+(?:\s?(?:''|[)\]])|[\"'”’»])*(?:\[\w[\w ]{0,8}\])*(?=\s|$|[A-Z][a-z]|[AI]\s)"
    r"|(?<=[a-zà-ÿ\"”’)])[.!?][\"”’)]*\d{1,3}(?=\s+[A-Z])"
    r"|[。！？][”’」』）]*"
    r"|(?:\r?\n[^\S\n]*){2,}|\u2029"
)
_OPENER = re.compile(r"\s*(?:``|[\"'“‘«(\[¿¡])*\s*")
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘]+$")
_PLAIN_WORD = re.compile(r"[a-zà-ÿ][a-zà-ÿ'’-]+|\d{4}")
_WORD_HERE = re.compile(r"\w+(?:['’]\w+)?")
_GLUED = re.compile(r"(?:[A-Z][a-z]+|[AI])(?=[\s,;:'’])")
_DOTTED = re.compile(r"(?:\w\.)+\w")
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[ivxIVX]{1,5}|[a-zA-Z])")
_MARKS = tuple('.!?:…"”’)]')
_WIDE_MARKS = "。！？"


def sentence_spans(
    text: str, span: Span | None = None, *, is_one_block: bool = False
) -> list[Span]:
    """Return the sentences of `text` (or of its part `span`) in order.

    A line break does not end a sentence; a blank line does unless the sentence goes on (no
    end mark before it and a small letter after it), or `is_one_block` says that all of it is
    one paragraph, blank lines or not. The spans carry no white space at their ends and cover
    all other characters.
    """
    low, high = (span.start, span.end) if span is not None else (0, len(text))
    found: list[Span] = []
    start = low
    for match in _END.finditer(text, low, high):
        if is_one_block and match[0].isspace():
            continue
        if match.end() < high and not _is_sentence_end(text, match, start=start, high=high):
            continue
        found.extend(_trimmed(text, start, match.end()))
        start = match.end()
    found.extend(_trimmed(text, start, high))
    return found


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [Span(start=start, end=end)] if end > start else []


def _is_sentence_end(text: str, match: re.Match[str], *, start: int, high: int) -> bool:
    mark, end = match.span()
    opener = _OPENER.match(text, end, high)
    at = opener.end() if opener else end
    if at >= high:
        return True
    following = text[at]
    if text[mark].isspace():
        return not following.islower() or text[max(start, mark - 20) : mark].rstrip()[-1:] in _MARKS
    if text[mark] in _WIDE_MARKS:
        return True
    if following.islower() or following in ",;:)-–—.!?…":
        return False
    if match[0][-1].isdigit():
        return _last_word(text, mark).lower() not in _NUMBERED
    if not text[end].isspace():
        return _is_glued_end(text, mark, end)
    if text[mark] != "." or text[mark : mark + 2] == "..":
        return True
    return not _is_list_number(text, start, mark) and not _is_abbreviated(text, mark, at)


def _last_word(text: str, mark: int) -> str:
    found = _LAST_WORD.search(text, max(0, mark - 40), mark)
    return found[0] if found else ""


def _is_glued_end(text: str, mark: int, end: int) -> bool:
    """Tell whether an end mark with no white space after it still ends a sentence."""
    following = _GLUED.match(text, end)
    return following is not None and _PLAIN_WORD.fullmatch(_last_word(text, mark)) is not None


def _is_abbreviated(text: str, mark: int, at: int) -> bool:
    """Tell whether the full stop at `mark` belongs to its word, given what follows at `at`."""
    written = _last_word(text, mark)
    word = written.lower()
    following = _WORD_HERE.match(text, at)
    next_word = following[0].lower() if following else ""
    if word in _NUMBERED and next_word[:1].isdigit():
        return True
    if word in _MAY_END or _DOTTED.fullmatch(word):
        return next_word not in _STARTERS
    if written in _TITLES or word in _NEVER:
        return True
    if written.isupper() and written.title() in _TITLES and following and following[0].isupper():
        return True
    is_initial = len(written) == 1 and written.isupper()
    return is_initial and (next_word not in _STARTERS or next_word in ("a", "i"))


def _is_list_number(text: str, start: int, mark: int) -> bool:
    """Tell whether the full stop at `mark` ends the number of a list item, as in `2. Oil`."""
    if _LIST_NUMBER.fullmatch(text[start:mark].strip()) if mark - start < 12 else False:
        return True
    line = text.rfind("\n", max(0, mark - 12), mark)
    return line >= 0 and _LIST_NUMBER.fullmatch(text[line + 1 : mark].strip()) is not None
