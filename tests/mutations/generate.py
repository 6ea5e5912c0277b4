"""A seeded set of statements about real sentences, each with exactly one thing broken.

The set is made without the product's verification: it must not share its mistakes. Every
statement comes from one sentence of a document, or a light paraphrase of it that is still true,
and cites that sentence. `exact` and `paraphrase` are left true; every other kind has one change
that makes the statement one which its cited sentence does not bear out.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from truths import MONTH, MONTHS, WORDS, capital, paraphrases
from wordlists import (
    ASYMMETRIC,
    CITIES,
    COMPARED,
    COUNTRIES,
    HARDENED,
    PEOPLES,
    QUANTIFIED,
    REVERSED,
    SPEAKING,
    SYMMETRIC,
    UNITS,
)

from briefwell.structure import Sentence, sentences
from briefwell.types import Document

EXACT, PARAPHRASE = "exact", "paraphrase"
STRICT = ("number", "unit", "date", "name", "negation", "swapped source")
LOOSE = (
    "swapped actors",
    "reversal",
    "comparison",
    "modality",
    "attribution",
    "quantifier",
    "merged",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A statement, what it cites, and what was broken in it.

    Attributes:
        kind: What was broken; `exact` and `paraphrase` are true.
        text: The statement.
        cited: Documents and sentences cited.
        change: What was done, for the reader of a failure.
    """

    kind: str
    text: str
    cited: tuple[tuple[Document, Sentence], ...]
    change: str = ""


@dataclass(frozen=True, slots=True)
class _Base:
    document: Document
    sentence: Sentence
    text: str
    original: str

    def lot(self, kind: str) -> random.Random:
        """Return the lot that is drawn for this sentence: no other case changes with it."""
        return random.Random(f"{kind} {self.original}")

    def case(self, kind: str, text: str, change: str) -> Case:
        return Case(kind=kind, text=text, cited=((self.document, self.sentence),), change=change)


def generate(documents: Sequence[Document], *, each: int, seed: int = 20) -> list[Case]:
    """Return up to `each` cases of every kind, the same for the same documents and seed."""
    bases = list(_bases(documents))
    found: list[Case] = []
    for kind, make in _MAKERS.items():
        mixed = sorted(
            bases, key=lambda base: random.Random(f"{seed} {kind} {base.original}").random()
        )
        found.extend(_some(make(kind, mixed), each))
    return found


def _some(cases: Iterator[Case], each: int) -> list[Case]:
    kept: dict[str, Case] = {}
    for case in cases:
        if case.text not in kept:
            kept[case.text] = case
        if len(kept) >= each:
            break
    return list(kept.values())


_PLAIN = re.compile(r"[A-Z].*[a-z0-9)”\"]\.$", re.DOTALL)


def _bases(documents: Sequence[Document]) -> Iterator[_Base]:
    seen: set[str] = set()
    for document in documents:
        for sentence in sentences(document):
            text = " ".join(sentence.span.cut(document.text).split())
            if not (40 <= len(text) <= 320 and _PLAIN.fullmatch(text)) or text in seen:
                continue
            seen.add(text)
            told = list(paraphrases(text))
            lot = random.Random(text)
            yield _Base(document, sentence, lot.choice([text, *told][:3]), text)


# --- the kinds -----------------------------------------------------------------------------


def _exact(kind: str, bases: Sequence[_Base]) -> Iterator[Case]:
    for base in bases:
        yield base.case(kind, base.original, "nothing")


def _paraphrase(kind: str, bases: Sequence[_Base]) -> Iterator[Case]:
    for base in bases:
        chance = base.lot(kind)
        told = [text for text in paraphrases(base.original) if text != base.original]
        if told:
            yield base.case(kind, capital(chance.choice(told)), "a light paraphrase")


def _number(kind: str, bases: Sequence[_Base]) -> Iterator[Case]:
    pattern = re.compile(
        rf"(?<![\w.,$-])(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,3}})(?![\w.,:/’'-]*\w|, \d{{4}})"
        rf"|\b(?:{'|'.join(WORDS)})\b(?= [a-z])"
    )
    for base in bases:
        chance = base.lot(kind)
        for match in pattern.finditer(base.text):
            around = base.text[max(0, match.start() - 12) : match.end() + 12]
            if re.search(MONTH, around):
                continue
            other = _other_number(match[0], chance)
            if not re.search(rf"\b{other}\b", base.original):
                yield base.case(kind, _put(base.text, match, other), f"{match[0]} → {other}")
                break


