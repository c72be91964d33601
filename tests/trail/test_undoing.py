"""What is undone, what stands in the way, and what triggers make of it."""

import pytest
from django.contrib.auth.models import User

from addresses.models import FormerSlug
from events.actions import publish, withdraw
from events.models import Event, EventTopic, Participation, Session, Source, Step, Topic, Venue
from journal.models import Tombstone
from organisations.models import Organisation
from tests import factories as make
from tests.trail.hands import new_step, step
from trail.acting import acting
from trail.models import Change
from trail.planning import Clash, Conflict, Nothing
from trail.undoing import recover, restore, undo

pytestmark = pytest.mark.django_db


def refusal(number):
    new_step()
    with pytest.raises(Conflict) as caught:
        undo(number)
    return caught.value


def test_a_later_change_of_another_field_is_kept():
    event = make.EventFactory(title="Alt", summary="Alt")
    with step() as number:
        Event.objects.update(title="Neu")
    with step():
        Event.objects.update(summary="Später")
    undo(number)
    event.refresh_from_db()
    assert (event.title, event.summary) == ("Alt", "Später")


def test_a_later_change_of_the_same_field_is_in_the_way():
    event = make.EventFactory(title="Alt")
    with step() as number:
        Event.objects.update(title="Neu", subtitle="Neu")
    with step():
        Event.objects.update(title="Später")
    clash = Clash("events.Event", event.pk, "Veranstaltung: Später", ("Titel",), "Seitdem geändert.")
    assert refusal(number).rows == [clash]
    assert Event.objects.get().subtitle == "Neu"


def test_what_was_changed_and_changed_back_is_in_nobodys_way():
    make.EventFactory(title="Alt")
    with step() as number:
        Event.objects.update(title="Neu")
    for title in ("Später", "Neu"):
        with step():
            Event.objects.update(title=title)
    undo(number)
    assert Event.objects.get().title == "Alt"


def test_what_is_there_already_needs_no_undoing():
    make.EventFactory(title="Alt")
    with step() as number:
        Event.objects.update(title="Neu")
    with step():
        Event.objects.update(title="Alt")
    new_step()
    with pytest.raises(Nothing):
        undo(number)


def test_an_addition_that_was_edited_since_is_not_taken_away():
    with step() as number:
        make.TopicFactory()
    with step():
        Topic.objects.update(summary="Arbeit von Stunden")
    assert [clash.fields for clash in refusal(number).rows] == [("Kurzbeschreibung",)]


def test_an_addition_that_others_refer_to_is_not_taken_away():
    with step() as number:
        topic = make.TopicFactory()
    with step():
        make.EventFactory(topics=[topic])
    assert refusal(number).rows[0].why == "Andere Einträge verweisen inzwischen darauf."
    assert EventTopic.objects.count() == 1


def test_what_refers_to_something_gone_does_not_come_back():
    topic = make.TopicFactory()
    make.EventFactory(topics=[topic])
    with step() as number:
        EventTopic.objects.all().delete()
    with step():
        topic.delete()
    assert refusal(number).rows[0].why == "Worauf verwiesen wird, ist inzwischen gelöscht."


def test_what_lost_its_place_to_another_entry_does_not_come_back():
    topic = make.TopicFactory(slug="ki")
    with step() as number:
        topic.delete()
    with step():
        make.TopicFactory(slug="ki")
    assert refusal(number).rows[0].why == "Ein anderer Eintrag steht inzwischen an seiner Stelle."


def test_what_was_deleted_since_cannot_be_changed_back():
    make.TopicFactory(name_de="Alt")
    with step() as number:
        Topic.objects.update(name_de="Neu")
    with step():
        Topic.objects.all().delete()
    assert [clash.why for clash in refusal(number).rows] == ["Seitdem entfernt."]


def test_values_that_changed_places_go_back_by_the_same_way():
    one, other = make.TopicFactory(slug="eins"), make.TopicFactory(slug="zwei")
    with step() as number:
        for topic, slug in ((one, "drei"), (other, "eins"), (one, "zwei")):
            Topic.objects.filter(pk=topic.pk).update(slug=slug)
    undo(number)
    assert list(Topic.objects.order_by("pk").values_list("slug", flat=True)) == ["eins", "zwei"]


def test_an_undone_change_of_address_leaves_both_working():
    venue = make.VenueFactory(slug="alt")
    with step() as number:
        Venue.objects.update(slug="neu")
    undo(number)
    assert Venue.objects.get().slug == "alt"
    assert list(FormerSlug.objects.values_list("slug", "target")) == [("neu", venue.pk)]


