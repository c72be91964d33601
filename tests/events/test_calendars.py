"""Calendars over HTTP: rows tell what objects tell, deadlines, programmes, the page that explains them."""

import datetime as dt
import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import translation

from events import calendar_rows
from events.models import Event, Participation
from events.outputs import ical
from tests.events.outputs import cast as players
from tests.factories import (
    NOW,
    EventFactory,
    OrganisationFactory,
    PreviousDateFactory,
    SessionFactory,
    TopicFactory,
    VenueFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
BASE = "/veranstaltungen"
MONTH = {"starts_on": dt.date(2027, 5, 1), "ends_on": dt.date(2027, 5, 31), "date_precision": "month"}


@pytest.fixture
def crowd(cast):
    """One event for each thing that rows could tell otherwise than objects."""
    several = [VenueFactory(kind="city", street=""), VenueFactory(country="AT", state="")]
    topics = [TopicFactory(name_en="Cloud", name_de="Wolke"), TopicFactory()]
    picture = {"image": "events/bild.png", "image_alt": "Bild", "image_credit": "Amt", "image_licence": "CC0"}
    texts = {"title_en": "In English", "summary": "Kurz", "summary_en": "Short"}
    taking_part = {"registration_url": "https://anmeldung.example", "mode": "hybrid", "is_free": True}
    taking_part |= {"registration_deadline": dt.date(2027, 3, 5), "online_url": "https://raum.example"}
    hours = {"start_time": dt.time(9), "end_time": dt.time(17)}
    rich = EventFactory(venues=several, topics=topics, **texts, **picture, **hours, **taking_part)
    for position, role in enumerate(["host", "partner", "co_organiser", "organiser"]):
        one = OrganisationFactory(name=f"Amt {role}", name_en=f"Office {role}")
        Participation.objects.create(event=rich, organisation=one, role=role, position=position)
    named = OrganisationFactory(name_en="Now")
    hosted = EventFactory(start_time=dt.time(18), ends_on=dt.date(2027, 3, 12), timezone="Europe/Vienna")
    Participation.objects.create(event=hosted, organisation=named, role="host", name_then="Damals")
    PreviousDateFactory(
        event=EventFactory(status="rescheduled", venues=[VenueFactory(latitude=1, longitude=2)])
    )
    EventFactory(status="postponed")
    EventFactory(**MONTH)
    EventFactory(is_sample=True, sold_out=True, start_time=dt.time(10), price_note="5 Euro")
    return cast


@pytest.mark.parametrize("site", [players.GERMAN, players.ENGLISH], ids=["de", "en"])
def test_rows_tell_what_objects_tell(crowd, site):
    events = Event.objects.told_to_calendars().in_order()
    feed = players.feed(site)
    outline = calendar_rows.outline(events, site.language)
    streamed = b"".join(ical.stream(calendar_rows.pieces(events, site.language), outline, feed))
    assert streamed == ical.calendar(events.for_listing(), feed)


def test_a_calendar_comes_in_pieces_and_leaves_no_language_behind(client, crowd, monkeypatch):
    monkeypatch.setattr(calendar_rows, "PIECE", 2)
    pieces = []
    with translation.override("en"):
        for piece in client.get(f"{BASE}.ics?when=all").streaming_content:
            assert translation.get_language() == "en"
            pieces.append(piece)
    assert len(pieces) > 4
    assert b"".join(pieces).count(b"BEGIN:VEVENT") == Event.objects.told_to_calendars().with_day().count()


def test_querysets_and_objects_agree_on_days_and_hours(crowd):
    for event in Event.objects.all():
        one = Event.objects.filter(pk=event.pk)
        assert one.with_day().exists() is event.has_day
        assert one.without_day().exists() is not event.has_day
        assert one.with_hours().exists() is (event.has_day and not event.is_all_day)


def test_a_calendar_says_how_many_events_have_no_day_and_names_the_first(client):
    EventFactory.create_batch(25, **MONTH)
    calendar = client.get(f"{BASE}.ics").getvalue().replace(b"\r\n ", b"").decode()
    (said,) = re.findall("^DESCRIPTION:(.*)\r$", calendar, re.M)
    assert said.startswith("25 Veranstaltungen sind noch ohne festen Tag")
    assert said.count("Tagung ") == 20
    assert said.endswith("\\; …")


# -- deadlines ------------------------------------------------------------------------------------


def test_deadlines_are_a_second_calendar_of_the_same_filter(client):
    day = dt.date(2027, 3, 8)
    EventFactory(is_free=True, registration_deadline=day, **MONTH)
    EventFactory(registration_deadline=day)
    EventFactory(is_free=True)
    told = client.get(f"{BASE}.ics?free=1&deadlines=1").getvalue().replace(b"\r\n ", b"").decode()
    assert told.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20270308" in told
    assert "SOURCE;VALUE=URI:http://testserver/veranstaltungen.ics?free=1&deadlines=1\r\n" in told
    assert "Fristen" in told


def test_deadlines_of_a_withdrawn_event_are_cancelled(client):
    event = EventFactory(registration_deadline=dt.date(2027, 3, 8))
    withdrawn_at = NOW - dt.timedelta(days=1)
    Event.objects.filter(pk=event.pk).update(state="withdrawn", withdrawn_at=withdrawn_at)
    told = client.get(f"{BASE}.ics?deadlines=1").getvalue().decode()
    assert "STATUS:CANCELLED" in told


@pytest.mark.parametrize("value", ["0", "2", "ja", "%00"])
def test_a_switch_that_cannot_be_read_is_refused(client, value):
    for address, name in ((f"{BASE}.ics", "deadlines"), (f"{BASE}.csv", "bom")):
        response = client.get(f"{address}?{name}={value}")
        assert response.status_code == 400
        assert response.content.decode().startswith(f"{name}:")


# -- programmes -----------------------------------------------------------------------------------


def test_a_programme_with_times_is_a_calendar_and_the_page_leads_to_it(client):
    event = EventFactory(slug="kongress")
    SessionFactory(event=event, date=event.starts_on, start_time=dt.time(9))
    told = client.get(f"{BASE}/kongress/programm.ics")
    assert (told.status_code, told.content.count(b"BEGIN:VEVENT")) == (200, 1)
    assert told["Content-Disposition"] == 'inline; filename="kongress-programm.ics"'
    assert client.get("/en/events/kongress/programme.ics").status_code == 200
    assert f'href="{BASE}/kongress/programm.ics"' in client.get(f"{BASE}/kongress/").content.decode()


def test_a_programme_without_times_says_why_it_is_no_calendar(client):
    event = EventFactory(slug="kongress")
    SessionFactory(event=event, date=event.starts_on)
    response = client.get(f"{BASE}/kongress/programm.ics")
    assert response.status_code == 404
    assert "noch keine Uhrzeiten" in response.content.decode()
    assert "programm.ics" not in client.get(f"{BASE}/kongress/").content.decode()


def test_a_part_keeps_its_identifier_when_it_is_edited(client):
    part = SessionFactory(title="Eröffnung")
    type(part).objects.filter(pk=part.pk).update(title="Auftakt", position=7)
    assert type(part).objects.get(pk=part.pk).uid == part.uid


# -- how to subscribe -----------------------------------------------------------------------------


def links(page):
    return [html.unescape(address) for address in re.findall(r'href="([^"]+)"', page.content.decode())]


def test_the_list_leads_to_the_page_that_explains_how_to_subscribe(client):
    assert "/abonnieren/?free=1" in links(client.get(f"{BASE}/?free=1"))
    assert "/en/subscribe/?free=1" in links(client.get("/en/events/?free=1"))


def test_the_page_names_the_same_filter_to_every_program(client, cast):
    page = client.get("/abonnieren/?topic=cloud&when=all")
    calendar = "http://testserver/veranstaltungen.ics?when=all&topic=cloud"
    webcal = calendar.replace("http:", "webcal:")
    assert f'value="{html.escape(calendar)}"' in page.content.decode()
    assert webcal in links(page)
    others = [urlsplit(link) for link in links(page) if re.match("https://(calendar.google|outlook)", link)]
    asked = {one.hostname: parse_qs(one.query) for one in others}
    assert asked["calendar.google.com"] == {"cid": [webcal]}
    assert {asked[name]["url"][0] for name in asked if "outlook" in name} == {calendar}
    assert "http://testserver/veranstaltungen.atom?when=all&topic=cloud" in links(page)
    assert page.context["number"] == Event.objects.published().about(["cloud"]).count()


def test_the_page_can_speak_of_deadlines_instead(client):
    EventFactory(registration_deadline=dt.date(2027, 3, 8), is_free=True)
    EventFactory(is_free=True)
    page = client.get("/abonnieren/?free=1&deadlines=1")
    assert page.context["number"] == 1
    assert "webcal://testserver/veranstaltungen.ics?free=1&deadlines=1" in links(page)
    assert [chip.remove_url for chip in page.context["chips"]] == ["/abonnieren/?deadlines=1"]


def test_what_the_page_cannot_read_is_dropped_and_told(client):
    page = client.get("/abonnieren/?mode=fax&deadlines=2")
    assert len(page.context["problems"]) == 2
    assert "webcal://testserver/veranstaltungen.ics" in links(page)
