"""The index after any edits, whichever way they were written, is the index made anew."""

import random

import pytest
from django.db import connection

from events.models import (
    Appearance,
    Award,
    Event,
    EventTopic,
    EventVenue,
    Participation,
    Series,
    SeriesOrganiser,
    Session,
    Topic,
    Venue,
)
from index.models import Document, Name, Word
from index.rebuilding import rebuild
from index.refresh import refresh, refresh_all
from index.registry import nouns
from organisations.models import Organisation
from speakers.actions import anonymise
from speakers.models import Speaker
from tests.factories import AppearanceFactory, EventFactory, OrganisationFactory, SpeakerFactory, TopicFactory
from tests.index.state import told
from tests.journal import world

pytestmark = pytest.mark.django_db

TABLES = [
    Event, Series, Topic, Venue, Organisation, Speaker, SeriesOrganiser, Session, EventTopic, EventVenue,
    Participation, Appearance, Award,
]  # fmt: skip
# Words that take each other apart, come and go.
WORDS = [
    "Verwaltungskartoffel", "Kartoffel", "Kartoffelverwaltung", "Bürgerkartoffeln", "Kürbis", "Kürbisportal",
    "Kuerbis", "E-Kürbis", "Kürbisse", "kürbissieren", "Kartoffelkürbis", "KK",
]  # fmt: skip
TEXTS = [
    (Event, "title"), (Event, "summary"), (Series, "name"), (Topic, "name_de"), (Organisation, "short_name"),
    (Speaker, "family_name"), (Venue, "city"), (Session, "title"),
]  # fmt: skip


def rewrite(chance):
    model, column = chance.choice(TEXTS)
    keys = list(model.objects.values_list("pk", flat=True))
    some = chance.sample(keys, min(len(keys), chance.choice([1, 1, 2])))
    text = " ".join(chance.sample(WORDS, chance.choice([1, 2])))
    model.objects.filter(pk__in=some).update(**{column: text})


@pytest.mark.parametrize("seed", range(4))
def test_after_random_edits_the_index_is_the_one_made_anew(now, seed):
    chance = random.Random(seed)  # noqa: S311
    world.build()
    refresh_all()
    for _round in range(6):
        for _edit in range(chance.randint(1, 6)):
            if chance.random() < 0.5:
                rewrite(chance)
            else:
                world.edit(chance, TABLES)
        refresh_all()
        after = told()
        rebuild()
        assert told() == after


def test_every_table_that_entries_tell_of_is_heard():
    """Each row that is touched is noted, so that nothing is forgotten when a table is added."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT event_object_table, count(*) FROM information_schema.triggers "
            "WHERE trigger_name LIKE '%%\\_search\\_%%' GROUP BY 1"
        )
        heard = dict(cursor.fetchall())
    assert heard == {model._meta.db_table: 3 for model in TABLES}


def test_an_anonymised_person_leaves_no_word():
    person = SpeakerFactory(given_name="Zacharias", family_name="Kürbiskern", aliases=["Kürbismann"])
    AppearanceFactory(speaker=person)
    refresh_all()
    assert Word.objects.filter(plain__contains="kurbis").exists()
    anonymise(person)
    refresh_all()
    assert not Word.objects.filter(plain__contains="kurbis").exists()
    assert not Name.objects.filter(text__icontains="Kürbis").exists()
    assert not Document.objects.filter(words__tells=["'kurbiskern'"]).exists()


def test_what_is_pending_is_read_in_portions():
    TopicFactory.create_batch(5)
    assert refresh(limit=2) == 2
    assert Document.objects.count() == 2
    assert refresh() == 3
    assert refresh() == 0


def test_a_renamed_organisation_is_read_again_with_its_events():
    organisation = OrganisationFactory(name="Kürbisamt")
    EventFactory(organisers=[organisation])
    refresh_all()
    Organisation.objects.update(name="Kartoffelamt")
    refresh_all()
    assert Document.objects.filter(words__tells=["'kartoffelamt'"]).count() == 2


def test_every_noun_can_be_searched():
    assert set(nouns()) == {"event", "series", "topic", "venue", "organisation", "speaker"}
