"""After any edit, by whatever way: what outputs tell has changed only where the dates of change say so."""

import random

import pytest
from django.apps import apps

from events.models import Event
from journal import version
from tests.journal import world
from tests.journal.hands import commit_changes
from tests.journal.test_version import TELLING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
EDITS = 40
TABLES = [
    apps.get_model(label) for label in sorted(TELLING - {"addresses.FormerSlug", "events.PublishedVersion"})
]


def stamps():
    return {
        (model._meta.model_name, pk): moment
        for model in world.NOUNS
        for pk, moment in model.objects.values_list("pk", "modified_at")
    }


def revisions():
    return dict(Event.objects.values_list("pk", "revision"))


@pytest.mark.parametrize("seed", [1, 2])
def test_what_outputs_tell_changes_with_the_dates_of_change(seed):
    chance = random.Random(seed)  # noqa: S311 (chance, not secrecy)
    world.build()
    commit_changes()
    told, stamped, number, done = world.told(), stamps(), version.current().number, 0
    while done < EDITS:
        way = world.edit(chance, TABLES)
        now_stamped = stamps()
        commit_changes()
        now_told, now_number = world.told(), version.current().number
        changed = {key for key in told.keys() & now_told.keys() if told[key] != now_told[key]}
        silent = {key for key in changed if now_stamped[key] <= stamped[key]}
        assert silent == set(), way
        assert now_number > number or told == now_told, way
        told, stamped, number, done = now_told, stamps(), now_number, done + bool(way)


@pytest.mark.parametrize("seed", [4])
def test_what_calendars_tell_changes_with_the_revision(seed):
    chance = random.Random(seed)  # noqa: S311 (chance, not secrecy)
    world.build()
    commit_changes()
    told, revision, done = world.told_to_calendars(), revisions(), 0
    while done < EDITS:
        way = world.edit(chance, TABLES)
        commit_changes()
        now_told, now_revision = world.told_to_calendars(), revisions()
        changed = {key for key in told.keys() & now_told.keys() if told[key] != now_told[key]}
        assert {key for key in changed if now_revision[key] <= revision[key]} == set(), way
        told, revision, done = now_told, now_revision, done + bool(way)
