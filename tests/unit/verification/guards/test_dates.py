"""Dates may be told as finely as the source tells them, or more coarsely; never more finely."""

from __future__ import annotations

import pytest

from briefwell.verification.evidence import Evidence
from briefwell.verification.guards.dates import check

HOLDS = [
    ("It began on 8 October 2021.", "It began on October 8, 2021."),
    ("It began on 2021-10-08.", "It began on October 8th, 2021."),
    ("It began in October 2021.", "It began on October 8, 2021."),
    ("It began in 2021.", "It began on October 8, 2021."),
    ("It began in October.", "It began on October 8, 2021."),
    ("It began in Oct. 2021.", "It began in October 2021."),
    ("It began in the 1990s.", "It began in 1994."),
    ("It began in the 20th century.", "It began in 1994."),
    ("It began.", "It began in 1994."),
    ("It lasted from 1914 to 1918.", "It lasted from 1914-18."),
    ("It began in 2020.", "It began last year."),
    ("It began last year.", "It began last year."),
    ("It began in September 2021.", "It began last month."),
    ("It ended before 1990.", "It ended prior to 1990."),
    ("It may end.", "It may end in May 1994."),
    ("It began in 2019.", "It began two years ago."),
]

FAILS = [
    ("It began on 9 October 2021.", "It began on 8 October 2021.", "it says 8 October 2021"),
    ("It began in November 2021.", "It began in October 2021.", "it says October 2021"),
    ("It began in 2020.", "It began in 2021.", "it says 2021"),
    ("It began on 8 October 2021.", "It began in October 2021.", "only October 2021"),
    ("It began on 8 October 2021.", "It began on October 8.", "only October 8"),
    ("It began in 1994.", "It began in the 1990s.", "only 1990s"),
    ("It began in the 1980s.", "It began in 1994.", "it says 1994"),
    ("It began in the 19th century.", "It began in 1994.", "it says 1994"),
    ("It began after 1990.", "It began before 1990.", "before 1990"),
    ("It lasted until 1990.", "It has lasted since 1990.", "since 1990"),
    ("It began before 1990.", "It began in 1990.", "1990"),
    ("It began last year.", "It began in 2020.", "not last year"),
    ("It began in 2021.", "It began last year.", "it says last year"),
    ("It began in 2021.", "It began at once.", "does not stand"),
    ("It began in May 1994.", "It may begin in 1994.", "only 1994"),
    ("It lasted from 1914 to 1919.", "It lasted from 1914 to 1918.", "1919"),
]


@pytest.mark.parametrize(("statement", "source"), HOLDS)
def test_holds(statement: str, source: str) -> None:
    assert check(statement, Evidence(sentences=(source,), date="2021-10-08")) is None


@pytest.mark.parametrize(("statement", "source", "reason"), FAILS)
def test_fails(statement: str, source: str, reason: str) -> None:
    finding = check(statement, Evidence(sentences=(source,), date="2021-10-08"))
    assert finding is not None
    assert reason in finding.reason


def test_without_a_document_date_last_year_is_no_year() -> None:
    assert check("It began in 2020.", Evidence(sentences=("It began last year.",))) is not None
