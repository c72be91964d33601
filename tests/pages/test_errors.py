"""What cannot be answered: the right status, the visitor's language, a way on, and never a second failure."""

import pytest
from django.test import Client, RequestFactory, override_settings
from django.urls import path

import config.urls
from lib.logs import Asked, answering
from pages import errors

HANDLERS = {400: errors.handler400, 403: errors.handler403, 404: errors.handler404}
LANGUAGES = [
    ("/gibt-es-nicht/", "de", "Im Verzeichnis suchen"),
    ("/en/not-there/", "en", "Search the directory"),
]
each_language = pytest.mark.parametrize(("address", "language", "words"), LANGUAGES)


@each_language
@pytest.mark.parametrize("status", HANDLERS)
def test_errors_wear_the_sites_dress(rf, status, address, language, words):
    response = HANDLERS[status](rf.get(address), Exception())
    html = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}">' in html
    assert '<meta name="robots" content="noindex">' in html
    assert html.count("<h1>") == 1
    assert 'class="site-footer' in html
    assert words in html
    assert 'name="q"' in html.split("<main", 1)[1]


@each_language
def test_a_broken_site_still_says_so(rf, settings, address, language, words):
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"OPTIONS": {"context_processors": ["no.such.processor"]}}]
    settings.CONTACT_EMAIL = "stadt@example.org"
    response = errors.handler500(rf.get(address))
    html = response.content.decode()
    assert response.status_code == 500
    assert f'<html lang="{language}">' in html
    assert '<meta name="robots" content="noindex">' in html
    assert "css/site.css" in html
    assert words in html
    assert "stadt@example.org" in html


@each_language
def test_a_visitor_can_name_the_request(rf, address, language, words):
    assert "<code>" not in errors.handler500(rf.get(address)).content.decode()
    with answering(Asked("abc12345", rf.get(address))):
        assert "<code>abc12345</code>" in errors.handler500(rf.get(address)).content.decode()


@pytest.mark.parametrize("status", HANDLERS)
def test_a_torn_dress_does_not_turn_an_error_into_another(rf, settings, caplog, status):
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"OPTIONS": {"context_processors": ["no.such.processor"]}}]
    response = HANDLERS[status](rf.get("/x/"), Exception())
    assert response.status_code == status
    assert b'content="noindex"' in response.content
    assert f"The page for {status}" in caplog.text


def test_a_missing_manifest_does_not_break_the_last_page(rf, monkeypatch):
    def fail(name):
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr(errors.staticfiles_storage, "url", fail)
    assert b'href="/static/css/site.css"' in errors.handler500(rf.get("/x/")).content


@pytest.mark.django_db
@each_language
def test_unknown_addresses_are_answered_by_it(client, address, language, words):
    response = client.get(address)
    assert response.status_code == 404
    assert words in response.content.decode()
    assert "Set-Cookie" not in response.headers


def test_a_foreign_host_is_a_bad_request_and_one_line_of_the_log(client, caplog):
    response = client.get("/impressum/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()
    assert [record.name for record in caplog.records] == ["django.security.DisallowedHost"]


LONG = "x" * 9_000


@pytest.mark.parametrize(
    ("path", "language", "words"),
    [
        ("/veranstaltungen/?q=" + LONG, "de", "Diese Adresse ist zu lang"),
        (f"/en/{LONG}/", "en", "This address is too long"),
        ("/admin/?next=" + LONG, "de", "Diese Adresse ist zu lang"),
    ],
)
def test_an_endless_address_is_refused_before_it_is_read(client, path, language, words):
    response = client.get(path)
    html = response.content.decode()
    assert (response.status_code, response["Content-Language"]) == (414, language)
    assert f"<h1>{words}</h1>" in html
    assert LONG[:100] not in html
    assert "Content-Security-Policy" in response
    assert response["Cache-Control"] == "no-store"


def test_programs_are_told_so_in_their_own_form(client):
    response = client.get("/api/v1/events?q=" + LONG)
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == response.status_code == 414


def boom(request):
    raise RuntimeError("secret detail")


urlpatterns = [path("boom/", boom), path("en/boom/", boom), *config.urls.urlpatterns]
handler500 = errors.handler500


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(
    ("address", "words"), [("/boom/", "Fehler liegt bei uns"), ("/en/boom/", "fault is ours")]
)
def test_an_exception_ends_in_a_plain_page_without_details(address, words, caplog):
    response = Client(raise_request_exception=False).get(address)
    assert response.status_code == 500
    assert words in response.content.decode()
    assert "secret detail" not in response.content.decode()


def test_helpful_links_lead_somewhere(db):
    html = errors.handler404(RequestFactory().get("/x/"), Exception()).content.decode()
    main = html.split("<main", 1)[1].split("</main>", 1)[0]
    client = Client()
    links = [part.split('"', 1)[0] for part in main.split('<a href="')[1:]]
    assert len(links) == 5
    assert [client.get(link).status_code for link in links] == [200] * 5
