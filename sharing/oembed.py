"""oEmbed 1.0 (https://oembed.com): what another site needs to know to embed one of our pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as Xml

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils import translation

from addresses.lookup import find
from addresses.models import NounKind
from events.models import Series, Topic, Venue
from events.outputs import plain
from lib import languages
from lib.http import Moved
from lib.site import site_name
from organisations.models import Organisation
from sharing import cards, frames
from sharing.finding import list_title, shared_event, shared_list
from speakers.models import Speaker

# Seconds for which an answer holds.
AGE = 3600
# In less room than this a frame shows nothing, and a link is told instead.
NARROWEST, SHORTEST = 240, 120


@dataclass(frozen=True)
class Page:
    """One of our pages as others embed it: its frame and picture; `frame` is empty where a link must do."""

    title: str
    address: str
    frame: str
    height: int
    picture: str = ""


def page_at(address: str) -> Page:
    """The page at an absolute address. Raises Http404 for what is not ours, Gone for withdrawn entries."""
    own = urlsplit(settings.SITE_URL)
    try:
        asked = urlsplit(address)
    except ValueError:
        raise Http404 from None
    if asked.scheme not in ("http", "https") or asked.netloc.lower() != own.netloc.lower():
        raise Http404
    path = unquote(asked.path) or "/"
    with translation.override(languages.of_path(path)):
        try:
            return _page(_resolved(path), path, asked.query)
        except Moved as moved:
            heir = urlsplit(moved.url)
            return _page(_resolved(heir.path), heir.path, heir.query or asked.query)


def _resolved(path: str) -> ResolverMatch:
    try:
        return resolve(path)
    except Resolver404:
        raise Http404 from None


def _page(match: ResolverMatch, path: str, query: str) -> Page:
    """Raises Moved to the successor of a former slug."""
    if match.view_name == "events:detail":
        return _event(match.kwargs["slug"])
    if match.view_name == "events:list":
        return _list(QueryDict(query), path)
    if match.view_name in NOUNS:
        return _noun(match)
    if match.view_name == "home":
        return Page(site_name(), settings.SITE_URL + path, "", 0, _picture("sharing:site-picture"))
    raise Http404


def _event(slug: str) -> Page:
    event = shared_event(slug, "events:detail")
    return Page(
        title=plain.line(event.display_title),
        address=settings.SITE_URL + event.get_absolute_url(),
        frame=frames.event_frame(event.slug, frames.Look()),
        height=frames.LOWEST,
        picture=_picture("sharing:picture", event.slug),
    )


def _list(query: QueryDict, path: str) -> Page:
    """A list with a filter that cannot be read is no page to embed: it would show more than was asked for."""
    selection = shared_list(query, path)
    if selection.refused:
        raise Http404
    look = frames.Look()
    return Page(
        title=f"{site_name()}: {list_title(selection)}",
        address=settings.SITE_URL + selection.url(),
        frame=frames.list_frame(selection.query_dict, look),
        height=look.pixels(selection.total),
        picture=_picture("sharing:site-picture"),
    )


# {name of the page: (kind, who may be seen, the parameter that filters events by it)}
NOUNS: dict[str, tuple[str, Callable[[], QuerySet[Any]], str]] = {
    "events:series": (NounKind.SERIES, Series.objects.all, "series"),
    "events:topic": (NounKind.TOPIC, Topic.objects.all, "topic"),
    "events:venue": (NounKind.VENUE, Venue.objects.all, "venue"),
    "organisations:detail": (NounKind.ORGANISATION, Organisation.objects.all, "organisation"),
    "speakers:detail": (NounKind.SPEAKER, Speaker.objects.listed, "speaker"),
}


def _noun(match: ResolverMatch) -> Page:
    """A series, a topic, a person …: all their events, the latest first."""
    noun, things, parameter = NOUNS[match.view_name]
    thing = find(things(), noun, match.kwargs["slug"], match.view_name)
    query = QueryDict(mutable=True)
    query.update({parameter: thing.slug, "when": "all"})
    page = _list(query, reverse("events:list"))
    is_series = noun == NounKind.SERIES
    return Page(
        title=plain.line(str(thing)),
        address=settings.SITE_URL + reverse(match.view_name, args=[thing.slug]),
        frame=page.frame,
        height=page.height,
        picture=_picture("sharing:series-picture", thing.slug) if is_series else page.picture,
    )


def _picture(route: str, *args: str) -> str:
    return settings.SITE_URL + reverse(route, args=args)


# -- the answer -------------------------------------------------------------------------------------


def document(page: Page, width: int | None, height: int | None) -> dict[str, Any]:
    """The answer for at most that many pixels: type rich, or link where a frame finds no room."""
    told: dict[str, Any] = {
        "version": "1.0",
        "type": "link",
        "title": page.title,
        "url": page.address,
        "provider_name": site_name(),
        "provider_url": settings.SITE_URL,
        "cache_age": AGE,
    }
    fits = (width or NARROWEST) >= NARROWEST and (height or SHORTEST) >= SHORTEST
    if page.frame and fits:
        wide, high = min(width or frames.WIDEST, frames.WIDEST), min(height or page.height, page.height)
        told["type"] = "rich"
        told["html"] = frames.snippet(page.frame, page.title, high, width=f"{wide}px", resized=False)
        told |= {"width": wide, "height": high}
    if (width or cards.WIDTH) >= cards.WIDTH and (height or cards.HEIGHT) >= cards.HEIGHT:
        told |= {
            "thumbnail_url": page.picture,
            "thumbnail_width": cards.WIDTH,
            "thumbnail_height": cards.HEIGHT,
        }
    return told


def as_xml(told: dict[str, Any]) -> bytes:
    root = Xml.Element("oembed")
    for name, value in told.items():
        Xml.SubElement(root, name).text = plain.clean(str(value))
    return plain.xml(root)
