"""Makers of entries for tests. Dates are fixed; NOW is the moment that every test takes as now."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from events.models import (
    Appearance,
    Award,
    Event,
    EventTopic,
    EventVenue,
    Participation,
    PreviousDate,
    Price,
    Series,
    SeriesOrganiser,
    Session,
    Source,
    Topic,
    Venue,
)
from organisations.models import Organisation
from speakers.models import Speaker

NOW = dt.datetime(2027, 3, 1, 9, 0, tzinfo=dt.UTC)
# Before the database's own clock, which notes when an entry is withdrawn.
PUBLISHED = dt.datetime(2026, 6, 1, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    slug = factory.Sequence(lambda n: f"organisation-{n}")
    name = factory.Sequence(lambda n: f"Organisation {n}")
    kind = "association"
    level = "private"
    country = "DE"


class SpeakerFactory(DjangoModelFactory):
    class Meta:
        model = Speaker

    slug = factory.Sequence(lambda n: f"person-{n}")
    given_name = "Alex"
    family_name = factory.Sequence(lambda n: f"Beispiel{n}")


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic

    slug = factory.Sequence(lambda n: f"thema-{n}")
    name_de = factory.Sequence(lambda n: f"Thema {n}")


class VenueFactory(DjangoModelFactory):
    class Meta:
        model = Venue

    slug = factory.Sequence(lambda n: f"halle-{n}")
    name = factory.Sequence(lambda n: f"Halle {n}")
    street = "Musterstraße 1"
    postal_code = "10115"
    city = "Berlin"
    state = "DE-BE"
    country = "DE"


class SeriesFactory(DjangoModelFactory):
    class Meta:
        model = Series

    slug = factory.Sequence(lambda n: f"reihe-{n}")
    name = factory.Sequence(lambda n: f"Reihe {n}")


class EventFactory(DjangoModelFactory):
    """A published on-site congress of one day, ten days after TODAY.

    Extras: `topics`, `organisers` and `venues` take lists of things to link.
    """

    class Meta:
        model = Event
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"tagung-{n}")
    title = factory.Sequence(lambda n: f"Tagung {n}")
    starts_on = TODAY + dt.timedelta(days=10)
    ends_on = factory.SelfAttribute("starts_on")
    state = "published"
    published_at = PUBLISHED
    languages = ["de"]
    formats = ["congress"]
    audiences = ["municipal"]

    @factory.post_generation
    def topics(event, create, extracted, **kwargs):
        for position, topic in enumerate(extracted or []):
            EventTopic.objects.create(event=event, topic=topic, position=position)

    @factory.post_generation
    def organisers(event, create, extracted, **kwargs):
        for position, organisation in enumerate(extracted or []):
            Participation.objects.create(event=event, organisation=organisation, position=position)

    @factory.post_generation
    def venues(event, create, extracted, **kwargs):
        for position, venue in enumerate(extracted or []):
            EventVenue.objects.create(event=event, venue=venue, position=position)


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = Participation

    event = factory.SubFactory(EventFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = "organiser"


class AppearanceFactory(DjangoModelFactory):
    class Meta:
        model = Appearance

    event = factory.SubFactory(EventFactory)
    speaker = factory.SubFactory(SpeakerFactory)
    role = "speaker"
    office = "Leitung Digitalisierung"


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = Session

    event = factory.SubFactory(EventFactory)
    title = factory.Sequence(lambda n: f"Vortrag {n}")


class PreviousDateFactory(DjangoModelFactory):
    class Meta:
        model = PreviousDate

    event = factory.SubFactory(EventFactory)
    starts_on = TODAY + dt.timedelta(days=3)
    ends_on = factory.SelfAttribute("starts_on")


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    event = factory.SubFactory(EventFactory)
    url = factory.Sequence(lambda n: f"https://quelle.example/{n}")
    title = factory.Sequence(lambda n: f"Quelle {n}")


class EventTopicFactory(DjangoModelFactory):
    class Meta:
        model = EventTopic

    event = factory.SubFactory(EventFactory)
    topic = factory.SubFactory(TopicFactory)


class EventVenueFactory(DjangoModelFactory):
    class Meta:
        model = EventVenue

    event = factory.SubFactory(EventFactory)
    venue = factory.SubFactory(VenueFactory)


class SeriesOrganiserFactory(DjangoModelFactory):
    class Meta:
        model = SeriesOrganiser

    series = factory.SubFactory(SeriesFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class PriceFactory(DjangoModelFactory):
    class Meta:
        model = Price

    event = factory.SubFactory(EventFactory)
    amount = 100


class AwardFactory(DjangoModelFactory):
    class Meta:
        model = Award

    event = factory.SubFactory(EventFactory)
    title = factory.Sequence(lambda n: f"Preis {n}")
    winner = "Musterstadt"
