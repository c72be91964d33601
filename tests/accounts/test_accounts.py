"""Accounts in the admin: groups, memberships, and who is out of whose reach."""

from importlib import import_module
from itertools import pairwise

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Membership
from accounts.rights import rights_of
from tests.accounts.cast import group, make_people, person
from tests.editing import answer, row, send
from tests.lasting import lasting

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        get_user_model().objects.create_superuser("root")
        yield make_people()


def page_of(noun, entry):
    return reverse(f"admin:{noun}_change", args=[entry.pk])


def test_administrators_manage_memberships(people):
    address = page_of("auth_user", people.editor)
    added = row("memberships", 0, organisation=str(people.own.pk), may_publish="on")
    assert send(address, people.administrator, **added).status_code == 302
    assert Membership.objects.get(user=people.editor).may_publish


def test_a_member_without_a_group_becomes_an_author(people):
    user = person("neu")
    done = send(
        page_of("auth_user", user),
        people.administrator,
        **row("memberships", 0, organisation=str(people.own.pk)),
    )
    assert [one.name for one in user.groups.all()] == ["author"]
    assert "Erfassung" in str(done.messages[0])


def test_administrators_neither_make_nor_touch_superusers(people):
    root = get_user_model().objects.get(username="root")
    with pytest.raises(PermissionDenied):
        answer("post", page_of("auth_user", root), {"username": "meins"}, people.administrator)
    send(page_of("auth_user", people.administrator), people.administrator, is_superuser="on")
    assert list(get_user_model().objects.filter(is_superuser=True)) == [root]


def test_groups_are_named_in_words(people):
    page = answer("get", page_of("auth_user", people.editor), by=people.administrator).rendered_content
    for word in ("Erfassung", "Redaktion", "Veröffentlichung", "Verwaltung"):
        assert word in page
    assert group("author").name == "author"


# -- groups by migration ---------------------------------------------------------------------------


def rights_in(name):
    return set(group(name).permissions.values_list("content_type__app_label", "codename"))


def test_each_group_may_what_the_one_before_may():
    held = [rights_in(name) for name in ("author", "editor", "publisher", "administrator")]
    assert all(less < more for less, more in pairwise(held))


@pytest.mark.parametrize(("name", "general"), [
    ("author", set()),
    ("editor", {"every_entry"}),
    ("publisher", {"every_entry", "publish_entries"}),
    ("administrator", {"every_entry", "publish_entries", "merge_entries", "import_entries"}),
])  # fmt: skip
def test_the_general_rights_of_each_group(name, general):
    own = {codename for app, codename in rights_in(name) if app == "accounts" and codename.endswith("ies")}
    own |= {codename for app, codename in rights_in(name) if codename == "every_entry"}
    assert own == general


def test_nobody_but_superusers_changes_groups():
    assert not [
        one for name in ("administrator", "publisher") for one in rights_in(name) if one[1] == "change_group"
    ]
    assert ("auth", "view_group") in rights_in("administrator")


def test_authors_delete_no_noun_and_see_no_former_address():
    nouns = {"event", "series", "topic", "venue", "organisation", "speaker"}
    assert not {f"delete_{noun}" for noun in nouns} & {codename for _app, codename in rights_in("author")}
    assert ("addresses", "view_formerslug") not in rights_in("author")


def test_the_migration_makes_no_permission_twice_and_those_that_django_makes():
    before = set(Permission.objects.values_list("pk", flat=True))
    call_command("migrate", "accounts", verbosity=0)
    import_module("accounts.migrations.0002_groups").make(apps)
    assert set(Permission.objects.values_list("pk", flat=True)) == before
    named = Permission.objects.filter(group__name="administrator").select_related("content_type")
    assert all(permission.content_type.model_class() for permission in named)


def test_who_had_rights_before_keeps_them_for_every_entry():
    """As on a database that is older than memberships."""
    early, reader, other = person("early"), person("reader"), person("other")
    early.user_permissions.add(Permission.objects.get(codename="change_event"))
    reader.groups.add(Group.objects.create(name="readers"))
    reader.groups.get().permissions.add(Permission.objects.get(codename="view_event"))
    Group.objects.filter(name__in=("author", "editor", "publisher", "administrator")).delete()
    import_module("accounts.migrations.0002_groups").make(apps)
    found = {name: get_user_model().objects.get(username=name) for name in ("early", "reader", "other")}
    told = {name: (rights_of(one).every_entry, rights_of(one).publishes) for name, one in found.items()}
    assert told == {"early": (True, True), "reader": (True, False), "other": (False, False)}
    assert other.groups.count() == 0
