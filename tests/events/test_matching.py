"""Words that visitors type, against all that an event says of itself."""

import pytest

from events.models import Event
from tests.factories import NOW, AppearanceFactory, EventFactory, ParticipationFactory, SeriesFactory

pytestmark = pytest.mark.django_db


def slugs(events):
    return [event.slug for event in events]


@pytest.fixture
def told():
    event = EventFactory(
        slug="treffer",
        title="Große Bühne für Städte",
        title_en="A Stage for Cities",
        subtitle="Über Brücken",
        series=SeriesFactory(
            name="Fachtagung Überblick", short_name="FÜ", aliases=["Rundschau Süd", "Weitblick-Börse"]
        ),
    )
    ParticipationFactory(
        event=event, organisation__name="Österreichischer Städtebund", organisation__short_name="ÖStB"
    )
    AppearanceFactory(event=event, speaker__given_name="Zoë", speaker__family_name="Groß")
    other = EventFactory(slug="andere", title="Kleines Forum")
    ParticipationFactory(event=other, organisation__name="Landkreistag")
    AppearanceFactory(event=other, speaker__given_name="Max", speaker__family_name="Klein")
    return event


@pytest.mark.parametrize(
    "words",
    [
        "Bühne",
        "BUHNE",
        "grosse bühne",
        "städte grosse",
        "GROẞE",
        "brücken",
        "uber",
        "fachtagung",
        "überblick",
        "fü",
        "rundschau sud",
        "börse fachtagung",
        "stage",
        "österreich städtebund",
        "östb",
        "groß zoe",
        "Zoë Bühne österreichischer fachtagung",  # each word somewhere else
        "bu\u0308hne",
        "  bühne   ",
    ],
)
def test_words_are_found_wherever_they_stand(told, words):
    assert slugs(Event.objects.matching(words)) == ["treffer"]


@pytest.mark.parametrize("words", ["Bühne Landkreistag", "groß klein", "xyz", "100%", "_", "b%hne", "\\"])
def test_all_words_must_be_there_and_signs_mean_themselves(told, words):
    assert slugs(Event.objects.matching(words)) == []


def test_no_words_leave_everything(told):
    assert Event.objects.matching("  ").count() == 2


def test_an_event_without_series_and_links_is_found_by_its_title():
    EventFactory(slug="allein", title="Einsame Öffnung")
    assert slugs(Event.objects.matching("offnung")) == ["allein"]


def test_the_anonymised_are_not_found_by_their_name(told):
    speaker = told.appearances.get().speaker
    type(speaker).objects.filter(pk=speaker.pk).update(given_name="", family_name="", anonymised_at=NOW)
    assert slugs(Event.objects.matching("zoe")) == []
