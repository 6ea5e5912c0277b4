"""One claim comes from one sentence: two are not melted into a third that neither makes."""

from __future__ import annotations

from briefwell.verification.alignment import Places
from briefwell.verification.evidence import Evidence, Finding, read, read_sentences

_GUARD = "merge"


def check(statement: str, evidence: Evidence) -> Finding | None:
    """Return a finding when only several cited sentences together have the statement's words."""
    sentences = read_sentences(evidence)
    if len(sentences) < 2:
        return None
    wanted = [token for token in read(statement, evidence) if token.is_content]
    met = [
        {at for at, token in enumerate(wanted) if places.of(token)}
        for places in map(Places, sentences)
    ]
    if not wanted or max(len(one) for one in met) == len(wanted):
        return None
    best = max(met, key=len)
    if not any(one - best for one in met):
        return None
    return Finding(
        guard=_GUARD,
        reason="The statement joins what stands in separate sentences of the sources.",
    )
