"""Events in the whole catalogue that are kept say what they would say if they were drawn anew."""

import random

import pytest
from django.utils.translation import override

from events import node_pieces
from events.models import Event
from events.outputs import cpev, json_graph
from speakers.actions import anonymise
from tests.events.outputs.cast import ENGLISH, GERMAN
from tests.factories import AppearanceFactory, SpeakerFactory
from tests.journal import world
from tests.journal.hands import commit_changes
from tests.journal.test_truth import TABLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
EDITS = 8


def drawn(site):
    """All of them, each drawn anew."""
    events = Event.objects.published().for_detail().order_by("pk")
    with override(site.language):
        return [(event.pk, json_graph.text(cpev.event_node(event, site))) for event in events]


def told(site=GERMAN):
    return list(node_pieces.nodes(Event.objects.published(), site))


@pytest.fixture
def one():
    """An event with somebody at it, whose node is kept."""
    event = AppearanceFactory(speaker=SpeakerFactory(family_name="Möwenschlund")).event
    commit_changes()
    told()
    return event


def test_kept_or_drawn_they_are_the_same_after_any_edit():
    chance = random.Random(3)  # noqa: S311 (chance, not secrecy)
    world.build()
    done = 0
    while done < EDITS:
        commit_changes()
        sites = [GERMAN, ENGLISH] if done % 3 else [GERMAN]
        assert [told(site) for site in sites] == [drawn(site) for site in sites]
        done += bool(world.edit(chance, TABLES))


def test_nothing_is_drawn_twice(one, django_assert_num_queries):
    with django_assert_num_queries(2):
        again = told()
    assert again == drawn(GERMAN)


def test_whoever_is_erased_leaves_at_once(one):
    ((_pk, before),) = told()
    assert "Möwenschlund".encode() in before
    anonymise(one.appearances.get().speaker)
    assert "Möwenschlund".encode() not in told()[0][1]
