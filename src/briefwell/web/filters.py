"""What a search is restricted to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from briefwell.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a search is restricted to.

    Attributes:
        sources: Relative paths; empty means all.
        since: Only documents of this date or later, ISO 8601; empty means any.
        until: Only documents of this date or earlier, ISO 8601; empty means any.
    """

    sources: tuple[str, ...] = ()
    since: str = ""
    until: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return what is set, as JSON-ready values."""
        given = {"sources": list(self.sources), "since": self.since, "until": self.until}
        return {name: value for name, value in given.items() if value}


def checked(filters: Filters) -> Filters:
    """Return the filters with their dates proven to be dates.

    Raises:
        ConfigError: A date is not of the form 2021, 2021-10 or 2021-10-08.
    """
    for name, value in (("from", filters.since), ("to", filters.until)):
        parts = value.split("-")
        if value and not (
            len(parts) <= 3
            and len(parts[0]) == 4
            and all(part.isdecimal() for part in parts)
            and all(len(part) == 2 for part in parts[1:])
        ):
            raise ConfigError(
                f"The date {value!r} (“{name}”) is not one Briefwell can read.",
                "Write it as 2021, 2021-10 or 2021-10-08.",
            )
    return filters
