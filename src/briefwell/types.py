"""The data that flows through Briefwell: frozen, keyword-only, standard library only.

Every span is half-open, `[start, end)`, and counts code points of `Document.text`. Dates are
ISO 8601 strings, whole or partial (`"2021-10-08"`, `"2021-10"`, `"2021"`), so they sort as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from typing import Any, Literal, TypedDict


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return value


class Plain:
    """Gives a dataclass `to_dict`."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as JSON-ready values (dicts, lists, strings, numbers, None)."""
        plain: dict[str, Any] = _plain(self)
        return plain


class Turn(TypedDict):
    """One turn of a conversation, as Gradio and the chat APIs write it."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Span(Plain):
    """A half-open range `[start, end)` in code points of one document's text.

    Raises:
        ValueError: If the range is negative or ends before it starts.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def cut(self, text: str) -> str:
        """Return the slice of `text` this span names."""
        return text[self.start : self.end]

    def shift(self, offset: int) -> Span:
        """Return this span moved by `offset` code points."""
        return Span(start=self.start + offset, end=self.end + offset)

    def is_overlapping(self, other: Span) -> bool:
        """Tell whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def is_containing(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


class Origin(StrEnum):
    """Where a piece of metadata was found."""

    FRONT_MATTER = "front_matter"
    FILE_METADATA = "file_metadata"
    TEXT = "text"
    FILE_NAME = "file_name"


class BlockKind(StrEnum):
    """What a block of a document is. `FURNITURE` is neither indexed nor quoted."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CODE = "code"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Plain):
    """A file under the documents folder.

    Attributes:
        path: POSIX path relative to the documents folder.
        media_type: For example `text/plain` or `application/pdf`.
        sha256: Hash of the file's bytes, in hexadecimal.
        size: In bytes.
    """

    path: str
    media_type: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Plain):
    """A structural unit of a document.

    Attributes:
        kind: What it is.
        span: Where it stands. The blocks of a document are in order, do not overlap, and
            leave only white space between them.
        level: 1 to 6 for headings, nesting from 1 for list items, otherwise 0.
        header: For a table whose first rows are column headings, their span.
    """

    kind: BlockKind
    span: Span
    level: int = 0
    header: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Plain):
    """One page of a paged document; `number` counts from 1."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata(Plain):
    """What is known about a document beside its text, each with where it was found.

    Attributes:
        title_origin: Where `Document.title` was found.
        author: The author's name as the document writes it.
        author_origin: Where the author was found.
        date: The document's own date, ISO 8601, whole or partial.
        date_origin: Where the date was found.
        language: ISO 639-1 code.
    """

    title_origin: Origin = Origin.FILE_NAME
    author: str | None = None
    author_origin: Origin | None = None
    date: str | None = None
    date_origin: Origin | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Plain):
    """Canonical text, blocks, pages and metadata loaded from one source.

    Attributes:
        id: Hash of the corpus-relative path, never of the content.
        source: The file it was loaded from.
        title: The document's title.
        text: The canonical text that every span counts in.
        blocks: In reading order, without overlap; white space alone lies between them.
        pages: Empty for formats without pages.
        metadata: Author, date, language, with their origins.
    """

    id: str
    source: Source
    title: str
    text: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk(Plain):
    """The indexed unit: `document.text[span] == text`.

    Attributes:
        id: Hash of document id, span, text and fingerprint.
        ordinal: Position among the document's chunks, from 0.
        embedding_text: What is embedded (heading path and text); never shown, never quoted.
        heading_path: Titles of the enclosing headings, outermost first.
        page_numbers: Pages the chunk touches, from 1.
    """

    id: str
    document_id: str
    ordinal: int
    span: Span
    text: str
    embedding_text: str
    heading_path: tuple[str, ...] = ()
    page_numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage(Plain):
    """A chunk, or the part of it that bears on the question, as retrieved for one query.

    Attributes:
        source: POSIX path relative to the documents folder.
        span: Where `text` stands: `document.text[span] == text`.
        rank: From 1, best first.
        score: Higher is better; comparable within one query only.
        date: The document's date, ISO 8601.
        similarity: Cosine of question and chunk, -1 to 1.
        dense_rank: Rank by embedding, from 1; None when not among the candidates.
        lexical_rank: Rank by BM25, from 1; None when not among the candidates.
        chunk_span: Span of the whole chunk that `span` was trimmed from.
        also_in: Other sources in which the same words stand.
    """

    source: str
    title: str
    span: Span
    text: str
    rank: int
    score: float
    pages: tuple[int, ...] = ()
    heading_path: tuple[str, ...] = ()
    date: str | None = None
    document_id: str = ""
    chunk_id: str = ""
    similarity: float = 0.0
    dense_rank: int | None = None
    lexical_rank: int | None = None
    chunk_span: Span | None = None
    also_in: tuple[str, ...] = ()


class MatchKind(StrEnum):
    """How a proposed quote equals the source. There is no fuzzy kind."""

    EXACT = "exact"
    NORMALISED = "normalised"


class Verdict(StrEnum):
    """What the proof found for one statement; only the first three are ever shown."""

    QUOTED = "quoted"
    SUPPORTED = "supported"
    FRAMING = "framing"
    PARTLY = "partly"
    NOT_FOUND = "not_found"
    CONTRADICTED = "contradicted"

    @property
    def is_shown(self) -> bool:
        """Whether a statement with this verdict may stand in an answer."""
        return self in (Verdict.QUOTED, Verdict.SUPPORTED, Verdict.FRAMING)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedQuote(Plain):
    """Words a writer claims to stand in a source.

    Attributes:
        quote: The claimed words.
        source: Where they are claimed to stand.
        near: Where to look first when the words stand more than once.
    """

    quote: str
    source: str
    near: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Plain):
    """What a writer claims, before proof."""

    text: str
    quotes: tuple[ProposedQuote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Plain):
    """A quote that was found in its source; made by `verification` alone.

    Attributes:
        number: The marker in the answer's text, from 1.
        source: POSIX path relative to the documents folder.
        span: `document.text[span.start:span.end] == quote`.
        quote: The source's own slice.
        proposed: The writer's wording.
        match: How `proposed` compares with `quote`.
        document_sha256: Hash of the source's bytes when it was cited.
    """

    number: int
    source: str
    title: str
    span: Span
    quote: str
    proposed: str
    pages: tuple[int, ...] = ()
    heading_path: tuple[str, ...] = ()
    match: MatchKind = MatchKind.EXACT
    document_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Plain):
    """One sentence of an answer with the citations that carry it.

    Attributes:
        text: The sentence, without markers.
        verdict: What the proof found.
        citations: At least one unless the verdict is `framing` or the statement was rejected.
        reason: Why it was rejected; empty for statements that are shown.
    """

    text: str
    verdict: Verdict
    citations: tuple[Citation, ...] = ()
    reason: str = ""


class AbstentionReason(StrEnum):
    """Why there is no answer."""

    NO_EVIDENCE = "no_evidence"
    WEAK_EVIDENCE = "weak_evidence"
    NOTHING_PROVEN = "nothing_proven"
    EMPTY_QUESTION = "empty_question"
    EMPTY_INDEX = "empty_index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstention(Plain):
    """A typed reason for not answering.

    Attributes:
        message: What was looked for, what comes closest, what is missing.
        closest: The passages that came closest.
        missing: Words or names of the question that no passage speaks of.
    """

    reason: AbstentionReason
    message: str
    closest: tuple[Passage, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage(Plain):
    """What an answer cost: model tokens where a model was asked, and wall-clock seconds."""

    seconds: float = 0.0
    input_tokens: int = 0
    output_tokens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Plain):
    """Proven statements, or an abstention, never both.

    Attributes:
        question: As it was asked.
        text: What is shown, with markers `[1]`; the abstention's message when there is one.
        statements: Those that passed, in order.
        rejected: Those that did not pass, each with its reason.
        passages: What was retrieved, best first.
        abstention: None when there are statements.
        as_of: The newest date among the cited documents, ISO 8601.
        model: Name of the chat model that wrote it; None for an evidence answer.
        searched_for: The question as rewritten from the history.
        notices: What the reader should know about how the answer came about.
        usage: What it cost.
        confidence: How far the evidence answers the question, 0 to 1; below
            `Settings.evidence_threshold` it is an abstention.
    """

    question: str
    text: str
    statements: tuple[Statement, ...]
    rejected: tuple[Statement, ...] = ()
    passages: tuple[Passage, ...] = ()
    abstention: Abstention | None = None
    as_of: str | None = None
    model: str | None = None
    searched_for: str = ""
    notices: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)
    confidence: float = 0.0

    def __post_init__(self) -> None:
        if bool(self.statements) == (self.abstention is not None):
            raise ValueError("an answer has statements or an abstention, never both or neither")

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation of the shown statements, by number, each number once."""
        by_number = {item.number: item for line in self.statements for item in line.citations}
        return tuple(by_number[number] for number in sorted(by_number))


