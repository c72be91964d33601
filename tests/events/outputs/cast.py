"""The cast of the outputs: one event for each thing that an output can get wrong. Nothing is in a database.

`make` links an event with what `for_detail` would have fetched, so a builder that asks for more fails.
"""

import datetime as dt

from events.models import (
    Appearance,
    Event,
    EventTopic,
    EventVenue,
    Participation,
    PreviousDate,
    Price,
    Series,
    Topic,
    Venue,
)
from events.outputs.facts import Feed, Site
from lib.nouns import default_uid
from organisations.models import Organisation
from speakers.models import Speaker

NOW = dt.datetime(2027, 3, 1, 9, 0, tzinfo=dt.UTC)
GERMAN = Site(url="https://kongresse.example.org", name="Kongressatlas", language="de")
ENGLISH = Site(url="https://kongresse.example.org", name="Kongressatlas", language="en")


def feed(site=GERMAN, suffix="ics", **more):
    """The list of all events in one form."""
    prefix = "/veranstaltungen" if site.language == "de" else "/en/events"
    title = {"de": "Kongressatlas: alle Veranstaltungen", "en": "Kongressatlas: all events"}[site.language]
    address = f"{site.url}{prefix}.{suffix}?when=all"
    return Feed(
        site=site, title=title, address=address, page=f"{site.url}{prefix}/?when=all", now=NOW, **more
    )


OZG = Topic(pk=1, slug="ozg", name_de="Onlinezugangsgesetz", name_en="Online Access Act")
REGISTERS = Topic(pk=2, slug="register", name_de="Register, Daten; Austausch")
MINISTRY = Organisation(
    pk=1,
    slug="ministerium-fuer-digitales",
    name="Ministerium für Digitales",
    name_en="Ministry of Digital Affairs",
    kind="authority",
    level="state",
    website="https://ministerium.example/",
)
VEREIN = Organisation(
    pk=2, slug="verein", name="Verein „Offene Verwaltung“", kind="association", level="private"
)
FAIR = Organisation(pk=3, slug="messe", name="Messe & Kongress GmbH", kind="trade_fair", level="private")
SERIES = Series(pk=1, slug="digitaltage", name="Digitaltage", short_name="DT")
HALL = Venue(
    pk=1,
    slug="kongresshalle",
    name="Kongresshalle",
    street="Musterstraße 1",
    postal_code="10115",
    city="Berlin",
    state="DE-BE",
    country="DE",
    latitude=52.520008,
    longitude=13.404954,
)
VIENNA = Venue(pk=2, slug="wien", name="Wien", kind="city", city="Wien", state="AT-9", country="AT")
HELSINKI = Venue(
    pk=3, slug="dipoli", name="Dipoli", street="Otakaari 24", postal_code="02150", city="Espoo", country="FI"
)
ARIANE = Speaker(
    pk=1, slug="ariane-beispiel", academic_title="Dr.", given_name="Ariane", family_name="Beispiel"
)


def make(
    slug,
    *,
    venues=(),
    organisers=(),
    partners=(),
    topics=(),
    before=(),
    people=(),
    prices=(),
    children=(),
    **facts,
):
    """An event with its relations, published, on 9 May 2027 unless said otherwise."""
    facts.setdefault("title", slug.replace("-", " ").title())
    facts.setdefault("starts_on", dt.date(2027, 5, 9))
    facts.setdefault("ends_on", facts["starts_on"])
    facts.setdefault("uid", default_uid("event", slug))
    facts.setdefault("modified_at", dt.datetime(2027, 2, 3, 4, 5, 6, tzinfo=dt.UTC))
    event = Event(
        pk=1,
        slug=slug,
        state=facts.pop("state", "published"),
        created_at=dt.datetime(2027, 1, 2, 3, 4, 5, tzinfo=dt.UTC),
        published_at=dt.datetime(2027, 1, 3, 3, 4, 5, tzinfo=dt.UTC),
        **facts,
    )
    roles = [("organiser", one) for one in organisers] + [("partner", one) for one in partners]
    event._prefetched_objects_cache = {
        "venue_links": [EventVenue(event=event, venue=venue, position=n) for n, venue in enumerate(venues)],
        "topic_links": [EventTopic(event=event, topic=topic, position=n) for n, topic in enumerate(topics)],
        "participations": [
            Participation(event=event, organisation=one, role=role, position=n)
            for n, (role, one) in enumerate(roles)
        ],
        "previous_dates": [PreviousDate(event=event, position=n, **row) for n, row in enumerate(before)],
        "appearances": [Appearance(event=event, **row) for row in people],
        "prices": [Price(event=event, **row) for row in prices],
        "children": list(children),
        "sessions": [],
        "awards": [],
        "sources": [],
    }
    return event


def fair(**facts):
    """Several whole days, and everything that can be known."""
    return make(
        "messe-digital-2027",
        title="Messe Digital 2027",
        title_en="Digital Fair 2027",
        subtitle="Das Treffen der Verwaltung",
        summary="Drei Tage lang zeigen Länder und Kommunen, was sie digital anbieten.",
        ends_on=dt.date(2027, 5, 11),
        venues=[HALL],
        organisers=[MINISTRY, FAIR],
        partners=[VEREIN],
        topics=[OZG, REGISTERS],
        series=SERIES,
        edition=7,
        formats=["trade_fair", "congress"],
        audiences=["municipal"],
        languages=["de"],
        revision=3,
        website="https://messe-digital.example/",
        registration_url="https://messe-digital.example/anmeldung?von=atlas,ja",
        registration_deadline=dt.date(2027, 4, 30),
        is_free=True,
        people=[
            {"speaker": ARIANE, "role": "keynote", "office": "Staatssekretärin", "organisation": MINISTRY}
        ],
        **facts,
    )


