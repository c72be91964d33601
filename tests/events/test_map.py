"""The map page: the events of the list, each counted wherever it takes place."""

import re
from collections import Counter
from xml.etree import ElementTree

import pytest
from django.http import QueryDict
from django.utils.translation import override

from events.atlas import MOST_TOWNS, Atlas
from events.models import EventVenue
from events.selection import Selection
from events.whereabouts import whereabouts
from index.refresh import refresh_all
from tests.events import directory
from tests.factories import NOW, EventFactory, TopicFactory, VenueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
MAP = "/veranstaltungen/karte/"
LIST = "/veranstaltungen/"
QUERIES = [
    "when=all", "", "when=past", "when=all&state=DE-BE", "when=all&state=DE-BE&state=DE-NW",
    "when=all&city=essen", "when=all&country=AT", "when=all&mode=online", "when=all&mode=onsite&topic=ki",
    "when=all&near=Essen&radius=100", "when=all&state=DE-NW&organiser=bitkom", "when=all&status=cancelled",
]  # fmt: skip


def select(query):
    return Selection(QueryDict(query), MAP, at=NOW)


def text(response):
    return " ".join(response.content.decode().split())


def places_of(event):
    """Where an event counts, read from the objects: in towns and foreign countries, online or nowhere."""
    found = {venue.city if venue.country == "DE" else venue.country for venue in event.places}
    return found | ({"online"} if event.mode == "online" else set()) or {"nowhere"}


# -- numbers --------------------------------------------------------------------------------------


def test_every_event_counts_once_at_each_of_its_places():
    """Nothing is lost and nothing invented: the sums are those of a walk over all events."""
    directory.build()
    everything = {event.pk: event for event in directory.everything()}
    for query in QUERIES:
        selection = select(query)
        events = [everything[pk] for pk in selection.events.values_list("pk", flat=True)]
        naive = Counter(place for event in events for place in places_of(event))
        where = whereabouts(selection)
        told = {town.name: town.number for town in where.towns} | where.abroad
        told |= {"online": where.online, "nowhere": where.nowhere}
        assert {name: number for name, number in told.items() if number} == naive, query
        assert where.several == sum(len(places_of(event)) > 1 for event in events), query


def test_a_land_counts_as_if_it_alone_were_chosen():
    directory.build()
    for chosen in ("", "&state=DE-NW"):
        states = whereabouts(select(f"when=all&topic=ki{chosen}")).states
        for state, number in states.items():
            assert select(f"when=all&topic=ki&state={state}").events.count() == number


def test_halls_of_one_town_make_one_town():
    halls = [
        VenueFactory(slug=f"halle-{name}", city="Köln", state="DE-NW", postal_code="50667") for name in "ab"
    ]
    EventFactory(venues=halls)
    EventFactory(venues=halls[:1])
    (town,) = whereabouts(select("")).towns
    assert (town.name, town.number) == ("Köln", 2)
    assert whereabouts(select("")).several == 0


def test_what_is_in_no_town_of_germany_is_told_apart():
    vague = VenueFactory(kind="region", city="", street="", postal_code="", state="DE-MV", name="Ostseeküste")
    nation = VenueFactory(kind="country", city="", street="", postal_code="", state="", name="Bundesweit")
    abroad = VenueFactory(city="Wien", state="AT-9", country="AT", postal_code="1010")
    for venue in (vague, nation, abroad):
        EventFactory(venues=[venue])
    EventFactory(mode="online", online_access="unknown")
    EventFactory()
    where = whereabouts(select(""))
    assert where.towns == []
    assert (where.vague, where.nationwide, where.abroad) == ({"DE-MV": 1}, 1, {"AT": 1})
    assert (where.online, where.nowhere, where.several) == (1, 1, 0)


