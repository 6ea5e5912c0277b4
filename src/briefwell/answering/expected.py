"""Does a sentence hold the kind of thing a question asks for?"""

from __future__ import annotations

import re

from briefwell.answering.matching import is_family
from briefwell.answering.questions import Kind, Question
from briefwell.text import words

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"\b(?:1[0-9]|20)\d\d(?:s|[-–]\d\d(?:\d\d)?)?\b|\b{_MONTH}\.?\s+\d{{1,2}}\b|"
    rf"\b\d{{1,2}}\s+{_MONTH}\b|\b{_MONTH}\b|\b\d{{1,2}}(?:st|nd|rd|th)\s+centur(?:y|ies)\b|"
    r"\b(?:today|yesterday|last|this|next)\s+(?:year|month|week|century|decade)\b|"
    r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|\b\d{3,4}\s+(?:bc|ad|ce)\b",
    re.IGNORECASE,
)
_MONTH_NAME = re.compile(rf"\b{_MONTH}\b", re.IGNORECASE)
_DAY = re.compile(rf"\b{_MONTH}\.?\s+\d{{1,2}}\b|\b\d{{1,2}}\s+{_MONTH}\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"\b\d[\d,.]*%?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|third|quarter|several|"
    r"majority|once|twice|thrice|most|few|couple)\b",
    re.IGNORECASE,
)
_MEASURED = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(given, re.IGNORECASE))
    for asked, given in (
        (
            r"\bhow\s+(?:long|far|tall|wide|high|deep)\s+(?:is|are|was|were)\b",
            r"\b(?:\d[\d,.]*|[a-z]+)[\s-]+(?:kilomet\w+|km|miles?|met(?:er|re)s?|feet|foot|inch\w*|"
            r"yards?|leagues?|years?|months?|weeks?|days?|hours?|minutes?|seconds?|centuries)\b|"
            r"\b(?:from|between)\b.*\b\d{4}\b.*\b(?:to|until|till|and)\b.*\b\d{4}\b",
        ),
        (
            r"\bhow\s+much\s+(?:money|did\b.*\b(?:cost|pay|spend|give)\b)",
            r"[$€£¥]\s?\d|\b\d[\d,.]*\s*(?:dollars?|pesos?|euros?|pounds?|francs?|marks?)\b",
        ),
        (
            r"\bwhat\s+(?:percent|percentage|share|proportion|fraction)\b",
            r"\b\d[\d.,]*\s*(?:%|per\s?cent|percentage)|\b(?:half|third|quarter|fifth|majority|"
            r"most|all)\b",
        ),
    )
)
_REASON = re.compile(
    r"\b(?:because|due to|since|as a result|result(?:ed|s|ing)?|cause[ds]?|causing|reasons?|"
    r"owing to|"
    r"so that|in order to|to (?:avoid|prevent|protect|help|reduce|increase|make|allow|ensure)|"
    r"therefore|thus|led to|leads to|leading to|explain(?:s|ed)?|thanks to|for fear|in response|"
    r"on account of|driven by|fed by|attributed|given that|consequently|reflect(?:s|ed)?|as)\b",
    re.IGNORECASE,
)
_NO_DAY = rf"(?!(?i:{_MONTH}|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)"
_PLACE = re.compile(
    r"\b(?:in|at|near|from|to|into|across|along|through|between|on|around|off)\s+(?:the\s+)?"
    rf"(?:[a-z]+\s+){{0,2}}{_NO_DAY}[A-ZÀ-Þ]"
)
_CAPITAL = re.compile(rf"(?<![.!?]\s)(?<!^)\b{_NO_DAY}[A-ZÀ-Þ][\w’'-]+")
_DEFINES = re.compile(
    r"\b(?:is|are|was|were|refers? to|means?|known as|called|defined as|consists? of|covers?|"
    r"includes?|describes?|served as|represents?)\b",
    re.IGNORECASE,
)
_ARGUES = re.compile(
    r"\b(?:should|must|argue[sd]?|expect(?:s|ed)?|believe[sd]?|view(?:s|ed)?|consider(?:s|ed)?|"
    r"appears?|seems?|likely|prospects?|need(?:s|ed)?|hope[sd]?|concern(?:s|ed)?|key|essential|"
    r"important|encouraging|will|would|could|may|might|said|says|state[sd]?|prefer(?:s|red)?)\b",
    re.IGNORECASE,
)


def fitness(question: Question, sentence: str) -> float:
    """Return 1 when `sentence` holds what `question` asks for, less for a vaguer date, or 0."""
    if not has_expected(question, sentence):
        return 0.0
    if question.kind is Kind.WHEN and not _DAY.search(sentence):
        return 0.85 if _MONTH_NAME.search(sentence) else 0.7
    return 1.0


