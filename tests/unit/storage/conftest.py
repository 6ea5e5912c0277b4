"""An index of two short documents, and the connections to look into it."""

from __future__ import annotations

import pytest

from inprocess import Bench

HARBOUR = "# Harbour report\n\nThe harbour of Port Ellery was dredged in 2019.\n"
ORCHARD = "# Orchard survey\n\nThe orchards of Linden Valley cover 1,200 hectares.\n"


@pytest.fixture
def bench(tmp_path):
    """An empty documents folder; nothing is indexed yet."""
    return Bench(tmp_path)


@pytest.fixture
def indexed(bench):
    """Two documents with one chunk each, indexed."""
    bench.write("harbour.md", HARBOUR)
    bench.write("land/orchard.md", ORCHARD)
    bench.reindex()
    return bench
