"""The way to the public: each move from each stage by each person, and what it leaves behind."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from events import actions, workflow
from events.models import Event, Step
from events.workflow import Move, NotAllowedError, Stage
from journal.models import Tombstone
from tests.accounts.cast import make_people
from tests.factories import NOW, PUBLISHED, EventFactory
from tests.journal.hands import commit_changes
from tests.lasting import lasting
from tests.rules import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
LATER = NOW + dt.timedelta(days=9)

# Written out once more, as editors would say it: what leads where, and whether it needs a word.
EDITING, PUBLISHING = "may edit", "may publish"
WAYS = {
    ("draft", "submit"): ("in_review", EDITING),
    ("draft", "publish"): ("published", PUBLISHING),
    ("in_review", "send_back"): ("draft", EDITING),
    ("in_review", "publish"): ("published", PUBLISHING),
    ("scheduled", "send_back"): ("draft", PUBLISHING),
    ("scheduled", "publish"): ("published", PUBLISHING),
    ("published", "withdraw"): ("withdrawn", PUBLISHING),
    ("withdrawn", "publish"): ("published", PUBLISHING),
}
NEED_A_NOTE = {"send_back", "withdraw"}
# With an event that is theirs, as far as any is.
MAY = {
    "administrator": {EDITING, PUBLISHING},
    "publisher": {EDITING, PUBLISHING},
    "editor": {EDITING},
    "author": {EDITING},
    "member": {EDITING},
    "trusted_member": {EDITING, PUBLISHING},
    "stranger": set(),
    "nobody": set(),
    "visitor": set(),
}


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        yield make_people()


def event_at(stage, people, name):
    """An event at that stage, of the person's own kind."""
    group = people.written if name == "author" else people.ours
    state = "published" if stage == "scheduled" else stage
    event = Event.objects.get(pk=group[state].pk)
    if stage == "scheduled":
        Event.objects.filter(pk=event.pk).update(publish_from=LATER, published_at=LATER)
        event.refresh_from_db()
    return event


def fresh(user):
    return type(user).objects.get(pk=user.pk) if user.is_authenticated else user


@pytest.mark.parametrize("stage", Stage.values)
@pytest.mark.parametrize("name", MAY)
def test_each_move_from_each_stage_by_each_person(name, stage, people):
    user, event = fresh(getattr(people, name)), event_at(stage, people, name)
    allowed = {move for (start, move), (_to, needs) in WAYS.items() if start == stage and needs in MAY[name]}
    if name == "author" and stage in ("published", "scheduled", "withdrawn"):
        allowed = set()
    assert set(workflow.moves(user, event)) == allowed
    assert {move for move in Move if goes(event, move, user)} == allowed


def goes(event, move, user):
    """Whether the step is gone; it is taken back at once."""
    try:
        with transaction.atomic():
            actions.take(Event.objects.get(pk=event.pk), move, by=user, note="Weil.")
            transaction.set_rollback(True)
    except (NotAllowedError, PermissionDenied):
        return False
    return True


@pytest.mark.parametrize(("stage", "move"), WAYS)
def test_each_way_leaves_a_step(stage, move, people):
    event = event_at(stage, people, "publisher")
    before = event.state
    actions.take(event, Move(move), by=people.publisher, note="  Weil es so ist.  ")
    step = event.steps.last()
    assert (step.from_state, step.to_state, step.by, step.note, step.at) == (
        before,
        WAYS[stage, move][0],
        people.publisher,
        "Weil es so ist.",
        NOW,
    )


@pytest.mark.parametrize(("stage", "move"), WAYS)
def test_the_ways_back_need_a_word(stage, move, people):
    event = event_at(stage, people, "publisher")
    if move not in NEED_A_NOTE:
        actions.take(event, Move(move), by=None)
        assert event.steps.last().by is None
        return
    with pytest.raises(ValidationError) as caught:
        actions.take(event, Move(move), by=None, note=" ")
    assert list(caught.value.message_dict) == ["note"]
    assert Event.objects.get(pk=event.pk).state == event.state


@pytest.mark.parametrize("stage", ["draft", "in_review", "scheduled"])
def test_what_nobody_has_seen_may_wait(stage, people):
    event = event_at(stage, people, "publisher")
    actions.publish(event, by=people.publisher, at=LATER + dt.timedelta(days=1))
    assert workflow.stage(event) == Stage.SCHEDULED
    assert workflow.stage(event, LATER + dt.timedelta(days=2)) == Stage.PUBLISHED
    assert event.published_at == event.publish_from == event.steps.last().publish_from


