"""Whatever a file can say comes back from the database word for word."""

import datetime as dt
import json

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.dumping import dump
from events.models import Session, choices
from tests.catalogue.files import EVENT, SERIES, VENUE, file, load, rejections

pytestmark = pytest.mark.django_db

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)
days = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31)).map(str)
months = days.map(lambda day: day[:7])
quarters = st.tuples(days, st.integers(1, 4)).map(lambda pair: f"{pair[0][:4]}-Q{pair[1]}")
years = days.map(lambda day: day[:4])
addresses = st.sampled_from(["https://eins.example", "https://zwei.example/weg?a=1&b=2#x"])
counts = st.integers(0, 100_000)


def some(vocabulary):
    return st.lists(st.sampled_from(vocabulary.values), unique=True, min_size=1, max_size=4)


def spans(ends):
    def span(pair):
        start, end = sorted(pair)
        return {"start": start} if start == end else {"start": start, "end": end}

    return st.tuples(ends, ends).map(span)


vague = spans(months) | spans(quarters) | spans(years)
sessions = st.lists(
    st.fixed_dictionaries(
        {"title": words}, optional={"date": days, "room": words, "abstract": words, "kind": st.just("panel")}
    ),
    min_size=1,
    max_size=3,
)
prices = st.lists(
    st.fixed_dictionaries(
        {"amount": st.integers(0, 9_999) | st.integers(1, 999).map(lambda cents: cents + 0.5)},
        optional={"group": st.just("students"), "early_bird": st.just(True), "currency": st.just("CHF")},
    ),
    min_size=1,
    max_size=1,
)
facts = st.fixed_dictionaries(
    {"title": words},
    optional={
        "title_en": words,
        "summary": words,
        "description": st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), min_size=1),
        "status": st.sampled_from(["rescheduled", "postponed", "cancelled"]),
        "sold_out": st.just(True),
        "is_free": st.booleans(),
        "website": addresses,
        "registration_deadline": days,
        "languages": some(choices.Language),
        "formats": some(choices.Format),
        "audiences": some(choices.Audience),
        "accessibility": some(choices.AccessibilityOffer),
        "eligibility": st.sampled_from(["members", "invitation"]),
        "attendees": counts,
        "speaker_count": counts,
        "previous_dates": st.lists(vague, min_size=1, max_size=2),
        "prices": prices,
        "sessions": sessions,
        "state": st.sampled_from(["draft", "in_review"]),
        "checked_on": days,
        "revision": st.integers(1, 1_000),
    },
)
events = st.tuples(facts, spans(days) | vague).map(lambda parts: parts[0] | parts[1])
names = st.lists(words, unique=True, min_size=1, max_size=3)
coordinates = st.integers(-90_000_000, 90_000_000).map(lambda number: number / 1_000_000)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(event=events, latitude=coordinates, name=words, aliases=names)
def test_what_was_loaded_is_dumped_and_loaded_again(event, latitude, name, aliases):
    base = {key: EVENT[key] for key in ("slug", "series", "venues", "topics", "participations")}
    venue = VENUE | {"latitude": latitude, "longitude": -latitude}
    series = SERIES | {"name": name, "aliases": aliases}
    document = file(events=[base | event], venues=[venue], series=[series])
    with transaction.atomic():
        load(document)
        dumped = json.loads(dump())
        assert dumped["events"] == [base | event]
        assert dumped["venues"] == [venue]
        assert dumped["series"] == [series]
        assert load(dump().encode()).changed_nothing
        transaction.set_rollback(True)


def test_parts_of_a_programme_keep_their_identifiers():
    parts = [{"title": "Auftakt"}, {"title": "Pause"}, {"title": "Pause"}]
    load(file(events=[EVENT | {"sessions": parts, "appearances": []}]))
    before = {part.uid: part.title for part in Session.objects.all()}
    assert len(before) == 3
    later = [{"title": "Pause", "room": "Foyer"}, {"title": "Pause"}, {"title": "Auftakt"}]
    load(file(events=[EVENT | {"sessions": later, "appearances": []}]))
    assert {part.uid: part.title for part in Session.objects.all()} == before
    assert '"uid"' not in dump()
    Session.objects.filter(title="Auftakt").update(title="Eröffnung")
    (renamed,) = [uid for uid, title in before.items() if title == "Auftakt"]
    assert str(renamed) in dump()


def test_an_identifier_of_a_part_belongs_to_one_event():
    uid = "11111111-2222-5333-8444-555555555555"
    part = {"uid": uid, "title": "Auftakt"}
    other = EVENT | {"slug": "andere", "sessions": [part], "appearances": []}
    own = EVENT | {"sessions": [part], "appearances": []}
    assert list(rejections(file(events=[own, other]))) == ["sessions[1].uid"]
    load(file(events=[own]))
    assert str(Session.objects.get().uid) == uid
