"""What pages of nouns tell of their events: by bits as by SQL, and where all of them are."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.urls import reverse

from events import portions as portions_of
from events.bits.keeper import keeper
from events.filters import When
from events.models import Appearance, Event, EventVenue, Participation
from events.portions import OfLinks, OfTopic, Portions
from events.selection import Selection
from speakers import appearances
from tests.factories import (
    NOW,
    AppearanceFactory,
    EventFactory,
    OrganisationFactory,
    ParticipationFactory,
    SpeakerFactory,
    TopicFactory,
    VenueFactory,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("now")]
NEXT, LATEST, PER_PAGE = 3, 2, 4
COMING, PAST = NEXT + 2, PER_PAGE + 3


@pytest.fixture
def nouns(monkeypatch):
    """Nouns with the same events of several years, and short portions of them."""
    for module, name, value in (
        (portions_of, "NEXT", NEXT),
        (portions_of, "LATEST", LATEST),
        (appearances, "NEXT", NEXT),
        (appearances, "PER_PAGE", PER_PAGE),
    ):
        monkeypatch.setattr(module, name, value)
    topic, venue = TopicFactory(slug="ki"), VenueFactory(slug="halle")
    organisation, speaker = OrganisationFactory(slug="kgst"), SpeakerFactory(slug="wer")
    for number in range(-PAST, COMING):
        day = NOW.date() + dt.timedelta(days=1 + 99 * number)
        event = EventFactory(slug=f"tagung-{number + PAST}", starts_on=day, topics=[topic], venues=[venue])
        for role in ("organiser", "sponsor")[: 1 + number % 2]:
            ParticipationFactory(event=event, organisation=organisation, role=role)
        AppearanceFactory(event=event, speaker=speaker)
    EventFactory(slug="geheim", state="draft", topics=[topic], venues=[venue])
    EventFactory(slug="spaeter", publish_from=NOW + dt.timedelta(days=1), topics=[topic], venues=[venue])
    keeper.forget()
    yield {
        ("topic", topic.slug): OfTopic(topic.pk),
        ("venue", venue.slug): OfLinks(EventVenue.objects.filter(venue=venue)),
        ("organisation", organisation.slug): OfLinks(
            Participation.objects.filter(organisation=organisation), "role"
        ),
        ("speaker", speaker.slug): OfLinks(Appearance.objects.filter(speaker=speaker)),
    }
    keeper.forget()


def told(name, links):
    portions = Portions(*name, links, NOW)
    keys = {when: portions.keys(when) for when in (When.UPCOMING, When.PAST)}
    parts = {when: (found.count(), found[:7], found[3:9]) for when, found in keys.items()}
    by_year = {kind: dict(years) for kind, years in portions.by_year.items() if years}
    return parts, by_year, [one.slug for one in portions.upcoming.events], portions.past.total


def test_bits_tell_what_sql_tells_and_the_list_has_all_of_it(nouns, monkeypatch):
    by_bits = {name: told(name, links) for name, links in nouns.items()}
    with monkeypatch.context() as without:
        without.setattr(keeper, "current", lambda: None)
        assert {name: told(name, links) for name, links in nouns.items()} == by_bits
    for name, links in nouns.items():
        portions = Portions(*name, links, NOW)
        for part in (portions.upcoming, portions.past):
            query = part.url.partition("?")[2]
            assert Selection(QueryDict(query), "/", at=NOW).total == part.total > len(part.events)


def test_an_edit_arrives_in_both_portions_and_none_means_none(nouns):
    name, links = next(iter(nouns.items()))
    before = told(name, links)[0]
    Event.objects.filter(slug__in=[f"tagung-{PAST}", f"tagung-{PAST - 1}"]).update(state="withdrawn")
    after = told(name, links)[0]
    assert [before[when][0] - after[when][0] for when in before] == [1, 1]
    nothing = OfLinks(Participation.objects.filter(organisation=OrganisationFactory()), "role")
    portions = Portions("organisation", "leer", nothing, NOW)
    assert (portions.upcoming.total, portions.past.events, portions.told) == (0, [], [])
    assert not any(portions.by_year.values())


def test_pages_show_a_portion_and_say_how_many_there_are(nouns, client):
    for route, slug in (
        ("events:topic", "ki"),
        ("events:venue", "halle"),
        ("organisations:detail", "kgst"),
    ):
        page = client.get(reverse(route, args=[slug])).content.decode()
        assert page.count('class="event-card"') == NEXT + LATEST, route
        assert f"Alle {COMING} kommenden Veranstaltungen" in page
        assert f'<span class="count">({PAST})</span>' in page
    past_appearances_come_page_by_page(client)


def past_appearances_come_page_by_page(client):
    pages = [client.get("/personen/wer/", {"page": number}) for number in (1, 2, 3)]
    rows = [page.content.decode().count("<tr><td") for page in pages]
    assert rows == [NEXT + PER_PAGE, PAST - PER_PAGE, PAST - PER_PAGE]
    first, second, beyond = (page.content.decode() for page in pages)
    assert 'href="/personen/wer/?page=2"' in first
    assert "?speaker=wer" in first
    assert '/personen/wer/?page=2"' in second.partition('rel="canonical"')[2][:80]
    assert "Eine Seite „3“ gibt es nicht" in beyond
