"""Lists: filters, orders, pages, fields; the same answers as the website's list."""

import itertools

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from events.bits.choice import Choice
from events.bits.keeper import keeper
from events.filters import EventFilter, OneField, Vocabulary
from events.models import Event
from events.selection import Selection
from tests import factories as make
from tests.events import directory
from tests.factories import NOW
from tests.journal.hands import commit_changes


def test_without_a_period_the_list_is_that_of_the_website(cast, ids):
    assert ids("events") == ["digitaltag-essen-2027", "status-kommunaler-digitalisierung-2027"]
    assert ids("events?when=past") == ["smart-country-tage-2026"]
    assert len(ids("events?when=all")) == 3


def test_a_former_slug_in_a_filter_leads_to_its_successor(cast, client):
    cast.cloud.slug = "wolke"
    cast.cloud.save()
    response = client.get("/api/v1/events?topic=cloud&limit=5")
    assert (response.status_code, response.headers["Location"]) == (301, "/api/v1/events?topic=wolke&limit=5")


def test_a_span_that_ends_before_it_begins_holds_nothing(cast, get):
    assert get("events?when=all&from=2027-06-01&to=2026-01-01")["total"] == 0
    assert get("events?when=all&from=0001-01-01&to=9999-12-31")["total"] == 3


def test_the_other_collections_are_searched_as_the_website_is(cast, ids):
    make.OrganisationFactory(slug="staedtetag", name="Deutscher Städtetag", aliases=["Bund der Städte"])
    assert ids("organisations?q=kreistag+osterreich") == ["kreistag"]
    assert ids("organisations?q=staedtetage") == ids("organisations?q=bund+staedte") == ["staedtetag"]
    assert ids("venues?q=essen") == ["halle-essen"]
    assert ids("people?q=nobody") == []


def test_fields_leaves_the_others_out(cast, get):
    (first, *_others) = get("events?fields=title,start")["items"]
    assert list(first) == ["id", "title", "start"]
    assert list(get(f"topics/{cast.cloud.uid}?fields=name")) == ["id", "name"]


def test_a_list_says_its_licence(cast, get, settings):
    settings.DATA_LICENCE = "https://licence.example/"
    assert get("topics")["licence"] == "https://licence.example/"


def test_each_parameter_takes_twenty_values(cast, get):
    def several(name, count):
        return "&".join(f"{name}=x{number}" for number in range(count))

    names = ("topic", "organiser", "speaker", "venue")
    assert get("events?" + "&".join(several(name, 20) for name in names))["total"] == 0
    get("events?" + several("topic", 21), status=400)


# -- pages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sort", ["date", "-date", "title", "newest"])
def test_pages_follow_one_another_in_every_order(db, now, ids, sort):
    for number in range(7):
        make.EventFactory(title=f"Titel {number % 3}")
    path = f"events?when=all&sort={sort}"
    assert ids(f"{path}&limit=2") == ids(path)
    assert len(ids(path)) == 7


@pytest.mark.parametrize("name", ["series", "organisations", "people", "topics", "venues"])
def test_pages_of_the_other_collections_follow_one_another(cast, ids, name):
    assert ids(f"{name}?limit=1") == ids(name)


def test_new_entries_shift_no_page(db, now, get):
    for number in range(4):
        make.EventFactory(slug=f"e{number}", starts_on=f"2027-05-0{number + 1}")
    page = get("events?limit=2")
    make.EventFactory(slug="frueher", starts_on="2027-04-01")
    Event.objects.get(slug="e0").delete()
    page = get(page["next"].partition("/api/v1/")[2])
    assert [one["slug"] for one in page["items"]] == ["e2", "e3"]
    assert page["next"] is None


def test_the_next_page_stands_in_the_header_too(cast, client):
    response = client.get("/api/v1/topics?limit=1")
    assert f'<{response.json()["next"]}>; rel="next"' in response.headers["Link"]


# -- the same answers as the website ------------------------------------------------------------------

VALUES = {
    "q": ["kongress", "digital", "nichtsdergleichen"],
    "topic": [*directory.TOPICS, "unbekannt"],
    "organiser": directory.ORGANISATIONS,
    "organisation": directory.ORGANISATIONS,
    "series": directory.SERIES,
    "speaker": directory.SPEAKERS,
    "state": ["DE-BE", "DE-NW", "de-nw"],
    "city": ["berlin", "essen"],
    "country": ["DE", "AT"],
    "venue": list(directory.PLACES),
    "from": ["2026-06-01", "2027-03-10"],
    "to": ["2027-04-01", "2028-01-01"],
}


def queries():
    """Any choice of filters, several values where several may stand."""
    single, several = {}, {}
    for name, one in EventFilter.base_filters.items():
        read = one.field.read
        known = (
            [value for value, _label in read.choices] if isinstance(read, Vocabulary) else VALUES.get(name)
        )
        if known:
            group = single if isinstance(one.field, OneField) else several
            group[name] = some.sampled_from(list(known))
    lists = {name: some.lists(value, min_size=1, max_size=3, unique=True) for name, value in several.items()}
    one_each = {name: value.map(lambda text: [text]) for name, value in single.items()}
    return some.fixed_dictionaries({}, optional=lists | one_each).map(_as_query)


