"""When a source that stopped its reading process is read again.

Such a source costs its whole limit of time or memory with every try, and what stopped it may
have been the machine's load as well as the file. So it is tried again, each time after twice
the wait; the manifest keeps how often and when, in the failed source's `load_recipe`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

_SECOND = 1_000_000_000
_FIRST_WAIT = 600 * _SECOND
_LONGEST_WAIT = 7 * 24 * 3600 * _SECOND
_SEPARATOR = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The last try of a source that stopped its reading process.

    Attributes:
        recipe: What decided that it failed: loaders and limits.
        count: How often it was tried with them.
        at_ns: When it was tried last, in nanoseconds since 1970.
    """

    recipe: str
    count: int
    at_ns: int

    @classmethod
    def parse(cls, stored: str) -> Trial | None:
        """Return the trial a `load_recipe` tells of; None when it tells of none."""
        parts = stored.split(_SEPARATOR)
        if len(parts) != 3:
            return None
        return cls(recipe=parts[0], count=int(parts[1]), at_ns=int(parts[2]))

    def packed(self) -> str:
        """Return it as a `load_recipe`."""
        return _SEPARATOR.join((self.recipe, str(self.count), str(self.at_ns)))

    @property
    def due_ns(self) -> int:
        """When the next try is due, in nanoseconds since 1970."""
        return self.at_ns + min(_FIRST_WAIT << min(self.count - 1, 16), _LONGEST_WAIT)

    def is_waiting(self, recipe: str, now_ns: int) -> bool:
        """Tell whether a file that is as it was need not be tried yet with this recipe."""
        # A clock that was set back must not put the next try off for ever.
        return self.recipe == recipe and self.at_ns <= now_ns < self.due_ns

    @property
    def words(self) -> str:
        """What it means for the user, as a sentence."""
        due = datetime.fromtimestamp(self.due_ns // _SECOND, UTC)
        often = "once" if self.count == 1 else f"{self.count} times"
        return (
            f"Tried {often}; it is tried again by the first reindex after "
            f"{due:%Y-%m-%d %H:%M} UTC, or as soon as the file or a limit changes."
        )
