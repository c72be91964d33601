"""The entries that can be shared: what visitors may see, nothing else."""

from django.conf import settings
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from addresses.lookup import find
from addresses.models import NounKind
from events.models import Event
from events.models.choices import State
from events.selection import Selection
from lib.http import Gone, Moved
from sharing.codes import uids_of


def shared_event(slug: str, route: str) -> Event:
    """The event with what `for_listing` fetches, for the address named `route`.

    Raises Moved for a former slug, Gone for a withdrawn entry, Http404 for anything else: drafts, too.
    """
    return _shown(find(Event.objects.known_to_visitors().for_listing(), NounKind.EVENT, slug, route))


def event_by_code(code: str) -> Event:
    """The event of a short address. Raises Gone and Http404 as above."""
    uids = uids_of(code)
    found = Event.objects.known_to_visitors().filter(uid__range=uids).order_by("pk").first() if uids else None
    if found is None:
        raise Http404(_("There is no page at this address."))
    return _shown(found)


def _shown(event: Event) -> Event:
    if event.state == State.WITHDRAWN:
        raise Gone
    return event


def shared_list(query: QueryDict, path: str) -> Selection:
    """What the filter of a query string selects. Raises Moved for former slugs."""
    selection = Selection(query, path, at=timezone.now())
    successor = selection.successor_query()
    if successor is not None:
        raise Moved(f"{path}?{successor}")
    return selection


def list_title(selection: Selection) -> str:
    """What a list is called where it stands alone: its filters in words."""
    words = selection.words
    return _("Events: %(filters)s") % {"filters": words} if words else _("Events")


def list_address(selection: Selection) -> str:
    """The absolute address of the list page with the same filter."""
    query = selection.query_string
    return settings.SITE_URL + reverse("events:list") + (f"?{query}" if query else "")
