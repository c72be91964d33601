"""One filter, every form: list, looks and outputs with the same query string hold the same events.

The list is the measure; it is itself held to a naive reading in test_filters.py. A look is asked for a month
or a year, the list and the outputs for the days of it.
"""

import calendar
import csv
import io
import json
import re
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import Event, EventVenue
from tests.events import directory
from tests.lasting import lasting, settle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
LIST = "/veranstaltungen/"
YEAR = 2027
# The directory's events lie within 200 days of TODAY, the 1st of March 2027.
MONTHS = [2, 3, 4, 8]
VAGUE = [("month", "2027-03-01", "2027-03-31"), ("quarter", "2027-01-01", "2027-03-31")]
POSTPONED, LONG = 5, (7, 8)

values = {
    "topic": directory.TOPICS,
    "organiser": directory.ORGANISATIONS,
    "series": directory.SERIES,
    "speaker": directory.SPEAKERS,
    "state": ["DE-BE", "DE-NW", "AT-9"],
    "country": ["DE", "AT"],
    "mode": directory.MODES,
    "format": directory.FORMATS,
    "audience": directory.AUDIENCES,
    "language": directory.LANGUAGES,
    "status": directory.STATUSES,
    "free": ["1"],
    "when": ["upcoming", "past", "all"],
    "q": ["Bürgerportal", "Registertag", "Straße"],
    "sort": ["title", "-date"],
}
queries = st.lists(st.sampled_from(sorted(values)), max_size=3, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: st.sampled_from(values[name]) for name in names})
)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        build()
        settle()
        yield


@pytest.fixture
def entries(built, db, now):
    """The directory, with vague dates, one without a valid day, events that reach over weeks and months."""


def build():
    directory.build(size=60)
    events = list(Event.objects.order_by("pk"))
    for event, (precision, first, last) in zip(events, VAGUE, strict=False):
        event.date_precision, event.starts_on, event.ends_on = precision, first, last
        event.save()
    Event.objects.filter(pk=events[POSTPONED].pk).update(
        status="postponed", starts_on="2027-03-09", ends_on="2027-03-09"
    )
    for number, (first, last) in zip(
        LONG, [("2027-02-20", "2027-04-02"), ("2027-03-30", "2027-04-01")], strict=True
    ):
        Event.objects.filter(pk=events[number].pk).update(starts_on=first, ends_on=last)
    EventVenue.objects.filter(event=events[POSTPONED]).delete()


def slugs_in(text):
    """The events that a page links to; the rest of the page links to none."""
    return set(re.findall(r'href="/veranstaltungen/(tagung-\d+)/"', text))


def listed(client, query, path=LIST):
    """The events on all pages of the list, or of the map's."""
    found, page = set(), 1
    while True:
        response = client.get(f"{path}?{urlencode({**query, 'page': page})}")
        assert response.status_code == 200, query
        shown = response.context["page"]
        found |= {event.slug for event in shown.object_list}
        if not shown.has_next():
            return found
        page += 1


def days_of(month=None):
    """{from, to, when} of a month of the year, or of all of it."""
    first, last = (month, month) if month else (1, 12)
    end = calendar.monthrange(YEAR, last)[1]
    return {"from": f"{YEAR}-{first:02}-01", "to": f"{YEAR}-{last:02}-{end}", "when": "all"}


def month(client, query, number):
    response = client.get(f"{LIST}kalender/{YEAR}/{number:02}/?{urlencode(query)}")
    assert response.status_code == 200, query
    return response


def calendar_of(client, query):
    text = client.get(f"/veranstaltungen.ics?{urlencode(query)}").getvalue().decode()
    return set(re.findall(r"URL:http\S*/veranstaltungen/(tagung-\d+)/", text.replace("\r\n ", "")))


def table_of(client, query):
    text = client.get(f"/veranstaltungen.csv?{urlencode(query)}").getvalue().decode("utf-8-sig")
    return {re.search(r"tagung-\d+", row["url"])[0] for row in csv.DictReader(io.StringIO(text))}


def data_of(client, query):
    items = json.loads(client.get(f"/veranstaltungen.json?{urlencode(query)}").getvalue())["items"]
    return {re.search(r"tagung-\d+", item["url"])[0] for item in items}


def many(test):
    quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=20, deadline=None, suppress_health_check=quiet)(test)


@many
@given(query=queries, number=st.sampled_from(MONTHS))
def test_a_month_shows_the_events_of_the_list(client, entries, query, number):
    wanted = listed(client, days_of(number) | query)
    response = month(client, query, number)
    shown = slugs_in(response.content.decode())
    hidden = sum(day.more for week in response.context["weeks"] for day in week.days)
    assert response.context["total"] == len(wanted)
    assert shown == wanted if not hidden else shown < wanted


@many
@given(query=queries)
def test_a_year_shows_the_events_of_the_list(client, entries, query):
    wanted = listed(client, days_of() | query)
    response = client.get(f"{LIST}jahr/{YEAR}/?{urlencode(query)}")
    assert response.context["total"] == len(wanted)
    assert slugs_in(response.content.decode()) == wanted


@many
@given(query=queries)
def test_the_map_lists_the_events_of_the_list(client, entries, query):
    assert listed(client, query, f"{LIST}karte/") == listed(client, query)


@many
@given(query=queries, number=st.sampled_from(MONTHS))
def test_outputs_hold_the_events_of_the_list(client, entries, query, number):
    asked = days_of(number) | query
    asked.pop("sort", None)
    wanted = listed(client, asked)
    assert data_of(client, asked) == wanted
    assert table_of(client, asked) == wanted
    with_day = set(Event.objects.with_day().values_list("slug", flat=True))
    assert calendar_of(client, asked) == wanted & with_day


@pytest.mark.parametrize("query", ["", "topic=ki&mode=online", "from=2027-03-10&to=2027-05-01"])
def test_the_other_forms_of_a_month_hold_its_events(client, entries, query):
    page = client.get(f"{LIST}kalender/2027/03/?{query}")
    forms = page.context["selection"].query_string
    text = client.get(f"/veranstaltungen.json?{forms}").getvalue()
    found = {re.search(r"tagung-\d+", item["url"])[0] for item in json.loads(text)["items"]}
    assert len(found) == page.context["total"]
    assert slugs_in(page.content.decode()) <= found
