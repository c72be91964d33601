"""While a worker reads a large catalogue SQL answers; what it has no time for can be asked again soon."""

import json

import pytest
from django.db import OperationalError, connection
from django.test import RequestFactory
from psycopg2.errors import QueryCanceled

from events.bits.keeper import keeper
from events.filters import EventFilter
from pages.outages import OutageMiddleware

pytestmark = pytest.mark.django_db


class Reader:
    """A thread that is at work, or done."""

    def __init__(self, is_at_work):
        self.is_alive = lambda: is_at_work


@pytest.fixture(autouse=True)
def too_long(monkeypatch, client):
    """Every list meets the time limit for statements."""

    def slowly(*_about, **_more):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 1; SELECT pg_sleep(5)")

    monkeypatch.setattr(EventFilter, "filter_queryset", slowly)
    client.raise_request_exception = False


@pytest.mark.parametrize("path", ["/veranstaltungen/", "/en/events/", "/api/v1/events"])
@pytest.mark.parametrize(("is_at_work", "status"), [(True, 503), (False, 500)])
def test_a_statement_that_is_ended_means_soon_only_while_the_catalogue_is_read(
    client, monkeypatch, path, is_at_work, status
):
    monkeypatch.setattr(keeper, "_reader", Reader(is_at_work))
    response = client.get(path)
    assert response.status_code == status
    assert (response.headers.get("Retry-After") is not None) == is_at_work
    if path.startswith("/api/"):
        assert json.loads(response.content)["status"] == status


def test_just_after_reading_it_means_the_same(client, monkeypatch):
    monkeypatch.setattr(keeper, "_rests_until", float("inf"))
    assert client.get("/veranstaltungen/").status_code == 503


def test_what_may_have_been_saved_in_part_is_an_error(monkeypatch):
    monkeypatch.setattr(keeper, "_reader", Reader(True))
    error = OperationalError("canceling statement due to statement timeout")
    error.__cause__ = QueryCanceled()
    asked = RequestFactory()
    answers = [
        OutageMiddleware(lambda _request: None).process_exception(request, error)
        for request in (asked.get("/"), asked.post("/"))
    ]
    assert [answer and answer.status_code for answer in answers] == [503, None]
