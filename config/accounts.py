"""Editors' accounts in the admin: Django's own pages, with lists that work without a mouse."""

from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import groups
from accounts.editing import AccountRights
from accounts.signing import people
from lib.editing.digests import AsksByDigests
from lib.editing.forms import EditorForm


class EditorAccountAdmin(AccountRights):
    filter_horizontal = ()
    list_display = ("username", "email", "first_name", "last_name", "is_active", "is_superuser", "last_login")
    # Rights are given by group: a list of a hundred single ones helps nobody.
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Dates"), {"fields": ("last_login", "date_joined", "signing")}),
    )
    readonly_fields = ("last_login", "date_joined", "signing")

    @admin.display(description=_("Sign-ins"))
    def signing(self, person: User) -> str:
        """Where history, sessions, second factors and locks of the account are."""
        address = reverse(f"{self.admin_site.name}:{people.ROUTE}", args=[person.pk])
        return format_html('<a href="{}">{}</a>', address, gettext("Sign-ins, sessions, second factor, lock"))


class EditorGroupAdmin(AsksByDigests, GroupAdmin):
    form = EditorForm
    filter_horizontal = ()
    list_display = ("shown_name",)

    @admin.display(description=_("name"), ordering="name")
    def shown_name(self, group: Group) -> str:
        return groups.label(group)


def register() -> None:
    """Puts these pages in the place of Django's, and allauth's out of the way: they show secrets."""
    for model in (EmailAddress, Authenticator):
        admin.site.unregister(model)
    for model, page in ((User, EditorAccountAdmin), (Group, EditorGroupAdmin)):
        admin.site.unregister(model)
        admin.site.register(model, page)
