"""The HTTP side of outputs: same filter, same set; what cannot be read is refused."""

import csv
import datetime as dt
import io
import json
import re

import pytest

from events.models import Event, Series, Topic
from tests.factories import NOW, EventFactory, SeriesFactory, TopicFactory
from tests.journal.hands import commit_changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
BASE = "/veranstaltungen"


def slugs_of_json(response):
    return {item["url"].rstrip("/").rsplit("/", 1)[-1] for item in json.loads(response.content)["items"]}


def slugs_of_csv(response):
    rows = csv.DictReader(io.StringIO(response.getvalue().decode()))
    return {row["url"].rstrip("/").rsplit("/", 1)[-1] for row in rows}


def slugs_of_jsonld(response):
    return {node["@id"].rsplit("/", 2)[-2] for node in json.loads(response.getvalue())["@graph"]}


def slugs_of_ics(response):
    lines = response.getvalue().decode().replace("\r\n ", "").split("\r\n")
    urls = [line[4:] for line in lines if line.startswith("URL:") and line.count("/") > 4]
    return {url.rstrip("/").rsplit("/", 1)[-1] for url in urls}


@pytest.mark.parametrize(
    "query", ["when=all", "when=upcoming", "when=past", "when=all&topic=cloud", "free=1"]
)
def test_every_form_of_a_filter_holds_the_events_of_the_page(client, cast, query):
    page = client.get(f"{BASE}/?{query}")
    wanted = {event.slug for event in page.context["page"].object_list}
    assert slugs_of_json(client.get(f"{BASE}.json?{query}")) == wanted
    assert slugs_of_csv(client.get(f"{BASE}.csv?{query}")) == wanted
    assert slugs_of_jsonld(client.get(f"{BASE}.jsonld?{query}")) == wanted
    assert slugs_of_jsonld(client.get(f"{BASE}.jsonld?{query}&profile=schema.org")) == wanted
    assert slugs_of_ics(client.get(f"{BASE}.ics?{query}")) == wanted
    atom = client.get(f"{BASE}.atom?{query}").content.decode()
    assert {slug for slug in wanted if f"/{slug}/" in atom} == wanted
    for hidden in (cast.draft, cast.withdrawn, cast.later):
        assert hidden.slug not in atom


@pytest.mark.parametrize("ending", ["ics", "json", "csv", "atom", "jsonld"])
@pytest.mark.parametrize("query", ["mode=fax", "from=2026-02-30", "when=bald", "q=%00", "free=vielleicht"])
def test_what_cannot_be_read_is_refused_by_name(client, ending, query):
    response = client.get(f"{BASE}.{ending}?{query}")
    assert response.status_code == 400
    assert response.content.decode().startswith(query.split("=")[0] + ":")


@pytest.mark.parametrize("page", ["-1", "0", "7", "x"])
def test_a_page_that_is_none_is_refused(client, page):
    assert client.get(f"{BASE}.json?page={page}").status_code == 400


def test_a_feed_goes_on_page_by_page(client):
    EventFactory.create_batch(101)
    first = json.loads(client.get(f"{BASE}.json").content)
    assert len(first["items"]) == 100
    second = client.get(first["next_url"].split("8000")[-1].replace("http://testserver", ""))
    assert len(json.loads(second.content)["items"]) == 1


@pytest.mark.parametrize("ending", ["ics", "json", "csv", "atom", "jsonld"])
def test_an_output_costs_the_same_for_one_and_three(client, django_assert_num_queries, ending):
    counts = {"ics": 9, "csv": 6, "json": 8, "atom": 9, "jsonld": 6}
    for number in (1, 3):
        EventFactory.create_batch(number, topics=[TopicFactory()])
        with django_assert_num_queries(counts[ending]):
            assert client.get(f"{BASE}.{ending}").getvalue()


def test_a_former_slug_leads_the_subscriber_on(client):
    topic = TopicFactory(slug="alt")
    Topic.objects.filter(pk=topic.pk).update(slug="neu")
    response = client.get(f"{BASE}.ics?topic=alt")
    assert (response.status_code, response["Location"]) == (301, f"{BASE}.ics?topic=neu")


@pytest.mark.parametrize("query", ["", "?profile=schema.org"])
def test_a_former_name_leads_to_the_same_form(client, query):
    series = SeriesFactory(slug="alt")
    Series.objects.filter(pk=series.pk).update(slug="neu")
    response = client.get(f"/reihen/alt.jsonld{query}")
    assert (response.status_code, response["Location"]) == (301, f"/reihen/neu.jsonld{query}")


def test_a_table_that_breaks_off_is_none(client, monkeypatch):
    """The web server would end the answer as if it were whole, and a shorter table is one too."""

    def broken(*_args, **_more):
        yield b"uid,url\r\n"
        raise OSError

    monkeypatch.setattr("events.outputs.csv_table.pieces", broken)
    with pytest.raises(OSError):
        client.get(f"{BASE}.csv")


