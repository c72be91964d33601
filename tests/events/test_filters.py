"""Every query parameter finds exactly what a plain reading of the entries finds."""

import datetime as dt

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.filters import EventFilter
from events.selection import Selection
from tests.events import directory
from tests.factories import NOW, TODAY
from tests.lasting import lasting, settle

pytestmark = pytest.mark.django_db

VALUES = {
    "topic": [*directory.TOPICS, "gibt-es-nicht"],
    "organiser": directory.ORGANISATIONS,
    "organisation": directory.ORGANISATIONS,
    "series": directory.SERIES,
    "speaker": directory.SPEAKERS,
    "venue": list(directory.PLACES),
    "city": ["berlin", "essen", "wien", "nirgendwo"],
    "state": ["DE-BE", "DE-NW", "AT-9"],
    "country": ["DE", "AT"],
    "mode": directory.MODES,
    "format": directory.FORMATS,
    "audience": directory.AUDIENCES,
    "language": directory.LANGUAGES,
    "status": directory.STATUSES,
    "free": ["1"],
    "near": ["Köln", "berlin", "10115", "Linz", "Potsdam"],
    "when": ["upcoming", "past", "all"],
    "q": ["bürger", "BÜRGERPORTAL", "strasse", "register bitkom", "kleindiek", "sccon", "unauffindbar"],
    "from": [(TODAY + dt.timedelta(days=days)).isoformat() for days in (-90, 0, 60)],
    "to": [(TODAY + dt.timedelta(days=days)).isoformat() for days in (61, 150)],
}
SINGLE = {"when", "free", "q", "from", "to", "near"}
QUERIES = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(values), min_size=1, max_size=1 if name in SINGLE else 2, unique=True)
        for name, values in VALUES.items()
    },
)
relaxed = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        directory.build()
        settle()
        yield directory.everything()


@pytest.fixture
def events(built, db):
    """Fetched once, with all that belongs to them: nobody changes them."""
    return built


def select(query):
    text = QueryDict(mutable=True)
    for name, values in query.items():
        text.setlist(name, values)
    return Selection(text, "/veranstaltungen/", at=NOW)


def slugs(selection):
    found = [event.slug for event in selection.events]
    assert len(found) == len(set(found))
    return set(found)


def test_every_parameter_is_tried():
    assert set(VALUES) | {"sort", "radius"} == set(EventFilter.base_filters)


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in VALUES.items() for value in values], ids=str
)
def test_a_parameter_alone_finds_what_a_plain_reading_finds(events, name, value):
    query = {"when": ["all"], name: [value]}
    assert slugs(select(query)) == directory.naive(events, query, NOW)


@relaxed
@given(query=QUERIES)
def test_any_combination_finds_what_a_plain_reading_finds(events, query):
    assert slugs(select(query)) == directory.naive(events, query, NOW)


@relaxed
@given(query=QUERIES)
def test_each_count_is_the_size_of_the_result_with_that_value_alone_in_its_facet(events, query):
    for facet in select(query).facets:
        for option in facet.options:
            alone = {**query, facet.name: [option.value]}
            assert option.count == len(slugs(select(alone))), (facet.name, option.value)


@relaxed
@given(query=QUERIES)
def test_values_without_events_are_hidden_unless_chosen(events, query):
    for facet in select(query).facets:
        assert all(option.count or option.checked for option in facet.options)


def test_repeated_keys_mean_or_and_different_keys_mean_and(events):
    both = slugs(select({"when": ["all"], "topic": ["ozg", "ki"]}))
    assert both == slugs(select({"when": ["all"], "topic": ["ozg"]})) | slugs(
        select({"when": ["all"], "topic": ["ki"]})
    )
    narrower = slugs(select({"when": ["all"], "topic": ["ozg"], "mode": ["online"]}))
    assert narrower < slugs(select({"when": ["all"], "topic": ["ozg"]}))


def test_drafts_are_in_no_list(events):
    assert not {"tagung-3", "tagung-11"} & slugs(select({"when": ["all"]}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("when", "bald"),
        ("mode", "fax"),
        ("status", "xqz"),
        ("free", "vielleicht"),
        ("sort", "zufall"),
        ("from", "2027-02-30"),
        ("from", "gestern"),
        ("to", "99999-01-01"),
        ("state", "Bayern"),
        ("country", "Deutschland"),
        ("q", "a\x00b"),
        ("topic", "x" * 300),
        ("from", "٢٠٢٧-٠١-٠١"),
    ],
)
def test_a_value_that_cannot_be_read_is_left_out_and_told(events, name, value):
    selection = select({name: [value]})
    assert [problem.parameter for problem in selection.problems] == [name]
    assert slugs(selection) == slugs(select({}))


def test_of_several_values_only_the_unreadable_one_is_left_out(events):
    assert slugs(select({"mode": ["fax", "online"]})) == slugs(select({"mode": ["online"]}))


def test_an_unknown_slug_matches_nothing_and_is_no_problem(events):
    selection = select({"topic": ["gibt-es-nicht"], "when": ["all"]})
    assert slugs(selection) == set()
    assert selection.problems == []


def test_unknown_keys_are_ignored(events):
    assert slugs(select({"utm_source": ["x"], "page": ["3"]})) == slugs(select({}))


def test_a_span_in_the_wrong_order_is_told(events):
    selection = select({"from": ["2027-05-01"], "to": ["2027-04-01"]})
    assert [problem.parameter for problem in selection.problems] == ["to"]


@pytest.mark.parametrize("sort", ["date", "-date", "title", "newest"])
def test_every_order_is_total(events, sort):
    first = [event.slug for event in select({"when": ["all"], "sort": [sort]}).events]
    assert first == [event.slug for event in select({"when": ["all"], "sort": [sort]}).events]
    assert len(first) == 38


def test_the_nearest_upcoming_and_the_latest_past_come_first(events):
    upcoming = [event.starts_on for event in select({}).events]
    past = [event.starts_on for event in select({"when": ["past"]}).events]
    assert upcoming == sorted(upcoming)
    assert past == sorted(past, reverse=True)
