"""What the turns before spoke of: the things a pronoun or "the fourth one" can point at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefwell.answering.phrases import (
    ASKING,
    AUXILIARIES,
    NAME,
    NUMBERS,
    ORDINALS,
    PREPOSITIONS,
    has_name,
    head_noun,
    is_plural,
    noun_phrases,
    singular,
)

_BODIES = frozenset(
    """initiative dialogue agreement act framework treaty states union program programme council
    committee commission ministry department party house senate congress court bank fund war plan
    pact summit conference administration government office agency university institute center
    purchase telegram proviso doctrine policy revolution crisis treaties
    centre group forum republic kingdom city state river border north south east west""".split()
)
_CLAUSE_WORDS = frozenset({"the", "a", "an", "it", "they", "he", "she", "we", "there"})
_SAYING = (
    "true|say|says|said|claim|claims|claimed|show|shows|showed|shown|expect|expects|expected|mean|"
    "means|think|thinks|believe|believes|believed|argue|argues|argued|report|reports|reported|fact|"
    "likely|clear|possible|know|known|state|states|stated|so|suggest|suggests|evidence|agree|agreed"
)
_HONORIFICS = (
    "president|prime minister|vice president|minister|secretary|ambassador|senator|governor|"
    "general|mr|mrs|ms|dr|king|queen|emperor|pope|sir|chancellor|congressman|judge|colonel|author"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Referents:
    """What a follow-up can point at; empty strings where there is nothing.

    Attributes:
        question: The previous question, itself made whole.
        topic: What "it" means.
        thing: What "it" means as an object ("who signed it?"): the object of the question.
        person: What "he" or "she" means.
        plural: What "they" means.
        counted: The singular of what was counted or listed: "pillar of the HLED".
        owner: What the listed parts belong to: "the HLED".
        parts: Nouns of the listed parts: "pillars".
        single: What "it" means beside a topic in the plural: "the paper" of its "options".
        pair: The two things compared: "the former" and "the latter".
        total: How many of what was counted there are, 0 where nothing says so.
    """

    question: str = ""
    topic: str = ""
    thing: str = ""
    person: str = ""
    plural: str = ""
    counted: str = ""
    owner: str = ""
    parts: tuple[str, ...] = ()
    single: str = ""
    pair: tuple[str, ...] = ()
    total: int = 0


def gather(question: str, answer: str) -> Referents:
    """Return what a previous question and its answer spoke of."""
    if not question:
        return Referents()
    phrases = [phrase for phrase in noun_phrases(question) if not phrase.isdigit()]
    defined = re.match(rf"(?:what|who|which)\s+(?:{AUXILIARIES})\s+", question, re.IGNORECASE)
    main = _main_phrase(phrases, is_defined=defined is not None)
    part = _part_of(main) or next((found for p in phrases if (found := _part_of(p))), None)
    candidates = [main, *phrases] if defined else [*_unled(question, phrases), main, *phrases]
    plural = next((p for p in candidates if p and is_plural(head_noun(p))), "")
    pair = _pair(question)
    topic = main
    owner, counted = "", ""
    parts: tuple[str, ...] = ()
    if part is not None:
        noun, owner = part
        single = singular(noun)
        counted = f"{single} of {owner}"
        parts = (noun,)
        if is_plural(noun):
            topic = owner
    elif plural:
        counted = singular(head_noun(plural))
    return Referents(
        question=question,
        topic=topic,
        thing=_object(question, phrases) or topic,
        person=_person(question, answer, phrases),
        plural=" and ".join(pair) or plural,
        single=_single(phrases) if topic == plural else "",
        pair=pair,
        counted=counted,
        owner=owner,
        parts=parts,
        total=_total(counted or uncounted(topic), f"{question} {answer}"),
    )


def _pair(question: str) -> tuple[str, ...]:
    """Return the two things a question compares, or nothing."""
    match = re.search(
        r"\b(?:compare|between)\s+(.+?)\s+(?:and|with|to)\s+(.+?)[?.!\s]*$", question, re.IGNORECASE
    )
    return (match[1], match[2]) if match else ()


def _single(phrases: list[str]) -> str:
    """Return the last definite phrase in the singular; empty when there is none."""
    single = [p for p in phrases if p.lower().startswith("the ") and not is_plural(head_noun(p))]
    return single[-1] if single else ""


def _total(counted: str, text: str) -> int:
    """Return the number with which the plural of what is counted stands in `text`, or 0."""
    noun = re.escape(head_noun(counted))
    match = re.search(rf"\b({'|'.join(NUMBERS)})\s+(?:[\w’'-]+\s+)?{noun}s\b", text, re.I)
    return NUMBERS.index(match[1].lower()) + 2 if noun and match else 0


def _object(question: str, phrases: list[str]) -> str:
    """Return what a question asks the amount of, or its last definite phrase without preposition.

    Empty when there is none.
    """
    asked = re.match(
        r"(?:how much|what|which)\s+([a-z-]+(?:\s[a-z-]+)?)\s+(?:do|does|did)\b",
        question,
        re.IGNORECASE,
    )
    if asked and not is_plural(asked[1].split()[-1]):
        return f"the {asked[1]}"
    return next(reversed(_unled(question, phrases)), "")


def _unled(question: str, phrases: list[str]) -> list[str]:
    """Return the definite phrases that no preposition leads, in order."""
    led = "|".join(PREPOSITIONS)
    return [
        phrase
        for phrase in phrases
        if (has_name(phrase) or phrase.lower().startswith("the "))
        and not re.search(rf"\b(?:{led}|of)\s+{re.escape(phrase)}(?!\w)", question, re.IGNORECASE)
    ]


def _main_phrase(phrases: list[str], *, is_defined: bool) -> str:
    if not phrases:
        return ""
    if is_defined:
        return phrases[0]
    named = [p for p in phrases if has_name(p)]
    return named[-1] if named else phrases[-1]


def _part_of(phrase: str) -> tuple[str, str] | None:
    """Split "the four pillars of the HLED" into ("pillars", "the HLED")."""
    match = re.match(r"(?P<head>.+?)\s+of\s+(?P<owner>.+)$", phrase)
    if match is None:
        match = re.match(r"(?P<owner>.+?)[’']s?\s+(?P<head>.+)$", phrase)
    if match is None:
        return None
    noun = head_noun(match.group("head"))
    if not noun or noun[0].isupper():
        return None
    return noun, match.group("owner")


def _person(question: str, answer: str, phrases: list[str]) -> str:
    for text in (question, answer[:600]):
        titled = re.search(
            rf"\b(?:{_HONORIFICS})\.?\s+((?:[A-ZÀ-Þ][\w’'-]*\.?\s?){{1,4}})", text, re.IGNORECASE
        )
        if titled and titled.group(1).strip()[0].isupper():
            return _calm(re.sub(r"[’']s?$", "", titled.group(0).strip(" .,")))
        for match in NAME.finditer(text, 1 if text is question else 0):
            name = re.sub(r"[’']s?$", "", match.group(0)).strip(" .,")
            name = name.split(" of ")[0]
            if _is_person(name):
                return _calm(name)
    which = re.match(
        rf"(?:which|what)\s+((?:\w+\s+){{0,2}}?(?:{_HONORIFICS}))\s+(.+?)\??$",
        question,
        re.IGNORECASE,
    )
    if which and not re.match(rf"(?:{AUXILIARIES})\b", which.group(2)):
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


_ORDERS = "list name give tell explain describe show compare summarize summarise find".split()
_OPENINGS = frozenset([*ASKING.split("|"), *AUXILIARIES.split("|"), *_ORDERS])
"""What a question or an order may begin with: no name, though it has a capital."""


def has_antecedent(before: str, *, person: bool) -> bool:
    """Tell whether the words before a pronoun already name what it points at."""
    for match in NAME.finditer(before):
        name = match.group(0)
        if match.start() == 0 and name.lower() in _OPENINGS:
            continue
        first = name.split()[0].lower()
        if match.start() == 0 and first in _OPENINGS:
            name = name.split(" ", 1)[-1]
            if name.lower() == first:
                continue
        if not person or _is_person(name) or len(name.split()) == 1:
            return True
    return False


def is_clause_word(word: str) -> bool:
    """Tell whether "that" followed by this word starts a clause."""
    return word[:1].isupper() or word in _CLAUSE_WORDS


def opens_clause(before: str) -> bool:
    """Tell whether "that" after these words joins a clause: "is it true that …"."""
    return re.search(rf"\b(?:{_SAYING})\s*$", before, re.IGNORECASE) is not None


def uncounted(topic: str) -> str:
    """Return a phrase without its article and ordinal: "the second pillar" gives "pillar"."""
    return re.sub(
        rf"^(?:the\s+)?(?:(?:{'|'.join([*ORDINALS, *NUMBERS])})\s+)?", "", topic, flags=re.I
    )


def has_noun(topic: str, noun: str) -> bool:
    """Tell whether a topic contains a noun, in singular or plural."""
    return singular(noun) in {singular(word.lower()) for word in topic.split()}
