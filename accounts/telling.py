"""What is stored on the holder of an account, for who asks (GDPR art. 15)."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import groups
from accounts.models import Membership, SignIn
from privacy import subjects, telling
from privacy.models import Subject
from privacy.telling import Row, row_of
from trail.models import Change

_FIELDS = (
    "username", "first_name", "last_name", "email", "is_active", "is_staff", "is_superuser", "date_joined",
    "last_login",
)  # fmt: skip


def offer_answers() -> None:
    subjects.offer(
        Subject.ACCOUNT, lambda name: User.objects.filter(username=name).first(), lambda user: str(user.pk)
    )
    for title, ask in (
        (gettext_lazy("The account"), account),
        (gettext_lazy("Memberships"), memberships),
        (gettext_lazy("Second factors"), factors),
        (gettext_lazy("Sign-ins"), sign_ins),
        (gettext_lazy("What the account has changed"), changes),
        (gettext_lazy("What the admin's log says"), log),
    ):
        telling.offer(Subject.ACCOUNT, title, ask)


def account(user: User) -> Iterable[Row]:
    named = [groups.label(group) for group in user.groups.order_by("pk")]
    yield row_of(user, *_FIELDS) | ({_("Groups"): named} if named else {})


def memberships(user: User) -> Iterable[Row]:
    found = Membership.objects.filter(user=user).select_related("organisation")
    return (row_of(one, "organisation", "may_publish") for one in found)


def factors(user: User) -> Iterable[Row]:
    """Without the secrets: they would be worth stealing."""
    found = Authenticator.objects.filter(user=user).order_by("pk")
    return (row_of(one, "type", "created_at", "last_used_at") for one in found)


def sign_ins(user: User) -> Iterable[Row]:
    found = SignIn.objects.filter(user=user)
    return (row_of(one, "at", "network", "browser", "method", "outcome") for one in found)


def changes(user: User) -> Iterable[Row]:
    """A line for each entry; what stood there is in the entry's own history."""
    found = Change.objects.filter(actor=user).order_by().values("noun", "owner")
    for row in found.annotate(number=Count("transaction", distinct=True), first=Min("at"), last=Max("at")):
        yield {
            _("Entry"): f"{row['noun']} {row['owner']}",
            _("Steps"): row["number"],
            _("First"): row["first"],
            _("Last"): row["last"],
        }


def log(user: User) -> Iterable[Row]:
    for one in LogEntry.objects.filter(user=user).select_related("content_type"):
        yield {_("When"): one.action_time, _("Entry"): one.object_repr, _("What"): one.get_change_message()}
