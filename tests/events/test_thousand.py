"""Every look at a thousand events of one month keeps to its bars: 12 queries, 60 kB as they are sent."""

import datetime as dt
import json

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.text import slugify

from events.models import Event, EventTopic, EventVenue, Participation
from index.refresh import refresh_all
from tests.factories import EventFactory, OrganisationFactory, TopicFactory, VenueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
NUMBER, QUERIES, BYTES = 1000, 12, 60_000
TOWNS = [
    "Berlin",
    "Hamburg",
    "München",
    "Köln",
    "Stuttgart",
    "Düsseldorf",
    "Leipzig",
    "Essen",
    "Dresden",
    "Bonn",
]
ADDRESSES = [
    "/veranstaltungen/?from=2027-04-01",
    "/veranstaltungen/monat/2027/4/",
    "/veranstaltungen/jahr/2027/",
    "/veranstaltungen/jahr/2027/?lanes=organiser",
    "/veranstaltungen/karte/",
    "/termin-pruefen/?from=2027-04-13&to=2027-04-14&topic=thema-1&near=Berlin&audience=municipal",
]


@pytest.fixture
def thousand():
    """Titles are put together from those of the catalogue, so that they can be compressed like real ones."""
    catalogue = json.loads((settings.BASE_DIR / "data" / "catalogue.json").read_text(encoding="utf-8"))
    titles = [event["title"].split() for event in catalogue["events"]]
    events = EventFactory.build_batch(NUMBER)
    for n, event in enumerate(events):
        one, other = titles[n % len(titles)], titles[(n * 31 + n // len(titles)) % len(titles)]
        event.title = " ".join([*one[: (len(one) + 1) // 2], *other[len(other) // 2 :]])[:250]
        event.slug = f"tagung-{n}-{slugify(event.title)[:60]}".strip("-")
        event.starts_on = dt.date(2027, 4, n % 28 + 1)
        event.ends_on = event.starts_on + dt.timedelta(days=n % 3)
        event.audiences = ["municipal"]
    events = Event.objects.bulk_create(events)
    topics = [TopicFactory(slug=f"thema-{n}", name_de=f"Thema {n}") for n in range(30)]
    bodies = OrganisationFactory.create_batch(40)
    halls = [VenueFactory(name=f"Halle {n}", city=TOWNS[n % len(TOWNS)], postal_code="") for n in range(60)]
    EventTopic.objects.bulk_create(
        EventTopic(event=event, topic=topics[(n + k * 7) % 30], position=k)
        for n, event in enumerate(events)
        for k in (0, 1)
    )
    EventVenue.objects.bulk_create(
        EventVenue(event=event, venue=halls[n % 60]) for n, event in enumerate(events)
    )
    Participation.objects.bulk_create(
        Participation(event=event, organisation=bodies[n % 40]) for n, event in enumerate(events)
    )
    refresh_all()


@pytest.mark.usefixtures("thousand")
def test_a_thousand_events_cost_few_queries_and_little_weight(client):
    for address in ADDRESSES:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = client.get(address, headers={"accept-encoding": "gzip"})
        assert page.headers["Content-Encoding"] == "gzip", address
        assert len(asked) <= QUERIES, address
        assert len(page.content) <= BYTES, address
