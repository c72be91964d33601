"""What the search for duplicates brings to the pages of the nouns."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.duplicates import pages, pairing, suspects
from curation.duplicates.kinds import KINDS
from curation.duplicates.typed import typed
from curation.merging.pages import merging
from lib.editing import offers, tasks

_NAMED_BY = {"event": "title", "speaker": "family_name", "topic": "name_de"}


def offer_duplicates() -> None:
    offers.pages(_pages)
    offers.tool("curation_duplicates", gettext_lazy("Duplicates"), needs="events.change_event")
    for noun, kind in KINDS.items():
        label = kind.model._meta.label
        offers.in_form(label, offers.Panel("curation/duplicates_panel.html", _panel(noun)))
        offers.script(label, "admin_site/duplicates.js")
        offers.saved(label, partial(_warn, noun))
        tasks.offer(
            tasks.Task(
                name="duplicates",
                model=label,
                label=gettext_lazy("Suspected duplicates"),
                why=gettext_lazy("Two entries seem to be the same: merge them, or say that they are not."),
                which=partial(_waiting, noun),
                words={"event": "title", "speaker": "sort_name", "topic": "name_de"}.get(noun, "name"),
                day="starts_on" if noun == "event" else "",
                ways=(tasks.Way(gettext_lazy("Compare"), f"curation_twins_{noun}"),),
                rank=60,
            )
        )


def _pages(site: AdminSite) -> Iterable[URLPattern]:
    def at(view: Callable[..., Any]) -> Callable[..., Any]:
        return site.admin_view(partial(view, site=site))

    return [
        path("duplicates/", at(pages.duplicates), name="curation_duplicates"),
        path("duplicates/<str:noun>/alike/", at(pages.alike), name="curation_alike"),
        path("duplicates/<str:noun>/<int:one>/<int:other>/", at(pages.decide), name="curation_unlike"),
        *(
            path(
                f"duplicates/of/{noun}/<int:key>/",
                at(partial(pages.of_entry, noun=noun)),
                name=f"curation_twins_{noun}",
            )
            for noun in KINDS
        ),
        path("merge/<str:noun>/<int:keep>/<int:lose>/", at(merging), name="curation_merge"),
    ]


def _waiting(noun: str, found: Any, at: Any) -> Any:
    return suspects.suspected(found, noun)


def _panel(noun: str) -> Callable[[HttpRequest, Any], dict[str, Any] | None]:
    """The hint above a form: what has been found so far, and where a script asks again."""

    def facts(request: HttpRequest, entry: Any) -> dict[str, Any] | None:
        from django.contrib.admin import site

        key = entry.pk if entry else 0
        return {
            "address": reverse(f"{site.name}:curation_alike", args=[noun]),
            "key": key,
            "below": _NAMED_BY.get(noun, "name"),
            "twins": _found(site, request, noun, key),
        }

    return facts


def _found(site: AdminSite, request: HttpRequest, noun: str, key: int) -> list[pairing.Twin]:
    """Of a form that was refused, what has been typed; else what is known of the entry."""
    if request.method == "POST":
        about = typed(noun, request.POST, key)
        return pairing.twins(site, request, noun, about) if about else []
    return pairing.kept_twins(site, request, noun, key) if key else []


def _warn(noun: str, page: Any, request: HttpRequest, entry: Any) -> None:
    """After an entry was saved: what it may be the same as. So it is said without scripts, too."""
    suspects.examine_now(noun, entry.pk)
    found = pairing.kept_twins(page.admin_site, request, noun, entry.pk)
    strong = [(twin.address, twin.name) for twin in found if twin.is_strong]
    if strong:
        links = format_html_join(", ", '<a href="{}">{}</a>', strong)
        text = format_html("{} {}", _("Is this entered twice? It resembles:"), links)
        messages.warning(request, text)
