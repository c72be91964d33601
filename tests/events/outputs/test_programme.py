import datetime as dt
import uuid

import icalendar
import pytest

from events.models import Appearance, Session
from events.models.programme import default_session_uid
from events.outputs import programme
from tests import golden
from tests.events.outputs import cast, validators
from tests.events.outputs.cast import ENGLISH, GERMAN

DAY = dt.date(2027, 5, 9)
ADDRESS = "https://kongresse.example.org/veranstaltungen/messe-digital-2027/programm.ics"
TIMES = [
    {"title": "Ausklang", "date": DAY, "start_time": dt.time(18), "kind": "social"},
    {"title": "Eröffnung; Grußworte, Musik", "date": DAY, "start_time": dt.time(9), "end_time": dt.time(10)},
    {"title": "Am Vorabend", "date": DAY - dt.timedelta(days=1), "start_time": dt.time(19), "room": "Foyer"},
    {"title": "Ohne Uhrzeit", "date": DAY},
    {"title": "Ohne alles"},
]


def fair(member=cast.fair, times=TIMES):
    """One of the cast with a programme in which a person opens the event."""
    event = member()
    rows = [
        Session(pk=n, uid=default_session_uid(event.uid, row["title"], 1), event=event, position=n, **row)
        for n, row in enumerate(times)
    ]
    event._prefetched_objects_cache["sessions"] = rows
    event._prefetched_objects_cache["appearances"] = [
        Appearance(event=event, speaker=cast.ARIANE, office="Staatssekretärin", session=row)
        for row in rows
        if row.title.startswith("Eröffnung")
    ]
    return event


def read(event, site=GERMAN):
    return icalendar.Calendar.from_ical(programme.calendar(event, ADDRESS, site))


def test_a_part_that_ends_as_it_begins_has_no_end():
    """The end must be later (RFC 5545 §3.8.2.2); in the night of the clock change 2:30 is 3:30 already."""
    night = dt.date(2027, 3, 28)
    rows = [(DAY, dt.time(9), dt.time(9)), (DAY, dt.time(9), dt.time(10))]
    rows.append((night, dt.time(2, 30), dt.time(3)))
    times = [{"title": "x", "date": day, "start_time": first, "end_time": last} for day, first, last in rows]
    content = programme.calendar(fair(times=times), ADDRESS, GERMAN)
    validators.ask_libical(content)
    ends = ["DTEND" in part for part in icalendar.Calendar.from_ical(content).walk("VEVENT")]
    assert ends.count(True) == 1


def test_a_programme_is_told_as_before():
    golden.check("programme.ics", programme.calendar(fair(), ADDRESS, GERMAN))
    golden.check("programme_en.ics", programme.calendar(fair(), ADDRESS, ENGLISH))


@pytest.mark.parametrize("member", [cast.fair, cast.cancelled, cast.postponed, cast.hostile, cast.helsinki])
def test_other_programs_accept_the_calendar(member):
    content = programme.calendar(fair(member), ADDRESS, GERMAN)
    validators.ask_vobject(content)
    validators.ask_libical(content)
    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_parts_with_a_time_come_in_their_order_and_the_others_are_counted():
    told = read(fair())
    assert [str(part["summary"]) for part in told.walk("VEVENT")] == [
        "Am Vorabend",
        "Eröffnung; Grußworte, Musik",
        "Ausklang",
    ]
    assert told["description"] == "2 Programmpunkte ohne Uhrzeit sind nicht in diesem Kalender."


def test_a_part_names_people_and_the_office_they_held():
    opening = read(fair()).walk("VEVENT")[1]
    assert "Mit: Dr. Ariane Beispiel (Staatssekretärin)" in opening["description"]
    assert opening.decoded("dtstart").astimezone(dt.UTC) == dt.datetime(2027, 5, 9, 7, tzinfo=dt.UTC)


def test_the_parts_of_a_cancelled_event_are_cancelled():
    told = read(fair(cast.cancelled)).walk("VEVENT")
    assert {part["status"] for part in told} == {"CANCELLED"}
    assert str(told[1]["summary"]) == "Abgesagt: Eröffnung; Grußworte, Musik"


def test_a_programme_without_times_is_no_calendar():
    with pytest.raises(programme.NoTimesError):
        programme.calendar(fair(times=TIMES[3:]), ADDRESS, GERMAN)


def test_parts_of_one_title_have_different_identifiers_and_keep_them():
    event = uuid.UUID(int=1)
    assert default_session_uid(event, "Pause", 1) != default_session_uid(event, "Pause", 2)
    assert str(default_session_uid(event, "Pause", 1)) == "5cf043a3-ade9-5304-9899-1d3fb6dccc4c"
