"""How the API behaves as a web server: methods, media types, languages, limits, who may read it."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from api.models import Usage
from tests.factories import NOW
from tests.journal.hands import commit_changes

STRANGER = {"REMOTE_ADDR": "203.0.113.77"}


def test_any_site_may_read_it_without_cookies(cast, client):
    for path in ("", "events", "openapi.json", "nichts", "events?x=1"):
        response = client.get(f"/api/v1/{path}", headers={"Origin": "https://elsewhere.example"})
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")
        assert not response.cookies


def test_a_preflight_is_answered(db, client):
    response = client.options("/api/v1/events", headers={"Access-Control-Request-Method": "GET"})
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"])
def test_nothing_can_be_written(db, client, method):
    response = client.generic(method, "/api/v1/events")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.headers["Content-Type"] == "application/problem+json"


def test_head_has_the_headers_of_get_and_no_body(cast, client):
    told, silent = client.get("/api/v1/topics"), client.head("/api/v1/topics")
    assert silent.content == b""
    assert silent.status_code == 200
    assert silent.headers["ETag"] == told.headers["ETag"]


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("", 200),
        ("*/*", 200),
        ("application/json", 200),
        ("text/html,application/xhtml+xml,*/*;q=0.8", 200),
        ("Application/*; q=0.5", 200),
        ("text/html", 406),
        ("application/xml, text/csv;q=0.9", 406),
        ("application/json;q=0", 406),
    ],
)
def test_only_json_is_spoken(db, client, accept, status):
    response = client.get("/api/v1/topics", headers={"Accept": accept} if accept else {})
    assert response.status_code == status


def test_an_answer_is_compressed(cast, client):
    response = client.get("/api/v1/events?when=all", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"


def test_the_licence_stands_in_the_header(db, client, settings):
    settings.DATA_LICENCE = "https://licence.example/"
    assert '<https://licence.example/>; rel="license"' in client.get("/api/v1/").headers["Link"]


# -- what need not be sent again -------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["events?when=all", "topics?lang=en", "events?updated_since=2020-01-01T00:00:00Z"]
)
def test_an_unchanged_answer_is_not_sent_again(cast, client, path, django_assert_num_queries):
    tag = client.get(f"/api/v1/{path}").headers["ETag"]
    with django_assert_num_queries(2):
        response = client.get(f"/api/v1/{path}", headers={"If-None-Match": tag})
    assert (response.status_code, response.content) == (304, b"")


def test_an_edit_makes_a_new_answer(cast, client):
    tag = client.get("/api/v1/events").headers["ETag"]
    cast.cloud.name_de = "Wolke"
    cast.cloud.save()
    commit_changes()
    assert client.get("/api/v1/events", headers={"If-None-Match": tag}).status_code == 200


# -- limits ----------------------------------------------------------------------------------------


def test_a_network_may_send_so_many_requests_in_a_minute(db, client, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    with time_machine.travel(NOW, tick=False):
        answers = [client.get("/api/v1/", **STRANGER) for _ in range(3)]
        other = client.get("/api/v1/", REMOTE_ADDR="198.51.100.1")
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert other.status_code == 200
    assert answers[0].headers["RateLimit-Policy"] == '"default";q=2;w=60'
    assert answers[0].headers["RateLimit"] == '"default";r=1;t=60'
    assert answers[2].headers["Retry-After"] == "60"
    assert answers[2].json()["type"].endswith("#too-many-requests")
    with time_machine.travel(NOW + dt.timedelta(seconds=60), tick=False):
        assert client.get("/api/v1/", **STRANGER).status_code == 200


def test_the_description_and_this_machine_are_hard_to_lock_out(db, client, settings):
    settings.API_REQUESTS_PER_MINUTE = 1
    assert client.get("/api/v1/").headers["RateLimit-Policy"] == '"default";q=100;w=60'


def test_no_limit_is_a_choice(db, client, settings):
    settings.API_REQUESTS_PER_MINUTE = 0
    # A web server that another test had started may have counted a last request.
    Usage.objects.all().delete()
    assert "RateLimit" not in client.get("/api/v1/", **STRANGER).headers
    assert not Usage.objects.exists()


def test_no_address_is_kept_and_old_counts_go(db, client):
    with time_machine.travel(NOW, tick=False):
        client.get("/api/v1/", **STRANGER)
    (kept,) = Usage.objects.all()
    assert "203" not in kept.client
    assert len(kept.client) == 32
    with time_machine.travel(NOW + dt.timedelta(days=1), tick=False):
        client.get("/api/v1/", **STRANGER)
    assert Usage.objects.get().client != kept.client


def test_counts_begin_with_one(db):
    with pytest.raises(IntegrityError, match="usage_counts_from_one"), transaction.atomic():
        Usage.objects.create(client="x", since=NOW, used=0)
