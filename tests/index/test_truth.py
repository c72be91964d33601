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
from index import rebuilding, search
from index.models import Document, Name, Pending, Word
from index.rebuilding import rebuild
from index.refresh import refresh, refresh_all
from index.registry import nouns
from organisations.models import Organisation
from speakers.actions import anonymise
from speakers.models import Speaker
from tests.factories import AppearanceFactory, EventFactory, OrganisationFactory, SpeakerFactory, TopicFactory
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


def told():
    """All that the index says, in a form that does not depend on how it came about."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT noun, object, words::text, head::text, forms, texts, starts_at, ends_at FROM index_document "
            "ORDER BY noun, object"
        )
        documents = cursor.fetchall()
    names = Name.objects.values_list("noun", "object", "text", "start", "rank", "canonical", "meaning")
    words = Word.objects.values_list("form", "plain", "key", "parts", "count")
    return documents, sorted(names), sorted((*row[:3], tuple(row[3]), row[4]) for row in words)


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
    assert not Document.objects.filter(words__tells="'kurbiskern'").exists()


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
    assert Document.objects.filter(words__tells="'kartoffelamt'").count() == 2


def test_a_rebuild_drops_what_is_gone_and_needs_no_triggers():
    event = EventFactory(title="Kürbisfest")
    refresh_all()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM index_pending")
        cursor.execute(
            "INSERT INTO index_word (form, plain, key, parts, count) VALUES ('x', 'x', 'x', '{}', 9)"
        )
        cursor.execute(
            "INSERT INTO index_document (noun, object, words, head, forms) "
            "VALUES ('event', 999999, '', '', '{}')"
        )
    rebuild()
    assert list(Document.objects.values_list("object", flat=True)) == [event.pk]
    assert not Word.objects.filter(form="x").exists()


def test_a_rebuild_that_was_cut_short_goes_on_and_searches_wait_for_none():
    class CutShort(Exception):
        pass

    def cut(done, total):
        raise CutShort

    TopicFactory.create_batch(3)
    refresh_all()
    with pytest.raises(CutShort):
        rebuild(cut)
    Pending.objects.bulk_create([Pending(noun="topic", object=pk, urgent=False) for pk in topics()])
    assert refresh() == 0
    assert rebuild(anew=False) == 3
    assert not Pending.objects.exists()


def test_searches_find_old_and_new_words_while_the_index_is_rebuilt(monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 1)
    organisation = OrganisationFactory(name="Kürbisamt")
    events = [EventFactory(title=f"Kürbisfest {place}", organisers=[organisation]) for place in range(3)]
    refresh_all()
    found = []

    def edit_and_ask(done, total):
        if done == 3:
            Organisation.objects.update(name="Kartoffelamt")
        found.append((len(ask("Kürbisfest")), len(ask("Kartoffelamt"))))

    rebuild(edit_and_ask)
    assert len(found) == Document.objects.count()
    assert {old for old, _new in found} == {len(events)}
    assert {new for _old, new in found[3:]} == {len(events)}
    after = told()
    rebuild()
    assert told() == after


def test_what_concerns_others_is_not_struck_off_by_a_rebuild():
    organisation = OrganisationFactory(name="Kürbisamt")
    EventFactory(organisers=[organisation])
    refresh_all()
    Organisation.objects.update(name="Kartoffelamt")
    rebuild(anew=False)
    assert len(ask("Kartoffelamt")) == 1


@pytest.mark.django_db(transaction=True)
def test_several_processes_make_the_same_index(monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    monkeypatch.setattr(rebuilding, "_WORTH_A_PROCESS", 1)
    TopicFactory.create_batch(5)
    EventFactory(title="Kürbisfest")
    rebuild()
    after = told()
    Document.objects.all().delete()
    progress = []
    number = rebuild(lambda done, total: progress.append((done, total)), jobs=2)
    assert progress[-1] == (number, number)
    assert told() == after


def ask(text):
    return search.find(text, nouns=["event"]).hits


def topics():
    return Topic.objects.values_list("pk", flat=True)


def test_every_noun_can_be_searched():
    assert set(nouns()) == {"event", "series", "topic", "venue", "organisation", "speaker"}
