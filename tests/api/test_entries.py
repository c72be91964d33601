"""One entry by its address: identifiers, slugs present and former, what is gone."""

import datetime as dt

import pytest

from events.models import Event
from speakers.actions import anonymise
from tests import factories as make
from tests.journal.hands import commit_changes


def test_dates_are_told_as_in_every_output(cast, get):
    congress = get(f"events/{cast.congress.uid}")
    assert (congress["start"], congress["end"], congress["all_day"]) == ("2026-10-20", "2026-10-22", True)
    day = get(f"events/{cast.regional_day.uid}")
    assert (day["start"], day["end"]) == ("2027-03-11T09:30:00+01:00", "2027-03-11T17:00:00+01:00")


@pytest.mark.parametrize(
    ("facts", "start", "end"),
    [
        ({"date_precision": "month"}, "2027-05", None),
        ({"date_precision": "quarter", "starts_on": "2027-04-01", "ends_on": "2027-06-30"}, "2027-Q2", None),
        ({"date_precision": "year", "starts_on": "2027-01-01", "ends_on": "2027-12-31"}, "2027", None),
        ({"status": "postponed"}, None, None),
    ],
)
def test_vague_dates_are_no_days(db, now, get, facts, start, end):
    event = make.EventFactory(**{"starts_on": "2027-05-01", "ends_on": "2027-05-31", **facts})
    told = get(f"events/{event.uid}")
    assert (told["start"], told["end"], told["all_day"]) == (start, end, None)


def test_a_postponed_event_tells_the_date_it_had(db, now, get):
    event = make.EventFactory(status="postponed", starts_on=dt.date(2027, 5, 4), start_time=dt.time(9))
    told = get(f"events/{event.uid}")["previous_dates"]
    assert told == [
        {"start": "2027-05-04", "end": "2027-05-04", "opens_at": "09:00", "date_precision": "day"}
    ]


def test_an_event_tells_its_editions_parent_and_parts(cast, get):
    after = make.EventFactory(series=cast.series, starts_on=dt.date(2027, 10, 20), parent=cast.congress)
    congress, told = get(f"events/{cast.congress.uid}"), get(f"events/{after.uid}")
    assert congress["editions"]["next"]["id"] == str(after.uid)
    assert [one["id"] for one in congress["parts"]] == [str(after.uid)]
    assert told["editions"] == {"previous": told["part_of"], "next": None}
    assert told["part_of"]["slug"] == cast.congress.slug


def test_people_hold_the_office_of_the_day_and_name_their_part_of_the_programme(cast, get):
    told = get(f"events/{cast.congress.uid}")
    (person,) = told["people"]
    assert person["office"] == "Beauftragte für Digitales"
    assert person["session"] == told["sessions"][0]["id"]
    assert told["sessions"][0]["starts_at"] == "09:00"


def test_names_and_addresses_are_in_the_language_asked_for(cast, get):
    told = get(f"events/{cast.congress.uid}?lang=en")
    assert (told["title"], told["title_de"]) == ("Smart Country Days 2026", "Smart-Country-Tage 2026")
    assert told["url"] == told["pages"]["en"] == "http://testserver/en/events/smart-country-tage-2026/"
    assert told["topics"][0]["name"] == "Cloud infrastructure"


# -- other addresses ---------------------------------------------------------------------------------------


def test_a_slug_leads_to_the_identifier(cast, client):
    cast.congress.slug = "sct-2026"
    cast.congress.save()
    for slug in ("sct-2026", "smart-country-tage-2026"):
        response = client.get(f"/api/v1/events/{slug}?lang=en&fields=slug")
        assert response.status_code == 301
        assert response.headers["Location"] == f"/api/v1/events/{cast.congress.uid}?lang=en&fields=slug"
    response = client.get("/api/v1/events/sct-2026/changes")
    assert response.headers["Location"] == f"/api/v1/events/{cast.congress.uid}/changes"


def test_an_identifier_in_capitals_leads_to_the_one_in_small_letters(cast, client):
    response = client.get(f"/api/v1/topics/{str(cast.cloud.uid).upper()}")
    assert (response.status_code, response.headers["Location"]) == (301, f"/api/v1/topics/{cast.cloud.uid}")


@pytest.mark.parametrize("key", ["nichts", "0b2f4a1e-6d3c-5e0a-9a53-2f6d1c7be911", "---", "%00", "A B"])
def test_what_never_was_is_not_found(cast, get, key):
    assert get(f"events/{key}", status=404)["status"] == 404


def test_drafts_do_not_exist(cast, get):
    for hidden in (cast.draft, cast.later):
        get(f"events/{hidden.uid}", status=404)
        get(f"events/{hidden.slug}", status=404)


# -- what is gone --------------------------------------------------------------------------------------------


def test_a_withdrawn_event_is_gone_and_says_since_when(cast, get):
    uid, slug = str(cast.congress.uid), cast.congress.slug
    commit_changes()
    Event.objects.filter(pk=cast.congress.pk).update(state="withdrawn")
    commit_changes()
    for key in (uid, slug):
        problem = get(f"events/{key}", status=410)
        assert problem["tombstone"]["id"] == uid
        assert problem["tombstone"]["reason"] == "withdrawn"


def test_a_deleted_topic_is_gone(cast, get):
    topic = make.TopicFactory(slug="fluechtig")
    uid = topic.uid
    commit_changes()
    topic.delete()
    commit_changes()
    assert get(f"topics/{uid}", status=410)["tombstone"]["reason"] == "deleted"


def test_an_erased_person_is_gone_without_a_name(cast, get):
    uid = cast.keynote_speaker.uid
    commit_changes()
    anonymise(cast.keynote_speaker)
    commit_changes()
    stone = get(f"people/{uid}", status=410)["tombstone"]
    assert (stone["reason"], stone["slug"]) == ("anonymised", None)
    get("people/ariane-muster", status=404)


def test_changes_are_told_in_words(cast, get):
    told = get(f"events/{cast.congress.uid}/changes")
    assert told["event"]["id"] == str(cast.congress.uid)
    assert all(set(one) == {"at", "revision", "kind", "text"} for one in told["items"])
    get(f"events/{cast.draft.uid}/changes", status=404)
