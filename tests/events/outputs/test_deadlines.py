import datetime as dt

import icalendar
import pytest

from events.outputs import deadlines
from tests import golden
from tests.events.outputs import cast, validators
from tests.events.outputs.cast import ENGLISH

DAYS = {
    "registration_deadline": dt.date(2027, 4, 30),
    "contributions_deadline": dt.date(2027, 1, 31),
    "exhibitors_deadline": dt.date(2027, 2, 15),
    "early_bird_until": dt.date(2027, 3, 15),
}
ADDRESSES = {
    "contributions_url": "https://messe-digital.example/beitraege",
    "exhibitors_url": "https://messe-digital.example/ausstellen",
}


def crowd():
    fair = cast.fair()
    for name, value in (DAYS | ADDRESSES).items():
        setattr(fair, name, value)
    others = [cast.cancelled(), cast.postponed(), cast.vague(), cast.sample(), cast.hostile()]
    for event in others:
        event.registration_deadline = dt.date(2027, 4, 1)
    return [fair, *others, cast.nowhere()]


def read(events):
    return icalendar.Calendar.from_ical(deadlines.calendar(events, cast.feed())).walk("VEVENT")


def test_deadlines_are_told_as_before():
    golden.check("deadlines.ics", deadlines.calendar(crowd(), cast.feed()))
    golden.check("deadlines_en.ics", deadlines.calendar(crowd()[:1], cast.feed(ENGLISH)))


@pytest.mark.parametrize("events", [crowd(), []], ids=["some", "none"])
def test_other_programs_accept_the_calendar(events):
    content = deadlines.calendar(events, cast.feed())
    validators.ask_vobject(content)
    validators.ask_libical(content)
    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_each_deadline_is_one_whole_day_that_makes_nobody_busy():
    told = read(crowd()[:1])
    assert [entry.decoded("dtstart") for entry in told] == list(DAYS.values())
    assert {entry.decoded("dtend") - entry.decoded("dtstart") for entry in told} == {dt.timedelta(days=1)}
    assert {entry["transp"] for entry in told} == {"TRANSPARENT"}


def test_a_deadline_that_moves_keeps_its_identifier_and_no_two_share_one():
    (fair, *_others) = crowd()
    before = [entry["uid"] for entry in read([fair])]
    fair.registration_deadline = dt.date(2027, 5, 3)
    assert [entry["uid"] for entry in read([fair])] == before
    assert len({*before, str(fair.uid)}) == 5


def test_deadlines_share_the_fate_of_their_event():
    assert [(str(entry["summary"]), entry["status"]) for entry in read(crowd()[1:])] == [
        ("Abgesagt: Anmeldeschluss: Abgesagter Tag", "CANCELLED"),
        ("Verschoben: Anmeldeschluss: Verschobener Tag", "TENTATIVE"),
        ("Anmeldeschluss: Irgendwann im Sommer", "CONFIRMED"),
        ("[Beispiel] Abgesagt: Anmeldeschluss: Tagung", "CANCELLED"),
        ('Anmeldeschluss: A < B & C, D; E "F" \\N </script> =cmd|', "CONFIRMED"),
    ]
