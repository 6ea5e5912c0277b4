"""Writes figures to `RESULTS.md`: one section for each kind of measurement."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

_PACKAGES = (
    "chromadb",
    "langchain-chroma",
    "langchain-core",
    "onnxruntime",
    "sentence-transformers",
    "tokenizers",
    "torch",
)


def machine() -> str:
    """Return processor, versions and commit in one paragraph."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _PACKAGES)
    return (
        f"{_processor()}, {os.cpu_count()} cores, no GPU; Python {platform.python_version()}; "
        f"{versions}; commit {_commit()}."
    )


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*:\s*(.+)$", told, re.MULTILINE)
    return found.group(1).strip() if found else platform.machine()


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "unknown"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def replace_section(path: Path, title: str, body: str) -> None:
    """Write the section `## title` of a Markdown file, in place of what it held before."""
    old = path.read_text(encoding="utf-8") if path.is_file() else "# Results\n"
    section = f"## {title}\n\n{body.strip()}\n"
    parts = re.split(r"^(?=## )", old, flags=re.MULTILINE)
    places = [number for number, part in enumerate(parts) if part.startswith(f"## {title}\n")]
    if places:
        parts[places[0]] = section + ("\n" if places[0] < len(parts) - 1 else "")
    else:
        parts[-1] = parts[-1].rstrip() + "\n\n"
        parts.append(section)
    path.write_text("".join(parts), encoding="utf-8")
