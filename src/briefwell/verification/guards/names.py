"""Every proper name of a statement stands in its source, whole, and in its own part."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from briefwell.verification.evidence import Evidence, Finding, compare, read, read_sentences
from briefwell.verification.lexicon import ARTICLES, NARROWING, PREPOSITIONS, PRONOUNS
from briefwell.verification.tokens import FUNCTION_WORDS, Token, tokens

_GUARD = "names"


def check(statement: str, evidence: Evidence) -> Finding | None:
    """Return the first name that is missing, cut short, or doing what another name does."""
    mine = read(statement, evidence)
    theirs = [token for sentence in read_sentences(evidence) for token in sentence]
    known = {token.key for token in theirs if token.is_name}
    resolved = _resolvable(theirs, evidence)
    for at, token in enumerate(mine):
        if not _is_name(mine, at) or token.key in known or token.key in resolved:
            continue
        if at == 0 and any(other.sense == token.sense for other in theirs):
            continue
        return _missing(token, known)
    return _cut_short(statement, evidence) or _swapped(statement, evidence)


def _is_name(sentence: Sequence[Token], at: int) -> bool:
    """Tell whether the token is a proper name; at the head every word has a capital."""
    token = sentence[at]
    if not token.is_name or token.day or token.figure or token.key in FUNCTION_WORDS:
        return False
    is_head = at == 0 or sentence[at - 1].key in ('"', ".", ":", "!", "?")
    if not is_head:
        return True
    follower = sentence[at + 1] if at + 1 < len(sentence) else None
    return token.text.isupper() or "." in token.text or (follower is not None and follower.is_name)


def _resolvable(theirs: Sequence[Token], evidence: Evidence) -> set[str]:
    """Return the names around the passage that a pronoun in it may stand for."""
    if not any(token.key in PRONOUNS for token in theirs):
        return set()
    around = tokens(evidence.context, today=evidence.date, aliases=evidence.aliases)
    return {token.key for token in around if token.is_name}


def _missing(token: Token, known: set[str]) -> Finding:
    kin = sorted(name for name in known if len(name) > 4 and name[:4] == token.key[:4])
    if kin:
        return Finding(
            guard=_GUARD,
            reason=f"The cited passage says {kin[0].capitalize()}, not {token.text}.",
        )
    return Finding(
        guard=_GUARD,
        reason=f"The name {token.text} does not stand in the cited passage.",
        is_clash=bool(known),
    )


def _cut_short(statement: str, evidence: Evidence) -> Finding | None:
    comparison = compare(statement, evidence)
    met = set(comparison.pairs.values())
    for index in sorted(met):
        before = comparison.sentence[index - 1] if index else None
        if before is None or index - 1 in met or not comparison.sentence[index].is_content:
            continue
        if before.key in NARROWING and not (before.is_name and before.key == "de"):
            return Finding(
                guard=_GUARD,
                reason=f"The cited passage says “{before.text} {comparison.sentence[index].text}”.",
            )
    return None


def _swapped(statement: str, evidence: Evidence) -> Finding | None:
    """Find two names whose order is turned round while the sentence keeps its voice."""
    comparison = compare(statement, evidence)
    known = _names(comparison.statement) | _names(comparison.sentence)
    known |= _heads(comparison.statement) & _heads(comparison.sentence)
    mine, theirs = _actors(comparison.statement, known), _actors(comparison.sentence, known)
    shared = [key for key in mine if key in theirs]
    is_voice_kept = _is_passive(comparison.statement) == _is_passive(comparison.sentence)
    for first, second in pairwise(shared):
        is_order_kept = theirs[first][0] < theirs[second][0]
        if is_order_kept != is_voice_kept:
            said, other = theirs[first][1], theirs[second][1]
            return Finding(
                guard=_GUARD,
                reason=f"The cited passage has {said} and {other} in each other's place.",
                is_clash=True,
            )
    return None


def _names(sentence: Sequence[Token]) -> set[str]:
    return {token.key for at, token in enumerate(sentence) if _is_name(sentence, at)}


def _heads(sentence: Sequence[Token]) -> set[str]:
    return {token.key for token in sentence[:1] if token.is_name and token.is_content}


def _actors(sentence: Sequence[Token], known: set[str]) -> dict[str, tuple[int, str]]:
    """Return the names that stand once and that no preposition ties to another word."""
    keys = [token.key for token in sentence]
    found: dict[str, tuple[int, str]] = {}
    for at, token in enumerate(sentence):
        if not token.is_name or token.key not in known or keys.count(token.key) > 1:
            continue
        before = next(
            (t for t in reversed(sentence[:at]) if not t.is_name and t.key not in ARTICLES), None
        )
        if before is None or before.key not in PREPOSITIONS - {"by", "of", "from", "to"}:
            found[token.key] = (at, token.text)
    return found


def _is_passive(sentence: Sequence[Token]) -> bool:
    """Tell whether somebody has something done `by` somebody."""
    for at, token in enumerate(sentence):
        if token.key == "by" and at > 1:
            before = sentence[max(0, at - 4) : at]
            if any(one.key in _BE for one in before) and any(one.form for one in before):
                return True
    return False


_BE = frozenset("is are was were be been being".split())
