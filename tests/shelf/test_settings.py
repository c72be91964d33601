"""What an operator may set, and a real Redis or Valkey where there is one."""

import shutil
import socket
import subprocess
import time
from importlib.util import find_spec

import pytest
from django.core.exceptions import ImproperlyConfigured

from shelf.shared import InCache
from tests.tools.test_settings import LEAST, settings_for  # noqa: F401 (a fixture)

SITE = LEAST | {"SITE_URL": "https://kongresse.example.org"}
SERVER = shutil.which("valkey-server") or shutil.which("redis-server")


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


@pytest.mark.skipif(not (SERVER and find_spec("redis")), reason="no Redis or Valkey with the package redis")
def test_a_real_one_keeps_pages_and_claims(settings, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [SERVER, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(tmp_path), "--save", ""]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        backend = "django.core.cache.backends.redis.RedisCache"
        cache = {"BACKEND": backend, "LOCATION": f"redis://127.0.0.1:{port}/0"}
        settings.CACHES = {**settings.CACHES, "pages": cache}
        place, found = InCache(), None
        until = time.monotonic() + 10
        while found is None and time.monotonic() < until:
            try:
                found = place.find("key", "seed")
            except Exception:  # not yet listening
                found = None
        assert found == (None, True)
        place.leave("key", "seed", b"page")
        assert place.find("key", "seed") == (b"page", False)
    finally:
        server.terminate()
        server.wait()
