"""Another site can mirror the catalogue exactly from the API alone."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from events.models import Event
from tests import factories as make
from tests.api.edits import Edits
from tests.api.mirror import COLLECTIONS, Mirror
from tests.journal.hands import commit_changes

EDITS, AT_ONCE = 500, 50


def begin():
    """A small catalogue with something of everything."""
    for _ in range(3):
        make.SeriesFactory(predecessor=None)
    topics = [make.TopicFactory() for _ in range(4)]
    organisations = [make.OrganisationFactory() for _ in range(6)]
    people = [make.SpeakerFactory() for _ in range(5)]
    venues = [make.VenueFactory() for _ in range(3)]
    for number in range(15):
        event = make.EventFactory(
            topics=topics[number % 3 :], organisers=organisations[number % 5 :], venues=[venues[number % 3]]
        )
        make.AppearanceFactory(event=event, speaker=people[number % 5], organisation=organisations[0])


def read_afresh(client):
    """{collection: {id: entry}}: every entry asked for by itself."""
    found = {}
    for name in COLLECTIONS:
        path = f"/api/v1/{name}?when=all&limit=100" if name == "events" else f"/api/v1/{name}?limit=100"
        page = client.get(path + "&fields=slug").json()
        assert page["total"] == len(page["items"]) or page["next"]
        entries = list(page["items"])
        while page["next"]:
            page = client.get(page["next"].removeprefix("http://testserver")).json()
            entries += page["items"]
        found[name] = {one["id"]: client.get(f"/api/v1/{name}/{one['id']}").json() for one in entries}
    return found


def differences(ours, theirs):
    """(collection, identifier, key, ours, theirs) of all that is unlike; whole entries have no key."""
    found = []
    for name in COLLECTIONS:
        for key in sorted({*ours[name], *theirs[name]}):
            here, there = ours[name].get(key), theirs[name].get(key)
            if here is None or there is None:
                found.append((name, key, "", here and here["slug"], there and there["slug"]))
            elif here != there:
                found += [
                    (name, key, part, here[part], there[part]) for part in here if here[part] != there[part]
                ]
    return found


@pytest.fixture(autouse=True)
def _no_limit(settings):
    settings.API_REQUESTS_PER_MINUTE = 0


@pytest.mark.django_db(transaction=True)
def test_a_mirror_equals_the_catalogue_after_random_edits(client):
    """Edits happen between the pages too, and what the mirror missed then it learns the next time."""
    begin()
    edits = Edits(seed=1)
    mirror = Mirror(client, between=lambda: edits.make(edits.random.randrange(2)))
    mirror.sync()
    while edits.number < EDITS:
        edits.make(AT_ONCE)
        mirror.sync()
    mirror.between = lambda: None
    mirror.sync()
    assert len(edits.done) == len(edits.kinds)
    assert differences(mirror.entries, read_afresh(client)) == []


@pytest.mark.django_db(transaction=True)
def test_a_mirror_of_a_choice_lets_go_of_what_is_no_longer_chosen(client):
    begin()
    topic = make.TopicFactory(slug="auswahl")
    edits = Edits(3)
    mirror = Mirror(client, choice={"topic": "auswahl"})
    for _ in range(8):
        for event in Event.objects.order_by("?")[:4]:
            links = event.topic_links.filter(topic=topic)
            links.delete() if links.exists() else make.EventTopicFactory(event=event, topic=topic)
        edits.make(5)
        topic.refresh_from_db()
        mirror.choice = {"topic": topic.slug}
        mirror.sync("events")
    chosen = client.get(f"/api/v1/events?topic={topic.slug}&when=all&limit=100").json()["items"]
    assert mirror.entries["events"] == {one["id"]: one for one in chosen}


@pytest.mark.django_db
def test_an_event_that_appears_by_time_alone_is_told_with_those_that_name_it(client):
    series = make.SeriesFactory()
    start = timezone.now()
    later = start + dt.timedelta(hours=1)
    parent = make.EventFactory()
    sibling = make.EventFactory(series=series, starts_on=dt.date(2026, 5, 1))
    due = make.EventFactory(series=series, parent=parent, publish_from=later)
    child = make.EventFactory(parent=due)
    commit_changes()
    mirror = Mirror(client)
    mirror.sync("events")
    assert str(due.uid) not in mirror.entries["events"]
    mirror.since["events"] = start.isoformat().replace("+00:00", "Z")
    with time_machine.travel(later + dt.timedelta(minutes=1), tick=False):
        page = client.get("/api/v1/events", {"updated_since": mirror.since["events"]}).json()
    assert {one["id"] for one in page["items"]} == {str(one.uid) for one in (parent, sibling, due, child)}
