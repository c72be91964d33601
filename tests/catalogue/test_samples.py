import datetime as dt
import json
import re
from collections import Counter

import pytest
from django.test import override_settings
from django.utils import translation

from catalogue import samples
from catalogue.dumping import dump
from catalogue.entries import RefusedError
from catalogue.removing import remove_samples
from catalogue.schema import SECTIONS
from events.models import Event, Participation, PreviousDate, Venue
from organisations.models import Organisation
from tests.catalogue.files import file, load, notices
from tests.factories import NOW, TODAY, EventFactory
from tests.lasting import lasting, settle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _allowed(settings):
    settings.SAMPLES_ALLOWED = True


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker), override_settings(SAMPLES_ALLOWED=True), translation.override("en"):
        samples.load(TODAY)
        settle()
        yield


@pytest.fixture
def loaded(made, db):
    """All samples of the week of TODAY."""


def upcoming():
    return Event.objects.filter(is_sample=True).upcoming(NOW)


def one(slug):
    return Event.objects.get(slug=f"beispiel-{slug}")


def test_about_sixty_events_lie_ahead_over_the_coming_year(loaded):
    assert 55 <= upcoming().count() <= 65
    assert upcoming().filter(starts_on__gt=TODAY + dt.timedelta(days=240)).count() >= 8
    assert upcoming().latest("starts_on").starts_on < TODAY + dt.timedelta(days=366)


def test_each_special_case_is_there(loaded):
    status = Counter(upcoming().values_list("status", flat=True))
    assert all(status[name] == 1 for name in ("cancelled", "moved_online", "postponed", "rescheduled"))
    assert upcoming().filter(sold_out=True).count() == 1
    assert upcoming().filter(date_precision="month").count() == 1
    assert upcoming().filter(mode="hybrid").count() > 3
    assert upcoming().filter(mode="online").count() > 5


def test_a_cancelled_event_takes_no_registrations(loaded):
    assert upcoming().get(status="cancelled").registration_url == ""


def test_the_road_show_stops_in_three_cities_on_following_days(loaded):
    stops = one("werkstatt-unterwegs").children.order_by("starts_on")
    days = [stop.starts_on for stop in stops]
    assert [day - days[0] for day in days] == [dt.timedelta(days=number) for number in range(3)]
    assert len({stop.venues.get().city for stop in stops}) == 3


def test_one_event_is_held_in_english_and_has_an_english_title(loaded):
    event = upcoming().exclude(title_en="").get()
    assert (event.languages, event.title_en) == (["en"], "Cross-Border Public Services")


def test_one_title_needs_escaping_everywhere(loaded):
    assert [event.title for event in upcoming().filter(title__contains="<") if "&" in event.title] == [
        "Kosten < Nutzen & Wirkung: Förderung, Betrieb; Bilanz"
    ]


def test_one_title_has_a_word_of_sixty_letters(loaded):
    words = [word for event in upcoming() for word in re.findall(r"\w+", event.title)]
    assert max(len(word) for word in words) == 60


def test_one_series_has_three_editions(loaded):
    editions = Event.objects.filter(series__is_sample=True).order_by("starts_on")
    assert [event.edition for event in editions] == [1, 2, 3]
    assert [event.is_past(NOW) for event in editions] == [True, True, False]


def test_a_moved_event_shows_its_old_date(loaded):
    previous = PreviousDate.objects.get()
    assert previous.event.status == "rescheduled"
    assert previous.starts_on < previous.event.starts_on


@pytest.mark.parametrize(
    "asked",
    [
        {"start_time": None},
        {"start_time__isnull": False},
        {"sessions__isnull": False},
        {"appearances__isnull": False},
        {"accessibility__len__gt": 0},
        {"accessibility__contains": ["easy_language"]},
        {"prices__is_early_bird": True},
        {"is_free": True},
        {"registration_deadline__isnull": False},
        {"contributions_deadline__isnull": False},
        {"exhibitors_deadline__isnull": False},
    ],
    ids=str,
)
def test_samples_differ_in_what_they_tell(loaded, asked):
    count = upcoming().filter(**asked).distinct().count()
    assert 0 < count < upcoming().count()


def test_offices_are_told_of_everybody(loaded):
    offices = upcoming().filter(appearances__isnull=False).values_list("appearances__office", flat=True)
    assert all(offices)


