"""The titles of the documents, found again where a text mentions them."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from briefwell.loaders import document_id
from briefwell.storage.reader import IndexReader
from briefwell.text import STOP_WORDS, words

KEPT = 4
"""Catalogues in memory at once, each of one state of one index."""

_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A title that stands in a text.

    Attributes:
        start: Its place among the words of the text, from 0.
        size: How many words it has.
        documents: Ids of the documents with this title.
    """

    start: int
    size: int
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Titles as stems, each also without the words in brackets at its end.

    Attributes:
        titles: From the stems of a title to the ids of the documents that bear it.
        longest: Words of the longest title.
    """

    titles: Mapping[tuple[str, ...], tuple[str, ...]]
    longest: int

    @classmethod
    def of(cls, reader: IndexReader) -> Catalogue:
        """Return the catalogue of the state that `reader` has open; made once for each state."""
        live = reader.live
        key = (live.fingerprint, live.generation, live.published_at)
        with _lock:
            if key in _kept:
                _kept.move_to_end(key)
                return _kept[key]
        made = _make(reader)
        with _lock:
            _kept[key] = made
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
        return made

    def mentions(self, text: str, *, is_exact: bool = False) -> list[Mention]:
        """Return the titles in `text`, the longest at each place, in order, without overlap.

        Args:
            text: Any text.
            is_exact: Count a mention only when its first word begins with a capital letter or
                a digit, as names do in running text.
        """
        found = words(text)
        mentions: list[Mention] = []
        at = 0
        while at < len(found):
            size = 0
            if not is_exact or not found[at].text[0].islower():
                size = self._match([word.stem for word in found[at : at + self.longest]])
            if size:
                key = tuple(word.stem for word in found[at : at + size])
                mentions.append(Mention(start=at, size=size, documents=self.titles[key]))
            at += max(1, size)
        return mentions

    def _match(self, stems: list[str]) -> int:
        sizes = range(len(stems), 0, -1)
        return next((size for size in sizes if tuple(stems[:size]) in self.titles), 0)


_kept: OrderedDict[tuple[str, int, str], Catalogue] = OrderedDict()
_lock = Lock()


def _make(reader: IndexReader) -> Catalogue:
    titles: dict[tuple[str, ...], dict[str, None]] = {}
    for info in reader.sources():
        if info.state != "ready":
            continue
        for title in {info.title, _IN_BRACKETS.sub("", info.title)}:
            found = words(title)
            if any(word.text.lower() not in STOP_WORDS for word in found):
                key = tuple(word.stem for word in found)
                titles.setdefault(key, {})[document_id(info.source)] = None
    return Catalogue(
        titles={key: tuple(sorted(ids)) for key, ids in titles.items()},
        longest=max(map(len, titles), default=0),
    )