def _other_number(written: str, chance: random.Random) -> str:
    if written in WORDS:
        return chance.choice([word for word in WORDS if word != written])
    value = int(written.replace(",", ""))
    other = chance.choice([value * 10, value + chance.randint(1, 9), value * 2, value + 100])
    return f"{other:,}" if other != value else f"{value + 1:,}"


def _date(kind: str, bases: Sequence[_Base]) -> Iterator[Case]:
    for base in bases:
        chance = base.lot(kind)
        options: list[tuple[re.Match[str], str]] = []
        for match in re.finditer(r"\b(1[6-9]|20)\d\d\b(?!s)", base.text):
            options.append((match, str(int(match[0]) + chance.choice([-20, -3, -1, 1, 2, 10]))))
        for match in re.finditer(rf"\b(?:{MONTH})\b(?= \d)", base.text):
            options.append((match, chance.choice([m for m in MONTHS if m != match[0]])))
        for match in re.finditer(
            rf"(?<=[a-z] )\d{{1,2}}(?=, \d{{4}})|\b\d{{1,2}}(?= (?:{MONTH}))", base.text
        ):
            options.append((match, str(int(match[0]) % 27 + 1)))
        for match in re.finditer(rf"\b[Ii]n (?=(?:{MONTH}) \d{{4}})", base.text):
            options.append(
                (
                    match,
                    f"{match[0][0].replace('I', 'O').replace('i', 'o')}n {chance.randint(1, 28)} ",
                )
            )
        options = [(m, o) for m, o in options if not re.search(rf"\b{o.strip()}\b", base.original)]
        if options:
            match, other = chance.choice(options)
            yield base.case(kind, _put(base.text, match, other), f"{match[0]} → {other}")


def _name(kind: str, bases: Sequence[_Base]) -> Iterator[Case]:
    person = re.compile(r"\b[A-Z][a-z]+ (?:[A-Z]\. )?([A-Z][a-z]{3,})\b(?=,| was| presented| to\b)")
    surnames = sorted({m[1] for base in bases for m in person.finditer(base.original)})
    for base in bases:
        chance = base.lot(kind)
        options: list[tuple[re.Match[str], str]] = []
        for pool in (COUNTRIES, CITIES):
            for match in re.finditer(rf"\b(?:{'|'.join(pool)})\b", base.text):
                options.append((match, chance.choice(pool)))
        for match in person.finditer(base.text):
            if match[1] not in COUNTRIES and surnames:
                inner = re.compile(match[1]).search(base.text, match.start(1))
                assert inner is not None
                options.append((inner, chance.choice(surnames)))
        options = [(m, o) for m, o in options if o not in base.original]
        if options:
            match, other = chance.choice(options)
            yield base.case(kind, _put(base.text, match, other), f"{match[0]} → {other}")


def _swapped_actors(kind: str, bases: Sequence[_Base]) -> Iterator[Case]:
    states = ["United States", r"U\.S\.", "United Kingdom", "Soviet Union", *COUNTRIES, *PEOPLES]
    offices = "President|Secretary of State|Ambassador|Minister|Consul"
    office = rf"(?:{offices}) [A-Z][a-z]+(?: [A-Z]\.)?(?: [A-Z][a-z]+)?"
    person = r"(?!The )[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]{3,}"
    actor = rf"(?:[Tt]he )?(?:{'|'.join(states)}|{office}|{person})(?![\w’'-])(?! [A-Z])"
    verb = rf"(?:{'|'.join(ASYMMETRIC)}|(?!(?:{'|'.join(SYMMETRIC)})\b)[a-z]+ed)"
    between = rf" (?:[a-z]+ ){{0,3}}{verb} (?:(?!the )[a-z]+ ){{0,4}}"
    follows = """in on to when with from after as for by at and that which under during until
    because since while into of but over through"""
    ending = rf"(?=[.,;]| (?:{'|'.join(follows.split())})\b)"
    untied = "".join(rf"(?<!\b{word} )" for word in "of in with to and from for by".split())
    pattern = re.compile(rf"(?<![\w.-]){untied}({actor})({between})({actor}){ending}")
    for base in bases:
        match = pattern.search(base.text)
        if match is None or _bare(match[1]) == _bare(match[3]):
            continue
        if re.search(r"\b(?:and|between|with|each|both|or|in|at|on)\b", match[2]):
            continue
        first, second = _with_article(match[3]), _with_article(match[1])
        if match.start() == 0:
            first = capital(first)
        swapped = f"{base.text[: match.start()]}{first}{match[2]}{second}{base.text[match.end() :]}"
        yield base.case(kind, swapped, f"{match[1]} ↔ {match[3]}")


