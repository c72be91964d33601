"""What is on the shelf is what the house would answer, and nobody gets what is meant for somebody else."""

import gzip
import random

import brotli
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from events.models import Event
from shelf import serving
from tests.api.mirror import COLLECTIONS
from tests.factories import EventFactory
from tests.journal.hands import commit_changes
from tests.test_urls import PUBLIC, values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
LIST = "/veranstaltungen/"
# Whatever else is public either varies from request to request, or costs next to nothing.
KEPT = {
    "dcat-jsonld", "dcat-rdf", "home", "sitemap", "sitemap-part",
    *(f"events:{one}" for one in (
        "detail", "ics", "json", "jsonld", "list", "list-atom", "list-csv", "list-ics", "list-json",
        "list-jsonld", "map", "month", "programme", "series", "series-jsonld", "series-list", "subscribe",
        "topic", "topic-jsonld", "topic-list", "venue", "venue-jsonld", "venue-list", "year",
    )),
    *(f"{app}:{one}" for app in ("organisations", "speakers") for one in ("detail", "jsonld", "list")),
    *(f"pages:{one}" for one in (
        "accessibility", "accessibility-data", "catalogue", "data", "imprint", "privacy", "statement",
    )),
    *(f"search:{one}" for one in ("search", "suggestions")),
    *(f"sharing:{one}" for one in ("builder", "embed-event", "embed-list")),
    *(f"api-v1:{form}_{one}" for form in ("list", "get") for one in COLLECTIONS), "api-v1:list_changes",
}  # fmt: skip
# What clients send besides the address. None of it may show in what others get.
STRANGE = {
    "accept": "text/plain, */*;q=0.1",
    "accept-language": "fr",
    "cookie": "theme=dark",
    "forwarded": "host=evil.example;proto=https",
    "hx-boosted": "true",
    "hx-request": "true",
    "origin": "https://evil.example",
    "range": "bytes=0-10",
    "referer": "https://evil.example/seite",
    "save-data": "on",
    "user-agent": "evil/1.0",
    "x-forwarded-for": "203.0.113.7",
    "x-forwarded-host": "evil.example",
    "x-http-method-override": "DELETE",
    "x-requested-with": "XMLHttpRequest",
}


@pytest.fixture
def addresses(cast):
    """{(name, language): address} of all that is public."""
    commit_changes()
    found = {}
    for name, wanted in PUBLIC:
        told = values(cast, name)
        for language in ("de", "en"):
            with translation.override(language):
                found[name, language] = reverse(name, kwargs={one: told[one] for one in wanted})
    return found


@pytest.fixture
def kept(addresses):
    return sorted({address for (name, _language), address in addresses.items() if name in KEPT})


def told(response):
    """(status, headers, body) as it is before it is packed."""
    body = response.getvalue() if response.streaming else response.content
    head = dict(response.headers)
    # Each request has its own, whoever answers (`tests/lib/test_requests.py`, `tests/shelf/test_counted.py`).
    for own in ("X-Request-ID", "RateLimit"):
        head.pop(own, None)
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(head.pop("Content-Encoding", ""))
    if unpack:
        head.pop("Content-Length", None)
    return response.status_code, head, unpack(body) if unpack else body


def test_what_is_kept_is_known_by_name(client, addresses, shelf):
    """A page more on this list depends on nothing but catalogue, moment and address."""
    found = set()
    for (name, _language), address in addresses.items():
        before = len(serving.memory)
        client.get(address)
        if len(serving.memory) > before:
            found.add(name)
    assert found == KEPT


def test_a_kept_answer_is_the_one_that_was_made(client, kept, shelf):
    for address in kept:
        made, again = client.get(address), client.get(address)
        assert told(made) == told(again), address
        for accepted in ("gzip", "br", "gzip;q=0.1, br"):
            packed = client.get(address, headers={"accept-encoding": accepted})
            assert packed.headers["Content-Length"] == str(len(packed.content))
            status, head, body = told(packed)
            assert (status, body) == (200, told(made)[2]), address
            assert head | {"Content-Length": str(len(body))} == told(made)[1], address


def test_it_is_what_is_answered_without_the_shelf(client, kept, shelf, settings):
    answers = {address: told(client.get(address)) for address in kept}
    settings.PAGE_CACHE_MEGABYTES = 0
    for address in kept:
        status, head, body = told(client.get(address))
        mine = answers[address][1]
        for ours_alone in ("ETag", "Content-Length", "Vary"):
            head.pop(ours_alone, None)
            mine.pop(ours_alone, None)
        assert (status, head, body) == answers[address], address


def test_nothing_that_a_visitor_sends_shows_in_what_others_get(client, kept, shelf):
    for address in kept:
        plain = told(client.get(address))
        serving.forget()
        assert told(client.get(address, headers=STRANGE)) == plain, address
        serving.forget()


def test_the_first_of_a_kind_is_packed_too(client, addresses, shelf):
    for accepted in ("gzip", "br"):
        serving.forget()
        response = client.get(LIST, headers={"accept-encoding": accepted})
        assert response.headers["Content-Encoding"] == accepted
        assert response.headers["Content-Length"] == str(len(response.content))
        assert b"<main" in told(response)[2]


