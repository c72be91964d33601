"""The three events that the directory was made for, found on the real catalogue in every way there is."""

import html
import re

import pytest
import time_machine
from django.conf import settings

from catalogue import loading
from tests.factories import NOW
from tests.lasting import lasting

pytestmark = pytest.mark.django_db

SCC_2018 = "smart-country-convention-2018"
SCC_2019 = "smart-country-convention-2019"
DIKOMM = "dikomm-2019"
CONFERENCE = "online-konferenz-kommunale-digitalisierung-2022"
FACTS = {
    SCC_2018: [
        "20.–22. November 2018",
        "CityCube Berlin",
        "1. Ausgabe",
        "Dänemark",
        "Horst Seehofer",
        "Bundesinnenminister",
        "Lars Løkke Rasmussen",
        "Achim Berg",
        "Bitkom e. V.",
        "Messe Berlin GmbH",
        "Deutscher Städtetag",
        "Deutscher Landkreistag",
        "Deutscher Städte- und Gemeindebund",
        "Verband kommunaler Unternehmen",
        "Nationales E-Government Kompetenzzentrum",
        "SAP",
        "Deutsche Telekom",
        "DocMorris",
        "Hackathon",
        "Workshop",
        "Zertifizierte Lehrgänge",
        "„Digitale Stadt“",
        "Darmstadt",
    ],
    SCC_2019: [
        "22.–24. Oktober 2019",
        "CityCube Berlin",
        "Behörden Spiegel",
        "Medienpartner",
        "Messe",
        "Kongress",
        "Workshop",
        "19.–21. November 2019",
    ],
    DIKOMM: [
        "5. November 2019",
        "Messe Essen",
        "Kommunale Gemeinschaftsstelle für Verwaltungsmanagement",
        "Kooperationspartner",
        "Dialoginsel der KGSt",
        "Onlinezugangsgesetz",
        "Bürgermeister",
    ],
    CONFERENCE: [
        "Praxisnah und Zukunftsfest? Status und Perspektive Kommunaler Digitalisierung",
        "17. Mai 2022",
        "Online",
        "Kostenfrei",
        "Deutscher Sparkassen- und Giroverband",
        "Deutscher Landkreistag",
        "S-Public Services",
        "Cloud-Infrastruktur",
        "E-Payment",
        "Onlinezugangsgesetz",
        "Ralf Kleindiek",
        "Lena-Sophie Müller",
        "Joachim Schmalzl",
        "Ariane Berger",
        "Podiumsdiskussion",
        "Dezember 2021 bis April 2023",
    ],
}
WAYS = {
    SCC_2018: [
        "organiser=bitkom",
        "organiser=messe-berlin",
        "topic=smart-city&to=2018-12-31",
        "from=2018-11-21&to=2018-11-21",
    ],
    SCC_2019: [
        "organiser=bitkom",
        "topic=iot",
        "from=2019-10-24&to=2019-10-31",
        "state=DE-BE&series=smart-country-convention",
    ],
    DIKOMM: [
        "organisation=kgst",
        "organiser=messe-essen",
        "topic=ozg&to=2019-12-31",
        "from=2019-11-05&to=2019-11-05",
    ],
    CONFERENCE: ["organiser=dsgv", "organiser=dlt", "topic=e-payment", "mode=online&free=1", "q=Kleindiek"],
}


LIST = "/veranstaltungen/"


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker), time_machine.travel(NOW, tick=False):
        loading.load((settings.BASE_DIR / "data" / "catalogue.json").read_bytes())
        yield


@pytest.fixture
def catalogue(loaded, db, now):
    """The whole of it."""


def words(response):
    """The page's text without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", response.content.decode())).split())


def listed(response):
    return [event.slug for event in response.context["page"].object_list]


@pytest.mark.usefixtures("catalogue")
def test_each_page_shows_every_fact(client):
    for slug, facts in FACTS.items():
        page = words(client.get(f"{LIST}{slug}/"))
        missing = [fact for fact in facts if fact not in page]
        assert missing == [], slug


@pytest.mark.usefixtures("catalogue")
def test_each_is_found_by_organiser_topic_date_and_more(client):
    for slug, ways in WAYS.items():
        for way in ways:
            assert slug in listed(client.get(f"{LIST}?when=all&{way}")), (slug, way)


@pytest.mark.usefixtures("catalogue")
def test_each_is_found_by_browsing_from_the_start_page(client):
    assert f'href="{LIST}' in client.get("/").content.decode()
    seen, response = [], client.get(f"{LIST}?when=past")
    while True:
        seen += listed(response)
        following = response.context["page_links"]["next"]
        if not following:
            break
        assert following in html.unescape(response.content.decode())
        response = client.get(following)
    assert len(seen) == len(set(seen)) == 291
    assert set(FACTS) <= set(seen)
