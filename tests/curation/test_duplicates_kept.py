"""Suspicions are kept, brought up to date with what has changed, and decided on."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from curation.duplicates import suspects
from curation.duplicates.kinds import KINDS
from curation.models import Examined, Suspicion, Unlike
from organisations.models import Organisation
from tests import factories as make
from tests.rules import refused, try_both_ways

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def pair(noun="organisation", one=1, other=2, **more):
    return Suspicion.objects.create(**({"noun": noun, "one": one, "other": other, "score": 80} | more))


def examined():
    """As if everything had been looked at long after it changed."""
    for noun in KINDS:
        values = {"at": "2100-01-01T00:00:00Z", "object": 0}
        Examined.objects.update_or_create(noun=noun, defaults=values)


@pytest.fixture
def twins():
    return make.OrganisationFactory(name="Verband Kommunaler Rechenzentren"), make.OrganisationFactory(
        name="Verband kommunaler Rechenzentren e. V."
    )


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("suspicion_in_order", {"one": 3, "other": 3}),
        ("suspicion_noun_known", {"noun": "haus"}),
        ("suspicion_score_out_of_100", {"score": 101}),
    ],
)
def test_the_database_refuses_suspicions_that_say_nothing(rule, wrong):
    try_both_ways(rule, pair, wrong)


@pytest.mark.parametrize(
    ("rule", "wrong"), [("unlike_in_order", {"one": 3, "other": 3}), ("unlike_noun_known", {"noun": "haus"})]
)
def test_the_database_refuses_decisions_that_say_nothing(rule, wrong):
    def decision(**more):
        return Unlike.objects.create(**({"noun": "event", "one": 1, "other": 2} | more))

    try_both_ways(rule, decision, wrong)


@pytest.mark.parametrize(("rule", "model"), [("suspicion_once", Suspicion), ("unlike_once", Unlike)])
def test_a_pair_stands_there_once(rule, model):
    more = {"score": 80} if model is Suspicion else {}
    model.objects.create(noun="event", one=1, other=2, **more)
    with refused(rule):
        model.objects.create(noun="event", one=1, other=2, **more)


def test_what_has_changed_is_looked_at_and_what_is_gone_is_dropped(twins):
    one, other = twins
    assert suspects.refresh() == 2
    assert list(Suspicion.objects.values_list("noun", "one", "other")) == [("organisation", one.pk, other.pk)]
    Organisation.objects.filter(pk=other.pk).update(name="Musterstadt")
    suspects.refresh()
    assert suspects.count() == 0
    Organisation.objects.filter(pk=other.pk).update(name=one.name)
    suspects.refresh()
    assert suspects.count("organisation") == 1
    other.delete()
    suspects.refresh()
    assert not Suspicion.objects.exists()


def test_portions_come_to_an_end(twins):
    make.TopicFactory.create_batch(3)
    assert suspects.refresh(1) == 2
    call_command("find_duplicates", verbosity=0)
    assert suspects.count() == 1
    assert set(Examined.objects.values_list("noun", flat=True)) == {"organisation", "topic"}


def test_what_was_called_unlike_is_suspected_no_more(twins):
    one, other = twins
    suspects.refresh()
    assert list(suspects.suspected(Organisation.objects.order_by("pk"), "organisation")) == [one, other]
    Unlike.objects.create(noun="organisation", one=one.pk, other=other.pk)
    assert suspects.count() == 0
    assert not suspects.suspected(Organisation.objects.all(), "organisation")


def test_looking_again_costs_little_where_nothing_has_changed(django_assert_num_queries, twins):
    suspects.refresh()
    examined()
    with django_assert_num_queries(12):
        suspects.refresh()


def test_an_entry_that_is_saved_is_looked_at_unless_all_are(twins):
    one, other = twins
    holder = connection.copy()
    with holder.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [suspects._LOCK])
        assert not suspects.examine_now("organisation", one.pk)
        # Closing alone lets go of it a moment later.
        cursor.execute("SELECT pg_advisory_unlock(%s)", [suspects._LOCK])
    holder.close()
    assert not Suspicion.objects.exists()
    assert suspects.examine_now("organisation", one.pk)
    assert [key for key, _score, _reasons in suspects.kept("organisation", one.pk)] == [other.pk]
    assert [key for key, _score, _reasons in suspects.kept("organisation", other.pk)] == [one.pk]


def test_it_is_said_when_the_search_falls_behind(now, twins):
    modified_at = Organisation.objects.latest("modified_at").modified_at
    assert suspects.is_behind(modified_at)
    suspects.refresh()
    Examined.objects.update(at=modified_at - timedelta(minutes=1))
    assert not suspects.is_behind(modified_at + timedelta(hours=1))
    assert suspects.is_behind(modified_at + timedelta(hours=3))
    examined()
    assert not suspects.is_behind(modified_at + timedelta(hours=3))
