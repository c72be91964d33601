"""Abbreviations and what they stand for."""

import pytest

from lib.abbreviations import abbreviates, same
from lib.words import meaning


@pytest.mark.parametrize(
    ("short", "long"),
    [("OZG", "Onlinezugangsgesetz"), ("KI", "künstliche Intelligenz"), ("DVC", "Deutsche Verwaltungscloud")],
)
def test_the_list_is_read_both_ways(short, long):
    assert meaning(long) in same()[meaning(short)]
    assert meaning(short) in same()[meaning(long)]


def test_every_name_on_the_list_stands_for_something():
    assert all(name and len(names) > 1 for name, names in same().items())


@pytest.mark.parametrize(
    ("short", "long", "does"),
    [
        ("OZG", "Onlinezugangsgesetz", True),
        ("EfA", "Einer für Alle", True),
        ("DVC", "Deutsche Verwaltungscloud", True),
        ("DVC", "Cloud-Infrastruktur", False),
        ("LLM", "Künstliche Intelligenz", False),
        ("Stadt", "Stadtverwaltung", False),
        ("KI", "KI", False),
    ],
)
def test_letters_in_their_order_abbreviate(short, long, does):
    assert abbreviates(short, long) is does
