"""What sessions have planned goes on to answer while a migration makes room for longer texts."""

import sys

import pytest
from django.db import connection
from django.urls import get_resolver

from lib.planned import Planned

pytestmark = pytest.mark.django_db


def planned():
    """{name: statement} of all that the site asks in this way."""
    assert get_resolver().url_patterns  # all of it is read
    found = {}
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] not in ("api", "events", "index"):
            continue
        for value in vars(module).values():
            some = value.values() if isinstance(value, dict) else [value]
            found |= {one._name: one for one in some if isinstance(one, Planned)}
    return found


def _is_limited(told):
    """Whether it is a text of a type with a length: character or character varying."""
    return told.type_code in (1042, 1043) and told.internal_size > 0


def test_no_column_tells_how_long_its_texts_may_be():
    statements = planned()
    assert {"api_around", "api_events", "year_events", "events_cards", "index_texts"} <= set(statements)
    limited = set()
    for name, one in statements.items():
        with connection.cursor() as cursor:
            one._plan()
            count = one._execute.count("%(")
            cursor.execute(f"EXECUTE {name} ({', '.join(['NULL'] * count)})")
            limited |= {(name, told.name) for told in cursor.description if _is_limited(told)}
    assert limited == set()
