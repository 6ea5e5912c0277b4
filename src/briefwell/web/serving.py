"""Putting the page on a server: mounted on an application, launched alone, or served."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import errno
import logging
import os
import shutil
import socket
import tempfile
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable, Collection
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.middleware import Middleware

from briefwell.assistant import Assistant
from briefwell.errors import BriefingError, ConfigError
from briefwell.web.asking import Desk
from briefwell.web.conversations import Conversations
from briefwell.web.events import Events
from briefwell.web.guard import LOCAL_HOSTS, Guard, Policy, is_local
from briefwell.web.keeping import keeping_routes
from briefwell.web.limits import Limits
from briefwell.web.login import Login, read_accounts
from briefwell.web.look import page_options
from briefwell.web.page import Chat, layout
from briefwell.web.routes import routes

_log = logging.getLogger(__name__)

_ANYWHERE = ("0.0.0.0", "::")
_SECONDS_TO_CLOSE = 2


def build(assistant: Assistant, *, read_only: bool = False) -> Chat:
    """Return the page as a Gradio app.

    Args:
        assistant: Who answers.
        read_only: Leave out adding files and reindexing.
    """
    _keep_uploads_apart()
    desk = Desk(assistant, conversations=Conversations(assistant.settings.state), limits=Limits())
    blocks = layout(Events(desk), read_only=read_only)
    blocks.app_options = lambda policy: {
        "routes": [*routes(assistant), *keeping_routes(desk)],
        "middleware": [Middleware(Guard, policy=policy)],
    }
    blocks.policy = Policy(
        read_only=read_only, most_upload_bytes=assistant.settings.max_file_bytes + 1_000_000
    )
    return blocks


def mount(
    app: FastAPI,
    path: str,
    assistant: Assistant,
    *,
    read_only: bool = False,
    auth_file: Path | None = None,
    hosts: Collection[str] | None = None,
) -> FastAPI:
    """Put the page on an application, under a path.

    Args:
        app: The application.
        path: Where, for example `/briefing`.
        assistant: Who answers.
        read_only: Leave out adding files and reindexing.
        auth_file: Lines `name:Argon2 hash`; None lets in everyone the application lets in.
        hosts: Host names a request may be for; None leaves that to the application.

    Returns:
        The same application.

    Raises:
        ConfigError: The auth file cannot be used.
    """
    blocks = build(assistant, read_only=read_only)
    policy = Policy(
        hosts=None if hosts is None else frozenset(hosts),
        read_only=read_only,
        most_upload_bytes=blocks.policy.most_upload_bytes,
        login=Login(read_accounts(auth_file)) if auth_file else None,
    )
    gr.mount_gradio_app(
        app, blocks, path=path, app_kwargs=blocks.app_options(policy), **page_options()
    )
    return app


def serve(
    assistant: Assistant,
    *,
    host: str | None = None,
    port: int | None = None,
    auth_file: Path | None = None,
    read_only: bool = False,
    open_browser: bool = False,
    tell: Callable[[str], object] = print,
) -> None:
    """Serve the page until interrupted.

    The page answers at once; the embedding model is loaded behind it.

    Args:
        assistant: Who answers.
        host: Address to listen on; None takes `Settings.host`.
        port: Port to listen on, 0 for any free one; None takes `Settings.port`.
        auth_file: Lines `name:Argon2 hash`; required for any address but this machine's own.
        read_only: Leave out adding files and reindexing.
        open_browser: Open the page in the browser.
        tell: Is given the address when the page can be opened.

    Raises:
        ConfigError: The address cannot be used, or needs an auth file.
    """
    address = host or assistant.settings.host
    wanted = assistant.settings.port if port is None else port
    if not is_local(address) and auth_file is None:
        raise ConfigError(
            f"Anyone who can reach {address!r} could read your documents.",
            "Give an --auth-file with names and Argon2 hashes, or listen on 127.0.0.1.",
        )
    listening = _listen(address, wanted)
    shown = f"http://{_in_url(address)}:{listening.getsockname()[1]}/"
    hosts = LOCAL_HOSTS | ({"*"} if address in _ANYWHERE else {address.lower()})

    def ready() -> None:
        tell(f"Briefwell answers at {shown}  (stop with Ctrl-C)")
        threading.Thread(target=_warm_up, args=(assistant,), daemon=True).start()
        if open_browser:
            webbrowser.open(shown)

    app = FastAPI(lifespan=_when_started(ready), openapi_url=None)
    mount(app, "/", assistant, read_only=read_only, auth_file=auth_file, hosts=hosts)
    config = uvicorn.Config(
        app,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_SECONDS_TO_CLOSE,
    )
    logging.getLogger("uvicorn.error").addFilter(_is_news)
    with listening:
        uvicorn.Server(config).run(sockets=[listening])


def _is_news(record: logging.LogRecord) -> bool:
    """Tell whether a line of the server's log is of use; pages open when it stops are none."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, asyncio.CancelledError) and "graceful" not in str(record.msg)


def _when_started(
    ready: Callable[[], None],
) -> Callable[[FastAPI], contextlib.AbstractAsyncContextManager[None]]:
    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        # The socket listens already, so a browser that comes at once only waits a moment.
        ready()
        yield

    return lifespan


def _listen(address: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((address.strip("[]"), port))
        listening.listen(128)
    except OSError as error:
        raise _refused(address, port, error) from error
    return listening


def _refused(address: str, port: int, error: OSError) -> ConfigError:
    if error.errno == errno.EADDRINUSE:
        return ConfigError(
            f"Port {port} of {address} is in use.",
            f"Stop what uses it (perhaps another Briefwell), or choose another: --port {port + 1}.",
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return ConfigError(
            f"You may not listen on port {port}.", "Choose a port above 1023, for example 7860."
        )
    return ConfigError(
        f"This machine cannot listen on {address!r}: {error.strerror or error}.",
        "Use 127.0.0.1, or an address of this machine.",
    )


def _in_url(address: str) -> str:
    if address in _ANYWHERE:
        return "127.0.0.1"
    return f"[{address.strip('[]')}]" if ":" in address else address


def _warm_up(assistant: Assistant) -> None:
    try:
        assistant.warm_up()
    except BriefingError as error:
        # The page shows the same error with its remedy as soon as it is opened.
        _log.warning("%s", error)


def _keep_uploads_apart() -> None:
    """Give Gradio's upload folder a place only this user can read, removed at the end."""
    if "GRADIO_TEMP_DIR" not in os.environ:
        folder = tempfile.mkdtemp(prefix="briefwell-uploads-")
        os.environ["GRADIO_TEMP_DIR"] = folder
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
