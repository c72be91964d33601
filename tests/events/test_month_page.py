"""The month, as visitors see it."""

import datetime as dt
import gzip
import re

import pytest

from events.models import Event
from tests.factories import TODAY, EventFactory, EventVenueFactory, TopicFactory, VenueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
MARCH = "/veranstaltungen/kalender/2027/03/"
WITH_EVENTS, EMPTY = 5, 5


def text(response):
    return " ".join(response.content.decode().split())


def cell(response, day):
    """The cell of a day as HTML."""
    return re.search(rf'<td [^>]*data-day="{day}".*?</td>', text(response))[0]


def days(first, last=None, **kwargs):
    return EventFactory(
        starts_on=dt.date.fromisoformat(first), ends_on=dt.date.fromisoformat(last or first), **kwargs
    )


def test_an_event_of_several_days_stands_in_each_of_its_weeks_once(client):
    days("2027-03-04", "2027-03-16", title="Lange Tagung")
    page = client.get(MARCH)
    shown = re.findall(r'data-day="([\d-]+)"(?:(?!</td>).)*Lange Tagung', text(page))
    assert shown == ["2027-03-04", "2027-03-08", "2027-03-15"]
    assert "span-4" in cell(page, "2027-03-04")
    assert "span-7 bar--days bar--from bar--on" in cell(page, "2027-03-08")
    assert "4.–16. März 2027" in cell(page, "2027-03-15")


def test_one_day_tells_its_time_place_and_price(client):
    hall = VenueFactory(city="Essen")
    days("2027-03-04", start_time=dt.time(9, 30), venues=[hall], is_free=True, title="Stunde")
    shown = cell(client.get(MARCH), "2027-03-04")
    assert "9:30" in shown
    assert "Essen · kostenlos" in shown


def test_what_was_called_off_is_struck_through_and_said(client):
    days("2027-03-04", status="cancelled", title="Ausfall")
    days("2027-03-04", status="rescheduled", title="Neu")
    shown = cell(client.get(MARCH), "2027-03-04")
    assert "<s>Ausfall</s>" in shown
    assert "Abgesagt" in shown
    assert "<s>Neu</s>" not in shown
    assert "Neuer Termin" in shown


def test_events_without_a_valid_day_stand_on_none(client):
    days("2027-03-04", status="postponed", title="Verschobene Tagung")
    days("2027-03-01", "2027-03-31", date_precision="month", title="Vage Tagung")
    page = text(client.get(MARCH))
    table = re.search(r"<table.*</table>", page)[0]
    apart = re.search(r'<div class="month-open">.*?</div>', page)[0]
    assert "Tagung" not in table
    assert "In diesem Monat, Tag noch offen" in apart
    assert "<s>4. März 2027</s>" in apart
    assert "Vage Tagung" in apart


def test_a_full_day_counts_the_rest_and_leads_to_the_list(client):
    for _number in range(8):
        days("2027-03-04", is_free=True)
    page = client.get(f"{MARCH}?free=1")
    shown = cell(page, "2027-03-04")
    assert shown.count('class="bar ') == 5
    assert "+ 3 weitere" in shown
    url = re.search(r'day__more[^>]*><a href="([^"]*)"', shown)[1].replace("&amp;", "&")
    assert url == "/veranstaltungen/?free=1&from=2027-03-04&to=2027-03-04&when=all"
    assert client.get(url).context["page"].paginator.count == 8


def test_today_is_said(client):
    page = client.get(MARCH)
    shown = cell(page, TODAY)
    assert 'aria-current="date"' in shown
    assert "Heute" in shown
    assert text(client.get("/veranstaltungen/kalender/2027/05/")).count('class="day__today"') == 0


def test_holidays_of_all_or_of_the_chosen_states(client):
    everywhere, epiphany = "/veranstaltungen/kalender/2027/05/", "/veranstaltungen/kalender/2027/01/"
    assert "Christi Himmelfahrt" in cell(client.get(everywhere), "2027-05-06")
    assert "nur in BW, BY, ST" in cell(client.get(epiphany), "2027-01-06")
    bavaria = cell(client.get(f"{epiphany}?state=DE-BY"), "2027-01-06")
    assert "Heilige Drei Könige" in bavaria
    assert "nur in" not in bavaria
    assert "Heilige" not in cell(client.get(f"{epiphany}?state=DE-BE"), "2027-01-06")
    both = cell(client.get(f"{epiphany}?state=DE-BE&state=DE-BY"), "2027-01-06")
    assert "nur in BW, BY, ST" in both


def test_neighbouring_months_keep_the_filter_and_drop_the_days(client):
    days("2027-04-02", is_free=True)
    days("2027-04-03")
    page = client.get(f"{MARCH}?free=1&from=2027-03-10")
    assert page.context["next"].url == "/veranstaltungen/kalender/2027/04/?free=1"
    assert page.context["next"].count is None
    page = client.get(f"{MARCH}?free=1")
    assert (page.context["previous"].count, page.context["next"].count) == (0, 1)


def test_an_empty_month_is_no_page_for_search_engines_and_leads_to_the_nearest(client):
    days("2027-07-08")
    days("2026-11-30", "2026-12-02")
    page = client.get(MARCH)
    assert "noindex" in text(page)
    assert {name: month.first for name, month in page.context["nearest"].items()} == {
        "later": dt.date(2027, 7, 1),
        "earlier": dt.date(2026, 12, 1),
    }
    assert "Nächster Monat mit Veranstaltungen:" in text(page)
    assert "noindex" not in text(client.get("/veranstaltungen/kalender/2027/07/"))


