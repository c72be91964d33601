"""Addresses for machines, which need no language: probes, robots.txt, security.txt."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse

from pages import service
from tests.factories import NOW

ADDRESSES = {
    "healthz": "/healthz",
    "readyz": "/readyz",
    "robots": "/robots.txt",
    "security-txt": "/.well-known/security.txt",
}


@pytest.fixture
def contact(settings):
    settings.SECURITY_CONTACT = "mailto:sicherheit@example.org"
    return settings


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "address"), ADDRESSES.items())
def test_each_is_plain_text_without_cookies(client, contact, name, address):
    assert reverse(name) == address
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Set-Cookie" not in response.headers
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


def test_healthz_does_not_ask_the_database(client):
    """Without the db mark a query would fail."""
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_readyz_is_content_with_a_migrated_database(client):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_readyz_misses_migrations(client):
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("feedback", "0001_reports")
    try:
        response = client.get("/readyz")
    finally:
        recorder.record_applied("feedback", "0001_reports")
    assert (response.status_code, response.content) == (503, b"1 migrations are not applied.\n")


@pytest.mark.django_db
def test_readyz_tells_no_secret_of_a_dead_database(client, monkeypatch):
    copy = connection.copy

    def unreachable():
        found = copy()
        found.settings_dict |= {"HOST": "127.0.0.1", "PORT": "1", "USER": "geheim", "PASSWORD": "geheim"}
        return found

    monkeypatch.setattr(connection, "copy", unreachable)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"The database does not answer.\n")


@pytest.mark.django_db
def test_readyz_gives_up_on_a_slow_database(client, monkeypatch):
    monkeypatch.setattr(service, "MILLISECONDS_TO_ANSWER", 50)
    monkeypatch.setattr(
        MigrationRecorder,
        "applied_migrations",
        lambda self: self.connection.cursor().execute("SELECT pg_sleep(20)"),
    )
    started = dt.datetime.now(dt.UTC)
    assert client.get("/readyz").status_code == 503
    assert dt.datetime.now(dt.UTC) - started < dt.timedelta(seconds=10)


def test_robots_stay_out_of_the_admin_and_find_the_sitemap(client, settings):
    settings.SITE_URL = "https://kongresse.example"
    assert client.get("/robots.txt").content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /en/admin/",
        "",
        "Sitemap: https://kongresse.example/sitemap.xml",
        "# Data for portals (DCAT-AP): https://kongresse.example/dcat.rdf",
    ]


def test_a_moved_admin_is_told_to_no_robot(client, settings):
    settings.ADMIN_PATH = "redaktion/"
    assert "redaktion" not in client.get("/robots.txt").content.decode()


def test_security_txt_over_https(client, contact):
    contact.SITE_URL, contact.SITE_IS_HTTPS = "https://kongresse.example", True
    contact.SECURITY_POLICY_URL = "https://kongresse.example/sicherheit"
    with time_machine.travel(NOW, tick=False):
        text = client.get("/.well-known/security.txt").content.decode()
    assert text == (
        "Contact: mailto:sicherheit@example.org\n"
        "Expires: 2027-09-01T00:00:00Z\n"
        "Preferred-Languages: de, en\n"
        "Canonical: https://kongresse.example/.well-known/security.txt\n"
        "Policy: https://kongresse.example/sicherheit\n"
    )


def test_security_txt_names_no_plain_http_address(client, contact):
    """RFC 9116 asks for https; without it the optional lines are left out."""
    assert b"http:" not in client.get("/.well-known/security.txt").content


def test_no_security_txt_without_a_contact(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize("month", range(1, 13))
def test_security_txt_expires_within_a_year_and_changes_once_a_month(month):
    first = dt.datetime(2027, month, 1, tzinfo=dt.UTC)
    last = first + dt.timedelta(days=27, hours=23)
    assert service.expires(first) == service.expires(last)
    assert dt.timedelta(days=120) < service.expires(first) - first < dt.timedelta(days=365)
