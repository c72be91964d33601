"""What the database keeps true by itself, whichever way a row is written."""

import datetime as dt

import pytest
from django.db import connection

from events.models import Event, EventTopic, EventVenue, Participation, PreviousDate, Topic, Venue
from organisations.models import Organisation
from tests.factories import (
    NOW,
    EventFactory,
    OrganisationFactory,
    PreviousDateFactory,
    SeriesFactory,
    SourceFactory,
    SpeakerFactory,
    TopicFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)

# What a calendar must learn, by column.
TOLD = {
    "slug": "anders",
    "title": "Anders",
    "title_en": "Different",
    "subtitle": "Anders",
    "summary": "Anders",
    "summary_en": "Different",
    "starts_on": dt.date(2027, 3, 10),
    "ends_on": dt.date(2027, 3, 12),
    "start_time": dt.time(10),
    "end_time": dt.time(18),
    "timezone": "Europe/Paris",
    "date_precision": "month",
    "date_note": "Anders",
    "status": "cancelled",
    "sold_out": True,
    "mode": "hybrid",
    "online_url": "https://raum.example",
    "online_access": "members",
    "website": "https://anders.example",
    "registration_url": "https://anders.example",
    "registration_deadline": dt.date(2027, 3, 1),
    "contributions_url": "https://anders.example",
    "contributions_deadline": dt.date(2027, 3, 1),
    "exhibitors_url": "https://anders.example",
    "exhibitors_deadline": dt.date(2027, 3, 1),
    "early_bird_until": dt.date(2027, 2, 1),
    "is_free": True,
    "price_note": "Anders",
    "image": "events/anders.png",
    "state": "in_review",
}
# Further columns that must change with one of those, so that the row stays sound.
ALONG = {
    "end_time": {"start_time": dt.time(9)},
    "date_precision": {"starts_on": dt.date(2027, 3, 1), "ends_on": dt.date(2027, 3, 31)},
    "image": {"image_alt": "Bild", "image_credit": "Amt", "image_licence": "CC0"},
    "mode": {"online_access": "unknown"},
    "online_url": {"mode": "hybrid"},
    "online_access": {"mode": "hybrid"},
}
# What concerns editors and readers of the page, but no calendar.
UNTOLD = {
    "checked_on": dt.date(2027, 2, 1),
    "description": "Anders",
    "hashtag": "#Anders",
    "eligibility": "members",
    "attendees": 9,
    "speaker_count": 9,
    "partner_country": "DK",
    "formats": ["forum"],
    "audiences": ["it"],
    "publish_from": LONG_AGO,
}


def made_earlier(**values):
    """An event from an earlier transaction."""
    return EventFactory(created_at=LONG_AGO, **values)


def revision(event):
    return Event.objects.values_list("revision", flat=True).get(pk=event.pk)


