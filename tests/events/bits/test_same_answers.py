"""Sets of bits answer as plain SQL does, whatever was written in between and however."""

import datetime as dt

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.cursors import after
from events import calendar_pieces
from events.bits import pairs
from events.bits.keeper import keeper
from events.filters import Sort
from events.models import Event
from events.month_sheet import month_told
from events.selection import Selection
from tests.events import directory
from tests.events.bits.edits import EDITS
from tests.events.outputs.cast import GERMAN
from tests.events.test_filters import QUERIES
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db(transaction=True)

MOMENTS = [NOW, NOW + dt.timedelta(hours=30), NOW - dt.timedelta(days=40), NOW + dt.timedelta(days=400)]
ORDERS = [None, "date", "-date", "title", "newest", "relevance", "distance"]
MONTH = TODAY.replace(day=1), TODAY.replace(day=31)
SPANS = [None, None, (TODAY - dt.timedelta(days=60), TODAY), MONTH]
ASKED = st.tuples(QUERIES, st.sampled_from(MOMENTS), st.sampled_from(ORDERS), st.sampled_from(SPANS))
CHANGES = st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 400)), max_size=4)


def select(asked, by_bits):
    query, at, order, span = asked
    text = QueryDict(mutable=True)
    for name, values in query.items():
        text.setlist(name, values)
    if order:
        text["sort"] = order
    selection = Selection(text, "/veranstaltungen/", at=at, span=span)
    assert by_bits == (selection.choice is not None)
    return selection


def answers(asked):
    selection = select(asked, by_bits=True)
    plain = select(asked, by_bits=True)
    plain.__dict__["choice"] = None
    return told(selection), told(plain)


def month(selection):
    """What the page of a month tells."""
    return month_told(selection, *MONTH) if selection.span == MONTH else None


def told(selection):
    """All that a list shows. Of values with the same count and name any may come first."""
    facets = {
        facet.name: (facet.label, facet.hidden_count, sorted(map(str, facet.options)))
        for facet in selection.facets
    }
    keys = selection.keys
    pages = [keys[0:7], keys[7:9], keys[3:40]]
    named = selection.words, selection.successor_query()
    return keys.count(), pages, facets, named, month(selection), behind(selection)


def behind(selection):
    """The next ones behind the third event, and behind a place between two, as cursors ask for them."""
    if selection.sort not in ("date", "-date"):
        return None
    third, order = selection.keys[2:3], Sort.ORDERS[selection.sort]
    places = [(NOW, 0), *Event.objects.filter(pk__in=third).values_list("starts_at", "pk")]
    if selection.choice:
        return [selection.choice.behind(selection.sort, place, 4) for place in places]
    found = [selection.events.order_by(*order).filter(after(order, place)) for place in places]
    return [list(events.values_list("pk", flat=True)[:4]) for events in found]


@pytest.fixture
def built(transactional_db, monkeypatch):
    """As if the catalogue were large: what is known of pairs of values is asked for."""
    monkeypatch.setattr(pairs, "LEAST", 0)
    keeper.forget()
    directory.build()
    yield
    keeper.forget()


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(changes=CHANGES, asked=st.lists(ASKED, min_size=1, max_size=3))
def test_any_list_after_any_edits_is_that_of_plain_sql(built, changes, asked):
    for edit, number in changes:
        edit(number)
        one = asked[0]
        by_bits, plain = answers(one)
        assert by_bits == plain, (edit.__name__, number)
    for one in asked:
        by_bits, plain = answers(one)
        assert by_bits == plain


SHORT = [{}, {"when": ["past"]}, {"when": ["all"], "topic": ["ki"]}, {"free": ["1"], "when": ["all"]}]


def calendar(query, order, *, by_bits):
    selection = select((query, NOW, order, None), by_bits=True)
    if not by_bits:
        selection.__dict__["choice"] = None
    entries, outline = calendar_pieces.of(selection, GERMAN)
    return outline.zones, outline.left_out, outline.titles, outline.shown, b"".join(entries)


def test_a_short_calendar_after_any_edit_is_that_of_plain_sql(built):
    for number, edit in enumerate(EDITS):
        edit(number)
        query, order = SHORT[number % 4], ORDERS[number % 3]
        by_bits = calendar(query, order, by_bits=True)
        assert by_bits == calendar(query, order, by_bits=False), edit.__name__


def test_what_has_been_withdrawn_is_told_as_cancelled_in_a_short_calendar(built):
    keys = list(Event.objects.published(NOW).upcoming(NOW).values_list("pk", flat=True))
    calendar({}, None, by_bits=True)
    Event.objects.filter(pk=keys[0]).update(state="withdrawn", withdrawn_at=NOW)
    told = calendar({}, None, by_bits=True)
    assert b"STATUS:CANCELLED" in told[-1]
    assert told == calendar({}, None, by_bits=False)
