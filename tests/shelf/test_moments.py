"""Between two turns of the clock a page stays byte by byte what it is; at the turn there is a new one."""

import datetime as dt
import random

import pytest
import time_machine

from events.freshness import span
from events.models.queryset import TOMBSTONE
from journal.state import once, state
from shelf import serving
from tests.factories import NOW, EventFactory, SeriesFactory, TopicFactory, VenueFactory
from tests.journal.hands import commit_changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
UTC, DAY, LEAST = dt.UTC, dt.timedelta(days=1), dt.timedelta(microseconds=1)
ADDRESSES = [
    "/",
    "/en/",
    "/veranstaltungen/",
    "/veranstaltungen/?when=past",
    "/veranstaltungen/?topic=register&free=1",
    "/veranstaltungen/kalender/2027/04/",
    "/veranstaltungen/jahr/2027/",
    "/veranstaltungen/karte/",
    "/veranstaltungen/abend/",
    "/veranstaltungen.ics?when=all",
    "/veranstaltungen.atom?when=all",
    "/veranstaltungen.json?when=all",
    "/veranstaltungen.csv?when=all",
    "/abonnieren/",
    "/einbetten/veranstaltungen/",
    "/reihen/",
    "/reihen/verwaltungstage/",
    "/themen/",
    "/themen/register/",
    "/orte/halle/",
    "/sitemap.xml",
    "/sitemap-event-1.xml",
]


@pytest.fixture
def turning():
    """Events that end in several zones, appear, are withdrawn, have deadlines and a rhythm."""
    topic, venue = TopicFactory(slug="register"), VenueFactory(slug="halle")
    series = SeriesFactory(slug="verwaltungstage")
    for year in (2022, 2023, 2024, 2025):
        EventFactory(series=series, starts_on=dt.date(year, 4, 20))
    zones = ("Europe/Berlin", "Asia/Tokyo", "America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu")
    for number, zone in enumerate(zones):
        first = NOW.date() + number * DAY
        EventFactory(
            timezone=zone,
            starts_on=first,
            ends_on=first + DAY,
            registration_deadline=first - DAY,
            contributions_deadline=first,
            topics=[topic],
            venues=[venue],
            is_free=True,
        )
    times = {"start_time": dt.time(18), "end_time": dt.time(21, 30)}
    EventFactory(slug="abend", starts_on=NOW.date() + 3 * DAY, topics=[topic], series=series, **times)
    EventFactory(publish_from=NOW + dt.timedelta(hours=5, minutes=7, seconds=31), topics=[topic])
    EventFactory(state="withdrawn")
    commit_changes()


def at(moment):
    return time_machine.travel(moment, tick=False)


def within(around, picked):
    """Its first and its last moment, and some between."""
    length = around.until - around.since
    some = [around.since + length * picked.random() for _number in range(2)]
    return [around.since, *some, around.until - LEAST]


def pages(client, moment, addresses):
    """{address: body} as made at that moment, knowing the state as from the shelf."""
    with at(moment), once(state()):
        return {address: client.get(address).getvalue() for address in addresses}


@pytest.mark.parametrize("begin", [NOW, NOW + 2.3 * DAY, NOW + 4.6 * DAY])
def test_between_two_turns_nothing_changes(client, turning, begin):
    picked = random.Random(begin.isoformat())  # noqa: S311
    with at(begin):
        around = span(begin)
    assert around.since <= begin < around.until
    first, *others = (pages(client, moment, ADDRESSES) for moment in within(around, picked))
    for told in others:
        assert [address for address in ADDRESSES if told[address] != first[address]] == []


def test_the_text_stays_between_two_turns_and_is_another_one_afterwards(turning):
    moment, texts, picked = NOW, [], random.Random(1)  # noqa: S311
    for _turn in range(12):
        around = span(moment)
        assert {span(one).text for one in within(around, picked)} == {around.text}
        texts.append(around.text)
        moment = around.until
    assert len(set(texts)) == len(texts)


def test_the_turns_are_known_beforehand_and_asked_for_once(turning, django_assert_num_queries):
    now = state()
    around = span(NOW, now)
    with django_assert_num_queries(0):
        assert span(NOW + (around.until - NOW) / 2, now) is around
    with django_assert_num_queries(1):
        assert span(around.until, now).since == around.until


@pytest.mark.parametrize(
    ("entry", "turn"),
    [
        (
            {"timezone": "Asia/Tokyo", "starts_on": dt.date(2027, 4, 1)},
            dt.datetime(2027, 4, 1, 15, tzinfo=UTC),
        ),
        ({"publish_from": NOW + dt.timedelta(minutes=9)}, NOW + dt.timedelta(minutes=9)),
    ],
)
def test_an_end_and_a_publication_are_turns(entry, turn):
    EventFactory(**entry)
    commit_changes()
    assert span(turn - LEAST).until == turn == span(turn).since


def test_calendars_forget_at_a_turn():
    withdrawn = EventFactory(state="withdrawn")
    withdrawn.refresh_from_db()
    turn = withdrawn.withdrawn_at + TOMBSTONE
    assert span(turn - LEAST).until == turn == span(turn).since


def test_midnight_is_a_turn_also_when_the_clocks_change():
    for day, hour in ((dt.date(2027, 3, 27), 23), (dt.date(2027, 3, 28), 22), (dt.date(2027, 10, 30), 22)):
        turn = dt.datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        assert span(turn - LEAST).until == turn == span(turn).since


def test_at_the_turn_there_is_a_new_page(client, turning, shelf):
    around = span(NOW)
    with at(around.until - LEAST):
        before = client.get("/veranstaltungen/")
        assert client.get("/veranstaltungen/").content == before.content
    assert len(serving.memory) == 1
    with at(around.until):
        after = client.get("/veranstaltungen/", headers={"if-none-match": before.headers["ETag"]})
    assert after.status_code == 200


def test_an_entry_that_appears_within_a_minute_is_counted_at_once(client, turning, shelf):
    """Counts beside topics are kept, too: they must not be those of the minute's beginning."""
    turn = NOW + dt.timedelta(hours=5, minutes=7, seconds=31)
    numbers = []
    for moment in (turn - LEAST, turn):
        with at(moment):
            numbers.append(client.get("/themen/").content.decode().count("7 Veranstaltungen"))
    assert numbers == [0, 1]
