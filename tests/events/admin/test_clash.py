"""The hint beside the dates of an event's form."""

import datetime as dt
import html
import re

import pytest
from django.contrib.auth.models import Permission

from tests import factories as make
from tests.events.admin.entries import LIST, change
from tests.factories import TODAY

HINT = "/admin/events/event/clash/"
DAY = TODAY + dt.timedelta(days=10)


def words(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", response.content.decode())).split())


@pytest.fixture
def ki():
    return make.TopicFactory(slug="ki")


def test_it_counts_what_is_on_and_names_the_strongest(now, admin_client, ki):
    venue = make.VenueFactory()
    make.EventFactory(title="Eine KI-Tagung", starts_on=DAY, topics=[ki], venues=[venue])
    make.EventFactory(starts_on=DAY, topics=[make.TopicFactory()])
    make.EventFactory(starts_on=DAY, topics=[ki], state="draft")
    query = {"from": DAY, "topic": ki.pk, "audience": "municipal", "venue": venue.pk}
    response = admin_client.get(HINT, query)
    assert words(response) == (
        "An diesen Tagen: 1 Veranstaltung mit gleichen Themen, 1 weitere. "
        "Am stärksten konkurriert: Eine KI-Tagung. Termin prüfen"
    )
    check = html.unescape(re.search(r'href="(/termin-pruefen/[^"]+)"', response.content.decode())[1])
    assert check == (f"/termin-pruefen/?from={DAY}&to={DAY}&topic=ki&audience=municipal&near=Berlin")


def test_it_says_when_there_is_nothing(now, admin_client):
    assert (
        words(admin_client.get(HINT, {"from": DAY}))
        == "An diesen Tagen: keine andere Veranstaltung. Termin prüfen"
    )


def test_it_names_holidays_of_the_venue_s_state(now, admin_client):
    hall = make.VenueFactory(city="Essen", state="DE-NW")
    said = words(admin_client.get(HINT, {"from": "2027-11-01", "venue": hall.pk}))
    assert "Feiertag: Allerheiligen" in said
    assert "Feiertag" not in words(
        admin_client.get(HINT, {"from": "2027-11-01", "venue": make.VenueFactory().pk})
    )
    assert "Brückentag Freitag, 7. Mai 2027" in words(admin_client.get(HINT, {"from": "2027-05-07"}))
    assert "Wochenende" in words(admin_client.get(HINT, {"from": "2027-11-20"}))


def test_an_event_does_not_compete_with_itself_or_its_parts(now, admin_client, ki):
    event = make.EventFactory(starts_on=DAY, topics=[ki])
    make.EventFactory(starts_on=DAY, topics=[ki], parent=event)
    said = words(admin_client.get(HINT, {"from": DAY, "topic": ki.pk, "event": event.pk}))
    assert "keine andere Veranstaltung" in said


@pytest.mark.parametrize("query", [
    "", "from=", "from=gestern", "from=2027-11-20&to=2027-11-19", "from=2027-11-20&to=2199-01-01", "from=%00",
])  # fmt: skip
def test_as_long_as_no_days_are_typed_it_says_nothing(query, now, admin_client):
    response = admin_client.get(f"{HINT}?{query}")
    assert (response.status_code, response.content) == (204, b"")


@pytest.mark.parametrize("query", [
    "topic=%00", "topic=99999999999999999999", "topic=١", "venue=-1", "event=x", "audience=nobody",
    "venue=999",
])  # fmt: skip
def test_nothing_that_is_sent_breaks_it(query, now, admin_client):
    assert admin_client.get(f"{HINT}?from={DAY}&{query}").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_for_any_number(number, now, admin_client, django_assert_num_queries, ki):
    for _repeat in range(number):
        hall = make.VenueFactory()
        make.EventFactory(starts_on=DAY, topics=[ki], venues=[hall], series=make.SeriesFactory())
    with django_assert_num_queries(17):
        admin_client.get(HINT, {"from": DAY, "topic": ki.pk, "venue": hall.pk})


def test_titles_are_escaped(now, admin_client, ki):
    make.EventFactory(title="<b>Fett</b>", starts_on=DAY, topics=[ki], venues=[make.VenueFactory()])
    answer = admin_client.get(HINT, {"from": DAY, "topic": ki.pk, "audience": "municipal"}).content.decode()
    assert "&lt;b&gt;Fett" in answer


def test_only_who_may_view_events_is_told(now, client, django_user_model):
    user = django_user_model.objects.create_user("reader", is_staff=True)
    client.force_login(user)
    assert client.get(HINT, {"from": DAY}).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_event"))
    assert client.get(HINT, {"from": DAY}).status_code == 200
    client.logout()
    assert client.get(HINT, {"from": DAY}).status_code == 302
    assert client.post(HINT).status_code in (302, 403, 405)


def test_the_form_has_a_place_for_it_below_the_dates(now, admin_client):
    page = admin_client.get(f"{LIST}add/").content.decode()
    assert f'<div class="clash-hint" role="status" data-url="{HINT}"></div>' in page
    assert "admin_site/clash" in page
    event = make.EventFactory()
    assert f'data-event="{event.pk}"' in admin_client.get(change(event)).content.decode()
