"""The page that shows how to embed a list."""

from urllib.parse import parse_qs, urlsplit

import pytest

from events.models import Event
from tests.factories import EventFactory, OrganisationFactory, TopicFactory, VenueFactory
from tests.sharing.reading import code_in, elements

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
BUILDER = "/einbetten/"


def frame_in(response):
    """The attributes of the iframe that a webmaster would copy."""
    (frame,) = elements(code_in(response), "iframe")
    return frame


def test_the_code_shows_the_list_of_the_filter(client, cast, settings):
    response = client.get(f"{BUILDER}?topic=cloud&topic=ozg&when=all&layout=cards&theme=dark&limit=5")
    frame = frame_in(response)
    address = urlsplit(frame["src"])
    assert f"{address.scheme}://{address.netloc}" == settings.SITE_URL
    assert address.path == "/einbetten/veranstaltungen/"
    assert parse_qs(address.query) == {
        "topic": ["cloud", "ozg"], "when": ["all"], "layout": ["cards"], "theme": ["dark"], "limit": ["5"],
    }  # fmt: skip
    assert frame["title"] == "Veranstaltungen: Cloud-Infrastruktur, Onlinezugangsgesetz"
    assert frame["loading"] == "lazy"
    assert "width: 100%" in frame["style"]
    assert client.get(frame["src"].removeprefix(settings.SITE_URL)).status_code == 200


def test_preview_and_code_are_the_same_frame(client, cast, settings):
    response = client.get(f"{BUILDER}?topic=cloud&layout=compact")
    (preview,) = elements(response.content.decode(), "iframe")
    assert settings.SITE_URL + preview["src"] == frame_in(response)["src"]
    assert preview["height"] == frame_in(response)["height"]
    assert "frame-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    "words", ['"><script>alert(1)</script>', "a&b=c d", "</textarea><b>", "Grüße & Küsse"]
)
def test_hostile_words_stay_words(client, cast, words):
    response = client.get(BUILDER, {"q": words, "when": "all"})
    code = code_in(response)
    frame = frame_in(response)
    assert parse_qs(urlsplit(frame["src"]).query)["q"] == [words]
    assert frame["title"] == f"Veranstaltungen: {words}"
    assert len(elements(code, "script")) == 1
    assert elements(code, "b") == []


def test_the_script_is_left_out_where_the_height_is_fixed(client, settings):
    (script,) = elements(code_in(client.get(BUILDER)), "script")
    assert script == {"src": f"{settings.SITE_URL}/embed.js", "async": None}
    assert elements(code_in(client.get(f"{BUILDER}?height=fixed")), "script") == []


def test_one_event_has_code_of_its_own(client, cast, settings):
    response = client.get(f"{BUILDER}?event={cast.congress.slug}&theme=dark")
    frame = frame_in(response)
    assert frame["src"] == f"{settings.SITE_URL}/einbetten/veranstaltungen/{cast.congress.slug}/?theme=dark"
    assert frame["title"] == cast.congress.title


def test_a_former_name_of_the_event_leads_to_the_builder_again(client):
    event = EventFactory(slug="alt")
    Event.objects.filter(pk=event.pk).update(slug="neu")
    response = client.get(f"{BUILDER}?event=alt&theme=dark")
    assert (response.status_code, response["Location"]) == (301, f"{BUILDER}?event=neu&theme=dark")


def test_the_page_on_subscribing_leads_to_the_builder_with_its_filter(client, cast):
    for query in ("", "?when=all&amp;topic=cloud"):
        page = client.get(f"/abonnieren/{query.replace('&amp;', '&')}").content.decode()
        assert f'href="{BUILDER}{query}"' in page


@pytest.mark.parametrize(("name", "status"), [("draft", 404), ("later", 404), ("withdrawn", 410)])
def test_what_is_not_public_has_none(client, cast, name, status):
    assert client.get(f"{BUILDER}?event={getattr(cast, name).slug}").status_code == status


def test_what_cannot_be_read_is_dropped_and_told(client, cast):
    response = client.get(f"{BUILDER}?mode=fax&limit=99&topic=cloud")
    page = response.content.decode()
    assert "Durchführung: fax" in page
    assert "kleiner oder gleich 50" in page
    assert parse_qs(urlsplit(frame_in(response)["src"]).query) == {"topic": ["cloud"]}


def test_the_builder_costs_the_same_for_one_three_and_many(client, django_assert_num_queries):
    topic = TopicFactory(slug="cloud")
    for number in (1, 3, 40):
        for _repeat in range(number):
            EventFactory(topics=[topic], organisers=[OrganisationFactory()], venues=[VenueFactory()])
        with django_assert_num_queries(2):
            assert client.get(BUILDER).status_code == 200
        with django_assert_num_queries(4):
            assert client.get(f"{BUILDER}?topic=cloud").status_code == 200


def test_the_builder_keeps_the_filter_when_the_look_changes(client, cast):
    page = client.get(f"{BUILDER}?topic=cloud&when=all").content.decode()
    hidden = [(one["name"], one["value"]) for one in elements(page, "input") if one.get("type") == "hidden"]
    assert sorted(hidden) == [("topic", "cloud"), ("when", "all")]


def test_lists_and_events_lead_to_the_builder(client, cast):
    assert 'href="/einbetten/?topic=cloud"' in client.get("/veranstaltungen/?topic=cloud").content.decode()
    event = client.get(cast.congress.get_absolute_url()).content.decode()
    assert f'href="/einbetten/?event={cast.congress.slug}"' in event


def test_the_builder_speaks_english_below_its_english_address(client, cast, settings):
    response = client.get("/en/embed/?topic=cloud")
    assert "HTML code for your website" in response.content.decode()
    assert frame_in(response)["src"] == f"{settings.SITE_URL}/en/embed/events/?topic=cloud"
    assert frame_in(response)["title"] == "Events: Cloud infrastructure"
