"""The cast: few entries that every page test knows, made after the three events of the product's mission.

One congress with everything an entry can have (past), one new regional day (upcoming), one free online
talk (upcoming), beside what must never be seen: a draft, a withdrawn entry, one that is not due yet.
"""

import datetime as dt
from dataclasses import dataclass

from django.test import override_settings

from events.models import Event, Series, Topic, Venue
from organisations.models import Organisation
from pages import statements
from pages.models import Statement
from speakers.models import Speaker
from tests import factories as make
from tests.factories import NOW
from tests.pages.operator import legal


@dataclass(frozen=True)
class Cast:
    congress: Event  # past, on site, three days, with programme, people, prices, an award
    regional_day: Event  # upcoming, on site, one day with times
    online_talk: Event  # upcoming, online, free of charge, with times
    draft: Event
    withdrawn: Event
    later: Event  # published, but not before tomorrow
    series: Series
    association: Organisation
    trade_fair_company: Organisation
    county_association: Organisation
    keynote_speaker: Speaker
    panellist: Speaker
    cloud: Topic
    ozg: Topic
    berlin_hall: Venue
    essen_hall: Venue


def make_cast(*, is_stated: bool = True) -> Cast:
    """`is_stated`: some authority has published its accessibility statement."""
    if is_stated:
        make_statement()
    nouns = {**_organisations(), **_people(), **_topics(), **_venues()}
    series = make.SeriesFactory(
        slug="smart-country", name="Smart-Country-Tage", short_name="SCT", hashtag="#SCT"
    )
    make.SeriesOrganiserFactory(series=series, organisation=nouns["association"])
    return Cast(
        congress=_congress(series, nouns),
        regional_day=_regional_day(nouns),
        online_talk=_online_talk(nouns),
        draft=make.EventFactory(
            slug="entwurf", title="Geheimer Entwurf", state="draft", topics=[nouns["cloud"]]
        ),
        withdrawn=make.EventFactory(
            slug="zurueckgezogen", title="Zurückgezogener Eintrag", state="withdrawn"
        ),
        later=make.EventFactory(
            slug="morgen-sichtbar",
            title="Noch nicht fälliger Eintrag",
            publish_from=NOW + dt.timedelta(days=1),
        ),
        series=series,
        **nouns,
    )


def _organisations() -> dict[str, Organisation]:
    return {
        "association": make.OrganisationFactory(
            slug="digitalverband", name="Digitalverband Nord", short_name="DVN", city="Berlin", state="DE-BE"
        ),
        "trade_fair_company": make.OrganisationFactory(
            slug="messe-musterstadt",
            name="Messe Musterstadt",
            kind="trade_fair",
            aliases=["Messegesellschaft"],
        ),
        "county_association": make.OrganisationFactory(
            slug="kreistag",
            name="Österreichisch-Deutscher Kreistag",
            kind="municipal_umbrella",
            level="municipal",
        ),
    }


def _people() -> dict[str, Speaker]:
    return {
        "keynote_speaker": make.SpeakerFactory(
            slug="ariane-muster", academic_title="Dr.", given_name="Ariane", family_name="Müßig"
        ),
        "panellist": make.SpeakerFactory(slug="ralf-beispiel", given_name="Ralf", family_name="Beispiel"),
    }


def _topics() -> dict[str, Topic]:
    return {
        "cloud": make.TopicFactory(
            slug="cloud", name_de="Cloud-Infrastruktur", name_en="Cloud infrastructure"
        ),
        "ozg": make.TopicFactory(
            slug="ozg", name_de="Onlinezugangsgesetz", name_en="Online Access Act", synonyms=["OZG"]
        ),
    }


def _venues() -> dict[str, Venue]:
    return {
        "berlin_hall": make.VenueFactory(slug="kubus-berlin", name="Kubus", accessibility=["step_free"]),
        "essen_hall": make.VenueFactory(
            slug="halle-essen", name="Messehalle", city="Essen", state="DE-NW", postal_code="45131"
        ),
    }


def _congress(series: Series, nouns: dict) -> Event:
    event = make.EventFactory(
        slug="smart-country-tage-2026",
        title="Smart-Country-Tage 2026",
        title_en="Smart Country Days 2026",
        summary="Drei Tage für die digitale Verwaltung.",
        description="Mit **Bühnen** und Werkstätten.",
        series=series,
        edition=8,
        starts_on=dt.date(2026, 10, 20),
        ends_on=dt.date(2026, 10, 22),
        formats=["congress", "trade_fair"],
        languages=["de", "en"],
        partner_country="DK",
        website="https://tage.example/",
        checked_on=dt.date(2027, 2, 1),
        topics=[nouns["cloud"], nouns["ozg"]],
        organisers=[nouns["association"]],
        venues=[nouns["berlin_hall"]],
    )
    _people_and_programme_of(event, nouns)
    make.SourceFactory(event=event, url="https://quelle.example/sct", title="Ankündigung der Tage")
    make.PriceFactory(event=event, group="public_sector", amount=0)
    make.AwardFactory(event=event, title="Digitale Stadt", winner="Musterstadt")
    return event


def _people_and_programme_of(event: Event, nouns: dict) -> None:
    make.ParticipationFactory(
        event=event, organisation=nouns["trade_fair_company"], role="co_organiser", position=1
    )
    make.ParticipationFactory(
        event=event, organisation=nouns["county_association"], role="partner", position=2
    )
    session = make.SessionFactory(
        event=event,
        title="Eröffnung",
        kind="keynote",
        date=event.starts_on,
        start_time=dt.time(9),
        end_time=dt.time(10),
    )
    make.AppearanceFactory(
        event=event,
        speaker=nouns["keynote_speaker"],
        role="keynote",
        office="Beauftragte für Digitales",
        organisation=nouns["association"],
        session=session,
    )


def _regional_day(nouns: dict) -> Event:
    event = make.EventFactory(
        slug="digitaltag-essen-2027",
        title="Zukunft digitale Kommune",
        starts_on=dt.date(2027, 3, 11),
        start_time=dt.time(9, 30),
        end_time=dt.time(17),
        audiences=["mayors", "municipal"],
        topics=[nouns["ozg"]],
        venues=[nouns["essen_hall"]],
    )
    make.ParticipationFactory(event=event, organisation=nouns["trade_fair_company"], role="host")
    make.ParticipationFactory(event=event, organisation=nouns["association"], role="cooperation_partner")
    return event


def _online_talk(nouns: dict) -> Event:
    event = make.EventFactory(
        slug="status-kommunaler-digitalisierung-2027",
        title="Praxisnah und zukunftsfest? Status kommunaler Digitalisierung",
        starts_on=dt.date(2027, 5, 17),
        start_time=dt.time(14),
        end_time=dt.time(15, 30),
        mode="online",
        online_url="https://konferenz.example/status",
        registration_url="https://anmeldung.example/status",
        is_free=True,
        formats=["webinar"],
        topics=[nouns["cloud"]],
        organisers=[nouns["county_association"]],
    )
    make.AppearanceFactory(event=event, speaker=nouns["panellist"], role="panellist", office="Landrat")
    return event


def make_statement() -> Statement:
    """The accessibility statement in force, of an operator who owes nothing."""
    with override_settings(LEGAL=legal(), CONTACT_EMAIL="stadt@example.org"):
        return statements.publish(statements.draft(), at=NOW)
