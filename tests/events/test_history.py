"""What became of an event since it was published, in words."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.utils import timezone, translation

from events import history
from events.actions import publish, reschedule
from events.models import Event, EventVenue, Participation, PublishedVersion
from organisations.models import Organisation
from speakers.actions import anonymise
from tests.factories import (
    NOW,
    AppearanceFactory,
    EventFactory,
    EventTopicFactory,
    OrganisationFactory,
    ParticipationFactory,
    PreviousDateFactory,
    PriceFactory,
    SessionFactory,
    SpeakerFactory,
    TopicFactory,
    VenueFactory,
)
from tests.journal.hands import commit_changes

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=400)


def day(text):
    return dt.date.fromisoformat(text)


def made(**facts):
    """An event that was published in an earlier transaction."""
    event = EventFactory(**{"starts_on": day("2027-05-09"), "ends_on": day("2027-05-11")} | facts)
    commit_changes()
    return event


def told(event, language="en"):
    """(kind, text) of all that changed, newest first, without the first publication."""
    commit_changes()
    event = Event.objects.for_detail().get(pk=event.pk)
    with translation.override(language):
        changes = history.changes_of(event)
    return [(change.kind, change.text) for change in changes if change.kind != "published"]


def change(event, **columns):
    Event.objects.filter(pk=event.pk).update(**columns)


# -- versions --------------------------------------------------------------------------------------


def versions(event):
    commit_changes()
    return list(PublishedVersion.objects.filter(event=event).order_by("pk"))


def test_the_first_publication_is_the_first_version():
    event = made(state="draft", published_at=None)
    assert versions(event) == []
    change(event, title="Noch ein Entwurf")
    assert versions(event) == []
    publish(event)
    (first,) = versions(event)
    assert (first.facts["title"], first.revision) == ("Noch ein Entwurf", 2)
    assert [one.kind for one in history.changes_of(event)] == ["published"]
    assert history.worth_telling(history.changes_of(event)) == []


def test_only_what_says_something_new_makes_a_version():
    event = made()
    change(event, checked_on=day("2027-01-01"), hashtag="#neu")
    assert len(versions(event)) == 1
    change(event, title="Neu")
    change(event, title="Noch neuer")
    assert [one.facts["title"] for one in versions(event)][1:] == ["Noch neuer"]


def test_what_is_withdrawn_is_not_told_until_it_is_back():
    event = made()
    change(event, state="withdrawn")
    change(event, title="Im Stillen geändert")
    assert len(versions(event)) == 1
    change(event, state="published")
    assert len(versions(event)) == 2


def test_an_entry_for_later_has_one_version_until_then():
    due = timezone.now() + dt.timedelta(days=3)
    event = made(publish_from=due)
    change(event, title="Vorher geändert")
    (only,) = versions(event)
    assert (only.at, only.facts["title"]) == (due, "Vorher geändert")
    assert history.changes_of(event) == []
    assert [one.kind for one in history.changes_of(event, due)] == ["published"]


def test_versions_go_with_the_event_whichever_way_it_goes():
    made()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM events_event")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not PublishedVersion.objects.exists()
    made().delete()
    assert not PublishedVersion.objects.exists()


def test_no_trace_of_an_anonymised_person_is_left():
    speaker = SpeakerFactory(
        given_name="Änne", family_name="Müßig", slug="aenne-muessig", aliases=["Anna M."]
    )
    event = made(title="Ein Abend mit Änne Müßig", website="https://aenne-muessig.example")
    AppearanceFactory(event=event, speaker=speaker)
    commit_changes()
    change(event, title="Ein Abend über Ämter", website="")
    assert ("speaker-added", "Person added: Änne Müßig") in told(event)
    anonymise(speaker)
    commit_changes()
    stored = json.dumps(list(PublishedVersion.objects.values_list("facts", flat=True)), ensure_ascii=False)
    assert [word for word in ("Müßig", "muessig", "Anna M.") if word in stored] == []
    assert [kind for kind, _text in told(event)] == ["title", "website"]


# -- words -----------------------------------------------------------------------------------------

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


def test_dates_given_up_before_the_entry_was_made_come_last_without_a_moment():
    event = EventFactory(starts_on=day("2019-10-22"), ends_on=day("2019-10-24"), status="rescheduled")
    PreviousDateFactory(
        event=event,
        starts_on=day("2019-05-01"),
        ends_on=day("2019-05-31"),
        date_precision="month",
        position=0,
    )
    PreviousDateFactory(event=event, starts_on=day("2019-11-19"), ends_on=day("2019-11-21"), position=1)
    commit_changes()
    change(event, sold_out=True)
    commit_changes()
    event.refresh_from_db()
    with translation.override("en"):
        changes = history.changes_of(event)
    assert [(one.text, one.at is None) for one in changes] == [
        ("Sold out", False),
        ("Entry published", False),
        ("Moved from 19–21 November 2019 to 22–24 October 2019", True),
        ("Moved from May 2019 to 19–21 November 2019", True),
    ]


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


def test_what_is_corrected_on_the_same_day_is_no_news():
    event = made()
    for columns in ({"sold_out": True}, {"title": "Tippfehler"}, {"sold_out": False, "title": "Neu"}):
        change(event, **columns)
        commit_changes()
    PublishedVersion.objects.exclude(pk=versions(event)[0].pk).update(at=timezone.now())
    assert [kind for kind, _text in told(event)] == ["title"]


# -- cost ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_many_histories_cost_as_much_as_one(number, django_assert_num_queries):
    for _number in range(number):
        event = made()
        AppearanceFactory(event=event)
        ParticipationFactory(event=event)
        EventTopicFactory(event=event)
        commit_changes()
        event.topic_links.all().delete()
        event.participations.all().delete()
    commit_changes()
    events = list(Event.objects.for_listing())
    with django_assert_num_queries(4):
        found = history.changes_of_many(events)
    assert {len(changes) for changes in found.values()} == {6}


def test_the_latest_changes_are_those_of_one_moment():
    made_at, later = (dt.datetime(2027, 1, number, tzinfo=dt.UTC) for number in (1, 2))
    published = history.Change(made_at, 0, "published", "Published")
    first, second = (history.Change(later, 1, kind, kind) for kind in ("venue", "title"))
    assert history.latest([first, second, published]) == [first, second]
    assert history.latest([published]) == history.latest([]) == []
