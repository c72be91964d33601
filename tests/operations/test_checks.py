"""`check --deploy` on the installation itself: each finding names the remedy."""

import pytest
from django.core.management import call_command

from operations import checks
from tests import factories as make

GOOD = {"SITE_IS_HTTPS": True, "SITE_IS_LOCAL": False, "SITE_URL": "https://kongresse.example.org"}


def test_the_address_is_one_for_visitors(settings):
    for name, value in GOOD.items():
        setattr(settings, name, value)
    assert checks.address() == []
    settings.SITE_IS_HTTPS, settings.SITE_URL = False, "http://kongresse.example.org"
    (found,) = checks.address()
    assert found.id == "operations.address"
    assert "http://kongresse.example.org" in found.msg


def test_what_is_written_lies_beside_the_code(settings, tmp_path):
    settings.STATIC_ROOT = settings.MEDIA_ROOT = tmp_path
    settings.BACKUP_FOLDER = ""
    assert checks.places() == []
    settings.MEDIA_ROOT = settings.BASE_DIR / "media"
    settings.BACKUP_FOLDER = str(settings.BASE_DIR)
    assert [one.msg.split()[0] for one in checks.places()] == ["MEDIA_ROOT", "BACKUP_FOLDER"]
    assert checks.places()[0].hint == "Set it to /var/lib/kongressatlas/media, say."


def test_somebody_makes_backups(settings):
    settings.BACKUP_FOLDER = ""
    assert [one.id for one in checks.backup()] == ["operations.backup"]
    settings.BACKUP_FOLDER = "/var/backups/kongressatlas"
    assert checks.backup() == []


@pytest.mark.django_db
def test_samples_have_no_place_in_production(settings):
    settings.SAMPLES_ALLOWED = False
    assert checks.samples(databases=["default"]) == []
    make.EventFactory(is_sample=True)
    make.OrganisationFactory(is_sample=True)
    (found,) = checks.samples(databases=["default"])
    assert found.id == "operations.samples"
    assert "1 organisations" in found.msg or "1 Organisationen" in found.msg
    assert "remove_samples" in found.hint
    assert checks.samples() == [], "the database is asked with --database alone"
    settings.SAMPLES_ALLOWED = True
    assert checks.samples(databases=["default"]) == []


@pytest.mark.django_db
def test_a_database_without_tables_is_no_crash(settings, monkeypatch):
    settings.SAMPLES_ALLOWED = False
    monkeypatch.setattr(checks.connection.introspection, "table_names", list)
    assert checks.samples(databases=["default"]) == []


@pytest.mark.django_db
def test_checks_may_be_silenced(settings, capsys):
    settings.BACKUP_FOLDER = ""
    settings.SILENCED_SYSTEM_CHECKS = ["operations.backup"]
    call_command("check", "--deploy", "--fail-level", "CRITICAL")
    told = "".join(capsys.readouterr())
    assert "operations.address" in told
    assert "operations.backup" not in told
