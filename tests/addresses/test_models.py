"""Former addresses, which a trigger keeps for every noun, whichever way a row is written."""

import pytest
from django.db import connection, transaction

from addresses.models import FormerSlug, NounKind
from tests.factories import (
    EventFactory,
    OrganisationFactory,
    SeriesFactory,
    SpeakerFactory,
    TopicFactory,
    VenueFactory,
)
from tests.rules import refused, rules_of

pytestmark = pytest.mark.django_db

NOUNS = {
    NounKind.EVENT: EventFactory,
    NounKind.SERIES: SeriesFactory,
    NounKind.ORGANISATION: OrganisationFactory,
    NounKind.SPEAKER: SpeakerFactory,
    NounKind.TOPIC: TopicFactory,
    NounKind.VENUE: VenueFactory,
}
each_noun = pytest.mark.parametrize(("noun", "factory"), NOUNS.items())


def rename(thing, slug):
    type(thing).objects.filter(pk=thing.pk).update(slug=slug)


def remembered():
    return {(one.noun, one.slug): one.target for one in FormerSlug.objects.all()}


def test_each_noun_has_a_maker():
    assert set(NOUNS) == set(NounKind)


@each_noun
def test_a_renamed_thing_is_found_under_its_old_name(noun, factory):
    thing = factory(slug="alt")
    thing.slug = "neu"
    thing.save()
    assert remembered() == {(noun, "alt"): thing.pk}
    assert FormerSlug.objects.target_of(noun, "alt") == thing.pk
    assert FormerSlug.objects.current_slugs([noun], ["alt", "neu"]) == {(noun, "alt"): "neu"}


@each_noun
def test_raw_sql_is_remembered_alike(noun, factory):
    thing = factory(slug="alt")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {thing._meta.db_table} SET slug = 'neu' WHERE id = %s", [thing.pk])
    assert remembered() == {(noun, "alt"): thing.pk}


@each_noun
def test_what_is_gone_has_no_former_names(noun, factory):
    thing, other = factory(slug="alt"), factory(slug="bleibt")
    rename(thing, "neu")
    rename(other, "bleibt-doch")
    thing.delete()
    assert remembered() == {(noun, "bleibt"): other.pk}


def test_renamed_twice_both_old_names_lead_to_it():
    thing = TopicFactory(slug="eins")
    rename(thing, "zwei")
    rename(thing, "drei")
    assert remembered() == {("topic", "eins"): thing.pk, ("topic", "zwei"): thing.pk}


def test_renamed_back_the_name_in_use_is_no_former_one():
    thing = TopicFactory(slug="eins")
    rename(thing, "zwei")
    rename(thing, "eins")
    assert remembered() == {("topic", "zwei"): thing.pk}


def test_a_new_thing_takes_an_abandoned_name_over():
    thing = TopicFactory(slug="eins")
    rename(thing, "zwei")
    TopicFactory(slug="eins")
    assert remembered() == {}


def test_two_things_swap_their_names():
    first, second = TopicFactory(slug="a"), TopicFactory(slug="b")
    with transaction.atomic():
        rename(first, "zwischen")
        rename(second, "a")
        rename(first, "b")
    assert remembered() == {("topic", "zwischen"): first.pk}


def test_a_name_passed_on_and_left_again_means_the_latest_bearer():
    first, second = TopicFactory(slug="a"), TopicFactory(slug="b")
    rename(first, "c")
    rename(second, "a")
    rename(second, "d")
    assert remembered() == {("topic", "a"): second.pk, ("topic", "b"): second.pk}


def test_equal_names_of_different_nouns_do_not_meet():
    topic, venue = TopicFactory(slug="kubus"), VenueFactory(slug="kubus")
    rename(topic, "wuerfel")
    assert remembered() == {("topic", "kubus"): topic.pk}
    rename(venue, "quader")
    assert remembered() == {("topic", "kubus"): topic.pk, ("venue", "kubus"): venue.pk}
    venue.delete()
    assert remembered() == {("topic", "kubus"): topic.pk}


def test_other_changes_remember_nothing():
    thing = TopicFactory(slug="eins")
    thing.name_de = "Anders"
    thing.save()
    assert remembered() == {}


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("formerslug_noun_known", {"noun": "planet", "slug": "mars"}),
        ("formerslug_one_target", {"noun": "topic", "slug": "da"}),
    ],
)
def test_wrong_values_are_refused(rule, wrong):
    FormerSlug.objects.create(noun="topic", slug="da", target=1)
    with refused(rule):
        FormerSlug.objects.create(target=2, **wrong)


def test_each_rule_is_tried():
    assert rules_of("addresses") == {"formerslug_noun_known", "formerslug_one_target"}
