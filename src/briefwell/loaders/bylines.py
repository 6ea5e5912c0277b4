"""Finds who wrote a document in the lines under its title."""

from __future__ import annotations

import re

_HONORIFICS = (
    "ambassador amb dr doctor prof professor mr mrs ms miss mx sir dame lord lady hon honorable "
    "honourable rev reverend gen general col colonel lt lieutenant maj major capt captain adm "
    "admiral sgt sergeant sen senator rep representative congressman congresswoman gov governor "
    "minister secretary president judge justice ambassador-at-large retired ret the"
).split()
_PARTICLES = frozenset(
    "de del della der den di da das dos du la le van von bin ibn al el y e".split()
)
_NOT_NAMES = frozenset(
    """abstract acknowledgements acknowledgments agenda analysis annex appendix article author
    background brief briefing cable chapter classified commentary conclusion conclusions
    confidential contents context date department discussion draft essay executive final findings
    for foreword from further government highlights important in institute introduction issue key
    main media memo memorandum ministry news note notes numbers of on opinion overview paper part
    policy preface press questions reading recommendations recent references release report
    resources restricted results review secret section sources speech statement subject summary
    table takeaways talking points testimony the title to topic unclassified university update
    volume working senior fellow fellows director correspondent editor analyst researcher
    reporter staff chief writer columnist contributor associate expert experts your name""".split()
)
_PLACES = frozenset(
    "city york delhi angeles francisco diego paz aires janeiro paulo ababa kong town salvador jose "
    "domingo juan juarez state states kingdom republic islands river bank".split()
)
_BY = re.compile(
    r"(?:(?:(?:an?\s+)?(?:(?:blog|guest)\s+(?:post|essay|article)|op-ed|feature|column|commentary|analysis|opinion|essay|story|report|text|words|article|post"
    r"|brief|research|written|prepared|posted|compiled|contributed|authored)\s+)?by\s*:?"
    r"|authors?\s*:|from\s*:|(?:escrito\s+)?por\s*:?|(?:propos recueillis\s+)?par\s*:?|(?:ein"
    r"|kommentar|text|gastbeitrag)?\s*von\s*:?|di)\s+(?P<names>\S.*)",
    re.IGNORECASE,
)
_LABEL_ALONE = re.compile(
    r"(?:(?:written|prepared|posted)\s+)?by:?|authors?:?|autora?:?", re.IGNORECASE
)
_STATED = re.compile(r"authors?\s*:\s*(?P<names>\S.{2,78}[^\W_])", re.IGNORECASE)
_ROLE = re.compile(
    r"\s*(?:,|\||•|·|∙|–|—|\(|;|\s-\s|\t|\s(?:in|on|at|for|le|el|am)\s).*", re.DOTALL
)
_AND = re.compile(r"\s+(?:and|&|und|et|y)\s+|\s*,\s*(?:and\s+)?", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:[.'’-][^\W\d_]*)*\.?")
_LONGEST_LINE = 160
_FEWEST_NAMES = 2
_MOST_NAMES = 4


def labelled_author(line: str) -> str | None:
    """Return the names of a line that says so (`By Ana Ruiz and Li Wei, Senior Fellows`)."""
    if len(line) > _LONGEST_LINE:
        return None
    match = _BY.fullmatch(line.strip())
    if not match:
        return None
    names: list[str] = []
    for piece in _AND.split(match["names"]):
        name = _name(_ROLE.sub("", piece))
        if not name:
            break
        names.append(_as_title(name) if name.isupper() else name)
    if names:
        return " and ".join(names)
    # `Author: Office of the Historian` says so itself, whatever the name looks like.
    stated = _STATED.fullmatch(line.strip())
    return " ".join(stated["names"].split()) if stated else None


def bare_author(line: str, text: str) -> str | None:
    """Return the name of a line that is nothing but a name; None for other lines.

    A name in capitals (`AMBASSADOR EARL ANTHONY WAYNE`) counts when it carries an honorific,
    or when none of its words is used as a common word in `text`. A name in mixed case counts
    only with an honorific.
    """
    line = " ".join(line.split())
    if not 5 <= len(line) <= 60:
        return None
    is_titled = line.split()[0].casefold().rstrip(".") in _HONORIFICS
    name = _name(_ROLE.sub("", line))
    if not name or not is_titled and not line.isupper():
        return None
    tokens = name.casefold().split()
    if not 2 <= len(tokens) <= 5 or line.casefold().startswith("the "):
        return None
    if not is_titled and (len(tokens[-1]) < 3 or _is_known_otherwise(name, tokens, text)):
        return None
    return _as_written(name, text) if name.isupper() else name


def stated_name(label: str, line: str) -> str | None:
    """Return the names of a line under a label that stands alone, such as `Written by`."""
    is_label = _LABEL_ALONE.fullmatch(" ".join(label.split())) is not None
    return labelled_author(f"by {line.strip()}") if is_label else None


def dated_name(line: str, text: str) -> str | None:
    """Return the names that are all of a line beside the document's date; None for others.

    Names of places, and words that `text` uses otherwise, are no authors.
    """
    names = [_name(piece) for piece in _AND.split(" ".join(line.split()))]
    if not all(name and _is_whole_name(name, text) for name in names):
        return None
    return " and ".join(name for name in names if name)


def _is_whole_name(name: str, text: str) -> bool:
    tokens = name.casefold().split()
    return (
        not name.isupper()
        and _FEWEST_NAMES <= len(tokens) <= _MOST_NAMES
        and tokens[-1] not in _PLACES
        and not _is_known_otherwise(name, tokens, text)
    )


def starred_name(line: str) -> str | None:
    """Return the name of a line that is a name with the mark of a note; None for other lines."""
    kept = line.strip().rstrip("*†‡¹")
    name = _name(kept) if kept != line.strip() and not line.startswith("*") else None
    return name if name and len(name.split()) >= _FEWEST_NAMES else None


def _name(piece: str) -> str | None:
    """Return `piece` without honorifics when it has the shape of a person's name."""
    tokens = piece.split()
    while tokens and tokens[0].casefold().strip(".") in _HONORIFICS:
        del tokens[0]
    while tokens and tokens[-1].casefold().strip(".,()") in ("ret", "retired", "phd", "ph.d"):
        del tokens[-1]
    if not 1 <= len(tokens) <= 6 or not any(len(token.strip(".")) > 1 for token in tokens):
        return None
    for token in tokens:
        if not _TOKEN.fullmatch(token) or token.casefold() in _NOT_NAMES:
            return None
        if not token[0].isupper() and token.casefold() not in _PARTICLES:
            return None
    return " ".join(tokens) if tokens[0][0].isupper() or len(tokens) > 1 else None


def _is_known_otherwise(name: str, tokens: list[str], text: str) -> bool:
    """Tell whether `text` uses the words of `name` as common words, or as a place or body."""
    if any(re.search(rf"(?<!\w){re.escape(t)}(?!\w)", text) for t in tokens if len(t) > 2):
        return True
    place = rf"\b(?:in|of|to|from|with|the|for|against|between)\s+{re.escape(name)}\b"
    return re.search(place, text, re.IGNORECASE) is not None


def _as_written(name: str, text: str) -> str:
    """Return a name in capitals as `text` writes it elsewhere, or in title case."""
    for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
        if not found.group(0).isupper() and found.group(0)[0].isupper():
            return " ".join(found.group(0).split())
    return _as_title(name)


def _as_title(name: str) -> str:
    return " ".join(
        token.lower() if token.casefold() in _PARTICLES else _capitalised(token)
        for token in name.split()
    )


def _capitalised(token: str) -> str:
    pieces = re.split(r"([-'’.])", token)
    word = "".join(piece.capitalize() for piece in pieces)
    return re.sub(r"\bMc([a-z])", lambda match: f"Mc{match[1].upper()}", word)
