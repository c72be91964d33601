"""Addresses for machines: probes of a load balancer, robots, security researchers. None has a language."""

import datetime as dt
from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from journal.sources import can_stand_in, strangers
from lib import languages
from lib.reading import PRIMARY, replicas

# In this time a database that is well has accepted a connection, and answered a query.
SECONDS_TO_CONNECT = 2
MILLISECONDS_TO_ANSWER = 2_000
DOES_NOT_ANSWER = "The database does not answer."
# RFC 9116 §2.5.5 recommends less than a year ahead.
MONTHS_VALID = 6


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive. Does not ask the database: restarting the process would not bring it back."""
    return _text("ok\n")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether visitors can be served: the database answers and has this version's tables. Else 503.

    200 with "degraded: …" while replicas stand in for it, or do not answer: pages come, but somebody should
    look.
    """
    problem = database_problem()
    if problem and not (problem == DOES_NOT_ANSWER and replicas() and can_stand_in()):
        return _text(f"{problem}\n", status=503)
    return _text(f"{_stood_in_for()}\n" if problem else "\n".join(["ok", *_missed(), ""]))


def _stood_in_for() -> str:
    since = dt.datetime.fromtimestamp(PRIMARY.away_since or timezone.now().timestamp(), dt.UTC)
    return (
        f"degraded: the primary database has not answered since {since:%Y-%m-%dT%H:%M:%SZ};"
        " pages are read from a replica, nothing can be saved"
    )


def _missed() -> Iterator[str]:
    away = sum(not one.answers() for one in replicas())
    if away:
        verb = "does" if away == 1 else "do"
        yield f"degraded: {away} of {len(replicas())} replicas {verb} not answer"
    if strays := strangers():
        yield f"degraded: {strays} of {len(replicas())} replicas follow another database"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """RFC 9309. What carries noindex stays allowed: robots have to read it to see that."""
    lines = [
        "User-agent: *",
        *_kept_out(),
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        f"# Data for portals (DCAT-AP): {settings.SITE_URL}/dcat.rdf",
    ]
    return _text("\n".join(lines) + "\n")


def _kept_out() -> list[str]:
    """The editors' pages, unless the operator has moved them: here they would be told to everybody."""
    if settings.ADMIN_PATH != "admin/":
        return []
    return [f"Disallow: {languages.prefix(code)}/{settings.ADMIN_PATH}" for code in languages.codes()]


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. 404 where the operator names no contact."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    fields = {
        "Contact": settings.SECURITY_CONTACT,
        "Expires": expires(timezone.now()).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": ", ".join(languages.codes()),
        # §2.5.2 and §2.5.7 want https.
        "Canonical": f"{settings.SITE_URL}/.well-known/security.txt" if settings.SITE_IS_HTTPS else "",
        "Policy": settings.SECURITY_POLICY_URL,
    }
    return _text("".join(f"{name}: {value}\n" for name, value in fields.items() if value))


def expires(at: dt.datetime) -> dt.datetime:
    """The start (UTC) of the sixth month from now: the file changes once a month, not at each request."""
    months = at.astimezone(dt.UTC).month - 1 + MONTHS_VALID
    year = at.astimezone(dt.UTC).year + months // 12
    return dt.datetime(year, months % 12 + 1, 1, tzinfo=dt.UTC)


def database_problem() -> str:
    """Why the database cannot serve, without telling who or where it is; empty when it can."""
    # A connection of its own, with limits of its own: the pages' one may wait as long as it likes.
    probe = connection.copy()
    options = probe.settings_dict.setdefault("OPTIONS", {})
    probe.settings_dict["OPTIONS"] = options | {"connect_timeout": SECONDS_TO_CONNECT}
    try:
        # Within a transaction: behind a pool a session is had for no longer.
        probe.set_autocommit(False)
        with probe.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(MILLISECONDS_TO_ANSWER)])
        missing = known_migrations() - set(MigrationRecorder(probe).applied_migrations())
    except Error:
        return DOES_NOT_ANSWER
    finally:
        probe.close()
    return f"{len(missing)} migrations are not applied." if missing else ""


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """(app, name) of every migration in the code."""
    return frozenset(MigrationLoader(None).disk_migrations)


def _text(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
