"""The messages between a loading process and its caller: a length, then a pickled value."""

from __future__ import annotations

import pickle
import struct
from typing import IO

_LENGTH = struct.Struct("!Q")


def send(stream: IO[bytes], value: object) -> None:
    """Write one message.

    Raises:
        OSError: The other side is gone.
    """
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> object | None:
    """Return the next message; None when the other side is gone or broke off."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        return None
    value: object = pickle.loads(data)
    return value
