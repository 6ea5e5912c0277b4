"""The command line: parse, call, print; no logic.

Exit codes: 0 done (an abstention is an answer), 1 done with failed documents or failed checks,
2 wrong use, 3 cannot work, 130 interrupted. A closed pipe is not an error.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

import click

from briefwell.cli.commands import briefwell, tell
from briefwell.errors import BriefingError, ConfigError, InternalError

WRONG_USE = 2
CANNOT_WORK = 3
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Args:
        arguments: Without the program's name; None takes those of the process.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    _accept_any_character()
    try:
        code = _run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone; without this, Python complains again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        click.echo("Stopped. The index is as it was before.", err=True)
        return INTERRUPTED
    return code


def _run(arguments: list[str]) -> int:
    is_json = "--json" in arguments
    try:
        with briefwell.make_context("briefwell", list(arguments)) as context:
            code = briefwell.invoke(context)
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.UsageError as error:
        if not is_json:
            error.show()
            return WRONG_USE
        path = error.ctx.command_path if error.ctx else "briefwell"
        return _tell(ConfigError(error.format_message(), f"See `{path} --help`."), is_json=True)
    except BriefingError as error:
        return _tell(error, is_json=is_json)
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception as error:  # noqa: BLE001  (the last door: what comes here is our bug)
        if not is_json:
            traceback.print_exc()
        return _tell(InternalError(f"{type(error).__name__}: {error}."), is_json=is_json)


def _tell(error: BriefingError, *, is_json: bool) -> int:
    """Print an error and return its exit code."""
    tell(error, is_json=is_json)
    return WRONG_USE if isinstance(error, ConfigError) else CANNOT_WORK


def _accept_any_character() -> None:
    """Print what the terminal's encoding lacks as an escape instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
