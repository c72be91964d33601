"""Dates and places as people read them, in both languages."""

import datetime as dt
import re

import pytest
from django.utils.translation import override

from events.templatetags import event_facts, event_tags
from tests.factories import EventFactory, VenueFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def make():
    def event(**fields):
        return EventFactory(title="Tagung", **fields)

    return event


def said(event):
    """What a reader sees of the markup."""
    return re.sub(r"<[^>]+>", "", event_tags.event_time(event))


def test_one_day(make):
    event = make(starts_on=dt.date(2019, 11, 5))
    assert event_tags.event_time(event) == '<time datetime="2019-11-05">5. November 2019</time>'


def test_several_days_say_month_and_year_once(make):
    event = make(starts_on=dt.date(2018, 11, 20), ends_on=dt.date(2018, 11, 22))
    assert event_tags.event_time(event) == (
        '<time datetime="2018-11-20">20.</time>–<time datetime="2018-11-22">22. November 2018</time>'
    )


def test_hours_of_one_day_are_instants(make):
    event = make(starts_on=dt.date(2027, 3, 11), start_time=dt.time(9, 30), end_time=dt.time(17))
    assert event_tags.event_time(event) == (
        '<time datetime="2027-03-11T09:30:00+01:00">11. März 2027, 9:30</time>–'
        '<time datetime="2027-03-11T17:00:00+01:00">17:00</time> Uhr'
    )
    assert said(event) == "11. März 2027, 9:30–17:00 Uhr"


def test_several_days_share_their_hours(make):
    event = make(
        starts_on=dt.date(2027, 3, 16),
        ends_on=dt.date(2027, 3, 18),
        start_time=dt.time(9),
        end_time=dt.time(17),
    )
    assert event_tags.event_time(event) == (
        '<time datetime="2027-03-16T09:00:00+01:00">16.–18. März 2027, 9:00</time>–'
        '<time datetime="2027-03-18T17:00:00+01:00">17:00</time> Uhr'
    )


def test_several_days_with_only_an_opening_hour_are_whole_days(make):
    event = make(starts_on=dt.date(2027, 3, 16), ends_on=dt.date(2027, 3, 18), start_time=dt.time(9))
    assert event_tags.event_time(event).endswith(
        '<time datetime="2027-03-18">18. März 2027</time>, Beginn 9:00 Uhr'
    )


def test_a_start_without_an_end_stays_without_one(make):
    event = make(starts_on=dt.date(2027, 3, 16), start_time=dt.time(9))
    assert event_tags.event_time(event).count("<time") == 1


def test_hours_elsewhere_say_whose_they_are(make):
    event = make(
        starts_on=dt.date(2027, 3, 16),
        start_time=dt.time(9),
        end_time=dt.time(17),
        timezone="Europe/Helsinki",
    )
    assert said(event) == "16. März 2027, 9:00–17:00 Uhr (Ortszeit Helsinki)"


@pytest.mark.parametrize(
    ("first", "last", "precision", "words", "machine"),
    [
        (dt.date(2027, 5, 1), dt.date(2027, 5, 31), "month", "Mai 2027", "2027-05"),
        (dt.date(2027, 4, 1), dt.date(2027, 6, 30), "quarter", "2. Quartal 2027", "2027"),
        (dt.date(2027, 1, 1), dt.date(2027, 12, 31), "year", "2027", "2027"),
        (dt.date(2027, 3, 1), dt.date(2027, 5, 31), "month", "März – Mai 2027", "2027-03"),
    ],
)
def test_a_vague_date_is_no_day(make, first, last, precision, words, machine):
    event = make(starts_on=first, ends_on=last, date_precision=precision)
    assert event_tags.event_time(event) == f'<time datetime="{machine}">{words}</time>'


def test_english_pages_write_english_dates(make):
    event = make(
        starts_on=dt.date(2025, 9, 30),
        ends_on=dt.date(2025, 10, 2),
        start_time=dt.time(9),
        end_time=dt.time(17),
    )
    with override("en"):
        assert said(event) == "30 September – 2 October 2025, 09:00–17:00"


def test_places_in_few_words(make):
    def venues(*cities):
        return [VenueFactory(city=city) for city in cities]

    assert event_tags.place_line(make(venues=venues("Essen"))) == "Essen"
    assert event_tags.place_line(make(venues=venues("Kiel", "Rostock"))) == "Kiel und Rostock"
    assert event_tags.place_line(make(venues=venues("A", "B", "C"))) == "A, B und 1 weiterer Ort"
    assert event_tags.place_line(make(venues=venues("A", "B", "C", "D"))) == "A, B und 2 weitere Orte"
    online = {"mode": "online", "online_access": "unknown"}
    assert event_tags.place_line(make(venues=venues("Köln"), **online)) == "Online"
    hybrid = {"mode": "hybrid", "online_access": "unknown"}
    assert event_tags.place_line(make(venues=venues("Köln"), **hybrid)) == "Köln und online"
    assert event_tags.place_line(make(**hybrid)) == "Vor Ort und online"
    assert event_tags.place_line(make()) == ""


def test_labels_put_the_gravest_first(make):
    event = make(status="cancelled", sold_out=True, is_sample=True)
    assert [label["text"] for label in event_tags.status_labels(event)] == [
        "Abgesagt",
        "Ausgebucht",
        "Beispiel",
    ]
    assert event_tags.status_labels(make()) == []


def test_numbers_are_grouped_as_the_language_has_it():
    assert event_facts.thousands(12700) == "12.700"
    with override("en"):
        assert event_facts.thousands(12700) == "12,700"


def test_a_text_in_another_language_than_the_page_says_so():
    only_german = EventFactory.build(title="Tage", title_en="")
    both = EventFactory.build(title="Tage", title_en="Days")
    with override("en"):
        assert [event_tags.lang(event, "title") for event in (only_german, both)] == [' lang="de"', ""]
    with override("de"):
        assert [event_tags.lang(event, "title") for event in (only_german, both)] == ["", ""]
