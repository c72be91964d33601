import datetime as dt

import icalendar
import pytest

from events.outputs import ical
from tests import golden
from tests.events.outputs import cast, validators
from tests.events.outputs.cast import ENGLISH, GERMAN

ONE_EACH = [
    cast.fair, cast.spring, cast.vienna, cast.helsinki, cast.webinar, cast.hybrid, cast.evening,
    cast.cancelled, cast.rescheduled, cast.postponed, cast.moved_online, cast.sold_out, cast.sample,
    cast.hostile, cast.long_word,
]  # fmt: skip


def read(content):
    """The events of a calendar as an independent reader sees them."""
    return icalendar.Calendar.from_ical(content).walk("VEVENT")


def told(event, site=GERMAN):
    """The only event of its own calendar."""
    (found,) = read(ical.event_calendar(event, site))
    return found


@pytest.mark.parametrize("member", ONE_EACH, ids=lambda member: member.__name__)
def test_an_event_is_told_as_before(member):
    golden.check(f"event_{member.__name__}.ics", ical.event_calendar(member(), GERMAN))


def test_a_list_is_told_as_before():
    golden.check("list.ics", ical.calendar(cast.everybody(), cast.feed()))


def test_a_list_in_english_is_told_as_before():
    golden.check("list_en.ics", ical.calendar([cast.fair(), cast.sample(), cast.vague()], cast.feed(ENGLISH)))


def test_an_empty_list_is_told_as_before():
    golden.check("empty.ics", ical.calendar([], cast.feed()))


CALENDARS = {
    "all": lambda: ical.calendar(cast.everybody(), cast.feed()),
    "none": lambda: ical.calendar([], cast.feed()),
    "only vague ones": lambda: ical.calendar([cast.vague()], cast.feed()),
    "whole days only": lambda: ical.calendar([cast.fair()], cast.feed()),
    "one": lambda: ical.event_calendar(cast.postponed(), GERMAN),
}


@pytest.mark.parametrize("content", CALENDARS.values(), ids=CALENDARS)
def test_vobject_and_icalendar_accept_every_calendar(content):
    icalendar.Calendar.from_ical(content())
    validators.ask_vobject(content())


@pytest.mark.parametrize("content", CALENDARS.values(), ids=CALENDARS)
def test_libical_accepts_every_calendar(content):
    validators.ask_libical(content())


@pytest.mark.parametrize("content", CALENDARS.values(), ids=CALENDARS)
def test_lines_end_in_crlf_and_have_at_most_75_octets(content):
    lines = content().split(b"\r\n")
    assert lines.pop() == b""
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)


def test_a_line_is_folded_between_characters():
    for line in ical.event_calendar(cast.long_word(), GERMAN).split(b"\r\n"):
        line.decode()


def test_whole_days_end_on_the_day_after_the_last_one():
    fair = told(cast.fair())
    assert (fair.decoded("dtstart"), fair.decoded("dtend")) == (dt.date(2027, 5, 9), dt.date(2027, 5, 12))


def test_hours_are_told_in_the_events_own_zone():
    forum = told(cast.vienna())
    assert forum["dtstart"].params["TZID"] == "Europe/Vienna"
    assert forum.decoded("dtstart").astimezone(dt.UTC) == dt.datetime(2027, 10, 31, 8, tzinfo=dt.UTC)


def test_the_night_of_the_clock_change_is_an_hour_shorter():
    hackathon = told(cast.spring())
    start, end = (hackathon.decoded(name).astimezone(dt.UTC) for name in ("dtstart", "dtend"))
    assert end - start == dt.timedelta(hours=17, minutes=30)


def test_the_second_of_two_equal_hours_is_told_in_utc():
    night = told(cast.autumn())
    assert night["dtstart"].to_ical() == b"20271031T013000Z"
    assert night["dtend"].to_ical() == b"20271031T040000"


def test_an_unknown_end_is_left_out():
    assert "dtend" not in told(cast.webinar())


def test_days_of_which_only_the_opening_is_known_are_whole_days():
    opening = told(cast.evening())
    assert opening.decoded("dtstart") == dt.date(2027, 5, 9)
    assert "Erster Tag: ab 18:00 Uhr" in opening["description"]


