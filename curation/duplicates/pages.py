"""The list of suspected duplicates, what editors say of them, and the hint in a form."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from addresses.models import NounKind
from curation.duplicates import pairing, suspects
from curation.duplicates.kinds import KINDS
from curation.duplicates.typed import typed
from curation.models import Suspicion, Unlike
from lib.paging import page_links, paginate

PER_PAGE = 20
STRENGTHS = ("strong", "all", "decided")


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; what cannot be read is left out."""

    noun: str
    strength: str
    entry: int

    @classmethod
    def read(cls, query: QueryDict, nouns: list[str]) -> "Asked":
        noun, strength, entry = (query.get(name, "") for name in ("noun", "strength", "entry"))
        is_key = entry.isascii() and entry.isdigit() and len(entry) < 18
        return cls(
            noun if noun in nouns else "",
            strength if strength in STRENGTHS else STRENGTHS[0],
            int(entry) if is_key else 0,
        )

    @property
    def query(self) -> str:
        entry = f"&entry={self.entry}" if self.entry else ""
        return f"noun={self.noun}&strength={self.strength}{entry}"


@require_safe
def duplicates(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Filters: `noun`; `strength`: strong (default), all, or decided (what is not the same); `entry`."""
    nouns = seen_nouns(request, site)
    if not nouns:
        raise PermissionDenied
    asked = Asked.read(request.GET, nouns)
    page, problem = paginate(_found(request, site, nouns, asked), request.GET.get("p"), PER_PAGE)
    context = {
        **site.each_context(request),
        "title": _("Suspected duplicates"),
        "asked": asked,
        "nouns": [(name, NounKind(name).label) for name in nouns],
        "is_behind": suspects.is_behind(),
        "problem": problem,
        **_shown(request, site, page, asked),
    }
    return TemplateResponse(request, "curation/duplicates.html", context)


def _shown(request: HttpRequest, site: AdminSite, page: Page, asked: Asked) -> dict[str, Any]:
    rows = list(page.object_list)
    is_decided = asked.strength == "decided"
    return {
        "total": page.paginator.count,
        "pairs": [] if is_decided else pairing.pairs(site, request, rows),
        "decided": _decisions(site, request, rows) if is_decided else [],
        **page_links(page, lambda number: f"?{asked.query}&p={number}"),
    }


@require_safe
def of_entry(request: HttpRequest, site: AdminSite, noun: str, key: int) -> HttpResponse:
    """The pairs of one entry."""
    query = f"noun={noun}&strength=all&entry={key}"
    return HttpResponseRedirect(f"{reverse(f'{site.name}:curation_duplicates')}?{query}")


def seen_nouns(request: HttpRequest, site: AdminSite) -> list[str]:
    """The kinds of entries that this person may look at."""
    return [noun for noun in KINDS if pairing.page_of(site, noun).has_view_permission(request)]


def _found(request: HttpRequest, site: AdminSite, nouns: list[str], asked: Asked) -> QuerySet[Any]:
    """Pairs of which the person may see both, so that the number above the list is true."""
    is_decided = asked.strength == "decided"
    found: Any = Unlike.objects.select_related("by") if is_decided else Suspicion.objects.open()
    if asked.strength == "strong":
        found = found.strong()
    if asked.entry:
        found = found.filter(Q(one=asked.entry) | Q(other=asked.entry))
    seen = found.none()
    for noun in [asked.noun] if asked.noun else nouns:
        entries = pairing.page_of(site, noun).get_queryset(request).order_by()
        one, other = (Exists(entries.filter(pk=OuterRef(side))) for side in ("one", "other"))
        seen = seen | found.filter(one, other, noun=noun)
    return seen.order_by("-at", "-pk") if is_decided else seen.order_by("-score", "noun", "pk")


def _decisions(site: AdminSite, request: HttpRequest, rows: Any) -> list[tuple[Any, Any, Any]]:
    """[(decision, one entry, other entry)]"""
    found = []
    for row in rows:
        entries = pairing.shown(site, request, row.noun, [row.one, row.other])
        if row.one in entries and row.other in entries:
            found.append((row, entries[row.one], entries[row.other]))
    return found


@require_POST
def decide(request: HttpRequest, site: AdminSite, noun: str, one: int, other: int) -> HttpResponse:
    """Notes that both are not the same; with `undo` takes that back."""
    one, other = sorted((one, other))
    _insist_on_both(request, site, noun, one, other)
    if "undo" in request.POST:
        Unlike.objects.filter(noun=noun, one=one, other=other).delete()
        messages.success(request, _("The pair is suspected again."))
    else:
        Unlike.objects.get_or_create(noun=noun, one=one, other=other, defaults={"by": request.user})
        messages.success(request, _("Noted: these are not the same."))
    query = request.POST.get("back", "")
    back = query if set(query) <= set(_PLAIN) else ""
    return HttpResponseRedirect(f"{reverse(f'{site.name}:curation_duplicates')}?{back}")


_PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789=&_"


def _insist_on_both(request: HttpRequest, site: AdminSite, noun: str, *keys: int) -> None:
    if noun not in KINDS:
        raise Http404
    page = pairing.page_of(site, noun)
    entries = list(page.get_queryset(request).filter(pk__in=keys))
    if len(entries) != len(set(keys)):
        raise Http404
    if not all(page.has_change_permission(request, entry) for entry in entries):
        raise PermissionDenied


@require_safe
def alike(request: HttpRequest, site: AdminSite, noun: str) -> HttpResponse:
    """A fragment of HTML for the form that is being filled in; empty (204) where nothing resembles it."""
    if noun not in KINDS:
        raise Http404
    page = pairing.page_of(site, noun)
    if not (page.has_add_permission(request) or page.has_change_permission(request)):
        raise PermissionDenied
    key = request.GET.get("key", "")
    facts = typed(noun, request.GET, int(key) if key.isascii() and key.isdigit() and len(key) < 18 else 0)
    found = pairing.twins(site, request, noun, facts) if facts else []
    if not found:
        return HttpResponse(status=204)
    return render(request, "curation/duplicates_hint.html", {"twins": found})
