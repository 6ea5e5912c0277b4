"""What is timed: each function here is run in a process of its own and tells what it took.

    python -m benchmarks.stacks NAME STARTED ARGUMENTS…

`STARTED` is the time at which the caller started the process, so imports count.

The tutorial stack is what guides to retrieval show: LangChain's recursive splitter at 1,000
characters with 200 overlap, all-MiniLM-L6-v2 through sentence-transformers as
`HuggingFaceEmbeddings` runs it, langchain-chroma on the disk.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

QUESTION = "Which governments were recognized, and when?"


def _tutorial_embeddings() -> Any:
    from langchain_core.embeddings import Embeddings
    from sentence_transformers import SentenceTransformer

    from briefwell.embeddings.hashes import HashMemory
    from briefwell.embeddings.weights import DEFAULT_MODEL, find_weights

    folder = find_weights(DEFAULT_MODEL, memory=HashMemory(None)).folder

    class Tutorial(Embeddings):
        def __init__(self) -> None:
            self.model = SentenceTransformer(str(folder), device="cpu")

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            made: list[list[float]] = self.model.encode(texts).tolist()
            return made

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    return Tutorial()


def compile_model(models: str) -> dict[str, Any]:
    """Make the compiled model, which the first reindex does once."""
    from briefwell import Settings
    from briefwell.embeddings import load_embedder

    load_embedder(Settings(), models=Path(models)).embed_query(QUESTION)
    return {}


def tutorial_index(documents: str, index: str) -> dict[str, Any]:
    """Read, split, embed and store every text file."""
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    embeddings = _tutorial_embeddings()
    loaded = [
        Document(page_content=path.read_text(encoding="utf-8"), metadata={"source": str(path)})
        for path in sorted(Path(documents).rglob("*"))
        if path.suffix in (".txt", ".md")
    ]
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    chunks = splitter.split_documents(loaded)
    Chroma.from_documents(chunks, embeddings, persist_directory=index)
    return {"chunks": len(chunks)}


def tutorial_same_chunks(texts: str, index: str) -> dict[str, Any]:
    """Embed and store texts that were cut before: our chunks."""
    from langchain_chroma import Chroma

    given = json.loads(Path(texts).read_text(encoding="utf-8"))
    Chroma.from_texts(given, _tutorial_embeddings(), persist_directory=index)
    return {"chunks": len(given)}


def tutorial_ask(index: str) -> dict[str, Any]:
    """Open the index and find the passages for one question: no answer is written."""
    from langchain_chroma import Chroma

    store = Chroma(persist_directory=index, embedding_function=_tutorial_embeddings())
    return {"found": len(store.similarity_search(QUESTION, k=4))}


def tutorial_warm(index: str, questions: str) -> dict[str, Any]:
    """Find the passages for many questions."""
    from langchain_chroma import Chroma

    store = Chroma(persist_directory=index, embedding_function=_tutorial_embeddings())
    return _timed(lambda question: store.similarity_search(question, k=4), questions)


def our_index(documents: str, index: str) -> dict[str, Any]:
    """Reindex, as the command line does."""
    from briefwell import Assistant

    with Assistant.open(documents=documents, index=index) as assistant:
        report = assistant.reindex()
    return {"chunks": report.chunks, "embedded": report.embedded, "failed": len(report.failed)}


def our_ask(documents: str, index: str) -> dict[str, Any]:
    """Answer one question with citations, as the command line does."""
    from briefwell import Assistant

    with Assistant.open(documents=documents, index=index) as assistant:
        answer = assistant.ask(QUESTION)
        took = _since_start()
    return {"statements": len(answer.statements), "seconds": took}


def our_warm(documents: str, index: str, questions: str) -> dict[str, Any]:
    """Answer many questions."""
    from briefwell import Assistant

    with Assistant.open(documents=documents, index=index) as assistant:
        return _timed(assistant.ask, questions)


def seeded_index(documents: str, index: str) -> dict[str, Any]:
    """Reindex with vectors drawn from each text's hash: any size, no model's time."""
    from benchmarks.seeded import SeededEmbedder
    from briefwell import Assistant

    embedder = SeededEmbedder()
    with Assistant.open(documents=documents, index=index, embedder=embedder) as assistant:
        return {"chunks": assistant.reindex().chunks}


def seeded_warm(documents: str, index: str, questions: str) -> dict[str, Any]:
    """Answer many questions over drawn vectors."""
    from benchmarks.seeded import SeededEmbedder
    from briefwell import Assistant

    embedder = SeededEmbedder()
    with Assistant.open(documents=documents, index=index, embedder=embedder) as assistant:
        return _timed(assistant.ask, questions)


def half_seeded_warm(documents: str, index: str, questions: str, models: str) -> dict[str, Any]:
    """Answer many questions over drawn vectors, with the model's time for each question."""
    from benchmarks.seeded import ModelAtQuestions
    from briefwell import Assistant

    embedder = ModelAtQuestions(Path(models))
    with Assistant.open(documents=documents, index=index, embedder=embedder) as assistant:
        return _timed(assistant.ask, questions)


