"""What an index takes on the disk, and what takes it."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def size(folder: Path, pattern: str) -> int:
    """Return the bytes of the files of a folder that fit a pattern."""
    return sum(path.stat().st_size for path in folder.glob(pattern) if path.is_file())


def table_sizes(manifest: Path, characters: int) -> list[list[str]]:
    """Return a row for each of the largest tables of a manifest: name, size, per character."""
    connection = sqlite3.connect(manifest)
    try:
        sizes = connection.execute(
            "SELECT name, SUM(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 8"
        ).fetchall()
    except sqlite3.OperationalError:
        return [["(this SQLite cannot tell what its tables take)", "", ""]]
    finally:
        connection.close()
    return [
        [f"manifest: `{name}`", f"{size / 1e6:.1f} MB", f"{size / characters:.2f}"]
        for name, size in sizes
    ]
