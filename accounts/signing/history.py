"""Who signed in when, from which network, by what: kept for the person and for administrators."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, get_user_model
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models.sign_in import LONGEST_BROWSER, Method, Outcome, SignIn, SignInQuerySet
from accounts.signing import limits, lockout
from accounts.signing.browsers import family
from lib.visitors import address_of, shortened

# Where a session keeps its sign-in: [key of the row, key of the session that stands there].
OWN_ROW = "sign_in"
# As many as a page shows.
LATEST = 20


@dataclass(frozen=True)
class OpenSession:
    """A session that still lasts; `until` moves on as long as it is used."""

    sign_in: SignIn
    until: dt.datetime
    is_this_one: bool


def network_of(request: HttpRequest) -> str:
    """The truncated network, "unknown" where the address is unreadable."""
    return shortened(address_of(request))


def signed_in(sender: Any, request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    """Receiver of Django's signal: notes the sign-in and says how long the session may last."""
    at = timezone.now()
    limits.start(request.session, at)
    row = _note(request, at, user=user, method=_method(request, user), outcome=Outcome.SIGNED_IN)
    request.session[OWN_ROW] = [row.pk, ""]
    follow(request.session)


def follow(session: SessionBase) -> None:
    """Keeps the sign-in's row and its session together: Django gives the session a new key now and then."""
    key, known = session.get(OWN_ROW, (None, None))
    if key is not None and known != session.session_key:
        SignIn.objects.filter(pk=key).update(session_key=session.session_key or "")
        session[OWN_ROW] = [key, session.session_key]


def refused(request: HttpRequest, name: str, method: Method) -> None:
    """A wrong password or code. For a name without an account the same work is done."""
    user = get_user_model()._default_manager.filter(username__iexact=name.strip()).first()
    digest = "" if user else lockout.digest_of(name)
    _note(request, timezone.now(), user=user, name_digest=digest, method=method, outcome=Outcome.REFUSED)


def _note(request: HttpRequest, at: dt.datetime, **facts: Any) -> SignIn:
    browser = family(request.headers.get("User-Agent", ""))[:LONGEST_BROWSER]
    return SignIn.objects.create(at=at, network=network_of(request), browser=browser, **facts)


def _method(request: HttpRequest, user: Any) -> Method:
    """The last thing shown in this session; allauth keeps a list of them there."""
    records = get_authentication_records(request, user)
    last = records[-1] if records else {}
    shown = last.get("type") or last.get("method")
    return Method(shown) if shown in Method.values else Method.OTHER


# -- what a person sees ------------------------------------------------------------------------------


def latest(user: Any) -> SignInQuerySet:
    return SignIn.objects.filter(user=user)[:LATEST]


def open_sessions(user: Any, this_one: str | None, at: dt.datetime) -> list[OpenSession]:
    """Those that would still be let in: neither over nor older than the password."""
    sign_ins = {row.session_key: row for row in SignIn.objects.filter(user=user).exclude(session_key="")}
    rows = Session.objects.filter(session_key__in=sign_ins, expire_date__gt=at).order_by("-expire_date")
    return [
        OpenSession(sign_ins[row.session_key], row.expire_date, row.session_key == this_one)
        for row in rows
        if constant_time_compare(row.get_decoded().get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
    ]


def end_sessions(user: Any, but: str | None = None) -> int:
    """Ends all sessions of an account, but the one with that key; how many."""
    keys = SignIn.objects.filter(user=user).exclude(session_key__in=["", but or ""])
    return Session.objects.filter(session_key__in=keys.values("session_key")).delete()[0]


def delete_old(at: dt.datetime | None = None) -> int:
    """Forgets sign-ins after SIGN_IN_DAYS, and failures that no longer count; how many sign-ins."""
    now = at or timezone.now()
    lockout.delete_old(now)
    return SignIn.objects.before(now - dt.timedelta(days=settings.SIGN_IN_DAYS)).delete()[0]
