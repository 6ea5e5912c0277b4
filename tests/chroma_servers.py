"""Real Chroma servers, and a line to one that can be made slow or be cut."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

_REQUEST = re.compile(rb"(GET|POST|PUT|DELETE) (\S+) HTTP/1\.1\r\n")
_PIECE = 1 << 16


def free_port() -> int:
    with closing(socket.socket()) as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


@contextmanager
def chroma_process(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A real `chroma run`, ended with the block."""
    command = shutil.which("chroma", path=str(Path(sys.executable).parent))
    assert command, "the command `chroma` comes with chromadb"
    process = subprocess.Popen(
        [command, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def chroma_server(folder: Path, port: int) -> Iterator[str]:
    """The address of a real `chroma run`, which is ended with the block."""
    with chroma_process(folder, port):
        yield f"http://127.0.0.1:{port}"


class Line:
    """A line to a server, by which everything goes; `url` is its near end.

    Attributes:
        requests: `METHOD path` of all that came, in order.
        delay: Seconds that every answer is held back.
        is_cut: Whether every connection is closed at once.
        on_write: Called with the number of each write or removal (from 1) when the server has
            done it; True closes the connection before the answer comes through.
    """

    def __init__(self, port: int) -> None:
        self.requests: list[str] = []
        self.delay = 0.0
        self.is_cut = False
        self.on_write: Callable[[int], bool] = lambda _: False
        self._port = port
        self._writes = 0
        self._ended = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    @classmethod
    @contextmanager
    def to(cls, port: int) -> Iterator[Line]:
        """Open a line to a port of this machine for the length of the block."""
        line = cls(port)
        thread = threading.Thread(target=line._serve, daemon=True)
        thread.start()
        try:
            yield line
        finally:
            line._ended.set()
            line._listener.shutdown(socket.SHUT_RDWR)
            line._listener.close()
            thread.join(30)

    def restart(self) -> None:
        """Forget what came, and let everything pass again."""
        self.requests.clear()
        self.delay, self.is_cut, self.on_write, self._writes = 0.0, False, lambda _: False, 0

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        with near:
            if self.is_cut:
                self.requests.append("(refused)")
                return
            with suppress(OSError), socket.create_connection(("127.0.0.1", self._port)) as far:
                writing = threading.Event()
                back = threading.Thread(target=self._back, args=(far, near, writing), daemon=True)
                back.start()
                while piece := near.recv(_PIECE):
                    for method, path in _REQUEST.findall(piece):
                        self.requests.append(f"{method.decode()} {path.decode()}")
                        if method == b"DELETE" or path.endswith(b"/upsert"):
                            writing.set()
                    far.sendall(piece)
                far.shutdown(socket.SHUT_WR)
                back.join()

    def _back(self, far: socket.socket, near: socket.socket, writing: threading.Event) -> None:
        with suppress(OSError):
            while piece := far.recv(_PIECE):
                if writing.is_set():
                    writing.clear()
                    self._writes += 1
                    if self.on_write(self._writes):
                        break
                self._ended.wait(self.delay)
                near.sendall(piece)
        with suppress(OSError):
            near.shutdown(socket.SHUT_RDWR)