def test_a_period_is_honoured_and_said(client):
    days("2027-02-20", "2027-02-25", title="Vorbei")
    days("2027-02-28", "2027-03-02", title="Läuft")
    path = "/veranstaltungen/kalender/2027/02/"
    assert client.get(path).context["total"] == 2
    page = client.get(f"{path}?when=past")
    assert page.context["total"] == 1
    assert "nur vergangene" in text(page)
    assert page.context["canonical"].endswith(f"{path}?when=past")
    assert page.context["all_times_url"] == path


@pytest.mark.parametrize("path", ["1899/12/", "2200/01/", "2027/13/", "2027/00/", "99999/01/", "2027/3x/"])
def test_beyond_the_calendar_there_is_nothing(client, path):
    assert client.get(f"/veranstaltungen/kalender/{path}").status_code == 404


@pytest.mark.parametrize(
    ("path", "previous", "following"), [("1900/01", None, 1900), ("2199/12", 2199, None)]
)
def test_the_first_and_the_last_month_lead_nowhere_beyond(client, path, previous, following):
    context = client.get(f"/veranstaltungen/kalender/{path}/").context
    years = [month and month.first.year for month in (context["previous"], context["next"])]
    assert years == [previous, following]


@pytest.mark.parametrize(
    ("query", "to"),
    [
        ("", "2027/03/"),
        ("year=2018&month=11&topic=ki", "2018/11/?topic=ki"),
        ("year=2018&month=13", "2027/03/"),
        ("year=²&month=x&free=1", "2027/03/?free=1"),
        ("year=1&month=1", "2027/03/"),
    ],
)
def test_the_jump_leads_to_the_month_or_to_today(client, query, to):
    response = client.get(f"/veranstaltungen/kalender/?{query}")
    assert (response.status_code, response["Location"]) == (302, f"/veranstaltungen/kalender/{to}")


def test_the_english_month_begins_on_monday_too(client):
    days("2027-03-04", title="Tagung", title_en="Conference", start_time=dt.time(9, 30))
    page = client.get("/en/events/calendar/2027/03/")
    assert '<abbr title="Monday">Mon</abbr>' in text(page)
    assert page.context["weeks"][0].days[0].date == dt.date(2027, 3, 1)
    shown = cell(page, "2027-03-04")
    assert "Conference" in shown
    assert "09:30" in shown
    assert 'hreflang="de" href="' in text(page)
    assert f'{MARCH}">' in text(page)


@pytest.mark.parametrize("number", [1, 3, 40])
def test_a_month_costs_the_same_for_one_three_and_many(client, django_assert_num_queries, number):
    for _repeat in range(number):
        days("2027-03-04", "2027-03-05", topics=[TopicFactory()], venues=[VenueFactory(), VenueFactory()])
    with django_assert_num_queries(WITH_EVENTS):
        assert client.get(MARCH).status_code == 200


def test_an_empty_month_costs_no_more(client, django_assert_num_queries):
    with django_assert_num_queries(EMPTY):
        client.get(MARCH)


def test_a_thousand_events_are_light(client, django_assert_num_queries):
    venue = VenueFactory()
    events = EventFactory.build_batch(1000)
    for number, event in enumerate(events):
        event.starts_on = dt.date(2027, 3, number % 28 + 1)
        event.ends_on = event.starts_on + dt.timedelta(days=number % 3)
        event.title = f"Tagung zur Digitalisierung der Verwaltung {number}"
    Event.objects.bulk_create(events)
    for event in Event.objects.all()[:200]:
        EventVenueFactory(event=event, venue=venue)
    with django_assert_num_queries(WITH_EVENTS):
        page = client.get(MARCH)
    assert page.context["total"] == 1000
    assert len(gzip.compress(page.content)) <= 20_000


def test_words_that_entries_share_are_those_of_each_ones_kind_and_of_the_pages_language(client):
    halls = [VenueFactory(city="Essen"), VenueFactory(city="Kiel")]
    plain = {"start_time": dt.time(9, 30), "venues": halls}
    days("2027-03-04", title="Vor Ort", **plain)
    days(
        "2027-03-05",
        title="Beides",
        mode="hybrid",
        online_access="unknown",
        is_free=True,
        sold_out=True,
        **plain,
    )
    days(
        "2027-03-06",
        title="Fern",
        mode="online",
        online_access="unknown",
        is_free=True,
        status="moved_online",
    )

    def facts(path):
        return [
            " | ".join(re.sub(r"<[^>]*>", " ", one).split("\n")).split()
            for one in re.findall(r'<li class="bar .*?</li>', client.get(path).content.decode(), re.DOTALL)
        ]

    german, english = facts(MARCH), facts("/en/events/calendar/2027/03/")
    assert [" ".join(one).strip("| ") for one in german] == [
        "9:30 Vor Ort | Essen und Kiel",
        "9:30 Beides | Ausgebucht | Essen und Kiel und online · kostenlos",
        "Fern | Ins Internet verlegt | Online · kostenlos",
    ]
    assert [" ".join(one).strip("| ") for one in english] == [
        "09:30 Vor Ort | Essen and Kiel",
        "09:30 Beides | Sold out | Essen and Kiel and online · free",
        "Fern | Moved online | Online · free",
    ]
