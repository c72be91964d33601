"""An entry that visitors could see leaves a tombstone when it goes, whichever way it goes."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from events.actions import publish, withdraw
from events.models import Event, Series, Topic, Venue
from journal.models import Tombstone
from organisations.models import Organisation
from speakers.actions import anonymise
from speakers.models import Speaker
from tests.factories import (
    NOW,
    EventFactory,
    OrganisationFactory,
    SeriesFactory,
    SpeakerFactory,
    TopicFactory,
    VenueFactory,
)
from tests.rules import refused

pytestmark = pytest.mark.django_db
SOON = timezone.now() + dt.timedelta(days=1)


def stones():
    return list(Tombstone.objects.values_list("noun", "uid", "slug", "reason"))


def bury(**values):
    return Tombstone.objects.create(
        **{"noun": "event", "uid": EventFactory.build().uid, "gone_at": NOW, "reason": "deleted"} | values
    )


@pytest.mark.parametrize(
    ("factory", "noun"),
    [
        (EventFactory, "event"),
        (SeriesFactory, "series"),
        (TopicFactory, "topic"),
        (VenueFactory, "venue"),
        (OrganisationFactory, "organisation"),
        (SpeakerFactory, "speaker"),
    ],
)
def test_a_deleted_entry_leaves_one(factory, noun):
    thing = factory()
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {thing._meta.db_table}")
    assert stones() == [(noun, thing.uid, "" if noun == "speaker" else thing.slug, "deleted")]


@pytest.mark.parametrize("state", ["withdrawn", "draft", "in_review"])
def test_an_event_taken_from_the_public_leaves_one_until_it_is_back(state):
    event = EventFactory()
    Event.objects.update(state=state)
    assert stones() == [("event", event.uid, event.slug, "withdrawn")]
    Event.objects.update(state="published")
    assert stones() == []


def test_the_actions_of_editors_do_the_same():
    event = EventFactory()
    withdraw(event, note="Anders gekommen")
    assert len(stones()) == 1
    publish(event)
    assert stones() == []


@pytest.mark.parametrize("facts", [{"state": "draft", "published_at": None}, {"publish_from": SOON}])
def test_what_nobody_has_seen_leaves_none(facts):
    EventFactory(**facts)
    Event.objects.update(title="Anders")
    Event.objects.update(state="withdrawn")
    Event.objects.all().delete()
    assert stones() == []


def test_a_withdrawn_event_that_is_deleted_is_told_as_deleted():
    event = EventFactory()
    Event.objects.update(state="withdrawn")
    Event.objects.all().delete()
    assert stones() == [("event", event.uid, event.slug, "deleted")]


def test_the_stone_of_an_event_set_to_come_back_stands_until_then():
    EventFactory()
    Event.objects.update(publish_from=SOON)
    assert Tombstone.objects.standing().count() == 1
    assert Tombstone.objects.standing(SOON).count() == 0
    Event.objects.update(publish_from=None)
    assert stones() == []


def test_a_person_who_is_anonymised_leaves_no_address():
    speaker = SpeakerFactory()
    uid = speaker.uid
    anonymise(speaker)
    assert stones() == [("speaker", uid, "", "anonymised")]
    Speaker.objects.update(is_sample=True)
    assert len(stones()) == 1


def test_an_entry_that_is_made_again_has_no_stone():
    topic = TopicFactory()
    Topic.objects.all().delete()
    TopicFactory(slug=topic.slug)
    assert len(stones()) == 1
    TopicFactory(uid=topic.uid)
    assert stones() == []


def test_an_entry_that_gets_another_name_and_identifier_is_another_one():
    topic = TopicFactory()
    Topic.objects.update(slug="anders")
    assert stones() == []
    Topic.objects.update(uid=TopicFactory.build().uid)
    assert stones() == [("topic", topic.uid, "anders", "deleted")]


def test_several_at_once_leave_one_each():
    things = [VenueFactory(), VenueFactory(), SeriesFactory(), OrganisationFactory()]
    for model in (Venue, Series, Organisation):
        model.objects.all()._raw_delete("default")
    assert {stone[1] for stone in stones()} == {thing.uid for thing in things}


def test_the_reason_is_one_of_three():
    with refused("tombstone_reason_known"):
        bury(reason="lost")


def test_no_stone_names_a_person():
    with refused("tombstone_of_a_person_names_nobody"):
        bury(noun="speaker", slug="erika-mustermann")