def test_a_merge_by_hand_is_undone_with_addresses_and_all_that_moved():
    one, other = make.EventFactory(slug="eins"), make.EventFactory(slug="zwei-alt")
    Event.objects.filter(pk=other.pk).update(slug="zwei")
    source, session = make.SourceFactory(event=other), make.SessionFactory(event=other)
    make.AppearanceFactory(event=other, session=session)
    other_pk = other.pk
    with step() as number:
        for name in ("sources", "sessions", "appearances"):
            getattr(other, name).update(event=one)
        FormerSlug.objects.filter(noun="event", target=other_pk).update(target=one.pk)
        other.delete()
        FormerSlug.objects.create(noun="event", slug="zwei", target=one.pk)
    undo(number)
    assert Source.objects.get(pk=source.pk).event_id == other_pk
    assert Session.objects.get(pk=session.pk).appearances.get().event_id == other_pk
    assert list(FormerSlug.objects.values_list("slug", "target")) == [("zwei-alt", other_pk)]
    assert Event.objects.get(pk=other_pk).slug == "zwei"


def test_a_moved_row_is_gone_here_and_new_there():
    one, other = make.EventFactory(), make.EventFactory()
    source = make.SourceFactory(event=one, title="Quelle")
    new_step()
    Source.objects.update(event=other)
    last = Change.objects.order_by("-pk")[:2]
    assert [(c.kind, c.owner, c.key) for c in last] == [
        ("insert", other.pk, source.pk),
        ("delete", one.pk, source.pk),
    ]


def test_who_comes_back_has_no_tombstone_and_a_higher_revision():
    event = make.EventFactory()
    Event.objects.update(title="Zweite Fassung")
    revision = Event.objects.get().revision
    with step():
        event.delete()
    assert Tombstone.objects.count() == 1
    recover(Change.objects.get(kind="delete", table="events_event").pk)
    assert Tombstone.objects.count() == 0
    assert Event.objects.get().revision > revision


def test_versions_that_visitors_could_read_come_back_with_the_event():
    event = make.EventFactory()
    new_step()
    versions = list(event.versions.values_list("facts"))
    with step() as number:
        Event.objects.get().delete()
    undo(number)
    assert list(Event.objects.get().versions.values_list("facts")) == versions != []


def test_an_undone_publication_is_a_step_itself():
    event = make.EventFactory(state="draft", published_at=None)
    user = User.objects.create_superuser("erna")
    with step() as number:
        publish(event, by=user)
    with acting(user):
        undo(number)
    event.refresh_from_db()
    assert (event.state, event.published_at) == ("draft", None)
    steps = list(Step.objects.order_by("pk").values_list("from_state", "to_state", "by", "note"))
    assert steps[-1] == ("published", "draft", user.pk, "Im Verlauf rückgängig gemacht.")


def test_a_withdrawal_is_undone_and_the_stone_lifted():
    event = make.EventFactory()
    with step() as number:
        withdraw(event, note="Versehen")
    undo(number)
    assert Event.objects.get().state == "published"
    assert Tombstone.objects.count() == 0


def test_an_earlier_version_comes_back_with_its_details_but_what_is_left():
    organisation = make.OrganisationFactory()
    event = make.EventFactory(title="Alt", organisers=[organisation], state="draft", published_at=None)
    make.SourceFactory(event=event, title="Erste")
    then = Change.objects.latest("pk").pk
    new_step()
    Event.objects.update(title="Neu", state="published")
    Participation.objects.all().delete()
    Source.objects.update(title="Zweite")
    make.SessionFactory(event=event)
    new_step()
    restore("event", event.pk, then, leave=["state", "published_at"])
    event.refresh_from_db()
    assert (event.title, event.state) == ("Alt", "published")
    assert [link.organisation for link in event.participations.all()] == [organisation]
    assert Source.objects.get().title == "Erste"
    assert event.sessions.count() == 0


def test_only_removed_entries_are_recovered():
    make.SourceFactory().delete()
    with pytest.raises(Change.DoesNotExist):
        recover(Change.objects.get(kind="delete").pk)


def test_an_undoing_says_who_and_why():
    user = User.objects.create_superuser("erna")
    Organisation.objects.all().delete()
    with step() as number:
        make.OrganisationFactory()
    undo(number, by=user, reason="Versehen")
    assert list(Change.objects.values_list("kind", "actor", "reason")) == [
        ("insert", None, ""),
        ("delete", user.pk, "Versehen"),
    ]
