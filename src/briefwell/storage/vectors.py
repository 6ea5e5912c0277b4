"""Chroma, embedded or by URL: ids and vectors only. The one module that imports it.

Distances become scores here: a score is the cosine of two vectors, higher is better.
"""

from __future__ import annotations

import os
import sqlite3
import warnings
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from briefwell.storage.doors import Door, VectorsSilent, VectorsUnavailable

__all__ = [
    "BATCH",
    "DATABASE",
    "VectorCollection",
    "VectorsSilent",
    "VectorsUnavailable",
    "drop_server_collection",
    "find_stored_ids",
    "server_collections",
    "warm_up",
]

COLLECTION = "vectors"
DATABASE = "chroma.sqlite3"
"""The file in which embedded Chroma keeps its ids and its log."""
BATCH = 1000
_PAGE = 20_000
_SERVER_ATTEMPTS = 3
SAVED_AFTER = 1000
"""Chroma's default: the changes after which it saves the graph."""
SAVED_SOONEST = 2
"""The least it allows."""
_HNSW = {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "ef_search": 256}
"""The defaults (100, 16, 100) miss about one true neighbour in ten at 384 dimensions."""


def warm_up() -> None:
    """Import Chroma, which takes about a second, ahead of its first use."""
    _chroma()


class VectorCollection:
    """One collection of vectors; open it with `open_embedded` or `open_server`."""

    def __init__(self, client: Any, collection: Any, door: Door) -> None:
        self._client = client
        self._collection = collection
        self._door = door

    @classmethod
    def open_embedded(cls, folder: Path, *, create: bool = False) -> VectorCollection:
        """Open the collection in a folder.

        Raises:
            VectorsUnavailable: It is not there or cannot be read.
        """
        door = Door(f"the vectors in {folder.name!r}")

        def connect() -> VectorCollection:
            client = _chroma().PersistentClient(path=str(folder), settings=_settings())
            return cls(client, _collection(client, COLLECTION, create=create), door)

        return door.through(connect)

    @classmethod
    def open_server(
        cls, url: str, name: str, *, timeout: float, create: bool = False
    ) -> VectorCollection:
        """Open the collection `name` on the Chroma server at `url`.

        Raises:
            VectorsUnavailable: The server cannot be reached or has no such collection.
        """
        door = _server_door(url, timeout)

        def connect() -> VectorCollection:
            client = _http_client(url)
            return cls(client, _collection(client, name, create=create), door)

        return door.through(connect)

    def close(self) -> None:
        """Let go of the files or the connection."""
        self._door.through(self._client.close)

    def count(self) -> int:
        """Return how many vectors there are."""
        return int(self._door.through(self._collection.count))

    def ids(self, step: Callable[[], None] | None = None) -> set[str]:
        """Return the ids of all vectors; `step` is called after each page of them."""
        # Not by the count: Chroma's own takes longer than all the pages together.
        found: set[str] = set()
        offset = 0
        while True:
            get = partial(self._collection.get, include=[], limit=_PAGE, offset=offset)
            page = self._door.through(get)["ids"]
            found.update(page)
            offset += len(page)
            if step is not None:
                step()
            if len(page) < _PAGE:
                return found

    def present(self, ids: Sequence[str]) -> set[str]:
        """Return those of some ids that are there."""
        found: set[str] = set()
        for low in range(0, len(ids), BATCH):
            get = partial(self._collection.get, ids=list(ids[low : low + BATCH]), include=[])
            found.update(self._door.through(get)["ids"])
        return found

    def save_after(self, changes: int) -> None:
        """Let Chroma save its graph after so many changes, from the next time it is opened.

        What was not saved stands in a log that whoever opens the collection has to repeat,
        which takes up to a second or more before the first answer.
        """
        modify = partial(
            self._collection.modify, configuration={"hnsw": {"sync_threshold": changes}}
        )
        with warnings.catch_warnings():
            # Chroma warns of its own words for "no embedding function".
            warnings.simplefilter("ignore", DeprecationWarning)
            self._door.through(modify)

    def add(self, ids: Sequence[str], vectors: Any) -> None:
        """Add or replace vectors, at most `BATCH` at once."""
        upsert = partial(self._collection.upsert, ids=list(ids), embeddings=vectors)
        self._door.through(upsert)

    def delete(self, ids: Sequence[str]) -> None:
        """Delete vectors; ids that are not there are passed over."""
        for low in range(0, len(ids), BATCH):
            delete = partial(self._collection.delete, ids=list(ids[low : low + BATCH]))
            self._door.through(delete)

    def vectors(self, ids: Sequence[str]) -> dict[str, Any]:
        """Return the stored vectors of some ids, as numpy arrays."""
        get = partial(self._collection.get, ids=list(ids), include=["embeddings"])
        found = self._door.through(get)
        return dict(zip(found["ids"], found["embeddings"], strict=True))

    def query(self, vector: Sequence[float], *, k: int) -> list[tuple[str, float]]:
        """Return the k nearest ids and their cosines, best first (approximate search)."""
        query = partial(
            self._collection.query,
            query_embeddings=[list(vector)],
            n_results=k,
            include=["distances"],
        )
        found = self._door.through(query)
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(chunk_id, 1.0 - float(distance)) for chunk_id, distance in pairs]


