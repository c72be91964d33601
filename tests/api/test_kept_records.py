"""Records of events that are kept say, letter for letter, what they would say if they were drawn anew."""

import datetime as dt
import json
import random

import pytest
import time_machine

from api import event_records
from events.kept_pieces import KeptPieces
from events.models import Event
from events.site import output_site
from tests import factories as make
from tests.events.kept import kept
from tests.factories import NOW
from tests.journal import world
from tests.journal.hands import commit_changes
from tests.journal.test_truth import TABLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
TABLE, LIST = "events_recordpiece", "/api/v1/events?when=all&limit=100"
EDITS = 6


@pytest.fixture
def told(client, monkeypatch):
    """The answer, which must be the one that is drawn anew."""

    def ask(path=LIST):
        shown = client.get(path)
        assert shown.status_code == 200, shown.content
        with monkeypatch.context() as anew:
            anew.setattr(KeptPieces, "find", lambda *_: {})
            anew.setattr(KeptPieces, "keep", lambda *_: None)
            assert client.get(path).content == shown.content, path
        return shown.json()

    return ask


def test_kept_or_drawn_they_are_the_same_after_any_edit(told):
    chance = random.Random(5)  # noqa: S311 (chance, not secrecy)
    world.build()
    done = 0
    while done < EDITS:
        commit_changes()
        for language in ("de", "en") if done % 3 else ("de",):
            told(f"{LIST}&lang={language}")
        done += bool(world.edit(chance, TABLES))


def test_a_list_an_entry_and_a_few_fields_tell_the_same(told):
    make.EventFactory(series=make.SeriesFactory(), topics=[make.TopicFactory()])
    commit_changes()
    for _time in range(2):
        (one,) = told()["items"]
        assert told(f"/api/v1/events/{one['id']}") == one
        (few,) = told(f"{LIST}&fields=editions,title,topics")["items"]
        assert list(few) == ["id", "title", "topics", "editions"]
        assert few.items() <= one.items()
        (whole,) = told(f"{LIST}&expand=topics")["items"]
        assert {key for key in one if one[key] != whole[key]} == {"topics"}
        assert list(whole) == list(one)


def test_nothing_is_drawn_twice(told, monkeypatch):
    event = make.EventFactory()
    commit_changes()
    first = told()
    assert kept(TABLE) == [(event.pk, "de")]
    monkeypatch.setattr(event_records, "gathered", None)
    monkeypatch.setattr(KeptPieces, "keep", None)
    assert event_records.texts(Event.objects.all(), output_site("de"), NOW) == [
        json.dumps(first["items"][0], ensure_ascii=False, separators=(",", ":"))
    ]


def test_what_lies_around_an_event_is_told_at_once_though_its_record_stays(told):
    series = make.SeriesFactory()
    one = make.EventFactory(title="Die erste", series=series, starts_on="2027-05-01")
    part = make.EventFactory(title="Ein Teil", parent=one)
    commit_changes()
    path = f"/api/v1/events/{one.uid}"
    assert told(path)["editions"] == {"previous": None, "next": None}
    due = NOW + dt.timedelta(hours=1)
    later = make.EventFactory(series=series, starts_on="2028-05-01", publish_from=due)
    Event.objects.filter(pk=part.pk).update(publish_from=due, is_sample=True)
    commit_changes()
    assert (told(path)["editions"]["next"], told(path)["parts"]) == (None, [])
    with time_machine.travel(due, tick=False):
        now = told(path)
        assert now["editions"]["next"]["id"] == str(later.uid)
        assert [one["name"] for one in now["parts"]] == ["[Beispiel] Ein Teil"]
        assert told(f"/api/v1/events/{part.uid}?lang=en")["part_of"]["name"] == "Die erste"


def test_a_text_that_looks_like_the_place_of_neighbours_is_left_alone(told):
    text = f"Was fehlt: {event_records._PLACE} und {{}}"
    one = make.EventFactory(description=text, series=make.SeriesFactory(), starts_on="2027-05-01")
    make.EventFactory(series=one.series, starts_on="2028-05-01")
    commit_changes()
    first = told(f"{LIST}&sort=date")["items"][0]
    assert (first["description"], first["editions"]["previous"]) == (text, None)
    assert first["editions"]["next"] is not None


def test_what_is_withdrawn_while_it_is_asked_for_is_not_told(client, monkeypatch):
    event = make.EventFactory()
    commit_changes()
    find = KeptPieces.find

    def late(*asked):
        Event.objects.update(state="withdrawn")
        return find(*asked)

    for path, status in ((LIST, 200), (f"/api/v1/events/{event.uid}", 404)):
        Event.objects.update(state="published")
        commit_changes()
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(KeptPieces, "find", late)
            answer = client.get(path)
        assert answer.status_code == status
        assert answer.json().get("items", []) == []
