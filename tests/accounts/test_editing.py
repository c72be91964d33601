"""What members may write in the admin's forms, what they are refused, and what the forms hold ready."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from events.models import Event
from organisations.models import Organisation
from tests import factories as make
from tests.accounts.cast import make_people
from tests.editing import answer, as_sent, errors_of, row, send
from tests.lasting import lasting

pytestmark = pytest.mark.django_db
ADD = "/admin/events/event/add/"
OWN_ONE = "Eine Ihrer Organisationen muss Veranstalter oder Mitveranstalter sein."
NEW = {"title": "Neue Tagung", "starts_on": "2027-05-04", "ends_on": "2027-05-05"}


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        get_user_model().objects.create_superuser("root")
        yield make_people()


def change(event):
    return reverse("admin:events_event_change", args=[event.pk])


def page_of(noun, entry):
    return reverse(f"admin:{noun}_change", args=[entry.pk])


def organiser(organisation, role="organiser"):
    return row("participations", 0, organisation=str(organisation.pk), role=role)


def refusals(response):
    """What is said of the participations as a whole."""
    inlines = response.context_data["inline_admin_formsets"]
    return [str(one) for inline in inlines for one in inline.formset.non_form_errors()]


# -- entering --------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["organiser", "co_organiser"])
def test_members_enter_events_of_their_own(role, people):
    assert send(ADD, people.member, **NEW, **organiser(people.own, role)).status_code == 302
    event = Event.objects.get(title="Neue Tagung")
    assert (event.state, event.steps.get().by) == ("draft", people.member)


@pytest.mark.parametrize("role", ["host", "partner"])
def test_members_enter_no_events_in_which_they_only_take_part(role, people):
    refused = send(ADD, people.member, **NEW, **organiser(people.own, role))
    assert refusals(refused) == [OWN_ONE]
    assert not Event.objects.filter(title="Neue Tagung").exists()


def test_members_enter_no_events_of_others(people):
    assert refusals(send(ADD, people.member, **NEW, **organiser(people.foreign))) == [OWN_ONE]
    assert refusals(send(ADD, people.member, **NEW)) == [OWN_ONE]
    assert not Event.objects.filter(title="Neue Tagung").exists()


def test_a_form_without_its_rows_enters_nothing_either(people):
    """As if the part about organisations had never been there."""
    data = {
        k: v for k, v in (as_sent(ADD, people.member) | NEW).items() if not k.startswith("participations")
    }
    assert answer("post", ADD, data, people.member).status_code in (200, 400)
    assert not Event.objects.filter(title="Neue Tagung").exists()


def test_authors_enter_events_of_anybody(people):
    assert send(ADD, people.author, **NEW, **organiser(people.foreign)).status_code == 302
    event = Event.objects.get(title="Neue Tagung")
    assert event in Event.objects.editable_by(people.author)


def test_who_may_not_publish_does_not_do_so_while_saving(people):
    with pytest.raises(PermissionDenied):
        send(ADD, people.member, **NEW, **organiser(people.own), _publish="1")
    with pytest.raises(PermissionDenied):
        send(change(people.ours["draft"]), people.editor, _publish="1")
    send(ADD, people.trusted_member, **NEW, **organiser(people.own), _publish="1")
    assert Event.objects.get(title="Neue Tagung").state == "published"


def test_saving_and_sending_to_review(people):
    send(change(people.ours["draft"]), people.member, title="Fertig", _submit="1")
    event = Event.objects.get(pk=people.ours["draft"].pk)
    assert (event.title, event.state, event.steps.last().by) == ("Fertig", "in_review", people.member)


# -- giving away and taking over -------------------------------------------------------------------


def own_row(event, own):
    """The number of the row in which the own organisation stands."""
    return [link.organisation for link in event.participations.all()].index(own)


def test_members_change_their_events_in_every_state(people):
    for event in people.ours.values():
        assert send(change(event), people.member, title=f"Neu {event.state}").status_code == 302
        assert Event.objects.get(pk=event.pk).title == f"Neu {event.state}"


@pytest.mark.parametrize("changes", [{"DELETE": "on"}, {"role": "partner"}, {"organisation": "foreign"}])
def test_members_do_not_give_an_event_away(changes, people):
    event = people.ours["draft"]
    number = own_row(event, people.own)
    if "organisation" in changes:
        changes = {"organisation": str(people.foreign.pk)}
    sent = {f"participations__{number}__{name}": value for name, value in changes.items()}
    refused = send(change(event), people.member, title="Verschenkt", **sent)
    assert refusals(refused) == [OWN_ONE]
    assert Event.objects.get(pk=event.pk).title == event.title


def test_members_bring_others_in(people):
    event = people.ours["draft"]
    added = row(
        "participations", 2, organisation=str(people.foreign.pk), role="organiser", id="", event=event.pk
    )
    assert send(change(event), people.member, **added).status_code == 302
    assert people.foreign in [link.organisation for link in event.participations.all()]


def test_an_event_of_others_is_no_larger_event(people):
    """Its page would tell of this one; and what is no public title would be told here."""
    for theirs in people.theirs.values():
        refused = send(change(people.ours["draft"]), people.member, parent=str(theirs.pk))
        assert set(errors_of(refused)) == {"parent"}
        assert theirs.title not in refused.rendered_content
    assert send(change(people.ours["draft"]), people.member, parent=str(people.ours["published"].pk))


def test_a_larger_event_that_others_chose_stays(people):
    event = people.ours["draft"]
    for theirs, is_told in ((people.theirs["draft"], False), (people.theirs["published"], True)):
        Event.objects.filter(pk=event.pk).update(parent=theirs)
        page = answer("get", change(event), by=people.member).rendered_content
        assert (theirs.title in page) is is_told
        assert send(change(event), people.member, title="Neu").status_code == 302
        assert Event.objects.get(pk=event.pk).parent == theirs


@pytest.mark.parametrize(("name", "has_it"), [("member", False), ("trusted_member", True), ("editor", False)])
def test_the_moment_of_publication_is_for_who_publishes(name, has_it, people):
    fields = answer("get", change(people.ours["draft"]), by=getattr(people, name)).context_data["adminform"]
    assert ("publish_from" in fields.form.fields) is has_it
    assert "state" not in fields.form.fields
    fields = answer("get", change(people.ours["published"]), by=getattr(people, name)).context_data[
        "adminform"
    ]
    assert "publish_from" not in fields.form.fields


def test_authors_only_look_at_what_became_of_their_entry(people):
    event = people.written["published"]
    page = answer("get", change(event), by=people.author)
    assert event.title in page.rendered_content
    with pytest.raises(PermissionDenied):
        answer("post", change(event), {"title": "Neu"}, people.author)


# -- the other nouns -------------------------------------------------------------------------------


def test_members_change_their_own_organisation_and_look_at_others(people):
    assert (
        send(page_of("organisations_organisation", people.own), people.member, name="Neu").status_code == 302
    )
    assert Organisation.objects.get(pk=people.own.pk).name == "Neu"
    assert (
        people.foreign.name
        in answer(
            "get", page_of("organisations_organisation", people.foreign), by=people.member
        ).rendered_content
    )
    with pytest.raises(PermissionDenied):
        answer("post", page_of("organisations_organisation", people.foreign), {}, people.member)


MAY_ADD = {"organisations_organisation", "speakers_speaker", "events_venue"}


@pytest.mark.parametrize("noun", [*sorted(MAY_ADD), "events_series", "events_topic"])
def test_members_add_what_an_event_needs_and_choose_from_all(noun, people):
    client = Client()
    client.force_login(people.member)
    assert client.get(reverse(f"admin:{noun}_changelist")).status_code == 200
    is_open = client.get(reverse(f"admin:{noun}_add"), {"_popup": "1"}).status_code == 200
    assert is_open is (noun in MAY_ADD)


def test_members_delete_nothing(people):
    client = Client()
    client.force_login(people.trusted_member)
    venue = make.VenueFactory()
    for path in (page_of("events_venue", venue), change(people.ours["draft"])):
        assert client.post(path.replace("change", "delete"), {"post": "yes"}).status_code == 403


# -- the page that asks ----------------------------------------------------------------------------


def act(user, name, *events, **more):
    client = Client()
    client.force_login(user)
    data = {"action": name, "_selected_action": [event.pk for event in events], **more}
    return client.post(reverse("admin:events_event_changelist"), data)


def test_a_note_is_asked_for_and_kept(people):
    event = people.ours["in_review"]
    page = act(people.member, "send_back", event, back="entry")
    assert [str(one) for one in page.context["things"]] == [event.title]
    page = act(people.member, "send_back", event, back="entry", confirmed="yes", note=" ")
    assert page.context["adminform"].form.errors == {"note": ["Dieses Feld ist zwingend erforderlich."]}
    done = act(people.member, "send_back", event, back="entry", confirmed="yes", note="Bild fehlt.")
    assert done["Location"] == change(event)
    step = event.steps.last()
    assert (step.note, step.by, step.to_state) == ("Bild fehlt.", people.member, "draft")
    client = Client()
    client.force_login(people.member)
    assert "Bild fehlt." in client.get(change(event)).content.decode()


def test_publishing_may_wait(now, people):
    event = people.ours["draft"]
    act(people.publisher, "publish", event, confirmed="yes", publish_from="2027-03-09T08:00")
    client = Client()
    client.force_login(people.publisher)
    found = client.get(reverse("admin:events_event_changelist"), {"state__exact": "scheduled"})
    assert list(found.context["cl"].result_list) == [event]
    assert "09.03.2027 08:00" in found.content.decode()
    page = act(people.publisher, "publish", event)
    assert page.context["adminform"].form["publish_from"].value().isoformat() == "2027-03-09T08:00:00"
    act(people.publisher, "publish", event, confirmed="yes", publish_from="")
    assert Event.objects.get(pk=event.pk).is_public()


def test_a_moment_to_come_is_no_way_to_hide_what_was_seen(now, people):
    event = people.ours["withdrawn"]
    page = act(people.publisher, "publish", event)
    assert "publish_from" not in page.context["adminform"].form.fields


def test_what_others_decide_on_is_left_out_and_said(people):
    events = [people.ours["draft"], people.ours["published"], people.ours["withdrawn"]]
    page = act(people.trusted_member, "publish", *events)
    assert set(page.context["things"]) == {people.ours["draft"], people.ours["withdrawn"]}
    assert "1 der ausgewählten Einträge bleibt außen vor" in page.content.decode()
    nothing = act(people.trusted_member, "withdraw", people.ours["draft"])
    assert b'name="confirmed"' not in nothing.content


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_members_the_same_for_any_number(number, people, django_assert_num_queries):
    client = Client()
    client.force_login(people.member)
    for _repeat in range(number):
        make.EventFactory(organisers=[people.own])
    client.get(reverse("admin:events_event_changelist"))
    with django_assert_num_queries(11):
        client.get(reverse("admin:events_event_changelist"))
