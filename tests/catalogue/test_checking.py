import pytest
from django.db.models import CheckConstraint

from catalogue import checking
from catalogue.schema import SECTIONS
from events.models import SeriesOrganiser
from tests.catalogue.files import (
    EVENT,
    ORGANISATION,
    SERIES,
    TOPIC,
    VENUE,
    changed_record,
    file,
    load,
    rejections,
    with_event,
)

pytestmark = pytest.mark.django_db


def constraints():
    models = [section.model for section in SECTIONS]
    models += [child.model for section in SECTIONS for child in section.children]
    for model in models:
        yield from (rule.name for rule in model._meta.constraints if isinstance(rule, CheckConstraint))


def rules():
    for table in (*checking.RECORDS.values(), *checking.ROWS.values()):
        yield from (rule.name for rule in table)


def test_every_constraint_of_the_database_has_a_rule_that_speaks_first():
    unspoken = set(constraints()) - set(rules())
    assert {name for name in unspoken if not checking.SEEN_TO_BY_READING.fullmatch(name)} == set()


def test_every_rule_belongs_to_a_constraint_or_says_more_than_the_database_can():
    assert set(rules()) - set(constraints()) == {"timezone", "image"}


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"slug": "karte"}, "slug", "is an address of another page"),
        ({"timezone": "Berlin"}, "timezone", "is no time zone of the IANA database, such as Europe/Berlin"),
        ({"hashtag": "sccon"}, "hashtag", "must be one word that begins with #"),
        ({"hashtag": "#zwei Worte"}, "hashtag", "must be one word that begins with #"),
        ({"start": "2027-05", "start_time": "09:00"}, "start_time", "needs a date known to the day"),
        ({"end_time": "09:00"}, "end_time", "needs a start_time"),
        ({"start_time": "09:00", "end_time": "09:00"}, "end_time", "lies before the start"),
        ({"withdrawn_at": "2027-01-01T00:00:00Z"}, "withdrawn_at", "needs the state withdrawn"),
        (
            {"mode": "online"},
            "online_url",
            "is missing: an online part needs online_url or online_access",
        ),
        (
            {"online_access": "members"},
            "online_url",
            "online_url and online_access need the mode online or hybrid",
        ),
        ({"edition": 0}, "edition", "must be 1 or more"),
        ({"edition": 2, "series": None}, "edition", "needs a series"),
        ({"parent": "tagung"}, "parent", "must not be the record itself"),
        (
            {"attendees": 5, "attendees_onsite": 4, "attendees_online": 2},
            "attendees",
            "is less than those on site and online together",
        ),
        ({"image": "events/x.jpg"}, "image", "needs image_alt, image_credit and image_licence"),
        (
            {"image": "../x.jpg", "image_alt": "x", "image_credit": "x", "image_licence": "x"},
            "image",
            "must be a path inside the folder of uploaded files",
        ),
        (
            {"previous_dates": [{"start": "2027-04", "start_time": "09:00"}]},
            "previous_dates[1].start_time",
            "needs a date known to the day",
        ),
        ({"prices": [{"amount": -1}]}, "prices[1].amount", "must not be negative"),
        ({"prices": [{"amount": 5, "amount_to": 4}]}, "prices[1].amount_to", "is less than amount"),
        (
            {"prices": [{"amount": 5, "currency": "eur"}]},
            "prices[1].currency",
            "must be three capital letters as in ISO 4217, such as EUR",
        ),
        (
            {"sessions": [{"title": "x", "start_time": "09:00"}]},
            "sessions[1].date",
            "is missing: a time needs a date",
        ),
        (
            {"sessions": [{"title": "x", "date": "2027-05-03", "start_time": "09:00", "end_time": "08:00"}]},
            "sessions[1].end_time",
            "lies before the start",
        ),
        ({"sessions": None}, "appearances[1].session", "there are only 0 sessions"),
    ],
    ids=str,
)
def test_an_event_that_contradicts_itself_is_refused(changed, field, reason):
    assert rejections(with_event(**changed)) == {field: reason}


@pytest.mark.parametrize(
    ("section", "record", "changed", "field", "reason"),
    [
        (
            "organisations",
            ORGANISATION,
            {"country": "AT", "state": "DE-BE"},
            "state",
            "lies in another country",
        ),
        ("organisations", ORGANISATION, {"state": "DE-BE", "ars": "05"}, "ars", "belongs to another state"),
        ("organisations", ORGANISATION, {"parent": "verband"}, "parent", "must not be the record itself"),
        (
            "organisations",
            ORGANISATION,
            {"successor": "verband"},
            "successor",
            "must not be the record itself",
        ),
        ("topics", TOPIC, {"parent": "cloud"}, "parent", "must not be the record itself"),
        ("series", SERIES, {"hashtag": "x"}, "hashtag", "must be one word that begins with #"),
        ("series", SERIES, {"predecessor": "reihe"}, "predecessor", "must not be the record itself"),
        (
            "venues",
            VENUE,
            {"city": None},
            "city",
            "is missing: only a region, a country or a vessel has no town",
        ),
        (
            "venues",
            VENUE,
            {"kind": "city", "street": "Weg 1"},
            "street",
            "does not fit a place of which only the town is known",
        ),
        ("venues", VENUE, {"country": "AT"}, "state", "lies in another country"),
        ("venues", VENUE, {"latitude": 51}, "latitude", "must come with a longitude, both on the globe"),
        (
            "venues",
            VENUE,
            {"latitude": 91, "longitude": 0},
            "latitude",
            "must come with a longitude, both on the globe",
        ),
    ],
)
def test_another_record_that_contradicts_itself_is_refused(section, record, changed, field, reason):
    assert rejections(file(**{section: [changed_record(record, changed)]})) == {field: reason}


def test_what_keeps_the_rules_is_loaded():
    series = [SERIES | {"predecessor": "alt"}, {"slug": "alt", "name": "Alte Reihe"}]
    report = load(file(series=series, events=[EVENT | {"end_time": "17:00", "start_time": "09:00"}]))
    assert report.created["series"] == 2
    assert SeriesOrganiser.objects.get().organisation.slug == "verband"
