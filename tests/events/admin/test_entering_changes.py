"""A new date, a postponement, a move online, a cancellation: each by a page of its own."""

import datetime as dt

import pytest
from django.urls import reverse

from events.models import Event
from tests import factories as make
from tests.accounts.cast import make_people
from tests.editing import answer
from tests.events.admin.entries import change
from tests.factories import TODAY
from trail.models import Change

DAY = TODAY + dt.timedelta(days=10)
PAGES = ["new_date", "postponed", "moved_online", "cancelled"]
ASKED = {"pasted_dates": "20.–21.10.2027", "reason": "Der Saal ist belegt", "date_precision": "day"}


def page(name, event):
    return reverse(f"admin:events_event_{name}", args=[event.pk])


@pytest.fixture
def event():
    return make.EventFactory(
        title="Tagung", starts_on=DAY, start_time=dt.time(9), venues=[make.VenueFactory()]
    )


@pytest.mark.django_db
def test_a_new_date_keeps_the_former_one(now, event):
    response = answer("post", page("new_date", event), ASKED)
    assert (response.status_code, response.url) == (302, change(event))
    event.refresh_from_db()
    assert (event.starts_on, event.ends_on) == (dt.date(2027, 10, 20), dt.date(2027, 10, 21))
    assert (event.start_time, event.status) == (None, "rescheduled")
    former = event.previous_dates.get()
    assert (former.starts_on, former.start_time) == (DAY, dt.time(9))


@pytest.mark.django_db
def test_the_reason_stands_in_the_history(now, event, admin_client):
    admin_client.post(page("new_date", event), ASKED)
    reasons = Change.objects.filter(noun="event", owner=event.pk).exclude(reason="").values("reason")
    assert {row["reason"] for row in reasons} == {"Der Saal ist belegt"}


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "field"), [
    ({}, "starts_on"),
    ({"pasted_dates": "irgendwann"}, "pasted_dates"),
    ({"starts_on": "2027-10-20", "ends_on": "2027-10-19", "date_precision": "day"}, "ends_on"),
    ({"starts_on": "2027-10-20", "ends_on": "2027-10-21", "date_precision": "month"}, "starts_on"),
    ({"starts_on": DAY, "ends_on": DAY, "start_time": "09:00", "date_precision": "day"}, "starts_on"),
])  # fmt: skip
def test_a_date_that_cannot_be_is_refused(asked, field, now, event):
    response = answer("post", page("new_date", event), asked)
    assert field in response.context_data["form"].errors
    assert Event.objects.get().status == "scheduled"


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "status"), [("postponed", "postponed"), ("cancelled", "cancelled")])
def test_what_does_not_take_place_says_so(name, status, now, event):
    assert answer("post", page(name, event), {"reason": ""}).status_code == 302
    event.refresh_from_db()
    assert (event.status, event.starts_on, event.mode) == (status, DAY, "onsite")


@pytest.mark.django_db
def test_what_is_moved_online_sends_nobody_to_its_venue(now, event):
    answer("post", page("moved_online", event), {"online_url": "https://konferenz.example/"})
    event.refresh_from_db()
    assert (event.status, event.mode, event.online_url) == (
        "moved_online", "online", "https://konferenz.example/",
    )  # fmt: skip
    assert event.venue_links.get().use == "planned"


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "shown"), [
    ("new_date", "originally"),
    ("postponed", "Postponed: the new date is not known yet."),
    ("moved_online", "Moved online: the event takes place on the internet."),
    ("cancelled", "Cancelled: the event does not take place."),
])  # fmt: skip
def test_it_shows_what_visitors_will_see_and_writes_nothing(name, shown, now, event, admin_client):
    before = Event.objects.filter(pk=event.pk).values().get()
    response = admin_client.post(f"/en{page(name, event)}", ASKED | {"_preview": "1"})
    assert shown in response.content.decode()
    assert response.context_data["original"].starts_on == DAY
    assert Event.objects.filter(pk=event.pk).values().get() == before
    assert not event.previous_dates.exists()


@pytest.mark.django_db
def test_they_are_offered_beside_what_was_published(now, event):
    links = [page(name, event) for name in PAGES]
    text = answer("get", change(event)).render().content.decode()
    assert all(f'href="{link}"' in text for link in links)
    draft = make.EventFactory(state="draft")
    assert page("cancelled", draft) not in answer("get", change(draft)).render().content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*PAGES, "next", "duplicate"])
def test_only_who_may_edit_the_event_may_use_them(name, now, client):
    people = make_people()
    client.force_login(people.member)
    assert client.get(page(name, people.ours["published"])).status_code == 200
    assert client.get(page(name, people.theirs["published"])).status_code in (403, 404)
    client.force_login(people.nobody)
    assert client.get(page(name, people.ours["published"])).status_code in (302, 403, 404)