def test_where_an_event_was_planned_or_is_broadcast_from_is_not_where_it_takes_place():
    event = EventFactory(mode="online", online_access="unknown")
    EventVenue.objects.create(event=event, venue=VenueFactory(), use="broadcast")
    where = whereabouts(select(""))
    assert (where.towns, where.states, where.online, where.several) == ([], {}, 1, 0)


# -- choosing -------------------------------------------------------------------------------------


def test_a_land_is_chosen_added_and_taken_away_again():
    EventFactory(venues=[VenueFactory(), VenueFactory(city="Essen", state="DE-NW")])
    urls = {land.code: land.entry.url for land in Atlas(select("")).lands}
    assert urls["DE-BE"] == f"{MAP}?state=DE-BE"
    assert urls["DE-BY"] is None
    chosen = {land.code: land.entry for land in Atlas(select("state=DE-BE&page=3")).lands}
    assert chosen["DE-NW"].url == f"{MAP}?state=DE-BE&state=DE-NW"
    assert (chosen["DE-BE"].is_chosen, chosen["DE-BE"].url) == (True, MAP)
    assert "ausgewählt" in chosen["DE-BE"].title


def test_a_mark_leads_to_the_events_of_its_towns_and_back():
    cologne, bonn = (VenueFactory(city=city, state="DE-NW", postal_code="") for city in ("Köln", "Bonn"))
    EventFactory(venues=[cologne])
    EventFactory(venues=[bonn, cologne])
    (disc,) = Atlas(select("")).discs
    assert disc.entry.title == "Köln, Bonn: 2 Veranstaltungen"
    assert disc.entry.url == f"{MAP}?city=bonn&city=koeln"
    discs = Atlas(select("city=bonn&city=koeln")).discs
    assert [one.entry.number for one in discs] == [1, 2] or [one.entry.number for one in discs] == [2, 1]


def test_the_numbers_of_online_and_foreign_events_are_those_behind_their_links():
    directory.build()
    for group in Atlas(select("when=all")).apart:
        for entry in group["entries"]:
            if entry.url:
                query = entry.url.partition("?")[2]
                assert select(query).events.count() == entry.number, entry


def test_a_mark_of_too_many_towns_is_no_link():
    """No filter takes so many values; the towns stand in the list, and come apart where a Land is chosen."""
    for number in range(MOST_TOWNS + 1):
        venue = VenueFactory(
            city=f"Dorf {number}", state="DE-NW", latitude="51.5", longitude=f"7.{number:03}"
        )
        EventFactory(venues=[venue])
    atlas = Atlas(select(""))
    (disc,) = atlas.discs
    assert (disc.entry.number, disc.entry.url) == (MOST_TOWNS + 1, None)
    assert disc.entry.title.endswith("und 38 weitere Orte: 41 Veranstaltungen")
    assert len(atlas.towns) == MOST_TOWNS + 1


def test_the_map_comes_nearer_where_places_are_chosen():
    EventFactory(venues=[VenueFactory(), VenueFactory(city="München", state="DE-BY", postal_code="")])
    whole = Atlas(select("")).view
    assert Atlas(select("state=DE-BY&city=muenchen")).view.scale > whole.scale
    assert Atlas(select("near=München&radius=25")).view.scale > whole.scale
    assert Atlas(select("topic=ki")).view == whole
    assert Atlas(select("near=Wien&radius=25")).view == whole


def test_the_surroundings_of_a_place_are_drawn_as_a_circle():
    assert Atlas(select("")).circle is None
    atlas = Atlas(select("near=Leipzig&radius=100"))
    assert (atlas.circle.x, atlas.circle.y) == pytest.approx((240, 320), abs=1)
    assert atlas.circle.radius == pytest.approx(213, abs=2), "as wide as the drawing, without its margin"


# -- the page -------------------------------------------------------------------------------------


def test_the_map_lists_the_events_of_the_list(client):
    directory.build()
    for query in QUERIES:
        pages = [client.get(f"{path}?{query}").context["page"] for path in (LIST, MAP)]
        slugs = [[event.slug for event in page.object_list] for page in pages]
        assert slugs[0] == slugs[1], query
        assert pages[0].paginator.count == pages[1].paginator.count, query


