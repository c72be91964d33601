"""Who may do what with which event, and that rules and querysets say the same."""

import pytest

from accounts.models import Membership
from accounts.rights import rights_of
from events import rights
from events.models import Event, Participation
from tests.accounts.cast import STATES, group, make_people, member, person
from tests.factories import EventFactory, OrganisationFactory
from tests.lasting import lasting
from tests.rules import refused

ALL, NONE, OPEN = set(STATES), set(), {"draft", "in_review"}
# {who: what they may do with events of `own`, of `foreign`, and with those the author entered}
SEES = {
    "administrator": (ALL, ALL, ALL),
    "publisher": (ALL, ALL, ALL),
    "editor": (ALL, ALL, ALL),
    "author": (NONE, NONE, ALL),
    "member": (ALL, NONE, NONE),
    "trusted_member": (ALL, NONE, NONE),
    "stranger": (NONE, ALL, NONE),
    "nobody": (NONE, NONE, NONE),
    "visitor": (NONE, NONE, NONE),
}
EDITS = SEES | {"author": (NONE, NONE, OPEN)}
PUBLISHES = {
    **SEES,
    "editor": (NONE, NONE, NONE),
    "author": (NONE, NONE, NONE),
    "member": (NONE, NONE, NONE),
}
DELETES = {
    **dict.fromkeys(SEES, (NONE, NONE, NONE)),
    "administrator": (ALL, ALL, ALL),
    "publisher": (ALL, ALL, ALL),
    "editor": (OPEN, OPEN, OPEN),
}


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        yield make_people()


pytestmark = pytest.mark.django_db


def fresh(user):
    """As the next request would find them: nothing is remembered of the person."""
    return type(user).objects.get(pk=user.pk) if user.is_authenticated else user


def answers(people, name, rule):
    """In which states the rule lets the person: of `own`, of `foreign`, of what the author entered."""
    user = fresh(getattr(people, name))
    return tuple(
        {state for state, event in group.items() if rule(user, Event.objects.get(pk=event.pk))}
        for group in (people.ours, people.theirs, people.written)
    )


@pytest.mark.parametrize("name", SEES)
def test_who_may_do_what(name, people):
    assert answers(people, name, rights.may_see) == SEES[name]
    assert answers(people, name, rights.may_edit) == EDITS[name]
    assert answers(people, name, rights.may_publish) == PUBLISHES[name]
    assert answers(people, name, rights.may_delete) == DELETES[name]


@pytest.mark.parametrize("name", sorted(set(SEES) - {"nobody", "visitor"}))
def test_lists_agree_with_what_is_said_of_one(name, people):
    """Of people who may do so at all: Django's permission is asked beside."""
    user = fresh(getattr(people, name))
    events = list(Event.objects.all())
    seen, edited = Event.objects.own_of(user), Event.objects.editable_by(user)
    assert set(seen) == {event for event in events if rights.may_see(user, event)}
    assert set(edited) == {event for event in events if rights.may_edit(user, event)}


def test_nothing_belongs_to_a_visitor(people):
    EventFactory().steps.create(from_state="", to_state="draft", by=None)
    assert not Event.objects.own_of(people.visitor).exists()


def test_a_host_or_partner_gives_no_right(people):
    user = fresh(people.member)
    for role in ("host", "partner", "sponsor"):
        event = EventFactory()
        Participation.objects.create(event=event, organisation=people.own, role=role)
        assert not rights.may_see(user, event), role


def test_who_has_an_organisation_is_bound_to_it_whatever_they_entered(people):
    Membership.objects.create(user=people.author, organisation=people.own)
    assert answers(people, "author", rights.may_edit) == (ALL, NONE, NONE)


def test_trust_is_given_by_each_organisation(people):
    other = OrganisationFactory()
    Membership.objects.create(user=people.member, organisation=other, may_publish=True)
    user = fresh(people.member)
    common = EventFactory(organisers=[people.own, other])
    assert rights.may_publish(user, common)
    assert not rights.may_publish(user, EventFactory(organisers=[people.own]))


def test_a_membership_alone_gives_nothing(people):
    user = person("alone")
    Membership.objects.create(user=user, organisation=people.own, may_publish=True)
    event = people.ours["draft"]
    assert not any(
        (rights.may_see(user, event), rights.may_edit(user, event), rights.may_publish(user, event))
    )


def test_an_account_that_was_closed_may_nothing(people):
    user = fresh(people.administrator)
    user.is_active = False
    assert not rights.may_see(user, people.ours["draft"])


def test_who_is_bound_merges_nothing(people):
    user = member("merger", people.own)
    user.groups.add(group("author"))
    user.user_permissions.add(*group("administrator").permissions.filter(codename="merge_entries"))
    assert not rights_of(fresh(user)).merges
    assert rights_of(fresh(people.administrator)).merges
    assert not rights_of(fresh(people.publisher)).merges


@pytest.mark.parametrize(("name", "queries"), [("administrator", 2), ("member", 4), ("author", 4)])
def test_rights_cost_the_same_however_often_they_are_asked(name, queries, people, django_assert_num_queries):
    """Two are Django's permissions, one the memberships, one whose the event is."""
    user = fresh(getattr(people, name))
    event = Event.objects.get(pk=people.ours["draft"].pk)
    with django_assert_num_queries(queries):
        for _repeat in range(3):
            rights.may_edit(user, event), rights.may_publish(user, event), rights.may_see(user, event)


def test_the_rights_to_many_events_are_read_at_once(people, django_assert_num_queries):
    user = fresh(people.trusted_member)
    user.has_perm("events.change_event")
    with django_assert_num_queries(4):
        found = rights.look_up(user, Event.objects.order_by("pk"))
        allowed = [event for event in found if rights.may_publish(user, event)]
    assert allowed == [people.ours[state] for state in STATES]


@pytest.mark.parametrize(
    ("role", "is_left"), [("organiser", True), ("co_organiser", True), ("host", False), ("partner", False)]
)
def test_members_leave_no_event_without_an_own_organisation(role, is_left, people):
    user = fresh(people.member)
    assert rights.answers_for_one(user, [(people.foreign.pk, "organiser"), (people.own.pk, role)]) is is_left
    assert rights.answers_for_one(fresh(people.editor), [])
    assert rights.answers_for_one(fresh(people.author), [])


# -- memberships -----------------------------------------------------------------------------------


def test_a_person_is_a_member_once(people):
    with refused("membership_once"):
        Membership.objects.create(user=people.member, organisation=people.own)


def test_an_organisation_with_members_is_not_deleted(people):
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        OrganisationFactory._meta.model.objects.filter(pk=people.own.pk).delete()
