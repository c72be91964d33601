"""What an operator may set."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.tools.test_settings import LEAST, settings_for  # noqa: F401 (a fixture)

SITE = LEAST | {"SITE_URL": "https://kongresse.example.org"}


def test_processes_share_pages_in_the_database_unless_told_otherwise(settings_for):  # noqa: F811
    settings = settings_for(**SITE)
    assert (settings["PAGE_CACHE_MEGABYTES"], settings["PAGE_CACHE_SHARED"]) == (32, True)
    assert "pages" not in settings["CACHES"]
    assert not settings_for(**SITE, CACHE_URL="none")["PAGE_CACHE_SHARED"]


def test_who_edits_templates_sees_them_anew(settings_for):  # noqa: F811
    assert settings_for(**SITE, DEBUG="true")["PAGE_CACHE_MEGABYTES"] == 0


def test_an_unusable_cache_stops_the_start(settings_for, monkeypatch):  # noqa: F811
    with pytest.raises(
        ImproperlyConfigured, match="CACHE_URL is 'memcached://a', but must begin with redis://"
    ):
        settings_for(**SITE, CACHE_URL="memcached://a")
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(ImproperlyConfigured, match="pip install redis"):
        settings_for(**SITE, CACHE_URL="redis://cache.example.org:6379/0")


def test_redis_is_used_where_it_is_installed(settings_for, monkeypatch):  # noqa: F811
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    address = "redis://cache.example.org:6379/0"
    settings = settings_for(**SITE, CACHE_URL=address)
    assert settings["CACHES"]["pages"]["LOCATION"] == address
    assert settings["PAGE_CACHE_SHARED"]
