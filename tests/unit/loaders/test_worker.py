"""Loading in other processes: one hostile file costs one file."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from briefwell.errors import LoadError, UnreadableDocument
from briefwell.loaders import Limits
from briefwell.loaders.worker import LoadJob, load_many
from briefwell.types import Document

GOOD = "Harbour Notes\n\nThe harbour was dredged in 2019, and ships of all sizes call again.\n"


def jobs(folder: Path, **files: bytes | str) -> list[LoadJob]:
    made = []
    for name, content in files.items():
        stem, _, suffix = name.rpartition("_")
        path = folder / f"{stem}.{suffix}"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        made.append(LoadJob(path=path, source=path.name))
    return made


def run(made: list[LoadJob], **limits: float) -> dict[str, Document | LoadError]:
    found = load_many(made, limits=Limits(**limits), workers=2)  # type: ignore[arg-type]
    return {job.source: outcome for job, outcome in found}


def slow_markdown() -> str:
    """A file of a few megabytes whose nested quotes take the parser far longer than a second."""
    return "\n".join("> " * 150 + "x" for _ in range(40_000))


def test_documents_come_back_whole(tmp_path: Path):
    made = jobs(
        tmp_path, a_txt=GOOD, b_md="# Title\n\nText of the second file.", c_html="<p>Third."
    )
    found = run(made)
    assert {name: found[name].title for name in found} == {
        "a.txt": "Harbour Notes",
        "b.md": "Title",
        "c.html": "c",
    }


def test_no_jobs_start_no_process():
    assert list(load_many([], limits=Limits())) == []


def test_a_failure_names_its_file_and_the_rest_goes_on(tmp_path: Path):
    made = jobs(tmp_path, a_txt=GOOD, b_pdf="no pdf", c_txt="", d_txt=GOOD)
    made.append(LoadJob(path=tmp_path / "gone.txt", source="gone.txt"))
    found = run(made)
    assert isinstance(found["a.txt"], Document)
    assert isinstance(found["d.txt"], Document)
    for name, words in {
        "b.pdf": "its content is something else",
        "c.txt": "is empty",
        "gone.txt": "no longer there",
    }.items():
        error = found[name]
        assert isinstance(error, UnreadableDocument)
        assert words in error.problem
        assert error.path == name
        assert error.retryable == (name == "gone.txt")


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path):
    made = jobs(tmp_path, a_md=slow_markdown(), b_txt=GOOD, c_txt=GOOD)
    found = run(made, seconds=1.5)
    assert isinstance(found["a.md"], UnreadableDocument)
    assert "took longer than 1.5 seconds" in found["a.md"].problem
    assert "raise load_seconds" in found["a.md"].remedy
    assert found["a.md"].retryable
    assert isinstance(found["b.txt"], Document)
    assert isinstance(found["c.txt"], Document)


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="address space is bounded on Linux"
)
def test_a_file_that_needs_too_much_memory_is_given_up(tmp_path: Path):
    made = jobs(tmp_path, a_html="<p>word</p>" * 2_000_000, b_txt=GOOD)
    found = run(made, memory_bytes=260_000_000)
    assert isinstance(found["a.html"], UnreadableDocument)
    assert "load_memory_bytes" in found["a.html"].remedy
    assert isinstance(found["b.txt"], Document)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path):
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 30_000_000)
    assert bomb.stat().st_size < 100_000
    error = run([LoadJob(path=bomb, source="bomb.docx")], decompressed_bytes=20_000_000)[
        "bomb.docx"
    ]
    assert isinstance(error, UnreadableDocument)
    assert "unpacks to 30,000,000 bytes" in error.problem
    assert "Save a smaller copy" in error.remedy


def test_pipes_devices_and_folders_are_refused(tmp_path: Path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    made = [
        LoadJob(path=tmp_path / "pipe.txt", source="pipe.txt"),
        LoadJob(path=tmp_path / "folder.txt", source="folder.txt"),
        LoadJob(path=Path("/dev/zero"), source="zero.txt"),
    ]
    for error in run(made, seconds=20).values():
        assert isinstance(error, UnreadableDocument)
        assert "not an ordinary file" in error.problem


def test_a_process_that_is_killed_takes_one_file_with_it(tmp_path: Path):
    made = jobs(tmp_path, a_md=slow_markdown(), b_txt=GOOD)
    script = tmp_path / "kill.py"
    # A child of the loading caller is looked for and killed, as the system does when memory is
    # short; the caller is a process of its own so that no other child can be meant.
    script.write_text(
        textwrap.dedent(
            f"""
            import sys, threading, time
            import psutil
            from pathlib import Path
            from briefwell.loaders import Limits
            from briefwell.loaders.worker import LoadJob, load_many

            def kill():
                deadline = time.monotonic() + 60
                while time.monotonic() < deadline:
                    for child in psutil.Process().children():
                        if child.cpu_times().user > 1.5:
                            child.kill()
                            return
                    time.sleep(0.05)

            threading.Thread(target=kill, daemon=True).start()
            folder = Path({str(tmp_path)!r})
            jobs = [LoadJob(path=folder / n, source=n) for n in ("a.md", "b.txt")]
            for job, outcome in load_many(jobs, limits=Limits(), workers=1):
                print(job.source, getattr(outcome, "problem", "loaded"))
                print(job.source, "again:", getattr(outcome, "retryable", False))
            """
        ),
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert "a.md The file stopped the process that read it (SIGKILL)" in done.stdout
    assert "a.md again: True" in done.stdout
    assert "b.txt loaded" in done.stdout
    assert len(made) == 2


def test_a_large_caller_does_not_cost_a_process_for_each_file(tmp_path: Path):
    ballast = b"x" * 300_000_000
    limits = Limits(memory_bytes=1_100_000_000)
    assert len(ballast) > limits.memory_bytes // 4
    made = jobs(tmp_path, **{f"{name}_txt": GOOD for name in "abcdef"})
    serving = set()
    for _, outcome in load_many(made, limits=limits, workers=1):
        assert isinstance(outcome, Document)
        for child in psutil.Process().children():
            with contextlib.suppress(psutil.NoSuchProcess):
                if any("briefwell.loaders.child" in word for word in child.cmdline()):
                    serving.add(child.pid)
    assert len(serving) == 1


def test_jobs_are_taken_as_they_are_needed(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text(GOOD, encoding="utf-8")
    taken = 0

    def endless() -> Iterator[LoadJob]:
        nonlocal taken
        while True:
            taken += 1
            yield LoadJob(path=path, source=f"{taken}.txt")

    found = load_many(endless(), limits=Limits(), workers=1)
    for _ in range(10):
        next(found)
    found.close()
    assert taken <= 10 + 4


def test_a_caller_without_a_main_guard_loads_too_and_no_model_is_imported(tmp_path: Path):
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    script = tmp_path / "plain_script.py"
    script.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from briefwell.loaders import Limits\n"
        "from briefwell.loaders.worker import LoadJob, load_many\n"
        f"job = LoadJob(path=Path({str(tmp_path / 'a.txt')!r}), source='a.txt')\n"
        "print([d.title for _, d in load_many([job], limits=Limits())])\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout == "['Harbour Notes']\n"
    heavy = "torch chromadb gradio sentence_transformers onnxruntime".split()
    listed = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, briefwell.loaders.child as c; "
            "[__import__('importlib').import_module('briefwell.loaders.' + n) "
            "for n in ('plain', 'markdown', 'html', 'pdf', 'docx')]; "
            f"print([m for m in {heavy!r} if m in sys.modules])",
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert listed.stdout == "[]\n"
