"""How much one page, and one person, may ask for."""

from __future__ import annotations

import pytest

from briefwell.errors import ConfigError
from briefwell.web.limits import Allowance, Client, Limits, Rate

ADA = Client(page="p1", person="ada")
MANY = Allowance(at_once=100, a_minute=100)


def test_one_page_has_so_many_questions_open():
    limits = Limits(page=Allowance(at_once=1, a_minute=100), person=MANY)
    with limits.asking(ADA):
        with (
            pytest.raises(ConfigError, match="being answered already") as caught,
            limits.asking(ADA),
        ):
            pass
        with limits.asking(Client(page="p2", person="ada")):
            pass
    assert "Wait for one of them" in caught.value.remedy
    with limits.asking(ADA):
        pass


def test_many_pages_of_one_person_count_together():
    limits = Limits(page=MANY, person=Allowance(at_once=2, a_minute=100))
    with limits.asking(ADA), limits.asking(Client(page="p2", person="ada")):
        with pytest.raises(ConfigError), limits.asking(Client(page="p3", person="ada")):
            pass
        with limits.asking(Client(page="p4", person="bob")):
            pass


def test_so_many_a_minute():
    limits = Limits(page=Allowance(at_once=9, a_minute=2), person=MANY)
    for _ in range(2):
        with limits.asking(ADA):
            pass
    with pytest.raises(ConfigError, match="2 questions within a minute"), limits.asking(ADA):
        pass


def test_a_place_is_given_back_when_the_answer_fails():
    limits = Limits(page=Allowance(at_once=1, a_minute=100), person=MANY)
    with pytest.raises(ZeroDivisionError), limits.asking(ADA):
        raise ZeroDivisionError
    with limits.asking(ADA):
        pass


def test_what_is_past_no_longer_counts():
    rate = Rate(1, seconds=0.0)
    rate.count("ada")
    assert not rate.is_exceeded("ada")
    rate = Rate(1)
    rate.count("ada")
    assert rate.is_exceeded("ada")
    assert not rate.is_exceeded("bob")
