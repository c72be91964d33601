"""The choice of events as a year: the timeline, the list by month, the years around."""

import datetime as dt
import re

import pytest

from events.looks import Lanes
from tests.factories import (
    TODAY,
    EventFactory,
    OrganisationFactory,
    ParticipationFactory,
    SeriesFactory,
    TopicFactory,
    VenueFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
YEAR = "/veranstaltungen/jahr/"


def text(response):
    return " ".join(response.content.decode().split())


def drawn(response):
    """{name of the lane: titles in it}"""
    lanes = response.context["drawing"].lanes
    return {lane.name: sorted(bar.row.words for bar in lane.bars) for lane in lanes}


def day(month, number=1, year=2027):
    return dt.date(year, month, number)


def test_each_event_is_told_once_in_the_list_and_once_in_the_timeline(client):
    EventFactory(slug="tagung-a", title="A & B <i>", starts_on=day(3, 9), ends_on=day(3, 11))
    EventFactory(slug="tagung-b", starts_on=day(12, 30, 2026), ends_on=day(1, 2))
    EventFactory(slug="voriges-jahr", starts_on=day(12, 30, 2026))
    response = client.get(f"{YEAR}2027/")
    page = response.content.decode()
    assert re.findall(r'<li id="e\d"><a href="/veranstaltungen/([a-z]+-[a-z])/"', page) == [
        "tagung-b",
        "tagung-a",
    ]
    assert re.findall(r'<a href="/veranstaltungen/([\w-]+)/" tabindex="-1" ', page) == [
        "tagung-b",
        "tagung-a",
    ]
    assert "A &amp; B &lt;i&gt;" in page
    assert "<i>" not in page
    assert "2 Veranstaltungen" in text(response)
    assert "<span>9.–11. März 2027</span>" in text(response)


def test_lanes_take_the_first_topic_organiser_or_state(client):
    ki, cloud = TopicFactory(name_de="KI"), TopicFactory(name_de="Cloud")
    host, organiser = OrganisationFactory(name="Messe"), OrganisationFactory(name="Verband", short_name="VB")
    wien = VenueFactory(city="Wien", state="AT-9", country="AT")
    first = EventFactory(title="Eins", topics=[ki, cloud], venues=[VenueFactory(), wien])
    ParticipationFactory(event=first, organisation=host, role="host", position=0)
    ParticipationFactory(event=first, organisation=organiser, role="organiser", position=1)
    EventFactory(title="Zwei", topics=[cloud, ki], venues=[wien], organisers=[host])
    EventFactory(title="Drei", mode="online", online_access="unknown")
    assert drawn(client.get(f"{YEAR}2027/")) == {"Cloud": ["Zwei"], "KI": ["Eins"], "Ohne Thema": ["Drei"]}
    assert drawn(client.get(f"{YEAR}2027/?lanes=organiser")) == {
        "Messe": ["Zwei"], "VB": ["Eins"], "Ohne Veranstalter": ["Drei"],
    }  # fmt: skip
    assert drawn(client.get(f"{YEAR}2027/?lanes=state")) == {
        "Berlin": ["Eins"], "Österreich": ["Zwei"], "Online": ["Drei"],
    }  # fmt: skip
    assert drawn(client.get(f"{YEAR}2027/?lanes=none")) == {"": ["Drei", "Eins", "Zwei"]}


def test_lanes_stay_with_the_filter_and_the_filter_with_the_lanes(client):
    TopicFactory(slug="ki", name_de="KI")
    EventFactory(is_free=True)
    response = client.get(f"{YEAR}2027/?free=1&lanes=state")
    selection = response.context["selection"]
    assert ("lanes", "state") in selection.hidden
    assert selection.chips[0].remove_url == f"{YEAR}2027/?lanes=state"
    assert selection.reset_url == f"{YEAR}2027/?lanes=state"
    assert response.context["next"].url == f"{YEAR}2028/?free=1&lanes=state"
    assert {look.name: look.url for look in response.context["looks"]}["list"] == (
        "/veranstaltungen/?free=1&lanes=state"
    )
    assert [link["url"] for link in response.context["lanes"]] == [
        f"{YEAR}2027/?free=1", f"{YEAR}2027/?free=1&lanes=organiser",
        f"{YEAR}2027/?free=1&lanes=state", f"{YEAR}2027/?free=1&lanes=none",
    ]  # fmt: skip
    (calendar, *_rest) = re.findall(r"/veranstaltungen\.ics\?[^\"]*", response.content.decode())
    assert "free=1" in calendar
    assert "lanes" not in calendar
    looks = client.get("/veranstaltungen/?free=1&lanes=state").context["looks"]
    assert {look.name: look.url for look in looks}["year"] == f"{YEAR}2027/?free=1&lanes=state"


@pytest.mark.parametrize("value", ["städte", "%00", "<script>", "topic,state"])
def test_lanes_that_there_are_not_are_dropped_and_told(client, value):
    EventFactory()
    response = client.get(f"{YEAR}2027/?lanes={value}")
    assert len(response.context["problems"]) == 1
    assert response.context["lanes_by"] == Lanes.TOPIC
    assert "lanes=" not in response.context["next"].url
    assert "<script>" not in response.content.decode().split("</head>")[1].replace("<script defer", "")


def test_the_usual_lanes_need_no_parameter(client):
    EventFactory()
    assert "lanes=" not in client.get(f"{YEAR}2027/?lanes=topic").context["next"].url


def test_a_vague_date_is_drawn_over_its_month_and_never_said_to_be_a_day(client):
    EventFactory(title="Irgendwann", starts_on=day(6), ends_on=day(6, 30), date_precision="month")
    EventFactory(title="Im Herbst", starts_on=day(10), ends_on=day(12, 31), date_precision="quarter")
    response = client.get(f"{YEAR}2027/")
    page = text(response)
    assert "Juni 2027 · <strong>Tag noch offen</strong>" in page
    assert 'class="vague"' in page
    assert [len(month.entries) for month in response.context["months"]] == [0, 0, 0, 0, 0, 1] + [0] * 6
    assert [entry.words for entry in response.context["vague"]] == ["Im Herbst"]
    assert "Ohne bekannten Monat" in page
    assert response.context["drawing"].busiest == []


def test_what_does_not_take_place_is_crossed_out_and_counts_in_no_week(client):
    EventFactory(title="Fällt aus", status="cancelled", starts_on=day(5))
    EventFactory(title="Verlegt", status="postponed", starts_on=day(5))
    EventFactory(title="Probe", is_sample=True, starts_on=day(5))
    response = client.get(f"{YEAR}2027/")
    page = text(response)
    assert page.count('class="cross"') == 2 + 1  # two bars and their explanation
    for told in ("Fällt aus · Abgesagt", "Verlegt · Verschoben", "Probe · Beispiel"):
        assert told in page
    assert [week.count for week in response.context["drawing"].weeks if week.count] == [1]


@pytest.fixture
def rhythm():
    series = SeriesFactory(name="Jahreskongress")
    for year in (2024, 2025, 2026):
        EventFactory(series=series, starts_on=day(5, 4, year), topics=[TopicFactory()])


def test_expected_editions_stand_beside_all_events_labelled_as_such(client, rhythm):
    page = text(client.get(f"{YEAR}2027/"))
    assert "0 Veranstaltungen" in page
    assert "Jahreskongress · voraussichtlich" in page
    assert "Erwartet, nicht angekündigt" in page
    assert "Jahreskongress" not in text(client.get(f"{YEAR}2028/"))


@pytest.mark.parametrize("query", ["when=past", "free=1", "q=Kongress"])
def test_expected_editions_are_no_part_of_a_narrower_choice(client, rhythm, query):
    assert "Jahreskongress" not in text(client.get(f"{YEAR}2027/?{query}"))


def test_an_empty_year_names_the_nearest_with_events_of_the_same_choice(client):
    EventFactory(starts_on=day(5, 4, 2019), is_free=True)
    EventFactory(starts_on=day(5, 4, 2021))
    response = client.get(f"{YEAR}2020/?free=1")
    page = text(response)
    assert "Keine Veranstaltung des Jahres 2020 passt zu allen Filtern" in page
    assert f'<a href="{YEAR}2019/?free=1">2019, 1 Veranstaltung</a>' in page
    assert [one.number for one in response.context["nearest"]] == [2019]
    assert [(one.number, one.count) for one in response.context["years"]] == [(2019, 1)]
    assert 'name="robots" content="noindex"' in page
    assert "Für 2020 ist keine Veranstaltung bekannt" in text(client.get(f"{YEAR}2020/"))


def test_years_count_an_event_in_each_that_it_touches(client):
    EventFactory(starts_on=day(12, 30, 2026), ends_on=day(1, 2))
    years = client.get(f"{YEAR}2027/").context["years"]
    assert [(one.number, one.count, one.is_current) for one in years] == [(2026, 1, False), (2027, 1, True)]


@pytest.mark.parametrize(
    ("year", "status"), [(1899, 404), (1900, 200), (2199, 200), (2200, 404), (99999, 404)]
)
def test_only_years_that_filters_know_have_a_page(client, year, status):
    assert client.get(f"{YEAR}{year}/").status_code == status


def test_the_english_year_stands_under_english_words(client):
    EventFactory(title="Tagung", title_en="Meeting", starts_on=TODAY, mode="online", online_access="unknown")
    page = text(client.get("/en/events/year/2027/"))
    assert "Events in 2027" in page
    assert 'href="/en/events/' in page
    assert "Meeting, 1 March 2027" in page


def test_many_events_are_called_by_their_numbers_in_the_list(client, monkeypatch):
    monkeypatch.setattr("events.drawing.year.MOST_TITLES", 2)
    EventFactory.create_batch(3, starts_on=day(5))
    page = client.get(f"{YEAR}2027/").content.decode()
    assert re.findall(r'<a href="#(e\d)" tabindex="-1"', page) == ["e1", "e2", "e3"]
    assert re.findall(r'<li id="(e\d)">', page) == ["e1", "e2", "e3"]
    assert "Die Nummern sind die der Liste darunter." in page


@pytest.mark.parametrize("lanes", ["topic", "organiser", "state", "none"])
def test_a_year_costs_the_same_for_one_and_many(client, django_assert_num_queries, lanes):
    counts = {"topic": 9, "organiser": 9, "state": 9, "none": 8}
    for number in (1, 3, 40):
        for _repeat in range(number):
            EventFactory(topics=[TopicFactory()], organisers=[OrganisationFactory()], venues=[VenueFactory()])
        with django_assert_num_queries(counts[lanes]):
            assert client.get(f"{YEAR}2027/?lanes={lanes}").status_code == 200
