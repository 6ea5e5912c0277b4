"""One table for every loader: a small real file, and what must come out of it.

Expected values were written by hand from the files, not taken from a run.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """A file and what its document holds.

    Attributes:
        file: Name in this folder.
        title: The document's title.
        author: Its author.
        date: Its date.
        headings: Level and text of each heading, in order.
        quotable: Words that must stand in one block that is not furniture.
        furniture: Words that must stand in a furniture block.
        absent: Words that must not stand in the text at all.
        pages: How many pages.
    """

    file: str
    title: str
    author: str | None = None
    date: str | None = None
    headings: tuple[tuple[int, str], ...] = ()
    quotable: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    pages: int = 0

    @property
    def path(self) -> Path:
        """Where the file is."""
        return HERE / self.file


VECTORS = (
    Vector(
        file="tram.txt",
        title="Tram Lines: What the City Plans",
        author="Lena M. O'Brien",
        headings=(
            (1, "Tram Lines: What the City Plans"),
            (2, "Funding: Who Pays and When"),
            (2, "What Comes Next"),
        ),
        quotable=(
            "A loan of 12 million euros covers the first stage.",
            "a Fellow of the Transport\n\nInstitute in the old town.",
            "She was U.N.\n\nEnvoy for Cities from 2012 to 2016.",
        ),
        furniture=("top of page", "bottom of page"),
    ),
    Vector(
        file="water.md",
        title="Water Supply in Dry Years",
        author="Ana Ruiz and Li Wei",
        date="2020-06-30",
        headings=((1, "# Water Supply"), (2, "## Use by Sector")),
        quotable=(
            "The reservoir held **enough** water\nfor eight months.",
            "- Repair the pipes\n  before winter",
            "| Farms  |   41 |   38 |",
            "> Rain is no plan.",
        ),
        furniture=("lang: en", "<!-- check this figure -->", "[source]: https://example.org"),
    ),
    Vector(
        file="museum.html",
        title="Museum Opens New Wing",
        author="Jon Berg",
        date="2023-02-11",
        headings=((1, "Museum Opens New Wing"), (2, "Visitors")),
        quotable=(
            "The wing has four halls and a café.",
            "Entry is free on Sundays.\nGroups must book.",
            "East — Visitors / 2021: 100; Visitors / 2022: 140",
            "East — Visitors / 2021: 7 schools; Visitors / 2022: 9 schools",
        ),
        furniture=("Home News", "We use cookies", "All rights reserved."),
        absent=("ignore the rest", "a comment", "changed", "display", "Accept"),
    ),
    Vector(
        file="harbour.pdf",
        title="Harbour Traffic in the Spring",
        date="2000-01-01",
        headings=((1, "Harbour Traffic in the Spring"), (2, "Ships by Month")),
        quotable=(
            "open before the au-\ntumn. Fees for small boats stay as they\nare",
            "The council will\ndecide on that request in its next\nsession.",
            "April — Ships: 57; Tonnes: 12,750",
            "in the next issue, be-\ncause the count of the northern pier came late.",
        ),
        furniture=("Port Review, quarterly issue", "Page 2 of 3", "Ignore the table"),
        pages=3,
    ),
    Vector(
        file="ferry.docx",
        title="Ferry Lines in Winter",
        author="Rosa Lind",
        date="2022-03-04",
        headings=((1, "Ferry Lines in Winter"), (2, "Summary"), (3, "Passengers")),
        quotable=(
            "The night ferry was cancelled on nine days. Day ferries ran as planned.",
            "Check the ramps",
            "North — December: 1,200; January: 900",
            "All lines — December / January: 3,650",
        ),
        furniture=("Ferry Office, internal",),
        absent=("Nobody may read this",),
    ),
)
