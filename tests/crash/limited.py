"""Reindexes while no file may grow beyond a size, as on a disk that is nearly full. The index is
written by the real processes; the documents are read in this one.

python limited.py DOCUMENTS INDEX BYTES     prints the error as JSON and ends with 3
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from briefwell.config import Settings
from briefwell.errors import BriefingError
from briefwell.indexing import Parts, reindex
from briefwell.loaders import load
from doubles import HashEmbedder
from inprocess import CountingLoader


def main() -> int:
    documents, index, most = sys.argv[1:]
    # The language detector unpacks its model to a file, which is not what is limited here.
    first = next(Path(documents).glob("*.md"))
    load(first, source=first.name)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
    try:
        reindex(
            Path(documents),
            Path(index),
            settings=Settings(),
            embedder=HashEmbedder(),
            parts=Parts(load_many=CountingLoader()),
        )
    except BriefingError as error:
        print(json.dumps(error.to_dict()))  # noqa: T201
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
