"""What every call of Chroma passes through."""

from __future__ import annotations

import pytest

from briefwell.storage.doors import Door, VectorsUnavailable


class Refusing:
    """Refuses some calls with an error, then answers."""

    def __init__(self, message: str, times: int) -> None:
        self.message, self.left, self.calls = message, times, 0

    def __call__(self) -> str:
        self.calls += 1
        if self.left:
            self.left -= 1
            raise RuntimeError(self.message)
        return "answered"


LOCKED = "error returned from database: (code: 5) database is locked"


def test_a_call_is_made_again_while_chroma_stands_in_its_own_way():
    call = Refusing(LOCKED, 2)
    assert Door("the vectors").through(call) == "answered"
    assert call.calls == 3


def test_a_lock_that_stays_is_an_error_after_a_few_calls():
    call = Refusing(LOCKED, 99)
    with pytest.raises(VectorsUnavailable, match=r"the vectors: RuntimeError: .* is locked"):
        Door("the vectors").through(call)
    assert call.calls == 5


def test_any_other_error_of_the_embedded_store_is_final():
    call = Refusing("no such collection", 1)
    with pytest.raises(VectorsUnavailable, match="no such collection"):
        Door("the vectors").through(call)
    assert call.calls == 1
