"""Every rule of the events app, broken on purpose: rule, maker, values that must be refused."""

import datetime as dt

import pytest
from django.db.models import F

from events.models import Event, Series, Topic
from events.models.rules import RESERVED_SLUGS
from tests.factories import (
    AppearanceFactory,
    AwardFactory,
    EventFactory,
    EventTopicFactory,
    EventVenueFactory,
    ParticipationFactory,
    PreviousDateFactory,
    PriceFactory,
    SeriesFactory,
    SeriesOrganiserFactory,
    SessionFactory,
    SourceFactory,
    TopicFactory,
    VenueFactory,
)
from tests.rules import refused, rules_of, try_both_ways, without_trigger

pytestmark = pytest.mark.django_db

FIRST, SECOND, LAST = dt.date(2027, 4, 1), dt.date(2027, 4, 2), dt.date(2027, 4, 30)
NINE, TEN = dt.time(9), dt.time(10)
DAY = {"starts_on": FIRST, "ends_on": FIRST}
MONTH = {"starts_on": FIRST, "ends_on": LAST, "date_precision": "month"}
ONLINE = {"mode": "online", "online_access": "unknown"}

WRONG = [
    ("event_slug_is_plain", EventFactory, {"slug": "Ümlaut"}),
    ("event_slug_is_plain", EventFactory, {"slug": "two--hyphens"}),
    ("event_slug_is_plain", EventFactory, {"slug": ""}),
    *[("event_slug_is_not_reserved", EventFactory, {"slug": slug}) for slug in RESERVED_SLUGS],
    ("event_has_title", EventFactory, {"title": ""}),
    ("event_state_known", EventFactory, {"state": "lost"}),
    ("event_status_known", EventFactory, {"status": "lost"}),
    ("event_mode_known", EventFactory, {**ONLINE, "mode": "moon"}),
    ("event_precision_known", EventFactory, {**DAY, "date_precision": "week"}),
    ("event_eligibility_known", EventFactory, {"eligibility": "nobody"}),
    ("event_online_access_known", EventFactory, {"mode": "online", "online_access": "by_letter"}),
    ("event_formats_known", EventFactory, {"formats": ["congress", "party"]}),
    ("event_audiences_known", EventFactory, {"audiences": ["kings"]}),
    ("event_languages_known", EventFactory, {"languages": ["xx"]}),
    ("event_accessibility_known", EventFactory, {"accessibility": ["teleport"]}),
    ("event_partner_country_is_iso", EventFactory, {"partner_country": "dk"}),
    ("event_partner_region_is_iso", EventFactory, {"partner_region": "Bayern"}),
    ("event_hashtag_is_one_word", EventFactory, {"hashtag": "#two words"}),
    ("event_hashtag_is_one_word", EventFactory, {"hashtag": "bare"}),
    ("event_ends_not_before_start", EventFactory, {"starts_on": SECOND, "ends_on": FIRST}),
    ("event_year_is_in_reach", EventFactory, {"starts_on": dt.date(1899, 12, 31), "ends_on": FIRST}),
    ("event_year_is_in_reach", EventFactory, {"ends_on": dt.date(2200, 1, 1)}),
    ("event_time_needs_day", EventFactory, {**MONTH, "start_time": NINE}),
    ("event_end_time_needs_start_time", EventFactory, {"end_time": NINE}),
    ("event_ends_after_start_on_one_day", EventFactory, {**DAY, "start_time": TEN, "end_time": NINE}),
    ("event_ends_after_start_on_one_day", EventFactory, {**DAY, "start_time": TEN, "end_time": TEN}),
    ("event_vague_date_starts_a_period", EventFactory, {**MONTH, "starts_on": SECOND}),
    ("event_vague_date_starts_a_period", EventFactory,
     {"starts_on": dt.date(2027, 5, 1), "ends_on": dt.date(2027, 6, 30), "date_precision": "quarter"}),
    ("event_vague_date_starts_a_period", EventFactory, {**MONTH, "date_precision": "year"}),
    ("event_vague_date_ends_a_period", EventFactory, {**MONTH, "ends_on": dt.date(2027, 4, 29)}),
    ("event_vague_date_ends_a_period", EventFactory,
     {"starts_on": dt.date(2028, 2, 1), "ends_on": dt.date(2028, 2, 28), "date_precision": "month"}),
    ("event_online_says_how", EventFactory, {"mode": "hybrid"}),
    ("event_onsite_has_no_online_access", EventFactory, {"online_url": "https://raum.example"}),
    ("event_onsite_has_no_online_access", EventFactory, {"online_access": "members"}),
    ("event_edition_needs_series", EventFactory, {"edition": 3}),
    ("event_head_counts_add_up", EventFactory,
     {"attendees": 9, "attendees_onsite": 5, "attendees_online": 5}),
    ("event_head_counts_add_up", EventFactory, {"attendees": 9, "attendees_online": 10}),
    ("event_image_has_alt_credit_licence", EventFactory, {"image": "bild.jpg", "image_alt": "Bühne"}),
    ("series_slug_is_plain", SeriesFactory, {"slug": "-"}),
    ("series_has_name", SeriesFactory, {"name": ""}),
    ("series_hashtag_is_one_word", SeriesFactory, {"hashtag": "#SCT #SCT"}),
    ("topic_slug_is_plain", TopicFactory, {"slug": "a_b"}),
    ("topic_has_name", TopicFactory, {"name_de": ""}),
    ("venue_slug_is_plain", VenueFactory, {"slug": "a b"}),
    ("venue_has_name", VenueFactory, {"name": ""}),
    ("venue_kind_known", VenueFactory, {"kind": "planet"}),
    ("venue_building_has_city", VenueFactory, {"city": ""}),
    ("venue_vague_place_has_no_street", VenueFactory, {"kind": "city"}),
    ("venue_country_is_iso", VenueFactory, {"country": "", "state": ""}),
    ("venue_country_is_iso", VenueFactory, {"country": "D", "state": ""}),
    ("venue_state_is_iso", VenueFactory, {"state": "DE-nw"}),
    ("venue_state_in_country", VenueFactory, {"state": "AT-9", "country": "DE"}),
    ("venue_coordinates_valid", VenueFactory, {"latitude": 52}),
    ("venue_coordinates_valid", VenueFactory, {"longitude": 13}),
    ("venue_coordinates_valid", VenueFactory, {"latitude": 91, "longitude": 13}),
    ("venue_coordinates_valid", VenueFactory, {"latitude": 52, "longitude": -181}),
    ("venue_accessibility_known", VenueFactory, {"accessibility": ["trampoline"]}),
    ("eventvenue_use_known", EventVenueFactory, {"use": "party"}),
    ("eventvenue_ends_not_before_start", EventVenueFactory, {"starts_on": SECOND, "ends_on": FIRST}),
    ("eventvenue_ends_not_before_start", EventVenueFactory, {"starts_on": FIRST}),
    ("eventvenue_ends_not_before_start", EventVenueFactory, {"ends_on": FIRST}),
    ("previousdate_precision_known", PreviousDateFactory, {"date_precision": "week"}),
    ("previousdate_ends_not_before_start", PreviousDateFactory, {"starts_on": SECOND, "ends_on": FIRST}),
    ("previousdate_time_needs_day", PreviousDateFactory, {**MONTH, "start_time": NINE}),
    ("price_group_known", PriceFactory, {"group": "kings"}),
    ("price_not_negative", PriceFactory, {"amount": -1}),
    ("price_range_in_order", PriceFactory, {"amount": 100, "amount_to": 99}),
    ("price_currency_is_iso", PriceFactory, {"currency": "eur"}),
    ("award_says_what_and_who", AwardFactory, {"winner": ""}),
    ("award_says_what_and_who", AwardFactory, {"title": ""}),
    ("source_has_title", SourceFactory, {"title": ""}),
    ("session_has_title", SessionFactory, {"title": ""}),
    ("session_kind_known", SessionFactory, {"kind": "nap"}),
    ("session_time_needs_date", SessionFactory, {"start_time": NINE}),
    ("session_ends_after_start", SessionFactory, {"date": FIRST, "start_time": TEN, "end_time": NINE}),
    ("participation_role_known", ParticipationFactory, {"role": "spy"}),
    ("appearance_role_known", AppearanceFactory, {"role": "spy"}),
]  # fmt: skip