def _as_query(chosen):
    query = QueryDict(mutable=True)
    for name, values in dict(itertools.islice(chosen.items(), 4)).items():
        query.setlist(name, values)
    return query.urlencode()


@pytest.fixture
def _directory(db, now):
    directory.build()


@pytest.mark.usefixtures("_directory")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=queries())
def test_any_filter_gives_the_events_of_the_list_page_in_their_order(ids, query):
    selection = Selection(QueryDict(query), "/veranstaltungen/", at=NOW)
    if not selection.problems:
        expected = list(selection.events.values_list("slug", flat=True))
        assert ids(f"events?{query}&limit=3" if query else "events?limit=3") == expected


# -- what it costs --------------------------------------------------------------------------------------


def similar(number):
    """Events with something of everything each."""
    for _ in range(number):
        event = make.EventFactory(
            series=make.SeriesFactory(predecessor=make.SeriesFactory()),
            topics=[make.TopicFactory(parent=make.TopicFactory())],
            organisers=[make.OrganisationFactory(parent=make.OrganisationFactory())],
            venues=[make.VenueFactory()],
            parent=make.EventFactory(starts_on="2020-01-01"),
        )
        make.AppearanceFactory(event=event, session=make.SessionFactory(event=event))
        make.AwardFactory(event=event, organisation=make.OrganisationFactory())
        make.SeriesOrganiserFactory(series=event.series)


COSTS = [
    ("events", 7),
    ("events?expand=series,organisations,people,venues,topics", 27),
    ("events?updated_since=1970-01-01T00:00:00Z", 8),
    ("series", 6),
    ("series?expand=series,organisations", 9),
    ("organisations", 5),
    ("organisations?expand=organisations", 6),
    ("people", 5),
    ("topics", 5),
    ("venues", 5),
]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("path", "queries"), COSTS)
def test_lists_cost_the_same_for_one_and_for_many(db, now, client, path, queries, number, request):
    similar(number)
    commit_changes()
    client.get(f"/api/v1/{path}")
    with request.getfixturevalue("django_assert_num_queries")(queries):
        assert client.get(f"/api/v1/{path}").status_code == 200


# -- from sets of bits ---------------------------------------------------------------------------------


@pytest.fixture
def many(transactional_db, now):
    """Committed: within a transaction SQL answers."""
    keeper.forget()
    yield [make.EventFactory(slug=f"e{number}", starts_on=f"2027-05-{number + 1:02}") for number in range(6)]
    keeper.forget()


@pytest.mark.parametrize("sort", ["date", "-date"])
def test_pages_told_from_sets_of_bits_shift_no_more_than_others(many, get, ids, sort, monkeypatch):
    path = f"events?sort={sort}&limit=2"
    page, order = get(path), 1 if sort == "date" else -1
    assert ids(path) == [f"e{number}" for number in range(6)][::order]
    last = page["items"][-1]["slug"]
    Event.objects.filter(slug=last).update(state="withdrawn")
    make.EventFactory(slug="neu", starts_on="2027-05-01" if sort == "date" else "2027-05-30")
    path = page["next"].partition("/api/v1/")[2]
    assert [one["slug"] for one in get(path)["items"]] == ["e2", "e3"][::order]


def test_a_search_told_from_sets_of_bits_is_that_of_plain_sql(many, get, ids, monkeypatch):
    make.EventFactory(slug="best", title="Sonderlich", starts_on="2020-05-01")
    Event.objects.exclude(slug="best").update(summary="Nicht sonderlich")
    path = "events?q=sonderlich&when=all&limit=3"
    by_bits, slugs = get(path), ids(path)
    monkeypatch.setattr(keeper, "current", lambda: None)
    plain = get(path)
    assert (by_bits["items"], by_bits["total"]) == (plain["items"], plain["total"])
    assert slugs == ids(path) == ids(path.replace("limit=3", "limit=100"))
    assert (slugs[0], len(slugs)) == ("best", 7)


def test_an_event_that_is_moved_between_sets_and_rows_makes_a_cursor_skip_nothing(
    many, get, ids, monkeypatch
):
    choice = Choice.keys

    def meanwhile(self, *asked):
        keys = choice(self, *asked)
        monkeypatch.undo()
        Event.objects.filter(slug="e1").update(starts_on="2028-01-01", ends_on="2028-01-01")
        return keys

    monkeypatch.setattr(Choice, "keys", meanwhile)
    page = get("events?limit=2")
    assert [one["slug"] for one in page["items"]] == ["e0", "e2"]
    assert ids(page["next"].partition("/api/v1/")[2]) == ["e3", "e4", "e5", "e1"]
