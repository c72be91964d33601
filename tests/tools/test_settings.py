import os
import runpy

import pytest
from django.core.exceptions import ImproperlyConfigured

from tools.state import CHECKOUT

LEAST = {"SECRET_KEY": "for this test only", "DATABASE_URL": "postgres://user:word@db.example.org/name"}


@pytest.fixture
def settings_for(monkeypatch):
    """Reads config/settings.py as it is with exactly these variables."""

    def read(**variables):
        for name in list(os.environ):
            if name.isupper() and name not in ("PATH", "HOME", "LANG"):
                monkeypatch.delenv(name)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(CHECKOUT / "config" / "settings.py"))

    return read


def test_https_makes_cookies_secure_and_binds_them_to_the_host(settings_for):
    settings = settings_for(**LEAST, SITE_URL="https://kongresse.example.org")
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SECURE_HSTS_SECONDS"] > 0
    assert settings["ALLOWED_HOSTS"] == ["kongresse.example.org"]


def test_http_leaves_cookies_usable(settings_for):
    settings = settings_for(**LEAST, SITE_URL="http://127.0.0.1:8000")
    assert not settings["SESSION_COOKIE_SECURE"]
    assert not settings["CSRF_COOKIE_SECURE"]
    assert settings["SESSION_COOKIE_NAME"] == "session"
    assert not settings["SECURE_SSL_REDIRECT"]
    assert settings["SECURE_HSTS_SECONDS"] == 0
    assert "localhost" in settings["ALLOWED_HOSTS"]


@pytest.mark.parametrize("missing", sorted(LEAST))
def test_a_missing_variable_stops_the_start_with_a_remedy(settings_for, missing):
    given = {name: value for name, value in LEAST.items() if name != missing}
    with pytest.raises(ImproperlyConfigured, match=rf"{missing} is not set\. Use `python3 dev\.py manage"):
        settings_for(**given)


@pytest.mark.parametrize(
    "address", ["kongresse.example.org", "https://example.org/kongresse", "ftp://a.example"]
)
def test_an_unusable_address_of_the_site_stops_the_start(settings_for, address):
    with pytest.raises(ImproperlyConfigured, match="SITE_URL is"):
        settings_for(**LEAST, SITE_URL=address)


def test_the_editors_path_is_told_without_slashes_or_with(settings_for):
    assert settings_for(**LEAST)["ADMIN_PATH"] == "admin/"
    assert settings_for(**LEAST, ADMIN_PATH="/intern/redaktion")["ADMIN_PATH"] == "intern/redaktion/"


@pytest.mark.parametrize("path", ["", "Redaktion", "a b", "a//b", "(.*)"])
def test_an_unusable_path_of_the_editors_stops_the_start(settings_for, path):
    with pytest.raises(ImproperlyConfigured, match="ADMIN_PATH is"):
        settings_for(**LEAST, ADMIN_PATH=path)


@pytest.mark.parametrize(
    "address",
    [
        "postgres://me@/name?host=/run/postgresql",
        "postgres://me@%2Frun%2Fpostgresql/name",
        "postgres:////run/postgresql/name",
    ],
)
def test_a_database_may_be_reached_by_socket(settings_for, address):
    database = settings_for(SECRET_KEY="for this test only", DATABASE_URL=address)["DATABASES"]["default"]
    assert "/run/postgresql" in (database["HOST"], database.get("OPTIONS", {}).get("host"))
    assert database["NAME"] == "name"


def test_only_the_web_server_gives_up_on_slow_queries(settings_for):
    database = settings_for(**LEAST)["DATABASES"]["default"]
    assert "options" not in database["OPTIONS"]
    database = settings_for(**LEAST, DATABASE_STATEMENT_TIMEOUT="10s")["DATABASES"]["default"]
    assert database["OPTIONS"]["options"] == "-c statement_timeout=10s"


def test_options_of_the_address_are_kept_beside_the_time_limit(settings_for):
    address = f"{LEAST['DATABASE_URL']}?sslmode=require&options=-c%20lock_timeout%3D5s"
    database = settings_for(SECRET_KEY="x", DATABASE_URL=address, DATABASE_STATEMENT_TIMEOUT="10s")[
        "DATABASES"
    ]
    options = database["default"]["OPTIONS"]
    assert options["sslmode"] == "require"
    assert options["options"] == "-c lock_timeout=5s -c statement_timeout=10s"


def test_replicas_are_no_databases_of_djangos(settings_for):
    urls = "postgres://reader@one.example/atlas,postgres://reader@%2Frun%2Fpostgresql/atlas"
    found = settings_for(**LEAST, DATABASE_REPLICA_URLS=urls)
    assert list(found["DATABASES"]) == ["default"]
    assert [one["HOST"] for one in found["DATABASE_REPLICAS"]] == ["one.example", "/run/postgresql"]
    assert settings_for(**LEAST)["DATABASE_REPLICAS"] == []


def test_behind_a_pool_nothing_relies_on_a_session(settings_for):
    """PgBouncer refuses a connection that brings options."""
    options = {"DATABASE_POOLED": "true", "DATABASE_STATEMENT_TIMEOUT": "10s"}
    database = settings_for(**LEAST, **options)["DATABASES"]["default"]
    assert database["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert "options" not in database["OPTIONS"]


def test_a_database_that_is_away_is_noticed_soon(settings_for):
    address = f"{LEAST['DATABASE_URL']}?connect_timeout=7"
    found = settings_for(SECRET_KEY="x", DATABASE_URL=address, DATABASE_CONNECT_TIMEOUT="2")
    assert found["DATABASES"]["default"]["OPTIONS"]["connect_timeout"] in (7, "7")
    assert settings_for(**LEAST)["DATABASES"]["default"]["OPTIONS"]["connect_timeout"] == 3


def test_samples_never_reach_an_operators_database(settings_for):
    assert settings_for(**LEAST)["SAMPLES_ALLOWED"] is False
    assert settings_for(**LEAST, EMBEDDED_DATABASE="true")["SAMPLES_ALLOWED"] is True


def test_a_proxys_word_counts_only_where_it_is_trusted(settings_for):
    assert "SECURE_PROXY_SSL_HEADER" not in settings_for(**LEAST)
    settings = settings_for(**LEAST, PROXY_SSL_HEADER="X-Forwarded-Proto")
    assert settings["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_the_content_policy_allows_nothing_foreign_and_nothing_inline(settings_for):
    directives = settings_for(**LEAST)["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    trusted = {name: directives.pop(name) for name in ("require-trusted-types-for", "trusted-types")}
    assert trusted == {"require-trusted-types-for": ["'script'"], "trusted-types": ["default"]}
    assert {source for sources in directives.values() for source in sources} == {"'none'", "'self'"}


def test_debugging_is_off_unless_asked_for(settings_for):
    assert settings_for(**LEAST)["DEBUG"] is False
