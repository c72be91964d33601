"""Pages of series, topics and venues, and their indexes."""

import datetime as dt
import json
import re

import pytest

from events import series_told
from events.models import Series, Topic
from tests.factories import (
    NOW,
    TODAY,
    AppearanceFactory,
    EventFactory,
    OrganisationFactory,
    SeriesFactory,
    TopicFactory,
    VenueFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def sccon():
    series = SeriesFactory(slug="sccon", name="Smart Country Convention", short_name="SCCON")
    for edition, year in enumerate((2024, 2025, 2026), 1):
        EventFactory(
            slug=f"sccon-{year}",
            title=f"Smart Country Convention {year}",
            series=series,
            edition=edition,
            starts_on=dt.date(year, 10, 14),
            attendees=12700,
        )
    return series


def test_a_series_shows_numbered_editions_and_the_expected_next_one(client, sccon):
    page = text(client.get("/reihen/sccon/"))
    assert "Smart Country Convention 2025" in page
    assert "12.700" in page
    assert "Oktober 2027" in page
    assert "Erwartet, nicht angekündigt" in page


def test_an_announced_edition_replaces_the_expected_one(client, sccon):
    EventFactory(slug="sccon-2027", title="SCCON 2027", series=sccon, starts_on=dt.date(2027, 10, 12))
    page = text(client.get("/reihen/sccon/"))
    assert "SCCON 2027" in page
    assert "Erwartet" not in page


def test_a_draft_edition_is_not_shown(client, sccon):
    EventFactory(title="Geheime Ausgabe", series=sccon, state="draft")
    assert "Geheime Ausgabe" not in text(client.get("/reihen/sccon/"))


def test_a_series_tells_its_other_names(client, sccon):
    assert "Auch genannt" not in text(client.get("/reihen/sccon/"))
    Series.objects.update(aliases=["Digitale Stadt", "Stadt & Land"])
    page = text(client.get("/reihen/sccon/"))
    assert "<dt>Auch genannt</dt><dd>Digitale Stadt, Stadt &amp; Land</dd>" in page
    assert "<dt>Also called</dt>" in text(client.get("/en/series/sccon/"))


def test_the_english_page_speaks_english(client, sccon):
    page = text(client.get("/en/series/sccon/"))
    assert "Expected, not announced" in page
    assert "October 2027" in page


def test_a_topic_shows_its_events_and_relatives(client):
    parent = TopicFactory(slug="digitale-verwaltung", name_de="Digitale Verwaltung")
    topic = TopicFactory(slug="ozg", name_de="Onlinezugangsgesetz", parent=parent, synonyms=["OZG"])
    EventFactory(title="OZG-Tag", topics=[topic])
    EventFactory(title="Fremde Tagung", topics=[parent])
    page = text(client.get("/themen/ozg/"))
    assert "OZG-Tag" in page
    assert "Digitale Verwaltung" in page
    assert "Fremde Tagung" not in page


def test_a_venue_shows_address_accessibility_and_events(client):
    venue = VenueFactory(slug="citycube", name="CityCube Berlin", accessibility=["step_free"])
    EventFactory(title="Convention", venues=[venue])
    page = text(client.get("/orte/citycube/"))
    assert "Musterstraße 1" in page
    assert "10115 Berlin" in page
    assert "Stufenloser Zugang" in page
    assert "Convention" in page


def test_a_vague_place_says_so(client):
    VenueFactory(slug="bonn", name="Bonn", kind="city", street="", postal_code="", city="Bonn", state="DE-NW")
    assert "nicht bekannt" in text(client.get("/orte/bonn/"))


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("/reihen/", lambda n: SeriesFactory(name=f"Älteste Reihe {n}")),
        ("/orte/", lambda n: VenueFactory(city="Ähausen", name=f"Halle {n}")),
    ],
)
def test_an_index_costs_the_same_for_one_and_three(client, django_assert_num_queries, path, make):
    for number in (1, 3):
        for _repeat in range(number):
            make(_repeat)
        with django_assert_num_queries(3):
            assert client.get(path).status_code == 200


def test_the_topic_tree_costs_two_queries(client, django_assert_num_queries):
    parent = TopicFactory()
    TopicFactory.create_batch(3, parent=parent)
    with django_assert_num_queries(2):
        assert parent.name_de in text(client.get("/themen/"))


def test_topics_are_counted_at_a_moment_and_ordered_by_it():
    rare, frequent, _unused = (TopicFactory(name_de=name) for name in ("A", "B", "C"))
    EventFactory.create_batch(2, topics=[rare, frequent])
    EventFactory(topics=[frequent], publish_from=NOW + dt.timedelta(minutes=1))
    EventFactory(topics=[frequent], state="draft")
    later = NOW + dt.timedelta(minutes=1)
    assert [(one.name_de, one.event_count) for one in Topic.objects.frequent(5, NOW)] == [("A", 2), ("B", 2)]
    assert [(one.name_de, one.event_count) for one in Topic.objects.frequent(1, later)] == [("B", 3)]