def test_pages_keep_the_filter(client):
    EventFactory.create_batch(30, is_free=True)
    response = client.get(f"{MAP}?free=1&page=2")
    assert len(response.context["page"].object_list) == 5
    assert response.context["page_links"]["previous"] == f"{MAP}?free=1"
    assert response.context["canonical"].endswith(f"{MAP}?page=2")


@pytest.mark.parametrize(
    ("query", "number"), [("when=all", 11), ("when=all&state=DE-BE", 12), ("when=all&near=Berlin", 17)]
)
def test_the_map_costs_the_same_for_one_three_and_many(client, django_assert_num_queries, query, number):
    """Positions are kept, yet not in a transaction with changes: here they cost a query more each time."""
    topic = TopicFactory()
    for size in (1, 3, 40):
        for _repeat in range(size):
            EventFactory(topics=[topic], venues=[VenueFactory(), VenueFactory(city="Essen", state="DE-NW")])
        refresh_all()
        with django_assert_num_queries(number):
            assert client.get(f"{MAP}?{query}").status_code == 200


def test_the_drawing_is_for_the_eye_and_its_lists_for_everybody(client):
    EventFactory(venues=[VenueFactory(), VenueFactory(city="Essen", state="DE-NW", postal_code="45127")])
    page = text(client.get(MAP))
    (svg,) = re.findall(r"<svg class=\"map__drawing.*?</svg>", page)
    drawing = ElementTree.fromstring(svg)  # noqa: S314 - our own answer
    assert drawing.get("aria-hidden") == "true"
    links = list(drawing.iter("a"))
    assert {one.get("tabindex") for one in links} == {"-1"}
    rest = page.replace(svg, "")
    for link in links:
        assert f'href="{link.get("href")}"' in rest, (
            "all that can be chosen on the map can be chosen in a list"
        )
    assert len(drawing.findall("g/*")) == 16


def test_numbers_of_the_drawing_are_written_as_svg_has_them(client):
    EventFactory(venues=[VenueFactory(city="Rostock", state="DE-MV", postal_code="")])
    page = client.get(f"{MAP}?near=Rostock").content.decode()
    numbers = re.findall(r' (?:r|transform)="([^"]*)"', page)
    assert numbers
    assert not any("," in number for number in numbers)


def test_the_page_says_whose_the_map_and_the_places_are(client):
    page = text(client.get(MAP))
    for words in ("MapSVG", "GeoNames", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"):
        assert words in page


def test_an_empty_map_says_how_to_go_on(client):
    TopicFactory(slug="ozg", name_de="Onlinezugangsgesetz")
    page = text(client.get(f"{MAP}?topic=ozg"))
    assert "Ohne „Thema: Onlinezugangsgesetz“" in page
    assert 'class="disc"' not in page


def test_a_choice_that_is_online_alone_says_so(client):
    EventFactory(mode="online", online_access="unknown")
    page = text(client.get(MAP))
    assert "Keine dieser Veranstaltungen findet an einem Ort in Deutschland statt." in page
    assert f'href="{MAP}?mode=online"' in page


def test_the_map_speaks_english(client):
    EventFactory(venues=[VenueFactory(city="München", state="DE-BY", postal_code="")])
    with override("en"):
        page = text(client.get("/en/events/map/"))
    assert "<title>Bavaria: 1 event</title>" in page
    assert 'href="/en/events/map/?state=DE-BY"' in page


@pytest.mark.parametrize(
    "query",
    ["state=DE-XX", "city=%00", "near=Nirgendwo", "page=x", "state=" + "&state=".join(["DE-BE"] * 80)],
)
def test_odd_questions_never_break_the_map(client, query):
    EventFactory(venues=[VenueFactory()])
    assert client.get(f"{MAP}?{query}").status_code == 200
