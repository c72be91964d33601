"""`check --deploy` names what would let strangers in."""

import pytest
from django.core import checks
from django.test import override_settings

from pages.checks_security import debug, host, second_factor, secret, sender

SAFE = {
    "SECRET_KEY": "k" * 25 + "0123456789" * 3,
    "SECRET_KEY_FALLBACKS": [],
    "METRICS_TOKEN": "",
    "DEBUG": False,
    "ALLOWED_HOSTS": ["kongresse.example.org"],
    "SECOND_FACTOR_SUPERUSERS": True,
    "SECOND_FACTOR_GROUPS": ["publisher", "administrator"],
    "PROXY_SSL_HEADER": "X-Forwarded-Proto",
    "CLIENT_ADDRESS_HEADER": "X-Forwarded-For",
}
ALL = [secret, debug, host, second_factor, sender]


def found(check, **changes):
    with override_settings(**SAFE | changes):
        return [message.msg for message in check()]


@pytest.mark.parametrize("check", ALL)
def test_a_safe_site_hears_nothing(check):
    assert found(check) == []


@pytest.mark.parametrize(
    ("check", "changes", "told"),
    [
        (secret, {"SECRET_KEY": "replace-this-by-fifty-random-characters"}, "SECRET_KEY"),
        (secret, {"SECRET_KEY_FALLBACKS": ["x", "Replace-this"]}, "SECRET_KEY_FALLBACKS"),
        (secret, {"METRICS_TOKEN": "replace-this-by-a-long-random-text"}, "METRICS_TOKEN"),
        (secret, {"METRICS_TOKEN": "short"}, "fewer than 20"),
        (debug, {"DEBUG": True}, "DEBUG"),
        (host, {"ALLOWED_HOSTS": ["*"]}, "'*'"),
        (host, {"ALLOWED_HOSTS": [".example.org"]}, "'.example.org'"),
        (second_factor, {"SECOND_FACTOR_SUPERUSERS": False}, "administrator"),
        (second_factor, {"SECOND_FACTOR_GROUPS": []}, "publisher"),
        (sender, {"CLIENT_ADDRESS_HEADER": ""}, "look alike"),
    ],
)
def test_what_lets_strangers_in_is_named(check, changes, told):
    (message,) = found(check, **changes)
    assert told in message


def test_they_are_asked_for_a_deployment_alone():
    asked = checks.registry.registry.get_checks(include_deployment_checks=True)
    assert set(ALL) <= set(asked)
    assert not set(ALL) & set(checks.registry.registry.get_checks())