def test_what_was_seen_is_published_at_once(people):
    event = event_at("withdrawn", people, "publisher")
    with pytest.raises(ValidationError):
        actions.publish(event, by=people.publisher, at=LATER)
    actions.publish(event, by=people.publisher)
    assert event.is_public(NOW)
    assert event.published_at == PUBLISHED


def test_what_was_to_be_published_and_is_not_forgets_the_moment(people):
    event = event_at("scheduled", people, "publisher")
    actions.send_back(event, note="Noch nicht.", by=people.publisher)
    assert (event.state, event.publish_from, event.published_at) == ("draft", None, None)
    actions.publish(event, by=people.publisher)
    assert event.is_public(NOW)
    assert event.published_at <= NOW


def test_sending_to_review_keeps_the_moment_that_was_proposed(people):
    event = event_at("draft", people, "publisher")
    Event.objects.filter(pk=event.pk).update(publish_from=LATER)
    actions.submit(event, by=people.member)
    assert event.publish_from == LATER


def test_whoever_is_second_is_told(people):
    event = event_at("published", people, "publisher")
    actions.withdraw(Event.objects.get(pk=event.pk), note="Doppelt.", by=people.publisher)
    with pytest.raises(NotAllowedError):
        actions.withdraw(event, note="Auch.", by=people.administrator)
    assert event.steps.count() == 1


def test_lists_by_stage_agree_with_what_is_said_of_one(people):
    event_at("scheduled", people, "author")
    for stage in Stage:
        found = set(Event.objects.filter(workflow.at_stage([stage])))
        assert found == {event for event in Event.objects.all() if workflow.stage(event) == stage}, stage
    assert Event.objects.filter(workflow.at_stage(list(Stage))).count() == Event.objects.count()


# -- what visitors meet ----------------------------------------------------------------------------


def test_every_way_back_from_the_public_answers_gone_and_leaves_a_tombstone(client, people):
    event = EventFactory(slug="war-da")
    actions.withdraw(event, note="Doppelt.", by=people.publisher)
    commit_changes()
    assert client.get("/veranstaltungen/war-da/").status_code == 410
    assert client.get("/en/events/war-da.ics").status_code == 410
    assert Tombstone.objects.get(uid=event.uid).reason == "withdrawn"
    assert event in Event.objects.told_to_calendars(event.withdrawn_at)
    actions.publish(event, by=people.publisher)
    commit_changes()
    assert client.get("/veranstaltungen/war-da/").status_code == 200
    assert not Tombstone.objects.filter(uid=event.uid).exists()


@pytest.mark.parametrize("move", [Move.SUBMIT, Move.SEND_BACK])
@pytest.mark.parametrize("stage", ["published", "withdrawn"])
def test_what_was_seen_never_becomes_a_draft(stage, move, people):
    with pytest.raises(NotAllowedError):
        actions.take(event_at(stage, people, "publisher"), move, by=None, note="Weil.")


@pytest.mark.parametrize("stage", ["draft", "in_review", "scheduled"])
def test_what_nobody_saw_is_as_unknown_as_any(stage, client, people):
    event = event_at(stage, people, "publisher")
    assert client.get(event.get_absolute_url()).status_code == 404


# -- what the database keeps -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("step_from_known", {"from_state": "gone", "to_state": "published"}),
        ("step_to_known", {"from_state": "draft", "to_state": "gone"}),
        ("step_back_says_why", {"from_state": "published", "to_state": "withdrawn"}),
        ("step_back_says_why", {"from_state": "in_review", "to_state": "draft"}),
    ],
)
def test_steps_that_say_nothing_are_refused(rule, wrong, people):
    with refused(rule):
        Step.objects.create(event=people.ours["draft"], **wrong)


def test_an_entry_begins_once(people):
    event = people.written["draft"]
    with refused("step_begins_once"):
        Step.objects.create(event=event, to_state="draft", by=people.member)
    actions.begin(event, by=people.member)
    assert event.steps.get().by == people.author


def test_steps_outlive_the_account_that_went_them(people):
    event = event_at("draft", people, "publisher")
    actions.submit(event, by=people.editor, note="Bitte ansehen.")
    people.editor.delete()
    step = event.steps.last()
    assert (step.by, step.note) == (None, "Bitte ansehen.")
