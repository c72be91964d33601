"""Random steps of editors and programs over all nouns, and all that the tables of the nouns hold."""

import json
import random

from django.db import DataError, IntegrityError, connection, models, transaction

from events.models import (
    Appearance,
    Award,
    Event,
    EventTopic,
    EventVenue,
    Participation,
    Price,
    Series,
    SeriesOrganiser,
    Session,
    Source,
    Topic,
    Venue,
)
from lib.nouns import Noun
from organisations.models import Organisation
from speakers.models import Speaker
from tests import factories as make
from tests.journal import world
from tests.trail.hands import new_step
from trail import registry

ROWS = [
    Appearance, Award, EventTopic, EventVenue, Participation, Price, SeriesOrganiser, Session, Source,
    Event, Organisation, Series, Speaker, Topic, Venue,
]  # fmt: skip
MADE = [
    make.AppearanceFactory, make.EventFactory, make.ParticipationFactory, make.PriceFactory,
    make.SessionFactory, make.SourceFactory, make.TopicFactory, make.VenueFactory,
]  # fmt: skip
# What the database keeps by itself and never takes back.
RISING = ("modified_at", "revision")


def dump(*nouns):
    """{table: rows without what only rises} of all on the trail, or of some nouns alone."""
    found = {}
    with connection.cursor() as cursor:
        for name, table in registry.tables().items():
            if table.is_kept or (nouns and table.noun not in nouns):
                continue
            cursor.execute(
                f"SELECT (to_jsonb(entry) - %s::text[])::text FROM {name} AS entry", [list(RISING)]
            )
            found[name] = sorted(text for (text,) in cursor.fetchall())
    return found


def of_event(key):
    """All that belongs to one event, as `dump`."""
    return {
        name: [row for row in rows if json.loads(row).get("event_id", json.loads(row)["id"]) == key]
        for name, rows in dump("event").items()
    }


def act(chance: random.Random) -> bool:
    """A few random edits as one step; False if the database refused, and nothing happened."""
    new_step()
    try:
        with transaction.atomic():
            for _number in range(chance.randint(1, 3)):
                chance.choice([_edit, _edit, _edit, _add, _remove, _move, _rename_many])(chance)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except (IntegrityError, DataError, models.ProtectedError):
        return False
    return True


def _edit(chance):
    row = _any(chance, chance.choice(ROWS))
    if row is not None:
        chance.choice([world._save, world._update, world._sql])(chance, row)


def _add(chance):
    factory = chance.choice(MADE)
    given = {}
    for name, model in (("event", Event), ("speaker", Speaker), ("organisation", Organisation)):
        if name in {field.name for field in factory._meta.model._meta.concrete_fields}:
            given[name] = _any(chance, model)
    factory(**given)


def _remove(chance):
    row = _any(chance, chance.choice(ROWS))
    if row is not None and isinstance(row, Noun):
        row = _any(chance, Event)
    if row is not None:
        row.delete()


def _move(chance):
    """As merges do: rows that belong to one entry go over to another."""
    one, other = (_any(chance, Event) for _number in "ab")
    model = chance.choice([Source, Session, Price, Award])
    if one and other:
        model.objects.filter(event=one).update(event=other)


def _rename_many(chance):
    """The slugs of two entries change places, by way of a third one."""
    one, other = (_any(chance, Topic) for _number in "ab")
    if one and other and one.pk != other.pk:
        for key, slug in ((one.pk, "vertauscht"), (other.pk, one.slug), (one.pk, other.slug)):
            Topic.objects.filter(pk=key).update(slug=slug)


def _any(chance, model):
    return chance.choice(list(model.objects.order_by("pk")) or [None])
