"""What every answer says to a browser: points over https, what others may take, what pages go without."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.pages.operator import legal
from tests.security.observatory import Answer, points
from tests.test_urls import PUBLIC, answers

pytestmark = pytest.mark.django_db
YEAR = 31_536_000
# Other sites show these in frames, so they give away ten points.
FRAMED = {"sharing:embed-list", "sharing:embed-event"}
# What other sites load says so itself.
FOR_OTHERS = {"embed-script", "branding-file"}
SITE = "https://testserver/"


@pytest.fixture
def over_https(settings):
    """A visitor of a site whose SITE_URL begins with https; config/settings.py sets the same by itself."""
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = YEAR, True
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.METRICS_TOKEN = ""
    return Client(headers={"x-forwarded-proto": "https"})


def score(response):
    cookies = [one.OutputString() for one in response.cookies.values()]
    body = response.content.decode() if not response.streaming else ""
    return points(Answer(SITE, dict(response.items()), cookies, body))


@pytest.fixture
def seen(over_https, cast, settings):
    """{name: response} of all public addresses, asked over https."""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURITY_CONTACT = "mailto:sicherheit@example.org"
    settings.LEGAL, settings.CONTACT_EMAIL = legal(), "stadt@example.org"
    settings.ACCENT_COLOUR = "#00594f"
    return dict(answers(over_https, cast, "de", [one for one in PUBLIC if one[0] != "metrics"]))


def test_every_public_answer_is_isolated_and_pages_have_125_points(seen):
    pages = {}
    for name, response in seen.items():
        told, is_page = response.headers, response.headers["Content-Type"].startswith("text/html")
        is_open = told.get("Access-Control-Allow-Origin") == "*" or told["Content-Type"].startswith("image/")
        if name not in FOR_OTHERS:
            wanted = "cross-origin" if is_open or name in FRAMED else "same-origin"
            assert told["Cross-Origin-Resource-Policy"] == wanted, name
        assert told["X-Content-Type-Options"] == "nosniff", name
        assert told["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert told["Strict-Transport-Security"] == f"max-age={YEAR}; includeSubDomains", name
        assert "require-trusted-types-for 'script'" in told["Content-Security-Policy"], name
        assert ("Permissions-Policy" in told) == is_page, name
        if is_page and name not in FRAMED:
            pages[name] = score(response)[0]
    assert len(pages) > 20
    assert min(pages.values()) >= 125, pages


def test_frames_for_other_sites_have_a_policy_as_strict_otherwise(seen):
    for name in FRAMED:
        told = seen[name].headers["Content-Security-Policy"]
        assert "frame-ancestors *" in told
        assert "form-action 'none'" in told
        assert "default-src 'none'" in told
        assert "unsafe" not in told
        assert "X-Frame-Options" not in seen[name].headers


@pytest.mark.parametrize(
    ("path", "status", "headers"),
    [
        ("/gibt-es-nicht/", 404, {}),
        ("/veranstaltungen", 301, {}),
        ("/", 400, {"host": "evil.example"}),
        ("/barriere-melden/", 405, {}),
    ],
)
def test_refusals_and_redirects_are_no_worse(over_https, path, status, headers):
    ask = over_https.delete if status == 405 else over_https.get
    response = ask(path, headers=headers, secure=True)
    assert response.status_code == status
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_sign_in_has_120_points_and_its_cookie_is_bound_to_the_host(over_https):
    response = over_https.get(reverse("admin:login"), secure=True)
    assert score(response)[0] >= 120
    cookie = response.cookies["__Host-csrf"]
    flags = [cookie[name] for name in ("secure", "httponly", "samesite", "path", "domain")]
    assert flags == [True, True, "Lax", "/", ""]


def test_what_editors_see_has_120_points_and_is_kept_by_nobody(over_https, now):
    over_https.force_login(User.objects.create_superuser("redaktion"))
    for name in ("admin:index", "admin:events_event_changelist", "account"):
        response = over_https.get(reverse(name), secure=True)
        assert response.status_code == 200
        assert score(response)[0] >= 120, score(response)
        assert {"no-store", "private"} <= set(response.headers["Cache-Control"].split(", "))
