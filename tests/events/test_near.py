"""What lies near a place: in lists, outputs and the API, on cards, and what is said of unknown places."""

import random
from html import unescape

import pytest
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import EventTopic
from events.near import around
from events.selection import Selection
from lib.gazetteer import find
from lib.geography import distance
from tests.factories import NOW, EventFactory, TopicFactory, VenueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
LIST, EN = "/veranstaltungen/", "/en/events/"
COLOGNE = {"postal_code": "50667", "city": "Köln", "state": "DE-NW"}
BONN = {"postal_code": "53113", "city": "Bonn", "state": "DE-NW"}
FORMS = [".ics", ".atom", ".json", ".csv", ".jsonld"]


def select(query):
    return Selection(QueryDict(query), LIST, at=NOW)


def slugs(selection):
    return [event.slug for event in selection.events]


def text(response):
    return " ".join(unescape(response.content.decode()).split())


@pytest.fixture
def around_cologne():
    """Three events: in Cologne, in Bonn 25 km away and in Berlin; the nearer the later."""
    for number, (slug, place) in enumerate([("berlin", {}), ("bonn", BONN), ("koeln", COLOGNE)]):
        EventFactory(slug=slug, starts_on=NOW.date().replace(day=10 + number), venues=[VenueFactory(**place)])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("near=Köln", ["bonn", "koeln"]),
        ("near=cologne&radius=500", ["berlin", "bonn", "koeln"]),
        ("near=50667&radius=10", ["koeln"]),
        ("near=Köln&radius=500&sort=distance", ["koeln", "bonn", "berlin"]),
        ("near=Hamburg&radius=1", []),
        ("near=Köln&city=bonn", ["bonn"]),
    ],
)
def test_a_place_and_a_radius_choose_and_order(around_cologne, query, found):
    assert slugs(select(query)) == found


def test_equally_near_events_come_by_date():
    venue = VenueFactory(**COLOGNE)
    for day in (12, 10, 11):
        EventFactory(slug=f"am-{day}", starts_on=NOW.date().replace(day=day), venues=[venue])
    assert slugs(select("near=Köln&sort=distance")) == ["am-10", "am-11", "am-12"]


def test_online_events_and_broadcasting_halls_are_near_to_nothing():
    EventFactory(mode="online", online_access="unknown", venues=[VenueFactory(**COLOGNE)])
    event = EventFactory(venues=[VenueFactory(**COLOGNE)])
    event.venue_links.update(use="broadcast")
    assert slugs(select("near=Köln")) == []


def test_the_nearest_of_several_venues_counts():
    event = EventFactory(venues=[VenueFactory(), VenueFactory(**BONN)])
    selection = select("near=Köln&sort=distance")
    assert slugs(selection) == [event.slug]
    assert selection.around.told(event) == "26 km von Köln entfernt"


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    seed=st.integers(0, 10_000), name=st.sampled_from(["Kassel", "Kiel", "80331"]), radius=st.integers(1, 500)
)
def test_venues_within_are_those_that_a_plain_measurement_finds(seed, name, radius):
    dice = random.Random(seed)  # noqa: S311 - reproducible points, not a secret
    spots = [(round(dice.uniform(47, 55), 6), round(dice.uniform(6, 15), 6)) for _spot in range(12)]
    venues = [VenueFactory(latitude=north, longitude=east) for north, east in spots]
    (place, *_others) = find(name)
    here = (place.latitude, place.longitude)
    plain = {one.pk for one, spot in zip(venues, spots, strict=True) if distance(here, spot) <= radius}
    assert plain == set(around(name, radius).venues) & {one.pk for one in venues}


# -- what is told ---------------------------------------------------------------------------------


def test_cards_tell_the_distance_in_the_language_of_the_page(client, around_cologne):
    page = text(client.get(f"{LIST}?near=Köln"))
    assert "26 km von Köln entfernt" in page
    assert page.count("von Köln entfernt") == 1  # in Cologne the place says it
    assert "weniger als 1 km von 53113 Bonn entfernt" in text(client.get(f"{LIST}?near=53113"))
    assert "26 km from Cologne" in text(client.get(f"{EN}?near=Köln"))
    assert "entfernt" not in text(client.get(LIST))


def test_one_chip_tells_place_and_radius_and_takes_both_away():
    selection = select("near=Köln&radius=25&sort=distance&free=1")
    chips = [(chip.facet, chip.label, chip.remove_url) for chip in selection.chips]
    assert chips[0] == ("Umkreis", "25 km um Köln", f"{LIST}?free=1")
    assert len(chips) == 2
    assert selection.words == "25 km um Köln, Kostenfrei"


def test_the_form_keeps_what_was_typed_and_offers_the_radius(client, around_cologne):
    page = text(client.get(f"{LIST}?near=k%C3%B6LN&radius=75"))
    assert 'name="near" value="köLN"' in page
    assert '<option value="75" selected>75 km</option>' in page
    assert '<option value="" selected>50 km</option>' in text(client.get(LIST))


def test_the_nearest_first_is_offered_only_with_a_place():
    assert "distance" not in [option["value"] for option in select("").sort_options]
    assert "distance" in [option["value"] for option in select("near=Bonn").sort_options]