def test_deadlines_lie_ahead_of_the_day_and_before_the_event(loaded):
    for event in upcoming().filter(registration_deadline__isnull=False):
        assert TODAY < event.registration_deadline < event.starts_on


def test_all_sixteen_states_have_a_place_with_coordinates(loaded):
    places = Venue.objects.filter(latitude__isnull=False, event_links__event__in=upcoming())
    assert places.values("state").distinct().count() == 16


def test_every_address_lies_on_a_domain_that_cannot_exist(loaded):
    addresses = re.findall(r'https?://[^/"]+', json.dumps(samples.records(TODAY, set()), default=str))
    assert addresses
    assert all(address.endswith(".example") for address in addresses)


def test_samples_use_no_real_organisation_or_person(loaded):
    records = samples.records(TODAY, set())
    named = {row["organisation"] for event in records["events"] for row in event["participations"]}
    assert all(slug.startswith("beispiel-") for slug in named)


def test_short_names_of_samples_cannot_be_taken_for_real_ones():
    records = samples.records(TODAY, set())
    short = [row["short_name"] for row in records["organisations"] if "short_name" in row]
    assert short
    assert [name for name in short if not re.search("muster|beispiel", name, re.IGNORECASE)] == []


def test_titles_and_summaries_are_all_different(loaded):
    for field in ("title", "summary"):
        texts = list(Event.objects.values_list(field, flat=True))
        assert len(set(texts)) == len(texts)
        assert all(texts)


def test_the_same_week_gives_the_same_samples():
    monday = dt.date(2027, 3, 1)
    assert samples.records(monday, set()) == samples.records(monday + dt.timedelta(days=6), set())


def test_a_second_load_in_the_same_week_changes_nothing(loaded):
    assert samples.load(TODAY).changed_nothing


def test_a_later_week_moves_all_dates(loaded):
    before = one("ozg-werkstatt").starts_on
    assert samples.are_out_of_date(TODAY + dt.timedelta(weeks=5))
    report = samples.load(TODAY + dt.timedelta(weeks=5))
    assert report.created.total() == 0
    assert one("ozg-werkstatt").starts_on - before == dt.timedelta(weeks=5)
    assert not samples.are_out_of_date(TODAY + dt.timedelta(weeks=5))


def test_a_sample_that_editors_changed_keeps_its_date(loaded):
    before = one("ozg-werkstatt").starts_on
    Event.objects.filter(slug="beispiel-ozg-werkstatt").update(title="Von Hand")
    report = samples.load(TODAY + dt.timedelta(weeks=5))
    assert one("ozg-werkstatt").starts_on == before
    assert notices(report).keys() == {("events", "beispiel-ozg-werkstatt")}


def test_removing_takes_all_samples_of_all_nouns(loaded):
    removal = remove_samples()
    assert removal.stays == []
    assert removal.removed["events"] == 65
    assert not any(section.model.objects.exists() for section in SECTIONS)


def test_removing_leaves_real_entries_alone(loaded):
    load(file())
    remove_samples()
    assert list(Event.objects.values_list("slug", flat=True)) == ["tagung"]


def test_a_sample_that_a_real_entry_needs_stays_and_is_named(loaded):
    organisation = Organisation.objects.get(slug="beispiel-verein")
    event = EventFactory(title="Echte Tagung", parent=one("ozg-werkstatt"))
    Participation.objects.create(event=event, organisation=organisation, role="partner")
    stays = {(notice.section, notice.slug): notice.reason for notice in remove_samples().stays}
    assert stays["events", "beispiel-ozg-werkstatt"] == "Echte Tagung"
    assert "Echte Tagung" in stays["organisations", "beispiel-verein"]
    assert Organisation.objects.filter(pk=organisation.pk).exists()


def test_removed_samples_never_come_back(loaded):
    remove_samples()
    assert not samples.are_out_of_date(TODAY + dt.timedelta(weeks=5))
    report = samples.load(TODAY)
    assert report.changed_nothing
    assert not Event.objects.exists()


def test_samples_are_refused_in_an_operators_database(settings):
    settings.SAMPLES_ALLOWED = False
    with pytest.raises(RefusedError, match=r"^Samples are refused: DATABASE_URL names a database"):
        samples.load(TODAY)


def test_samples_are_left_out_of_dumps(loaded):
    assert "beispiel" not in dump()
