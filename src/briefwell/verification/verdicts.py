"""The verdict on one proposed statement: proven, or not, and why not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefwell.text import normalise, normalise_with_map, sentence_spans
from briefwell.types import Citation, Document, Proposal, Span, Statement, Verdict
from briefwell.verification.alignment import align
from briefwell.verification.cited import Cited, Unit, look_up
from briefwell.verification.evidence import Evidence, Finding, compare, read, read_sentences
from briefwell.verification.guards import check_all
from briefwell.verification.omissions import may_skip_head, may_skip_tail
from briefwell.verification.quotes import verify_quote
from briefwell.verification.tokens import Token, tokens
from briefwell.verification.variants import clauses, variants

_NEAR = 0.6
"""Share of a statement's content words in the cited sentence from which a clash contradicts."""


def judge(
    proposal: Proposal, documents: Mapping[str, Document], *, first_number: int = 1
) -> Statement:
    """Hold a proposed statement against the sources it quotes.

    Args:
        proposal: The statement and the quotes that are to carry it.
        documents: The documents by `Document.source.path`.
        first_number: The marker of the first citation; the next ones count on.

    Returns:
        `quoted` when the statement's words stand in a cited passage and leaving out the rest
        of their sentence changes nothing; `supported` when it is a true light paraphrase of
        cited sentences; else `contradicted`, `partly` or `not_found`, with the reason. A shown
        statement carries just the citations that prove it, numbered from `first_number`.
    """
    if not re.search(r"\w", proposal.text):
        return _rejected(proposal, Verdict.NOT_FOUND, "The statement is empty.")
    found, missing = _find(proposal, documents)
    cited = [one for one in found if one.units]
    if not cited:
        return _rejected(proposal, Verdict.NOT_FOUND, _why_uncited(found, missing))
    proof = _quoted(proposal.text, cited) or _supported(proposal.text, cited)
    if proof is None:
        return _failed(proposal, cited)
    return Statement(
        text=proposal.text,
        verdict=proof.verdict,
        citations=_numbered([one.citation for one in proof.cited], first_number),
    )


@dataclass(frozen=True, slots=True)
class _Proof:
    verdict: Verdict
    cited: tuple[Cited, ...]


def _find(proposal: Proposal, documents: Mapping[str, Document]) -> tuple[list[Cited], list[str]]:
    found: list[Cited] = []
    missing: list[str] = []
    for quote in proposal.quotes:
        document = documents.get(quote.source)
        if document is None:
            missing.append(f"There is no source {quote.source}.")
            continue
        citation = verify_quote(quote, document, number=1)
        if citation is None:
            missing.append(f"The words “{_short(quote.quote)}” do not stand in {quote.source}.")
        elif all(
            citation.span != one.citation.span or one.document is not document for one in found
        ):
            found.append(look_up(citation, document))
    return found, missing


def _why_uncited(found: Sequence[Cited], missing: Sequence[str]) -> str:
    if missing:
        return missing[0]
    if found:
        return "The quoted words stand in a heading, which states nothing."
    return "No quote was given."


def _rejected(proposal: Proposal, verdict: Verdict, reason: str) -> Statement:
    return Statement(text=proposal.text, verdict=verdict, reason=reason)


def _numbered(citations: Sequence[Citation], first: int) -> tuple[Citation, ...]:
    return tuple(replace(one, number=number) for number, one in enumerate(citations, start=first))


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}…"


# --- quoted ------------------------------------------------------------------------------

_END_MARKS = " .;:,!…"


def _quoted(text: str, cited: Sequence[Cited]) -> _Proof | None:
    wanted = normalise(text).rstrip(_END_MARKS)
    for one in cited:
        if wanted and _is_quoted(wanted, one):
            return _Proof(Verdict.QUOTED, (one,))
    return None


def _is_quoted(wanted: str, one: Cited) -> bool:
    """Tell whether the words stand in the cited sentences and may stand there alone."""
    text = one.span.cut(one.document.text)
    folded = normalise_with_map(text)
    at = folded.text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if _is_word_edge(folded.text, at) and _is_word_edge(folded.text, end):
            place = folded.original(Span(start=at, end=end)).shift(one.span.start)
            first = next(unit for unit in one.units if unit.span.end > place.start)
            last = next(unit for unit in reversed(one.units) if unit.span.start < place.end)
            if _may_stand_alone(one.document.text, first.span, place, last.span):
                return True
        at = folded.text.find(wanted, at + 1)
    return False


