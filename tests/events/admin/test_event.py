"""The list of events and what its actions do."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from events.models import Event
from tests import factories as make
from tests.editing import errors_of, send
from tests.events.admin.entries import LIST, change, fill, send_new
from tests.factories import NOW


def titles(page):
    return [event.title for event in page.context["cl"].result_list]


@pytest.mark.parametrize("number", [1, 3])
def test_needs_the_same_number_of_queries_for_any_number(number, admin_client, django_assert_num_queries):
    for _ in range(number):
        fill(make.EventFactory(series=make.SeriesFactory()), 0)
    with django_assert_num_queries(8):
        page = admin_client.get(LIST)
    assert len(page.context["cl"].result_list) == number


def test_tells_state_date_place_and_organisers_in_words(cast, admin_client):
    text = admin_client.get(f"{LIST}?q=smart-country").content.decode()
    for words in ("Veröffentlicht", "20.–22. Oktober 2026", "Berlin", "DVN", "01.02.2027"):
        assert words in text


def test_tells_from_when_an_entry_is_public(cast, admin_client):
    assert "02.03.2027 10:00" in admin_client.get(f"{LIST}?q=fälliger").content.decode()


def test_marks_samples(db, admin_client):
    make.EventFactory(is_sample=True)
    assert 'class="mark mark-sample"' in admin_client.get(LIST).content.decode()


@pytest.mark.parametrize("text", ["smart-country", "SCT", "kreistag osterreichisch", "mußig", "MUSSIG"])
def test_search_knows_titles_series_organisations_and_people(text, cast, admin_client):
    assert admin_client.get(LIST, {"q": text}).context["cl"].result_count >= 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state__exact=draft", {"Geheimer Entwurf"}),
        ("state__exact=withdrawn", {"Zurückgezogener Eintrag"}),
        ("when=past", {"Smart-Country-Tage 2026"}),
        ("series=smart-country", {"Smart-Country-Tage 2026"}),
        ("checked=never&state__exact=draft", {"Geheimer Entwurf"}),
        ("samples=only", set()),
        ("mode__exact=online&when=past", set()),
    ],
)
def test_filters(query, expected, cast, admin_client):
    assert set(titles(admin_client.get(f"{LIST}?{query}"))) == expected


def test_filters_of_a_kind_divide_the_list(cast, admin_client):
    everything = set(titles(admin_client.get(LIST)))
    for first, second in (("when=upcoming", "when=past"), ("samples=only", "samples=without")):
        parts = [set(titles(admin_client.get(f"{LIST}?{query}"))) for query in (first, second)]
        assert parts[0] | parts[1] == everything
        assert not parts[0] & parts[1]


def test_entries_unchecked_for_a_year_are_found(now, db, admin_client):
    make.EventFactory(title="alt", checked_on=NOW.date() - dt.timedelta(days=366))
    make.EventFactory(title="nie", checked_on=None)
    make.EventFactory(title="frisch", checked_on=NOW.date() - dt.timedelta(days=365))
    assert set(titles(admin_client.get(f"{LIST}?checked=stale"))) == {"alt", "nie"}


def test_save_and_publish():
    send_new(_publish="yes")
    event = Event.objects.get()
    assert event.state == "published"
    assert event.published_at is not None


def test_publishing_keeps_an_embargo(now):
    send_new(_publish="yes", publish_from="2027-03-02T08:00")
    event = Event.objects.get()
    assert event.publish_from == dt.datetime(2027, 3, 2, 7, 0, tzinfo=dt.UTC)
    assert not event.is_public(NOW)


def test_save_and_mark_as_checked(now):
    send_new(_checked="yes")
    assert Event.objects.get().checked_on == NOW.date()


def test_the_state_is_no_field_of_the_form():
    event = make.EventFactory()
    assert errors_of(send(change(event), state="draft")) == {}
    event.refresh_from_db()
    assert event.state == "published"


def act(client, action, *events, **more):
    data = {"action": action, "_selected_action": [event.pk for event in events], **more}
    return client.post(LIST, data)


def test_publish_action(admin_client):
    draft, published = make.EventFactory(state="draft"), make.EventFactory()
    page = act(admin_client, "publish", draft, published)
    assert page.context["things"] == [draft]
    act(admin_client, "publish", draft, published, confirmed="yes")
    draft.refresh_from_db()
    assert draft.state == "published"
    assert LogEntry.objects.get().object_id == str(draft.pk)


def test_check_action(now, admin_client):
    event = make.EventFactory()
    act(admin_client, "mark_checked", event)
    event.refresh_from_db()
    assert event.checked_on == NOW.date()


def test_withdraw_action_asks_first(admin_client):
    event, draft = make.EventFactory(), make.EventFactory(state="draft")
    page = act(admin_client, "withdraw", event, draft)
    assert list(page.context["things"]) == [event]
    event.refresh_from_db()
    assert event.state == "published"
    act(admin_client, "withdraw", event, draft, confirmed="yes", note="Doppelt.")
    event.refresh_from_db()
    draft.refresh_from_db()
    assert (event.state, draft.state) == ("withdrawn", "draft")
    assert event.withdrawn_at is not None


def test_withdrawing_nothing_says_so(admin_client):
    page = act(admin_client, "withdraw", make.EventFactory(state="draft"))
    assert b'name="confirmed"' not in page.content


def test_a_reader_may_not_publish(client, django_user_model):
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    rights = Permission.objects.filter(codename__in=["view_event", "every_entry"])
    reader.user_permissions.add(*rights)
    client.force_login(reader)
    event = make.EventFactory(state="draft")
    act(client, "publish", event)
    event.refresh_from_db()
    assert event.state == "draft"
    assert client.get(change(event)).status_code == 200
    assert client.post(change(event), {"title": "x", "_publish": "yes"}).status_code == 403
