"""Questions that need several documents: those they name, and those that these mention.

No model takes part. A question that names documents gets a passage of each; and where what is
found in a named document mentions others, that link is followed one step (as in fast-graphrag
and HippoRAG, with the names that documents bear in the stead of a graph that a model has drawn).
The links were made by `reindex`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from briefwell.retrieval.stretches import Stretch
from briefwell.storage.linking import Kind
from briefwell.storage.links import Links
from briefwell.text import stems
from briefwell.text.naming import LONGEST, Place, Wording

MOST_WORDS = 200
"""A question may be a pasted page; names are looked for among so many words."""


def named_documents(question: str, links: Links, *, within: Collection[str] | None) -> list[str]:
    """Return the documents whose names stand in `question`, in the order they are named.

    A title names its document in any letter case, as questions are typed; what else a document
    bears, only where it is written as a name is.
    """
    wording = Wording(question)
    asked = stems(question)[:MOST_WORDS]
    places = {
        Place(start=at, size=size): tuple(asked[at : at + size])
        for at in range(len(asked))
        for size in range(min(LONGEST, len(asked) - at), 0, -1)
    }
    known = links.bearers(set(places.values()))
    found: list[str] = []
    end = 0
    for place, name in places.items():
        bearers = known.get(name, ())
        if place.start < end or not bearers:
            continue
        if bearers[0].kind is not Kind.TITLE and not wording.is_named(place):
            continue
        end = place.start + place.size
        found += [one.document_id for one in bearers if within is None or one.document_id in within]
    return list(dict.fromkeys(found))


def followed(
    chunk_ids: Sequence[str],
    links: Links,
    *,
    named: Collection[str],
    within: Collection[str] | None,
) -> list[str]:
    """Return the documents that some chunks mention, in order, those of `named` left out."""
    found = (
        bearer.document_id
        for mention in links.mentions(chunk_ids)
        for bearer in mention.bearers
        if bearer.document_id not in named and (within is None or bearer.document_id in within)
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
