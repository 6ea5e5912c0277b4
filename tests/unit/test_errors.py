"""Errors tell problem and remedy, survive pickling and become JSON."""

from __future__ import annotations

import pickle

import pytest

from briefwell import (
    BriefingError,
    ConfigError,
    IndexMissing,
    InternalError,
    ModelFailed,
    UnreadableDocument,
)


def test_the_text_is_problem_and_remedy():
    error = ConfigError("The port is 0.", "Choose another.")
    assert str(error) == "The port is 0. Choose another."
    assert (error.problem, error.remedy) == ("The port is 0.", "Choose another.")


def test_to_dict_names_the_kind():
    error = IndexMissing("There is no index.", "Run `briefwell reindex`.")
    assert error.to_dict() == {
        "error": "IndexMissing",
        "problem": "There is no index.",
        "remedy": "Run `briefwell reindex`.",
    }


@pytest.mark.parametrize(
    "error",
    [
        ConfigError("p", "r"),
        UnreadableDocument("p", "r", path="a/b.pdf"),
        ModelFailed("p", "r", retryable=True),
        InternalError("p"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_cross_a_process_border_whole(error: BriefingError):
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert (back.problem, back.remedy) == (error.problem, error.remedy)
    assert vars(back) == vars(error)


def test_our_own_bugs_say_how_to_report_them():
    assert "report it" in InternalError("Impossible.").remedy
