"""No table of a noun is forgotten, and none is followed that is no noun's."""

import pytest
from django.db import connection
from django.db.models import CASCADE

from tests.factories import TopicFactory
from tests.rules import own_models, refused
from trail import registry
from trail.models import Change

# Tables whose rows go with an entry and that are not on the trail, each with the reason.
BESIDE: dict[str, str] = {}
# Tables whose rows do not go with an entry and are on the trail all the same, each with the reason.
BESIDES = {
    "addresses.FormerSlug": "kept by the database, and back with the entry",
    "accounts.Membership": "an undone merge must leave nobody the rights of another organisation",
}
EVENTS = ("INSERT", "UPDATE", "DELETE")


def triggers():
    """{(table, what it follows)} of the triggers that write the trail."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT event_object_table, event_manipulation FROM information_schema.triggers "
            "WHERE action_statement LIKE '%%_keep_trail()'"
        )
        return set(cursor.fetchall())


def followed():
    """Models that are nouns, or whose rows are deleted with one."""
    entries = [table.model for table in registry.nouns().values()]
    owned = [
        model
        for model in own_models()
        for field in model._meta.concrete_fields
        if field.related_model in entries and field.remote_field.on_delete is CASCADE
    ]
    return {model._meta.label for model in [*entries, *owned]} - BESIDE.keys()


@pytest.mark.django_db
def test_every_table_of_a_noun_is_on_the_trail():
    registered = {table.label for table in registry.tables().values()}
    assert registered - BESIDES.keys() == followed()
    expected = {
        (name, event) for name, table in registry.tables().items() for event in EVENTS if not table.is_kept
    }
    kept = {(name, "DELETE") for name, table in registry.tables().items() if table.is_kept}
    assert triggers() == expected | kept | {("addresses_formerslug", "UPDATE")}


def test_an_owner_is_the_foreign_key_to_its_noun():
    assert registry.tables()["events_eventvenue"].owner == "event"
    assert registry.tables()["events_seriesorganiser"].owner == "series"
    assert registry.tables()["events_event"].is_entry


@pytest.mark.django_db
def test_a_kind_of_change_is_known():
    with refused("change_kind_known"):
        change(kind="moved")


@pytest.mark.django_db
def test_an_addition_had_nothing_before():
    with refused("change_addition_had_nothing_before"):
        change(kind="insert", before={"name_de": "x"})


def change(**values):
    TopicFactory()
    one = Change.objects.latest("pk")
    for name, value in values.items():
        setattr(one, name, value)
    one.pk = None
    one.save()
