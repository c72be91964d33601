"""A directory of forty events with every kind of value, and a naive reading of each parameter.

The naive reading walks over objects in Python; the property tests hold filters and facets to it.
"""

import datetime as dt
import random

from events.models import Event
from events.models.choices import ORGANISING
from events.positions import positions
from lib.gazetteer import find
from lib.geography import distance
from lib.german import fold
from tests.factories import (
    TODAY,
    AppearanceFactory,
    EventFactory,
    OrganisationFactory,
    ParticipationFactory,
    SeriesFactory,
    SpeakerFactory,
    TopicFactory,
    VenueFactory,
)

TOPICS = ["ozg", "smart-city", "ki", "cloud"]
ORGANISATIONS = ["bitkom", "kgst", "messe-essen"]
SERIES = ["sccon", "dikomm"]
SPEAKERS = ["ariane-berger", "ralf-kleindiek"]
PLACES = {
    "citycube": ("Berlin", "DE-BE", "DE"),
    "messe": ("Essen", "DE-NW", "DE"),
    "hofburg": ("Wien", "AT-9", "AT"),
}
MODES = ["onsite", "online", "hybrid"]
FORMATS = ["congress", "webinar", "hackathon"]
AUDIENCES = ["municipal", "federal", "mayors"]
LANGUAGES = ["de", "en"]
STATUSES = ["scheduled", "cancelled", "moved_online"]


def build(size=40, seed=7):
    """The directory in the database; two of its events are drafts that no list may show."""
    dice = random.Random(seed)  # noqa: S311 - a reproducible directory, not a secret
    topics = [TopicFactory(slug=slug, name_de=slug) for slug in TOPICS]
    organisations = [OrganisationFactory(slug=slug, name=slug) for slug in ORGANISATIONS]
    series = [SeriesFactory(slug=slug, name=slug) for slug in SERIES]
    speakers = [SpeakerFactory(slug=slug, family_name=slug.split("-")[1].title()) for slug in SPEAKERS]
    venues = [
        VenueFactory(slug=slug, name=slug, city=city, state=state, country=country)
        for slug, (city, state, country) in PLACES.items()
    ]
    for number in range(size):
        event = EventFactory(
            slug=f"tagung-{number}",
            title=dice.choice(["Bürgerportal", "Registertag", "Offene Straße"]),
            starts_on=TODAY + dt.timedelta(days=dice.randint(-200, 200)),
            series=dice.choice([*series, None]),
            mode=(mode := dice.choice(MODES)),
            online_access="" if mode == "onsite" else "unknown",
            status=dice.choice(STATUSES),
            is_free=dice.choice([True, False, None]),
            formats=some(dice, FORMATS),
            audiences=some(dice, AUDIENCES),
            languages=some(dice, LANGUAGES),
            topics=some(dice, topics),
            venues=some(dice, venues),
            state="draft" if number in (3, 11) else "published",
        )
        for organisation in some(dice, organisations):
            ParticipationFactory(
                event=event, organisation=organisation, role=dice.choice(["organiser", "host", "partner"])
            )
        for speaker in some(dice, speakers):
            AppearanceFactory(event=event, speaker=speaker)


def some(dice, things):
    return dice.sample(things, dice.randint(0, len(things)))


def everything():
    """All published events with what the naive reading looks at, fetched once."""
    return list(Event.objects.filter(state="published").for_detail())


def _organisations(event, roles=None):
    return {
        link.organisation.slug for link in event.participations.all() if roles is None or link.role in roles
    }


def _words(event):
    names = [event.title, event.series.name if event.series else ""]
    names += [link.organisation.name for link in event.participations.all()]
    names += [link.speaker.family_name for link in event.appearances.all()]
    return fold(" ".join(names))


def near(event, name, radius):
    """Whether one of the venues people go to lies around the place, measured with no help of the filter's."""
    place, known = find(name)[0], positions()
    spots = [known[venue.pk] for venue in event.places if venue.pk in known]
    return event.mode != "online" and any(
        distance((place.latitude, place.longitude), spot[:2]) <= radius for spot in spots
    )


NAIVE = {
    "q": lambda event: set(),  # judged apart: words are contained, not equal
    "topic": lambda event: {topic.slug for topic in event.topic_list},
    "organiser": lambda event: _organisations(event, ORGANISING),
    "organisation": _organisations,
    "series": lambda event: {event.series.slug} if event.series else set(),
    "speaker": lambda event: {link.speaker.slug for link in event.appearances.all()},
    "venue": lambda event: {venue.slug for venue in event.places},
    "city": lambda event: {venue.city.lower() for venue in event.places},
    "state": lambda event: {venue.state for venue in event.places},
    "country": lambda event: {venue.country for venue in event.places},
    "mode": lambda event: {event.mode},
    "format": lambda event: set(event.formats),
    "audience": lambda event: set(event.audiences),
    "language": lambda event: set(event.languages),
    "status": lambda event: {event.status},
    "free": lambda event: {"1"} if event.is_free else set(),
}


def naive(events, query, now):
    """Slugs of the events that the parameters {name: [values]} mean."""
    return {event.slug for event in events if _fits(event, query, now)}


def _fits(event, query, now):
    when = query.get("when", ["upcoming"])[0]
    if when != "all" and event.is_past(now) != (when == "past"):
        return False
    if "from" in query and event.ends_on < dt.date.fromisoformat(query["from"][0]):
        return False
    if "to" in query and event.starts_on > dt.date.fromisoformat(query["to"][0]):
        return False
    if any(word not in _words(event) for word in fold(" ".join(query.get("q", []))).split()):
        return False
    if "near" in query and not near(event, query["near"][0], int(query.get("radius", ["50"])[0])):
        return False
    return all(
        set(values) & NAIVE[name](event) for name, values in query.items() if name in NAIVE and name != "q"
    )
