"""What became of an event, in words."""

import datetime as dt

import pytest

from events.actions import reschedule
from events.models import EventVenue, Participation
from organisations.models import Organisation
from tests.events.histories import change, day, made, told
from tests.factories import (
    AppearanceFactory,
    EventTopicFactory,
    OrganisationFactory,
    ParticipationFactory,
    PriceFactory,
    SessionFactory,
    SpeakerFactory,
    TopicFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db

PLAIN = [
    ({"status": "cancelled"}, "cancelled", "Cancelled"),
    ({"status": "postponed"}, "postponed", "Postponed, no new date yet"),
    (
        {"status": "moved_online", "mode": "online", "online_access": "unknown"},
        "moved-online",
        "Moved online",
    ),
    ({"sold_out": True}, "sold-out", "Sold out"),
    ({"is_free": True}, "free", "Now free of charge"),
    ({"start_time": dt.time(9)}, "time", "Time: from 09:00"),
    ({"mode": "hybrid", "online_access": "unknown"}, "mode", "Mode: On site and online instead of On site"),
    ({"registration_url": "https://a.example"}, "registration-opened", "Registration opened"),
    ({"registration_deadline": day("2027-05-01")}, "registration-deadline", "Registration until 1 May 2027"),
    ({"title": "Neu"}, "title", "Title changed from “Alt” to “Neu”"),
    ({"website": "https://a.example"}, "website", "New website"),
    ({"summary": "Neu"}, "text", "Text revised"),
    ({"description": "Neu"}, "text", "Text revised"),
]


@pytest.mark.parametrize(("columns", "kind", "text"), PLAIN)
def test_each_change_is_told_in_words(columns, kind, text):
    event = made(title="Alt")
    change(event, **columns)
    assert told(event) == [(kind, text)]


BACK = [
    ({"status": "cancelled"}, {"status": "scheduled"}, "reinstated"),
    ({"sold_out": True}, {"sold_out": False}, "available"),
    ({"is_free": True}, {"is_free": False}, "charged"),
    ({"start_time": dt.time(9)}, {"start_time": None}, "time"),
    ({"registration_url": "https://a.example"}, {"registration_url": "https://b.example"}, "registration"),
    ({"registration_url": "https://a.example"}, {"registration_url": ""}, "registration"),
    ({"registration_deadline": day("2027-05-01")}, {"registration_deadline": None}, "registration-deadline"),
    ({"website": "https://a.example"}, {"website": ""}, "website"),
    (
        {"starts_on": day("2027-05-01"), "ends_on": day("2027-05-31"), "date_precision": "month"},
        {"starts_on": day("2027-05-09"), "ends_on": day("2027-05-11"), "date_precision": "day"},
        "date-known",
    ),
]


@pytest.mark.parametrize(("before", "after", "kind"), BACK)
def test_changes_from_something_else_are_told_too(before, after, kind):
    event = made(**before)
    change(event, **after)
    assert [one for one, _text in told(event)] == [kind]


def test_a_new_date_is_told_with_the_old_one():
    event = made()
    reschedule(event, starts_on=day("2027-09-14"), ends_on=day("2027-09-15"))
    assert told(event) == [("rescheduled", "Moved from 9–11 May 2027 to 14–15 September 2027")]
    assert told(event, "de") == [
        ("rescheduled", "Termin verlegt: 14.–15. September 2027 statt 9.–11. Mai 2027")
    ]


def test_a_new_date_after_a_postponement_stands_alone():
    event = made(status="postponed")
    change(event, status="rescheduled", starts_on=day("2027-09-14"), ends_on=day("2027-09-14"))
    assert told(event) == [("rescheduled", "New date: 14 September 2027")]


def test_venues_are_named_with_their_towns():
    event, halls = (
        made(),
        [VenueFactory(name="Kubus", city="Köln"), VenueFactory(name="Messe Bonn", city="Bonn")],
    )
    EventVenue.objects.create(event=event, venue=halls[0])
    assert told(event)[0] == ("venue-added", "Venue added: Kubus, Köln")
    EventVenue.objects.update(venue=halls[1])
    assert told(event)[0] == ("venue", "New venue: Messe Bonn instead of Kubus, Köln")
    EventVenue.objects.update(use="planned")
    assert told(event)[0] == ("venue-removed", "No longer at this place: Messe Bonn")


@pytest.mark.parametrize(
    ("role", "kind", "come", "gone"),
    [
        ("host", "organiser", "Organiser added: Verein", "No longer an organiser: Verein"),
        ("media_partner", "partner", "Partner added: Verein", "No longer a partner: Verein"),
        ("supporter", "sponsor", "Supporter added: Verein", "No longer a supporter: Verein"),
        ("exhibitor", "exhibitor", "Exhibitor added: Verein", "No longer an exhibitor: Verein"),
    ],
)
def test_organisations_come_and_go_by_role(role, kind, come, gone):
    event = made()
    ParticipationFactory(event=event, organisation=OrganisationFactory(name="Verein"), role=role)
    assert told(event) == [(f"{kind}-added", come)]
    Participation.objects.all().delete()
    assert told(event)[0] == (f"{kind}-removed", gone)
    Organisation.objects.all().delete()
    assert told(event) == []


def test_many_people_are_counted():
    event = made()
    for name in "ABCDE":
        AppearanceFactory(event=event, speaker=SpeakerFactory(given_name="", family_name=name))
    assert told(event) == [("speaker-added", "People added: A, B and 3 more")]


def test_a_programme_is_told_by_its_length():
    event = made()
    SessionFactory.create_batch(2, event=event)
    assert told(event) == [("programme", "Programme: 2 items (0 before)")]
    event.sessions.update(room="Saal 1")
    assert told(event)[0] == ("programme", "Programme revised")


def test_topics_and_prices_are_told():
    event = made()
    link = EventTopicFactory(event=event, topic=TopicFactory(name_de="Register"))
    PriceFactory(event=event)
    assert told(event) == [("prices", "Prices announced"), ("topic-added", "Topic added: Register")]
    link.delete()
    event.prices.update(amount=99)
    assert told(event)[:2] == [("prices", "Prices changed"), ("topic-removed", "Topic removed: Register")]


def test_the_title_is_told_in_the_readers_language():
    event = made(title="Tagung", title_en="Conference")
    change(event, title_en="Meeting")
    assert told(event) == [("title", "Title changed from “Conference” to “Meeting”")]
    assert told(event, "de") == []
