"""The list of events, as visitors see it."""

import datetime as dt

import pytest

from events.models import Event
from index.refresh import refresh_all
from tests.factories import (
    TODAY,
    EventFactory,
    OrganisationFactory,
    SeriesFactory,
    TopicFactory,
    VenueFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
LIST = "/veranstaltungen/"


def text(response):
    return " ".join(response.content.decode().split())


def listed(response):
    return [event.slug for event in response.context["page"].object_list]


def test_the_list_shows_what_is_upcoming_and_nothing_hidden(client, cast):
    response = client.get(LIST)
    assert listed(response) == [cast.regional_day.slug, cast.online_talk.slug]
    page = text(response)
    for hidden in ("Geheimer Entwurf", "Zurückgezogener Eintrag", "Noch nicht fälliger Eintrag"):
        assert hidden not in page


@pytest.mark.parametrize("query", ["when=all", "when=past", "when=all&topic=cloud&state=DE-BE&q=tage"])
def test_the_list_costs_the_same_for_one_three_and_many(client, django_assert_num_queries, query):
    counts = {"when=all": 5, "when=past": 5, "when=all&topic=cloud&state=DE-BE&q=tage": 10}
    topic = TopicFactory(slug="cloud")
    for number in (1, 3, 40):
        for _repeat in range(number):
            EventFactory(
                title="Digitale Tage",
                starts_on=TODAY - dt.timedelta(days=20),
                topics=[topic],
                organisers=[OrganisationFactory()],
                venues=[VenueFactory()],
                series=SeriesFactory(),
            )
        # The first question after an edit would do that.
        refresh_all()
        with django_assert_num_queries(counts[query]):
            assert client.get(f"{LIST}?{query}").status_code == 200


def test_pages_keep_the_filter_and_changing_a_filter_drops_the_page(client):
    EventFactory.create_batch(30, is_free=True)
    first = client.get(f"{LIST}?free=1")
    assert first.context["page_links"]["next"] == f"{LIST}?free=1&page=2"
    second = client.get(f"{LIST}?free=1&page=2")
    assert len(listed(second)) == 5
    assert second.context["selection"].chips[0].remove_url == LIST


@pytest.mark.parametrize("page", ["-1", "0", "99999", "9" * 30, "abc", "1.5", "%00", "²"])
def test_a_page_that_is_none_is_told(client, page):
    EventFactory()
    response = client.get(f"{LIST}?page={page}")
    assert response.status_code == 200
    assert "dies ist Seite 1" in text(response)


def test_what_was_not_understood_is_told_and_stays_escaped(client):
    page = text(client.get(f"{LIST}?mode=<script>alert(1)</script>&from=gestern"))
    assert "Durchführung: &lt;script&gt;" in page
    assert "Von: gestern" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=%ff%fe", "topic=%00&state=%ff", "q=" + "x" * 3000, "&=&&&", "q[]=1&q[$ne]=1",
        "from=2027-01-01&to=2020-01-01", "page=-1&page=2", "&".join(f"u{n}=1" for n in range(200)),
        "topic=" + "&topic=".join(str(n) for n in range(300)), "q=%25_%5C'\"", "sort=-pk", "near=Berlin",
    ],
)  # fmt: skip
def test_hostile_queries_never_break_the_list(client, query):
    EventFactory()
    assert client.get(f"{LIST}?{query}").status_code == 200


def test_an_empty_result_says_how_to_go_on(client):
    TopicFactory(slug="ozg", name_de="Onlinezugangsgesetz")
    EventFactory()
    page = text(client.get(f"{LIST}?topic=ozg"))
    assert "Dieselben Filter über alle Zeiten" in page
    assert "Ohne „Thema: Onlinezugangsgesetz“" in page


def test_an_empty_future_shows_expected_editions_labelled_as_such(client):
    series = SeriesFactory(name="Jahreskongress")
    for year in (2024, 2025, 2026):
        EventFactory(series=series, starts_on=dt.date(year, 5, 4))
    page = text(client.get(LIST))
    assert "Jahreskongress" in page
    assert "Mai 2027" in page
    assert "noch nicht angekündigt" in page.lower() or "nicht angekündigt" in page


def test_a_former_slug_in_a_filter_leads_to_its_successor(client):
    topic = TopicFactory(slug="neu")
    topic.slug = "ganz-neu"
    topic.save()
    response = client.get(f"{LIST}?when=all&topic=neu")
    assert (response.status_code, response["Location"]) == (301, f"{LIST}?when=all&topic=ganz-neu")


def test_the_english_list_stands_under_english_words(client, cast, settings):
    page = text(client.get("/en/events/?when=all&topic=cloud"))
    assert "Smart Country Days 2026" in page
    assert "Cloud infrastructure" in page
    assert f'hreflang="de" href="{settings.SITE_URL}/veranstaltungen/"' in page


def test_visitors_get_no_cookie_and_may_ask_whether_it_is_still_true(client, cast):
    response = client.get(LIST)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "Accept-Language" not in response.get("Vary", "")
    assert response["Cache-Control"] == "no-cache"
    again = client.get(LIST, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    Event.objects.filter(pk=cast.regional_day.pk).update(title="Umbenannt")
    assert client.get(LIST, headers={"if-none-match": response["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("when=all", "?when=all"),
        ("free=1&sort=title", ""),
        ("when=past&page=2", "?when=past&page=2"),
    ],
)
def test_period_and_page_are_part_of_the_canonical_address(client, settings, query, canonical):
    EventFactory.create_batch(30, starts_on=TODAY - dt.timedelta(days=9))
    response = client.get(f"{LIST}?{query}")
    assert response.context["canonical"] == f"{settings.SITE_URL}{LIST}{canonical}"
