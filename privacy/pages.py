"""The page for requests about one's own data: what is stored, as a file, and who was told when."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lib.editing import offers
from privacy import subjects, telling
from privacy.models import Disclosure, Subject

RIGHT = "privacy.view_disclosure"
ROUTE = "privacy_requests"
LATEST = 20


class RequestForm(forms.Form):
    subject = forms.ChoiceField(label=gettext_lazy("Who asks?"), choices=Subject.choices)
    which = forms.CharField(
        label=gettext_lazy("Address or name"),
        max_length=254,
        help_text=gettext_lazy("The last part of the page's address, the user name, or the e-mail address."),
    )

    def clean(self) -> dict[str, Any]:
        """Adds `thing`, the subject itself."""
        told = super().clean() or self.cleaned_data
        if {"subject", "which"} <= told.keys():
            told["thing"] = subjects.find(told["subject"], told["which"].strip())
            if told["thing"] is None:
                self.add_error("which", _("Nothing is known under this name."))
        return told


def offer_page() -> None:
    offers.pages(_pages)
    offers.tool(ROUTE, gettext_lazy("Data protection"), needs=RIGHT)


def _pages(site: AdminSite) -> Iterable[URLPattern]:
    return [path("privacy/", site.admin_view(partial(requests, site=site)), name=ROUTE)]


def requests(request: HttpRequest, site: AdminSite) -> HttpResponse:
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    form = RequestForm(request.POST if request.method == "POST" else None)
    act = ACTS.get(request.POST.get("do", ""))
    if act and form.is_valid():
        return act(request, form, site)
    context = site.each_context(request) | {
        "title": _("Data protection"),
        "form": form,
        "given": Disclosure.objects.select_related("by")[:LATEST],
    }
    return TemplateResponse(request, "privacy/requests.html", context)


def _give(request: HttpRequest, form: RequestForm, _site: AdminSite, kind: str) -> HttpResponse:
    """The file itself; that it was given is noted."""
    subject, thing = form.cleaned_data["subject"], form.cleaned_data["thing"]
    told = telling.tell(subject, thing)
    telling.note(subject, subjects.identifier(subject, thing), by=request.user)
    text, content = (told.as_json(), "application/json") if kind == "json" else (told.as_html(), "text/html")
    answer = HttpResponse(text, content_type=f"{content}; charset=utf-8")
    # Without a name: file names end up in lists.
    answer["Content-Disposition"] = f'attachment; filename="{subject}-{told.at:%Y-%m-%d}.{kind}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _erase(request: HttpRequest, form: RequestForm, site: AdminSite) -> HttpResponse:
    subject, thing = form.cleaned_data["subject"], form.cleaned_data["thing"]
    erase = subjects.eraser(subject)
    if erase is None:
        messages.error(request, _("People and accounts are anonymised in the list of people or of accounts."))
    else:
        number = erase(thing)
        text = ngettext("Erased from %(number)d row.", "Erased from %(number)d rows.", number)
        messages.success(request, text % {"number": number})
    return HttpResponseRedirect(reverse(f"{site.name}:{ROUTE}"))


# (the request, a valid form, the site) -> what comes of it
ACTS: dict[str, Callable[[HttpRequest, RequestForm, AdminSite], HttpResponse]] = {
    "json": partial(_give, kind="json"),
    "html": partial(_give, kind="html"),
    "erase": _erase,
}
