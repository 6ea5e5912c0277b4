"""Runs the cases of a set through an assistant and gathers what is scored."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol

from briefwell.config import Settings, ValueOrigin
from briefwell.errors import ConfigError
from briefwell.evaluation.baseline import top_passage
from briefwell.evaluation.cases import Case, CaseSet, Problem, read_set
from briefwell.evaluation.metrics import Place
from briefwell.evaluation.naive import NaiveStack
from briefwell.evaluation.outcomes import (
    NDCG_DEPTH,
    Found,
    Said,
    answer_figures,
    retrieval_figures,
    said_by,
)
from briefwell.evaluation.places import Places
from briefwell.evaluation.report import Latency, Report, Stack
from briefwell.protocols import Embedder
from briefwell.recipe import index_fingerprint
from briefwell.types import Answer, Document, IndexReport, Passage, SourceInfo, Turn


class AssistantLike(Protocol):
    """What an evaluation needs of an assistant."""

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        ...

    def __enter__(self) -> AssistantLike: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def embedder(self) -> Embedder:
        """Return the embedder in use."""
        ...

    def reindex(self) -> IndexReport:
        """Make the index equal to the folder."""
        ...

    def sources(self) -> list[SourceInfo]:
        """Return what the index knows of each source."""
        ...

    def document(self, source: str) -> Document | None:
        """Return a document by its relative path."""
        ...

    def retrieve(
        self, question: str, *, k: int | None = None, sources: Sequence[str] | None = None
    ) -> list[Passage]:
        """Return passages, best first."""
        ...

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        sources: Sequence[str] | None = None,
    ) -> Answer:
        """Answer a question."""
        ...


def run_set(
    folder: Path,
    *,
    open_assistant: Callable[..., AssistantLike],
    k: int = 5,
    compare: str | None = None,
) -> Report:
    """Evaluate the set in `folder`; its documents are indexed into a temporary place.

    Args:
        folder: Holds `docs/` and `questions.jsonl`.
        open_assistant: Called with `documents=` and `index=`, opens an assistant.
        k: How many passages the retrieval figures look at.
        compare: `naive` to run the tutorial stack on the same cases; None for nothing.

    Raises:
        ConfigError: The folder is not a set, or `k` or `compare` is not usable.
        IndexStateError: The temporary index cannot be written.
        ModelError: The embedding model cannot be used.
    """
    if k < 1:
        raise ConfigError(f"k cannot be {k}.", "Look at one passage at least.")
    if compare not in (None, "naive"):
        raise ConfigError(f"There is nothing called {compare!r} to compare with.", "Name 'naive'.")
    cases = read_set(folder)
    with (
        tempfile.TemporaryDirectory(prefix="briefwell-eval-") as place,
        open_assistant(documents=cases.documents, index=Path(place) / "index") as assistant,
    ):
        return _run(cases, assistant, k=k, is_compared=compare is not None)


def _run(cases: CaseSet, assistant: AssistantLike, *, k: int, is_compared: bool) -> Report:
    began = time.perf_counter()
    indexed = assistant.reindex()
    seconds = time.perf_counter() - began
    places = Places(fetch=assistant.document)
    problems = list(cases.problems)
    for failed in indexed.failed:
        problems.append(Problem(line=0, message=f"{failed.source}: {failed.reason}"))
    usable: list[tuple[Case, tuple[Place, ...]]] = []
    for case in cases.cases:
        gold = places.gold(case)
        if isinstance(gold, Problem):
            problems.append(gold)
        else:
            usable.append((case, gold))
    ours, copied = _our_stack(usable, assistant, places, k=k)
    naive = _naive_stack(usable, assistant, places, k=k) if is_compared else ()
    settings = assistant.settings
    return Report(
        set_name=cases.name,
        k=k,
        questions=len(usable),
        answerable=sum(case.is_answerable for case, _ in usable),
        documents=len(indexed.added),
        chunks=indexed.chunks,
        index_seconds=seconds,
        stacks=(ours, copied, *naive),
        problems=tuple(sorted(problems, key=lambda item: item.line)),
        settings={name: value for name, (value, _) in settings.shown().items()},
        chosen=tuple(
            name for name in settings.shown() if settings.origin(name) is not ValueOrigin.DEFAULT
        ),
        fingerprint=str(getattr(assistant.embedder(), "fingerprint", "")),
        recipe=index_fingerprint(settings, assistant.embedder()),
    )


_Usable = Sequence[tuple[Case, tuple[Place, ...]]]


def _our_stack(
    usable: _Usable, assistant: AssistantLike, places: Places, *, k: int
) -> tuple[Stack, Stack]:
    found: list[Found] = []
    said: list[tuple[Case, tuple[Place, ...], Said]] = []
    copied: list[tuple[Case, tuple[Place, ...], Said]] = []
    asking: list[float] = []
    retrieving: list[float] = []
    for case, gold in usable:
        sources = case.scope or None
        began = time.perf_counter()
        answer = assistant.ask(case.question, history=case.history, sources=sources)
        asking.append(time.perf_counter() - began)
        question = answer.searched_for or case.question
        began = time.perf_counter()
        passages = assistant.retrieve(question, k=k, sources=sources)
        retrieving.append(time.perf_counter() - began)
        deep = passages
        if k < NDCG_DEPTH and gold:
            deep = assistant.retrieve(question, k=NDCG_DEPTH, sources=sources)
        found.append(Found(case=case, gold=gold, places=_places(passages), deep=_places(deep)))
        said.append((case, gold, said_by(answer, places.text)))
        copied.append((case, gold, top_passage(passages)))
    ours = Stack(
        name="briefwell",
        retrieval=retrieval_figures(found, k=k),
        answers=answer_figures(said),
        retrieve_latency=Latency.of(retrieving),
        ask_latency=Latency.of(asking),
    )
    return ours, Stack(name="copy the top passage", answers=answer_figures(copied))


def _naive_stack(
    usable: _Usable, assistant: AssistantLike, places: Places, *, k: int
) -> tuple[Stack, Stack]:
    ready = [item.source for item in assistant.sources() if item.state == "ready"]
    stack = NaiveStack(
        assistant.embedder(), {source: places.text(source) or "" for source in ready}
    )
    found: list[Found] = []
    copied: list[tuple[Case, tuple[Place, ...], Said]] = []
    retrieving: list[float] = []
    for case, gold in usable:
        began = time.perf_counter()
        passages = stack.retrieve(case.question, k=max(k, NDCG_DEPTH), sources=case.scope)
        retrieving.append(time.perf_counter() - began)
        deep = _places(passages)
        found.append(Found(case=case, gold=gold, places=deep[:k], deep=deep))
        copied.append((case, gold, top_passage(passages)))
    return (
        Stack(
            name="naive",
            retrieval=retrieval_figures(found, k=k),
            retrieve_latency=Latency.of(retrieving),
        ),
        Stack(name="naive, top passage", answers=answer_figures(copied)),
    )


def _places(passages: Sequence[Passage]) -> tuple[Place, ...]:
    return tuple((item.source, item.span) for item in passages)
