"""An edit of many events asks for each of them who may do that."""

import pytest
from django.test import Client

from events.models import Event
from tests.accounts.cast import make_people
from tests.events.admin.entries import LIST

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return make_people()


def send(user, events, step, across=False, **fields):
    client = Client()
    client.force_login(user)
    keys = [event.pk for event in events]
    data = {
        "action": "edit_many",
        "_selected_action": keys,
        "select_across": "1" if across else "0",
        "index": "0",
    }
    return client.post(LIST, {**data, "bulk_step": step, **fields})


def test_foreign_events_are_no_part_of_a_members_selection(people):
    chosen = [*people.ours.values(), *people.theirs.values()]
    page = send(people.member, chosen, "preview", add_languages=["en"])
    shown = {one.event.pk for one in page.context["plan"].events}
    assert shown == {event.pk for event in people.ours.values()}


def test_all_that_match_are_a_members_own(people):
    page = send(people.member, list(people.ours.values())[:1], "preview", across=True, add_languages=["en"])
    assert {one.event.pk for one in page.context["plan"].events} == {
        event.pk for event in people.ours.values()
    }


def test_an_author_changes_no_entry_that_is_public(people):
    page = send(people.author, people.written.values(), "preview", add_languages=["en"])
    faults = {one.event.state: one.faults for one in page.context["plan"].events}
    refused = ["Sie dürfen diesen Eintrag nicht ändern."]
    assert faults == {"draft": [], "in_review": [], "published": refused, "withdrawn": refused}


def test_a_member_without_that_right_publishes_nothing(people):
    draft = people.ours["draft"]
    agreed = send(people.member, [draft], "preview", move="publish").context["plan"]
    assert agreed.broken
    send(people.member, [draft], "apply", move="publish", fingerprint=agreed.fingerprint)
    assert Event.objects.get(pk=draft.pk).state == "draft"


def test_a_trusted_member_publishes_own_drafts(people):
    draft = people.ours["draft"]
    agreed = send(people.trusted_member, [draft], "preview", move="publish").context["plan"].fingerprint
    send(people.trusted_member, [draft], "apply", move="publish", fingerprint=agreed)
    assert Event.objects.get(pk=draft.pk).state == "published"


def test_who_may_only_look_is_not_offered_the_action(people):
    page = send(people.nobody, people.ours.values(), "preview", add_languages=["en"])
    assert page.status_code in (302, 403)
    assert not Event.objects.filter(languages__contains=["en"]).exists()
