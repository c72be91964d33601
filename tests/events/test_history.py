"""What was public of an event, version by version, and the changes between."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.utils import timezone, translation

from events import history
from events.actions import publish
from events.models import Event, PublishedVersion
from speakers.actions import anonymise
from tests.events.histories import change, day, made, told
from tests.factories import (
    AppearanceFactory,
    EventFactory,
    EventTopicFactory,
    ParticipationFactory,
    PreviousDateFactory,
    SpeakerFactory,
)
from tests.journal.hands import commit_changes

pytestmark = pytest.mark.django_db


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


def test_what_was_set_for_later_and_taken_back_was_never_said():
    due = timezone.now() + dt.timedelta(days=3)
    for taken_back in ({"state": "draft"}, {"state": "withdrawn"}):
        event = made(publish_from=due, title="Noch geheim")
        change(event, **taken_back)
        commit_changes()
        assert not versions(event)
        change(event, state="published", title="Öffentlich", publish_from=None)
        commit_changes()
        assert [one.facts["title"] for one in versions(event)] == ["Öffentlich"]


def test_an_entry_published_sooner_than_set_is_told_of_from_then_on():
    event = made(publish_from=timezone.now() + dt.timedelta(days=3))
    change(event, publish_from=None)
    commit_changes()
    (only,) = versions(event)
    assert only.at <= timezone.now()


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


def test_names_are_struck_whatever_letters_they_have_and_nothing_else_is():
    person = SpeakerFactory(given_name="Max", family_name="Moor", aliases=['Moor "Maxi"', "title", "on"])
    event = made(title='Abschied von Moor "Maxi"', website="https://tage.example/max")
    anonymise(person)
    (only,) = versions(event)
    assert only.facts["title"] == "Abschied v– –"
    assert {"starts_on", "website", "venues"} - only.facts.keys() <= {"venues"}


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


def test_what_is_corrected_on_the_same_day_is_no_news():
    event = made()
    for columns in ({"sold_out": True}, {"title": "Tippfehler"}, {"sold_out": False, "title": "Neu"}):
        change(event, **columns)
        commit_changes()
    PublishedVersion.objects.exclude(pk=versions(event)[0].pk).update(at=timezone.now())
    assert [kind for kind, _text in told(event)] == ["title"]


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
