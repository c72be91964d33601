"""The form of an event: what it offers, keeps and points out."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import flatten_fieldsets

from events.admin.event import EventAdmin
from events.admin.rules import RULES
from events.models import Event
from tests import factories as make
from tests.editing import answer, as_sent, errors_of, row, send
from tests.events.admin.entries import change, fill, send_new


@pytest.mark.parametrize("number", [1, 3])
def test_needs_the_same_number_of_queries_for_any_number_of_rows(
    number, admin_client, django_assert_num_queries
):
    event = make.EventFactory(series=make.SeriesFactory())
    for position in range(number):
        fill(event, position)
    admin_client.get(change(event))
    # One of them asks as of when the form is shown.
    with django_assert_num_queries(19):
        page = admin_client.get(change(event))
    rows = {
        inline.formset.prefix: len(inline.formset.initial_forms)
        for inline in page.context["inline_admin_formsets"]
    }
    assert set(rows.values()) == {number}


def test_a_new_entry_is_a_draft_with_an_address_made_from_the_title():
    send_new(title="Größe & Straße: Köln")
    event = Event.objects.get()
    assert (event.state, event.slug, event.languages) == ("draft", "groesse-strasse-koeln-2027", ["de"])
    assert event.published_at is None


def test_the_address_follows_the_series_and_is_numbered():
    series = make.SeriesFactory(slug="smart-country")
    make.EventFactory(slug="smart-country-2027")
    renamed = make.EventFactory(slug="smart-country-2027-2")
    Event.objects.filter(pk=renamed.pk).update(slug="anders")
    send_new(series=str(series.pk))
    assert Event.objects.filter(slug="smart-country-2027-3").exists()


@pytest.mark.parametrize("title", ["?!", "Київ", "Jahr", "x" * 250])
def test_any_title_gets_an_address(title):
    send_new(title=title)
    assert Event.objects.get().title == title


def test_saving_unchanged_writes_nothing():
    event = make.EventFactory(series=make.SeriesFactory())
    fill(event, 0)
    before = Event.objects.filter(pk=event.pk).values().get()
    assert send(change(event)).status_code == 302
    assert Event.objects.filter(pk=event.pk).values().get() == before


def test_saving_keeps_what_happened_meanwhile():
    """Columns kept by the database, and fields that this editor did not touch."""
    event = make.EventFactory(state="draft", published_at=None)
    data = as_sent(change(event))
    Event.objects.filter(pk=event.pk).update(state="published")
    published_at = Event.objects.get().published_at
    answer("post", change(event), data | {"state": "published", "title": "Neuer Titel"})
    event.refresh_from_db()
    assert (event.title, event.state, event.published_at) == ("Neuer Titel", "published", published_at)
    assert event.revision == 2


def test_rows_are_saved_in_order_and_an_empty_number_comes_last():
    event = make.EventFactory(organisers=[make.OrganisationFactory(), make.OrganisationFactory()])
    last = make.OrganisationFactory()
    added = row("participations", 2, organisation=last.pk, role="partner", event=event.pk, id="", position="")
    assert send(change(event), **added).status_code == 302
    assert list(event.participations.values_list("position", flat=True)) == [0, 1, 2]
    assert event.participations.last().organisation == last


def test_a_row_may_take_the_place_of_a_deleted_one():
    first, second = make.OrganisationFactory(), make.OrganisationFactory()
    event = make.EventFactory(organisers=[first, second])
    changes = {"participations__0__organisation": second.pk, "participations__1__DELETE": "on"}
    assert send(change(event), **changes).status_code == 302
    assert event.participations.get().organisation == second


def test_values_that_change_places_are_explained_not_a_crash():
    first, second = make.OrganisationFactory(), make.OrganisationFactory()
    event = make.EventFactory(organisers=[first, second])
    changes = {"participations__0__organisation": second.pk, "participations__1__organisation": first.pk}
    refused = send(change(event), **changes)
    assert errors_of(refused)["__all__"] == [str(RULES["participation_once"][1])]
    assert event.participations.first().organisation == first


def test_languages_and_topics_are_boxes_and_rows(admin_client):
    event = make.EventFactory()
    text = admin_client.get(change(event)).content.decode()
    assert 'role="group" aria-label="Sprachen"' in text
    send(change(event), languages=["de", "da"], formats=["hackathon"], audiences=[])
    event.refresh_from_db()
    assert (event.languages, event.formats, event.audiences) == (["de", "da"], ["hackathon"], [])


def test_programme_items_offered_are_the_events_own():
    event, stranger = make.EventFactory(), make.SessionFactory()
    appearance = make.AppearanceFactory(event=event)
    refused = send(change(event), appearances__0__session=str(stranger.pk))
    assert refused.status_code == 200
    appearance.refresh_from_db()
    assert appearance.session is None


def test_history_tells_no_names_of_people(cast):
    send(change(cast.congress), appearances__0__office="Amtsleitung")
    entry = LogEntry.objects.get()
    assert "Müßig" not in entry.get_change_message()
    assert cast.congress.appearances.filter(office="Amtsleitung").exists()


def test_a_likely_double_is_pointed_out():
    event = make.EventFactory(title="Doppelt", series=make.SeriesFactory())
    days = {"starts_on": event.starts_on.isoformat(), "ends_on": event.ends_on.isoformat()}
    messages = send_new(title=event.title, series=str(event.series_id), **days).messages
    assert {message.level_tag for message in messages} == {"success", "warning"}
    assert change(event) in str(messages[0])


def test_leads_to_the_public_page(cast, admin_client):
    assert (
        'href="/veranstaltungen/smart-country-tage-2026/"'
        in admin_client.get(change(cast.congress)).content.decode()
    )


def test_shows_former_addresses(admin_client):
    event = make.EventFactory(slug="alter-name")
    send(change(event), slug="neuer-name")
    assert "alter-name" in admin_client.get(change(event)).content.decode()


def test_every_field_of_an_event_is_in_its_form():
    shown = set(flatten_fieldsets(EventAdmin.fieldsets))
    stored = {field.name for field in Event._meta.concrete_fields if not field.generated}
    assert stored - shown == {"id"}
