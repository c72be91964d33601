"""Unchanged answers are known before anything is looked up, and any change makes other ones."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import User

from events import conditional
from events.models import Event
from tests.factories import NOW, EventFactory
from tests.journal.hands import commit_changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
BASE = "/veranstaltungen"
ADDRESSES = [f"{BASE}.{form}" for form in ("ics", "atom", "json", "csv", "jsonld")]
ADDRESSES += [f"{BASE}/tagung.{form}" for form in ("ics", "json", "jsonld")]


@pytest.fixture
def event():
    found = EventFactory(slug="tagung")
    commit_changes()
    return found


def tag_of(client, address, **headers):
    return client.get(address, headers=headers).headers.get("ETag")


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_unchanged_answer_costs_one_query(client, event, address, django_assert_num_queries):
    tag = tag_of(client, address)
    for held in (tag, f'"other", {tag}', tag.removeprefix("W/")):
        with django_assert_num_queries(1):
            response = client.get(address, headers={"if-none-match": held})
        assert (response.status_code, response.content, response["ETag"]) == (304, b"", tag)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_edit_an_end_and_a_setting_make_another_answer(client, event, address, settings):
    tags = [tag_of(client, address)]
    Event.objects.filter(pk=event.pk).update(title="Anders")
    commit_changes()
    tags.append(tag_of(client, address))
    with time_machine.travel(NOW + dt.timedelta(days=30), tick=False):
        tags.append(tag_of(client, address))
    settings.SITE_NAME = "Anders"
    tags.append(tag_of(client, address))
    assert len(set(tags)) == 4


def test_languages_filters_and_compression_have_answers_of_their_own(client, event):
    addresses = [f"{BASE}.ics", f"{BASE}.ics?free=1", f"{BASE}.ics?deadlines=1", "/en/events.ics"]
    assert len({tag_of(client, address) for address in addresses}) == 4
    packed = client.get(f"{BASE}.csv", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    again = client.get(f"{BASE}.csv", headers={"accept-encoding": "gzip", "if-none-match": packed["ETag"]})
    assert again.status_code == 304


def test_a_preview_is_never_remembered(client, event):
    Event.objects.filter(pk=event.pk).update(state="draft")
    client.force_login(User.objects.create_superuser("redaktion"))
    response = client.get(f"{BASE}/tagung.json")
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert not response.get("ETag", "").startswith("W/")


def test_an_answer_of_a_search_that_has_not_read_everything_is_not_remembered(client, event, monkeypatch):
    """Else it would stay as it is until the next edit, though the search finds more with each request."""
    address = f"{BASE}.ics?q=tagung&when=all"
    assert tag_of(client, address) == tag_of(client, address)
    EventFactory.create_batch(2)
    commit_changes()
    monkeypatch.setattr("index.refresh.refresh_in_passing", lambda: 0)
    assert tag_of(client, address) is None
    assert tag_of(client, f"{BASE}.ics?when=all")
    monkeypatch.undo()
    assert tag_of(client, address)


def test_an_unchanged_answer_is_known_to_depend_on_compression(client, event):
    tag = tag_of(client, f"{BASE}.ics")
    assert client.get(f"{BASE}.ics", headers={"if-none-match": tag})["Vary"] == "Accept-Encoding"


def test_what_is_not_found_or_refused_has_no_such_tag(client):
    for address in (f"{BASE}/niemand.json", f"{BASE}.ics?mode=fax"):
        assert not tag_of(client, address).startswith("W/")


def test_the_identity_of_the_code_is_the_same_in_every_process():
    before = conditional.identity()
    conditional.identity.cache_clear()
    assert conditional.identity() == before
