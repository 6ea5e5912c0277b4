"""Which documents another one says it replaces."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefwell.structure import PerDocument
from briefwell.types import Document

_REPLACES = re.compile(
    r"\b(?:replaces|supersedes|updates|takes the place of|in place of|instead of)\s+(?:the|our|its|"
    r"an?)?\s*(?:earlier|previous|older|last|first)?\s*(?:brief|note|report|memo|paper|document|"
    r"version|article|edition|cable|one)\b[^.]{0,80}",
    re.IGNORECASE,
)
_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_DATE = re.compile(
    rf"\b(?P<month>{'|'.join(_MONTHS)})\s+(?:(?P<day>\d{{1,2}}),?\s+)?(?P<year>\d{{4}})\b|"
    rf"\b(?P<day2>\d{{1,2}})\s+(?P<month2>{'|'.join(_MONTHS)})\s+(?P<year2>\d{{4}})\b|"
    r"\b(?P<iso>\d{4}-\d{2}-\d{2})\b",
    re.IGNORECASE,
)


def replaced_documents(documents: Sequence[Document]) -> frozenset[str]:
    """Return the ids of those documents that another of them says it replaces, by their date."""
    named = {date for document in documents for date in _named_dates(document)}
    return frozenset(
        document.id
        for document in documents
        if document.metadata.date in named
        and any(
            document.metadata.date in _named_dates(other)
            and (other.metadata.date or "") > (document.metadata.date or "")
            for other in documents
        )
    )


@PerDocument
def _named_dates(document: Document) -> frozenset[str]:
    """Return the dates of the documents this one says it replaces, ISO 8601."""
    found = set()
    for claim in _REPLACES.finditer(document.text):
        for match in _DATE.finditer(claim.group(0)):
            found.add(_iso(match))
    return frozenset(found)


def _iso(match: re.Match[str]) -> str:
    if match["iso"]:
        return match["iso"]
    name, year = match["month"] or match["month2"], match["year"] or match["year2"]
    day = match["day"] or match["day2"]
    month = f"{year}-{_MONTHS.index(name.lower()) + 1:02d}"
    return f"{month}-{int(day):02d}" if day else month
