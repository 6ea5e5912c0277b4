"""What a question asks for: its kind, its terms, its names, and what an answer must contain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from briefwell.text import STOP_WORDS, Word, content_stems, stem, words


class Kind(StrEnum):
    """The kinds of question that are answered in ways of their own."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    NUMBER = "number"
    LIST = "list"
    WHY = "why"
    HOW = "how"
    DEFINITION = "definition"
    POSITION = "position"
    COMPARE = "compare"
    YES_NO = "yes_no"
    AUTHOR = "author"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, taken apart.

    Attributes:
        text: As it is searched for.
        kind: What sort of answer it wants.
        terms: Stems of its content words, in order, each once.
        names: Its proper names and acronyms, as written.
        anchors: Stems of its numbers, years and ordinals: what evidence may not lack.
        counted: Stem of the noun that is listed ("pillars" in "the four pillars").
        amount_of: Stems of what is counted: "Haitian migrants" in "how many Haitian migrants".
        count: How many items are expected, where the question says so.
        sides: For a comparison, the two things compared.
        is_present: Whether it asks how things stand now.
    """

    text: str
    kind: Kind
    terms: tuple[str, ...]
    names: tuple[str, ...]
    anchors: tuple[str, ...]
    counted: str = ""
    amount_of: tuple[str, ...] = ()
    count: int | None = None
    sides: tuple[str, ...] = ()
    is_present: bool = False


CARDINALS = {
    word: value
    for value, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve".split(), start=2
    )
}
_SELF = frozenset(
    stem(word)
    for word in "article document report brief text paper note memo author piece according "
    "mention describe passage discuss explain answer question list name identify following "
    "example kind type sort called call many much long happen part took take taken makes made "
    "make get got give gave given go went come came put".split()
)
"""Words about the document or the question itself: no evidence need contain them."""

_LIST = re.compile(
    r"^(?:what|which|who)\s+(?:are|were)\b.*\b(?P<noun>[a-z]{3,}s)\b|"
    r"^(?:list|name|enumerate)\b|^which\s+(?:[a-z]+\s+)?[a-z]{3,}s\b(?!\s*[’'])|"
    r"^what\s+(?:[a-z]+\s+)?[a-z]{3,}s\s+(?:are|were|do|does|did|have|has|can|could|will|would)\b|"
    r"\bwhat\s+(?:kinds?|types?|sorts?)\s+of\b",
    re.IGNORECASE,
)
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            Kind.AUTHOR,
            r"\bwho\s+(?:wrote|authored|is\s+the\s+(?:author|writer)|was\s+the\s+author|"
            r"signed)\b.*\b(?:article|document|report|brief|text|paper|note|memo|piece|"
            r"essay|this|it)\b|\b(?:author|writer)\s+of\s+(?:this|the)\b",
        ),
        (
            Kind.COMPARE,
            r"\b(?:compare|comparison|difference|differ|differs|versus|vs\.?)\b|"
            r"\b(?:which|who)\b.*\b(?:more|less|fewer|larger|smaller|earlier|later|"
            r"first|older|younger)\b.*\bor\b",
        ),
        (
            Kind.WHY,
            r"^(?:and\s+)?(?:why|how\s+come)\b|\bfor\s+what\s+reasons?\b|"
            r"\bwhat\s+(?:caused|causes|makes|made|drives|drove|pushes|pushed|prompted|leads|led\s+to|was\s+the\s+(?:cause|reason)|is\s+the\s+reason|"
            r"are\s+the\s+(?:causes|reasons)|explains)\b",
        ),
        (
            Kind.NUMBER,
            r"\bhow\s+(?:many|much|large|big|high|long|old|far|often|tall|deep|wide)\b|"
            r"\bwhat\s+(?:number|percent(?:age)?|share|proportion|fraction|amount|figure|"
            r"population|rate|size)\b",
        ),
        (
            Kind.WHEN,
            r"^(?:and\s+|since\s+|until\s+|by\s+)?when\b|\b(?:what|which|in\s+what|in\s+"
            r"which|on\s+what|on\s+which)\s+(?:year|date|day|month|century|decade|time)\b",
        ),
        (
            Kind.WHERE,
            r"^where\b(?!.*\b(?:rank(?:s|ed)?|stands? (?:on|in the (?:ranking|index|list)))\b)|"
            r"\b(?:what|which)\s+(?:country|city|state|place|region|location|"
            r"continent|town|province|river)\b",
        ),
        (
            Kind.POSITION,
            r"\b(?:position|view|stance|opinion|argue|argues|think|thinks|believe|"
            r"believes|expect|expects|recommend|recommends|say\s+about|says\s+about|"
            r"said\s+about|judge|assessment)\b",
        ),
        (
            Kind.WHO,
            r"^(?:and\s+)?(?:who|whom|whose|by\s+whom|with\s+whom)\b|"
            r"\b(?:what|which)\s+(?:person|people|president|minister|leader|ambassador|"
            r"secretary|king|queen|general|company|organi[sz]ation)\b",
        ),
        (
            Kind.DEFINITION,
            r"^what\s+(?:is|are|was|were)\s+(?:the\s+|an?\s+)?[\w’'. &/-]+\?*$|"
            r"\bwhat\s+does\s+.+\s+(?:mean|stand\s+for)\b|^define\b",
        ),
        (
            Kind.YES_NO,
            r"^(?:and\s+)?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|"
            r"would|should)\b",
        ),
        (Kind.HOW, r"^how\b|\bin\s+what\s+ways?\b"),
    )
)
_NAME = re.compile(
    r"(?:U\.\s?S\.(?:\s?A\.)?|U\.K\.|[A-ZÀ-Þ][\w’'-]*[\w]|[A-Z]\.)(?:\s+(?:[A-ZÀ-Þ][\w’'.-]*\w|"
    r"(?:of|the|de|del|la|von|van|and)\s+(?=[A-ZÀ-Þ])))*"
)
_LEADS = frozenset(
    "what who whom whose when where why which how is are was were do does did has have had can "
    "could "
    "will would should may might in on at by with from to for and but list name tell give "
    "according "
    "the a an during after before under since until about of compare define if as i".split()
)


def analyse(text: str) -> Question:
    """Take a question apart; any string is a legal question."""
    plain = " ".join(text.split())
    bare = re.sub(r"^(?:and|but|so|also|then)\s+", "", plain, flags=re.IGNORECASE)
    kind, counted, count = _kind(bare)
    stems = tuple(dict.fromkeys(content_stems(plain)))
    terms = tuple(item for item in stems if item not in _SELF) or stems
    return Question(
        text=plain,
        kind=kind,
        terms=terms,
        names=tuple(dict.fromkeys(_names(plain))),
        anchors=tuple(dict.fromkeys(w.stem for w in words(plain) if _is_anchor(w.text))),
        counted=counted,
        amount_of=_amount_of(plain) if kind is Kind.NUMBER else (),
        count=count,
        sides=_sides(bare) if kind is Kind.COMPARE else (),
        is_present=bool(_PRESENT.search(plain)) and not _PAST_DATE.search(plain),
    )


_ORDINALS = frozenset(
    "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
)
_PRESENT = re.compile(
    r"\b(?:still|now|current|currently|in force|today|latest|at present|any longer|nowadays|"
    r"so far|yet|is|are|should|have|has|replaced?|remains?)\b",
    re.IGNORECASE,
)
_PAST_DATE = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


def _is_anchor(word: str) -> bool:
    return word[0].isdigit() or word.lower() in _ORDINALS


def _kind(text: str) -> tuple[Kind, str, int | None]:
    for kind, pattern in _PATTERNS[:2]:
        if pattern.search(text):
            return kind, "", None
    listed = _LIST.search(text)
    causal = _PATTERNS[2][1].search(text)
    if listed and not causal and not _PATTERNS[3][1].search(text):
        noun, count = _counted(text)
        if noun or listed.group(0).lower().startswith(("list", "name", "enum")):
            return Kind.LIST, noun, count
    for kind, pattern in _PATTERNS[2:]:
        if pattern.search(text):
            return kind, "", None
    return Kind.OTHER, "", None


_GROUP_ENDS = frozenset(
    "does did do is are was were has have had can could will would should of in on at to".split()
)
_PEOPLE = frozenset({"people", "children", "men", "women", "staff", "police"})


def _amount_of(text: str) -> tuple[str, ...]:
    """Return the stems of the words after "how many" up to their noun; empty without it.

    "How many times" counts nothing that is named in an answer ("twice").
    """
    asked = re.search(
        r"\bhow\s+many\s+(?!times\b)(?:of\s+(?:the\s+|its\s+|their\s+)?)?(.+)$", text, re.I
    )
    if asked is None:
        return ()
    group: list[str] = []
    line = words(asked.group(1))
    for word, following in zip(line, [*line[1:], None], strict=True):
        low = word.text.lower()
        if low in _GROUP_ENDS:
            break
        group.append(word.stem)
        is_plural = low.endswith("s") and (word.text.islower() or _is_done_by(word, following))
        if low in _PEOPLE or is_plural:
            break
    return tuple(group)


def _is_done_by(people: Word, following: Word | None) -> bool:
    """Tell whether a capitalised plural ends its name: "Haitians" in "Haitians came"."""
    if not people.text.istitle() or people.text in {"States", "Nations"}:
        return False
    return following is None or following.text.islower() and not following.text.endswith("s")


def _counted(text: str) -> tuple[str, int | None]:
    """Find the noun that is listed: the first plural after the opening words."""
    cardinal = re.search(
        rf"\b({'|'.join(CARDINALS)}|\d{{1,2}})\s+(?:[a-z-]+\s+){{0,2}}?([a-z]+s)\b",
        text,
        re.IGNORECASE,
    )
    if cardinal:
        word = cardinal.group(1).lower()
        return stem(cardinal.group(2)), CARDINALS.get(word) or int(word)
    for word in words(text)[1:]:
        low = word.text.lower()
        is_plural = low.endswith("s") and not low.endswith(("ss", "us", "is"))
        is_common = word.text[0].islower() and low.isalpha() and low not in STOP_WORDS
        if is_plural and is_common:
            return stem(low), None
    return "", None


def _names(text: str) -> list[str]:
    found = []
    for match in _NAME.finditer(text):
        parts = match.group(0).split()
        while parts and parts[0].lower().strip("’'") in _LEADS:
            parts.pop(0)
        name = re.sub(r"[’']s?$", "", " ".join(parts)).strip() if parts else ""
        if not re.search(r"\b[A-Z]\.$", name):
            name = name.rstrip(".")
        if name and (len(name) > 1 or name.isdigit()):
            found.append(name)
    return found


def _sides(text: str) -> tuple[str, ...]:
    """Find the two things a question compares."""
    for pattern in (
        r"\bbetween\s+(?P<a>.+?)\s+and\s+(?P<b>.+?)[?.]*$",
        r"\bcompare\s+(?P<a>.+?)\s+(?:and|with|to)\s+(?P<b>.+?)[?.]*$",
        r"[,:]\s*(?P<a>[^,:]+?)\s+or\s+(?P<b>[^,?]+?)[?.]*$",
        r"\bdo(?:es)?\s+(?P<a>.+?)\s+(?:and|differ\s+from)\s+(?P<b>.+?)\s*(?:differ|"
        r"compare)?[?.]*$",
        r"(?P<a>[\w .’'-]+?)\s+(?:versus|vs\.?)\s+(?P<b>[\w .’'-]+?)[?.]*$",
    ):
        match = re.search(pattern, text, re.IGNORECASE)
        if match:
            return match.group("a").strip(), match.group("b").strip()
    return ()
