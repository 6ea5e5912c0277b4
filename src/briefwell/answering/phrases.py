"""Noun phrases and names of a question, found by its function words."""

from __future__ import annotations

import re

AUXILIARIES = "is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must"
ASKING = "what|who|whom|whose|when|where|why|which|how"
NUMBERS = "two three four five six seven eight nine ten eleven twelve".split()
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth last".split()
PREPOSITIONS = frozenset(
    "in on at by with from to for about under over between among during since until after before "
    "into through against toward towards within without than as".split()
)
BREAKS = frozenset(
    f"{AUXILIARIES}|{ASKING}|be|been|being|and|or|but|not|if|that|this|these|those|it|its|they|their|he|she|"
    "his|her|i|you|we|me|us|there|many|much|long|often|far|say|said|says|mean|means|due".split("|")
)
_DETERMINERS = frozenset({"the", "a", "an"})
_TRAILING = frozenset({"of", "ahead", "now", "today", "currently", "together"})
_VERBS = frozenset(
    """cover covers include includes mean means say says happen happens work works take takes make
    makes apply applies matter matters help helps start starts end ends begin begins affect affects
    change changes require requires replace replaces replaced support supports come comes become
    differ differs concern concerns create creates deal deals focus launched approved expected
    signed adopted founded created began ended started happened important necessary true so still
    called due report reports do does did is are was were has have had can could will would should
    may might lead leads cost costs""".split()
)
PARTICIPLE = re.compile(
    r"[a-z]+ed|built|held|made|paid|won|lost|sold|bought|sent|taken|given|written|chosen|begun|born"
    r"|drawn|known|found|brought|led|met|set|cut|put|broken|hit|struck|spent|left|kept|told|seen"
)
NAME = re.compile(
    r"(?:(?:U\.S\.|[A-ZÀ-Þ][\w’'.-]*|[A-Z]{2,}))(?:\s+(?:(?:of|the|for|and|de|del|la|von|van)\s+){0,2}"
    r"(?:U\.S\.|[A-ZÀ-Þ][\w’'.-]*))*"
)


def noun_phrases(question: str) -> list[str]:
    """Return the noun phrases of a question in order, with "of …" attached."""
    tokens = re.findall(r"[\w’'.-]+[\w’']|\w|[,;:?!]", question.rstrip("?!. "))
    has_do = re.search(r"\b(?:do|does|did)\b", question, re.IGNORECASE) is not None
    groups: list[list[str]] = [[]]
    for index, token in enumerate(tokens):
        low = token.lower()
        is_name = token[0].isupper() and index > 0
        if low == "of" and groups[-1] or low == "and" and _joins_names(tokens, index):
            groups[-1].append(token)
        elif not is_name and (low in BREAKS or low in PREPOSITIONS or not token[0].isalnum()):
            if has_do and len(groups[-1]) > 1 and _ends_in_verb(groups[-1]):
                groups[-1].pop()
            groups.append([])
        elif low in _DETERMINERS and groups[-1] and groups[-1][-1].lower() != "of":
            is_deed = has_do or PARTICIPLE.fullmatch(groups[-1][-1])
            if is_deed and len(groups[-1]) > 1 and groups[-1][-1].islower():
                # After `did`, what stands between two phrases is the verb.
                groups[-1].pop()
            groups.append([token])
        else:
            groups[-1].append(token)
    return [phrase for group in groups if (phrase := _phrase(group, question))]


def _ends_in_verb(group: list[str]) -> bool:
    """Tell whether a small word follows a name or plural: "did Peru agree on", "the owners get"."""
    return group[-1].islower() and (group[-2][0].isupper() or is_plural(group[-2]))


def _joins_names(tokens: list[str], index: int) -> bool:
    """Tell whether an "and" stands between two names, as in "Peine and Toconao"."""
    is_inside = 1 < index < len(tokens) - 1
    return is_inside and tokens[index - 1][0].isupper() and tokens[index + 1][0].isupper()


def _phrase(group: list[str], question: str) -> str:
    while group and group[-1] in _VERBS | _DETERMINERS | _TRAILING:
        group = group[:-1]
    has_do = re.search(r"\b(?:do|does|did)\b", question, re.IGNORECASE)
    is_last = bool(group) and question.rstrip("?!. ").endswith(group[-1])
    is_passive = re.search(r"\b(?:was|were|is|are|been)\b", question, re.IGNORECASE)
    if is_passive and is_last and len(group) > 1 and PARTICIPLE.fullmatch(group[-1]):
        group = group[:-1]
    if has_do:
        group = _before_deed(group)
    if has_do and is_last and len(group) > 1 and group[-1].islower():
        group = group if group[-2].lower() in _DETERMINERS else group[:-1]
    while group and group[0].lower() in _VERBS:
        group = group[1:]
    words = [w for w in group if w.lower() not in _DETERMINERS]
    return " ".join(group) if words else ""


def _before_deed(group: list[str]) -> list[str]:
    """Cut what people do behind their name: "Central Americans leave home" after "why do"."""
    for place, word in enumerate(group[:-1]):
        if re.fullmatch(r"[A-Z][a-z]+ans", word) and group[place + 1].islower():
            return group[: place + 1]
    return group


def has_name(phrase: str) -> bool:
    """Tell whether a phrase holds a proper name or an acronym."""
    return any(word[0].isupper() for word in phrase.split())


def head_noun(phrase: str) -> str:
    """Return the noun a phrase is about: its last word before an "of"; empty when none."""
    before = phrase.split(" of ")[0].split()
    return before[-1] if before else ""


_PEOPLE = {"people": "person", "children": "child", "men": "man", "women": "woman"}


def is_plural(noun: str) -> bool:
    """Tell whether a common noun looks like a plural: a regular one, or one of people."""
    is_regular = noun.endswith("s") and not noun.endswith(("ss", "us", "is"))
    return noun.islower() and (is_regular or noun in _PEOPLE)


def singular(noun: str) -> str:
    """Return the singular of a noun that `is_plural` knows; any other as it is."""
    if noun in _PEOPLE:
        return _PEOPLE[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses")):
        return noun[:-2]
    return noun[:-1] if is_plural(noun) else noun


def is_verb(word: str) -> bool:
    """Tell whether a word after "this" is rather a verb than its noun."""
    return word in _VERBS or word in PREPOSITIONS or word in BREAKS
