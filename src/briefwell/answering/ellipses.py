"""Follow-ups that leave out nearly everything: "Why?", "What then?", "And which did not?"."""

from __future__ import annotations

import re

from briefwell.answering import phrases
from briefwell.answering.referents import Referents
from briefwell.answering.swapping import LEADING

_MORE = re.compile(
    r"^(?:says who|what else|anything else|any others?|(?:and )?(?:the )?others|"
    r"(?:please )?(?:elaborate|explain|summari[sz]e)(?: (?:it|that|this))?|more|go on|"
    r"(?:can you |could you |please )*(?:tell|give|say)(?: me| us)? (?:some )?more"
    r"(?: details?| information)?(?: (?:on|about) (?:it|that|this|them))?|"
    r"(?:can|could) you (?:elaborate|explain)(?: (?:it|that|this))?)\s*[?.!]*$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(why(?: not)?|how(?: come)?|when|where|who|who else|where else|who said (?:so|that|this)|"
    r"since when|until when|by whom|with whom|for whom|how (?:much|many|long|often))"
    r"(?: so| is that| was that)?\s*[?.!]*$",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"^(?:and\s+|so\s+)*(?:what\s+(?P<verb>comes|came|happens|happened|follows|followed)\s+"
    r"(?:next|then|after(?:wards?|\s+that)?)|then)\s*[?.!]*$",
    re.IGNORECASE,
)
_LED = re.compile(
    rf"^(?:{LEADING})\s+(?:what|which|whose)\s+[\w’'-]+(?:\s[\w’'-]+)?$",
    re.IGNORECASE,
)
_DID = re.compile(
    rf"^(?:(?:who|which|what)\s+(?:{phrases.AUXILIARIES})(?:\s+not|n[’']t)?|"
    rf"(?:{phrases.AUXILIARIES})(?:n[’']t)?\s+(?:the\s+)?{phrases.NAME.pattern})$"
)

_PARTICIPLES = dict(
    pair.split(":")
    for pair in "wrote:written began:begun gave:given took:taken chose:chosen broke:broken "
    "made:made held:held led:led won:won lost:lost built:built sent:sent brought:brought "
    "found:found drew:drawn set:set cut:cut".split()
)
"""Past tenses and their participles, where they do not end in "ed"."""


def followed(question: str, known: Referents) -> str:
    """Name what "What happened next?" comes after; empty for other questions."""
    match = _NEXT.match(question)
    if match is None or not known.topic:
        return ""
    verb = (match["verb"] or "happened").lower().replace("follow", "happen")
    return f"What {verb} after {known.topic}?"


def complete(body: str, known: Referents) -> str:
    """Fill in from the question before what a few words leave out; empty for other questions."""
    if _MORE.match(body):
        return known.question
    if bare := _BARE.match(body):
        return _with_predicate(bare[1].lower(), known)
    words = body.rstrip(" ?.!")
    if _LED.match(words):
        return _with_predicate(words, known)
    low = words[0].lower() + words[1:] if words else ""
    if _DID.match(low):
        return f"{known.question.rstrip(' ?.!')}, and {low}?"
    return ""


def _with_predicate(word: str, known: Referents) -> str:
    """Put a question word in front of what was asked before."""
    word = word[0].upper() + word[1:]
    about = _predicate(known.question)
    if word == "How come":
        word = "Why"
    if word == "Why not":
        # "Why not?" after "did Turkey ratify it?" asks why Turkey did not.
        subject = next(iter(phrases.noun_phrases(known.question)), "")
        word, about = "Why", about.replace(subject, f"{subject} not", 1) if subject else about
    return f"{word} {about}?" if about else known.question


def _predicate(question: str) -> str:
    """Return a question without its question word: "did the USMCA replace NAFTA".

    "Who launched the talks" gives "were the talks launched", which "when" can stand before.
    """
    bare = question.strip().rstrip("?!. ")
    if turned := _passive(bare):
        return turned
    counted = re.match(
        rf"how\s+(?:many|much)\s+(?:[\w’'-]+\s+){{1,3}}?(?=(?:{phrases.AUXILIARIES})\b)", bare, re.I
    )
    if counted:
        return bare[counted.end() :]
    match = re.match(
        rf"(?:{phrases.ASKING})\b(?:\s+(?:many|much|long|often|far))?\s+(.+)$", bare, re.IGNORECASE
    )
    return match.group(1) if match else bare[0].lower() + bare[1:] if bare else ""


def _passive(question: str) -> str:
    """Turn "who launched the talks" into "were the talks launched"; empty for other questions."""
    done = rf"[a-z]+ed|{'|'.join(_PARTICIPLES)}"
    match = re.match(
        rf"(?i:who|what|which\s+[\w’'-]+)\s+({done})\s+((?:(?:the|an?)\s|[A-ZÀ-Þ]).+)$", question
    )
    if match is None:
        return ""
    verb, rest = match[1], match[2]
    named = next(
        (phrase for phrase in phrases.noun_phrases(question) if rest.startswith(phrase)), rest
    )
    was = "were" if phrases.is_plural(phrases.head_noun(named)) else "was"
    return f"{was} {rest} {_PARTICIPLES.get(verb, verb)}"
