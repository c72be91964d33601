"""What the account pages add to Django's: memberships, groups in words, and who may touch whom."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import groups, leaving
from accounts.models import Membership
from lib.editing.digests import AsksByDigests
from lib.editing.forms import EditorForm
from lib.editing.inlines import OrderedFormSet, OrderedInline


class MembershipFormSet(OrderedFormSet):
    unique_together = ("organisation",)


class MembershipInline(OrderedInline):
    model = Membership
    formset = MembershipFormSet
    fields = ["organisation", "may_publish"]
    autocomplete_fields = ["organisation"]


class AccountForm(EditorForm, UserChangeForm):
    """Who saves a form that was opened before takes back no right, and no name that was erased meanwhile."""


class AccountRights(AsksByDigests, UserAdmin):
    """Administrators manage every account but a superuser's, and make none."""

    form = AccountForm
    inlines = [MembershipInline]
    actions = ["leave"]

    @admin.action(description=gettext_lazy("Anonymise selected accounts …"), permissions=["delete"])
    def leave(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse | None:
        people = [one for one in queryset if self.has_delete_permission(request, one) and one != request.user]
        if "confirmed" not in request.POST:
            return leaving.ask(self, request, people)
        for person in people:
            try:
                leaving.leave(person)
            except leaving.Needed:
                self.message_user(request, _("The last superuser stays."), messages.ERROR)
                continue
            self.log_change(request, person, "–")
            name = {"name": leaving.pseudonym(person)}
            self.message_user(request, _("The account is now called %(name)s.") % name, messages.SUCCESS)
        return None

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return super().get_inlines(request, obj) if obj is not None else []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _is_within_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_within_reach(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = [*super().get_readonly_fields(request, obj)]
        return fixed if request.user.is_superuser else [*fixed, "is_superuser"]

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        field: Any = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups":
            field.label_from_instance = groups.label
            # As they were made: the one with the fewest rights first.
            field.queryset = field.queryset.order_by("pk")
        return field

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A member in no group could not even sign in to look: the least group is added."""
        super().save_related(request, form, formsets, change)
        person = form.instance
        if not change or person.groups.exists() or not person.memberships.exists():
            return
        group = Group.objects.filter(name=groups.AUTHOR).first()
        if group is not None:
            person.groups.add(group)
            text = _("The account was put into the group “%(group)s”: a membership alone gives no right.")
            self.message_user(request, text % {"group": groups.label(group)}, messages.WARNING)


def _is_within_reach(request: HttpRequest, person: Any) -> bool:
    return bool(person is None or request.user.is_superuser or not person.is_superuser)


def closed_addresses(site: AdminSite) -> Iterable[URLPattern]:
    """Takes the place of the admin's own redirect to an entry's page, for lib.editing.offers.pages.

    That one looks at no right, and the address of somebody's draft tells its title. Our pages link directly.
    """

    def closed(request: HttpRequest, **_which: str) -> HttpResponse:
        raise Http404

    return [path("r/<path:content_type_id>/<path:object_id>/", site.admin_view(closed))]
