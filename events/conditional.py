"""Conditional requests that are answered before anything is looked up (RFC 9110 §13).

An ETag that is made from the body makes a program that looks twice a day cost as much as one that looks for
the first time, and a body that is sent piece by piece has no such ETag at all. Here it is made from what the
body is made of: what the catalogue tells at this moment, the address, the code and the settings.
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.signals import setting_changed
from django.http import HttpRequest, HttpResponseNotModified
from django.utils import timezone
from django.utils.http import parse_etags

from events.freshness import seed
from index.refresh import knows_all
from lib.http import mark_lasting

View = Callable[..., Any]
# What answers are made of besides the catalogue.
SOURCES = {".py", ".html", ".txt", ".mo", ".css", ".js", ".svg", ".json"}
# Settings that no answer shows, or that must not even be hashed.
UNTOLD = re.compile("SECRET|PASS|KEY|TOKEN|DATABASE|CACHE|EMAIL_|^MAIL$|LOGGING")


def conditional(view: View) -> View:
    """A view whose answer depends on nothing but the catalogue, the day, the address, the code, the settings.

    An unchanged answer costs one small query. Whoever is logged in may see previews: nothing is remembered.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if settings.SESSION_COOKIE_NAME in request.COOKIES or request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        if getattr(request, "shelf_tag", ""):
            # The shelf has compared it already, and keeps what it can.
            return mark_lasting(request, view(request, *args, **kwargs))
        tag = etag(request)
        if tag in known_tags(request):
            # What the gzip middleware says of the whole answer only (RFC 9110 §15.4.5).
            return HttpResponseNotModified(headers={"ETag": tag, "Vary": "Accept-Encoding"})
        # Without a question it matters not what the search has read.
        is_whole = not request.GET.get("q") or knows_all()
        response = mark_lasting(request, view(request, *args, **kwargs))
        is_kept = "no-store" not in response.headers.get("Cache-Control", "")
        if response.status_code == 200 and is_whole and is_kept:
            response.headers["ETag"] = tag
        return response

    return answer


def etag(request: HttpRequest, at: dt.datetime | None = None) -> str:
    """A weak one: the same facts, perhaps in another encoding. The language is part of the address."""
    return tag_of(seed(at or timezone.now()), request.path_info, request.META.get("QUERY_STRING", ""))


def tag_of(seed: str, *address: str) -> str:
    """The ETag of what stands at the address while the seed is this one."""
    told = "\n".join([seed, *address, identity()])
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def known_tags(request: HttpRequest) -> set[str]:
    """The ETags that the client holds, all as weak ones, as RFC 9110 §13.1.2 compares them."""
    return tags_in(request.headers.get("If-None-Match", ""))


def tags_in(header: str) -> set[str]:
    held = parse_etags(header)
    return {tag if tag.startswith("W/") else f"W/{tag}" for tag in held}


@cache
def identity() -> str:
    """Another text for other code, templates, translations, packages or settings; no secret is in it."""
    told = json.dumps(dict(_settings()), sort_keys=True) + _code()
    return hashlib.sha256(told.encode()).hexdigest()


@cache
def _code() -> str:
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(str(path.relative_to(settings.BASE_DIR)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _settings() -> Iterator[tuple[str, str]]:
    for name in dir(settings):
        if name.isupper() and not UNTOLD.search(name):
            # What is no plain value is code, which is read below, or a folder, which is of no account.
            with suppress(TypeError):
                yield name, json.dumps(getattr(settings, name), default=_day, sort_keys=True)


def _day(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError


def _sources() -> Iterator[Path]:
    home = Path(settings.BASE_DIR)
    own = {Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == home}
    for folder in sorted(own | {home / name for name in ("config", "lib", "locale", "static", "templates")}):
        yield from sorted(path for path in folder.rglob("*") if path.suffix in SOURCES and path.is_file())
    yield from sorted((home / "data" / "geography").glob("*.tsv"))
    yield home / "requirements.txt"


def _forget(**_signal: Any) -> None:
    identity.cache_clear()


# Sent by tests that change a setting; a running site never does.
setting_changed.connect(_forget, dispatch_uid="events.conditional")
