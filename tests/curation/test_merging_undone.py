"""A merge and its way back, whatever is merged and chosen."""

import difflib
import json
import random

import pytest
from django.apps import apps

from accounts.models import Membership
from addresses.models import FormerSlug
from catalogue.dumping import dump
from curation.merging.actions import Refused, attempt
from curation.merging.fields import KEEP, LOSE, choices
from events.models import Event, Participation, PublishedVersion
from organisations.models import Organisation
from speakers.models import Speaker
from tests.curation.test_merging import NOUNS, merged, walk_back
from tests.journal import world
from tests.journal.hands import commit_changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
TABLES = [model for model in apps.get_app_config("events").get_models() if model is not PublishedVersion]
TABLES += [Organisation, Speaker, Membership]


def state():
    """All that could be told of the world, line by line: the dump, every row, former addresses."""
    document = json.loads(dump())
    for event in document["events"]:
        # Counters only ever rise.
        event.pop("revision", None)
    rows = [
        f"{model._meta.label}: {row}"
        for model in TABLES
        for row in model._base_manager.order_by("pk").values_list(*columns(model))
    ]
    told = json.dumps(document, indent=1).splitlines()
    return told + rows + [repr(row) for row in FormerSlug.objects.values_list("noun", "slug", "target")]


def differences(before, after):
    return [line for line in difflib.unified_diff(before, after, lineterm="", n=0) if line[0] in "+-"][2:]


def columns(model):
    # Counters and dates of change only ever rise.
    left = {"modified_at", "revision"}
    return [
        field.attname
        for field in model._meta.concrete_fields
        if field.name not in left and not field.generated
    ]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_merges_and_their_undo_give_back_the_same_catalogue(seed):
    chance = random.Random(seed)  # noqa: S311 (chance, not secrecy)
    world.build()
    commit_changes()
    before, undone, done = state(), [], 0
    for model in chance.sample(NOUNS * 2, len(NOUNS) * 2):
        if model.objects.count() < 2:
            continue
        keep, lose = chance.sample(list(model.objects.all()), 2)
        chosen = {choice.name: chance.choice([KEEP, LOSE]) for choice in choices(keep, lose)}
        try:
            undone.append(merged(keep, lose, **chosen).transaction)
        except Refused:
            continue
        done += 1
        commit_changes()
        if chance.random() < 0.5:
            walk_back(undone.pop())
    while undone:
        walk_back(undone.pop())
    assert done > 3
    assert differences(before, state()) == []


def test_what_is_tried_leaves_nothing_behind():
    world.build()
    commit_changes()
    before = state()
    keep, lose = Event.objects.order_by("pk")[:2]
    told = attempt(keep, lose, {}, {})
    assert sum(told.tally.values()) > 3
    assert differences(before, state()) == []
    assert Participation.objects.filter(event=lose).exists()
