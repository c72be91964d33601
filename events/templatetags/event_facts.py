"""Single facts of an event in words: values of closed vocabularies, prices, addresses."""

from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from babel.numbers import format_currency, format_decimal
from django import template
from django.utils.translation import get_language

from events.models import Price
from lib import dates
from lib.dates import EN_DASH

register = template.Library()

register.filter("day", dates.day)


@register.filter
def labels(thing: Any, field: str) -> list[str]:
    """The words of a field that holds several values of a closed vocabulary."""
    choices = dict(thing._meta.get_field(field).base_field.choices)
    return [str(choices.get(value, value)) for value in getattr(thing, field)]


@register.filter
def money(price: Price) -> str:
    """490 €, 490–690 €, 49,50 €: pence only where there are any."""
    low = _amount(price.amount, price.currency)
    if price.amount_to is None:
        return low
    return f"{low} {EN_DASH} {_amount(price.amount_to, price.currency)}"


def _amount(amount: Decimal, currency: str) -> str:
    pattern = "#,##0 ¤" if amount == amount.to_integral_value() else "#,##0.00 ¤"
    return format_currency(amount, currency, pattern, locale=_locale(), currency_digits=False)


@register.filter
def thousands(number: int) -> str:
    """11.000 in German, 11,000 in English."""
    return _thousands(number, _locale())


@lru_cache(maxsize=1024)
def _thousands(number: int, locale: str) -> str:
    return format_decimal(number, locale=locale)


def _locale() -> str:
    return "en_GB" if get_language() == "en" else "de_DE"


@register.filter
def host(url: str) -> str:
    """The site that an address leads to: www.kgst.de becomes kgst.de."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
