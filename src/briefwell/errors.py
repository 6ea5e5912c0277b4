"""Everything that can go wrong, each with the problem and its remedy.

    BriefingError(problem, remedy)
    ├─ ConfigError                 a setting, an argument or a question the user can mend
    ├─ LoadError(path, retryable)  one source that cannot be read
    │  ├─ UnsupportedFormat
    │  ├─ MissingExtra
    │  └─ UnreadableDocument
    │     └─ ReadingStopped
    ├─ IndexStateError             the index cannot be used as it stands
    │  ├─ IndexMissing
    │  ├─ IndexLocked
    │  ├─ IndexDamaged
    │  ├─ IndexNotWritable
    │  ├─ FingerprintMismatch
    │  └─ ManifestTooNew
    ├─ ModelError(retryable)       an embedding or chat model
    │  ├─ ModelMissing
    │  └─ ModelFailed
    └─ InternalError               our bug

An abstention is not an error, and neither is a file that failed to load: the first is a
value (`Abstention`), the second a line in `IndexReport.failed`.
"""

from __future__ import annotations


class BriefingError(Exception):
    """The root of every error Briefwell raises on purpose.

    Attributes:
        problem: What went wrong, quoting the value that caused it.
        remedy: What the reader can do about it.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        """Return problem and remedy as one line a person can act on."""
        return f"{self.problem} {self.remedy}".strip()

    def to_dict(self) -> dict[str, str]:
        """Return the error as JSON-ready values: `error`, `problem`, `remedy`."""
        return {"error": type(self).__name__, "problem": self.problem, "remedy": self.remedy}


class ConfigError(BriefingError):
    """A setting, an argument or an input that the user can correct."""


class LoadError(BriefingError):
    """One source cannot be turned into a document.

    Attributes:
        path: The source, relative to the documents folder where that is known.
        retryable: Whether the same file may be read another time, because what stopped it
            (no time, no permission, a process that was killed) lies outside of it.
    """

    def __init__(
        self, problem: str, remedy: str, *, path: str = "", retryable: bool = False
    ) -> None:
        super().__init__(problem, remedy)
        self.path = path
        self.retryable = retryable

    def __reduce__(self) -> tuple[object, ...]:
        """Keep what is not in `args` when the error crosses a process border."""
        kept = (type(self), self.problem, self.remedy, self.path, self.retryable)
        return (_rebuild_load_error, kept)


def _rebuild_load_error(
    kind: type[LoadError], problem: str, remedy: str, path: str, retryable: bool
) -> LoadError:
    return kind(problem, remedy, path=path, retryable=retryable)


class UnsupportedFormat(LoadError):
    """The source's format has no loader."""


class MissingExtra(LoadError):
    """The source's format needs an optional package that is not installed."""


class UnreadableDocument(LoadError):
    """The source is of a known format but cannot be read: locked, broken, empty, over a limit."""


class ReadingStopped(UnreadableDocument):
    """The process that read the source took too long, or died; each try costs as much again."""


class IndexStateError(BriefingError):
    """The index cannot be used as it stands."""


class IndexMissing(IndexStateError):
    """There is no index in the folder."""


class IndexLocked(IndexStateError):
    """Another process is writing the index."""


class IndexDamaged(IndexStateError):
    """The index exists and cannot be read."""


class IndexNotWritable(IndexStateError):
    """The index folder cannot be written: permission, a full disk, too little free space."""


class FingerprintMismatch(IndexStateError):
    """The index was made by another model, chunker or loader than the one in use."""


class ManifestTooNew(IndexStateError):
    """The index was written by a later version of Briefwell."""


class ModelError(BriefingError):
    """An embedding or chat model cannot be used.

    Attributes:
        retryable: Whether the same call may succeed later without any change.
    """

    def __init__(self, problem: str, remedy: str, *, retryable: bool = False) -> None:
        super().__init__(problem, remedy)
        self.retryable = retryable


class ModelMissing(ModelError):
    """The model's weights or its package are not on this machine."""


class ModelFailed(ModelError):
    """The model was there and did not answer as it should."""


class InternalError(BriefingError):
    """A state that should be impossible: our bug."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem, "This is a bug in Briefwell; please report it with this message.")

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuild from the problem alone: the remedy is fixed."""
        return (type(self), (self.problem,))