def _bare(actor: str) -> str:
    return actor.lower().removeprefix("the ").replace("u.s.", "united states")


def _with_article(actor: str) -> str:
    plain = re.sub(r"^[Tt]he ", "", actor)
    is_named = plain in COUNTRIES or re.match(r"(?:President|Secretary|Amb|Min|Cons)", plain)
    is_named = is_named or actor == plain and plain.split()[0] not in ("United", "U.S.", "Soviet")
    return plain if is_named else f"the {plain}"


_NEGATED: tuple[tuple[str, str], ...] = (
    (r"\b(was|were|is|are|had been|has been|will|would|could|should|must) not\b", r"\1"),
    (r"\b(did|does|do) not\b", r"\1"),
    (r"\bnever\b", "once"),
    (r"\bno longer\b", "still"),
    (r"\bfailed to\b", "managed to"),
    (r"\brefused to\b", "agreed to"),
    (r"\bwithout\b", "with"),
    (r"\b(was|were) (?!not|no\b|never)", r"\1 not "),
    (r"\b(has|have|had) (?!not|no\b|never)(?=[a-z]+ed\b|been\b)", r"\1 not "),
    (r"\b(is|are|will|would|could|must) (?!not|no\b|never)", r"\1 not "),
    (r"\brecognized\b", "did not recognize"),
    (r"\bestablished\b(?= diplomatic)", "did not establish"),
    (r"\bpresented\b", "did not present"),
    (r"\bagreed\b", "did not agree"),
)


def _negation(kind: str, bases: Sequence[_Base]) -> Iterator[Case]:
    for base in bases:
        chance = base.lot(kind)
        options = [rule for rule in _NEGATED if re.search(rule[0], base.text)]
        if options:
            # The rules that take a negation away are rarer: they come first.
            pattern, put = options[0] if chance.random() < 0.7 else chance.choice(options)
            yield base.case(kind, re.sub(pattern, put, base.text, count=1), f"{pattern} → {put}")


def _exchanged(table: dict[str, str]) -> Callable[..., Iterator[Case]]:
    pattern = re.compile(
        rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, table), key=len, reverse=True))})(?![\w-])"
    )

    def make(kind: str, bases: Sequence[_Base]) -> Iterator[Case]:
        used: dict[str, int] = {}
        for base in bases:
            chance = base.lot(kind)
            options = [m for m in pattern.finditer(base.text) if _is_free(base.text, m)]
            if not options:
                continue
            match = chance.choice(options)
            other = table[match[0]]
            used[match[0]] = used.get(match[0], 0) + 1
            if used[match[0]] > 40 or re.search(rf"\b{re.escape(other)}\b", base.original):
                continue
            yield base.case(kind, _put(base.text, match, other), f"{match[0]} → {other}")

    return make


def _is_free(text: str, match: re.Match[str]) -> bool:
    """Tell whether a word is used as the lists mean it, as far as its neighbours show."""
    before, after = text[: match.start()], text[match.end() :]
    if match[0] in ("may", "can", "might") and re.search(r"\b(?:the|in) $", before):
        return False
    if match[0] in ("first", "the first", "second") and re.match(r",| (?:half|ladies|lady)", after):
        return False
    if match[0] in ("more", "less") and re.match(r" (?:than|or)\b", after):
        return False
    if match[0] == "most" and before.endswith("the "):
        return False
    if match[0] == "after" and re.match(r" (?:all|having)", after):
        return False
    if match[0] in ("no", "only", "all", "each", "any") and before.endswith(
        ("one ", "not ", "at ")
    ):
        return False
    counted = rf"(?:\d|\b(?:{'|'.join(WORDS)}|million|billion|thousand|hundred))[ -]?$"
    return match[0] not in UNITS or re.search(counted, before) is not None