def test_an_unknown_place_is_left_out_and_told_with_what_may_be_meant(client, around_cologne):
    response = client.get(f"{LIST}?near=Kölm&radius=25&sort=distance")
    page = text(response)
    assert "Ein Ort namens „Kölm“ ist hier nicht bekannt." in page
    assert page.count("fehlt ein Ort") == 0
    selection = response.context["selection"]
    assert selection.places_meant[0] == {
        "label": "Köln, Nordrhein-Westfalen",
        "url": f"{LIST}?radius=25&sort=distance&near=K%C3%B6ln%2C+Nordrhein-Westfalen",
    }
    assert len(response.context["page"].object_list) == 3
    assert 'value="Kölm"' in page


def test_of_several_towns_the_most_populous_is_taken_and_the_others_are_offered(client):
    response = client.get(f"{LIST}?near=Neustadt")
    assert "Neustadt an der Weinstraße, Rheinland-Pfalz" in text(response)
    links = response.context["selection"].places_meant
    assert links[0]["label"] == "Neustadt am Rübenberge, Niedersachsen"
    assert "Neustadt am Rübenberge" in text(client.get(links[0]["url"]))


@pytest.mark.parametrize("query", ["radius=25", "sort=distance", "near=&radius=25"])
def test_what_needs_a_place_is_left_out_without_one_and_told(client, around_cologne, query):
    response = client.get(f"{LIST}?{query}")
    assert "fehlt ein Ort als Ausgangspunkt" in text(response)
    assert response.context["selection"].query_string in ("", "near=")
    assert client.get(f"/veranstaltungen.csv?{query}").status_code == 200, "it chose nothing: nothing widens"
    if "near" not in query:
        assert client.get(f"/api/v1/events?{query}").status_code == 200


def test_an_empty_form_is_no_problem():
    assert select("near=&radius=&q=&from=&to=").problems == []


@pytest.mark.parametrize("look", [LIST, f"{LIST}karte/", f"{LIST}kalender/2027/03/", f"{LIST}jahr/2027/"])
def test_every_look_shows_what_is_near_and_nothing_else(client, around_cologne, look):
    page = client.get(f"{look}?near=Köln").content.decode()
    assert {slug for slug in ("koeln", "bonn", "berlin") if f"{LIST}{slug}/" in page} == {"koeln", "bonn"}


def test_embedded_lists_show_what_is_near(client, around_cologne):
    page = client.get("/einbetten/veranstaltungen/?near=Köln&radius=10").content.decode()
    assert f"{LIST}koeln/" in page
    assert f"{LIST}bonn/" not in page
    assert "10 km um Köln" in client.get("/einbetten/?near=Köln&radius=10").content.decode()


@pytest.mark.parametrize("form", FORMS)
def test_outputs_know_the_place_and_refuse_unknown_ones(client, around_cologne, form):
    path = f"/veranstaltungen{form}"
    body = client.get(f"{path}?near=Köln&radius=10").getvalue().decode()
    assert "/veranstaltungen/koeln" in body
    assert "/veranstaltungen/bonn" not in body
    for query, name in [("near=Xyzzy", "near"), ("near=Köln&radius=0", "radius")]:
        response = client.get(f"{path}?{query}")
        assert (response.status_code, response.content.decode().split(":")[0]) == (400, name)


def test_the_api_knows_the_place_page_by_page_and_refuses_unknown_ones(client, around_cologne):
    path = "/api/v1/events?near=Köln&radius=500&sort=distance&limit=1"
    found = []
    while path:
        answer = client.get(path).json()
        found += [item["slug"] for item in answer["items"]]
        path = answer.get("next")
    assert found == ["koeln", "bonn", "berlin"]
    for query, status in [("near=Xyzzy", 404), ("near=Köln&radius=501", 400)]:
        response = client.get(f"/api/v1/events?{query}")
        assert response.status_code == status
        assert response.json()["errors"][0]["parameter"] == ("near" if status == 404 else "radius")


@pytest.mark.parametrize(
    "value",
    [
        "%00",
        "K%00ln",
        "x" * 7_000,
        "%F0%9F%98%80",
        "%E2%80%8F%E2%80%AEnl%C3%B6K",
        '"><script>',
        "'; --",
        "%25s%(x)s",
    ],
)
def test_hostile_places_are_told_and_stay_escaped(client, around_cologne, value):
    response = client.get(f"{LIST}?near={value}")
    assert response.status_code == 200
    assert b"<script>" not in response.content
    assert client.get(f"/veranstaltungen.ics?near={value}").status_code == 400


@pytest.mark.django_db(transaction=True)
def test_a_place_costs_one_query_more(client, django_assert_num_queries):
    topic = TopicFactory()
    for number in (1, 3, 40):
        for event in EventFactory.create_batch(number, venues=[VenueFactory(**COLOGNE)]):
            EventTopic.objects.create(event=event, topic=topic)
        client.get(f"{LIST}?near=Köln")
        with django_assert_num_queries(7):  # six without
            client.get(f"{LIST}?near=Köln&sort=distance")


def test_the_place_is_called_as_in_the_language_of_the_page():
    with override("en"):
        (chip,) = select("near=Köln").chips
        assert (chip.facet, chip.label) == ("Radius", "50 km around Cologne")
