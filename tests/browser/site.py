"""A page served from this process over a folder of small documents, for one test or many."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas

import briefwell
from briefwell.web import mount
from doubles import HashEmbedder

HARBOUR = """---
title: Harbour report
author: Ada Quill
date: 2020-12-01
---

# Harbour report

## Works

The harbour of Port Ellery was dredged in 2019. The work cost 4 million crowns.

## Traffic

Some 310 ships called in 2020. Pilots say that fog may close the entrance in November.
"""

ORCHARD = """---
title: Orchard survey
date: 2021-06-15
---

# Orchard survey

## Area

The orchards of Linden Valley cover 1,200 hectares. Apples are grown on most of them.

## Frost

A late frost in May 2021 destroyed a third of the blossom. Growers did not ask for aid.
"""

_FILLER = "The clerk wrote down the weather of the day and nothing else of note happened there. "
LIGHTHOUSE = (
    "# Lighthouse diary\n\n## Spring\n\n"
    + "\n\n".join(_FILLER * 3 for _ in range(40))
    + "\n\n## Summer\n\nThe lamp of the lighthouse was replaced by Otto Brandt in July 1911. "
    + "The new lamp of the lighthouse shines 21 miles.\n\n## Autumn\n\n"
    + "\n\n".join(_FILLER * 3 for _ in range(40))
    + "\n"
)

HOSTILE = (
    "# Notes <img src=x onerror=alert(1)>\n\n"
    "The parrot of the captain said <script>window.hacked=1</script> twice on Monday.\n\n"
    "The parrot of the captain ate ![crumbs](https://evil.example/track.png) on Tuesday.\n\n"
    "The parrot of the captain likes [links](javascript:alert(1)) and"
    " <a href='data:text/html,hi'>data</a> on Wednesday.\n\n"
    "The parrot of the captain wrote \u202egnp.exe\u202c on Thursday.\n\n"
    "The parrot of the captain screamed " + "A" * 3000 + " on Friday.\n"
)

DOCUMENTS: Mapping[str, str | bytes] = {
    "harbour.md": HARBOUR,
    "land/orchard.md": ORCHARD,
    "lighthouse.md": LIGHTHOUSE,
    "locked.pdf": b"%PDF-1.4 this is not the rest of a PDF file",
}


def two_pages() -> bytes:
    """A PDF whose second page says something that can be asked for."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A5)
    canvas.setTitle("Ferry timetable")
    for lines in (
        ["Ferry timetable", "The ferry to Nessholm leaves every morning at seven."],
        ["Fares", "A ticket to Nessholm costs 12 crowns for grown people."],
    ):
        for at, line in enumerate(lines):
            canvas.drawString(40, 500 - 40 * at, line)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A served page, and what stands behind it."""

    url: str
    assistant: briefwell.Assistant


def index(folder: Path, documents: Mapping[str, str | bytes], **options: Any) -> None:
    """Write documents into `folder`/documents and index the folder into `folder`/index.

    `options` go to `opened`.
    """
    (folder / "documents").mkdir(exist_ok=True)
    for name, content in documents.items():
        file = folder / "documents" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    if any((folder / "documents").iterdir()):
        with opened(folder, **options) as assistant:
            assistant.reindex()


HASHES = HashEmbedder()


def opened(folder: Path, *, chat_model: Any = None, embedder: Any = HASHES) -> briefwell.Assistant:
    """Open the assistant over a folder that `index` filled; without embedder, the real one."""
    return briefwell.Assistant.open(
        documents=folder / "documents",
        index=folder / "index",
        settings=briefwell.Settings(state=folder / "state", workers=1),
        embedder=embedder,
        chat_model=chat_model,
    )


@contextmanager
def served(
    folder: Path,
    *,
    path: str = "/",
    chat_model: Any = None,
    embedder: Any = HASHES,
    port: int = 0,
    **options: Any,
) -> Iterator[Site]:
    """Serve the page over `folder`; `options` go to `mount`."""
    options.setdefault("hosts", {"127.0.0.1", "localhost"})
    with (
        opened(folder, chat_model=chat_model, embedder=embedder) as assistant,
        socket.create_server(("127.0.0.1", port)) as listening,
        running(mount(FastAPI(), path, assistant, **options), listening) as url,
    ):
        yield Site(url=url + path.lstrip("/"), assistant=assistant)


@contextmanager
def running(app: FastAPI, listening: socket.socket) -> Iterator[str]:
    """Run an application in a thread until the block ends; gives its address."""
    config = uvicorn.Config(
        app, log_level="error", proxy_headers=False, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
        assert thread.is_alive(), "the server did not start"
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join(20)