def test_an_edit_arrives_and_an_unchanged_calendar_is_not_sent_again(client, cast):
    first = client.get(f"{BASE}.ics")
    assert client.get(f"{BASE}.ics", headers={"if-none-match": first["ETag"]}).status_code == 304
    Event.objects.filter(pk=cast.regional_day.pk).update(title="Neu benannt")
    commit_changes()
    again = client.get(f"{BASE}.ics", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert b"Neu benannt" in again.getvalue()


@pytest.mark.parametrize(("state", "status"), [("draft", 404), ("withdrawn", 410)])
def test_single_outputs_hide_what_is_not_public(client, state, status):
    event = EventFactory(state=state)
    assert client.get(f"{BASE}/{event.slug}.ics").status_code == status
    assert client.get(f"{BASE}/{event.slug}.json").status_code == status
    assert client.get(f"{BASE}/{event.slug}.jsonld").status_code == status


def test_an_event_without_a_day_has_no_calendar(client):
    event = EventFactory(starts_on=dt.date(2027, 5, 1), ends_on=dt.date(2027, 5, 31), date_precision="month")
    assert client.get(f"{BASE}/{event.slug}.ics").status_code == 404


def test_a_sample_is_kept_from_search_engines(client):
    event = EventFactory(is_sample=True)
    assert client.get(f"{BASE}/{event.slug}.json")["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("address", [f"{BASE}.jsonld", f"{BASE}/verwaltungskongress.jsonld"])
@pytest.mark.parametrize(
    ("query", "profile"),
    [
        ("", "https://semiceu.github.io/Core-Public-Event-Vocabulary/releases/1.1.1/"),
        ("?profile=cpev", "https://semiceu.github.io/Core-Public-Event-Vocabulary/releases/1.1.1/"),
        ("?profile=schema.org", "https://schema.org"),
    ],
)
def test_linked_data_name_their_vocabulary(client, address, query, profile):
    EventFactory(slug="verwaltungskongress")
    response = client.get(f"{address}{query}")
    assert response["Content-Type"] == "application/ld+json"
    assert response["Link"] == f'<{profile}>; rel="profile"'
    told = json.loads(response.getvalue())
    (event,) = told.get("@graph", [told])
    assert event["@type"] == ("Event" if "schema.org" in query else "PublicEvent")


@pytest.mark.parametrize("address", [f"{BASE}.jsonld", f"{BASE}/verwaltungskongress.jsonld"])
def test_an_unknown_vocabulary_is_refused(client, address):
    EventFactory(slug="verwaltungskongress")
    response = client.get(f"{address}?profile=fax")
    assert response.status_code == 400
    assert response.content.decode() == "profile: hier nicht bekannt. Bekannt sind: cpev, schema.org\n"
    assert "Link" not in response


def test_linked_data_of_an_event_name_the_editions_around_it(client):
    series = SeriesFactory()
    days = [dt.date(2027, 6, day) for day in (1, 2, 3)]
    for day in days:
        EventFactory(slug=f"ausgabe-{day.day}", series=series, starts_on=day, ends_on=day)
    EventFactory(slug="entwurf", series=series, starts_on=days[1], ends_on=days[1], state="draft")
    told = json.loads(client.get(f"{BASE}/ausgabe-2.jsonld").content)
    assert told["hasPreviousEvent"][0]["homepage"]["@id"].endswith("/ausgabe-1/")
    assert told["hasNextEvent"][0]["homepage"]["@id"].endswith("/ausgabe-3/")


def test_the_licence_of_the_data_is_a_setting(client, settings):
    settings.DATA_LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
    event = EventFactory()
    told = json.loads(client.get(f"{BASE}/{event.slug}.jsonld").content)
    assert told["foaf:isPrimaryTopicOf"]["dct:license"] == {"@id": settings.DATA_LICENCE}


def links(response):
    """Type and path of the other forms that a page names in its head."""
    found = re.findall(
        r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">', response.content.decode()
    )
    return {kind: address for kind, address in found if "oembed" not in kind}


def test_pages_name_their_other_forms(client):
    event = EventFactory()
    vague = EventFactory(starts_on=dt.date(2027, 5, 1), ends_on=dt.date(2027, 5, 31), date_precision="month")
    assert links(client.get(f"{BASE}/?free=1")) == {
        "application/atom+xml": f"{BASE}.atom?free=1",
        "application/feed+json": f"{BASE}.json?free=1",
        "text/calendar": f"{BASE}.ics?free=1",
        "text/csv": f"{BASE}.csv?free=1",
        "application/ld+json": f"{BASE}.jsonld?free=1",
    }
    assert links(client.get(f"{BASE}/{event.slug}/")) == {
        "text/calendar": f"{BASE}/{event.slug}.ics",
        "application/json": f"{BASE}/{event.slug}.json",
        "application/ld+json": f"{BASE}/{event.slug}.jsonld",
    }
    assert "text/calendar" not in links(client.get(f"{BASE}/{vague.slug}/"))


def test_calendars_are_told_for_ninety_days_that_an_entry_was_withdrawn(client):
    event = EventFactory(slug="weg", title="Zurückgezogene Tagung", published_at=NOW - dt.timedelta(days=200))
    for days, told in ((1, True), (91, False)):
        Event.objects.filter(pk=event.pk).update(
            state="withdrawn", withdrawn_at=NOW - dt.timedelta(days=days), ends_on=event.ends_on
        )
        calendar = client.get(f"{BASE}.ics").getvalue().decode()
        assert (f"UID:{event.uid}" in calendar) is told
        assert ("STATUS:CANCELLED" in calendar) is told
        assert "weg" not in slugs_of_json(client.get(f"{BASE}.json"))


@pytest.mark.parametrize("ending", ["ics", "json"])
def test_one_event_brings_no_more_than_it_tells(client, django_assert_num_queries, ending):
    EventFactory(slug="tagung", topics=[TopicFactory()])
    with django_assert_num_queries(6):  # the version, the event, four kinds of links
        assert client.get(f"{BASE}/tagung.{ending}").content