def test_an_event_is_named_by_its_uid_and_told_when_it_changed():
    event = cast.fair()
    fair = told(event)
    assert fair["uid"] == str(event.uid)
    assert fair["sequence"] == 3
    assert fair.decoded("dtstamp") == fair.decoded("last-modified") == event.modified_at


@pytest.mark.parametrize(
    ("member", "status", "summary"),
    [
        (cast.vienna, "CONFIRMED", "Forum Wien"),
        (cast.cancelled, "CANCELLED", "Abgesagt: Abgesagter Tag"),
        (cast.rescheduled, "CONFIRMED", "Neuer Termin: Verlegter Kongress"),
        (cast.moved_online, "CONFIRMED", "Jetzt online: Tag im Netz"),
        (cast.sold_out, "CONFIRMED", "Ausgebucht: Ausgebuchter Kurs"),
        (cast.postponed, "TENTATIVE", "Verschoben: Verschobener Tag"),
        (cast.sample, "CANCELLED", "[Beispiel] Abgesagt: Tagung"),
    ],
)
def test_status_and_label(member, status, summary):
    event = told(member())
    assert (event["status"], event["summary"]) == (status, summary)


def test_a_new_date_names_the_former_ones():
    assert (
        "Ursprünglich geplant: November 2026; 30. März – 1. April 2027"
        in told(cast.rescheduled())["description"]
    )


def test_only_hours_that_take_place_make_busy():
    busy = [
        event["summary"]
        for event in read(ical.calendar(cast.everybody(), cast.feed()))
        if event["transp"] == "OPAQUE"
    ]
    assert busy == [
        "Hackathon in der Nacht der Zeitumstellung",
        "European Digital Day",
        "Webinar: Register verstehen",
        "Kongress hybrid",
        "Jetzt online: Tag im Netz",
        "Forum Wien",
    ]


def test_a_hostile_title_stays_one_title():
    event = told(cast.hostile())
    assert event["summary"] == 'A < B & C, D; E "F" \\N </script> =cmd|'
    assert event["description"].splitlines()[2] == "=SUMME(A1) END:VCALENDAR ]]> <b>fett</b>"


def test_events_without_a_day_are_left_out_and_named():
    calendar = icalendar.Calendar.from_ical(
        ical.calendar([cast.fair(), cast.vague(), cast.postponed()], cast.feed())
    )
    assert [event["summary"] for event in calendar.walk("VEVENT")] == ["Messe Digital 2027"]
    said = (
        "2 Veranstaltungen sind noch ohne festen Tag und deshalb nicht in diesem Kalender: "
        "Irgendwann im Sommer; Verschoben: Verschobener Tag"
    )
    assert calendar["description"] == said
    assert "X-COMMENT" in calendar


def test_an_event_that_was_never_known_to_the_day_has_no_calendar():
    with pytest.raises(ical.NoDayError):
        ical.event_calendar(cast.vague(), GERMAN)


def test_a_withdrawn_event_leaves_a_tombstone_that_tells_nothing_more():
    event = cast.make("zurueckgezogen", title="Zurückgezogen", state="withdrawn", organisers=[cast.VEREIN])
    (tombstone,) = read(ical.calendar([event], cast.feed()))
    assert tombstone["status"] == "CANCELLED"
    assert "description" not in tombstone


def test_each_zone_is_defined_once_and_only_when_used():
    calendar = icalendar.Calendar.from_ical(ical.calendar(cast.everybody(), cast.feed()))
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == [
        "Europe/Berlin",
        "Europe/Helsinki",
        "Europe/Vienna",
    ]
    assert b"VTIMEZONE" not in ical.event_calendar(cast.fair(), GERMAN)


def test_english_titles_and_words_stand_in_the_english_calendar():
    fair = told(cast.fair(), ENGLISH)
    assert fair["summary"] == "Digital Fair 2027"
    assert fair["url"] == "https://kongresse.example.org/en/events/messe-digital-2027/"
    assert "Organised by: Ministry of Digital Affairs, Messe & Kongress GmbH" in fair["description"]
