"""Entries that exist nowhere else: fixed, in memory only, with the texts and days that strain a component."""

import datetime as dt
from typing import Any

from django import forms

from events.expectations import ExpectedEdition
from events.models import Event, EventTopic, EventVenue, Participation, Series, Topic, Venue
from events.models.involvement import Appearance
from events.rhythm import Expected
from organisations.models import Organisation
from speakers.models import Speaker

DAY = dt.date(2027, 3, 9)
LONG_WORD = "Registermodernisierungsumsetzungsbeschleunigungsverordnung"
MINISTRY = Organisation(
    pk=1, slug="ministerium", name="Ministerium für Digitales, Verwaltungsmodernisierung und Sport"
)
TOWN = Organisation(pk=2, slug="stadt", name="Stadt Musterhausen", short_name="Musterhausen")
TOPICS = [
    Topic(pk=1, slug="ki", name_de="Künstliche Intelligenz", name_en="Artificial intelligence"),
    Topic(pk=2, slug="ozg", name_de="Onlinezugangsgesetz"),
    Topic(pk=3, slug="lang", name_de=LONG_WORD),
]
HALL = Venue(pk=1, slug="halle", name="Stadthalle", city="Musterhausen", country="DE")
FAIR = Venue(pk=2, slug="messe", name="Messe", city="Neustadt an der Weinstraße", country="DE")
PERSON = Speaker(pk=1, slug="person", academic_title="Dr.", given_name="Aylin", family_name="Beispiel-Öztürk")
SERIES = Series(pk=1, slug="reihe", name="Musterhausener Digitaltage")
# Numbers of the invented rows; a row needs one to have others.
_NUMBERS = iter(range(1, 1_000_000))


def event(
    *, organisers: tuple[Organisation, ...] = (TOWN,), topics: int = 2, venues: tuple[Venue, ...] = (HALL,),
    **values: Any,
) -> Event:  # fmt: skip
    """An event with what `for_listing` would have fetched."""
    facts = {"title": "Digitaltag der Kommunen", "slug": "beispiel", "starts_on": DAY, "languages": ["de"]}
    made = Event(pk=next(_NUMBERS), **{**facts, "ends_on": values.get("starts_on", DAY), **values})
    rows = {
        "participations": [
            Participation(pk=number, event=made, organisation=one, role="organiser", position=number)
            for number, one in enumerate(organisers)
        ],
        "venue_links": [EventVenue(event=made, venue=venue, use="venue") for venue in venues],
        "topic_links": [EventTopic(event=made, topic=topic) for topic in TOPICS[:topics]],
    }
    # What Django notes after prefetch_related: nothing here asks the database.
    made._prefetched_objects_cache = rows  # type: ignore[attr-defined]
    return made


PLAIN = event()
SEVERAL_DAYS = event(
    title="Kongress Moderner Staat", ends_on=DAY + dt.timedelta(days=2), venues=(HALL, FAIR), is_free=True
)
LATER = event(publish_from=dt.datetime(2027, 3, 2, 8, 0, tzinfo=dt.UTC))
TURN_OF_YEAR = event(
    starts_on=dt.date(2027, 12, 30), ends_on=dt.date(2028, 1, 2), title="Hackathon zum Jahreswechsel"
)
MONTH_ONLY = event(
    title="Herbsttagung",
    starts_on=dt.date(2027, 10, 1),
    ends_on=dt.date(2027, 10, 31),
    date_precision="month",
)
QUARTER_ONLY = event(starts_on=dt.date(2027, 4, 1), ends_on=dt.date(2027, 6, 30), date_precision="quarter")
CANCELLED = event(title="Fachtag Cloud", status="cancelled", mode="online", venues=())
POSTPONED = event(title="Fachtag Register", status="postponed", sold_out=True)
SAMPLE = event(title="Werkstatt Verwaltung", is_sample=True, is_free=True, mode="hybrid")
ENGLISH = event(title="GovTech Summit", title_en="GovTech Summit", languages=["en"], topics=1)
LONG = event(
    title=f"Vom Entwurf zur {LONG_WORD}: was Länder, Landkreise, Städte und Gemeinden jetzt wissen müssen",
    organisers=(MINISTRY, TOWN, MINISTRY, TOWN, MINISTRY), topics=3, venues=(FAIR, HALL, FAIR),
)  # fmt: skip
BARE = event(organisers=(), topics=0, venues=())
EXPECTED = [ExpectedEdition(SERIES, Expected(2028, 3), PLAIN)]
ROLE = Participation(event=PLAIN, organisation=TOWN, role="organiser", name_then="Amt Musterhausen-Land")
OFFICE = Appearance(
    event=PLAIN,
    speaker=PERSON,
    role="keynote",
    organisation=MINISTRY,
    office="Staatssekretärin und Beauftragte",
)


class ExampleForm(forms.Form):
    """A field with help, one that may stay empty, one with an error, one to choose from."""

    name = forms.CharField(label="Ihr Name", required=False)
    town = forms.CharField(label="Ort", help_text="Name oder Postleitzahl")
    message = forms.CharField(label="Nachricht", widget=forms.Textarea(attrs={"rows": 3}))
    state = forms.ChoiceField(label="Land", choices=[("DE-NW", "Nordrhein-Westfalen")])


FORM = ExampleForm({"town": "Musterhausen", "message": "", "state": "DE-NW"}, auto_id="id_%s")
