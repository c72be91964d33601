"""What waits for editors: each number is the length of the list that it leads to."""

import datetime as dt

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.template.loader import render_to_string
from django.test import Client
from django.urls import NoReverseMatch, reverse

from curation.work_list.counting import waiting
from events.models import Event
from feedback.models import Report
from lib.editing.tasks import TaskFilter, all_tasks, find, tasks_of
from tests import factories as make
from tests.accounts.cast import make_people, person
from tests.curation import waiting_entries
from tests.factories import NOW
from tests.lasting import lasting

EVERY_TASK = [(task.model, task.name) for task in all_tasks()]


@pytest.fixture(scope="module")
def entries(django_db_setup, django_db_blocker):
    """Entries of which some wait, with an editor, as they are at NOW."""
    with lasting(django_db_blocker):
        editor = person("redaktion", "administrator")
        editor.is_superuser = True
        editor.save()
        for some in (
            waiting_entries.soon,
            waiting_entries.over,
            waiting_entries.to_check,
            waiting_entries.series,
        ):
            some()
        waiting_entries.others(editor)
        for number in range(5):
            Report.objects.create(kind="barrier", message=f"Zu klein {number}", language="de",
                                  answer_due_on=NOW.date() - dt.timedelta(days=number))  # fmt: skip
        yield editor


@pytest.fixture
def editor(entries, now, db):
    """An editor who is signed in."""
    client = Client()
    client.force_login(entries)
    return client


def cards(client):
    return {(card.task.model, card.task.name): card for card in client.get("/admin/").context["cards"]}


def listed(client, model, task):
    page = client.get(reverse(f"admin:{model.replace('.', '_').lower()}_changelist"), {"task": task})
    return page.context["cl"]


@pytest.mark.parametrize(("task", "expected"), waiting_entries.EXPECTED.items())
def test_each_task_of_events_concerns_just_these(task, expected, entries, db):
    found = find("events.Event", task).which(Event.objects.filter(series=None), NOW)
    assert set(found.values_list("slug", flat=True)) == expected


def test_each_number_is_the_length_of_its_list(editor):
    shown = cards(editor)
    for model, task in EVERY_TASK:
        count = shown[model, task].count if (model, task) in shown else 0
        assert listed(editor, model, task).result_count == count, (model, task)
    assert len(shown) >= 10


def test_the_other_kinds_are_called_done(editor):
    page = editor.get("/admin/").context
    told = {(task.model, task.name) for task in page["done"]} | set(cards(editor))
    assert told == set(EVERY_TASK)


def test_urgent_kinds_come_first(editor):
    ranks = [card.task.rank for card in cards(editor).values()]
    assert ranks == sorted(ranks)


def test_a_series_is_overdue_by_its_rhythm(editor):
    card = cards(editor)["events.Series", "overdue"]
    assert [line.entry.name for line in card.lines] == ["Faellig"]
    assert card.lines[0].ways[0][0].endswith("/next/")


def test_a_card_shows_the_first_entries_and_how_many_more(editor):
    card = cards(editor)["feedback.Report", "new"]
    assert (card.count, len(card.lines), card.more) == (5, 3, 2)
    assert card.lines[0].entry.name.startswith("Zu klein")


def test_who_asks_for_review_and_since_when_is_told(editor):
    line = cards(editor)["events.Event", "in-review"].lines[0]
    assert (line.entry.note, line.entry.day) == ("redaktion", waiting_entries.SEEN.date())


def test_each_anchor_is_in_the_form(editor):
    form = editor.get(reverse("admin:events_event_change", args=[Event.objects.first().pk])).content.decode()
    anchors = {task.anchor for task in tasks_of(Event)} - {"", "links"}
    assert {anchor for anchor in anchors if f'id="{anchor}"' not in form} == set()