# Rule, maker, and what two rows must not have in common.
ONCE = [
    ("eventtopic_once", EventTopicFactory, ["event", "topic"]),
    ("eventvenue_once", EventVenueFactory, ["event", "venue"]),
    ("price_once", PriceFactory, ["event"]),
    ("source_once", SourceFactory, ["event", "url", "title"]),
    ("seriesorganiser_once", SeriesOrganiserFactory, ["series", "organisation"]),
    ("participation_once", ParticipationFactory, ["event", "organisation"]),
    ("appearance_once", AppearanceFactory, ["event", "speaker"]),
]

NOT_ITSELF = [
    ("event_not_own_parent", EventFactory, Event, "parent"),
    ("series_not_own_predecessor", SeriesFactory, Series, "predecessor"),
    ("topic_not_own_parent", TopicFactory, Topic, "parent"),
]

ELSEWHERE = {
    "event_edition_is_positive",
    "event_published_says_when",
    "event_withdrawn_says_when",
    # tests/accounts/test_workflow.py
    "step_back_says_why",
    "step_begins_once",
    "step_from_known",
    "step_to_known",
}


@pytest.mark.parametrize(("rule", "factory", "wrong"), WRONG)
def test_wrong_values_are_refused(rule, factory, wrong):
    try_both_ways(rule, factory, wrong)


