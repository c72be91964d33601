import os
import socket

import pytest
from django.conf import settings
from django.db import connection

from tools import pytest_plugin


def test_no_test_reaches_another_machine():
    with socket.socket() as client, pytest.raises(RuntimeError, match="this machine only"):
        client.connect(("192.0.2.1", 80))


@pytest.mark.parametrize("host", ["example.org", "10.0.0.1", "2001:db8::1"])
def test_strange_hosts_are_refused_in_any_form(host):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as client, pytest.raises(RuntimeError, match="this machine only"):
        client.connect_ex((host, 443))


def test_variables_of_the_developers_environment_are_known_and_removed():
    names = pytest_plugin.variables_of_settings()
    assert {"SECRET_KEY", "SITE_URL", "DATABASE_URL", "REPORT_RECIPIENTS", "OPERATOR_NAME"} <= names
    assert names & set(os.environ) == {"DATABASE_URL", *pytest_plugin.SETTINGS}


def test_loopback_stays_open():
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())


@pytest.mark.django_db
def test_the_database_is_a_throw_away_one():
    assert settings.DATABASES["default"]["NAME"].startswith("test_")
    if "/tests/" not in os.environ["DATABASE_URL"]:
        pytest.skip("runs against the database that DATABASE_URL names")
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        assert cursor.fetchone() == ("off",)
