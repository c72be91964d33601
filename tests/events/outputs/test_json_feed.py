import json

import pytest

from events.outputs import json_feed
from tests import golden
from tests.events.outputs import cast
from tests.events.outputs.cast import ENGLISH, GERMAN


def extension(event, site=GERMAN):
    return json_feed.item(event, site)["_kongressatlas"]


def test_a_list_is_told_as_before():
    told = json_feed.document(cast.everybody(), cast.feed(suffix="json"))
    golden.check("list.json", json_feed.dump(told))


def test_one_event_is_told_as_before():
    golden.check("event_fair.json", json_feed.dump(json_feed.item(cast.fair(), GERMAN)))
    golden.check("event_fair_en.json", json_feed.dump(json_feed.item(cast.fair(), ENGLISH)))


def test_a_feed_names_itself_its_page_and_the_next_page():
    about = cast.feed(
        suffix="json", next="https://kongresse.example.org/veranstaltungen.json?when=all&page=2"
    )
    told = json_feed.document([], about)
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert (told["feed_url"], told["home_page_url"]) == (about.address, about.page)
    assert told["next_url"] == about.next
    assert told["items"] == []


def test_the_last_page_names_no_next_one():
    assert "next_url" not in json_feed.document([], cast.feed(suffix="json"))


def test_the_end_of_whole_days_is_the_last_day():
    fair = extension(cast.fair())
    assert (fair["start"], fair["end"], fair["all_day"]) == ("2027-05-09", "2027-05-11", True)


def test_hours_carry_their_offset():
    hackathon = extension(cast.spring())
    assert hackathon["start"] == "2027-03-27T18:00:00+01:00"
    assert hackathon["end"] == "2027-03-28T12:30:00+02:00"
    assert hackathon["all_day"] is False


@pytest.mark.parametrize(
    ("event", "start"),
    [
        (cast.vague(), "2027-06"),
        (cast.vague("quarter", cast.dt.date(2027, 4, 1), cast.dt.date(2027, 6, 30)), "2027-Q2"),
        (cast.vague("year", cast.dt.date(2027, 1, 1), cast.dt.date(2027, 12, 31)), "2027"),
    ],
)
def test_a_vague_date_is_told_as_vaguely_as_it_is_known(event, start):
    told = extension(event)
    assert told["start"] == start
    assert "end" not in told
    assert "all_day" not in told


def test_a_vague_date_of_several_months_has_an_end():
    told = extension(cast.vague("month", cast.dt.date(2027, 6, 1), cast.dt.date(2027, 7, 31)))
    assert (told["start"], told["end"]) == ("2027-06", "2027-07")


def test_a_postponed_event_has_no_start_but_a_former_one():
    told = extension(cast.postponed())
    assert "start" not in told
    assert told["previous_dates"] == [{"start": "2027-05-09", "end": "2027-05-09"}]


def test_former_dates_come_in_order():
    assert extension(cast.rescheduled())["previous_dates"] == [
        {"start": "2026-11", "end": "2026-11"},
        {"start": "2027-03-30", "end": "2027-04-01"},
    ]


def test_readers_see_what_became_of_an_event_in_its_title():
    assert json_feed.item(cast.cancelled(), GERMAN)["title"] == "Abgesagt: Abgesagter Tag"
    assert extension(cast.cancelled())["title"] == "Abgesagter Tag"


def test_a_sample_says_so():
    told = json_feed.item(cast.sample(), GERMAN)
    assert told["_kongressatlas"]["is_sample"] is True
    assert told["title"].startswith("[Beispiel] ")
    assert told["content_text"].startswith("Beispieleintrag: ")


def test_what_is_not_known_is_absent_but_no_is_told():
    assert extension(cast.webinar())["is_free"] is False
    assert "is_free" not in extension(cast.nowhere())
    assert "venues" not in extension(cast.nowhere())


def test_the_hall_of_an_event_that_moved_online_is_no_venue():
    assert "venues" not in extension(cast.moved_online())


def test_a_hostile_title_survives_the_way_through_json():
    told = json.loads(json_feed.dump(json_feed.item(cast.hostile(), GERMAN)))
    assert told["title"] == 'A < B & C, D; E "F" \\N </script> =cmd|'
