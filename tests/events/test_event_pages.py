"""An event's own page, as visitors see it."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission, User

from events.models import Event
from tests.factories import (
    NOW,
    EventFactory,
    PreviousDateFactory,
    SeriesFactory,
    VenueFactory,
)
from tests.journal.hands import commit_changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
LIST = "/veranstaltungen/"


def text(response):
    return " ".join(response.content.decode().split())


def test_the_page_tells_all_that_is_known(client, cast):
    page = text(client.get(f"{LIST}{cast.congress.slug}/"))
    for fact in (
        "Smart-Country-Tage 2026",
        'datetime="2026-10-20"',
        'datetime="2026-10-22"',
        "Kubus",
        "Dänemark",
        "Digitalverband Nord",
        "Mitveranstalter",
        "Österreichisch-Deutscher Kreistag",
        "Dr. Ariane Müßig",
        "Beauftragte für Digitales",
        "Eröffnung",
        "9:00",
        "Musterstadt",
        "Stufenloser Zugang",
        "https://quelle.example/sct",
        "<strong>Bühnen</strong>",
        "1. Februar 2027",
        f"{LIST}{cast.congress.slug}/fehler-melden/",
    ):
        assert fact in page, fact


def test_times_of_day_bear_their_offset(client, cast):
    page = text(client.get(f"{LIST}{cast.regional_day.slug}/"))
    assert 'datetime="2027-03-11T09:30:00+01:00"' in page
    assert 'datetime="2027-03-11T17:00:00+01:00"' in page


def test_the_page_costs_the_same_whatever_hangs_on_it(client, cast, django_assert_num_queries):
    for number in range(3):
        cast.congress.sources.create(url=f"https://quelle.example/{number}", title="Weitere Quelle")
        EventFactory(series=cast.series, starts_on=dt.date(2025, 10, 20))
        with django_assert_num_queries(7):
            client.get(f"{LIST}{cast.congress.slug}/")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("cancelled", "abgesagt"),
        ("postponed", "verschoben"),
        ("rescheduled", "neuer termin"),
        ("moved_online", "internet"),
    ],
)
def test_a_changed_status_is_said_in_words(client, status, words):
    event = EventFactory(
        status=status,
        mode="online" if status == "moved_online" else "onsite",
        online_access="unknown" if status == "moved_online" else "",
    )
    assert words in text(client.get(f"{LIST}{event.slug}/")).lower()


def test_the_original_date_is_struck_through(client):
    event = EventFactory(status="rescheduled", starts_on=dt.date(2027, 6, 8))
    PreviousDateFactory(
        event=event, starts_on=dt.date(2027, 4, 1), ends_on=dt.date(2027, 4, 30), date_precision="month"
    )
    page = text(client.get(f"{LIST}{event.slug}/"))
    assert "April 2027</s>" in page or "April 2027</del>" in page
    assert "1. April" not in page


def test_a_month_is_never_shown_as_a_day(client):
    event = EventFactory(
        title="Tagung", starts_on=dt.date(2027, 5, 1), ends_on=dt.date(2027, 5, 31), date_precision="month"
    )
    for path in (LIST, f"{LIST}{event.slug}/"):
        page = text(client.get(path))
        assert "Mai" in page
        assert "31." not in page
        assert "1. Mai" not in page


def test_hostile_text_is_escaped(client):
    event = EventFactory(
        title="<b>Recht</b> & \"Daten\", 'Netz'; mehr", description="<script>x</script> [a](javascript:x)"
    )
    page = text(client.get(f"{LIST}{event.slug}/"))
    assert "&lt;b&gt;Recht&lt;/b&gt; &amp; &quot;Daten&quot;" in page
    assert "<script>x" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize(("state", "status"), [("draft", 404), ("in_review", 404), ("withdrawn", 410)])
def test_what_is_not_public_is_not_shown(client, state, status):
    event = EventFactory(title="Nicht öffentlich", state=state)
    response = client.get(f"{LIST}{event.slug}/")
    assert response.status_code == status
    assert "Nicht öffentlich" not in text(response)


def test_an_entry_that_was_withdrawn_before_anybody_saw_it_is_as_unknown_as_any(client):
    drafted = EventFactory(state="draft", published_at=None)
    due_later = EventFactory(publish_from=NOW + dt.timedelta(days=9), published_at=None)
    Event.objects.filter(pk__in=[drafted.pk, due_later.pk]).update(state="withdrawn")
    for event in (drafted, due_later):
        for end in ("/", ".ics", "/fehler-melden/"):
            assert client.get(f"{LIST}{event.slug}{end}").status_code == 404, end


def test_editors_preview_drafts_at_the_public_address_never_cached(client):
    editor = User.objects.create_user("redaktion", is_staff=True)
    editor.user_permissions.add(*Permission.objects.filter(codename__in=["view_event", "every_entry"]))
    client.force_login(editor)
    event = EventFactory(title="Im Entstehen", state="draft")
    response = client.get(f"{LIST}{event.slug}/")
    assert "Im Entstehen" in text(response)
    assert response["Cache-Control"] == "private, no-store"
    assert 'content="noindex"' in text(response)


def test_a_former_address_leads_to_the_new_one_in_both_languages(client):
    event = EventFactory(slug="alt")
    Event.objects.filter(pk=event.pk).update(slug="neu")
    assert client.get(f"{LIST}alt/")["Location"] == f"{LIST}neu/"
    assert client.get("/en/events/alt/")["Location"] == "/en/events/neu/"


def test_a_former_address_of_a_draft_tells_nothing(client):
    event = EventFactory(slug="geheim", state="draft")
    Event.objects.filter(pk=event.pk).update(slug="neues-geheimnis")
    assert client.get(f"{LIST}geheim/").status_code == 404


def test_a_sample_is_labelled_in_list_and_page_and_kept_from_search_engines(client):
    event = EventFactory(is_sample=True)
    assert "Beispiel" in text(client.get(LIST))
    page = text(client.get(f"{LIST}{event.slug}/"))
    assert "Beispiel" in page
    assert '<meta name="robots" content="noindex">' in page


def test_earlier_and_later_editions_are_linked(client):
    series = SeriesFactory()
    for year in (2025, 2026, 2027):
        EventFactory(slug=f"kongress-{year}", series=series, starts_on=dt.date(year, 9, 1))
    EventFactory(slug="kongress-2028", series=series, starts_on=dt.date(2028, 9, 1), state="draft")
    page = text(client.get(f"{LIST}kongress-2026/"))
    assert f"{LIST}kongress-2025/" in page
    assert f"{LIST}kongress-2027/" in page
    assert "kongress-2028" not in page


def test_related_events_share_a_topic_and_are_public(client, cast):
    page = text(client.get(f"{LIST}{cast.online_talk.slug}/"))
    assert "Smart-Country-Tage 2026" in page
    assert "Geheimer Entwurf" not in page


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_a_larger_event_that_is_not_public_is_not_named(client, state):
    EventFactory(slug="teil", parent=EventFactory(title="Geheimes Ganzes", state=state))
    assert "Geheimes Ganzes" not in text(client.get(f"{LIST}teil/"))


def test_no_calendar_is_offered_without_a_day(client):
    EventFactory(slug="tag")
    EventFactory(
        slug="monat", date_precision="month", starts_on=dt.date(2027, 5, 1), ends_on=dt.date(2027, 5, 31)
    )
    assert f"{LIST}tag.ics" in text(client.get(f"{LIST}tag/"))
    assert f"{LIST}monat.ics" not in text(client.get(f"{LIST}monat/"))


def test_the_page_lists_what_changed_since_it_was_published(client):
    event = EventFactory(slug="tag")
    commit_changes()
    assert "Was sich geändert hat" not in text(client.get(f"{LIST}tag/"))
    Event.objects.filter(pk=event.pk).update(sold_out=True)
    commit_changes()
    page = text(client.get(f"{LIST}tag/"))
    told = page[page.index("Was sich geändert hat") :]
    assert told.index("<dd>Ausgebucht</dd>") < told.index("<dd>Eintrag veröffentlicht</dd>")


def test_older_changes_are_folded_away(client):
    event = EventFactory(slug="tag")
    for number in range(7):
        commit_changes()
        Event.objects.filter(pk=event.pk).update(title=f"Titel {number}")
    commit_changes()
    page = text(client.get(f"{LIST}tag/"))
    assert (
        page.index("„Titel 3“")
        < page.index("<summary>Frühere Änderungen</summary>")
        < page.index("„Titel 0“")
    )


def test_a_road_show_costs_the_same_for_one_and_three_stops(client, django_assert_num_queries):
    show = EventFactory(slug="roadshow")
    for number in (1, 3):
        for _repeat in range(number):
            EventFactory(title="Halt in Essen", parent=show, venues=[VenueFactory(city="Essen")])
        EventFactory(title="Geheimer Halt", parent=show, state="draft")
        with django_assert_num_queries(3):
            page = text(client.get(f"{LIST}roadshow/"))
        assert "Halt in Essen" in page
        assert "Geheimer Halt" not in page
