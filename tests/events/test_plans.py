"""Every question that a filter or an order, a page, an output or the API asks of a large table has an index.

The planner is forbidden to read tables from end to end: where it does so all the same, no index fits. Then
what the question costs grows with the catalogue. What indexes are worth with a hundred thousand events
`dev.py bench` measures.
"""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.filters import EventFilter, Sort
from tests.test_urls import PUBLIC, answers

pytestmark = pytest.mark.django_db

# Tables that stay small however large the catalogue is: vocabularies, settings, statements, one row.
SMALL = re.compile(r"django_|auth_|account_|mfa_|journal_|shelf_|operations_|events_topic$|pages_|pg_|api_")
# What reads all of a table on purpose: (table, part of the statement) and why that does not matter.
ALLOWED = {
    ("events_venue", '"latitude"'): "where venues lie, read once for each state of the catalogue",
    ("events_series", 'AS "latest"'): "the sitemap counts all entries",
    ("events_venue", 'AS "latest"'): "the sitemap counts all entries",
    ("organisations_organisation", 'AS "latest"'): "the sitemap counts all entries",
    ("speakers_speaker", 'AS "latest"'): "the sitemap counts all entries",
    ("speakers_speaker", "COUNT("): "the list of people tells how many there are",
    ("index_pending", ""): "what the search has not read yet, worked off before it is asked",
}
VALUES = {
    "q": "Kongress",
    "when": "past",
    "topic": "cloud",
    "format": "congress",
    "mode": "online",
    "organiser": "digitalverband",
    "organisation": "digitalverband",
    "speaker": "{speaker}",
    "series": "smart-country",
    "state": "DE-BE",
    "city": "berlin",
    "country": "DE",
    "venue": "{venue}",
    "near": "Berlin",
    "radius": "10",
    "audience": "municipal",
    "language": "de",
    "status": "cancelled",
    "free": "1",
    "from": "2027-01-01",
    "to": "2027-12-31",
    "sort": "title",
}


def asked_of(client, path):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
        if response.streaming:
            b"".join(response.streaming_content)
    assert response.status_code in (200, 301, 302), (path, response.status_code)
    return {query["sql"] for query in queries.captured_queries if _reads(query["sql"])}


def _reads(sql):
    return re.match(r"\s*(SELECT|WITH|\(SELECT|DECLARE)", sql, re.I)


def scanned(statements):
    """{table: the first statement that reads it from end to end}"""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for sql in sorted(statements):
            asked = re.sub(r"^\s*DECLARE .*? FOR\s", "", sql, flags=re.S)
            cursor.execute("EXPLAIN (FORMAT JSON) " + asked.replace("%", "%%"), [])
            (plan,) = cursor.fetchone()
            for table in _scans((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]):
                if not SMALL.match(table) and not _is_allowed(table, sql):
                    found.setdefault(table, sql)
        cursor.execute("SET LOCAL enable_seqscan = on")
    return found


def _is_allowed(table, sql):
    return any(table == one and part in sql for one, part in ALLOWED)


def _scans(node):
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
    for below in node.get("Plans", []):
        yield from _scans(below)


def test_every_filter_is_looked_at():
    assert VALUES.keys() == set(EventFilter.base_filters)


@pytest.mark.parametrize("form", ["events:list", "events:list-ics", "api"])
def test_every_filter_of_the_list_has_an_index(client, cast, form):
    base = "/api/v1/events" if form == "api" else reverse(form)
    told = {"speaker": cast.keynote_speaker.slug, "venue": cast.berlin_hall.slug}
    queries = [f"{name}={value.format(**told)}" for name, value in VALUES.items()]
    statements = set()
    for query in queries:
        period = "" if query.startswith("when") else "&when=all"
        statements |= asked_of(client, f"{base}?{query}{period}")
    assert scanned(statements) == {}


def test_every_order_of_the_list_has_an_index(client, cast):
    statements = set()
    for order in Sort.ORDERS:
        for period in ("all", "past", "upcoming"):
            statements |= asked_of(client, f"{reverse('events:list')}?sort={order}&when={period}&near=Berlin")
    assert scanned(statements) == {}


def test_every_public_address_asks_by_index(client, cast):
    with CaptureQueriesContext(connection) as queries:
        for _name, response in answers(client, cast, "de", PUBLIC):
            if response.streaming:
                b"".join(response.streaming_content)
    assert scanned({query["sql"] for query in queries.captured_queries if _reads(query["sql"])}) == {}
