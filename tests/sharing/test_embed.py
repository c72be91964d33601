"""Lists and events inside other sites' pages."""

import re

import pytest
from django.conf import settings as configured
from hypothesis import given

from events.models import Event
from tests.events import directory
from tests.events.test_filters import QUERIES, relaxed
from tests.factories import EventFactory, OrganisationFactory, SeriesFactory, TopicFactory, VenueFactory
from tests.sharing.reading import query_of, slugs_in
from tests.test_urls import PUBLIC, answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
FRAME = "/einbetten/veranstaltungen/"
LIST = "/veranstaltungen/"


# -- the same choice ------------------------------------------------------------------------------


def test_the_frame_shows_what_the_list_shows(client):
    directory.build(size=24)

    @relaxed
    @given(QUERIES)
    def agree(asked):
        query = query_of(asked)
        page = client.get(f"{LIST}?{query}").context
        wanted = [event.slug for event in page["page"].object_list]
        frame = client.get(f"{FRAME}?{query}&limit=25")
        assert slugs_in(frame) == wanted
        assert frame.context["total"] == page["page"].paginator.count

    agree()


def test_nothing_hidden_is_shown(client, cast):
    assert slugs_in(client.get(FRAME)) == [cast.regional_day.slug, cast.online_talk.slug]
    everything = slugs_in(client.get(f"{FRAME}?when=all"))
    assert everything == [cast.online_talk.slug, cast.regional_day.slug, cast.congress.slug]


@pytest.mark.parametrize(("query", "shown"), [("", 10), ("limit=3", 3), ("limit=50", 50), ("limit=", 10)])
def test_the_limit_is_ten_unless_told(client, query, shown):
    EventFactory.create_batch(55)
    response = client.get(f"{FRAME}?{query}")
    assert len(slugs_in(response)) == shown
    assert "Alle 55 Veranstaltungen bei Kongressatlas" in response.content.decode()


@pytest.mark.parametrize("layout", ["list", "cards", "compact"])
def test_a_list_costs_the_same_for_one_three_and_many(client, django_assert_num_queries, layout):
    topic = TopicFactory(slug="cloud")
    for number in (1, 3, 40):
        for _repeat in range(number):
            EventFactory(
                topics=[topic],
                organisers=[OrganisationFactory()],
                venues=[VenueFactory()],
                series=SeriesFactory(),
            )
        with django_assert_num_queries(6):
            assert client.get(f"{FRAME}?layout={layout}").status_code == 200
        # One for former slugs, one for the topic's name in the title.
        with django_assert_num_queries(8):
            assert client.get(f"{FRAME}?layout={layout}&topic=cloud").status_code == 200


def test_the_list_says_when_nothing_fits(client, cast):
    page = client.get(f"{FRAME}?topic=cloud&mode=hybrid").content.decode()
    assert "Zurzeit gibt es keine passende Veranstaltung." in page


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("mode=fax", "Durchführung: fax"),
        ("from=gestern", "Von: gestern"),
        ("limit=51", "Anzahl der Veranstaltungen: "),
        ("limit=0", "Anzahl der Veranstaltungen: "),
        ("limit=viele", "Anzahl der Veranstaltungen: "),
        ("theme=rosa", "Farben: "),
        ("layout=kreis", "Darstellung: "),
        ("q=%00", "Suchbegriff: "),
    ],
)
def test_what_cannot_be_read_is_refused_inside_the_frame(client, cast, query, told):
    response = client.get(f"{FRAME}?{query}")
    page = response.content.decode()
    assert response.status_code == 400
    assert told in page
    assert cast.online_talk.title not in page


def test_a_former_slug_in_a_filter_leads_to_its_successor(client):
    topic = TopicFactory(slug="alt")
    topic.slug = "neu"
    topic.save()
    response = client.get(f"{FRAME}?topic=alt&theme=dark")
    assert (response.status_code, response["Location"]) == (301, f"{FRAME}?topic=neu&theme=dark")


# -- one event ------------------------------------------------------------------------------------