def find_stored_ids(folder: Path) -> set[str] | None:
    """Return the ids Chroma's own file names, read without importing Chroma; None if unsure.

    Only Chroma itself can say when the file is laid out in another way than is known, or when
    its log holds changes that Chroma has not taken into its tables.
    """
    uri = (folder / DATABASE).absolute().as_uri() + "?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            segments = connection.execute(
                """SELECT segments.id, max_seq_id.seq_id FROM collections
                   JOIN segments ON segments.collection = collections.id
                   JOIN max_seq_id ON max_seq_id.segment_id = segments.id
                   WHERE collections.name = ? AND segments.scope = 'METADATA'""",
                (COLLECTION,),
            ).fetchall()
            last = connection.execute("SELECT max(seq_id) FROM embeddings_queue").fetchone()[0]
            if [taken for _, taken in segments] != [last]:
                return None
            query = "SELECT embedding_id FROM embeddings WHERE segment_id = ?"
            return {row[0] for row in connection.execute(query, (segments[0][0],))}
    except sqlite3.Error:
        return None


def server_collections(url: str, *, timeout: float) -> list[str]:
    """Return the names of all collections on a Chroma server.

    Raises:
        VectorsUnavailable: The server cannot be reached.
    """

    def names() -> list[str]:
        client = _http_client(url)
        found: list[str] = []
        while page := client.list_collections(limit=500, offset=len(found)):
            found.extend(collection.name for collection in page)
        return found

    return _server_door(url, timeout).through(names)


def drop_server_collection(url: str, name: str, *, timeout: float) -> None:
    """Remove a collection from a Chroma server; one that is not there is removed already.

    Raises:
        VectorsUnavailable: The server cannot be reached or will not.
    """

    def drop() -> None:
        from chromadb.errors import NotFoundError

        # Its answer may have been lost, so that it is asked for twice.
        with suppress(NotFoundError):
            _http_client(url).delete_collection(name)

    _server_door(url, timeout).through(drop)


def _chroma() -> Any:
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    import chromadb

    return chromadb


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def _http_client(url: str) -> Any:
    parts = urlsplit(url)
    return _chroma().HttpClient(
        host=parts.hostname or url,
        port=parts.port or (443 if parts.scheme == "https" else 8000),
        ssl=parts.scheme == "https",
        settings=_settings(),
    )


def _server_door(url: str, timeout: float) -> Door:
    return Door(f"the Chroma server at {_shown(url)}", seconds=timeout, attempts=_SERVER_ATTEMPTS)


def _shown(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")


def _collection(client: Any, name: str, *, create: bool) -> Any:
    # No embedding function: vectors come from our own embedder, and Chroma's default one
    # would fetch a model.
    if create:
        return client.get_or_create_collection(
            name, configuration={"hnsw": _HNSW}, embedding_function=None
        )
    return client.get_collection(name, embedding_function=None)
