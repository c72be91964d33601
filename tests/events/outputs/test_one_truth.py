"""All outputs tell the same title, start, end and status of any event, however odd: the builders alone.

tests/events/test_every_form.py asks the same of the addresses, pages and API included.
"""

import json

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.outputs import atom, cpev, csv_table, ical, json_feed, jsonld
from tests.events.outputs import cast, readers, strategies, validators
from tests.events.outputs.cast import ENGLISH, GERMAN, NOW
from tests.events.outputs.readers import Told

LANGUAGES = st.sampled_from([GERMAN, ENGLISH])
PLACES = st.sampled_from([(), (cast.HALL,), (cast.HALL, cast.VIENNA)])
thorough = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@st.composite
def events(draw):
    """Any event that the database would take and that has a title one can see, and its facts."""
    facts = draw(strategies.facts())
    return cast.make("irgendeine", venues=draw(PLACES), **facts), facts


def facts_of(event):
    names = (
        "title",
        "status",
        "starts_on",
        "ends_on",
        "start_time",
        "end_time",
        "timezone",
        "date_precision",
    )
    return {name: getattr(event, name) for name in names}


ODD = [cast.spring(), cast.autumn(), cast.hostile(), cast.evening(), cast.postponed(), cast.vague()]


def whole_year(value):
    """A quarter where a form knows but years."""
    return value[:4] if isinstance(value, str) and "Q" in value else value


@thorough
@given(events(), LANGUAGES)
def test_every_output_tells_the_facts(pair, site):
    event, facts = pair
    hold_against(event, facts, site)


@pytest.mark.parametrize("event", ODD, ids=lambda event: event.slug)
@pytest.mark.parametrize("site", [GERMAN, ENGLISH], ids=["de", "en"])
def test_every_output_tells_the_facts_of_the_oddest(event, site):
    hold_against(event, facts_of(event), site)


def hold_against(event, facts, site):
    """Every output, read back, against what the facts alone say."""
    wanted = Told(*strategies.expected(facts))
    assert readers.from_item(json.loads(json_feed.dump(json_feed.item(event, site)))) == wanted
    assert readers.from_csv(csv_table.table([event], site)) == {event.slug: wanted}
    node = json.loads(jsonld.dump(cpev.event_document(event, site, NOW)))
    by_year = Told(wanted.title, whole_year(wanted.start), whole_year(wanted.end), wanted.status)
    assert readers.from_cpev(node) == by_year
    hold_schema_against(event, facts, site, wanted)
    ((title, summary),) = readers.from_atom(atom.document([event], cast.feed(site, "atom"))).values()
    assert title == wanted.title
    assert f"{facts['starts_on']:%Y}" in summary
    if facts["date_precision"] == "day":
        hold_calendar_against(event, facts, site, wanted)


def hold_schema_against(event, facts, site, wanted):
    """schema.org keeps the former date of a postponed event, and has no end of a vague one."""
    start, end = strategies.scheduled(facts)
    if facts["date_precision"] != "day":
        end = None
    told = readers.from_schema(json.loads(str(jsonld.script(jsonld.event_page(event, site, NOW)))))
    assert told == Told(wanted.title, whole_year(start), end, wanted.status)


def hold_calendar_against(event, facts, site, wanted):
    """A calendar tells the days of what is postponed, too, and only two statuses of their own."""
    start, end = strategies.scheduled(facts)
    (told,) = readers.from_calendar(ical.event_calendar(event, site)).values()
    status = wanted.status if wanted.status in ("postponed", "cancelled") else None
    assert told == Told(wanted.title, start, end, status)


@thorough
@given(events(), LANGUAGES)
def test_the_page_shows_the_times_that_the_outputs_tell(pair, site):
    event, facts = pair
    page = readers.Page(render_to_string("events/detail_when.html", {"event": event}).encode())
    start, end = strategies.scheduled(facts)
    if facts["date_precision"] != "day":
        assert page.times == [whole_year(start)]
    else:
        assert page.times == ([start] if end in (None, start) else [start, end])


@thorough
@given(events(), LANGUAGES)
def test_no_title_ends_the_script_it_stands_in(pair, site):
    assert not set("<>&\u2028\u2029") & set(str(jsonld.script(jsonld.event_page(pair[0], site, NOW))))


@thorough
@given(st.lists(events(), max_size=3), LANGUAGES)
def test_every_calendar_keeps_the_form(pairs, site):
    events = [event for event, _facts in pairs]
    content = ical.calendar(events, cast.feed(site))
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert content.count(b"\r\nBEGIN:VEVENT\r\n") == sum(event.has_day for event in events)
    for line in lines:
        line.decode()


@settings(thorough, max_examples=40)
@given(st.lists(events(), max_size=3))
def test_libical_accepts_every_calendar(pairs):
    validators.ask_libical(ical.calendar([event for event, _facts in pairs], cast.feed()))


@settings(thorough, max_examples=40)
@given(st.lists(events(), max_size=3))
def test_vobject_accepts_every_calendar(pairs):
    pytest.importorskip("vobject")
    validators.ask_vobject(ical.calendar([event for event, _facts in pairs], cast.feed()))
