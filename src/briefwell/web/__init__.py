"""The web chat: Gradio components over `Assistant`, served with a guard around them.

Gradio takes seconds to import, so nothing here imports it before it is needed.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from briefwell.assistant import Assistant
    from briefwell.web.page import Chat

__all__ = ["build", "mount", "serve"]


def build(assistant: Assistant, *, read_only: bool = False) -> Chat:
    """Return the page as a Gradio app; `launch()` opens it for this machine alone.

    Args:
        assistant: Who answers.
        read_only: Leave out adding files and reindexing.
    """
    from briefwell.web.serving import build as built

    return built(assistant, read_only=read_only)


def mount(
    app: FastAPI,
    path: str,
    assistant: Assistant,
    *,
    read_only: bool = False,
    auth_file: Path | None = None,
    hosts: Collection[str] | None = None,
) -> FastAPI:
    """Put the page on an existing FastAPI application, under `path`, and return it.

    Args:
        app: The application.
        path: Where, for example `/briefing`.
        assistant: Who answers.
        read_only: Leave out adding files and reindexing.
        auth_file: Lines `name:Argon2 hash`; None lets in everyone the application lets in.
        hosts: Host names a request may be for; None leaves that to the application.

    Raises:
        ConfigError: The auth file cannot be used.
    """
    from briefwell.web.serving import mount as mounted

    return mounted(app, path, assistant, read_only=read_only, auth_file=auth_file, hosts=hosts)


def serve(
    assistant: Assistant,
    *,
    host: str | None = None,
    port: int | None = None,
    auth_file: Path | None = None,
    read_only: bool = False,
    open_browser: bool = False,
) -> None:
    """Serve the page until interrupted.

    Args:
        assistant: Who answers.
        host: Address to listen on; None takes `Settings.host`.
        port: Port to listen on, 0 for any free one; None takes `Settings.port`.
        auth_file: Lines `name:Argon2 hash`; required for any address but this machine's own.
        read_only: Leave out adding files and reindexing.
        open_browser: Open the page in the browser.

    Raises:
        ConfigError: The address cannot be used, or needs an auth file.
    """
    from briefwell.web.serving import serve as served

    served(
        assistant,
        host=host,
        port=port,
        auth_file=auth_file,
        read_only=read_only,
        open_browser=open_browser,
    )