def _is_word_edge(text: str, at: int) -> bool:
    return not (0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum())


def _may_stand_alone(text: str, first: Span, place: Span, last: Span) -> bool:
    head = tokens(text[first.start : max(first.start, place.start)])
    body = tokens(place.cut(text))
    tail = tokens(text[place.end : max(last.end, place.end)])
    whole = [*head, *body, *tail]
    return may_skip_head(whole, len(head)) and may_skip_tail(whole, len(head) + len(body))


# --- supported ---------------------------------------------------------------------------


def _supported(text: str, cited: Sequence[Cited]) -> _Proof | None:
    carrier = _carrier(text, cited)
    if carrier is not None:
        return _Proof(Verdict.SUPPORTED, (carrier,))
    used: list[Cited] = []
    for span in sentence_spans(text):
        carriers = _carriers(span.cut(text), cited)
        if not carriers:
            return None
        used.extend(one for one in carriers if one not in used)
    return _Proof(Verdict.SUPPORTED, tuple(used))


def _carriers(sentence: str, cited: Sequence[Cited]) -> list[Cited]:
    """Return the citations that prove a sentence: one, or one for each of its clauses."""
    carrier = _carrier(sentence, cited)
    if carrier is not None:
        return [carrier]
    found: list[Cited] = []
    for clause in clauses(sentence):
        one = _carrier(clause, cited)
        if one is None:
            return []
        found.append(one)
    return found


def _carrier(sentence: str, cited: Sequence[Cited]) -> Cited | None:
    return next(
        (one for one in cited if any(is_proven(sentence, unit) for unit in one.units)), None
    )


def is_proven(sentence: str, unit: Unit) -> bool:
    """Tell whether one cited sentence says what `sentence` says."""
    mine = read(sentence, unit.evidence)
    (theirs,) = read_sentences(unit.evidence)
    before = tokens(unit.before, today=unit.evidence.date, aliases=unit.evidence.aliases)
    return any(
        align(*pair) is not None and not check_all(_told(pair[0]), _says(pair[1], unit.evidence))
        for pair in variants(mine, theirs, before)
    )


def _told(part: Sequence[Token]) -> str:
    return " ".join(token.text for token in part)


def _says(derived: Sequence[Token], evidence: Evidence) -> Evidence:
    """Return the evidence as the derived sentence gives it; the guards look at that."""
    return replace(evidence, sentences=(_told(derived),))


# --- why not -----------------------------------------------------------------------------


def _failed(proposal: Proposal, cited: Sequence[Cited]) -> Statement:
    findings: list[Finding] = []
    evidence = _gathered(cited)
    coverage = compare(proposal.text, evidence).coverage
    findings = check_all(proposal.text, evidence)
    if findings and findings[0].is_clash and coverage >= _NEAR:
        verdict = Verdict.CONTRADICTED
    elif coverage >= 0.5:
        verdict = Verdict.PARTLY
    else:
        verdict = Verdict.NOT_FOUND
    reason = findings[0].reason if findings else _unsaid(proposal.text, evidence)
    return _rejected(proposal, verdict, reason)


def _gathered(cited: Sequence[Cited]) -> Evidence:
    units = [unit for one in cited for unit in one.units]
    first = units[0].evidence
    return Evidence(
        sentences=tuple(dict.fromkeys(unit.text for unit in units)),
        context="\n".join(dict.fromkeys(unit.evidence.context for unit in units)),
        date=first.date,
        aliases=first.aliases,
    )


def _unsaid(text: str, evidence: Evidence) -> str:
    comparison = compare(text, evidence)
    lacking = [
        token.text
        for index, token in enumerate(comparison.statement)
        if token.is_content and index not in comparison.pairs
    ]
    if lacking:
        words = ", ".join(f"“{word}”" for word in lacking[:4])
        return f"The cited passage does not say {words}."
    return "The cited passage says these words in another order or with conditions."
