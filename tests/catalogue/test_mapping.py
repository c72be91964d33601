"""Each row of the mapping table in docs/exchange-file.md, from version 0 to version 1."""

import pytest

from catalogue import mapping
from events.models import Event
from tests.catalogue.files import SECTIONS, load, rejections


def mapped(**event):
    return mapping.event(event)


def test_a_town_without_a_place_becomes_a_town():
    venue = mapping.venue({"slug": "koeln", "name": "Köln (Ort nicht näher genannt)", "city": "Köln"})
    assert venue == {"slug": "koeln", "name": "Köln", "city": "Köln", "kind": "city"}


def test_a_named_place_stays_a_building():
    assert mapping.venue({"slug": "messe", "name": "Messe Essen"}) == {"slug": "messe", "name": "Messe Essen"}


def test_an_edition_becomes_a_number():
    assert mapped(edition="8") == {"edition": 8}


def test_an_edition_that_is_no_number_is_left_to_the_reader():
    assert mapped(edition="achte") == {"edition": "achte"}


def test_the_venue_becomes_the_first_of_the_venues():
    assert mapped(venue="halle") == {"venues": [{"venue": "halle"}]}


def test_the_venue_of_an_online_event_is_where_it_is_broadcast_from():
    assert mapped(mode="online", venue="halle")["venues"] == [{"venue": "halle", "use": "broadcast"}]


@pytest.mark.parametrize("mode", ["online", "hybrid"])
def test_an_online_part_without_address_has_unknown_access(mode):
    assert mapped(mode=mode) == {"mode": mode, "online_access": "unknown"}


def test_an_online_part_with_address_says_no_more():
    event = {"mode": "online", "online_url": "https://live.example"}
    assert mapped(**event) == event


def test_figures_become_fields_of_their_own():
    figures = {"participants": 300, "exhibitors": 12, "speakers": 40}
    assert mapped(figures=figures) == {"attendees": 300, "exhibitor_count": 12, "speaker_count": 40}


def test_a_person_and_their_position_become_speaker_and_office():
    appearance = {"person": "anna", "role": "host", "position": "Landrätin", "organisation": "kreis"}
    assert mapped(appearances=[appearance])["appearances"] == [
        {"speaker": "anna", "role": "host", "office": "Landrätin", "organisation": "kreis"}
    ]


def test_a_speaker_of_a_session_appears_in_it():
    event = mapped(
        appearances=[{"person": "anna", "role": "panellist"}],
        sessions=[{"title": "Auftakt"}, {"title": "Podium", "speakers": ["anna"]}],
    )
    assert event["sessions"] == [{"title": "Auftakt"}, {"title": "Podium"}]
    assert event["appearances"] == [{"speaker": "anna", "role": "panellist", "session": 2}]


def test_a_speaker_of_two_sessions_appears_twice_in_the_same_office():
    event = mapped(
        appearances=[{"person": "anna", "role": "speaker", "position": "Landrätin"}],
        sessions=[{"title": "Eins", "speakers": ["anna"]}, {"title": "Zwei", "speakers": ["anna"]}],
    )
    assert [(row["office"], row["session"]) for row in event["appearances"]] == [
        ("Landrätin", 1),
        ("Landrätin", 2),
    ]


def test_a_speaker_who_stands_in_a_session_only_appears_as_speaker():
    event = mapped(sessions=[{"title": "Eins", "speakers": ["anna"]}])
    assert event["appearances"] == [{"speaker": "anna", "role": "speaker", "session": 1}]


def test_other_sections_are_passed_on_as_they_are():
    document = {"organisations": [{"slug": "verband"}], "topics": [], "events": [5], "venues": {}}
    assert mapping.from_version_0(document) == document


@pytest.mark.django_db
def test_a_file_without_version_is_read_as_version_0():
    event = {
        "slug": "tagung",
        "series": "reihe",
        "title": "Tagung",
        "edition": "2",
        "start": "2021-05-03",
        "end": "2021-05-04",
        "venue": "halle",
        "figures": {"participants": 30},
    }
    load({name: [record] for name, record in SECTIONS.items()} | {"events": [event]})
    found = Event.objects.get()
    assert (found.edition, found.attendees, found.venues.get().slug) == (2, 30, "halle")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "value", "field"),
    [
        ("figures", 5, "figures"),
        ("figures", {"dogs": 3}, "dogs"),
        ("appearances", "Anna", "appearances"),
        ("appearances", ["Anna"], "appearances[1]"),
        ("sessions", [{"title": "Eins", "speakers": 5}], "appearances[1].speaker"),
        ("venue", 7, "venues[1].venue"),
    ],
)
def test_nonsense_in_version_0_is_reported_and_no_crash(key, value, field):
    event = {"slug": "tagung", "title": "Tagung", "start": "2021-05-03", key: value}
    assert field in rejections({"events": [event]})
