"""Memberships come back with an undone merge, and by the hand of who may give them alone."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from curation.merging.actions import merge
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
