"""What a table may say, and what it is told where it says something else."""

import pytest

from catalogue.schema import BY_NAME
from catalogue.tables.applying import ChangedMeanwhileError, apply
from catalogue.tables.grids import UnreadableError
from events.models import Event, Step, Venue
from organisations.models import Organisation
from tests import factories as make
from tests.catalogue.tables import anybody, applied, changes, faults, grid, looked_at, outcomes
from tests.factories import EventFactory, OrganisationFactory, SeriesFactory, SpeakerFactory, TopicFactory

pytestmark = pytest.mark.django_db


def fault(name, header, *row):
    """The one thing that is wrong with a table of one row: (column, reason)."""
    found = faults(looked_at(name, grid(header, row)))
    assert len(found) == 1, found
    ((_number, column), reason) = found.popitem()
    return column, reason


# -- what is changed -----------------------------------------------------------------------------


def test_a_column_that_is_missing_stays_and_an_empty_cell_empties():
    EventFactory(slug="tagung", title="Tagung", summary="Kurz", website="https://a.example", attendees=5)
    examined = looked_at("events", grid(["slug", "summary", "attendees"], ["tagung", "", "7"]))
    assert changes(examined) == {("tagung", "summary"): ("Kurz", ""), ("tagung", "attendees"): ("5", "7")}
    applied("events", grid(["slug", "summary", "attendees"], ["tagung", "", "7"]))
    event = Event.objects.get()
    assert (event.title, event.summary, event.attendees, event.website) == (
        "Tagung",
        "",
        7,
        "https://a.example",
    )


def test_an_empty_cell_gives_the_usual_value_where_there_is_one():
    EventFactory(slug="tagung", status="cancelled")
    applied("events", grid(["slug", "status"], ["tagung", ""]))
    assert Event.objects.get().status == "scheduled"


@pytest.mark.parametrize("header", [["slug", "name", "city"], ["slug", "name", "city", "country"]])
def test_a_new_place_lies_in_the_country_of_the_site(header, settings):
    settings.DEFAULT_COUNTRY = "AT"
    applied("venues", grid(header, ["hofburg", "Hofburg", "Wien", ""][: len(header)]))
    assert Venue.objects.get().country == "AT"
    applied("venues", grid(["slug", "country"], ["hofburg", "DE"]))
    applied("venues", grid(["slug", "city"], ["hofburg", "Bonn"]))
    assert Venue.objects.get().country == "DE"


def test_columns_may_bear_the_names_that_people_read():
    EventFactory(slug="tagung", title="Tagung")
    for heading in ("Titel", "TITLE", "title"):
        assert looked_at("events", grid([heading, "Slug"], ["Neu", "tagung"])).of("changed")


@pytest.mark.parametrize(
    ("column", "typed", "stored"),
    [
        ("start", "4.5.2027", "2027-05-04"),
        ("start", "2027-05-04 00:00:00", "2027-05-04"),
        ("checked_on", "01.02.2027", "2027-02-01"),
        ("is_free", "Ja", "yes"),
        ("is_free", "FALSCH", "no"),
        ("sold_out", "wahr", "yes"),
        ("attendees", "1.200", "1200"),
        ("start_time", "9:30", "09:30"),
        ("languages", "de;en ;", "de; en"),
    ],
)
def test_values_may_stand_as_spreadsheets_write_them(column, typed, stored):
    EventFactory(slug="tagung")
    assert {
        key: after
        for key, (_old, after) in changes(
            looked_at("events", grid(["slug", column], ["tagung", typed]))
        ).items()
    } == {("tagung", column): stored}


def test_numbers_may_have_a_comma():
    make.VenueFactory(slug="halle")
    applied("venues", grid(["slug", "latitude", "longitude"], ["halle", "52,5163", "13.3"]))
    assert looked_at("venues", grid(["slug", "latitude"], ["halle", "52.5163"])).of("same")


def test_lists_are_written_row_by_row():
    OrganisationFactory(slug="bitkom")
    event = EventFactory(slug="tagung", organisers=[OrganisationFactory(slug="bmi")])
    cell = "bitkom | organiser | BITKOM \\| e. V.; bmi | host"
    applied("events", grid(["slug", "participations"], ["tagung", cell]))
    rows = event.participations.order_by("position").values_list("organisation__slug", "role", "name_then")
    assert list(rows) == [("bitkom", "organiser", "BITKOM | e. V."), ("bmi", "host", "")]


def test_a_new_row_makes_a_draft_and_rows_may_refer_to_each_other(admin_user):
    rows = grid(
        ["slug", "title", "start", "parent", "state"],
        ["buehne", "Bühne", "2027-05-04", "messe", "published"],
        ["messe", "Messe", "2027-05", "", ""],
    )
    examined, _number = applied("events", rows, by=admin_user)
    assert outcomes(examined) == ["new", "new"]
    stage, fair = Event.objects.order_by("slug")
    assert (stage.parent, stage.state, fair.date_precision) == (fair, "draft", "month")
    assert Step.objects.filter(event=stage, by=admin_user).count() == 1


def test_what_was_loaded_counts_as_edited_afterwards():
    """The next exchange file leaves an entry alone that a table has changed."""
    from tests.catalogue.files import load, notices, with_event

    load(with_event())
    applied("events", grid(["slug", "title"], ["tagung", "Von Hand"]))
    report = load(with_event(title="Aus der Datei"))
    assert notices(report) == {("events", "tagung"): "changed by editors since the last load"}


