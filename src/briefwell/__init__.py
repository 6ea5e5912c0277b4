"""Briefwell: answers over a folder of documents, every sentence proven against its source.

This is the front door: `Assistant`, `Settings`, the data types and the errors. The two that
need third-party packages are imported when they are first used, so `import briefwell` is quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from briefwell.errors import (
    BriefingError,
    ConfigError,
    FingerprintMismatch,
    IndexDamaged,
    IndexLocked,
    IndexMissing,
    IndexNotWritable,
    IndexStateError,
    InternalError,
    LoadError,
    ManifestTooNew,
    MissingExtra,
    ModelError,
    ModelFailed,
    ModelMissing,
    ReadingStopped,
    UnreadableDocument,
    UnsupportedFormat,
)
from briefwell.types import (
    Abstention,
    AbstentionReason,
    Answer,
    AnswerEvent,
    Block,
    BlockKind,
    CheckResult,
    Chunk,
    Citation,
    Document,
    EventKind,
    FailedSource,
    IndexReport,
    MatchKind,
    Metadata,
    MovedSource,
    Origin,
    Page,
    Passage,
    Proposal,
    ProposedQuote,
    Severity,
    Source,
    SourceInfo,
    Span,
    Statement,
    Turn,
    Usage,
    Verdict,
)

if TYPE_CHECKING:
    from briefwell.assistant import Assistant
    from briefwell.config import Settings

_LAZY = {"Assistant": "briefwell.assistant", "Settings": "briefwell.config"}

__all__ = [
    "Abstention",
    "AbstentionReason",
    "Answer",
    "AnswerEvent",
    "Assistant",
    "Block",
    "BlockKind",
    "BriefingError",
    "CheckResult",
    "Chunk",
    "Citation",
    "ConfigError",
    "Document",
    "EventKind",
    "FailedSource",
    "FingerprintMismatch",
    "IndexDamaged",
    "IndexLocked",
    "IndexMissing",
    "IndexNotWritable",
    "IndexReport",
    "IndexStateError",
    "InternalError",
    "LoadError",
    "ManifestTooNew",
    "MatchKind",
    "Metadata",
    "MissingExtra",
    "ModelError",
    "ModelFailed",
    "ModelMissing",
    "MovedSource",
    "Origin",
    "Page",
    "Passage",
    "Proposal",
    "ProposedQuote",
    "ReadingStopped",
    "Settings",
    "Severity",
    "Source",
    "SourceInfo",
    "Span",
    "Statement",
    "Turn",
    "UnreadableDocument",
    "UnsupportedFormat",
    "Usage",
    "Verdict",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version(__name__)
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(_LAZY[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
