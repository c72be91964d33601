import datetime as dt
import json

import pytest

from events.models import Appearance
from events.outputs import jsonld
from tests import golden
from tests.events.outputs import cast
from tests.events.outputs.cast import ENGLISH, GERMAN, NOW


def page(event, site=GERMAN):
    return jsonld.event_page(event, site, NOW)


@pytest.mark.parametrize(
    "member",
    [
        cast.fair,
        cast.spring,
        cast.webinar,
        cast.hybrid,
        cast.rescheduled,
        cast.postponed,
        cast.vague,
        cast.hostile,
    ],
    ids=lambda member: member.__name__,
)
def test_a_page_is_told_as_before(member):
    golden.check(f"event_{member.__name__}.jsonld", jsonld.dump(page(member())))


def test_an_english_page_is_told_as_before():
    golden.check("event_fair_en.jsonld", jsonld.dump(page(cast.fair(), ENGLISH)))


def test_a_list_is_told_as_before():
    golden.check("list.jsonld", b"".join(jsonld.listing(cast.everybody(), GERMAN)))


def test_a_script_cannot_be_ended_by_a_title():
    told = str(jsonld.script(page(cast.hostile())))
    assert not set("<>&") & set(told)
    assert "\\u003c/script\\u003e" in told
    assert json.loads(told) == page(cast.hostile())


@pytest.mark.parametrize(
    ("member", "status"),
    [
        (cast.fair, "EventScheduled"),
        (cast.cancelled, "EventCancelled"),
        (cast.rescheduled, "EventRescheduled"),
        (cast.postponed, "EventPostponed"),
        (cast.moved_online, "EventMovedOnline"),
    ],
)
def test_status(member, status):
    assert page(member())["eventStatus"] == f"https://schema.org/{status}"


def test_whole_days_end_on_the_last_day():
    assert (page(cast.fair())["startDate"], page(cast.fair())["endDate"]) == ("2027-05-09", "2027-05-11")


def test_a_postponed_event_keeps_its_former_start():
    told = page(cast.postponed())
    assert told["startDate"] == told["previousStartDate"] == "2027-05-09"


def test_a_vague_date_is_never_a_day():
    assert page(cast.vague())["startDate"] == {"@type": "Date", "@value": "2027-06"}
    quarter = cast.vague("quarter", dt.date(2027, 4, 1), dt.date(2027, 6, 30))
    assert page(quarter)["startDate"]["@value"] == "2027"
    assert "endDate" not in page(cast.vague())


def test_former_starts_come_in_order():
    assert page(cast.rescheduled())["previousStartDate"] == [
        {"@type": "Date", "@value": "2026-11"},
        "2027-03-30",
    ]


def test_a_hybrid_event_has_a_place_and_an_address():
    place, online = page(cast.hybrid())["location"]
    assert place["address"]["addressLocality"] == "Berlin"
    assert online == {"@type": "VirtualLocation", "url": "https://stream.example/kongress"}


def test_an_online_event_without_address_is_found_on_its_page():
    told = page(cast.webinar())
    assert told["location"] == {"@type": "VirtualLocation", "url": told["url"]}


def test_an_unknown_place_says_so():
    assert page(cast.nowhere())["location"]["address"] == "Ort nicht bekannt"


def test_what_is_cancelled_is_not_offered():
    event = cast.make("ausgefallen", status="cancelled", is_free=True, registration_url="https://a.example/")
    assert "offers" not in page(event)


def test_prices_are_offers():
    prices = [
        {"group": "everyone", "amount": 490, "is_early_bird": True},
        {"group": "municipal", "amount": 100, "amount_to": 200},
    ]
    event = cast.make("teuer", prices=prices, early_bird_until=dt.date(2027, 2, 1), sold_out=True)
    early, municipal = page(event)["offers"]
    assert (early["price"], early["validThrough"]) == (490.0, "2027-02-01")
    assert municipal["priceSpecification"]["maxPrice"] == 200.0
    assert municipal["availability"] == "https://schema.org/SoldOut"


def test_a_person_in_two_roles_is_named_once():
    event = cast.make(
        "doppelt", people=[{"speaker": cast.ARIANE, "role": role} for role in ("keynote", "speaker")]
    )
    assert page(event)["performer"]["name"] == "Ariane Beispiel"


def test_a_patron_does_not_perform():
    event = cast.make("schirm", people=[{"speaker": cast.ARIANE, "role": "patron"}])
    assert "performer" not in page(event)
    assert page(event)["contributor"]["honorificPrefix"] == "Dr."


def test_events_around_it_are_named_when_they_are_public():
    public, draft = cast.make("offen"), cast.make("entwurf", state="draft")
    event = cast.make("dach", children=[public, draft], parent=draft, series=cast.SERIES)
    told = page(event)
    assert [child["name"] for child in told["subEvent"]] == ["Offen"]
    assert told["superEvent"]["@type"] == "EventSeries"


def test_a_list_tells_nothing_of_people():
    event = cast.fair()
    del event._prefetched_objects_cache["appearances"]
    (told,) = json.loads(b"".join(jsonld.listing([event], GERMAN)))["@graph"]
    assert "performer" not in told
    assert Appearance.__name__ not in json.dumps(told)
