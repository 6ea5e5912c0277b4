"""Questions that need several documents: those they name, and those that these mention.

No model takes part. A question that names documents gets a passage of each; and where what is
found in a named document mentions others, that link is followed one step (as in fast-graphrag
and HippoRAG, with the names that documents bear in the stead of a graph that a model has drawn).
Where the question names none, the links of the best passage are followed. `reindex` made the links.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from briefwell.retrieval.stretches import Stretch
from briefwell.storage.linking import Kind
from briefwell.storage.links import Bearer, Links
from briefwell.text import stems
from briefwell.text.naming import LONGEST, Place, Wording

MOST_WORDS = 200
"""A question may be a pasted page; names are looked for among so many words."""

MOST_FROM_BEST = 2
"""Documents that the best passage mentions and that are looked at, when the question names none."""

Meant = Mapping[str, Sequence[range]]
"""By document id, the chunks that a name of it stands for: all, or those of sections."""


def named_documents(question: str, links: Links, *, within: Collection[str] | None) -> Meant:
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
    found: list[Bearer] = []
    end = 0
    for place, name in places.items():
        bearers = known.get(name, ())
        if place.start < end or not bearers:
            continue
        if bearers[0].kind is not Kind.TITLE and not wording.is_named(place):
            continue
        end = place.start + place.size
        found += bearers
    return _meant(found, within)


def followed(
    chunk_ids: Sequence[str],
    links: Links,
    *,
    named: Collection[str],
    within: Collection[str] | None,
) -> Meant:
    """Return the documents that some chunks mention, in order, those of `named` left out."""
    bearers = (one for mention in links.mentions(chunk_ids) for one in mention.bearers)
    return _meant((one for one in bearers if one.document_id not in named), within)


def followed_from_best(
    ranked: Sequence[Stretch], links: Links, *, within: Collection[str] | None
) -> Meant:
    """Return the first few documents that the chunk of the best stretch mentions."""
    chunks = [item.chunk for item in ranked[:1]]
    own = [chunk.document_id for chunk in chunks]
    found = followed([chunk.id for chunk in chunks], links, named=own, within=within)
    return dict(list(found.items())[:MOST_FROM_BEST])


def _meant(bearers: Iterable[Bearer], within: Collection[str] | None) -> Meant:
    found: dict[str, list[range]] = {}
    for one in bearers:
        if within is None or one.document_id in within:
            found.setdefault(one.document_id, []).append(range(one.first, one.last + 1))
    return found


def arrange(ranked: Sequence[Stretch], *, named: Meant, linked: Meant, k: int) -> list[Stretch]:
    """Return all stretches, with room among the first `k` for each named and linked document.

    At most half of the `k` places go to linked documents, and one where the question names none.
    The best stretch stays first. What has to make room are the last stretches that no other
    reason holds.

    Args:
        ranked: All stretches, best first.
        named: Documents the question names.
        linked: Documents that those, or the best stretch, mention.
        k: At least 1.
    """
    wanted = _best_of_each(ranked, named)[: k - 1]
    room = min(k // 2 if named else 1, k - 1 - len(wanted))
    wanted += _best_of_each(ranked, linked)[: max(0, room)]
    held = set(map(id, wanted))
    first = held | {id(item) for item in [o for o in ranked if id(o) not in held][: k - len(held)]}
    return sorted(ranked, key=lambda item: id(item) not in first)


def _best_of_each(ranked: Sequence[Stretch], meant: Meant) -> list[Stretch]:
    """Return the best stretch of each document, best first; where a section is meant, of that."""
    of_part: dict[str, Stretch] = {}
    of_whole: dict[str, Stretch] = {}
    for item in ranked:
        document = item.chunk.document_id
        if document in meant:
            of_whole.setdefault(document, item)
            if any(item.chunk.ordinal in part for part in meant[document]):
                of_part.setdefault(document, item)
    best = of_whole | of_part
    return [item for item in ranked if best.get(item.chunk.document_id) is item]
