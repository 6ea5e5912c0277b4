"""Made the index that later versions must still open; with `src` and `tests` on the path.

It is kept as the first release wrote it and is never made again.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from inprocess import Bench

HERE = Path(__file__).resolve().parent

HARBOUR = """---
date: 2021-03-04
author: A. Pilot
---
# Harbour report

The harbour of Port Ellery was dredged in 2019. The work cost 4 million crowns.

## Traffic

Some 310 ships called in 2020.
"""
ORCHARD = "Orchard survey\n\nThe orchards of Linden Valley cover 1,200 hectares.\n"


def main() -> None:
    bench = Bench(HERE)
    shutil.rmtree(bench.index, ignore_errors=True)
    bench.write("harbour.md", HARBOUR)
    bench.write("land/orchard.txt", ORCHARD)
    bench.write("broken.pdf", "no pdf at all")
    bench.reindex()
    for name in ("writer.lock", "manifest.sqlite-shm", "manifest.sqlite-wal"):
        (bench.index / name).unlink(missing_ok=True)


if __name__ == "__main__":
    main()