def test_one_event_costs_as_much_as_its_facts(client, cast, django_assert_num_queries):
    with django_assert_num_queries(5):
        response = client.get(f"{FRAME}{cast.congress.slug}/")
    assert slugs_in(response) == [cast.congress.slug]
    assert "Alles zu dieser Veranstaltung bei Kongressatlas" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "status", "told"),
    [
        ("draft", 404, "Unter dieser Adresse gibt es keine Veranstaltung."),
        ("later", 404, "Unter dieser Adresse gibt es keine Veranstaltung."),
        ("withdrawn", 410, "Dieser Eintrag wurde zurückgezogen."),
    ],
)
def test_what_is_not_public_is_not_shown(client, cast, name, status, told):
    event = getattr(cast, name)
    response = client.get(f"{FRAME}{event.slug}/")
    assert response.status_code == status
    assert told in response.content.decode()
    assert event.title not in response.content.decode()
    assert "frame-ancestors *" in response["Content-Security-Policy"]


def test_a_former_slug_of_an_event_leads_to_its_successor(client, cast):
    Event.objects.filter(pk=cast.congress.pk).update(slug="neuer-name")
    response = client.get(f"{FRAME}{cast.congress.slug}/")
    assert (response.status_code, response["Location"]) == (301, f"{FRAME}neuer-name/")


# -- manners --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["de", "en"])
def test_frames_alone_may_be_framed(client, cast, language):
    framed = set()
    for name, response in answers(client, cast, language, PUBLIC):
        policy = response.get("Content-Security-Policy", "")
        if "frame-ancestors *" in policy:
            framed.add(name)
            assert "X-Frame-Options" not in response
        else:
            assert "frame-ancestors 'none'" in policy, name
            assert response["X-Frame-Options"] == "DENY", name
    assert framed == {"sharing:embed-list", "sharing:embed-event"}


def test_a_frame_may_do_nothing_but_show(client, cast):
    response = client.get(FRAME)
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["form-action"] == policy["connect-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert not response.cookies
    page = response.content.decode()
    assert "<form" not in page
    assert '<meta name="robots" content="noindex">' in page


def test_links_lead_to_the_site_in_a_tab_of_their_own(client, cast, settings):
    for path in (f"{FRAME}?when=all", f"{FRAME}{cast.congress.slug}/", f"{FRAME}?mode=fax"):
        links = re.findall(r"<a [^>]+>", client.get(path).content.decode())
        assert links
        for link in links:
            assert f'href="{settings.SITE_URL}/veranstaltungen/' in link
            assert 'target="_blank" rel="noopener"' in link


@pytest.mark.parametrize(
    ("query", "theme"),
    [("", "light"), ("theme=dark", "dark"), ("theme=light", "light"), ("theme=auto", None)],
)
def test_the_theme_is_light_unless_told(client, query, theme):
    found = re.search(r'data-kern-theme="(\w+)"', client.get(f"{FRAME}?{query}").content.decode())
    assert (found and found[1]) == theme


def test_the_frame_speaks_english_below_english_addresses(client, cast):
    page = client.get("/en/embed/events/?when=all&topic=cloud").content.decode()
    assert "<title>Events: Cloud infrastructure – Kongressatlas</title>" in page
    assert "Smart Country Days 2026" in page
    assert "/en/events/smart-country-tage-2026/" in page


def test_the_script_for_other_sites_keeps_its_address_and_stays_open(client):
    response = client.get("/embed.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    script = response.content.decode()
    for forbidden in (
        "cookie",
        "localStorage",
        "sessionStorage",
        "fetch",
        "XMLHttpRequest",
        "innerHTML",
        "eval",
    ):
        assert forbidden not in script
    again = client.get("/embed.js", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_the_small_stylesheet_has_the_tokens_of_the_large_one():
    def tokens(name):
        css = (configured.BASE_DIR / "static" / "css" / name).read_text().partition("\n}")[0]
        return dict(re.findall(r"(--(?:kern|atlas)-[\w-]+): ([^;]+);", css))

    small, large = tokens("embed.css"), tokens("site.css")
    assert len(small) > 10
    assert {name: large.get(name) for name in small} == small
