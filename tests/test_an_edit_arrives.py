"""What an editor saves is in every form with the next request, also for who asks whether it still holds."""

import datetime as dt
import json
import re

import pytest
from django.urls import reverse

from shelf import serving
from tests.editing import as_sent
from tests.events.outputs import readers
from tests.events.outputs.readers import Told
from tests.factories import EventFactory, SeriesFactory, TopicFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("now")]
LIST, ONE = "/veranstaltungen", "/veranstaltungen/verwaltungstag"
UPCOMING = Told("Verwaltungstag", dt.date(2027, 5, 4), dt.date(2027, 5, 4), "scheduled")
EDITED = Told("Tag der Verwaltung", dt.date(2027, 6, 8), dt.date(2027, 6, 9), "rescheduled")
GONE = {"title": "Abgesagter Tag", "status": "cancelled"}
CANCELLED = Told("Abgesagter Tag", EDITED.start, EDITED.end, "cancelled")


def only(part):
    return lambda data: json.loads(data)[part][0]


# How each form is read; what has no reader is a page that names the title.
FORMS = {
    f"{ONE}.json": lambda data: readers.from_item(json.loads(data)),
    f"{ONE}.ics": lambda data: _calendar(data),
    f"{ONE}.jsonld": lambda data: readers.from_cpev(json.loads(data)),
    f"{ONE}.jsonld?profile=schema.org": lambda data: readers.from_schema(json.loads(data)),
    f"{ONE}/": lambda data: readers.from_schema(readers.Page(data).statement),
    f"{LIST}.json": lambda data: readers.from_item(only("items")(data)),
    f"{LIST}.ics": lambda data: _calendar(data),
    f"{LIST}.csv": lambda data: readers.from_csv(data)["verwaltungstag"],
    f"{LIST}.jsonld": lambda data: readers.from_cpev(only("@graph")(data)),
    f"{LIST}.jsonld?profile=schema.org": lambda data: readers.from_schema(only("@graph")(data)),
    "/api/v1/events": lambda data: readers.from_api(only("items")(data)),
    "/daten/katalog.jsonld": lambda data: readers.from_cpev(only("@graph")(data)),
}
NAMING = [
    f"{LIST}/",
    f"{LIST}.atom",
    "/",
    "/en/",
    "/suche/?q=verwaltung",
    "/themen/register/",
    "/themen/register.jsonld",
    "/reihen/verwaltungstage/",
    "/reihen/verwaltungstage.jsonld",
    "/einbetten/veranstaltungen/",
]
DATED = [f"{LIST}.atom", f"{LIST}.json", f"{ONE}.jsonld", "/sitemap.xml", "/sitemap-event-1.xml"]


def _calendar(data):
    """A calendar has a status of its own for what is cancelled; the rest takes place."""
    (told,) = readers.from_calendar(data).values()
    return told


def as_told_by(path, told):
    """What that form can tell of it: calendars know no new date but the date itself."""
    if ".ics" in path and told.status not in ("cancelled", "postponed"):
        return Told(told.title, told.start, told.end, None)
    return told


def words(content):
    """The text without marks within it."""
    return re.sub("</?mark[^>]*>", "", content.decode())


class Reader:
    """A program that keeps what it got, and asks each time whether it still holds."""

    def __init__(self, client):
        self.client, self.tags = client, {}

    def ask(self, path):
        """(status, content)"""
        tag = self.tags.get(path)
        response = self.client.get(path, headers={"if-none-match": tag} if tag else {})
        content = response.getvalue()
        if response.status_code == 200 and response.headers.get("ETag"):
            self.tags[path] = response.headers["ETag"]
        return response.status_code, content

    def told(self):
        """{path: what it tells}, each fetched anew."""
        found = {}
        for path, read in FORMS.items():
            status, content = self.ask(path)
            assert status == 200, path
            found[path] = read(content)
        return found

    def silent(self):
        """The addresses that tell somebody who asks again that nothing has changed."""
        return [path for path in (*FORMS, *NAMING) if self.ask(path)[0] == 304]


@pytest.fixture(autouse=True)
def _shelf(settings):
    """As in production, finished pages are kept."""
    settings.PAGE_CACHE_MEGABYTES = 8
    serving.forget()


@pytest.fixture
def event():
    series = SeriesFactory(slug="verwaltungstage")
    return EventFactory(
        slug="verwaltungstag",
        title="Verwaltungstag",
        starts_on=dt.date(2027, 5, 4),
        series=series,
        topics=[TopicFactory(slug="register", name_de="Register")],
    )


@pytest.fixture
def edit(admin_client, event):
    """Saves the event's form in the admin with some values changed, as a browser posts it."""
    address = reverse("admin:events_event_change", args=[event.pk])

    def save(**changes):
        response = admin_client.post(address, as_sent(address) | changes)
        assert response.status_code == 302, response.context["adminform"].form.errors

    return save


def test_an_edit_is_in_every_form_with_the_next_request(client, event, edit):
    reader = Reader(client)
    wanted = {path: as_told_by(path, UPCOMING) for path in FORMS}
    assert reader.told() == wanted
    for path in NAMING:
        assert "Verwaltungstag" in words(reader.ask(path)[1]), path
    edit(title=EDITED.title, starts_on="2027-06-08", ends_on="2027-06-09", status="rescheduled")
    assert reader.told() == {path: as_told_by(path, EDITED) for path in FORMS}
    for path in NAMING:
        status, content = reader.ask(path)
        assert (status, EDITED.title in words(content)) == (200, True), path
    edit(**GONE)
    assert reader.told() == {path: as_told_by(path, CANCELLED) for path in FORMS}


def test_the_feeds_and_the_sitemap_tell_when(client, event, edit):
    def silent():
        event.refresh_from_db()
        stamp = f"{event.modified_at:%Y-%m-%dT%H:%M:%S+00:00}"
        return [path for path in DATED if stamp not in client.get(path).getvalue().decode()]

    assert silent() == []
    edit(**GONE)
    assert silent() == []


def test_calendars_learn_that_it_was_edited(client, event, edit):
    def sequence():
        return int(re.search(rb"SEQUENCE:(\d+)", client.get(f"{ONE}.ics").getvalue())[1])

    before = sequence()
    edit(title=EDITED.title)
    assert sequence() > before


def test_who_asks_again_without_an_edit_gets_nothing_anew(client, event):
    reader = Reader(client)
    for path in (*FORMS, *NAMING):
        reader.ask(path)
    assert sorted(reader.silent()) == sorted([*FORMS, *NAMING])
