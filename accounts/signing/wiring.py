"""What happens beside signing in: Django's and allauth's signals, connected once all apps are there."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed, password_reset
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from accounts.signing import history, lockout
from accounts.signing.factor_forms import LAST_STEP, step_of
from accounts.signing.factors import FACTORS


def connect() -> None:
    user_logged_in.connect(history.signed_in)
    password_changed.connect(_password_changed)
    password_reset.connect(_password_replaced)
    authenticator_added.connect(_factor_added)


def _password_changed(sender: Any, request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    """The session in which it was changed goes on, under a new key."""
    history.follow(request.session)
    history.end_sessions(user, but=request.session.session_key)


def _password_replaced(sender: Any, request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    """Whoever reads the account's mail need not wait for a lock to end.

    A session of this very browser ends with the answer: the password it was opened with holds no more.
    """
    history.end_sessions(user, but=request.session.session_key)
    lockout.lift(user.get_username())


def _factor_added(
    sender: Any, request: HttpRequest, user: Any, authenticator: Authenticator, **_kwargs: Any
) -> None:
    """The code that was shown for it is used up; sessions that knew no second factor end.

    Who has just shown a second factor need not show it again to see the recovery codes.
    """
    if authenticator.type == Authenticator.Type.TOTP:
        secret = get_adapter().decrypt(authenticator.data["secret"])
        authenticator.data[LAST_STEP] = step_of(secret, request.POST.get("code", "")) or 0
        authenticator.save(update_fields=["data"])
    if authenticator.type in FACTORS:
        history.end_sessions(user, but=request.session.session_key)
        told = {"id": authenticator.pk, "type": authenticator.type, "reauthenticated": True}
        record_authentication(request, user, "mfa", **told)
