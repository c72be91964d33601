"""The two forms as visitors meet them: in their language, without cookies, and nothing typed is lost."""

import datetime as dt
import re

import pytest
from django.test import Client

from feedback import guards
from feedback.models import LONGEST_MESSAGE, Report
from tests.factories import NOW, EventFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

BARRIER = {"de": "/barriere-melden/", "en": "/en/report-barrier/"}
ERROR = {"de": "/veranstaltungen/tag/fehler-melden/", "en": "/en/events/tag/report-error/"}
each_language = pytest.mark.parametrize("language", ["de", "en"])


@pytest.fixture
def strict_client():
    """Django's own protection is on, as it is in production."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def event():
    return EventFactory(slug="tag", title="Tag der Register")


def main_of(response):
    return response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]


@each_language
@pytest.mark.parametrize("paths", [BARRIER, ERROR])
def test_forms_need_no_cookie(strict_client, event, paths, language):
    response = strict_client.get(paths[language])
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_the_way_through_with_the_token_of_the_form(strict_client, time_machine_at):
    token = re.search(r'name="token" value="([^"]+)"', strict_client.get(BARRIER["de"]).content.decode())[1]
    time_machine_at.shift(30)
    response = strict_client.post(BARRIER["de"], {"message": "Menü", "token": token})
    assert (response.status_code, response.headers["Location"]) == (303, "/barriere-melden/danke/")
    assert "Set-Cookie" not in response.headers
    thanks = strict_client.get(response.headers["Location"])
    assert "innerhalb von 28 Tagen" in thanks.content.decode()
    assert '<meta name="robots" content="noindex">' in thanks.content.decode()
    assert not strict_client.cookies


@pytest.fixture
def time_machine_at(now):
    """The stopped clock, which the test may put forward by seconds."""
    import time_machine

    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@each_language
def test_a_barrier_is_kept_with_all_that_was_told(client, typed, language):
    told = typed | {"page": "Kalender", "name": " Erika\tMuster ", "email": "erika@example.org"}
    assert client.post(BARRIER[language], told).status_code == 303
    report = Report.objects.get()
    assert (report.kind, report.message, report.page) == ("barrier", typed["message"], "Kalender")
    assert (report.name, report.email, report.language) == ("Erika Muster", "erika@example.org", language)
    assert (report.created_at, report.answer_due_on) == (NOW, dt.date(2027, 3, 25))
    assert (report.state, report.event, report.mailed_at) == ("new", None, None)


@each_language
def test_an_error_is_kept_with_its_entry(client, event, typed, language, settings):
    response = client.post(ERROR[language], typed | {"page": "https://evil.example/"})
    assert (response.status_code, response.headers["Location"]) == (303, THANKS[language])
    report = Report.objects.get()
    paths = {"de": "/veranstaltungen/tag/", "en": "/en/events/tag/"}
    assert (report.kind, report.event, report.answer_due_on) == ("error", event, dt.date(2027, 3, 15))
    assert report.page == settings.SITE_URL + paths[language]
    assert "Tag der Register" in main_of(client.get(ERROR[language]))
    assert paths[language] in main_of(client.get(THANKS[language]))


THANKS = {"de": "/veranstaltungen/tag/fehler-melden/danke/", "en": "/en/events/tag/report-error/thanks/"}


@pytest.mark.parametrize("ending", ["fehler-melden/", "fehler-melden/danke/"])
def test_entries_that_are_not_public_have_no_form(client, event, ending):
    for slug, state, status in (("entwurf", "draft", 404), ("zurueck", "withdrawn", 410)):
        EventFactory(slug=slug, state=state)
        assert client.get(f"/veranstaltungen/{slug}/{ending}").status_code == status
    event.slug = "neuer-tag"
    event.save()
    response = client.get(f"/veranstaltungen/tag/{ending}")
    assert (response.status_code, response.headers["Location"]) == (
        301,
        f"/veranstaltungen/neuer-tag/{ending}",
    )


MISSING = {
    "de": "Bitte beschreiben Sie, was Ihnen aufgefallen ist.",
    "en": "Please describe what you noticed.",
}
UNREADABLE = {"de": "Bitte geben Sie eine Adresse in der Form", "en": "Please enter an address such as"}


@each_language
def test_errors_are_told_at_the_top_and_at_the_field(client, typed, language):
    response = client.post(BARRIER[language], typed | {"message": " ", "email": "keine", "name": "Erika"})
    html = main_of(response)
    assert response.status_code == 422
    assert Report.objects.count() == 0
    for field, words in (("id_message", MISSING), ("id_email", UNREADABLE)):
        assert re.search(rf'<a href="#{field}">[^<]*{words[language]}', html)
        assert re.search(rf'<p class="field__error" id="{field}_error">{words[language]}', html)
        assert f'aria-describedby="{field}_helptext {field}_error"' in html
    assert html.count('aria-invalid="true"') == 2
    assert 'role="alert"' in html
    assert 'value="Erika"' in html
    assert 'value="keine"' in html
    title = {"de": "<title>Fehler: Barriere melden", "en": "<title>Error: Report a barrier"}
    assert title[language] in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("message", "x" * (LONGEST_MESSAGE + 1)),
        ("page", "x" * 501),
        ("name", "x" * 101),
        ("email", f"{'x' * 250}@example.org"),
        ("email", "a@example.org\r\nBcc: b@example.org"),
        ("email", "a@example.org, b@example.org"),
    ],
)
def test_what_does_not_fit_is_given_back(client, typed, field, value):
    response = client.post(BARRIER["de"], typed | {field: value})
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in main_of(response)
    assert value.splitlines()[0][:80] in main_of(response)
    assert Report.objects.count() == 0


def test_line_breaks_count_once_as_in_browsers(client, typed):
    message = "a\r\n" * (LONGEST_MESSAGE // 2 - 1) + "b"
    assert client.post(BARRIER["de"], typed | {"message": message}).status_code == 303
    assert Report.objects.get().message == message.replace("\r\n", "\n")


def test_control_characters_are_taken_out(client, typed):
    hostile = {"message": "a\x00b\x1b[31mc\nd\te", "name": "E\r\nBcc: x@example.org", "page": "/a\x00\x85/"}
    assert client.post(BARRIER["de"], typed | hostile).status_code == 303
    report = Report.objects.get()
    assert report.message == "ab[31mc\nd\te"
    assert report.name == "E Bcc: x@example.org"
    assert "\n" not in report.page + report.name


SUSPICIOUS = {
    "too quick": {"token": guards.new_token(NOW)},
    "too old": {"token": guards.new_token(NOW - dt.timedelta(hours=25))},
    "forged": {"token": "1:x"},
    "a program": {"website": "https://buy.example"},
}


@each_language
@pytest.mark.parametrize("reason", SUSPICIOUS)
def test_a_doubtful_post_comes_back_with_everything_typed(client, typed, language, reason):
    told = typed | {"email": "erika@example.org", "page": "Kalender"} | SUSPICIOUS[reason]
    response = client.post(BARRIER[language], told)
    html = main_of(response)
    assert response.status_code == 422
    assert Report.objects.count() == 0
    for text in (typed["message"], 'value="erika@example.org"', 'value="Kalender"'):
        assert text in html
    assert {"de": "Ihre Eingaben sind erhalten", "en": "Nothing you typed is lost"}[language] in html
    assert "buy.example" not in html


def test_the_form_that_came_back_can_be_sent(client, typed, time_machine_at):
    response = client.post(BARRIER["de"], typed | SUSPICIOUS["too old"])
    token = re.search(r'name="token" value="([^"]+)"', response.content.decode())[1]
    time_machine_at.shift(3)
    assert client.post(BARRIER["de"], typed | {"token": token}).status_code == 303


def test_another_site_cannot_post(client, typed):
    headers = {"sec-fetch-site": "cross-site", "origin": "https://evil.example"}
    assert client.post(BARRIER["de"], typed, headers=headers).status_code == 422
    assert Report.objects.count() == 0


def test_a_flood_is_stopped_without_losing_a_word(client, typed, settings):
    settings.REPORTS_PER_HOUR, settings.CONTACT_EMAIL = 2, "stadt@example.org"
    answers = [client.post(BARRIER["de"], typed | {"message": f"Nr. {number}"}) for number in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert "Nr. 2" in main_of(answers[2])
    assert "mailto:stadt@example.org" in main_of(answers[2])
    assert Report.objects.count() == 2


def test_a_second_click_is_no_second_report(client, typed):
    assert [client.post(BARRIER["de"], typed).status_code for _ in range(2)] == [303, 303]
    assert Report.objects.count() == 1


def test_what_was_typed_is_text_and_never_markup(client, typed):
    html = main_of(
        client.post(BARRIER["de"], typed | {"message": "</textarea><script>1</script>", "email": '"><b'})
    )
    assert "<script>" not in html
    assert '"><b' not in html


@pytest.mark.parametrize(
    ("referrer", "page"),
    [
        ("http://testserver/themen/ki/?q=geheim", "http://testserver/themen/ki/"),
        ("https://elsewhere.example/themen/", ""),
        ("http://testserver/barriere-melden/danke/", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_the_page_before_is_most_likely_meant(client, referrer, page):
    html = main_of(client.get(BARRIER["de"], headers={"referer": referrer}))
    field = re.search(r'<input[^>]*name="page"[^>]*>', html)[0]
    assert (f'value="{page}"' in field) if page else ("value=" not in field)


def test_the_trap_is_hidden_from_everybody(client):
    html = main_of(client.get(BARRIER["de"]))
    trap = html.split("<div hidden>", 1)[1].split("</div>", 1)[0]
    assert 'name="website"' in trap
    assert 'tabindex="-1"' in trap
    assert 'autocomplete="off"' in trap


def test_pages_cost_a_fixed_number_of_queries(client, event, typed, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(BARRIER["de"])
    with django_assert_num_queries(1):
        client.get(ERROR["de"])
    # Flood, savepoint, the lock, the same before, insert, release.
    with django_assert_num_queries(6):
        client.post(BARRIER["de"], typed)


@pytest.mark.parametrize("path", [BARRIER["de"], "/barriere-melden/danke/"])
def test_other_methods_are_refused(client, path):
    assert client.put(path).status_code == 405
    assert client.head(path).status_code == 200


def test_nothing_personal_is_logged(client, typed, settings, caplog, django_capture_on_commit_callbacks):
    """Neither when all goes well nor when the mail server is away."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.REPORT_RECIPIENTS = ["redaktion@musterstadt.example"]
    caplog.set_level("DEBUG")
    told = typed | {"name": "Erika Muster", "email": "erika@example.org"}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(BARRIER["de"], told, REMOTE_ADDR="203.0.113.77").status_code == 303
    report = Report.objects.get()
    assert report.mailed_at is None
    assert f"Report {report.pk} was not mailed" in caplog.text
    for secret in ("Erika", "erika@", "Menü", "203.0.113"):
        assert secret not in caplog.text
