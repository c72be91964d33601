"""Each request has a number, is counted, and stands in the log without what was asked for."""

import json
import logging

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from lib import slow_queries
from lib.counting import COUNTS, Counts
from lib.logs import JsonFormatter
from lib.requests import NumberMiddleware


def ask(path="/healthz", status=200, **headers):
    request = RequestFactory().get(path, headers=headers)
    request.resolver_match = resolve(path.partition("?")[0])
    return NumberMiddleware(lambda _request: HttpResponse(status=status))(request)


@pytest.mark.parametrize("given", ["a1b2c3d4", "0190-f3.x_y" * 5])
def test_a_proxys_number_is_taken_over(given):
    assert ask(**{"X-Request-ID": given}).headers["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "abc12345\n", "abc 12345", "<b>12345678"])
def test_anything_else_gets_a_number_of_its_own(given):
    number = ask(**{"X-Request-ID": given}).headers["X-Request-ID"]
    assert number != given
    assert len(number) == 16


def test_numbers_differ():
    assert ask().headers["X-Request-ID"] != ask().headers["X-Request-ID"]


@pytest.mark.parametrize(("limit", "lines"), [(0, 0), (100_000, 0), (0.000001, 1)])
def test_slow_requests_stand_in_the_log_without_the_query(caplog, settings, limit, lines):
    settings.SLOW_REQUEST_MS = limit
    ask("/healthz?name=Erika")
    assert len(caplog.records) == lines
    for line in caplog.records:
        assert (line.levelno, line.status, line.view) == (logging.WARNING, 200, "healthz")
        assert "Erika" not in line.getMessage()


def test_no_line_within_a_request_tells_a_secret_of_its_path():
    path, lines = "/admin/account/password/new/3-geheim/", []

    def note():
        line = logging.LogRecord("accounts", logging.WARNING, "", 1, "Slow.", (), None)
        lines.append(json.loads(JsonFormatter().format(line)).get("path"))

    def answer(request):
        note()
        request.resolver_match = resolve(path)
        note()
        return HttpResponse()

    NumberMiddleware(answer)(RequestFactory().get(path))
    assert lines == [None, f"/{resolve(path).route}"]


def test_requests_are_told_if_wanted(caplog):
    with caplog.at_level(logging.INFO, logger="requests"):
        ask(status=404)
    assert caplog.records[0].getMessage().startswith("GET /healthz: 404 in ")


def test_answers_are_counted_by_page_and_status():
    before = COUNTS.answers["healthz", "5xx"]
    ask(status=503)
    assert COUNTS.answers["healthz", "5xx"] == before + 1


def test_durations_go_into_buckets():
    counts = Counts()
    for seconds in (0.01, 0.011, 7):
        counts.note("home", 200, seconds)
    assert counts.durations["home"].ends == [1, 1, 0, 0, 0, 0, 0, 0, 1]
    assert counts.durations["home"].seconds == pytest.approx(7.021)


@pytest.mark.django_db
def test_slow_queries_stand_in_the_log_without_values(caplog, settings):
    settings.SLOW_QUERY_MS = 0.000001
    with connection.execute_wrapper(slow_queries.Watch()), connection.cursor() as cursor:
        cursor.execute("SELECT %s", ["Erika"])
        cursor.execute("SELECT 'Erika'")
    assert [line.sql for line in caplog.records] == ["SELECT %s", "SELECT"]


def test_without_the_setting_no_query_is_watched(settings):
    class Connection:
        execute_wrappers = []

    settings.SLOW_QUERY_MS = 0
    slow_queries.listen(Connection)
    assert Connection.execute_wrappers == []
    settings.SLOW_QUERY_MS = 5
    slow_queries.listen(Connection)
    slow_queries.listen(Connection)
    assert len(Connection.execute_wrappers) == 1
