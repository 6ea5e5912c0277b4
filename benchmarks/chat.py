"""Measures the chat: the first sentence after enter, and twenty people asking at once.

    python -m benchmarks.chat                      `documents/` and `index/`, once reindexed
    python -m benchmarks.chat --askers 20 --each 3

The page is served by a process of its own on this machine. The table goes to
`benchmarks/RESULTS.md`. The first figure needs Chromium and is left out without it.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from gradio_client import Client

from benchmarks.results import machine, replace_section, table

QUESTIONS = (
    "What are the four pillars of the High Level Economic Dialogue?",
    "What replaced the Merida Initiative?",
    "How many jobs does trade with Mexico support?",
    "When did the USMCA enter into force?",
    "Who is the ambassador?",
)
RUNS = 10
MOST_ASKERS = 50
RESULTS = Path(__file__).resolve().parent / "RESULTS.md"


@contextmanager
def _served(documents: str, index: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as state:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "briefwell", "serve", "--port", "0", "--read-only"),
                *("--documents", documents, "--index", index),
            ],
            env=os.environ | {"PYTHONUNBUFFERED": "1", "BRIEFWELL_STATE": state},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield _address(process)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def _address(process: subprocess.Popen[str]) -> str:
    said = []
    for line in process.stdout or ():
        said.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
            return found.group(0)
    raise SystemExit(f"the page did not start: {''.join(said)}")


def _ask_often(url: str, questions: int) -> tuple[list[float], int]:
    client = Client(url, verbose=False)
    seconds, errors = [], 0
    for at in range(questions):
        started = time.perf_counter()
        try:
            answer = client.predict(QUESTIONS[at % len(QUESTIONS)], [], api_name="/ask")
            errors += "error" in answer
        except Exception:  # noqa: BLE001 - whatever a client meets is one error of the count
            errors += 1
        seconds.append(time.perf_counter() - started)
    return seconds, errors


def crowd(url: str, *, askers: int, each: int) -> tuple[list[float], int]:
    """Let `askers` clients ask `each` questions at the same time; seconds of all, and errors."""
    with ThreadPoolExecutor(max_workers=askers) as pool:
        done = list(pool.map(lambda _: _ask_often(url, each), range(askers)))
    return [second for seconds, _ in done for second in seconds], sum(count for _, count in done)


def first_sentences(url: str) -> list[float]:
    """Return the seconds from enter to the first sentence on the page, one for each run."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        return []
    from playwright.sync_api import sync_playwright

    seconds = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(url)
        page.wait_for_selector(".bw-welcome")
        for at in range(RUNS + 1):
            page.fill("#bw-question textarea", QUESTIONS[at % 2])
            started = time.perf_counter()
            page.keyboard.press("Enter")
            page.wait_for_selector(f"#bw-live #bw-turn-{at + 1} .bw-statement")
            # The first question also loads the model.
            seconds += [time.perf_counter() - started] if at else []
            page.wait_for_selector("#bw-live .bw-done")
        browser.close()
    return seconds


def _row(name: str, seconds: list[float], errors: int) -> tuple[str, ...]:
    ordered = sorted(seconds)
    high = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return (
        name,
        f"{1000 * statistics.median(ordered):.0f} ms",
        f"{1000 * high:.0f} ms",
        str(len(ordered)),
        str(errors),
    )


def main() -> None:
    """Measure and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", default="documents")
    parser.add_argument("--index", default="index")
    parser.add_argument("--askers", type=int, default=20, choices=range(1, MOST_ASKERS + 1))
    parser.add_argument("--each", type=int, default=3, choices=range(1, 21))
    asked = parser.parse_args()
    with _served(asked.documents, asked.index) as url:
        rows = []
        if first := first_sentences(url):
            rows.append(_row("first sentence on the page", first, 0))
        seconds, errors = crowd(url, askers=asked.askers, each=asked.each)
        rows.append(_row(f"{asked.askers} askers at once, whole answer", seconds, errors))
    told = table(("what", "median", "p95", "questions", "errors"), rows)
    replace_section(RESULTS, "Chat", f"{machine()}\n\n{told}")
    print(told)


if __name__ == "__main__":
    main()
