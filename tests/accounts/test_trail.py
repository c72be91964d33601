"""What no undo does: leave somebody the rights of another, or make a draft of what visitors have seen."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from curation.merging.actions import merge
from events import actions
from events.models import Event
from tests.accounts.cast import make_people
from tests.lasting import lasting
from tests.trail.hands import new_step, step
from trail import undoing

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        people = make_people()
        new_step()
        yield people


def members_of(organisation):
    return set(Membership.objects.filter(organisation=organisation).values_list("user__username", flat=True))


def test_an_undone_merge_leaves_nobody_the_rights_of_another(people):
    with step() as number:
        merge(people.foreign, people.own, {}, {})
    assert members_of(people.foreign) == {"member", "trusted", "stranger"}
    undoing.undo(number)
    assert members_of(people.own.pk) == {"member", "trusted"}
    assert members_of(people.foreign) == {"stranger"}


@pytest.mark.parametrize(("name", "status"), [("editor", 403), ("administrator", 302)])
def test_memberships_come_back_by_who_may_give_them(name, status, people):
    with step() as number:
        Membership.objects.filter(user=people.member).delete()
    client = Client()
    client.force_login(getattr(people, name))
    answer = client.post(reverse("admin:trail_undo", args=[number]))
    assert answer.status_code == status
    assert ("member" in members_of(people.own)) is (status == 302)


def test_what_visitors_have_seen_is_not_undone_to_a_draft(people):
    """Its page would answer 404 instead of 410, and calendars would never learn that it is gone."""
    event = people.ours["draft"]
    with step() as number:
        actions.publish(event, by=people.publisher)
    client = Client()
    client.force_login(people.publisher)
    answer = client.post(reverse("admin:trail_undo", args=[number]))
    assert (answer.status_code, Event.objects.get(pk=event.pk).state) == (403, "published")
    assert "Ziehen Sie den Eintrag stattdessen zurück." in answer.content.decode()
    with step() as number:
        actions.withdraw(event, note="Doppelt.", by=people.publisher)
    assert client.post(reverse("admin:trail_undo", args=[number])).status_code == 302
    assert Event.objects.get(pk=event.pk).state == "published"