# -- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("title", "", "is missing"),
        (
            "status",
            "vielleicht",
            "“vielleicht” is none of: scheduled, rescheduled, postponed, moved_online, cancelled",
        ),
        ("start", "31.02.2027", "“2027-02-31” is no day of the calendar"),
        ("start", "bald", "must be a day, month, quarter or year such as 2027-05-31, 2027-05, 2027-Q2, 2027"),
        ("is_free", "vielleicht", "must be yes or no"),
        ("attendees", "viele", "must be a whole number"),
        ("attendees", "-1", "Ensure this value is greater than or equal to 0."),
        ("edition", "3", "needs a series"),
        ("website", "javascript:alert(1)", "Enter a valid URL."),
        ("series", "keine", "There is no entry “keine”."),
        ("topics", "ki; kein-thema", "There is no entry “kein-thema”."),
        ("topics", "ki; ki", "entry 2: says the same as an earlier one of the list"),
        ("participations", "bmi | chef", "entry 1: role “chef” is none of: "),
        ("participations", "bmi | organiser | x | y", "entry 1: field 4 is no field here"),
        (
            "state",
            "withdrawn",
            "is changed in the list or in the form, not by a table. Leave the cell as it was.",
        ),
        ("image", "x.jpg", "is uploaded in the form, not by a table. Leave the cell as it was."),
        ("parent", "tagung", "must not be the record itself"),
    ],
)
def test_each_mistake_names_its_cell_and_what_is_wrong(column, cell, reason):
    TopicFactory(slug="ki")
    OrganisationFactory(slug="bmi")
    EventFactory(slug="tagung", title="Tagung")
    found = fault("events", ["slug", column], "tagung", cell)
    assert found[0] == column
    assert found[1].startswith(reason)


def test_one_broken_row_changes_nothing():
    EventFactory(slug="eins", title="Eins")
    EventFactory(slug="zwei", title="Zwei")
    rows = grid(["slug", "title"], ["eins", "Neu"], ["zwei", ""])
    with pytest.raises(ChangedMeanwhileError):
        applied("events", rows)
    assert sorted(Event.objects.values_list("title", flat=True)) == ["Eins", "Zwei"]


def test_what_was_changed_in_between_must_be_looked_at_again():
    EventFactory(slug="eins", title="Eins")
    rows = grid(["slug", "title"], ["eins", "Neu"])
    agreed = looked_at("events", rows).fingerprint
    Event.objects.update(title="Von anderen")
    with pytest.raises(ChangedMeanwhileError) as changed:
        apply(BY_NAME["events"], rows, anybody, fingerprint=agreed, by=None, reason="")
    assert changes(changed.value.examined) == {("eins", "title"): ("Von anderen", "Neu")}
    assert Event.objects.get().title == "Von anderen"


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (
            ["slug", "Farbe"],
            "There is no column “Farbe” in this table. Remove it, or use one of: slug, series",
        ),
        (["slug", "title", "Title"], "The column “title” stands there twice."),
        (["title"], "The column “slug” is missing: it tells which entry a row is about."),
    ],
)
def test_a_header_that_nobody_understands_is_refused(header, reason):
    with pytest.raises(UnreadableError) as refused:
        looked_at("events", grid(header, ["x"] * len(header)))
    assert str(refused.value).startswith(reason)


def test_a_slug_stands_in_one_row():
    rows = grid(["slug", "name"], ["a", "A"], ["a", "B"])
    assert set(faults(looked_at("series", rows)).values()) == {"stands in several rows of the table"}


def test_former_addresses_are_told():
    series = SeriesFactory(slug="alt", name="Reihe")
    series.slug = "neu"
    series.save()
    assert fault("series", ["slug", "name"], "alt", "X") == (
        "slug",
        "is a former address name; the entry is called “neu” now",
    )
    EventFactory(slug="tagung")
    assert looked_at("events", grid(["slug", "series"], ["tagung", "alt"])).of("changed")


def test_circles_are_refused():
    a = OrganisationFactory(slug="a", parent=OrganisationFactory(slug="b"))
    assert fault("organisations", ["slug", "parent"], "b", "a") == ("parent", "leads in a circle: b → a → b")
    assert Organisation.objects.get(slug="a") == a


def test_people_who_were_anonymised_stay_in_their_events():
    from speakers.actions import anonymise

    event, person = EventFactory(slug="tagung"), SpeakerFactory()
    make.AppearanceFactory(event=event, speaker=person)
    SpeakerFactory(slug="anna")
    anonymise(person)
    assert looked_at("events", grid(["slug", "appearances"], ["tagung", ""])).of("same")
    assert fault("events", ["slug", "appearances"], "tagung", "anna | keynote")[0] == "appearances"
    applied("events", grid(["slug", "title"], ["tagung", "Neu"]))
    assert event.appearances.count() == 1


def test_looking_costs_the_same_for_one_row_and_for_many(django_assert_num_queries):
    for number in range(6):
        EventFactory(slug=f"t{number}", title="Tagung")
    for count in (1, 6):
        rows = grid(["slug", "title"], *([f"t{number}", "Neu"] for number in range(count)))
        with django_assert_num_queries(18):
            assert len(looked_at("events", rows).of("changed")) == count
