"""A row of a table can be quoted alone: it carries its row and column headings."""

from __future__ import annotations

import pytest

from briefwell.loaders.tables import Cell, grid_of, header_rows, render


def text_of(*rows: tuple[str, ...], headings: int = 0) -> str:
    cells = [[Cell(text, is_heading=n < headings) for text in row] for n, row in enumerate(rows)]
    grid = grid_of(cells)
    return render(grid, headers=header_rows(grid))[0]


def test_a_header_of_words_over_figures_is_found():
    assert (
        text_of(("Port", "2019 ships"), ("Ellery", "41"))
        == "Port | 2019 ships\nEllery — 2019 ships: 41"
    )


def test_a_row_of_years_is_a_header_of_figures():
    rows = (("Port", "2018", "2019"), ("Ellery", "41", "57"))
    assert text_of(*rows).splitlines()[1] == "Ellery — 2018: 41; 2019: 57"
    assert text_of(("Founded", "1902"), ("Ships", "41")) == "Founded: 1902\nShips: 41"


def test_without_a_header_cells_are_only_set_side_by_side():
    assert text_of(("Name", "Ellery"), ("Mayor", "Rosa Lind")) == "Name: Ellery\nMayor: Rosa Lind"
    assert text_of(("a", "b", "c"), ("d", "e", "f")) == "a — b; c\nd — e; f"


def test_marked_headings_count_without_figures():
    assert text_of(("Port", "Mayor"), ("Ellery", "Rosa Lind"), headings=1) == (
        "Port | Mayor\nEllery — Mayor: Rosa Lind"
    )


def test_a_row_that_begins_with_a_figure_names_that_column_too():
    assert text_of(("Year", "Ships", "Boats"), ("2019", "41", "7")).splitlines()[1] == (
        "Year: 2019; Ships: 41; Boats: 7"
    )


def test_a_row_that_begins_with_a_date_names_that_column_too():
    rows = (("Closed", "By"), ("March 28, 1845", "Ellery"))
    assert text_of(*rows, headings=1).splitlines()[1] == "Closed: March 28, 1845; By: Ellery"


def test_empty_cells_say_nothing():
    assert text_of(("Port", "A", "B"), ("Ellery", "", "7"), ("", "", "")).splitlines()[1:] == [
        "Ellery — B: 7"
    ]


def test_spanning_cells_are_written_once_under_all_their_headings():
    rows = [
        [
            Cell("Port", is_heading=True),
            Cell("2019", is_heading=True),
            Cell("2020", is_heading=True),
        ],
        [Cell("Ellery", rows=2), Cell("closed", columns=2)],
        [Cell("41"), Cell("57")],
    ]
    grid = grid_of(rows)
    assert render(grid, headers=1)[0].splitlines()[1:] == [
        "Ellery — 2019 / 2020: closed",
        "Ellery — 2019: 41; 2020: 57",
    ]


@pytest.mark.parametrize("span", [0, 1, 10_000_000])
def test_a_huge_span_stays_small(span: int):
    grid = grid_of([[Cell("a", columns=span, rows=span)], [Cell("b")]])
    assert sum(len(row) for row in grid) <= 2 * 200
