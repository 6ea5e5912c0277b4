"""The commands. Each imports what it needs when it is called, so `--help` is instant."""

from __future__ import annotations

import importlib.metadata
import json
import sys
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from briefwell.errors import BriefingError, ConfigError

if TYPE_CHECKING:
    from briefwell.assistant import Assistant
    from briefwell.types import Turn

_Command = TypeVar("_Command", bound=Callable[..., Any])
_FOLDER = click.Path(path_type=Path)
_FILE = click.Path(path_type=Path, dir_okay=False)


def _common(command: _Command) -> _Command:
    """Add the options every command takes."""
    for option in (
        click.option("--config", type=_FILE, help="Settings file; briefwell.toml by default."),
        click.option(
            "--index", type=_FOLDER, default=Path("index"), help="Folder of the index.",
            show_default=True,
        ),
        click.option(
            "--documents", type=_FOLDER, default=Path("documents"), help="Folder of your files.",
            show_default=True,
        ),
    ):  # fmt: skip
        command = option(command)
    return command


_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(importlib.metadata.version("briefwell"), prog_name="briefwell")
def briefwell() -> None:
    """Answers over a folder of documents, every sentence proven against its source.

    Put files into documents/, run `briefwell reindex`, then `briefwell ask "…"`, or
    `briefwell serve` for the chat in your browser.
    """


@briefwell.command()
@_common
@click.option("--dry-run", is_flag=True, help="Only tell what would be done.")
@click.option("--rebuild", is_flag=True, help="Make everything anew, then swap.")
@click.option("--watch", is_flag=True, help="Go on, and reindex after each change.")
@_as_json
def reindex(
    *,
    documents: Path,
    index: Path,
    config: Path | None,
    dry_run: bool,
    rebuild: bool,
    watch: bool,
    as_json: bool,
) -> int:
    """Make the index equal to the documents folder."""
    if watch and dry_run:
        raise ConfigError("--watch and --dry-run exclude each other.", "Leave one of them out.")
    with _open(documents, index, config) as assistant:
        if watch:
            return _reindex_after_each_change(assistant, rebuild=rebuild, as_json=as_json)
        return _reindex(assistant, dry_run=dry_run, rebuild=rebuild, as_json=as_json)


def _reindex(assistant: Assistant, *, dry_run: bool, rebuild: bool, as_json: bool) -> int:
    from briefwell.cli.printing import print_report
    from briefwell.cli.progress import showing_progress

    # With --json, standard error is kept for an error, which is JSON too.
    with nullcontext() if as_json else showing_progress(sys.stderr) as progress:
        report = assistant.reindex(dry_run=dry_run, rebuild=rebuild, progress=progress)
    if as_json:
        _print_json(report.to_dict())
    else:
        print_report(report)
    return 1 if report.failed else 0


def _reindex_after_each_change(assistant: Assistant, *, rebuild: bool, as_json: bool) -> int:
    """Reindex until interrupted; what goes wrong is told, and the next change is waited for."""
    from threading import Event

    from briefwell.indexing import watch

    def missing() -> None:
        problem = f"There is no documents folder {str(assistant.documents)!r}."
        remedy = "It is waited for: put it back, or stop here and name one with --documents."
        tell(ConfigError(problem, remedy), is_json=as_json)

    for _ in watch(assistant.documents, index=assistant.index, stop=Event(), missing=missing):
        try:
            _reindex(assistant, dry_run=False, rebuild=rebuild, as_json=as_json)
            rebuild = False
        except BriefingError as error:
            tell(error, is_json=as_json)
        sys.stdout.flush()
    return 0


@briefwell.command()
@_common
@click.argument("question")
@click.option("--source", "sources", multiple=True, metavar="GLOB",
              help="Search only these files; may be given again.")  # fmt: skip
@click.option("-k", "--k", type=int, help="How many passages to look at.")
@click.option("--history", type=_FILE,
              help="JSON file with the turns before: a list of {role, content}.")  # fmt: skip
@_as_json
def ask(
    *,
    documents: Path,
    index: Path,
    config: Path | None,
    question: str,
    sources: tuple[str, ...],
    k: int | None,
    history: Path | None,
    as_json: bool,
) -> int:
    """Answer QUESTION from the documents, with a citation for every sentence."""
    from briefwell.cli.printing import print_answer

    if not question.strip():
        raise ConfigError("The question is empty.", 'Write it in quotes: briefwell ask "Who …?"')
    turns = _read_history(history)
    with _open(documents, index, config, k=k) as assistant:
        answer = assistant.ask(question, history=turns, sources=sources or None)
    if as_json:
        _print_json(answer.to_dict())
    else:
        print_answer(answer)
    return 0


