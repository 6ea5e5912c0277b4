"""The page is served while the embedding model is still being loaded."""

from __future__ import annotations

import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

SERVE = """
import sys, time
from briefwell import Assistant
from briefwell.web.serving import serve
from doubles import HashEmbedder

class Slow(HashEmbedder):
    def embed_query(self, text):
        print("LOADING", flush=True)
        time.sleep(3600)

documents, index = sys.argv[1:]
with Assistant.open(documents=documents, index=index, embedder=HashEmbedder()) as first:
    first.reindex()
assistant = Assistant.open(documents=documents, index=index, embedder=Slow())
serve(assistant, port=0, tell=lambda line: print(line, flush=True))
"""


def test_the_page_answers_before_the_model_is_there(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "harbour.md").write_text("The harbour was dredged in 2019.\n")
    command = [sys.executable, "-c", SERVE, str(documents), str(tmp_path / "index")]
    tests = Path(__file__).parents[1]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tests) as process:
        ending = threading.Timer(120, process.kill)
        ending.start()
        try:
            assert process.stdout is not None
            said = [process.stdout.readline(), process.stdout.readline()]
            assert said[1] == "LOADING\n"
            url = said[0].split()[3]
            with urllib.request.urlopen(url, timeout=60) as page:
                assert page.status == 200
                assert b"Briefwell" in page.read()
        finally:
            ending.cancel()
            process.kill()