def _attribution(kind: str, bases: Sequence[_Base]) -> Iterator[Case]:
    speaking = "|".join(SPEAKING)
    that = re.compile(rf"^[^,;:]{{3,90}}?\b(?:{speaking}) that (?=[a-zA-Z])")
    for base in bases:
        chance = base.lot(kind)
        text = base.text
        match = that.match(text)
        if match:
            yield base.case(kind, capital(text[match.end() :]), f"without “{match[0]}”")
        match = re.match(r"^According to [^,]{3,60}, (?=\w)", text)
        if match:
            yield base.case(kind, capital(text[match.end() :]), f"without “{match[0]}”")
        led = "(?!after|as|before|but|until|when|where|which|who)"
        match = re.search(rf", {led}(?:[a-zA-Z]+ ){{1,3}}(?:{speaking})\.$", text)
        if match:
            yield base.case(kind, f"{text[: match.start()]}.", f"without “{match[0]}”")
        match = re.search(rf" (?:{speaking}) that (?=[a-zA-Z])", text)
        if match and re.match(r"(?:The|President|Secretary|[A-Z][a-z]+) ", text):
            held = f"Critics {chance.choice(['claim', 'deny', 'doubt'])} that {text[match.end() :]}"
            yield base.case(kind, held, "another holder")


def _swapped_source(kind: str, bases: Sequence[_Base]) -> Iterator[Case]:
    by_document: dict[str, list[_Base]] = {}
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
    mine = set(re.findall(r"\w{4,}|\d+", one.lower()))
    return len(mine & set(re.findall(r"\w{4,}|\d+", other.lower()))) / max(1, len(mine))


_PREDICATE = re.compile(
    r"^([A-Z][^,;:“\"()]{3,60}?) "
    r"((?:was|were|had|has|recognized|established|signed|declared|became|"
    r"presented|announced|closed|sent|appointed|agreed|began|ended|remained|joined) [^;:“\"()]+)\.$"
)


def _merged(kind: str, bases: Sequence[_Base]) -> Iterator[Case]:
    fit = [(base, m) for base in bases if (m := _PREDICATE.match(base.original))]
    for (one, left), (other, right) in zip(fit, fit[1:] + fit[:1], strict=True):
        if _shared(left[1], right[1]) > 0 or _shared(one.original, other.original) > 0.6:
            continue
        cited = ((one.document, one.sentence), (other.document, other.sentence))
        way = one.lot(kind).randrange(3)
        if way == 0:
            text = f"{left[1]} {right[2]}."
        elif way == 1:
            text = f"{left[1]} {left[2]} and {right[2]}."
        else:
            text = f"{left[1]} {left[2]}, and {right[2]}."
        yield Case(kind=kind, text=text, cited=cited, change="two sentences in one claim")


def _put(text: str, match: re.Match[str], other: str) -> str:
    if match[0][:1].isupper():
        other = capital(other)
    return f"{text[: match.start()]}{other}{text[match.end() :]}"


_MAKERS: dict[str, Callable[..., Iterator[Case]]] = {
    EXACT: _exact,
    PARAPHRASE: _paraphrase,
    "number": _number,
    "unit": _exchanged(UNITS),
    "date": _date,
    "name": _name,
    "swapped actors": _swapped_actors,
    "negation": _negation,
    "reversal": _exchanged(REVERSED),
    "comparison": _exchanged(COMPARED),
    "modality": _exchanged(HARDENED),
    "attribution": _attribution,
    "quantifier": _exchanged(QUANTIFIED),
    "swapped source": _swapped_source,
    "merged": _merged,
}


def tally(cases: Iterable[Case]) -> dict[str, int]:
    """Return how many cases there are of each kind."""
    counted: dict[str, int] = {}
    for case in cases:
        counted[case.kind] = counted.get(case.kind, 0) + 1
    return counted
