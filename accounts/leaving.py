"""Who leaves: the person goes, the account stays as a pseudonym: histories still say who was the same."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accounts.models import Membership, SignIn
from accounts.signing import history, lockout
from privacy import register
from privacy.models import Subject


class Needed(Exception):
    """Without this account nobody could administer the others."""


def pseudonym(user: User) -> str:
    """What histories call the account from then on."""
    return f"konto-{user.pk}"


def has_left(user: User) -> bool:
    return user.username == pseudonym(user) and not user.is_active


@transaction.atomic
def leave(user: User, *, at: dt.datetime | None = None) -> None:
    """Erases whose account it is: names, address, password, factors, sign-ins, sessions, memberships, rights.

    What the account has done stays on the trail under its number. Raises Needed for the last superuser who
    can sign in. `at` is when they left first, if it is done again.
    """
    others = get_user_model()._default_manager.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and user.is_active and not others.exists():
        raise Needed
    history.end_sessions(user)
    lockout.lift(user.username)
    models: list[Any] = [SignIn, Authenticator, EmailAddress, Membership]
    for model in models:
        model._default_manager.filter(user=user).delete()
    _forget_in_log(user)
    user.groups.clear()
    user.user_permissions.clear()
    user.username = pseudonym(user)
    user.first_name = user.last_name = user.email = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    register.note(Subject.ACCOUNT, str(user.pk), at=at)


def erase_again(erased: Collection[register.Erased], _current_at: dt.datetime | None = None) -> register.Done:
    """Accounts on the list that have come back with an older backup.

    Restoring gives numbers out again that were given since: who joined after the erasure is somebody else.
    """
    moments = {entry.which: entry.moment for entry in erased}
    there = get_user_model()._default_manager.filter(pk__in=moments)
    back = [user for user in there if not has_left(user) and user.date_joined <= moments[str(user.pk)]]
    for user in back:
        # Whoever restores has an account on the server; a superuser can be made there.
        user.is_superuser = False
        leave(user, at=moments[str(user.pk)])
    return register.Done(len(back))


def ask(page: Any, request: HttpRequest, people: list[User]) -> TemplateResponse:
    """The page of the admin that says what `leave` does, and asks whether to go on."""
    context = page.admin_site.each_context(request) | {
        "opts": page.opts,
        "things": people,
        "checkbox": ACTION_CHECKBOX_NAME,
        "media": page.media,
        "action": "leave",
        "title": _("Anonymise for good?"),
        "button": _("Anonymise for good"),
        "effects": [
            _("Name, e-mail address, password, second factors, sign-ins and sessions are erased."),
            _("Memberships and rights end; nobody can sign in with this account any more."),
            _("Histories go on naming the account, by its number alone."),
            _("This cannot be undone."),
        ],
    }
    return TemplateResponse(request, "admin/confirm_action.html", context)


def _forget_in_log(user: Any) -> None:
    """What the admin's log says of the account itself, and where it quotes the name."""
    account = ContentType.objects.get_for_model(User)
    quoted = Q(content_type=account, object_id=str(user.pk))
    for name in filter(None, (user.email, user.get_full_name(), user.username)):
        quoted |= Q(content_type=account, change_message__contains=name)
    LogEntry.objects.filter(quoted).update(object_repr=pseudonym(user), change_message="")
