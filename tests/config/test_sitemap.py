"""The sitemap as search engines fetch it: the index, then its parts."""

import datetime as dt
import re

import pytest

from events.models import Event
from events.outputs import sitemap as output
from speakers.actions import anonymise
from tests.events.outputs.validators import read_xml
from tests.factories import EventFactory, SpeakerFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def parts(client):
    """{path of a part: when something in it changed}"""
    root = read_xml(client.get("/sitemap.xml").getvalue())
    assert root.tag == f"{MAP}sitemapindex"
    return {path_of(part): part.findtext(f"{MAP}lastmod") for part in root}


def listed(client):
    """{path of a page: when it changed} from all parts."""
    found = {}
    for part in parts(client):
        root = read_xml(client.get(part).getvalue())
        assert root.tag == f"{MAP}urlset"
        for page in root:
            assert path_of(page) not in found
            found[path_of(page)] = page.findtext(f"{MAP}lastmod")
    return found


def path_of(element):
    return re.sub("^https?://[^/]+", "", element.findtext(f"{MAP}loc"))


def test_every_public_page_is_listed_in_both_languages_and_no_sample(client, cast):
    EventFactory(slug="beispiel-kongress", is_sample=True)
    pages = listed(client)
    for path in (f"/veranstaltungen/{cast.congress.slug}/", f"/en/events/{cast.congress.slug}/"):
        assert pages[path]
    for path in ("/", "/en/", "/reihen/", "/daten/", "/en/data/", "/barriere-melden/", "/impressum/"):
        assert pages[path]
    hidden = (cast.draft.slug, cast.withdrawn.slug, cast.later.slug, "beispiel-kongress")
    assert [path for path in pages if path.strip("/").rsplit("/")[-1] in hidden] == []


def test_every_listed_page_answers(client, cast):
    assert [path for path in listed(client) if client.get(path).status_code != 200] == []


def test_years_with_events_are_listed(client):
    EventFactory(starts_on=dt.date(2019, 5, 4))
    EventFactory(starts_on=dt.date(2019, 6, 4))
    EventFactory(starts_on=dt.date(2021, 5, 4), is_sample=True)
    years = [path for path in listed(client) if "/jahr/" in path or "/year/" in path]
    assert years == ["/veranstaltungen/jahr/2019/", "/en/events/year/2019/"]


def test_a_page_changed_when_its_entry_did(client):
    event = EventFactory(slug="tagung")
    other = TopicFactory(slug="thema")
    told = dt.datetime.fromisoformat(listed(client)["/veranstaltungen/tagung/"])
    event.refresh_from_db()
    other.refresh_from_db()
    assert told == event.modified_at.replace(microsecond=0)
    assert listed(client)["/themen/"] == listed(client)["/themen/thema/"]


def test_many_entries_fill_several_parts(client, monkeypatch):
    monkeypatch.setattr(output, "PAGES_IN_PART", 2)
    EventFactory.create_batch(5)
    assert [path for path in parts(client) if "event" in path] == [
        "/sitemap-event-1.xml",
        "/sitemap-event-2.xml",
        "/sitemap-event-3.xml",
    ]
    slugs = set(Event.objects.values_list("slug", flat=True))
    assert {path.split("/")[2] for path in listed(client) if path.startswith("/veranstaltungen/t")} == slugs


def test_a_new_entry_leaves_the_full_parts_as_they_were(client, monkeypatch):
    monkeypatch.setattr(output, "PAGES_IN_PART", 2)
    EventFactory.create_batch(3)
    before = client.get("/sitemap-event-1.xml").getvalue()
    EventFactory()
    assert client.get("/sitemap-event-1.xml").getvalue() == before


@pytest.mark.parametrize("part", ["event-0", "event-01", "event-2", "event-99999", "event", "fax-1", "x--1"])
def test_a_part_that_is_none_is_not_found(client, part):
    EventFactory()
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_the_anonymised_are_not_listed(client):
    person = SpeakerFactory(slug="petra-weg")
    anonymise(person)
    assert "/sitemap-speaker-1.xml" not in parts(client)


def test_a_part_costs_the_same_for_one_and_three(client, django_assert_num_queries):
    for number in (1, 3):
        EventFactory.create_batch(number)
        with django_assert_num_queries(8):
            client.get("/sitemap.xml")
        with django_assert_num_queries(2):
            assert client.get("/sitemap-event-1.xml").getvalue()
