"""Reads an index again and again and says what it saw, one line of JSON for each answer.

python witness.py INDEX     ends when its standard input does
"""

from __future__ import annotations

import json
import re
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from briefwell.config import Settings
from briefwell.storage.reader import IndexReader
from doubles import HashEmbedder

EDITION = re.compile(r"edition (\d+)")


def main() -> None:
    done = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), done.set()), daemon=True).start()
    embedder = HashEmbedder()
    question = embedder.embed_query("which edition of the harbour report")
    reader = IndexReader.open(Path(sys.argv[1]), settings=Settings())
    while not done.is_set():
        with reader.snapshot() as snapshot:
            found = [i for i, _ in snapshot.dense(question, k=8)]
            found += [i for i, _ in snapshot.lexical(["edition"], k=8)]
            chunks = snapshot.chunks(found)
            texts = [chunks[i].text for i in found]
            texts += [snapshot.document(chunks[i].document_id).text for i in found]
            answer = {
                "generation": snapshot.live.generation,
                "editions": sorted({n for text in texts for n in EDITION.findall(text)}),
                "found": len(found),
                "chunks": snapshot.chunk_count(),
                "notices": snapshot.notices,
            }
        print(json.dumps(answer), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
