"""What the link check brings to editors: tasks for each noun, a panel in the event's form, the button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite, site
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.links.mending import take_over
from curation.links.uses import events_using, used_by, uses_of
from curation.models import Link
from curation.models.links import LinkState
from lib.editing import offers
from lib.editing.tasks import Step, Task, offer
from trail.acting import because

# What an editor should look at; the rest is in order or tells nothing.
_TROUBLE = (LinkState.DEAD, LinkState.FAILING, LinkState.TIMEOUT, LinkState.REFUSED)


@dataclass(frozen=True)
class ShownUse:
    """Where an address is used, and where this person would change it (nowhere, if not allowed to)."""

    name: str
    field: str
    address: str
    may_change: bool


def may_change_entry(of: AdminSite, request: HttpRequest, entry: Any) -> bool:
    return bool(of.get_model_admin(type(entry)).has_change_permission(request, entry))


def may_see_links(request: HttpRequest) -> bool:
    """Who is bound to some entries would find those of others here."""
    return bool(request.user.has_perms(["events.change_event", "accounts.every_entry"]))


def shown_uses(of: AdminSite, request: HttpRequest, url: str) -> list[ShownUse]:
    told = []
    for use in uses_of(url):
        meta = use.entry._meta
        may = may_change_entry(of, request, use.entry)
        route = f"{of.name}:{meta.app_label}_{meta.model_name}_change"
        address = (
            f"{reverse(route, args=[use.entry.pk])}#{use.anchor}" if may else use.entry.get_absolute_url()
        )
        told.append(ShownUse(str(use.entry), str(use.field.verbose_name), address, may))
    return told


def _take_over(request: HttpRequest, link: Link) -> None:
    reason = _("The address leads elsewhere for good: %(target)s") % {"target": link.target}
    with because(reason):
        if not link.target or not take_over(link, lambda entry: may_change_entry(site, request, entry)):
            raise PermissionDenied


def _panel(request: HttpRequest, event: Any) -> dict[str, Any] | None:
    """The event's links that need a look; nothing where all is well."""
    if event is None:
        return None
    links = Link.objects.filter(used_by(event))
    found = [link for link in links if link.state in _TROUBLE or link.target]
    return {"links": found, "may_open": may_see_links(request)} if found else None


def _dead_among_events(events: Any, at: Any = None) -> Any:
    return events.filter(events_using(_dead()))


def _dead_websites(nouns: Any, at: Any = None) -> Any:
    return nouns.filter(website__in=_dead())


def _dead() -> Any:
    return Link.objects.dead().order_by().values("url")


def _moved(links: Any, at: Any = None) -> Any:
    return links.filter(state=LinkState.REDIRECTED).exclude(target="")


_WHY_DEAD = gettext_lazy("An address in them did not answer on three different days.")
# (noun, heading, which, the column of its name, where the form's field is)
_NOUNS: list[tuple[str, Any, Callable[..., Any], str, str]] = [
    ("events.Event", gettext_lazy("Events with a dead link"), _dead_among_events, "title", "links"),
    ("events.Series", gettext_lazy("Series with a dead link"), _dead_websites, "name", "id_website"),
    ("organisations.Organisation", gettext_lazy("Organisations with a dead link"), _dead_websites, "name",
     "id_website"),
    ("events.Venue", gettext_lazy("Venues with a dead link"), _dead_websites, "name", "id_website"),
    ("speakers.Speaker", gettext_lazy("People with a dead link"), _dead_websites, "sort_name", "id_website"),
]  # fmt: skip


def offer_links() -> None:
    for number, (model, label, which, words, anchor) in enumerate(_NOUNS):
        day = "starts_on" if model == "events.Event" else ""
        order = ("-starts_on", "-pk") if day else (words, "pk")
        offer(
            Task("dead-link", model, label, _WHY_DEAD, which, words, "", day, order, anchor, rank=14 + number)
        )
    offer(
        Task(
            "moved",
            "curation.Link",
            gettext_lazy("Links that have moved"),
            gettext_lazy("They lead to a new address for good. Taking it over writes it into the entries."),
            _moved,
            words="url",
            note="target",
            order=("url",),
            steps=(Step("take-over", gettext_lazy("Take over"), _take_over),),
            rank=65,
        )
    )
    offers.in_form("events.Event", offers.Panel("curation/links_panel.html", _panel))
