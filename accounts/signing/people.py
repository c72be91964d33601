"""Administrators' page about another account: its sign-ins, sessions, second factors and locks."""

from collections.abc import Callable, Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.signing import factors, history, lockout, mails

ROUTE = "accounts_person"


def addresses(site: AdminSite) -> Iterable[URLPattern | URLResolver]:
    """For lib.editing.offers.pages."""

    def person(request: HttpRequest, object_id: int) -> HttpResponse:
        return _person(site, request, object_id)

    return [path("accounts/person/<int:object_id>/", site.admin_view(person), name=ROUTE)]


def _person(site: AdminSite, request: HttpRequest, key: int) -> HttpResponse:
    if not request.user.has_perm("auth.change_user"):
        raise PermissionDenied
    person: User = get_object_or_404(get_user_model(), pk=key)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("do", ""))
        if act is None or not may_act_on(request.user, person):
            raise PermissionDenied
        messages.success(request, act(person, request.session.session_key))
        return redirect(f"{site.name}:{ROUTE}", key)
    now = timezone.now()
    context = site.each_context(request) | {
        "title": _("Sign-ins of %(name)s") % {"name": person.get_username()},
        "person": person,
        "may_act": may_act_on(request.user, person),
        "locked_until": lockout.waiting_until(person.get_username(), now),
        "factors": Authenticator.objects.filter(user=person, type__in=factors.FACTORS),
        "is_compulsory": factors.is_compulsory_for(person),
        "sessions": history.open_sessions(person, None, now),
        "sign_ins": history.latest(person),
    }
    return TemplateResponse(request, "account/person.html", context)


def may_act_on(user: Any, person: User) -> bool:
    """Whoever may change accounts, but superusers are for superusers only."""
    return bool(user.is_superuser or not person.is_superuser)


# -- what can be done --------------------------------------------------------------------------------


def lift_lock(person: User, _own_session: str | None) -> str:
    lockout.lift(person.get_username())
    return _("The account may sign in again at once.")


def end_sessions(person: User, own_session: str | None) -> str:
    """All but the one in which the button was pressed, should that be of the same account."""
    history.end_sessions(person, but=own_session)
    return _("The account has been signed out everywhere.")


def remove_factors(person: User, own_session: str | None) -> str:
    """For who has lost telephone and recovery codes. The person is told, and signs in anew."""
    Authenticator.objects.filter(user=person).delete()
    history.end_sessions(person, but=own_session)
    if person.email:
        mails.tell(mails.news_of("accounts/factors_removed"), person.email)
    return _("The second factors have been removed. The next sign-in needs the password alone.")


# (the account, the key of the session that asks) -> what has been done
ACTS: dict[str, Callable[[User, str | None], str]] = {
    "lift": lift_lock,
    "end": end_sessions,
    "remove": remove_factors,
}
