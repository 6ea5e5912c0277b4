"""The embedding model's own tokenizer, without transformers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from briefwell.errors import ModelFailed


class Tokens:
    """Counts and makes tokens; safe to call from several threads.

    Args:
        serialised: What a `tokenizer.json` holds.
        window: Most tokens of one text, special tokens included.

    Raises:
        ModelFailed: It is no tokenizer.
    """

    def __init__(self, serialised: str, *, window: int) -> None:
        self._window = window
        self._lock = Lock()
        self._whole = _parse(serialised)
        self._cutting: Any = None

    @classmethod
    def read(cls, path: Path, *, window: int) -> Tokens:
        """Read a `tokenizer.json`.

        Raises:
            ModelFailed: There is none, or it is broken.
        """
        try:
            return cls(path.read_text(encoding="utf-8"), window=window)
        except (OSError, UnicodeDecodeError) as error:
            raise _broken(f"The tokenizer {str(path)!r} cannot be read: {error}.") from error

    @property
    def serialised(self) -> str:
        """What a `tokenizer.json` of this tokenizer holds, without any cut or padding."""
        made: str = self._whole.to_str()
        return made

    def count(self, text: str) -> int:
        """Return the number of tokens of `text`, special tokens not included."""
        return len(self._whole.encode(legal(text), add_special_tokens=False))

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the token ids of each text, special tokens included, of any length."""
        return [
            list(made.ids)
            for made in self._whole.encode_batch_fast([legal(text) for text in texts])
        ]

    def head_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the token ids of as much of each text as the window holds, from its start."""
        cutting = self._start_cutting()
        return [list(made.ids) for made in cutting.encode_batch_fast(list(map(legal, texts)))]

    def head_spans(self, texts: Sequence[str]) -> list[tuple[tuple[int, int], ...]]:
        """Return the code points each token of `head_ids` covers; empty for special tokens."""
        made = self._start_cutting().encode_batch(list(map(legal, texts)))
        return [tuple(encoding.offsets) for encoding in made]

    def _start_cutting(self) -> Any:
        with self._lock:
            if self._cutting is None:
                self._cutting = _parse(self.serialised)
                self._cutting.enable_truncation(max_length=self._window)
        return self._cutting


def legal(text: str) -> str:
    """Return `text` with a question mark for each lone surrogate, which tokenizers refuse."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _parse(serialised: str) -> Any:
    from tokenizers import Tokenizer

    try:
        whole = Tokenizer.from_str(serialised)
    except Exception as error:  # the package raises bare Exception for whatever is wrong
        raise _broken(f"The model's tokenizer cannot be read: {error}.") from error
    # Published tokenizers often carry a cut at 128 tokens and padding to it.
    whole.no_truncation()
    whole.no_padding()
    return whole


def _broken(problem: str) -> ModelFailed:
    return ModelFailed(
        problem, "Fetch or install the model again; delete index/models if the file is there."
    )