def test_an_index_searches_folded_and_by_letter(client):
    SeriesFactory(slug="a", name="Ärztetag digital")
    SeriesFactory(slug="b", name="Behördenforum")
    assert "Behördenforum" not in text(client.get("/reihen/?letter=a"))
    assert "Ärztetag" in text(client.get("/reihen/?letter=a"))
    assert "Ärztetag" in text(client.get("/reihen/?q=arztetag"))
    assert "Nichts gefunden" in text(client.get("/reihen/?q=xqz"))


@pytest.mark.parametrize(
    "query", ["page=-1", "page=99999", "page=%00", "letter=%00", "q=%00%ff", "letter=<script>"]
)
def test_an_index_survives_hostile_queries(client, query):
    SeriesFactory()
    assert client.get(f"/reihen/?{query}").status_code == 200


def test_a_former_address_leads_to_the_new_one(client, sccon):
    Series.objects.filter(slug="sccon").update(slug="smart-country-convention")
    response = client.get("/reihen/sccon/")
    assert (response.status_code, response["Location"]) == (301, "/reihen/smart-country-convention/")


def test_series_pages_cost_the_same_for_one_and_three_editions(client, django_assert_num_queries):
    series = SeriesFactory(slug="reihe")
    for number in (1, 3):
        for _repeat in range(number):
            EventFactory(
                series=series, venues=[VenueFactory()], organisers=[OrganisationFactory()], starts_on=TODAY
            )
        with django_assert_num_queries(9):
            assert client.get("/reihen/reihe/").status_code == 200


def test_hundreds_of_editions_come_in_pages(client, settings, monkeypatch):
    monkeypatch.setattr(series_told, "PER_PAGE", 3)
    monkeypatch.setattr(series_told, "NEXT", 2)
    series = SeriesFactory(slug="reihe")
    for number in range(5):
        past, coming = (TODAY + side * dt.timedelta(weeks=number + 1) for side in (-1, 1))
        EventFactory(series=series, title=f"Folge {number}.", starts_on=past, attendees=number + 1)
        EventFactory(series=series, title=f"Bald {number}.", starts_on=coming)
    first, second = (text(client.get(f"/reihen/reihe/{query}")) for query in ("", "?page=2"))
    assert re.findall(r"Bald (\d+)\.</", first) == ["0", "1"]
    assert 'href="/veranstaltungen/?series=reihe"' in first
    assert re.findall(r'">Folge (\d+)\.<', first) == ["0", "1", "2"]
    assert re.findall(r'">Folge (\d+)\.<', second) == ["3", "4"]
    assert [page.count(">(5)<") for page in (first, second)] == [1, 1]
    assert ["<figure" in page for page in (first, second)] == [True, False]
    assert '<h2 id="naechste">Nächste Ausgaben</h2>' in first
    assert "Bald" not in second
    assert f'rel="canonical" href="{settings.SITE_URL}/reihen/reihe/?page=2"' in second


def test_a_sample_is_labelled_and_kept_from_search_engines(client):
    SeriesFactory(slug="beispielreihe", is_sample=True)
    page = text(client.get("/reihen/beispielreihe/"))
    assert 'name="robots" content="noindex"' in page
    assert "Beispiel" in page


def test_german_texts_on_english_pages_say_so(client):
    series = SeriesFactory(summary="Die Reihe für Städte")
    EventFactory(
        series=series, title="Frühe Tage", starts_on=dt.date(2020, 5, 1), ends_on=dt.date(2020, 5, 1)
    )
    page = text(client.get(f"/en/series/{series.slug}/"))
    assert '<p class="lead" lang="de">Die Reihe für Städte' in page
    assert 'lang="de">Frühe Tage' in page
    assert '<p class="lead">' in text(client.get(f"/reihen/{series.slug}/"))


def test_an_entry_that_is_not_due_yet_is_counted_nowhere(client):
    later = NOW + dt.timedelta(days=9)
    topic, series, venue = TopicFactory(), SeriesFactory(), VenueFactory()
    event = EventFactory(
        publish_from=later, topics=[topic], series=series, venues=[venue], organisers=[OrganisationFactory()]
    )
    AppearanceFactory(event=event)
    for path in ("/reihen/", "/themen/", "/orte/", "/organisationen/", "/personen/", "/"):
        page = text(client.get(path))
        assert "1 Veranstaltung" not in page, path
        assert "1 Ausgabe" not in page, path
        assert "zuletzt" not in page, path


def test_a_series_states_itself_and_its_editions_in_schema_orgs_words(client, sccon):
    EventFactory(title="Geheime </script> Ausgabe", series=sccon, state="draft")
    EventFactory(title="Offene </script> Ausgabe", series=sccon)
    page = client.get("/reihen/sccon/").content.decode()
    (stated,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    node = json.loads(stated)
    assert (node["@type"], node["name"]) == ("EventSeries", "Smart Country Convention")
    names = [edition["name"] for edition in node["subEvent"]]
    assert names[:3] == [f"Smart Country Convention {year}" for year in (2024, 2025, 2026)]
    assert names[3:] == ["Offene </script> Ausgabe"]