class EventKind(StrEnum):
    """What a streamed event tells."""

    SEARCHED = "searched"
    STATEMENT = "statement"
    NOTICE = "notice"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerEvent(Plain):
    """One step of `Assistant.stream`; the last one has the kind `finished` and the answer.

    Attributes:
        kind: What this event tells.
        searched_for: With `searched`: the question as rewritten.
        passages: With `searched`: what was retrieved.
        statement: With `statement`: one proven statement.
        notice: With `notice`: a line for the reader.
        answer: With `finished`: the whole answer.
    """

    kind: EventKind
    searched_for: str = ""
    passages: tuple[Passage, ...] = ()
    statement: Statement | None = None
    notice: str = ""
    answer: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedSource(Plain):
    """A file found under another path with the same content."""

    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedSource(Plain):
    """A file that could not be loaded, with a reason a person understands."""

    source: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport(Plain):
    """What `reindex` did, or would do when `dry_run` is set; paths in sorted order.

    Attributes:
        added: Sources that are new.
        updated: Sources whose content changed, or which a new fingerprint made stale.
        moved: Sources found under another path.
        unchanged: Sources left as they were.
        removed: Sources that are gone.
        failed: Sources that could not be loaded.
        dry_run: Whether this is only a plan.
        chunks: Live chunks afterwards.
        embedded: Embedding texts sent to the embedder.
        seconds: Wall-clock time.
        notes: For a dry run, path to reason and size; otherwise what the user should know.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    moved: tuple[MovedSource, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[FailedSource, ...] = ()
    dry_run: bool = False
    chunks: int = 0
    embedded: int = 0
    seconds: float = 0.0
    notes: tuple[str, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether anything in the index is, or would be, different."""
        return bool(self.added or self.updated or self.moved or self.removed)


class Severity(StrEnum):
    """How bad a check's finding is."""

    OK = "ok"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult(Plain):
    """One check of `status`.

    Attributes:
        name: Short, stable, lower case with underscores.
        severity: `error` and `warning` come with a remedy.
        message: What was found.
        remedy: What to do about it; empty when nothing needs doing.
    """

    name: str
    severity: Severity
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceInfo(Plain):
    """One source as the index knows it, for lists and pages.

    Attributes:
        source: POSIX path relative to the documents folder.
        state: `ready` or `failed`.
        reason: Why it failed.
        chunks: How many chunks are live.
    """

    source: str
    title: str
    media_type: str
    size: int
    state: Literal["ready", "failed"] = "ready"
    author: str | None = None
    date: str | None = None
    date_origin: Origin | None = None
    language: str | None = None
    pages: int = 0
    chunks: int = 0
    reason: str = ""
