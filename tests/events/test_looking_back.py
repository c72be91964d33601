"""Charts on the pages of series, organisations and topics."""

import datetime as dt

import pytest

from events import looking_back
from tests.factories import (
    TODAY,
    EventFactory,
    OrganisationFactory,
    ParticipationFactory,
    SeriesFactory,
    TopicFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def text(response):
    return " ".join(response.content.decode().split())


def editions(series, **attendees):
    """Editions of the years given as _2019=700; None where nobody knows."""
    for year, number in attendees.items():
        EventFactory(series=series, starts_on=dt.date(int(year[1:]), 5, 4), attendees=number)


def columns(response):
    figure = response.context["figure"]
    return [(column.label, column.total) for column in figure.chart.columns] if figure else None


def test_a_series_shows_the_attendance_of_its_past_editions(client):
    series = SeriesFactory(slug="reihe")
    editions(series, _2019=700, _2021=None, _2022=0, _2023=12700, _2028=5)
    EventFactory(series=series, starts_on=dt.date(2020, 5, 4), status="cancelled")
    response = client.get("/reihen/reihe/")
    assert columns(response) == [("2019", 700), ("2021", None), ("2022", 0), ("2023", 12700)]
    page = text(response)
    assert "Zwischen 0 und 12.700 Teilnehmende; bekannt sind die Zahlen von 3 der 4 Ausgaben." in page
    assert 'class="unknown"' in page
    assert "Ein Fragezeichen steht, wo keine Zahl bekannt ist." in page
    assert "css/charts" in page


def test_two_editions_of_a_year_tell_their_months(client):
    series = SeriesFactory(slug="reihe")
    for month in (5, 11):
        EventFactory(series=series, starts_on=dt.date(2022, month, 4), attendees=100)
    assert columns(client.get("/reihen/reihe/")) == [("5/2022", 100), ("11/2022", 100)]


def test_of_many_editions_the_last_ones_are_drawn_and_that_is_said(client, monkeypatch):
    monkeypatch.setattr(looking_back, "MOST_COLUMNS", 2)
    editions(SeriesFactory(slug="reihe"), _2019=700, _2020=800, _2021=900)
    response = client.get("/reihen/reihe/")
    assert columns(response) == [("2020", 800), ("2021", 900)]
    assert "bekannt sind die Zahlen von 2 der letzten 2 Ausgaben." in text(response)


@pytest.mark.parametrize("attendees", [{}, {"_2019": 700}, {"_2019": 700, "_2020": None}])
def test_one_figure_makes_no_chart(client, attendees):
    editions(SeriesFactory(slug="reihe"), **attendees)
    response = client.get("/reihen/reihe/")
    assert columns(response) is None
    assert "<figure" not in text(response)
    assert "css/charts" not in text(response)


def test_an_organisation_shows_its_roles_by_year(client):
    kgst = OrganisationFactory(slug="kgst")
    for year, role in [(2023, "organiser"), (2023, "sponsor"), (2025, "sponsor")]:
        event = EventFactory(starts_on=dt.date(year, 5, 4))
        ParticipationFactory(event=event, organisation=kgst, role=role)
    response = client.get("/organisationen/kgst/")
    assert columns(response) == [("2023", 2), ("2024", 0), ("2025", 1)]
    assert response.context["figure"].kinds == ["Veranstalter", "Sponsoring"]
    assert "Von 2023 bis 2025, die meisten 2023: 2." in text(response)


def test_a_topic_shows_its_years_and_leads_to_them(client):
    topic = TopicFactory(slug="ki")
    for year in (2019, 2019, 2021):
        EventFactory(starts_on=dt.date(year, 5, 4), topics=[topic])
    EventFactory(starts_on=dt.date(2022, 5, 4), topics=[topic], state="draft")
    response = client.get("/themen/ki/")
    assert columns(response) == [("2019", 2), ("2020", 0), ("2021", 1)]
    assert '<a href="/veranstaltungen/jahr/2019/?topic=ki">2019</a></th><td class="number">2</td>' in text(
        response
    )


def test_a_topic_costs_the_same_for_one_and_three_events(client, django_assert_num_queries):
    topic = TopicFactory(slug="ki")
    for number in (1, 3):
        for _repeat in range(number):
            EventFactory(topics=[topic], starts_on=TODAY + dt.timedelta(days=400 * number))
        with django_assert_num_queries(10):
            assert client.get("/themen/ki/").status_code == 200
