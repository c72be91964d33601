"""Entries that are not public, at their public address: for whom they are, and kept by nobody."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Event
from tests.accounts.cast import STATES, make_people
from tests.factories import NOW
from tests.lasting import lasting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
both_languages = pytest.mark.parametrize("start", ["/veranstaltungen/", "/en/events/"])
SEE_ALL = ("administrator", "publisher", "editor")
HIDDEN = ("draft", "in_review", "scheduled", "withdrawn")
LATER = NOW + dt.timedelta(days=9)


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        yield make_people()


def browser(people, name):
    client = Client()
    if getattr(people, name).is_authenticated:
        client.force_login(getattr(people, name))
    return client


def event_at(stage, group):
    event = group["in_review" if stage == "scheduled" else stage]
    if stage == "scheduled":
        Event.objects.filter(pk=event.pk).update(state="published", publish_from=LATER)
    return event


@both_languages
@pytest.mark.parametrize("stage", HIDDEN)
def test_who_sees_what_is_hidden(stage, start, people):
    """Without a right the answer is a visitor's: 404, or 410 for what was there."""
    hidden = 410 if stage == "withdrawn" else 404
    groups = {"ours": people.ours, "theirs": people.theirs, "written": people.written}
    seen_by = {
        "ours": {*SEE_ALL, "member", "trusted_member"},
        "theirs": {*SEE_ALL, "stranger"},
        "written": {*SEE_ALL, "author"},
    }
    everybody = (*SEE_ALL, "member", "trusted_member", "stranger", "author", "nobody", "visitor")
    browsers = {name: browser(people, name) for name in everybody}
    for whose, group in groups.items():
        event = event_at(stage, group)
        answers = {name: one.get(f"{start}{event.slug}/") for name, one in browsers.items()}
        assert {name for name, answer in answers.items() if answer.status_code == 200} == seen_by[whose]
        assert {answer.status_code for answer in answers.values()} == {200, hidden}
        for name, answer in answers.items():
            assert (event.title in answer.content.decode()) is (name in seen_by[whose]), name


@both_languages
@pytest.mark.parametrize("stage", HIDDEN)
def test_a_preview_is_kept_by_nobody_and_says_what_it_is(stage, start, people):
    event = event_at(stage, people.ours)
    client = browser(people, "member")
    answer = client.get(f"{start}{event.slug}/")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert "Cookie" in answer["Vary"]
    assert not {"ETag", "Last-Modified"} & set(answer.headers)
    page = answer.content.decode()
    assert 'content="noindex"' in page
    assert reverse("admin:events_event_change", args=[event.pk]) in page.replace("/en/admin", "/admin")
    words = {"scheduled": "10. März 2027", "withdrawn": "zurückgezogen"}.get(stage, "nicht veröffentlicht")
    assert start == "/en/events/" or words in page


@pytest.mark.parametrize("end", [".ics", ".json", ".jsonld", ".jsonld?profile=schema.org"])
def test_the_other_forms_of_a_preview_are_kept_by_nobody_either(end, people):
    event = event_at("draft", people.ours)
    answer = browser(people, "member").get(f"/veranstaltungen/{event.slug}{end}")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert "ETag" not in answer.headers
    held = browser(people, "visitor").get(f"/veranstaltungen/{event.slug}{end}")
    assert held.status_code == 404


def test_a_preview_does_not_answer_what_somebody_holds(people):
    """No validator of a public page is good for a hidden one."""
    event = people.ours["published"]
    client = browser(people, "member")
    path = f"/veranstaltungen/{event.slug}/"
    tag = client.get(path)["ETag"]
    Event.objects.filter(pk=event.pk).update(publish_from=LATER)
    answer = client.get(path, headers={"if-none-match": tag})
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert Client().get(path, headers={"if-none-match": tag}).status_code == 404


def test_visitors_cost_nothing_more_and_touch_no_session(people, django_assert_num_queries):
    """What is kept of its page, what the page tells, the entry, former slugs; no account is asked for."""
    for state, queries in (("draft", 4), ("in_review", 4)):
        slug = people.ours[state].slug
        with django_assert_num_queries(queries):
            answer = Client().get(f"/veranstaltungen/{slug}/")
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies


def test_a_public_page_is_the_same_for_everybody(people):
    event = people.ours["published"]
    pages = {
        name: browser(people, name).get(f"/veranstaltungen/{event.slug}/").content
        for name in ("member", "administrator", "stranger", "nobody", "visitor")
    }
    assert len(set(pages.values())) == 1


def test_a_public_page_asks_for_no_account(people):
    answer = browser(people, "member").get(f"/veranstaltungen/{people.ours['published'].slug}/")
    assert "Cookie" not in answer.get("Vary", "")
    assert answer["Cache-Control"] == "no-cache"


def test_the_form_leads_to_the_preview(people):
    client = browser(people, "member")
    for state in STATES:
        event = people.ours[state]
        page = client.get(reverse("admin:events_event_change", args=[event.pk])).content.decode()
        words = "Auf der Website anzeigen" if state == "published" else "Vorschau"
        link = f'<a href="{event.get_absolute_url()}" class="viewsitelink">{words}</a>'
        assert link in page, state