def forward(texts: str, models: str) -> dict[str, Any]:
    """Run the model alone over tokens made before: what embedding cannot be quicker than."""
    import numpy
    import onnxruntime
    from tokenizers import Tokenizer

    from briefwell.embeddings.engines import BATCH_TOKENS, cores

    (folder,) = (path.parent for path in Path(models).glob("*/model.onnx"))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    given = dict.fromkeys(json.loads(Path(texts).read_text(encoding="utf-8")))
    ids = sorted((made.ids for made in tokenizer.encode_batch(list(given))), key=len)
    batches: list[list[list[int]]] = [[]]
    for line in reversed(ids):
        if batches[-1] and (len(batches[-1]) + 1) * len(batches[-1][0]) > BATCH_TOKENS:
            batches.append([])
        batches[-1].append(line)
    feeds = []
    for batch in batches:
        shape = (len(batch), len(batch[0]))
        tokens, mask = numpy.zeros(shape, numpy.int64), numpy.zeros(shape, numpy.int64)
        for row, line in enumerate(batch):
            tokens[row, : len(line)], mask[row, : len(line)] = line, 1
        feeds.append({"input_ids": tokens, "attention_mask": mask})
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options)
    started = time.perf_counter()
    with ThreadPoolExecutor(cores()) as pool:
        list(pool.map(lambda feed: session.run(None, feed), feeds))
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "tokens": sum(map(len, ids)), "texts": len(ids)}


def _timed(ask: Callable[[str], Any], questions: str) -> dict[str, Any]:
    given = json.loads(Path(questions).read_text(encoding="utf-8"))
    # Warm from the third on: the first is answered without Chroma, the second opens it.
    for question in given[:2]:
        ask(question)
    took = []
    for question in given:
        started = time.perf_counter()
        ask(question)
        took.append(time.perf_counter() - started)
    return {"median": statistics.median(took), "p95": statistics.quantiles(took, n=20)[-1]}


_STARTED = float(sys.argv[2]) if len(sys.argv) > 2 else time.time()


def _since_start() -> float:
    return time.time() - _STARTED


WORK = {
    made.__name__: made
    for made in (
        compile_model,
        tutorial_index,
        tutorial_same_chunks,
        tutorial_ask,
        tutorial_warm,
        our_index,
        our_ask,
        our_warm,
        seeded_index,
        seeded_warm,
        half_seeded_warm,
        forward,
    )
}


def _peak_megabytes() -> float:
    # The figure of getrusage begins with what the parent process took before it started this.
    try:
        told = Path("/proc/self/status").read_text(encoding="utf-8")
        return int(told.partition("VmHWM:")[2].split()[0]) / 1024
    except (OSError, ValueError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Do the work the arguments name and print its figures as one line of JSON."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    told = WORK[sys.argv[1]](*sys.argv[3:])
    figures = {"seconds": _since_start(), "megabytes": _peak_megabytes(), **told}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
