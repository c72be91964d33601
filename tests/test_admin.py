"""The admin as a whole: every page of every noun, for editors and strangers, in constant queries."""

import pytest
from django.contrib import admin
from django.urls import reverse

from addresses.models import FormerSlug
from events.models import Event, Series, Topic, Venue
from organisations.models import Organisation
from speakers.models import Speaker
from tests import factories as make

NOUNS = [Event, Series, Topic, Venue, Organisation, Speaker]
MAKERS = {
    Event: make.EventFactory,
    Series: make.SeriesFactory,
    Topic: make.TopicFactory,
    Venue: make.VenueFactory,
    Organisation: make.OrganisationFactory,
    Speaker: make.SpeakerFactory,
}
each_noun = pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def pages(model):
    thing = MAKERS[model]()
    for page in ("changelist", "add"):
        yield address(model, page)
    for page in ("change", "delete", "history"):
        yield address(model, page, thing.pk)


@each_noun
def test_every_page_of_a_noun_answers_an_editor(model, admin_client):
    for url in pages(model):
        assert admin_client.get(url).status_code == 200, url
        assert admin_client.get(f"/en{url}").status_code == 200, url


@each_noun
def test_every_page_of_a_noun_sends_a_stranger_to_the_login(model, client, db):
    for url in pages(model):
        answer = client.get(url)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/admin/login/"), url


def test_a_visitor_without_rights_may_not_enter(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("guest"))
    assert client.get("/admin/events/event/").status_code == 302


TEXTS = ["nichts-davon", "", "%00", "%", "_", "'", "\\", "ß" * 300, "a b c d e f g h i j k"]


@each_noun
def test_any_search_text_is_answered(model, admin_client):
    MAKERS[model]()
    for text in TEXTS:
        assert admin_client.get(f"{address(model, 'changelist')}?q={text}").status_code in (200, 302), text


NONSENSE = [
    "p=abc", "p=-1", "p=99999", "o=99.-7", "all=", "e=1", "_facets=True", "samples=vielleicht",
    "when=%00", "state__exact=%00", "state=%00", "country=%00", "series=%00", "missing=alles",
    "checked=%00", "anonymised=x", "starts_on__year=99999", "starts_on__year=abc",
    "starts_on__month=77&starts_on__year=2027", "kind__exact=%00", "no_such_field=1",
    "id__exact=99999999999999999999", "_popup=1", "_to_field=slug",
]  # fmt: skip


@each_noun
def test_no_query_string_breaks_a_list(model, admin_client):
    MAKERS[model]()
    for query in NONSENSE:
        answer = admin_client.get(f"{address(model, 'changelist')}?{query}")
        assert answer.status_code in (200, 302, 400), query


@each_noun
def test_an_unknown_entry_leads_back_to_the_index(model, admin_client, db):
    folder = address(model, "changelist")
    for key in ("abc", "0", "99999999999999999999", "%00", "1%27"):
        for page in ("change", "delete", "history"):
            assert admin_client.get(f"{folder}{key}/{page}/").status_code in (302, 404), (key, page)


@each_noun
def test_an_action_on_nonsense_is_a_bad_request(model, admin_client, db):
    sent = {"action": "delete_selected", "_selected_action": "abc", "index": "0"}
    assert admin_client.post(address(model, "changelist"), sent).status_code == 400
    sent = {"action": "delete_selected", "_selected_action": "1", "index": "abc"}
    assert admin_client.post(address(model, "changelist"), sent).status_code == 400


@each_noun
def test_an_empty_form_is_refused_with_reasons(model, admin_client, db):
    answer = admin_client.post(address(model, "add"), {})
    assert answer.status_code == 200
    assert answer.context["errors"]
    assert not model.objects.exists()


@each_noun
def test_an_entry_is_deleted_after_a_question(model, admin_client):
    thing = MAKERS[model]()
    url = address(model, "delete", thing.pk)
    assert thing.slug not in FormerSlug.objects.values_list("slug", flat=True)
    assert "protected" in admin_client.get(url).context
    admin_client.post(url, {"post": "yes"})
    assert not model.objects.exists()


