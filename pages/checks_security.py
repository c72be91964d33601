"""`check --deploy` on what keeps strangers out: secrets, hosts, second factors."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

from pages.checks import Found, deploy_check

# How the secrets of config/example.env begin, which everybody can read.
EXAMPLE = re.compile(r"replace-this", re.IGNORECASE)
SHORTEST_TOKEN = 20


@deploy_check
def secret(at: dt.datetime) -> Found:
    """Nobody can know or guess what signs sessions, and what opens the figures."""
    keys = {"SECRET_KEY": [settings.SECRET_KEY], "SECRET_KEY_FALLBACKS": settings.SECRET_KEY_FALLBACKS}
    remedy = "Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    for name, told in (keys | {"METRICS_TOKEN": [settings.METRICS_TOKEN]}).items():
        if any(EXAMPLE.search(one) for one in told):
            yield f"{name} is that of the example, which everybody can read.", remedy
    if 0 < len(settings.METRICS_TOKEN) < SHORTEST_TOKEN:
        yield f"METRICS_TOKEN has fewer than {SHORTEST_TOKEN} characters.", remedy


@deploy_check
def debug(at: dt.datetime) -> Found:
    """A fault shows no source code to visitors."""
    if settings.DEBUG:
        yield "DEBUG is on: whoever meets a fault reads code and settings.", "Leave DEBUG out."


@deploy_check
def host(at: dt.datetime) -> Found:
    """The site answers to names that are its own: links in mails are made of them."""
    for name in settings.ALLOWED_HOSTS:
        if name.startswith((".", "*")):
            yield (
                f"ALLOWED_HOSTS holds {name!r}, so anybody may say what this site is called.",
                "Name each host.",
            )


@register(Tags.security, deploy=True)
def second_factor(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A stolen password alone opens nothing."""
    return [Warning(wrong, hint=remedy, id="pages.second_factor") for wrong, remedy in _one_factor()]


def _one_factor() -> Iterator[tuple[str, str]]:
    remedy = "Set {} as config/example.env does, or name pages.second_factor in SILENCED_CHECKS."
    if not settings.SECOND_FACTOR_SUPERUSERS:
        wrong = "Whoever has the password of an administrator may do everything."
        yield wrong, remedy.format("SECOND_FACTOR_SUPERUSERS")
    if "publisher" not in settings.SECOND_FACTOR_GROUPS:
        wrong = "Whoever has the password of a publisher may publish."
        yield wrong, remedy.format("SECOND_FACTOR_GROUPS")


@register(Tags.security, deploy=True)
def sender(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Behind a proxy each visitor is known by an address of their own, so that limits hold for each."""
    if not settings.PROXY_SSL_HEADER or settings.CLIENT_ADDRESS_HEADER:
        return []
    wrong = "Behind the proxy all visitors look alike: one who sends too much shuts the others out."
    hint = "Set CLIENT_ADDRESS_HEADER to the header in which the proxy hands on the address."
    return [Warning(wrong, hint=hint, id="pages.sender")]
