"""Every figure of a statement stands in its source, with its unit, its hedge and its noun."""

from __future__ import annotations

from collections.abc import Sequence

from briefwell.verification.evidence import Evidence, Finding, compare, read, read_sentences
from briefwell.verification.figures import Figure
from briefwell.verification.tokens import Token

_GUARD = "numbers"


def check(statement: str, evidence: Evidence) -> Finding | None:
    """Return the first figure of `statement` that the cited sentences do not give."""
    mine = read(statement, evidence)
    theirs = [token for sentence in read_sentences(evidence) for token in sentence]
    known = [figure for token in theirs if (figure := token.as_figure) is not None]
    for at, token in enumerate(mine):
        figure = token.figure
        if figure is None or _is_article(figure):
            continue
        same = [other for other in known if other.key == figure.key]
        if not same:
            return _missing(figure, known)
        if all(other.hedge != figure.hedge for other in same):
            return _hedged(figure, theirs)
        if _counts_other(mine, at, theirs):
            return Finding(
                guard=_GUARD,
                reason=f"The cited passage gives the figure {figure.written} for something else.",
                is_clash=True,
            )
    return _dropped(statement, evidence)


def _is_article(figure: Figure) -> bool:
    return figure.value == 1 and figure.kind == "number" and figure.written.lower() == "one"


def _missing(figure: Figure, known: Sequence[Figure]) -> Finding:
    same_value = [other for other in known if other.value == figure.value]
    if same_value:
        return Finding(
            guard=_GUARD,
            reason=f"The cited passage says {same_value[0].written}, not {figure.written}.",
            is_clash=True,
        )
    rivals = [other for other in known if (other.kind, other.unit) == (figure.kind, figure.unit)]
    if rivals:
        said = " and ".join(dict.fromkeys(other.written for other in rivals[:3]))
        reason = f"The figure {figure.written} does not stand in the cited passage; it says {said}."
    else:
        reason = f"The figure {figure.written} does not stand in the cited passage."
    return Finding(guard=_GUARD, reason=reason, is_clash=bool(rivals))


def _hedged(figure: Figure, theirs: Sequence[Token]) -> Finding:
    said = next(t.text for t in theirs if t.figure is not None and t.figure.key == figure.key)
    if figure.hedge:
        reason = f"The cited passage says {said}; the statement qualifies it differently."
    else:
        reason = f"The cited passage says {said}; the statement gives the bare figure."
    return Finding(guard=_GUARD, reason=reason)


def _counts_other(mine: Sequence[Token], at: int, theirs: Sequence[Token]) -> bool:
    """Tell whether the noun after the figure stands in the source, but beside another figure."""
    noun = next((t for t in mine[at + 1 : at + 3] if t.is_content and not t.figure), None)
    figure = mine[at].figure
    if noun is None or noun.day or figure is None:
        return False
    spots = [index for index, token in enumerate(theirs) if token.sense == noun.sense]
    counts = [_nearest(theirs, index) for index in spots]
    return bool(spots) and all(count is None or count.key != figure.key for count in counts)


def _nearest(sentence: Sequence[Token], at: int) -> Figure | None:
    """Return the figure that counts the word at `at`: the last before it, else the next."""
    before = [token.as_figure for token in sentence[max(0, at - 7) : at] if token.as_figure]
    after = [token.as_figure for token in sentence[at + 1 : at + 6] if token.as_figure]
    return before[-1] if before else next(iter(after), None)


def _dropped(statement: str, evidence: Evidence) -> Finding | None:
    """Find a share or a rank that the source puts on a word the statement uses without it."""
    comparison = compare(statement, evidence)
    met = set(comparison.pairs.values())
    sentence = comparison.sentence
    for index in met:
        before = sentence[index - 1] if index else None
        if before is None or before.figure is None or index - 1 in met:
            continue
        if before.figure.kind == "ordinal" and sentence[index].is_content:
            return Finding(
                guard=_GUARD,
                reason=f"The cited passage says “{before.text} {sentence[index].text}”.",
            )
    return None
