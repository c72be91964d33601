from decimal import Decimal

import pytest
from django.utils import translation

from events.models import Price
from events.templatetags.event_facts import host, labels, money, thousands
from tests.factories import EventFactory


def test_values_of_a_closed_vocabulary_become_words():
    assert labels(EventFactory.build(languages=["de", "en"]), "languages") == ["Deutsch", "Englisch"]


def test_a_value_that_is_no_longer_known_stays_readable():
    assert labels(EventFactory.build(formats=["quiz"]), "formats") == ["quiz"]


@pytest.mark.parametrize(
    ("amount", "amount_to", "german", "english"),
    [
        ("490", None, "490 €", "490 €"),
        ("49.50", None, "49,50 €", "49.50 €"),
        ("1290", "1890.50", "1.290 € – 1.890,50 €", "1,290 € – 1,890.50 €"),
    ],
)
def test_prices_read_as_people_write_them(amount, amount_to, german, english):
    price = Price(amount=Decimal(amount), amount_to=amount_to and Decimal(amount_to))
    assert money(price) == german
    with translation.override("en"):
        assert money(price) == english


def test_large_numbers_are_grouped():
    assert thousands(11000) == "11.000"
    with translation.override("en"):
        assert thousands(11000) == "11,000"


@pytest.mark.parametrize(
    ("url", "shown"), [("https://www.kgst.de/dikomm", "kgst.de"), ("http://x.example:8080/", "x.example")]
)
def test_an_address_is_shown_by_its_host(url, shown):
    assert host(url) == shown