def test_a_kept_page_costs_one_query(client, addresses, shelf, django_assert_num_queries):
    tag = client.get(LIST).headers["ETag"]
    for headers in ({}, {"if-none-match": tag}, {"if-none-match": f'"other", {tag[2:]}'}):
        with django_assert_num_queries(1):
            response = client.get(LIST, headers=headers)
        assert response.status_code == (304 if headers else 200)
    assert (response.content, response.headers["ETag"]) == (b"", tag)
    assert (response.headers["Cache-Control"], response.headers["Vary"]) == ("no-cache", "Accept-Encoding")


def test_who_holds_the_page_is_told_so_by_a_process_that_has_never_made_it(
    client, addresses, shelf, django_assert_num_queries
):
    held = {"if-none-match": client.get(LIST).headers["ETag"]}
    serving.forget()
    with django_assert_num_queries(1):
        assert client.get(LIST, headers=held).status_code == 304
    assert client.get(f"{LIST}?mode=online", headers=held).status_code == 200


def test_scripts_of_other_sites_may_read_that_data_have_not_changed(client, addresses, shelf):
    tag = client.get("/veranstaltungen.ics").headers["ETag"]
    unchanged = client.get("/veranstaltungen.ics", headers={"if-none-match": tag})
    assert (unchanged.status_code, unchanged.headers["Access-Control-Allow-Origin"]) == (304, "*")


def test_head_tells_what_get_would(client, addresses, shelf):
    for _time in range(2):
        head = client.head(LIST)
        assert (head.status_code, head.content) == (200, b"")
        assert told(client.get(LIST))[1] == told(head)[1]
        serving.forget()


def test_an_edit_is_there_with_the_next_request(client, cast, addresses, shelf):
    page = cast.congress.get_absolute_url()
    tag = client.get(page).headers["ETag"]
    Event.objects.filter(pk=cast.congress.pk).update(title="Anderer Titel")
    commit_changes()
    response = client.get(page, headers={"if-none-match": tag})
    assert (response.status_code, "Anderer Titel" in response.content.decode()) == (200, True)


def test_nothing_is_kept_of_what_may_be_taken_back(client, cast, shelf):
    EventFactory()
    assert client.get(LIST).status_code == 200
    assert len(serving.memory) == 0


def test_who_is_signed_in_neither_gets_nor_leaves_anything(admin_client, client, addresses, shelf):
    draft = EventFactory(slug="entwurf-neu", title="Noch geheim", state="draft").get_absolute_url()
    commit_changes()
    assert client.get(draft).status_code == 404
    for _time in range(2):
        preview = admin_client.get(draft)
        assert ("Noch geheim" in preview.content.decode(), preview.headers["Cache-Control"]) == (
            True,
            "private, no-store",
        )
        assert client.get(draft).status_code == 404
        tag = client.get(LIST).headers["ETag"]
        assert admin_client.get(LIST, headers={"if-none-match": tag}).status_code == 200
    assert len(serving.memory) == 1


def test_what_sets_a_cookie_is_not_kept(client, addresses, shelf):
    """A forged one is replaced."""
    assert client.get(LIST, headers={"cookie": "csrf=forged"}).cookies
    assert len(serving.memory) == 0


@pytest.mark.parametrize(
    "address",
    [
        f"{LIST}gibt-es-nicht/",
        "/barriere-melden/",
        "/api/v1/",
        "/api/v1/docs",
        "/admin/login/",
        f"{LIST}?{'x' * 2_000}",
    ],
)
def test_what_others_depend_on_is_not_kept(client, addresses, shelf, address):
    for _time in range(2):
        client.get(address)
    assert len(serving.memory) == 0


def test_hosts_that_are_not_ours_get_nothing(client, addresses, shelf):
    assert client.get(LIST).status_code == 200
    assert client.get(LIST, headers={"host": "evil.example"}).status_code == 400
    assert client.get(LIST, headers={"host": "testserver:8000"}).status_code == 200


def test_https_has_answers_of_its_own(client, addresses, shelf, settings):
    settings.SECURE_HSTS_SECONDS = 60
    for _time in range(2):
        assert "Strict-Transport-Security" not in client.get(LIST).headers
        assert "Strict-Transport-Security" in client.get(LIST, secure=True).headers
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get(LIST).status_code == 301


def test_another_setting_makes_another_page(client, addresses, shelf, settings):
    tag = client.get("/impressum/").headers["ETag"]
    settings.SITE_NAME = "Anders"
    serving.forget()
    assert client.get("/impressum/").headers["ETag"] != tag


def test_memory_stays_bounded_whatever_is_asked_for(client, addresses, shelf, settings):
    settings.PAGE_CACHE_MEGABYTES = 1
    picked = random.Random(7)  # noqa: S311
    for _time in range(60):
        client.get("/impressum/", {"x": picked.random()})
    assert 0 < serving.memory.size <= 1_000_000
