"""Answers of the API come from the shelf as pages do, and each request is counted all the same."""

import pytest

from events.models import Event
from shelf import serving
from tests.api.edits import Edits
from tests.api.mirror import Mirror
from tests.factories import (
    AppearanceFactory,
    EventFactory,
    OrganisationFactory,
    SeriesFactory,
    TopicFactory,
    VenueFactory,
)
from tests.journal.hands import commit_changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "shelf")]
LIST = "/api/v1/events?when=all"
STRANGER = {"REMOTE_ADDR": "203.0.113.77"}


@pytest.fixture
def kept(client):
    """A list that lies on the shelf."""
    event = EventFactory(title="Tagung", title_en="Conference")
    commit_changes()
    assert client.get(LIST, **STRANGER).status_code == 200
    assert len(serving.memory) == 1
    return event


def test_it_costs_the_count_and_the_state(client, kept, django_assert_num_queries):
    made = client.get(LIST)
    for headers in ({}, {"if-none-match": made.headers["ETag"]}):
        with django_assert_num_queries(2):
            again = client.get(LIST, headers=headers)
        assert again.status_code == (304 if headers else 200)
        assert again.content == (b"" if headers else made.content)


def test_each_request_is_counted_and_told_so(client, kept, settings):
    settings.API_REQUESTS_PER_MINUTE = 4
    tag = client.get(LIST).headers["ETag"]
    asked = [{}, {"headers": {"if-none-match": tag}}, {"headers": {"accept": "text/html"}}, {}]
    answers = [client.get(LIST, **how, **STRANGER) for how in asked]
    assert [one.status_code for one in answers] == [200, 304, 406, 429]
    assert [one.headers["RateLimit"] for one in answers] == [
        f'"default";r={left};t=60' for left in (2, 1, 0, 0)
    ]
    assert answers[-1].headers["Retry-After"] == "60"
    for one in answers:
        assert one.headers["Access-Control-Allow-Origin"] == "*"
        assert one.headers["X-Content-Type-Options"] == "nosniff"
        assert 'rel="service-desc"' in one.headers["Link"]
        assert int(one.headers.get("Content-Length", 0)) == len(one.content)


def test_a_link_to_the_next_page_is_told_once(client, kept):
    EventFactory()
    commit_changes()
    links = [client.get(f"{LIST}&limit=1").headers["Link"] for _time in range(3)]
    assert len(set(links)) == 1
    assert (links[0].count("next"), links[0].count("service-desc")) == (1, 1)


def test_head_and_options_are_answered_as_before(client, kept):
    told, silent = client.get(LIST), client.head(LIST)
    assert (silent.content, silent.headers["ETag"]) == (b"", told.headers["ETag"])
    assert silent.headers["Content-Length"] == str(len(told.content))
    serving.forget()
    assert client.head(LIST).headers["Content-Length"] == str(len(told.content))
    assert client.get(LIST).content == told.content
    preflight = client.options(LIST)
    assert (preflight.status_code, preflight.headers["Cache-Control"]) == (204, "no-cache")


def test_what_has_no_content_tells_no_length(client, kept):
    """The length in 304 would be that of the answer which the client holds (RFC 9110 §8.6)."""
    tag = client.get(LIST).headers["ETag"]
    answers = [ask(LIST, headers={"if-none-match": tag}) for ask in (client.get, client.head)]
    serving.forget()
    answers += [client.get(LIST, headers={"if-none-match": tag}), client.options(LIST)]
    assert [one.status_code for one in answers] == [304, 304, 304, 204]
    assert ["Content-Length" in one.headers for one in answers] == [False] * 4


def test_each_language_has_answers_of_its_own(client, kept):
    for _time in range(2):
        told = [client.get(f"{LIST}&lang={code}") for code in ("de", "en")]
        assert [one.json()["items"][0]["title"] for one in told] == ["Tagung", "Conference"]
        assert [one.headers["Content-Language"] for one in told] == ["de", "en"]


def test_errors_are_not_kept(client, kept):
    for path, status in ((f"{LIST}&x=1", 400), ("/api/v1/events/nirgends", 404), ("/api/v1/nichts", 404)):
        for _time in range(2):
            answer = client.get(path)
            assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "no-store")
            assert answer.headers["Content-Type"] == "application/problem+json"
    assert len(serving.memory) == 1


def test_an_edit_is_there_with_the_next_request(client, kept):
    tag = client.get(LIST).headers["ETag"]
    Event.objects.update(title="Neu")
    commit_changes()
    assert client.get(LIST, headers={"if-none-match": tag}).json()["items"][0]["title"] == "Neu"


def test_who_is_signed_in_neither_gets_nor_leaves_anything(admin_client, kept):
    for _time in range(2):
        assert admin_client.get(f"{LIST}&limit=9").status_code == 200
    assert len(serving.memory) == 1


@pytest.mark.django_db(transaction=True)
def test_what_changes_after_a_kept_answer_was_made_is_told_to_who_asks_since_its_moment(client, kept):
    """The moment of a kept answer lies before that of who gets it, however long nothing changes."""
    made, told = (client.get(LIST).json() for _time in range(2))
    assert made == told
    later = EventFactory()
    since = client.get("/api/v1/events", {"updated_since": told["as_of"]}).json()
    assert str(later.uid) in [one["id"] for one in since["items"]]


@pytest.mark.django_db(transaction=True)
def test_a_mirror_that_reads_from_the_shelf_equals_the_catalogue(client, settings):
    for _number in range(4):
        EventFactory(series=SeriesFactory(), topics=[TopicFactory()], organisers=[OrganisationFactory()])
        AppearanceFactory()
        VenueFactory()
    edits, settings.API_REQUESTS_PER_MINUTE = Edits(seed=4), 0
    mirrors = [Mirror(client, between=lambda: edits.make(1)), Mirror(client)]
    for mirror in (*mirrors, *mirrors):
        edits.make(4)
        mirror.sync("events")
    mirrors[0].between = lambda: None
    mirrors[0].sync("events")
    for mirror in mirrors:
        mirror.sync("events")
    fresh = client.get("/api/v1/events?when=all&limit=100").json()
    found = {one["id"]: one for one in fresh["items"]}
    assert fresh["next"] is None
    assert [mirror.entries["events"] for mirror in mirrors] == [found, found]
    assert len(serving.memory) > 4
