"""Questions that need several documents: those they name, and those that these mention.

No model takes part. A question that names documents by their titles gets a passage of each;
and where what is found in a named document mentions other documents by title, that link is
followed one step (as in fast-graphrag and HippoRAG, with titles in the stead of a graph that
a model has drawn).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from briefwell.retrieval.catalogue import Catalogue
from briefwell.retrieval.stretches import Stretch

MOST_BEARERS = 3
"""A title that more documents bear names none of them."""


def named_documents(
    question: str, catalogue: Catalogue, *, within: Collection[str] | None
) -> list[str]:
    """Return the documents whose titles stand in `question`, in the order they are named."""
    found = (
        document
        for mention in catalogue.mentions(question)
        if len(mention.documents) <= MOST_BEARERS
        for document in mention.documents
        if within is None or document in within
    )
    return list(dict.fromkeys(found))


def linked_documents(
    texts: Sequence[str],
    catalogue: Catalogue,
    *,
    named: Collection[str],
    within: Collection[str] | None,
) -> list[str]:
    """Return the documents whose titles stand in `texts`, in order, those of `named` left out."""
    found = (
        document
        for text in texts
        for mention in catalogue.mentions(text, is_exact=True)
        if len(mention.documents) <= MOST_BEARERS
        for document in mention.documents
        if document not in named and (within is None or document in within)
    )
    return list(dict.fromkeys(found))


def arrange(
    ranked: Sequence[Stretch], *, named: Sequence[str], linked: Collection[str], k: int
) -> list[Stretch]:
    """Return all stretches, with room among the first `k` for each named and linked document.

    At most half of the `k` places go to linked documents, and the best stretch stays first.
    What has to make room are the last stretches that no other reason holds.

    Args:
        ranked: All stretches, best first.
        named: Documents the question names.
        linked: Documents that those mention.
        k: At least 1.
    """
    wanted = _best_of_each(ranked, named)[: k - 1]
    room = min(k // 2, k - 1 - len(wanted))
    wanted += _best_of_each(ranked, linked)[: max(0, room)]
    held = set(map(id, wanted))
    first = held | {id(item) for item in [o for o in ranked if id(o) not in held][: k - len(held)]}
    return sorted(ranked, key=lambda item: id(item) not in first)


def _best_of_each(ranked: Sequence[Stretch], documents: Collection[str]) -> list[Stretch]:
    """Return the best stretch of each of `documents`, best first."""
    seen: dict[str, Stretch] = {}
    for item in ranked:
        if item.chunk.document_id in documents:
            seen.setdefault(item.chunk.document_id, item)
    return list(seen.values())
