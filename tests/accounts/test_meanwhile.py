"""Two administrators at one account or group: no right and no name comes back by a form opened before."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.utils import translation

from accounts import leaving
from accounts.models import Membership
from tests import factories as make
from tests.accounts.cast import group, person
from tests.editing import row
from tests.trail.meanwhile.forms import Form, clash, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def bosses():
    return [User.objects.create_superuser(name) for name in ("erna", "otto")]


@pytest.fixture
def adam():
    return person("adam", "author", "editor")


def test_rights_that_were_taken_stay_so(adam, bosses):
    first, second = (Form(adam, boss) for boss in bosses)
    first.save(is_active=None, groups=[group("author").pk])
    page = second.save(last_name="Adler")
    assert page.status_code == 302
    adam.refresh_from_db()
    assert (adam.is_active, adam.last_name) == (False, "Adler")
    assert [one.name for one in adam.groups.all()] == ["author"]
    assert "kept: Active, Groups (erna)" in told(page)[1]


def test_what_both_changed_is_asked_about(adam, bosses):
    first, second = (Form(adam, boss) for boss in bosses)
    first.save(groups=[group("author").pk])
    page = second.save(groups=[group("publisher").pk])
    assert clash(page, "groups") == [
        "erna has changed this meanwhile. It says now: “author”. Save again to replace it."
    ]
    assert [one.name for one in adam.groups.all()] == ["author"]
    assert second.save_again(page).status_code == 302
    assert [one.name for one in adam.groups.all()] == ["publisher"]


def test_memberships_that_came_and_went_stay_so(adam, bosses):
    bodies = [make.OrganisationFactory(name=name) for name in ("Bitkom", "KGSt", "Vitako")]
    Membership.objects.create(user=adam, organisation=bodies[0])
    Membership.objects.create(user=adam, organisation=bodies[1])
    first, second = (Form(adam, boss) for boss in bosses)
    first.save(memberships__0__DELETE="on", **row("memberships", 2, organisation=bodies[2].pk))
    assert second.save(memberships__1__may_publish="on").status_code == 302
    found = adam.memberships.order_by("organisation__name").values_list("organisation__name", "may_publish")
    assert list(found) == [("KGSt", True), ("Vitako", False)]


def test_of_an_account_that_was_left_no_name_comes_back(adam, bosses):
    User.objects.filter(pk=adam.pk).update(first_name="Adam", last_name="Adler")
    form = Form(adam, bosses[1])
    leaving.leave(User.objects.get(pk=adam.pk))
    form.save(is_staff="on")
    adam.refresh_from_db()
    assert (adam.first_name, adam.last_name, adam.email) == ("", "", "")
    assert adam.username != "adam"


def test_permissions_of_a_group_that_were_taken_stay_so(bosses):
    made = Group.objects.create(name="Gäste")
    made.permissions.set(Permission.objects.filter(codename__in=["view_event", "add_event"]))
    first, second = (Form(made, boss) for boss in bosses)
    first.save(permissions=[Permission.objects.get(codename="view_event").pk])
    assert second.save(name="Besuch").status_code == 302
    made.refresh_from_db()
    assert (made.name, [one.codename for one in made.permissions.all()]) == ("Besuch", ["view_event"])


def test_the_form_tells_nothing_of_the_password(adam, bosses):
    form = Form(adam, bosses[0])
    assert "password" not in form.data["_since"]
    assert form.save(last_name="Adler").status_code == 302
    assert User.objects.get(pk=adam.pk).password == adam.password
