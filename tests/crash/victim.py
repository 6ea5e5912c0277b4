"""Reindexes with everything real but the model, and says how far it is, so it can be killed.

python victim.py DOCUMENTS INDEX [STAGE]     with STAGE it kills itself when that begins
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from briefwell.config import Settings
from briefwell.indexing import Progress, reindex
from doubles import HashEmbedder


def main() -> None:
    documents, index, *stages = sys.argv[1:]

    def tell(progress: Progress) -> None:
        print(progress.stage, progress.done, progress.total, flush=True)  # noqa: T201
        if progress.stage in stages and (progress.done or not progress.total):
            os.kill(os.getpid(), signal.SIGKILL)

    reindex(
        Path(documents),
        Path(index),
        settings=Settings(workers=1),
        embedder=HashEmbedder(),
        progress=tell,
    )
    print("end 0 0", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
