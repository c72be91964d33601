"""Whatever is done, by whatever way: undoing it gives back what was there, and so does restoring."""

from contextlib import suppress
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import Event
from tests.journal import world as entries
from tests.lasting import lasting
from tests.trail import world
from tests.trail.hands import new_step
from trail.acting import current_transaction
from trail.models import Change
from trail.planning import Conflict, Nothing
from trail.undoing import restore, undo

QUICK = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filled")]


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        entries.build()
        yield


@pytest.fixture
def rolled_back():
    """Each example begins with the same entries."""

    def run(example):
        with transaction.atomic():
            example()
            transaction.set_rollback(True)

    return run


def test_the_steps_are_worth_undoing():
    """Most of what is tried below does happen."""
    chance, before = Random(7), world.dump()  # noqa: S311 (chance, not secrecy)
    done = [world.act(chance) for _number in range(20)]
    assert sum(done) >= 10
    assert world.dump() != before
    assert {change.kind for change in Change.objects.all()} == {"insert", "update", "delete"}


@QUICK
@given(seed=st.integers(0, 10**6))
def test_undoing_step_by_step_gives_back_each_former_state(seed, rolled_back):
    def example():
        chance, states = Random(seed), []  # noqa: S311 (chance, not secrecy)
        for _number in range(6):
            before = world.dump()
            if world.act(chance) and world.dump() != before:
                states.append((current_transaction(), before))
        for number, before in reversed(states):
            new_step()
            undo(number)
            assert world.dump() == before

    rolled_back(example)


@QUICK
@given(seed=st.integers(0, 10**6))
def test_what_was_undone_can_be_done_again(seed, rolled_back):
    def example():
        chance, before = Random(seed), world.dump()  # noqa: S311 (chance, not secrecy)
        if not world.act(chance) or world.dump() == before:
            return
        done, number = world.dump(), current_transaction()
        new_step()
        undone = undo(number)
        new_step()
        undo(undone)
        assert world.dump() == done

    rolled_back(example)


@QUICK
@given(seed=st.integers(0, 10**6))
def test_a_step_in_the_middle_is_undone_alone_or_not_at_all(seed, rolled_back):
    def example():
        chance = Random(seed)  # noqa: S311 (chance, not secrecy)
        numbers = [current_transaction() for _number in range(4) if world.act(chance)]
        new_step()
        before = world.dump()
        try:
            number = undo(chance.choice(numbers or [0]))
        except (Conflict, Nothing):
            assert world.dump() == before
        else:
            new_step()
            # What later steps had taken back already left nothing to undo.
            with suppress(Nothing):
                undo(number)
            assert world.dump() == before

    rolled_back(example)


@QUICK
@given(seed=st.integers(0, 10**6))
def test_any_earlier_version_of_an_event_comes_back(seed, rolled_back):
    def example():
        chance, versions = Random(seed), []  # noqa: S311 (chance, not secrecy)
        event = chance.choice(list(Event.objects.order_by("pk")))
        for _number in range(6):
            versions.append((Change.objects.latest("pk").pk, world.of_event(event.pk)))
            world.act(chance)
        change, version = chance.choice(versions)
        new_step()
        before = world.dump()
        try:
            restore("event", event.pk, change)
        except Nothing:
            assert world.of_event(event.pk) == version
        except Conflict:
            assert world.dump() == before
        else:
            assert world.of_event(event.pk) == version

    rolled_back(example)