def test_the_whole_page_takes_ten_queries_at_most(editor, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        editor.get("/admin/")


def test_an_unknown_task_narrows_nothing(editor):
    everything = Event.objects.count()
    assert listed(editor, "events.Event", "gibt-es-nicht").result_count == everything


# -- one click ---------------------------------------------------------------------------------------


def mend(entry, task="unchecked", step="checked", model="events.Event"):
    return reverse("admin:curation_mend", args=[model, task, step, entry.pk])


def test_one_click_marks_an_event_as_checked(editor):
    event = Event.objects.get(slug="nah-alt")
    assert mend(event) in editor.get("/admin/").content.decode()
    page = editor.post(mend(event), follow=True)
    event.refresh_from_db()
    assert event.checked_on == NOW.date()
    assert reverse("admin:events_event_history", args=[event.pk]) in page.content.decode()
    assert mend(event) not in page.content.decode()


def test_a_click_is_no_link(editor):
    assert editor.get(mend(Event.objects.get(slug="nah-alt"))).status_code == 405


def test_what_is_not_offered_is_not_found(editor):
    event = Event.objects.get(slug="nah-alt")
    for address in (
        mend(event, task="gibt-es-nicht"), mend(event, step="delete"), mend(event, model="auth.User"),
        mend(event, task="lacks-venue"), mend(event).replace(f"/{event.pk}/", "/999999999/"),
    ):  # fmt: skip
        assert editor.post(address).status_code == 404


# -- rights ------------------------------------------------------------------------------------------


def test_members_count_their_own_entries(now, db):
    people = make_people()
    everything = Event.objects.count()
    Event.objects.update(checked_on=dt.date(2020, 1, 1), starts_on=NOW.date(), ends_on=NOW.date())
    client = Client()
    client.force_login(people.member)
    card = cards(client)["events.Event", "unchecked"]
    assert 0 < card.count < everything
    assert card.count == listed(client, "events.Event", "unchecked").result_count
    foreign = people.theirs["published"]
    assert client.post(mend(foreign)).status_code in (403, 404)
    foreign.refresh_from_db()
    assert foreign.checked_on == dt.date(2020, 1, 1)


def test_who_may_do_nothing_is_shown_nothing(db):
    client = Client()
    client.force_login(make_people().nobody)
    page = client.get("/admin/")
    assert (page.status_code, page.context["cards"], page.context["done"]) == (200, [], [])


def test_who_only_looks_gets_no_buttons(now, db):
    reader = person("leserin")
    reader.user_permissions.set(Permission.objects.filter(codename__in=["view_event", "every_entry"]))
    make.EventFactory(slug="alt", checked_on=dt.date(2020, 1, 1))
    client = Client()
    client.force_login(reader)
    card = cards(client)["events.Event", "unchecked"]
    assert card.lines[0].steps == []
    assert client.post(mend(Event.objects.get(slug="alt"))).status_code == 403


# -- the offer ---------------------------------------------------------------------------------------


def test_where_all_is_done_the_page_says_so():
    assert 'class="work-empty"' in render_to_string("curation/work_list.html", {"cards": [], "done": []})


def test_names_are_unique_and_every_page_exists():
    assert len(set(EVERY_TASK)) == len(EVERY_TASK)
    for task in all_tasks():
        assert reverse(f"admin:{task.model.replace('.', '_').lower()}_changelist")
        for way in task.ways:
            assert _leads_somewhere(way.route), way


def _leads_somewhere(route):
    try:
        return reverse(f"admin:{route}", args=[1])
    except NoReverseMatch:
        return ""


def test_a_filter_offers_the_tasks_of_its_noun():
    page = admin.site.get_model_admin(Event)
    found = TaskFilter(None, {}, Event, page)
    assert [value for value, _label in found.lookup_choices] == [task.name for task in tasks_of(Event)]


def test_counting_knows_no_clock_of_its_own(entries, db, rf):
    request = rf.get("/admin/")
    request.user = get_user_model().objects.get(pk=entries.pk)
    told = waiting(admin.site, request, tasks_of(Event), NOW)
    counts = {one.task.name: one.count for one in told}
    assert counts["lacks-venue"] == len(waiting_entries.EXPECTED["lacks-venue"])
