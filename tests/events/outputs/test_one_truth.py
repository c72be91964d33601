"""All outputs tell the same title, start, end and status of any event, however odd."""

import csv
import datetime as dt
import io
import json
import re
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from events.outputs import atom, csv_table, ical, json_feed, jsonld, plain
from tests.events.outputs import cast, validators
from tests.events.outputs.cast import ENGLISH, GERMAN, NOW

LABELS = re.compile(
    r"^(\[(Beispiel|Sample)\] )?((Abgesagt|Verschoben|Neuer Termin|Jetzt online|Ausgebucht"
    r"|Cancelled|Postponed|Rescheduled|Now online|Sold out): )?"
)
ICAL = {"postponed": "TENTATIVE", "cancelled": "CANCELLED"}
SCHEMA = {
    "scheduled": "EventScheduled",
    "rescheduled": "EventRescheduled",
    "postponed": "EventPostponed",
    "moved_online": "EventMovedOnline",
    "cancelled": "EventCancelled",
}
ZONES = [
    "Europe/Berlin",
    "Europe/Vienna",
    "Europe/Helsinki",
    "Europe/London",
    "America/New_York",
    "Asia/Kolkata",
]
CLOCKS = st.none() | st.times().map(lambda time: time.replace(second=0, microsecond=0))
DAYS = st.dates(dt.date(2002, 1, 1), dt.date(2037, 12, 20)) | st.sampled_from(
    [
        dt.date(2027, 3, 27),
        dt.date(2027, 3, 28),
        dt.date(2027, 10, 30),
        dt.date(2027, 10, 31),
        dt.date(2027, 3, 14),
    ]
)
TEXTS = st.text(max_size=200) | st.lists(
    st.sampled_from(
        ["\\", "\\n", "\\N", ";", ",", "\r\n", "\x00", "ä", "]]>", '"', "=", "END:VEVENT", " ", "𝄞"]
    ),
    max_size=60,
).map("".join)


@st.composite
def events(draw):
    """Any event that the database would take and that has a title one can see."""
    first = draw(DAYS)
    last = first + dt.timedelta(days=draw(st.integers(0, 4)))
    opening, closing = draw(CLOCKS), draw(CLOCKS)
    if opening is None or (closing is not None and first == last and closing <= opening):
        closing = None
    return cast.make(
        "irgendeine",
        title=draw(TEXTS.filter(plain.line)),
        summary=draw(TEXTS),
        starts_on=first,
        ends_on=last,
        start_time=opening,
        end_time=closing,
        timezone=draw(st.sampled_from(ZONES)),
        status=draw(st.sampled_from(list(SCHEMA))),
        sold_out=draw(st.booleans()),
        is_sample=draw(st.booleans()),
        mode=draw(st.sampled_from(["onsite", "online", "hybrid"])),
        venues=draw(st.sampled_from([(), (cast.HALL,), (cast.HALL, cast.VIENNA)])),
    )


LANGUAGES = st.sampled_from([GERMAN, ENGLISH])
thorough = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def instant(text):
    """A date, or an instant in UTC, or None."""
    if not text:
        return None
    return (
        dt.date.fromisoformat(text) if len(text) == 10 else dt.datetime.fromisoformat(text).astimezone(dt.UTC)
    )


def in_json(event, site):
    item = json.loads(json_feed.dump(json_feed.item(event, site)))
    told = item["_kongressatlas"]
    return item["title"], instant(told.get("start")), instant(told.get("end")), told["status"]


def in_csv(event, site):
    (row,) = csv.DictReader(io.StringIO(csv_table.table([event], site).decode(), newline=""))
    title = row["title"][1:] if re.match("'[=+@＝＋－＠-]", row["title"]) else row["title"]
    return title, instant(row["start"]), instant(row["end"]), row["status"]


def in_calendar(event, site):
    (told,) = icalendar.Calendar.from_ical(ical.event_calendar(event, site)).walk("VEVENT")
    start, end = told.decoded("dtstart"), told.decoded("dtend", None)
    if isinstance(start, dt.datetime):
        return told["summary"], utc(start), utc(end), told["status"]
    return told["summary"], start, end - dt.timedelta(days=1), told["status"]


def utc(moment):
    return moment and moment.replace(tzinfo=ZoneInfo(str(moment.tzinfo))).astimezone(dt.UTC)


def in_script(event, site):
    told = json.loads(str(jsonld.script(jsonld.event_page(event, site, NOW))))
    status = told["eventStatus"].rsplit("/", 1)[1]
    return told["name"], instant(told["startDate"]), instant(told.get("endDate")), status


def in_atom(event, site):
    root = validators.read_xml(atom.document([event], cast.feed(site, "atom")))
    return root.findtext("{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title")


@thorough
@given(events(), LANGUAGES)
@example(cast.spring(), GERMAN)
@example(cast.autumn(), GERMAN)
@example(cast.hostile(), GERMAN)
@example(cast.evening(), ENGLISH)
def test_all_outputs_tell_the_same(event, site):
    title, start, end, status = in_json(event, site)
    is_postponed = status == "postponed"
    assert in_csv(event, site)[1:] == (start, end, status)
    assert in_calendar(event, site)[3] == ICAL.get(status, "CONFIRMED")
    assert in_script(event, site)[3] == SCHEMA[status]
    assert in_calendar(event, site)[1:3] == in_script(event, site)[1:3]
    assert in_script(event, site)[1:3] == (start, end) or (is_postponed and start is end is None)
    titles = [title, in_csv(event, site)[0], in_calendar(event, site)[0], in_script(event, site)[0]]
    assert {LABELS.sub("", told, count=1) for told in [*titles, in_atom(event, site)]} == {
        LABELS.sub("", title, count=1)
    }
    assert title.endswith(plain.line(event.title))


@thorough
@given(st.lists(events(), max_size=3), LANGUAGES)
def test_every_calendar_keeps_the_form(events, site):
    content = ical.calendar(events, cast.feed(site))
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert content.count(b"\r\nBEGIN:VEVENT\r\n") == sum(event.has_day for event in events)
    for line in lines:
        line.decode()


@settings(thorough, max_examples=40)
@given(st.lists(events(), max_size=3))
def test_libical_accepts_every_calendar(events):
    validators.ask_libical(ical.calendar(events, cast.feed()))


@settings(thorough, max_examples=40)
@given(st.lists(events(), max_size=3))
def test_vobject_accepts_every_calendar(events):
    pytest.importorskip("vobject")
    validators.ask_vobject(ical.calendar(events, cast.feed()))