# Session and account, the count, the keys of a page, its entries, one for each filter that reads what occurs;
# of events their dates, organisers and places.
LIST_QUERIES = [(Event, 8), (Series, 5), (Topic, 6), (Venue, 7), (Organisation, 7), (Speaker, 5)]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("model", "queries"), LIST_QUERIES, ids=lambda value: getattr(value, "__name__", value)
)
def test_lists_need_the_same_number_of_queries_for_any_number(
    model, queries, number, admin_client, django_assert_num_queries
):
    things = MAKERS[model].create_batch(number)
    if model is Topic:
        model.objects.exclude(pk=things[0].pk).update(parent=things[0])
    with django_assert_num_queries(queries):
        admin_client.get(address(model, "changelist"))


# (model that refers, its field, model referred to)
REFERENCES = [
    ("events", "event", "series", Series),
    ("events", "event", "parent", Event),
    ("events", "eventtopic", "topic", Topic),
    ("events", "eventvenue", "venue", Venue),
    ("events", "participation", "organisation", Organisation),
    ("events", "appearance", "speaker", Speaker),
    ("events", "appearance", "organisation", Organisation),
    ("events", "award", "organisation", Organisation),
    ("events", "series", "predecessor", Series),
    ("events", "seriesorganiser", "organisation", Organisation),
    ("events", "topic", "parent", Topic),
    ("organisations", "organisation", "parent", Organisation),
    ("organisations", "organisation", "successor", Organisation),
]


@pytest.mark.parametrize(("app", "model", "field", "target"), REFERENCES)
@pytest.mark.parametrize("number", [1, 3])
def test_autocompletes_offer_entries_with_three_queries(
    app, model, field, target, number, admin_client, django_assert_num_queries
):
    MAKERS[target].create_batch(number)
    query = {"app_label": app, "model_name": model, "field_name": field, "term": ""}
    with django_assert_num_queries(3):
        answer = admin_client.get(reverse("admin:autocomplete"), query)
    assert len(answer.json()["results"]) == number


@pytest.mark.parametrize(
    "query", [{}, {"app_label": "x"}, {"app_label": "events", "model_name": "event", "field_name": "title"}]
)
def test_an_autocomplete_of_nothing_is_forbidden(query, admin_client, db):
    assert admin_client.get(reverse("admin:autocomplete"), query).status_code == 403


def test_an_autocomplete_survives_a_null_character(admin_client, db):
    query = {"app_label": "events", "model_name": "event", "field_name": "series", "term": "a\x00b"}
    assert admin_client.get(reverse("admin:autocomplete"), query).status_code == 200


def test_an_autocomplete_puts_what_begins_so_first(admin_client):
    for name in ("Neues Ölfeld", "Ölfeld", "Alte Olfelder"):
        make.SeriesFactory(name=name)
    query = {"app_label": "events", "model_name": "event", "field_name": "series", "term": "olf"}
    answer = admin_client.get(reverse("admin:autocomplete"), query)
    assert [result["text"] for result in answer.json()["results"]] == [
        "Ölfeld",
        "Alte Olfelder",
        "Neues Ölfeld",
    ]


def test_the_site_bears_its_name_and_lists_nouns_in_an_editors_order(admin_client, settings, db):
    settings.SITE_NAME = "Musterkalender"
    page = admin_client.get("/admin/")
    assert "Musterkalender" in page.context["site_header"]
    names = [model["object_name"] for app in page.context["app_list"] for model in app["models"]]
    assert names[:6] == ["Event", "Series", "Topic", "Venue", "Organisation", "Speaker"]


def test_pages_lead_to_themselves_in_the_other_language(admin_client, db):
    assert b'href="/en/admin/events/event/add/"' in admin_client.get("/admin/events/event/add/").content
    assert b'href="/admin/events/event/add/"' in admin_client.get("/en/admin/events/event/add/").content


def test_pages_work_under_the_strict_policy(admin_client, db):
    for url in ("/admin/", "/admin/events/event/", "/admin/events/event/add/", "/admin/login/"):
        page = admin_client.get(url, follow=True)
        assert "unsafe" not in page.headers["Content-Security-Policy"]
        text = page.content.decode()
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick=" not in text
        assert "<script>" not in text


def test_every_noun_is_in_the_admin():
    assert {model for model in NOUNS if admin.site.is_registered(model)} == set(NOUNS)
