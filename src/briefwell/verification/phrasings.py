"""Phrases of several words that say what one word says: `take the place of` is `replace`."""

from __future__ import annotations

import re

from briefwell.text import stem
from briefwell.verification.spellings import IRREGULAR, SENSES

_LED_BY_A_VERB = """
take the place of=replace|come into force=take effect|come into use=take effect
|go into effect=take effect|take effect=take effect|enter into force=take effect
|pay no attention to=ignore|give up=cede|set up=establish|stir up=incite|put down=suppress
|break out=begin|carry out=conduct|look for=seek|go on=continue
|call off=cancel|put off=postpone|talk about=discuss|come to a stop=stop|come to a halt=stop
|bring to an end=end|come to an end=end|get into=enter|come into=enter|pass through=cross
|travel through=cross|arrive at=reach|rest on=depend on|rely on=depend on|lean on=depend on
|depend on=depend on|bring about=cause|deal with=address|point out=note|make clear=show
|step down=resign|take place=occur|turn down=reject|open again=reopen|send back=return
|lose strength=weaken|get weaker=weaken|grow weaker=weaken|get worse=worsen|grow worse=worsen
|become worse=worsen|do away with=abolish
|start again=resume|speed up=accelerate|make use of=use|shut down=close|close down=close
|begin again=resume
"""
_FIXED = """
in large part=largely|to a large degree=largely|to a large extent=largely
|for the most part=mostly|per minute=every minute|per hour=every hour|per day=every day
|per week=every week|per month=every month|per year=every year|per annum=every year
|the middle of=mid|middle of=mid|a changing climate=climate change|from day to day=day-to-day
|day to day=day-to-day|beside=alongside|side by side with=alongside|next to=alongside
|at present=now|for now=now|for the time being=now|at the moment=now
|in the long run=over the longer term|in the longer term=over the longer term
"""


def inflected(verb: str) -> list[tuple[str, str]]:
    """Return the forms of a verb, each with its form as `Token.form` names it."""
    pasts = [(form, kind) for form, (lemma, kind) in IRREGULAR.items() if lemma == verb]
    pasts = pasts or [(f"{verb.removesuffix('e')}ed", "ed")]
    if len(pasts) == 1 and pasts[0][0] == verb:
        pasts = []
    if verb in ("put", "get", "set", "run", "stop", "cut", "let"):
        going = f"{verb}{verb[-1]}ing"
    else:
        going = re.sub(r"e$", "", verb) + "ing"
    return [(verb, ""), (_third(verb), ""), (going, "ing"), *pasts]


def _third(verb: str) -> str:
    known = {"have": "has", "do": "does", "go": "goes", "carry": "carries", "rely": "relies"}
    is_hissed = verb.endswith(("s", "sh", "ch", "x"))
    return known.get(verb, f"{verb}es" if is_hissed else f"{verb}s")


def _read() -> dict[tuple[str, ...], tuple[str, str]]:
    table: dict[tuple[str, ...], tuple[str, str]] = {}
    for entry in "".join(_LED_BY_A_VERB.split("\n")).split("|"):
        phrase, target = entry.split("=")
        verb, *rest = phrase.split()
        one = stem(target)
        sense = SENSES.get(one, one) if " " not in target else target
        for form, kind in inflected(verb):
            table[form, *rest] = (sense, kind)
    for entry in "".join(_FIXED.split("\n")).split("|"):
        phrase, target = entry.split("=")
        sense = target if " " in target else SENSES.get(stem(target), stem(target))
        table[tuple(phrase.split())] = (sense, "")
        if " " in target:
            table[tuple(target.split())] = (sense, "")
    return table


PHRASINGS = _read()
"""For a phrase in one of its forms, the sense it shares with a word, and its form."""