@briefwell.command()
@_common
@click.option("--host", help="Address to listen on; 127.0.0.1 by default.")
@click.option("--port", type=int, help="Port to listen on; 7860 by default.")
@click.option("--read-only", is_flag=True, help="No uploads and no reindexing from the page.")
@click.option("--auth-file", type=_FILE,
              help="Lines of `name:Argon2 hash`; needed for other addresses.")  # fmt: skip
@click.option("--open", "is_opening", is_flag=True, help="Open the page in your browser.")
def serve(
    *,
    documents: Path,
    index: Path,
    config: Path | None,
    host: str | None,
    port: int | None,
    read_only: bool,
    auth_file: Path | None,
    is_opening: bool,
) -> int:
    """Open the chat as a web page on this machine."""
    from briefwell.web import serve as serve_page

    with _open(documents, index, config, host=host, port=port) as assistant:
        serve_page(assistant, read_only=read_only, auth_file=auth_file, open_browser=is_opening)
    return 0


@briefwell.command()
@_common
@click.option("--deep", is_flag=True, help="Also prove every stored span and vector.")
@_as_json
def status(*, documents: Path, index: Path, config: Path | None, deep: bool, as_json: bool) -> int:
    """Check the index and show the settings, each with its origin."""
    from briefwell.cli.printing import print_status
    from briefwell.types import Severity

    with _open(documents, index, config) as assistant:
        checks = assistant.status(deep=deep)
        settings = assistant.settings.shown()
    if as_json:
        shown = {
            name: {"value": value, "origin": origin.value}
            for name, (value, origin) in settings.items()
        }
        _print_json({"checks": [check.to_dict() for check in checks], "settings": shown})
    else:
        print_status(checks, settings)
    return 1 if any(check.severity is Severity.ERROR for check in checks) else 0


@briefwell.command("eval")
@_common
@click.argument("set_folder", metavar="SET", type=_FOLDER)
@click.option("-k", "--k", type=int, default=5, show_default=True, help="Passages that are scored.")
@click.option("--compare", type=click.Choice(["naive"]),
              help="Run a second stack on the same questions.")  # fmt: skip
@_as_json
def evaluate(
    *,
    documents: Path,
    index: Path,
    config: Path | None,
    set_folder: Path,
    k: int,
    compare: str | None,
    as_json: bool,
) -> int:
    """Score the labelled questions of SET, a folder with docs/ and questions.jsonl.

    Its documents are indexed in a temporary place: --documents and --index are not touched, but
    for the compiled model of --index, which is used where there is one.
    """
    from briefwell.assistant import Assistant
    from briefwell.config import Settings
    from briefwell.embeddings import load_embedder
    from briefwell.evaluation import run_set

    settings = Settings.load(config=config)
    models = index / "models"
    embedder = load_embedder(settings, models=models) if models.is_dir() else None
    opened = partial(Assistant.open, settings=settings, embedder=embedder)
    report = run_set(set_folder, open_assistant=opened, k=k, compare=compare)
    if as_json:
        _print_json(report.to_dict())
    else:
        click.echo(report.to_text())
    return report.exit_code


def _open(documents: Path, index: Path, config: Path | None, **arguments: Any) -> Assistant:
    from briefwell.assistant import Assistant
    from briefwell.config import Settings

    settings = Settings.load(config=config, **arguments)
    return Assistant.open(documents=documents, index=index, settings=settings)


def _read_history(path: Path | None) -> list[Turn]:
    if path is None:
        return []
    try:
        turns: list[Turn] = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(
            f"The history {str(path)!r} cannot be read: {error.strerror or error}.",
            "Name a file that holds it as JSON.",
        ) from error
    except ValueError as error:
        raise ConfigError(
            f"The history {str(path)!r} cannot be read: {error}.",
            'Write it as JSON: [{"role": "user", "content": "…"}].',
        ) from error
    return turns


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, indent=2))


def tell(error: BriefingError, *, is_json: bool) -> None:
    """Print an error on standard error."""
    if is_json:
        click.echo(json.dumps(error.to_dict()), err=True)
    else:
        click.echo(f"Problem: {error.problem}\nRemedy:  {error.remedy}", err=True)
