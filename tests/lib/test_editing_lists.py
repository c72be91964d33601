"""Editors' lists: pages, counts, searches for frequent words, dates; what stands in the way of a deletion."""

import pytest
from django.contrib.admin import site
from django.db import connection
from django.urls import reverse

from events.models import Event
from lib.editing import change_list, obstacles, search
from tests import factories as make

EVENTS = "/admin/events/event/"


def titles(page):
    return [event.title for event in page.context["cl"].result_list]


@pytest.fixture
def three(db):
    return [make.EventFactory(title=f"Tag {number}", starts_on=f"2027-0{number}-01") for number in (1, 2, 3)]


@pytest.fixture
def two_a_page(monkeypatch):
    from events.admin import EventAdmin

    monkeypatch.setattr(EventAdmin, "list_per_page", 2)


@pytest.mark.parametrize(("page", "found"), [("1", ["Tag 3", "Tag 2"]), ("2", ["Tag 1"])])
def test_pages_follow_the_order_of_the_list(page, found, three, two_a_page, admin_client):
    answer = admin_client.get(EVENTS, {"p": page})
    assert titles(answer) == found
    assert answer.context["cl"].result_count == 3


@pytest.mark.parametrize(("page", "found"), [("1", ["Tag 3", "Tag 2"]), ("2", ["Tag 1"])])
def test_costly_filters_count_and_page_in_one_query(page, found, three, two_a_page, admin_client):
    answer = admin_client.get(EVENTS, {"missing": "topic", "p": page})
    assert titles(answer) == found
    assert answer.context["cl"].result_count == 3


def test_a_page_that_is_not_there_leads_back_to_the_list(three, two_a_page, admin_client):
    for query in ({"p": "9"}, {"p": "9", "missing": "topic"}, {"p": "9", "q": "tag"}):
        assert admin_client.get(EVENTS, query).status_code == 302


def test_of_a_frequent_word_the_first_hits_are_listed_and_it_is_said(three, monkeypatch, admin_client):
    monkeypatch.setattr(change_list, "MOST_HITS", 2)
    answer = admin_client.get("/en" + EVENTS, {"q": "tag", "o": "1"})
    assert titles(answer) == ["Tag 2", "Tag 3"]
    assert "More than 2 results" in answer.content.decode()


def test_links_to_entries_lead_back_to_the_list_as_it_is(three, admin_client):
    for query, back in (({}, ""), ({"q": "tag", "o": "-1"}, "?_changelist_filters=q%3Dtag%26o%3D-1")):
        page = admin_client.get(EVENTS, query).content.decode()
        for event in three:
            assert f'href="{EVENTS}{event.pk}/change/{back}"' in page


def test_each_row_can_be_chosen_by_its_name(db, admin_client):
    event = make.EventFactory(title='Tag <der> "Register"')
    page = admin_client.get("/en" + EVENTS).content.decode()
    assert f'name="_selected_action" value="{event.pk}" class="action-select"' in page
    assert 'aria-label="Select this object for an action - Tag &lt;der&gt; &quot;Register&quot;"' in page


@pytest.mark.parametrize("page", ["event", "series"])
def test_entries_are_put_in_order_by_completeness(page, admin_client, db):
    create = {"event": make.EventFactory, "series": make.SeriesFactory}[page]
    poor, rich = create(summary="", website=""), create(summary="s", website="https://mehr.example")
    model_admin = site.get_model_admin(type(poor))
    column = 1 + model_admin.list_display.index("missing")
    for order, found in ((f"{column}", [poor, rich]), (f"-{column}", [rich, poor])):
        answer = admin_client.get(f"/admin/events/{page}/", {"o": order})
        entries = answer.context["cl"].result_list
        assert [one for one in entries if one in (poor, rich)] == found


@pytest.mark.parametrize(
    "which", [{}, {"state": "published"}, {"mode": "online", "status": "cancelled"}, {"is_sample": False}]
)
def test_pages_are_cut_in_an_index_alone(which, db):
    with connection.cursor() as cursor:
        # On a table of few rows everything else would be cheaper.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_incremental_sort = off")
    found = Event.objects.filter(**which).order_by("-starts_on", "-pk").values_list("pk")[:50]
    assert "Index Only Scan using event_in_lists" in found.explain()


def test_an_autocomplete_knows_whether_there_is_more(admin_client, db):
    make.SeriesFactory.create_batch(21)
    query = {"app_label": "events", "model_name": "event", "field_name": "series", "term": ""}
    pages = [
        admin_client.get(reverse("admin:autocomplete"), query | {"page": page}).json() for page in (1, 2)
    ]
    assert [(len(page["results"]), page["pagination"]["more"]) for page in pages] == [(20, True), (1, False)]


def test_an_autocomplete_of_a_frequent_word_keeps_what_begins_with_it(admin_client, monkeypatch, db):
    monkeypatch.setattr(search, "MOST_CHOICES", 1)
    make.SeriesFactory(name="Neue Tage")
    make.SeriesFactory(name="Tage der Register")
    query = {"app_label": "events", "model_name": "event", "field_name": "series", "term": "tage"}
    found = admin_client.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [one["text"] for one in found] == ["Tage der Register", "Neue Tage"]


def test_years_lie_between_the_first_and_the_last(admin_client, db):
    for year in (2019, 2021):
        make.EventFactory(starts_on=f"{year}-05-01")
    days = admin_client.get(EVENTS).context["cl"].days
    assert [words for _link, words, _chosen in days["choices"]] == ["2019", "2020", "2021"]
    assert days["choices"][0][0] == "?starts_on__year=2019"


def test_a_year_offers_its_months(admin_client, three):
    days = admin_client.get(EVENTS, {"starts_on__year": "2027", "starts_on__month": "2"}).context["cl"].days
    assert [words for _link, words, chosen in days["choices"] if chosen] == ["Februar"]
    assert (days["back"], days["year"]) == ("?", 2027)


def test_of_many_entries_in_the_way_the_first_are_named(admin_client, monkeypatch, db):
    monkeypatch.setattr(obstacles, "NAMED", 1)
    topic = make.TopicFactory()
    for number in (1, 2, 3):
        make.EventFactory(title=f"Tag {number}", topics=[topic])
    page = admin_client.get(reverse("admin:events_topic_delete", args=[topic.pk]))
    named = "".join(page.context["protected"])
    assert "Tag 1" in named
    assert "Tag 2" not in named
    assert "2 weitere Einträge" in named


def test_what_is_wrong_is_listed_with_the_field_it_is_about(admin_client, db):
    page = admin_client.post(reverse("admin:events_venue_add"), {"name": "", "country": "de"})
    anchors = [problem.anchor for problem in page.context["problems"]]
    assert "id_name" in anchors
    assert 'href="#id_name"' in page.content.decode()
