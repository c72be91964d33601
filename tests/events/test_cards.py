"""Cards are drawn once, and show what is true."""

import datetime as dt

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from events import card_rows, month_entries
from events.cards import card_of, cards
from events.line_drawing import line
from events.listing import listing
from events.models import Event
from index.highlighting import Matcher
from lib.words import units
from tests.factories import (
    EventFactory,
    OrganisationFactory,
    SeriesFactory,
    TopicFactory,
    VenueFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def matcher(*words):
    return Matcher(frozenset(key for word in words for unit in units(word) for key in unit.keys))


def fetched(**facts):
    event = EventFactory(**facts)
    return Event.objects.for_listing().get(pk=event.pk)


def test_a_card_is_what_the_template_shows(client):
    event = fetched(
        title="Recht & <b>Daten</b>",
        organisers=[OrganisationFactory(name="Amt", short_name="")],
        venues=[VenueFactory(city="Köln")],
        topics=[TopicFactory(name_de="Cloud")],
    )
    page = client.get("/veranstaltungen/").content.decode()
    shown = page[page.index('<article class="event-card">') : page.index("</article>")]
    drawn = card_of(event).html()
    assert "".join(shown.split()) in "".join(drawn.split())
    assert card_of(event).texts == ("Recht & <b>Daten</b>", "Köln", "Amt", "Cloud")


def test_a_line_is_the_same_wherever_it_stands():
    month = {"starts_on": dt.date(2027, 5, 1), "ends_on": dt.date(2027, 5, 31), "date_precision": "month"}
    event = fetched(
        title="Recht & <b>Daten</b>",
        sold_out=True,
        is_sample=True,
        venues=[VenueFactory(city="Köln")],
        **month,
    )
    drawn = line(card_rows.told([event.pk])[event.pk][1])
    assert drawn == month_entries.entries([event.pk])[event.pk].line
    assert drawn.strip() == render_to_string("components/event_line.html", {"event": event}).strip()
    assert "Recht &amp; &lt;b&gt;Daten&lt;/b&gt;</a>" in drawn
    assert "Mai 2027, Köln · <strong>Ausgebucht</strong> · <strong>Beispiel</strong>" in drawn


def test_events_come_by_their_keys_with_all_that_a_list_fetches(django_assert_num_queries):
    keys = [
        EventFactory(
            series=SeriesFactory(),
            organisers=OrganisationFactory.create_batch(2),
            venues=[VenueFactory()],
            topics=TopicFactory.create_batch(2),
        ).pk,
        EventFactory().pk,
    ]
    with django_assert_num_queries(4):
        found = listing([keys[1], 0, keys[0]])
        told = [facts(event) for event in found]
    assert [event.pk for event in found] == [keys[1], keys[0]]
    usual = {event.pk: facts(event) for event in Event.objects.for_listing()}
    assert told == [usual[keys[1]], usual[keys[0]]]


def facts(event):
    """All that a card may ask an event for."""
    return {
        **{field.attname: getattr(event, field.attname) for field in Event._meta.concrete_fields},
        "series": event.series,
        "organisers": [(link.role, link.organisation, link.event.pk) for link in event.organisers],
        "places": event.places,
        "topics": event.topic_list,
    }


def test_hits_are_marked_and_everything_else_is_escaped():
    card = card_of(fetched(title="Recht & <b>Daten</b>"))
    assert "Recht &amp; &lt;b&gt;<mark>Daten</mark>&lt;/b&gt;" in card.html(matcher("Daten"))
    assert "<mark>" not in card.html(matcher("Köln"))


def test_each_language_has_cards_of_its_own():
    event = fetched(title="Tagung", title_en="Conference")
    assert cards([event.pk])[event.pk].title == "Tagung"
    with translation.override("en"):
        assert cards([event.pk])[event.pk].title == "Conference"


def test_what_may_not_be_seen_has_none():
    assert cards([EventFactory(state="draft").pk]) == {}


@pytest.mark.django_db(transaction=True)
def test_a_card_is_drawn_once_and_anew_after_any_edit(django_assert_num_queries):
    event = EventFactory(topics=[TopicFactory(name_de="Cloud")])
    cards([event.pk])
    with django_assert_num_queries(1):
        assert "Cloud" in cards([event.pk])[event.pk].html()
    event.topics.update(name_de="Wolke")
    assert "Wolke" in cards([event.pk])[event.pk].html()
    Event.objects.update(state="withdrawn")
    assert cards([event.pk]) == {}