@pytest.mark.parametrize(("rule", "factory", "shared"), ONCE)
def test_links_exist_once(rule, factory, shared):
    first = factory()
    with refused(rule):
        factory(**{name: getattr(first, name) for name in shared})


@pytest.mark.parametrize(("rule", "factory", "model", "field"), NOT_ITSELF)
def test_nothing_is_its_own_parent(rule, factory, model, field):
    thing = factory()
    with refused(rule):
        model.objects.filter(pk=thing.pk).update(**{field: F("pk")})


def test_editions_are_counted_from_one():
    with refused("event_edition_is_positive"):
        EventFactory(series=SeriesFactory(), edition=0)


def test_what_is_published_says_since_when_even_without_the_trigger():
    with without_trigger("events_event", "events_event_keep"), refused("event_published_says_when"):
        EventFactory(published_at=None)


@pytest.mark.parametrize(
    "wrong", [{"state": "withdrawn"}, {"withdrawn_at": dt.datetime(2027, 1, 1, tzinfo=dt.UTC)}]
)
def test_what_is_withdrawn_says_since_when_even_without_the_trigger(wrong):
    with without_trigger("events_event", "events_event_keep"), refused("event_withdrawn_says_when"):
        EventFactory(**wrong)


def test_each_rule_is_tried():
    tried = {row[0] for row in [*WRONG, *ONCE, *NOT_ITSELF]} | ELSEWHERE
    assert tried == rules_of("events")


@pytest.mark.parametrize(
    "right",
    [
        {"starts_on": dt.date(2028, 2, 1), "ends_on": dt.date(2028, 2, 29), "date_precision": "month"},
        {"starts_on": dt.date(2027, 4, 1), "ends_on": dt.date(2027, 6, 30), "date_precision": "quarter"},
        {"starts_on": dt.date(2027, 1, 1), "ends_on": dt.date(2027, 12, 31), "date_precision": "year"},
        {"starts_on": FIRST, "ends_on": SECOND, "start_time": dt.time(20), "end_time": dt.time(2)},
        {"start_time": NINE},
        {"mode": "hybrid", "online_url": "https://raum.example", "attendees": 9, "attendees_online": 4},
        {"attendees": 9, "attendees_onsite": 5, "attendees_online": 4, "hashtag": "#Ümlaut25"},
        {"partner_country": "XK", "partner_region": "DE-BY"},
    ],
)
def test_real_cases_fit_in(right):
    event = EventFactory(**right)
    event.refresh_from_db()
    assert {name: getattr(event, name) for name in right} == right


@pytest.mark.parametrize(
    "right",
    [
        {"kind": "vessel", "city": "", "street": "", "name": "Fähre Kiel–Oslo"},
        {"kind": "country", "city": "", "street": "", "state": ""},
        {"country": "XK", "state": "", "city": "Prishtina"},
        {"latitude": 52, "longitude": 13},
    ],
)
def test_unusual_places_fit_in(right):
    assert VenueFactory(**right).pk
