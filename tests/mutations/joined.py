"""Who did it, who says it and where it stands: actors, holders and sources changed or merged."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cases import Base, Case
from truths import capital
from wordlists import ASYMMETRIC, COUNTRIES, LEADERS, PEOPLES, SPEAKING, SYMMETRIC

# --- swapped actors ------------------------------------------------------------------------

_STATES = ["United States", r"U\.S\.", "United Kingdom", "Soviet Union", "Great Britain"]
_THINGS = """Agent Asia Canal Charter City Conference Council Crisis Declaration Doctrine Embassy
House Island Islands Legation Mission Note Notes Offensive Party Plan Policy Protocol Republics
River Sea Treaty Valley War Act Affairs""".split()
_OFFICE = (
    r"(?:President|Secretary of State|Ambassador|Minister|Consul|Prime Minister|King|Emperor)"
    r" [A-Z][a-z]+(?: [A-Z]\.)?(?: [A-Z][a-z]+)?"
)
_PERSON = (
    r"(?!The |When |After |As |Although |Since )[A-Z][a-z]+ (?:[A-Z]\. )?"
    rf"(?!{'|'.join(_THINGS)})[A-Z][a-z]{{3,}}"
)
_BODY = (
    r"[Tt]he (?:[A-Z][a-z]+ )?"
    r"(?:Government|government|Congress|Senate|Parliament|Administration|administration)"
)
_ACTOR = (
    rf"(?:{_BODY}|(?:[Tt]he )?(?:{'|'.join([*_STATES, *COUNTRIES, *PEOPLES])}|{_OFFICE}|{_PERSON})"
    rf"|{'|'.join(LEADERS)})"
    r"(?![\w’'-])(?! [A-Z])(?! and [A-Z])"
)
_VERB = rf"(?:{'|'.join(ASYMMETRIC)}|(?!(?:{'|'.join(SYMMETRIC)})\b)[a-z]+ed)"
_AROUND = """also then officially formally effectively later soon finally first often again already
publicly secretly never had has have quickly reluctantly""".split()
_BETWEEN = (
    rf" (?:(?:{'|'.join(_AROUND)}) )*(?:{_VERB} (?:(?:[a-z]+ ){{0,3}}(?:from|to|against|over) )?"
    rf"|(?:was|were) (?:{'|'.join(_AROUND)} )?{_VERB} by )"
)
_FOLLOWS = """in on to when with from after as for by at that which under during until
because since while into but over through""".split()
_SWAP = re.compile(rf"({_ACTOR})({_BETWEEN})({_ACTOR})(?=[.,;]| (?:{'|'.join(_FOLLOWS)})\b)")
_CLAUSE_HEAD = re.compile(
    r"(?:^|(?<!\.S)[.,;:] |\b(?:that|when|after|as|while|but|because|since|until|before|if|once"
    r"|although|though|whereas|where|time|then|first) )$",
    re.IGNORECASE,
)


def swapped_actors(kind: str, bases: Sequence[Base]) -> Iterator[Case]:
    """Yield statements in which who did it and to whom it was done have changed places."""
    for base in bases:
        for match in _SWAP.finditer(base.text):
            if _bare(match[1]) == _bare(match[3]) or not _CLAUSE_HEAD.search(
                base.text[: match.start()]
            ):
                continue
            if re.search(
                r"\b(?:and|between|with|each|both|or|in|at|on|was [a-z]+ (?!by))\b", match[2]
            ):
                continue
            first, second = _with_article(match[3]), _with_article(match[1])
            if match.start() == 0:
                first = capital(first)
            head, tail = base.text[: match.start()], base.text[match.end() :]
            swapped = f"{head}{first}{match[2]}{second}{tail}"
            yield base.case(kind, swapped, f"{match[1]} ↔ {match[3]}")
            break


def _bare(actor: str) -> str:
    return actor.lower().removeprefix("the ").replace("u.s.", "united states")


def _with_article(actor: str) -> str:
    plain = re.sub(r"^[Tt]he ", "", actor)
    is_named = plain in (*COUNTRIES, *LEADERS) or re.match(
        r"(?:President|Secretary|Amb|Min|Cons)", plain
    )
    is_named = is_named or actor == plain and plain.split()[0] not in ("United", "U.S.", "Soviet")
    return plain if is_named else f"the {plain}"


# --- attribution ---------------------------------------------------------------------------

_SAID = "|".join(SPEAKING)
_TERMS = "(?:the |this |its )?(?:terms|treaty|law|agreement|constitution|act|convention)"


def attribution(kind: str, bases: Sequence[Base]) -> Iterator[Case]:
    """Yield statements without the holder of an opinion, or with another one."""
    that = re.compile(rf"^(?!It |This )[^,;:]{{3,90}}?\b(?:{_SAID}) that (?=[a-zA-Z])")
    led = "(?!after|as|before|but|until|when|where|which|who)"
    tail = re.compile(rf", {led}(?:[a-zA-Z]+ ){{1,3}}(?:{_SAID})\.$")
    for base in bases:
        text = base.text
        match = that.match(text) or re.match(
            rf"^According to (?!{_TERMS})[^,]{{3,60}}, (?=\w)", text
        )
        run_on = r", (?:and )?that\b| (?:and|but) (?:let|[a-z]+ed)\b"
        if match and not re.search(run_on, text[match.end() :]):
            yield base.case(kind, capital(text[match.end() :]), f"without “{match[0]}”")
        match = tail.search(text)
        if match:
            yield base.case(kind, f"{text[: match.start()]}.", f"without “{match[0]}”")
        held = _other_holder(base, kind)
        if held:
            yield base.case(kind, held, "another holder")


def _other_holder(base: Base, kind: str) -> str:
    """Return what somebody else is said to hold; the clause must end its sentence."""
    wishes = "recommended|proposed|suggested|insisted|expected|promised"
    match = re.search(rf" (?!(?:{wishes}) )(?:{_SAID}) that (?=[a-zA-Z])", base.text)
    if match is None or not re.match(r"(?:The|President|Secretary|[A-Z][a-z]+) ", base.text):
        return ""
    before, after = base.text[: match.start()], base.text[match.end() :]
    is_led = re.match(r"(?:When|If|Although|While|As|Since|Because|Once)\b[^,]*$", before)
    if is_led or re.search(r"\b(?:critics|oppos\w+|not)\b", before):
        return ""
    return f"Critics {base.lot(kind).choice(['claim', 'deny', 'doubt'])} that {after}"


# --- sources -------------------------------------------------------------------------------


def swapped_source(kind: str, bases: Sequence[Base]) -> Iterator[Case]:
    """Yield statements that cite another sentence than the one that bears them out."""
    by_document: dict[str, list[Base]] = {}
    for base in bases:
        by_document.setdefault(base.document.id, []).append(base)
    for base in bases:
        chance = base.lot(kind)
        same = [other for other in by_document[base.document.id] if other is not base]
        pool = same if same and chance.random() < 0.7 else list(bases[:400])
        other = chance.choice(pool)
        if other is not base and _shared(base.original, other.original) < 0.5:
            yield Case(
                kind=kind,
                text=base.text,
                cited=((other.document, other.sentence),),
                change=f"cites “{other.original}”",
            )


def _shared(one: str, other: str) -> float:
    mine, theirs = (
        set(re.findall(r"\w{4,}|\d+", text.replace("U.S.", "United States").lower()))
        for text in (one, other)
    )
    return len(mine & theirs) / max(1, len(mine))


_LED = """When As In On At By Although Because Since After Before During While If Following Until
From There It He She They This These Those Both Such Below Above Here Thus Once Under What
One Only Even But And Though Rarely Between""".split()
_CLAIM = re.compile(
    rf"^((?!(?:{'|'.join(_LED)})\b|[A-Z][a-z]+ing\b)[A-Z][^,;:“\"()]{{3,60}}?) "
    r"((?:(was|has)|(were)|had|recognized|established|signed|declared|became|presented|announced"
    r"|closed|sent|appointed|agreed|began|ended|remained|joined) "
    r"(?:(?!, (?:and|but|so|which|who) | that | if )[^;:“\"()]){3,140})\.$"
)
_ASIDE = re.compile(
    r"\b(?:never|now|that|which|who|of|[a-z]+ed|[a-z]+ly|also|first|was|were|did)(?: |$)"
)


def merged(kind: str, bases: Sequence[Base]) -> Iterator[Case]:
    """Yield statements that say of one sentence's subject what another says of its own.

    Two that do the same are merged, so that the words alone do not show it.
    """
    found = ((base, _CLAIM.match(base.original)) for base in bases)
    fit = [(base, m) for base, m in found if m and not _ASIDE.search(m[1])]
    fit.sort(key=lambda pair: pair[1][2].split()[: 2 if pair[1][3] or pair[1][4] else 1])
    merged = list(_pairs(kind, fit))
    yield from sorted(merged, key=lambda case: random.Random(case.text).random())


def _pairs(kind: str, fit: Sequence[tuple[Base, re.Match[str]]]) -> Iterator[Case]:
    for (one, left), (other, right) in pairwise(fit):
        if _shared(left[1], right[1]) > 0.6 or _shared(one.original, other.original) > 0.7:
            continue
        if one.document.id == other.document.id:
            continue
        if right[3] and (left[4] or _is_several(left[1])) or right[4] and not left[4]:
            continue
        cited = ((one.document, one.sentence), (other.document, other.sentence))
        ways = (f"{left[1]} {right[2]}.", f"{left[1]} {left[2]} and {right[2]}.")
        text = one.lot(kind).choice(ways)
        yield Case(kind=kind, text=text, cited=cited, change="two sentences in one claim")


def _is_several(subject: str) -> bool:
    return " and " in subject or re.search(r"(?<!States)(?<![su]s)s$|ese$", subject) is not None
