"""Who did it and why is noted whichever way a change is made."""

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from events.models import Topic
from tests.factories import TopicFactory
from tests.journal.test_version import second_connection
from trail.acting import acting, actor, because, current_transaction
from trail.models import Change

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db):
    return User.objects.create_superuser("erna", password="geheim-und-lang")


@pytest.fixture
def topic(db):
    return TopicFactory()


def rename(name):
    Topic.objects.update(name_de=name)


def noted():
    return list(Change.objects.filter(kind="update").order_by("pk").values_list("actor", "reason"))


def test_who_acts_is_noted_with_the_reason(editor, topic):
    with acting(editor, "Neuer Name"):
        rename("Eins")
    rename("Zwei")
    assert noted() == [(editor.pk, "Neuer Name"), (None, "")]


def test_the_inner_one_counts_and_the_outer_one_comes_back(editor, topic):
    with acting(editor, "außen"):
        rename("Eins")
        with because("innen"):
            rename("Zwei")
        with pytest.raises(ValueError), acting(None, "vergeblich"):
            raise ValueError
        rename("Drei")
    assert noted() == [(editor.pk, "außen"), (editor.pk, "innen"), (editor.pk, "außen")]


def test_what_is_taken_back_with_a_savepoint_is_said_again(editor, topic):
    with acting(editor, "Grund"):
        with transaction.atomic():
            rename("Eins")
            transaction.set_rollback(True)
        rename("Zwei")
    assert noted() == [(editor.pk, "Grund")]


def test_nobody_is_asked_before_a_write(topic):
    with acting(lambda: 1 / 0, lambda: 1 / 0):
        assert Topic.objects.count() == 1
        with pytest.raises(ZeroDivisionError):
            rename("Eins")


def test_the_one_who_acts_can_be_asked_for(editor):
    assert actor() is None
    with acting(lambda: editor):
        assert actor() == editor


def test_a_reason_is_cut_and_no_text_breaks_a_write(topic):
    with because("x" * 999 + "\x00"):
        rename("Eins")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kongressatlas.actor', 'jemand', true)")
    rename("Zwei")
    assert noted() == [(None, "x" * 300), (None, "")]


def test_all_ways_of_the_orm_are_heard(editor, topic):
    with acting(editor, "w"):
        topic.name_de = "gespeichert"
        topic.save()
        Topic.objects.bulk_update([topic], ["name_de"])
        topic.summary = "x"
        Topic.objects.bulk_update([topic], ["summary"])
        TopicFactory().delete()
    assert set(
        Change.objects.exclude(pk=Change.objects.earliest("pk").pk).values_list("actor", "reason")
    ) == {(editor.pk, "w")}


def test_a_page_of_the_admin_acts_as_who_is_signed_in(editor, topic, client):
    client.force_login(editor)
    url = f"/admin/events/topic/{topic.pk}/change/"
    sent = {"name_de": "Aus dem Formular", "slug": topic.slug, "_reason": " Tippfehler "}
    assert client.post(url, sent).status_code == 302
    assert noted() == [(editor.pk, "Tippfehler")]


def test_a_visitor_without_a_session_is_not_looked_at(client, topic):
    assert "Cookie" not in client.get("/themen/").headers.get("Vary", "")


@pytest.mark.django_db(transaction=True)
def test_each_transaction_is_told_anew_even_if_it_begins_with_a_question(editor):
    topic = TopicFactory()
    with acting(editor, "mehrmals"):
        for name in ("Eins", "Zwei"):
            with transaction.atomic():
                assert Topic.objects.get() == topic
                rename(name)
        rename("Drei")
    rename("Vier")
    assert noted() == [(editor.pk, "mehrmals")] * 3 + [(None, "")]
    numbers = Change.objects.filter(kind="update").values_list("transaction")
    assert len(set(numbers)) == 4


@pytest.mark.django_db(transaction=True)
def test_sql_from_elsewhere_is_kept_as_nobodys(editor):
    TopicFactory(name_de="Alt")
    with acting(editor), second_connection() as other, other.cursor() as cursor:
        cursor.execute("UPDATE events_topic SET name_de = 'Von Hand'")
        other.commit()
    assert noted() == [(None, "")]
    assert Change.objects.latest("pk").before == {"name_de": "Alt"}


@pytest.mark.django_db(transaction=True)
def test_an_account_may_go_and_its_steps_stay(editor):
    topic = TopicFactory()
    with acting(editor, "bleibt"):
        rename("Eins")
    editor.delete()
    assert noted() == [(None, "bleibt")]
    assert Topic.objects.get() == topic


def test_the_number_of_a_transaction_is_that_of_its_changes(topic):
    number = current_transaction()
    rename("Eins")
    assert set(Change.objects.values_list("transaction", flat=True)) == {number}
