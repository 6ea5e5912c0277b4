"""Follow-up questions made whole from the turns before, without a model.

A question is rewritten only when it leans on what was said: a pronoun with nothing to point at,
an ordinal without a noun ("the fourth one"), a question without its predicate ("And Mexico?",
"Why?"). What stands on its own is returned as it is, so a change of topic is never rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefwell.answering import ellipses, phrases, referents, swapping
from briefwell.answering.referents import Referents
from briefwell.types import Turn

_OPENER = re.compile(
    r"^\s*(?:(?:and|but|so|ok|okay|also|then|well|now|thanks|thank you|great|right)\b[,.!\s]*)+",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(
    r"^(?:what about|how about|and|what of|same (?:question )?(?:for|about))\s+(.+?)\s*\??$",
    re.IGNORECASE,
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth last final next other "
    "former latter previous 1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th"
).split()
_ORDINAL_ONE = re.compile(
    rf"\bthe\s+({'|'.join(_ORDINALS)})(?:\s+ones?\b|(?=\s*(?:\?|$|[,.;!]|\b(?:is|was|are|were|do|"
    r"does|did|cover|covers|include|includes|about|say|says|mean|means|call|called|and|focus|"
    r"focuses|concern|concerns|deal|deals|for|have|has|entail|will|would|can)\b)))",
    re.IGNORECASE,
)
_ONE_BESIDE = re.compile(r"\bthe\s+one\s+(before|after)(?:\s+(?:it|that|this))?\b", re.I)
_BESIDE = {"before": "the previous one", "after": "the next one"}
_SIDE = re.compile(r"\bthe\s+(former|latter)\b(?:\s+one\b)?", re.IGNORECASE)
_OWNED = re.compile(r"(?:its|their|his|her)\s+(?P<noun>[a-z -]+)", re.IGNORECASE)
_ROLES = frozenset(
    "author authors writer writers president minister ambassador leader leaders director head "
    "chair secretary founder founders members".split()
)
_AUXILIARY = re.compile(r"\b(?:is|was|are|were|do|does|did|has|have|had|can|will|would)\s*$", re.I)
_ONES = re.compile(r"\b(?:that|this|these|those|the same|another)\s+ones?\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\b(its|their|his|her)\b(?=\s+\w)", re.IGNORECASE)
_SUBJECT = re.compile(r"\b(it|they|them|he|she|him|her)\b", re.IGNORECASE)
_DEMONSTRATIVE = re.compile(
    r"\b(?P<word>this|that|these|those)\b(?:\s+(?P<noun>[a-z][a-z-]+))?", re.IGNORECASE
)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|has|does|did|will|would|how|what|when)\s+it\s+(?:true|possible|likely|expected|"
    r"said|raining|the case|clear|known|cost to|mean to|take to|safe|important|necessary|legal|"
    r"that)\b",
    re.IGNORECASE,
)
_SELF = frozenset(
    "article document report brief text paper piece author essay note memo cable page folder "
    "corpus collection".split()
)
_PLURAL = frozenset({"they", "them", "their", "these", "those"})
_OBJECTS = frozenset({"him", "them"})
"""Never the subject of their own clause, so a name before them is somebody else."""

_PERSON = frozenset({"he", "him", "his", "she", "her"})


def resolve(question: str, history: Sequence[Turn]) -> str:
    """Return `question` so that it can be understood without `history`.

    Args:
        question: As it was asked.
        history: The turns before, oldest first.

    Returns:
        The question itself when it stands alone, otherwise a rewritten one.
    """
    previous = ""
    answered = ""
    for turn in history:
        content = turn["content"].strip()
        if turn["role"] == "user" and content:
            previous = _rewrite(content, referents.gather(previous, answered))
            answered = ""
        elif turn["role"] == "assistant":
            answered = content
    return _rewrite(question, referents.gather(previous, answered))


def _rewrite(question: str, known: Referents) -> str:
    if not known.question:
        return question
    plain = " ".join(question.split())
    if whole := ellipses.followed(plain, known):
        return whole
    body = _OPENER.sub("", plain).strip()
    has_opener = body != plain
    if not body:
        return question
    body = _ONE_BESIDE.sub(lambda m: _BESIDE[m[1].lower()], body)
    if known.pair and (whole_side := _SIDE.fullmatch(body.rstrip(" ?.!"))):
        return f"What is {known.pair[whole_side[1].lower() == 'latter']}?"
    if known.pair:
        named = _SIDE.sub(lambda m: known.pair[m[1].lower() == "latter"], body)
        body, question = named, question if named == body else named
    if whole := ellipses.complete(body, known):
        return whole
    if ordinal := _ORDINAL_ONE.search(body):
        return _with_ordinal(body, ordinal, known)
    fragment = _ELLIPSIS.match(body)
    if fragment or (has_opener and _is_fragment(body)) or _is_prepositional(body):
        return _replace_like(fragment.group(1) if fragment else body.rstrip(" ?"), known)
    return _with_referents(body, known, question)


def _with_ordinal(body: str, ordinal: re.Match[str], known: Referents) -> str:
    """Fill "the fourth one" with the noun that was counted before."""
    word = swapping.exact_ordinal(ordinal.group(1).lower(), known.question, known.total)
    noun = known.counted or referents.uncounted(known.topic)
    if not noun:
        return body
    phrase = f"the {word} {noun}"
    if _ELLIPSIS.match(body) or ordinal.group(0) == body.rstrip(" ?.!"):
        swapped = swapping.swap_ordinal(known.question, word)
        return swapped or f"What is {phrase}?"
    return body[: ordinal.start()] + phrase + body[ordinal.end() :]


def _is_fragment(body: str) -> bool:
    """Tell whether the words have no verb of their own: a name, a year, a noun."""
    bare = body.rstrip(" ?.!")
    if re.match(
        r"(?:who|what|when|where|why|how|which|whose|whom|is|are|was|were|do|does|did|can|"
        r"could|will|would|has|have|had|should|may|list|name|give|tell|explain|describe)\b",
        bare,
        re.IGNORECASE,
    ):
        return False
    return len(bare.split()) <= 6


def _is_prepositional(body: str) -> bool:
    bare = body.rstrip(" ?.!")
    return len(bare.split()) <= 5 and bool(re.match(rf"(?:{swapping.LEADING})\s", bare, re.I))


def _replace_like(fragment: str, known: Referents) -> str:
    """Ask the previous question again about something else."""
    owned = _OWNED.fullmatch(fragment)
    fragment = _with_referents(fragment, known, fragment).rstrip(" ?")
    if owned:
        asked = "Who" if owned["noun"].split()[-1].lower() in _ROLES else "What"
        return f"{asked} is {fragment[0].lower() + fragment[1:]}?"
    swapped = swapping.swap(known.question, fragment)
    return swapped or f"{known.question.rstrip(' ?')}, {fragment}?"


def _with_referents(body: str, known: Referents, question: str) -> str:
    """Replace pronouns and bare demonstratives that point outside the question."""
    changed = body
    if not _EXPLETIVE.search(body):
        changed = _POSSESSIVE.sub(lambda m: _owned(m, body, known), changed)
        changed = _SUBJECT.sub(lambda m: _pointed(m, body, known), changed)
        changed = _which_ones(changed, known)
    changed = _ONES.sub(lambda m: known.topic or m.group(0), changed)
    changed = _DEMONSTRATIVE.sub(lambda m: _shown(m, changed, known), changed)
    changed = _definite(changed, known)
    if changed == body:
        return question
    return changed[0].upper() + changed[1:]


def _which_ones(body: str, known: Referents) -> str:
    """Name what is chosen from: "which one", "which is the largest"."""
    if not known.plural:
        return body
    noun = phrases.singular(phrases.head_noun(known.plural))
    body = re.sub(r"^(which)\s+ones?\b", rf"\1 {noun}", body, flags=re.IGNORECASE)
    pattern = (
        r"^(which)\s+(?=(?:is|are|was|were)\s+the\s+(?:most|least|[a-z]+est|best|worst)\s*\S*$)"
    )
    return re.sub(pattern, rf"\1 of {known.plural} ", body, flags=re.IGNORECASE)


def _pick(pronoun: str, body: str, start: int, known: Referents) -> str:
    """Choose what a pronoun points at; empty when it points inside the question."""
    is_object = pronoun in _OBJECTS and not re.match(r"(?:\w+\s+){0,2}$", body[:start])
    if is_object:
        return known.person if pronoun in _PERSON else known.plural or known.topic
    if referents.has_antecedent(body[:start], person=pronoun in _PERSON):
        return ""
    if pronoun in _PERSON:
        return known.person
    if pronoun in _PLURAL:
        return known.plural or known.topic
    if pronoun == "it" and known.single:
        return known.single
    is_subject = start < 1 or _AUXILIARY.search(body[:start]) is not None
    return known.topic if is_subject or pronoun != "it" else known.thing


def _owned(match: re.Match[str], body: str, known: Referents) -> str:
    pronoun = match.group(1).lower()
    target = _pick(pronoun, body, match.start(), known)
    if not target:
        return match.group(0)
    return f"{target}’" if target.endswith("s") else f"{target}’s"


def _pointed(match: re.Match[str], body: str, known: Referents) -> str:
    return _pick(match.group(1).lower(), body, match.start(), known) or match.group(0)


def _shown(match: re.Match[str], body: str, known: Referents) -> str:
    word, noun = match.group("word").lower(), match.group("noun") or ""
    before = body[: match.start()]
    if noun.lower() in _SELF or not known.topic:
        return match.group(0)
    if word == "that" and (referents.is_clause_word(noun) or referents.opens_clause(before)):
        return match.group(0)
    if word == "that" and noun and phrases.is_plural(before.split()[-1] if before else ""):
        return match.group(0)  # "the documents that mention …"
    noun = noun.lower()
    plural = phrases.singular(phrases.head_noun(known.plural))
    if not noun and plural and plural in body:
        return match.group(0)  # "What tariffs were these?" tells what they are
    is_all = re.fullmatch(r"(?:is|was)\s+", before, re.I) and not body[match.end() :].strip(" ?.!")
    if is_all and noun and word in ("that", "this"):
        return f"{known.topic} {noun}"
    if not noun or phrases.is_verb(noun):
        rest = f" {match.group('noun')}" if noun else ""
        return known.topic + rest
    if referents.has_noun(known.topic, noun):
        return known.topic
    return f"{match.group(0)} ({known.topic})"


def _definite(body: str, known: Referents) -> str:
    """Name the owner of a bare "the pillars" that was spoken of before."""
    for noun in known.parts:
        single = re.escape(phrases.singular(noun))
        pattern = re.compile(
            rf"\bthe\s+(?:{re.escape(noun)}|(?:{'|'.join(_ORDINALS)})\s+{single})\b"
            r"(?!\s+(?:of|in|for|between)\b)",
            re.IGNORECASE,
        )
        if pattern.search(body) and known.owner and known.owner.lower() not in body.lower():
            return pattern.sub(rf"\g<0> of {known.owner}", body, count=1)
    return body
