"""What an evaluation found, as a table for people and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from briefwell.evaluation.cases import Problem
from briefwell.evaluation.intervals import Score, quantile
from briefwell.types import Plain

_NAME_WIDTH, _CELL_WIDTH = 26, 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency(Plain):
    """Wall-clock seconds of one call, over all cases; None when nothing was timed."""

    median: float | None = None
    p95: float | None = None

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Latency:
        """Return median and 95th percentile of `seconds`."""
        return cls(median=quantile(seconds, 0.5), p95=quantile(seconds, 0.95))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack(Plain):
    """The figures of one way to retrieve or answer."""

    name: str
    retrieval: Mapping[str, Score] = field(default_factory=dict)
    answers: Mapping[str, Score] = field(default_factory=dict)
    retrieve_latency: Latency = field(default_factory=Latency)
    ask_latency: Latency = field(default_factory=Latency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Plain):
    """The scorecard of one set.

    Attributes:
        k: How many passages the retrieval figures look at.
        questions: Cases that were run.
        documents: Sources that were indexed.
        stacks: Ours first, then the copy-the-top-passage baseline, then what was compared.
        problems: Lines of the set and sources that could not be used.
        settings: Each setting's value at the time, secrets masked.
        chosen: Names of the settings that did not have their default.
        fingerprint: Identity of the embedding model.
        recipe: Identity of the index: model, loaders, chunker and their sizes.
    """

    set_name: str
    k: int
    questions: int
    answerable: int
    documents: int
    chunks: int
    index_seconds: float
    stacks: tuple[Stack, ...]
    problems: tuple[Problem, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    chosen: tuple[str, ...] = ()
    fingerprint: str = ""
    recipe: str = ""

    @property
    def exit_code(self) -> int:
        """The command's exit code: 1 when something of the set could not be used."""
        return 1 if self.problems else 0

    def to_text(self) -> str:
        """Return the report as lines for a terminal."""
        lines = [
            f"{self.set_name}: {self.questions} questions ({self.answerable} answerable), "
            f"{self.documents} documents, {self.chunks} chunks, "
            f"indexed in {self.index_seconds:.1f} s",
            "",
            *_table(f"Retrieval, k = {self.k}", _columns(self.stacks, "retrieval")),
            *_table("Answers", _columns(self.stacks, "answers")),
            "Figures are means with 95% bootstrap intervals.",
            *_latencies(self.stacks),
            f"Embedding model: {self.fingerprint or 'not recorded'}",
            f"Index recipe: {self.recipe or 'not recorded'}",
            f"Settings: {_chosen(self)}",
        ]
        if self.problems:
            lines += ["", f"Not evaluated ({len(self.problems)}):"]
            lines += [f"  {_where(item)}: {item.message}" for item in self.problems]
        return "\n".join(lines)


def _chosen(report: Report) -> str:
    named = [f"{name} = {report.settings[name]}" for name in report.chosen]
    return ", ".join(named) or "all as by default"


def _where(problem: Problem) -> str:
    return f"line {problem.line}" if problem.line else "documents"


def _columns(stacks: Sequence[Stack], part: str) -> list[tuple[str, Mapping[str, Score]]]:
    columns = ((stack.name, getattr(stack, part)) for stack in stacks)
    return [(name, figures) for name, figures in columns if figures]


def _table(title: str, columns: Sequence[tuple[str, Mapping[str, Score]]]) -> list[str]:
    if not columns:
        return []
    names = dict.fromkeys(name for _, figures in columns for name in figures)
    head = title.ljust(_NAME_WIDTH) + "".join(name.ljust(_CELL_WIDTH) for name, _ in columns)
    rows = [
        name.ljust(_NAME_WIDTH)
        + "".join(_cell(figures.get(name)).ljust(_CELL_WIDTH) for _, figures in columns)
        for name in names
    ]
    return [head.rstrip(), *(row.rstrip() for row in rows), ""]


def _cell(score: Score | None) -> str:
    if score is None or score.value is None:
        return "-"
    return f"{score.value:.3f} [{score.low:.3f}, {score.high:.3f}]"


def _latencies(stacks: Sequence[Stack]) -> list[str]:
    timed = (
        (f"{stack.name} {verb}", latency)
        for stack in stacks
        for verb, latency in (("retrieve", stack.retrieve_latency), ("ask", stack.ask_latency))
    )
    return [
        f"Latency, {name}: median {latency.median * 1000:.0f} ms, p95 {latency.p95 * 1000:.0f} ms"
        for name, latency in timed
        if latency.median is not None and latency.p95 is not None
    ]