def has_expected(question: Question, sentence: str) -> bool:
    """Tell whether `sentence` holds what `question` asks for, beyond what the question gives."""
    kind = question.kind
    if kind is Kind.WHEN:
        return _has_other(_DATE, sentence, question)
    if kind is Kind.NUMBER:
        wanted = next((p for asked, p in _MEASURED if asked.search(question.text)), _NUMBER)
        if wanted is _NUMBER and question.amount_of:
            return _has_amount(sentence, question)
        return _has_other(wanted, sentence, question)
    if kind in (Kind.WHO, Kind.AUTHOR):
        return has_new_name(question, sentence) or _has_actor(sentence, question)
    if kind is Kind.WHERE:
        return bool(_PLACE.search(sentence)) and has_new_name(question, sentence)
    if kind is Kind.WHY:
        return bool(_REASON.search(sentence))
    if kind is Kind.DEFINITION:
        return bool(_DEFINES.search(sentence))
    if kind is Kind.POSITION:
        return bool(_ARGUES.search(sentence))
    return True


_NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|without|neither|nor|cannot)\b|n[’']t\b|\bnon-",
    re.IGNORECASE,
)


_WHEN_IN_GENERAL = re.compile(r"^when\s+(?:do|does|is|are|can|should)\b", re.IGNORECASE)


_WHO_DID = re.compile(
    r"^(?:and\s+)?who\s+(?!(?:is|was|were|are|has|had|will|would)\b)", re.IGNORECASE
)
_AUXILIARIES = frozenset({"did", "does", "do"})


def asked_deed(question: Question) -> str:
    """Return the stem of the verb of "who signed …" or "who did … meet"; empty for other ones."""
    opening = _WHO_DID.match(question.text)
    if question.kind is not Kind.WHO or opening is None:
        return ""
    line = words(question.text[opening.end() :])
    if line and line[0].text.lower() in _AUXILIARIES:
        plain = [word.stem for word in line if word.text[0].islower()]
        return next((item for item in reversed(plain) if item in question.terms), "")
    return next((word.stem for word in line[:1] if word.stem in question.terms), "")


def lacks_negation(question: Question, sentence: str) -> bool:
    """Tell whether the question denies something and the sentence denies nothing."""
    return bool(_NEGATION.search(question.text)) and not _NEGATION.search(sentence)


def lacks_measure(question: Question, text: str) -> bool:
    """Tell whether a length, a sum of money or a share is asked for and `text` has none."""
    return any(
        asked.search(question.text) and not _has_other(given, text, question)
        for asked, given in _MEASURED
    )


def lacks_date(question: Question, text: str) -> bool:
    """Tell whether a date is asked for and `text` has none; "when does" may ask for a case."""
    if question.kind is not Kind.WHEN or _WHEN_IN_GENERAL.search(question.text):
        return False
    return not _has_other(_DATE, text, question)


_POST = re.compile(
    r"\b(?i:ambassadors?|envoys?|consuls?(?:[ -]general)?)\s+(?:to|in)\s+(?:the\s+)?"
    rf"(?P<host>{_NO_DAY}[A-ZÀ-Þ][\w.’-]*(?:\s+[A-ZÀ-Þ][\w.’-]*)*)"
)
_AMERICA = frozenset("us|usa|united states|united states of america|america|washington".split("|"))


def names_other_post(question: Question, sentence: str) -> bool:
    """Tell whether an ambassador to one country is asked for and `sentence` has only another's."""
    asked, given = _hosts(question.text), _hosts(sentence)
    return bool(asked and given) and not any(
        f"{one} ".startswith(f"{other} ") or f"{other} ".startswith(f"{one} ")
        for one in asked
        for other in given
    )


def _hosts(text: str) -> set[str]:
    """Return the countries that ambassadors in a text are sent to, in small letters."""
    names = {re.sub(r"\.|[’']s?$", "", m["host"]).lower() for m in _POST.finditer(text)}
    return {"us" if name in _AMERICA else name for name in names}


_TIME_UNIT = frozenset({"year", "month", "week", "day", "decad", "centuri", "hour", "minut"})


def _has_amount(sentence: str, question: Question) -> bool:
    """Tell whether a number stands near the noun that is counted, and counts nothing else."""
    line = words(sentence)
    noun = question.amount_of[-1]
    places = [place for place, word in enumerate(line) if is_family(word.stem, noun)]
    for place, word in enumerate(line):
        if not _NUMBER.fullmatch(word.text) or _DATE.fullmatch(word.text):
            continue
        following = line[place + 1].stem if place + 1 < len(line) else ""
        if following in _TIME_UNIT and noun not in _TIME_UNIT:
            continue
        if any(abs(other - place) <= 7 for other in places):
            return True
    return False


def _has_other(pattern: re.Pattern[str], sentence: str, question: Question) -> bool:
    asked = {word.text.lower() for word in words(question.text)}
    return any(
        not {part.text.lower() for part in words(match.group(0))} <= asked
        for match in pattern.finditer(sentence)
    )


def has_new_name(question: Question, sentence: str) -> bool:
    """Tell whether a capitalised word stands in `sentence` that the question does not have."""
    asked = {word.stem for word in words(question.text)}
    return any(
        not {word.stem for word in words(match.group(0))} <= asked
        for match in _CAPITAL.finditer(sentence)
    )


_ACTOR = re.compile(
    r"\b(?:president|minister|ministers|secretary|ambassador|officials?|government|governments|"
    r"members?|observers|teams?|leaders?|king|queen|general|army|company|group|council|committee|"
    r"scientists?|people|workers?|authorities)\b",
    re.IGNORECASE,
)


def _has_actor(sentence: str, question: Question) -> bool:
    return _has_other(_ACTOR, sentence, question)