def execute(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


# -- the event's own row ---------------------------------------------------------------------------


@pytest.mark.parametrize("column", TOLD)
def test_what_a_calendar_must_learn_raises_the_revision(column):
    event = made_earlier()
    Event.objects.filter(pk=event.pk).update(**{column: TOLD[column]} | ALONG.get(column, {}))
    assert revision(event) == 1


@pytest.mark.parametrize("column", UNTOLD)
def test_what_no_calendar_shows_does_not(column):
    event = made_earlier()
    Event.objects.filter(pk=event.pk).update(**{column: UNTOLD[column]})
    assert revision(event) == 0


def test_save_update_and_sql_count_alike_and_one_write_counts_once():
    event = made_earlier()
    event.title, event.summary = "Erstens", "Kurz"
    event.save()
    Event.objects.filter(pk=event.pk).update(title="Zweitens")
    execute("UPDATE events_event SET title = 'Drittens' WHERE id = %s", event.pk)
    assert revision(event) == 3


def test_writing_the_same_again_does_not_count():
    event = made_earlier()
    event.refresh_from_db()
    event.save()
    Event.objects.filter(pk=event.pk).update(title=event.title)
    assert revision(event) == 0


def test_a_stale_copy_cannot_take_the_revision_back():
    event, stale = made_earlier(), None
    stale = Event.objects.get(pk=event.pk)
    Event.objects.filter(pk=event.pk).update(title="Neu")
    stale.checked_on = dt.date(2027, 2, 1)
    stale.save()
    assert revision(event) == 2  # once for the new title, once for the old one that came back with the copy


# -- rows around it --------------------------------------------------------------------------------


def add_previous_date(event):
    PreviousDateFactory(event=event)


def add_venue(event):
    EventVenue.objects.create(event=event, venue=VenueFactory())


def add_topic(event):
    EventTopic.objects.create(event=event, topic=TopicFactory())


def add_organiser(event):
    Participation.objects.create(event=event, organisation=OrganisationFactory())


CHILDREN = [
    (add_previous_date, PreviousDate, {"ends_on": dt.date(2027, 12, 31)}),
    (add_venue, EventVenue, {"use": "broadcast"}),
    (add_topic, EventTopic, {"position": 7}),
    (add_organiser, Participation, {"role": "host"}),
]


@pytest.mark.parametrize(("add", "model", "change"), CHILDREN)
def test_adding_changing_and_removing_a_row_each_count(add, model, change):
    event = made_earlier()
    add(event)
    assert revision(event) == 1
    model.objects.update(**change)
    assert revision(event) == 2
    model.objects.update(**change)  # the same again
    assert revision(event) == 2
    model.objects.all().delete()
    assert revision(event) == 3


@pytest.mark.parametrize(("add", "model", "change"), CHILDREN)
def test_rows_of_the_transaction_that_made_the_event_do_not_count(add, model, change):
    event = EventFactory()
    add(event)
    model.objects.update(**change)
    assert revision(event) == 0


def test_a_row_that_changes_its_event_counts_for_both():
    first, second = made_earlier(), made_earlier()
    add_topic(first)
    EventTopic.objects.update(event=second)
    assert (revision(first), revision(second)) == (2, 1)


def test_sources_and_other_events_do_not_count():
    event, other = made_earlier(), made_earlier()
    SourceFactory(event=event)
    add_topic(other)
    assert revision(event) == 0


@pytest.mark.django_db(transaction=True)
def test_the_same_across_real_transactions():
    event = EventFactory(topics=[TopicFactory()], venues=[VenueFactory()])
    assert revision(event) == 2  # the factory writes each row in a transaction of its own
    event.delete()
    assert not Event.objects.exists()


# -- nouns that events name ------------------------------------------------------------------------


def test_a_renamed_venue_tells_its_events_and_no_others():
    venue = VenueFactory()
    there, elsewhere = made_earlier(), made_earlier()
    EventVenue.objects.create(event=there, venue=venue)
    before = revision(there)
    Venue.objects.update(name="Neue Halle")
    Venue.objects.update(website="https://halle.example", accessibility=["lift"])
    assert (revision(there) - before, revision(elsewhere)) == (1, 0)


def test_a_renamed_organisation_tells_its_events_and_no_others():
    organisation = OrganisationFactory()
    involved, other = made_earlier(), made_earlier()
    Participation.objects.create(event=involved, organisation=organisation, role="host")
    before = revision(involved)
    Organisation.objects.update(name="Neuer Verband")
    Organisation.objects.update(website="https://verband.example", aliases=["Alter Verband"])
    assert (revision(involved) - before, revision(other)) == (1, 0)


# -- publication -----------------------------------------------------------------------------------


def test_published_at_is_set_once():
    event = EventFactory(state="draft", published_at=None)
    assert Event.objects.get().published_at is None
    Event.objects.update(state="published")
    first = Event.objects.get().published_at
    assert first is not None
    Event.objects.update(state="draft")
    execute("UPDATE events_event SET state = 'published' WHERE id = %s", event.pk)
    assert Event.objects.get().published_at == first


def test_published_at_follows_the_day_set_for_it():
    later = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
    EventFactory(published_at=None, publish_from=later)
    assert Event.objects.get().published_at == later


def test_withdrawn_at_lasts_as_long_as_the_withdrawal():
    EventFactory(state="withdrawn")
    first = Event.objects.get().withdrawn_at
    assert first is not None
    Event.objects.update(title="Anders")
    assert Event.objects.get().withdrawn_at == first
    Event.objects.update(state="published")
    assert Event.objects.get().withdrawn_at is None


# -- change dates ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "factory",
    [EventFactory, SeriesFactory, TopicFactory, VenueFactory, OrganisationFactory, SpeakerFactory],
    ids=lambda factory: factory._meta.model.__name__,
)
def test_modified_at_follows_every_way_of_writing(factory):
    thing, untouched = factory(modified_at=LONG_AGO), factory(modified_at=LONG_AGO)
    table = thing._meta.db_table
    execute(f"UPDATE {table} SET is_sample = is_sample WHERE id = %s", thing.pk)
    thing.refresh_from_db()
    untouched.refresh_from_db()
    assert thing.modified_at > LONG_AGO
    assert untouched.modified_at == LONG_AGO


def test_modified_at_cannot_be_written():
    topic = TopicFactory()
    Topic.objects.update(modified_at=NOW)
    topic.refresh_from_db()
    assert topic.modified_at != NOW


def test_a_revision_changes_the_events_date_too():
    event = made_earlier(modified_at=LONG_AGO)
    add_topic(event)
    event.refresh_from_db()
    assert event.modified_at > LONG_AGO
