"""What programs hand over as a question and its history."""

from __future__ import annotations

from typing import Any

import pytest

import briefwell
from briefwell.assistant.question import LONGEST_QUESTION, check_question
from briefwell.errors import ConfigError

ASKED = {"role": "user", "content": "What is the HLED?"}


@pytest.mark.parametrize(
    ("history", "contents"),
    [
        (None, []),
        ([], []),
        ((ASKED,), ["What is the HLED?"]),
        ([{**ASKED, "metadata": None, "options": []}], ["What is the HLED?"]),
        ([{"role": "system", "content": "Be brief."}, ASKED], ["What is the HLED?"]),
        ([{"role": "user", "content": [{"type": "text", "text": "Who?"}]}], ["Who?"]),
        ([{"role": "user", "content": ["Who?", {"type": "file", "file": {}}]}], ["Who?"]),
    ],
)
def test_turns_are_read_as_chat_programs_write_them(history: Any, contents: list[str]) -> None:
    assert [turn["content"] for turn in check_question("And who?", history)] == contents


@pytest.mark.parametrize(
    "history",
    [{}, "Who?", ["Who?"], [{"role": "user"}], [{"role": "user", "content": 3}], [("a", "b")], 3],
)
def test_other_histories_are_refused(history: Any) -> None:
    with pytest.raises(ConfigError, match="history") as refused:
        check_question("And who?", history)
    assert '"role": "user"' in refused.value.remedy


@pytest.mark.parametrize("question", [None, 5, b"Who?", "x" * (LONGEST_QUESTION + 1)])
def test_what_is_no_question_is_refused(question: Any) -> None:
    with pytest.raises(ConfigError, match="question"):
        check_question(question)


def test_the_package_tells_its_version() -> None:
    assert briefwell.__version__.count(".") == 2
    with pytest.raises(AttributeError):
        briefwell.__nothing__  # noqa: B018 - reading it is what is tested
