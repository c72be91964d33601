"""The list of events and an event's own page, as visitors see them."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission, User

from events.models import Event
from tests.factories import (
    TODAY,
    EventFactory,
    OrganisationFactory,
    PreviousDateFactory,
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


# -- the list -------------------------------------------------------------------------------------


def test_the_list_shows_what_is_upcoming_and_nothing_hidden(client, cast):
    response = client.get(LIST)
    assert listed(response) == [cast.regional_day.slug, cast.online_talk.slug]
    page = text(response)
    for hidden in ("Geheimer Entwurf", "Zurückgezogener Eintrag", "Noch nicht fälliger Eintrag"):
        assert hidden not in page


@pytest.mark.parametrize("query", ["when=all", "when=past", "when=all&topic=cloud&state=DE-BE&q=tage"])
def test_the_list_costs_the_same_for_one_three_and_many(client, django_assert_num_queries, query):
    counts = {"when=all": 7, "when=past": 7, "when=all&topic=cloud&state=DE-BE&q=tage": 8}
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


# -- an event's page ------------------------------------------------------------------------------


def test_the_page_tells_all_that_is_known(client, cast):
    page = text(client.get(f"{LIST}{cast.congress.slug}/"))
    for fact in (
        "Smart-Country-Tage 2026",
        'datetime="2026-10-20"',
        'datetime="2026-10-22"',
        "Kubus",
        "Dänemark",
        "Digitalverband Nord",
        "Mitveranstalter",
        "Österreichisch-Deutscher Kreistag",
        "Dr. Ariane Müßig",
        "Beauftragte für Digitales",
        "Eröffnung",
        "9:00",
        "Musterstadt",
        "Stufenloser Zugang",
        "https://quelle.example/sct",
        "<strong>Bühnen</strong>",
        "1. Februar 2027",
        f"{LIST}{cast.congress.slug}/fehler-melden/",
    ):
        assert fact in page, fact


def test_times_of_day_bear_their_offset(client, cast):
    page = text(client.get(f"{LIST}{cast.regional_day.slug}/"))
    assert 'datetime="2027-03-11T09:30:00+01:00"' in page
    assert 'datetime="2027-03-11T17:00:00+01:00"' in page


def test_the_page_costs_the_same_whatever_hangs_on_it(client, cast, django_assert_num_queries):
    for number in range(3):
        with django_assert_num_queries(19):
            client.get(f"{LIST}{cast.congress.slug}/")
        cast.congress.sources.create(url=f"https://quelle.example/{number}", title="Weitere Quelle")
        EventFactory(series=cast.series, starts_on=dt.date(2025, 10, 20))


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("cancelled", "abgesagt"),
        ("postponed", "verschoben"),
        ("rescheduled", "neuer termin"),
        ("moved_online", "netz"),
    ],
)
def test_a_changed_status_is_said_in_words(client, status, words):
    event = EventFactory(
        status=status,
        mode="online" if status == "moved_online" else "onsite",
        online_access="unknown" if status == "moved_online" else "",
    )
    assert words in text(client.get(f"{LIST}{event.slug}/")).lower()


def test_the_original_date_is_struck_through(client):
    event = EventFactory(status="rescheduled", starts_on=dt.date(2027, 6, 8))
    PreviousDateFactory(
        event=event, starts_on=dt.date(2027, 4, 1), ends_on=dt.date(2027, 4, 30), date_precision="month"
    )
    page = text(client.get(f"{LIST}{event.slug}/"))
    assert "April 2027</s>" in page or "April 2027</del>" in page
    assert "1. April" not in page


def test_a_month_is_never_shown_as_a_day(client):
    event = EventFactory(starts_on=dt.date(2027, 5, 1), ends_on=dt.date(2027, 5, 31), date_precision="month")
    for path in (LIST, f"{LIST}{event.slug}/"):
        page = text(client.get(path))
        assert "Mai" in page
        assert "31." not in page
        assert "1. Mai" not in page


def test_hostile_text_is_escaped(client):
    event = EventFactory(
        title="<b>Recht</b> & \"Daten\", 'Netz'; mehr", description="<script>x</script> [a](javascript:x)"
    )
    page = text(client.get(f"{LIST}{event.slug}/"))
    assert "&lt;b&gt;Recht&lt;/b&gt; &amp; &quot;Daten&quot;" in page
    assert "<script>x" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize(("state", "status"), [("draft", 404), ("in_review", 404), ("withdrawn", 410)])
def test_what_is_not_public_is_not_shown(client, state, status):
    event = EventFactory(title="Nicht öffentlich", state=state)
    response = client.get(f"{LIST}{event.slug}/")
    assert response.status_code == status
    assert "Nicht öffentlich" not in text(response)


def test_editors_preview_drafts_at_the_public_address_never_cached(client):
    editor = User.objects.create_user("redaktion", is_staff=True)
    editor.user_permissions.add(Permission.objects.get(codename="view_event"))
    client.force_login(editor)
    event = EventFactory(title="Im Entstehen", state="draft")
    response = client.get(f"{LIST}{event.slug}/")
    assert "Im Entstehen" in text(response)
    assert response["Cache-Control"] == "no-store"
    assert 'content="noindex"' in text(response)


def test_a_former_address_leads_to_the_new_one_in_both_languages(client):
    event = EventFactory(slug="alt")
    Event.objects.filter(pk=event.pk).update(slug="neu")
    assert client.get(f"{LIST}alt/")["Location"] == f"{LIST}neu/"
    assert client.get("/en/events/alt/")["Location"] == "/en/events/neu/"


def test_a_former_address_of_a_draft_tells_nothing(client):
    event = EventFactory(slug="geheim", state="draft")
    Event.objects.filter(pk=event.pk).update(slug="neues-geheimnis")
    assert client.get(f"{LIST}geheim/").status_code == 404


def test_a_sample_is_labelled_in_list_and_page_and_kept_from_search_engines(client):
    event = EventFactory(is_sample=True)
    assert "Beispiel" in text(client.get(LIST))
    page = text(client.get(f"{LIST}{event.slug}/"))
    assert "Beispiel" in page
    assert '<meta name="robots" content="noindex">' in page


def test_earlier_and_later_editions_are_linked(client):
    series = SeriesFactory()
    for year in (2025, 2026, 2027):
        EventFactory(slug=f"kongress-{year}", series=series, starts_on=dt.date(year, 9, 1))
    EventFactory(slug="kongress-2028", series=series, starts_on=dt.date(2028, 9, 1), state="draft")
    page = text(client.get(f"{LIST}kongress-2026/"))
    assert f"{LIST}kongress-2025/" in page
    assert f"{LIST}kongress-2027/" in page
    assert "kongress-2028" not in page


def test_related_events_share_a_topic_and_are_public(client, cast):
    page = text(client.get(f"{LIST}{cast.online_talk.slug}/"))
    assert "Smart-Country-Tage 2026" in page
    assert "Geheimer Entwurf" not in page


# -- the start page -------------------------------------------------------------------------------


def test_the_start_page_shows_what_is_coming_and_the_way_to_the_rest(client, cast):
    page = text(client.get("/"))
    assert "Zukunft digitale Kommune" in page
    assert "Cloud-Infrastruktur" in page
    assert "Geheimer Entwurf" not in page


def test_the_start_page_costs_the_same_for_one_and_three(client, django_assert_num_queries):
    for number in (1, 3):
        for _repeat in range(number):
            EventFactory(topics=[TopicFactory()], organisers=[OrganisationFactory()], venues=[VenueFactory()])
        with django_assert_num_queries(16):
            assert client.get("/").status_code == 200
