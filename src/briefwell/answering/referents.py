"""What the turns before spoke of: the things a pronoun or "the fourth one" can point at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_AUX = "is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must"
_WH = "what|who|whom|whose|when|where|why|which|how"
_NUMBERS = "two three four five six seven eight nine ten eleven twelve".split()
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth last".split()
_PREPOSITIONS = frozenset(
    "in on at by with from to for about under over between among during since until after before "
    "into through against toward towards within without than as".split()
)
BREAKS = frozenset(
    f"{_AUX}|{_WH}|be|been|being|and|or|but|not|if|that|this|these|those|it|its|they|their|he|she|"
    "his|her|i|you|we|me|us|there|many|much|long|often|far|say|said|says|mean|means|due".split("|")
)
_DETERMINERS = frozenset({"the", "a", "an"})
_BODIES = frozenset(
    """initiative dialogue agreement act framework treaty states union program programme council
    committee commission ministry department party house senate congress court bank fund war plan
    pact summit conference administration government office agency university institute center
    purchase telegram proviso doctrine policy revolution crisis treaties
    centre group forum republic kingdom city state river border north south east west""".split()
)
_HONORIFICS = (
    "president|prime minister|vice president|minister|secretary|ambassador|senator|governor|"
    "general|mr|mrs|ms|dr|king|queen|emperor|pope|sir|chancellor|congressman|judge|colonel|author"
)
_VERBS = frozenset(
    """cover covers include includes mean means say says happen happens work works take takes make
    makes apply applies matter matters help helps start starts end ends begin begins affect affects
    change changes require requires replace replaces replaced support supports come comes become
    differ differs concern concerns create creates deal deals focus launched approved expected
    signed adopted founded created began ended started happened important necessary true so still
    called due report reports do does did is are was were has have had can could will would should
    may might lead leads cost costs""".split()
)
NAME = re.compile(
    r"(?:(?:U\.S\.|[A-ZÀ-Þ][\w’'.-]*|[A-Z]{2,}))(?:\s+(?:(?:of|the|for|and|de|del|la|von|van)\s+){0,2}"
    r"(?:U\.S\.|[A-ZÀ-Þ][\w’'.-]*))*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Referents:
    """What a follow-up can point at; empty strings where there is nothing.

    Attributes:
        question: The previous question, itself made whole.
        topic: What "it" means.
        person: What "he" or "she" means.
        plural: What "they" means.
        counted: The singular of what was counted or listed: "pillar of the HLED".
        owner: What the listed parts belong to: "the HLED".
        parts: Nouns of the listed parts: "pillars".
    """

    question: str = ""
    topic: str = ""
    person: str = ""
    plural: str = ""
    counted: str = ""
    owner: str = ""
    parts: tuple[str, ...] = ()


def gather(question: str, answer: str) -> Referents:
    """Return what a previous question and its answer spoke of."""
    if not question:
        return Referents()
    phrases = noun_phrases(question)
    defined = re.match(rf"(?:what|who|which)\s+(?:{_AUX})\s+", question, re.IGNORECASE)
    main = _main_phrase(phrases, is_defined=defined is not None)
    part = _part_of(main) or next((found for p in phrases if (found := _part_of(p))), None)
    plural = next((p for p in [main, *phrases] if p and _is_plural(_head(p))), "")
    topic = main
    owner, counted = "", ""
    parts: tuple[str, ...] = ()
    if part is not None:
        noun, owner = part
        single = singular(noun)
        counted = f"{single} of {owner}"
        parts = (noun,)
        if _is_plural(noun):
            topic = owner
    elif plural:
        counted = singular(_head(plural))
    return Referents(
        question=question,
        topic=topic,
        person=_person(question, answer, phrases),
        plural=plural,
        counted=counted,
        owner=owner,
        parts=parts,
    )


def noun_phrases(question: str) -> list[str]:
    """Return the noun phrases of a question in order, with "of …" attached."""
    tokens = re.findall(r"[\w’'.-]+[\w’']|\w|[,;:?!]", question.rstrip("?!. "))
    groups: list[list[str]] = [[]]
    for index, token in enumerate(tokens):
        low = token.lower()
        is_name = token[0].isupper() and index > 0
        if low == "of" and groups[-1]:
            groups[-1].append(token)
        elif not is_name and (low in BREAKS or low in _PREPOSITIONS or not token[0].isalnum()):
            groups.append([])
        elif low in _DETERMINERS and groups[-1] and groups[-1][-1].lower() != "of":
            groups.append([token])
        else:
            groups[-1].append(token)
    return [phrase for group in groups if (phrase := _phrase(group, question))]


def _phrase(group: list[str], question: str) -> str:
    while group and (group[-1].lower() in _VERBS | _DETERMINERS | {"of"}):
        group = group[:-1]
    has_do = re.search(r"\b(?:do|does|did)\b", question, re.IGNORECASE)
    is_last = bool(group) and question.rstrip("?!. ").endswith(group[-1])
    if has_do and is_last and len(group) > 1 and group[-1].islower():
        group = group if group[-2].lower() in _DETERMINERS else group[:-1]
    while group and group[0].lower() in _VERBS:
        group = group[1:]
    words = [w for w in group if w.lower() not in _DETERMINERS]
    return " ".join(group) if words else ""


def _main_phrase(phrases: list[str], *, is_defined: bool) -> str:
    if not phrases:
        return ""
    if is_defined:
        return phrases[0]
    named = [p for p in phrases if has_name(p)]
    return named[-1] if named else phrases[-1]


def has_name(phrase: str) -> bool:
    """Tell whether a phrase holds a proper name or an acronym."""
    return any(word[0].isupper() for word in phrase.split())


def _part_of(phrase: str) -> tuple[str, str] | None:
    """Split "the four pillars of the HLED" into ("pillars", "the HLED")."""
    match = re.match(r"(?P<head>.+?)\s+of\s+(?P<owner>.+)$", phrase)
    if match is None:
        match = re.match(r"(?P<owner>.+?)[’']s?\s+(?P<head>.+)$", phrase)
    if match is None:
        return None
    noun = _head(match.group("head"))
    if not noun or noun[0].isupper():
        return None
    return noun, match.group("owner")


def _head(phrase: str) -> str:
    before = phrase.split(" of ")[0].split()
    return before[-1] if before else ""


def _is_plural(noun: str) -> bool:
    low = noun.lower()
    return low.endswith("s") and not low.endswith(("ss", "us", "is")) and noun.islower()


def singular(noun: str) -> str:
    """Return the singular of a regular English noun."""
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses")):
        return noun[:-2]
    return noun[:-1] if _is_plural(noun) else noun


def _person(question: str, answer: str, phrases: list[str]) -> str:
    for text in (question, answer[:600]):
        titled = re.search(
            rf"\b(?:{_HONORIFICS})\.?\s+((?:[A-ZÀ-Þ][\w’'-]*\.?\s?){{1,4}})", text, re.IGNORECASE
        )
        if titled and titled.group(1).strip()[0].isupper():
            return _calm(re.sub(r"[’']s?$", "", titled.group(0).strip(" .,")))
        for match in NAME.finditer(text, 1 if text is question else 0):
            name = re.sub(r"[’']s?$", "", match.group(0)).strip(" .,")
            if _is_person(name):
                return _calm(name)
    which = re.match(
        rf"(?:which|what)\s+((?:\w+\s+){{0,2}}?(?:{_HONORIFICS}))\s+(.+?)\??$",
        question,
        re.IGNORECASE,
    )
    if which and not re.match(rf"(?:{_AUX})\b", which.group(2)):
        return f"the {which.group(1)} who {which.group(2)}"
    asked = re.match(r"who\s+(wrote|authored)\s+(.+?)\??$", question, re.IGNORECASE)
    if asked:
        return f"the author of {asked.group(2)}"
    return next((p for p in phrases if re.search(rf"\b(?:{_HONORIFICS})\b", p, re.I)), "")


def _is_person(name: str) -> bool:
    parts = [w for w in name.split() if w[0].isupper()]
    lows = {w.lower().strip(".") for w in name.split()}
    return (
        2 <= len(parts) <= 4
        and not lows & _BODIES
        and not lows & {"the", "and", "for", "of", "u.s"}
        and not any(w.isupper() and len(w) < 5 and "." not in w for w in parts)
        and not re.match(r"(?:The|In|On|At|It|This|That|Both|What|Who|When)\b", name)
    )


def _calm(name: str) -> str:
    return name.title() if name.isupper() else name


def has_antecedent(before: str, *, person: bool) -> bool:
    """Tell whether the words before a pronoun already name what it points at."""
    for match in NAME.finditer(before):
        name = match.group(0)
        if match.start() == 0 and name.lower() in {*_WH.split("|"), *_AUX.split("|")}:
            continue
        first = name.split()[0].lower()
        if match.start() == 0 and first in {*_WH.split("|"), *_AUX.split("|")}:
            name = name.split(" ", 1)[-1]
            if name.lower() == first:
                continue
        if not person or _is_person(name) or len(name.split()) == 1:
            return True
    return False


def is_clause_word(word: str) -> bool:
    """Tell whether "that" followed by this word starts a clause."""
    return word in {"the", "a", "an", "it", "they", "he", "she", "we", "there", "mexico"}


def is_verb(word: str) -> bool:
    """Tell whether a word after "this" is rather a verb than its noun."""
    return word in _VERBS or word in _PREPOSITIONS or word in BREAKS


def uncounted(topic: str) -> str:
    """Return a phrase without its article and ordinal: "the second pillar" gives "pillar"."""
    return re.sub(
        rf"^(?:the\s+)?(?:(?:{'|'.join([*ORDINALS, *_NUMBERS])})\s+)?", "", topic, flags=re.I
    )


def has_noun(topic: str, noun: str) -> bool:
    """Tell whether a topic contains a noun, in singular or plural."""
    return singular(noun) in {singular(word.lower()) for word in topic.split()}


@lru_cache(maxsize=256)
def predicate(question: str) -> str:
    """Return a question without its question word: "did the USMCA replace NAFTA"."""
    bare = question.strip().rstrip("?!. ")
    match = re.match(
        rf"(?:{_WH})\b(?:\s+(?:many|much|long|often|far))?\s+(.+)$", bare, re.IGNORECASE
    )
    return match.group(1) if match else bare[0].lower() + bare[1:] if bare else ""
