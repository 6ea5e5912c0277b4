"""A real model that invents freely writes the answers; nothing unproven is shown."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

import briefwell
import small_model
from inprocess import Bench
from reproof import find_unproven

pytestmark = pytest.mark.model

HARBOUR = """# Harbour report

The harbour of Port Ellery was dredged in 2019. The work cost 4 million crowns.

Some 310 ships called at the harbour in 2020. Pilots say that fog may close it in November.
"""
ORCHARD = """# Orchard survey

The orchards of Linden Valley cover 1,200 hectares. Apples are grown on most of them.

A late frost in May 2021 destroyed a third of the blossom. Growers did not ask for aid.
"""
QUESTIONS = [
    "When was the harbour of Port Ellery dredged?",
    "How many hectares do the orchards of Linden Valley cover?",
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[briefwell.Assistant]:
    bench = Bench(tmp_path_factory.mktemp("adversary"))
    bench.write("harbour.md", HARBOUR)
    bench.write("orchard.md", ORCHARD)
    bench.reindex()
    with (
        small_model.serve(seconds=240, tokens=32) as address,
        briefwell.Assistant.open(
            documents=bench.documents,
            index=bench.index,
            settings=small_model.settings(address),
            embedder=bench.embedder,
        ) as opened,
    ):
        yield opened


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_unproven_is_shown_whatever_the_model_writes(
    assistant: briefwell.Assistant, question: str
):
    events = list(assistant.stream(question))
    answer = events[-1].answer
    assert answer is not None
    assert answer.usage.output_tokens > 0
    assert answer.usage.input_tokens > 100
    assert answer.usage.seconds > 0
    assert answer.statements
    assert find_unproven(answer, lambda source: _text(assistant, source)) == []
    streamed = [event.statement for event in events if event.statement is not None]
    assert tuple(streamed) == answer.statements
    assert answer.model == "smollm2-135m-instruct" or answer.notices


def test_the_server_is_gone_when_it_is_no_longer_wanted():
    with small_model.serve(seconds=60, tokens=8) as address:
        place = urlsplit(address)
        assert place.hostname == "127.0.0.1"
        socket.create_connection(("127.0.0.1", place.port), timeout=30).close()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", place.port), timeout=30)


def _text(assistant: briefwell.Assistant, source: str) -> str:
    document = assistant.document(source)
    assert document is not None
    return document.text
