"""The proof: what a writer proposes is held against the sources, or not shown.

Pure and deterministic: no model, no clock, no files.
"""

from briefwell.verification.days import find_days
from briefwell.verification.figures import find_figures
from briefwell.verification.framing import frame_heading, frame_table
from briefwell.verification.quotes import cite, verify_quote
from briefwell.verification.verdicts import judge

__all__ = [
    "cite",
    "find_days",
    "find_figures",
    "frame_heading",
    "frame_table",
    "judge",
    "verify_quote",
]
