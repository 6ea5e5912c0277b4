"""Set the offsets of the labelled set anew after a sample document was edited.

Run `python tests/samples/anchor.py`. The words of each place decide; a place whose words no
longer stand exactly once in its document is named, and nothing is written.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
QUESTIONS = ROOT / "tests" / "eval" / "samples" / "questions.jsonl"


def main() -> int:
    """Anchor every place that has offsets; return 1 when one could not be found."""
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    lost = [
        f"{row['id']}: {place['doc']}: {place['text']!r}"
        for row in rows
        for place in (*row["evidence"], *([row["near"]] if "near" in row else []))
        if "start" in place and not _anchor(place)
    ]
    if lost:
        sys.stderr.write("\n".join(lost) + "\n")
        return 1
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    QUESTIONS.write_text("".join(lines), encoding="utf-8")
    return 0


def _anchor(place: dict[str, Any]) -> bool:
    text = (ROOT / "documents" / place["doc"]).read_bytes().decode("utf-8")
    if text.count(place["text"]) != 1:
        return False
    place["start"] = text.index(place["text"])
    place["end"] = place["start"] + len(place["text"])
    return True


if __name__ == "__main__":
    sys.exit(main())