def spring():
    """Timed, on the day the clocks go forward."""
    return make(
        "hackathon-zeitumstellung",
        title="Hackathon in der Nacht der Zeitumstellung",
        starts_on=dt.date(2027, 3, 27),
        ends_on=dt.date(2027, 3, 28),
        start_time=dt.time(18),
        end_time=dt.time(12, 30),
        venues=[HALL],
        formats=["hackathon"],
    )


def autumn():
    """From the hour that the night of 31 October has twice."""
    return make(
        "lange-nacht",
        title="Lange Nacht der Daten",
        starts_on=dt.date(2027, 10, 31),
        start_time=dt.time(2, 30),
        end_time=dt.time(4),
    )


def vienna():
    return make(
        "forum-wien",
        title="Forum Wien",
        starts_on=dt.date(2027, 10, 31),
        start_time=dt.time(9),
        end_time=dt.time(17),
        timezone="Europe/Vienna",
        venues=[VIENNA],
        organisers=[VEREIN],
    )


def helsinki():
    return make(
        "european-digital-day",
        title="European Digital Day",
        title_en="European Digital Day",
        start_time=dt.time(9),
        end_time=dt.time(16, 45),
        timezone="Europe/Helsinki",
        venues=[HELSINKI],
        languages=["en"],
    )


def webinar():
    """Timed without an end, online, free of an address."""
    return make(
        "webinar-register",
        title="Webinar: Register verstehen",
        start_time=dt.time(10),
        mode="online",
        online_access="after_registration",
        formats=["webinar"],
        is_free=False,
        price_note="49 Euro, ermäßigt 25 Euro",
    )


def hybrid():
    return make(
        "kongress-hybrid",
        title="Kongress hybrid",
        start_time=dt.time(9),
        end_time=dt.time(17),
        mode="hybrid",
        online_url="https://stream.example/kongress",
        venues=[HALL],
    )


def cancelled():
    return make("abgesagter-tag", title="Abgesagter Tag", status="cancelled", revision=2, venues=[HALL])


def rescheduled():
    return make(
        "verlegter-kongress",
        title="Verlegter Kongress",
        status="rescheduled",
        starts_on=dt.date(2027, 9, 14),
        ends_on=dt.date(2027, 9, 15),
        before=[
            {"starts_on": dt.date(2026, 11, 1), "ends_on": dt.date(2026, 11, 30), "date_precision": "month"},
            {"starts_on": dt.date(2027, 3, 30), "ends_on": dt.date(2027, 4, 1)},
        ],
        venues=[HALL],
    )


def postponed():
    return make("verschobener-tag", title="Verschobener Tag", status="postponed", revision=1, venues=[HALL])


def moved_online():
    return make(
        "tag-im-netz",
        title="Tag im Netz",
        status="moved_online",
        mode="online",
        online_url="https://stream.example/tag",
        start_time=dt.time(9),
        end_time=dt.time(12),
        venues=[HALL],
    )


def vague(precision="month", first=dt.date(2027, 6, 1), last=dt.date(2027, 6, 30)):
    slug = f"irgendwann-{precision}"
    return make(slug, title="Irgendwann im Sommer", starts_on=first, ends_on=last, date_precision=precision)


def sold_out():
    return make(
        "ausgebuchter-kurs", title="Ausgebuchter Kurs", sold_out=True, formats=["course"], venues=[HALL]
    )


def sample():
    return make("beispiel-tagung", title="Tagung", is_sample=True, status="cancelled", venues=[HALL])


def hostile():
    return make(
        "boese-tagung",
        title='A < B & C, D; E "F" \\N </script>\r\n\x00\x0b\u2028=cmd|\u202e',
        summary="=SUMME(A1)\r\nEND:VCALENDAR\r\n]]> <b>fett</b>",
        registration_url="https://böse.example/\r\nEND:VEVENT",
        venues=[HALL],
    )


def long_word():
    return make(
        "langes-wort",
        title="Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzestagung „für alle“",
        venues=[HALL],
    )


def evening():
    """Several days of which only the first opening hour is known."""
    return make(
        "abendliche-eroeffnung",
        title="Abendliche Eröffnung",
        ends_on=dt.date(2027, 5, 11),
        start_time=dt.time(18),
        venues=[HALL],
    )


def nowhere():
    return make("ohne-ort", title="Tagung ohne Ort")


def everybody():
    """All of the cast in the order in which a list would show them."""
    return [
        spring(), fair(), helsinki(), webinar(), hybrid(), evening(), moved_online(), cancelled(),
        postponed(), sold_out(), sample(), hostile(), long_word(), nowhere(), vague(),
        vague("quarter", dt.date(2027, 7, 1), dt.date(2027, 9, 30)),
        vague("year", dt.date(2027, 1, 1), dt.date(2027, 12, 31)), rescheduled(), vienna(),
    ]  # fmt: skip
