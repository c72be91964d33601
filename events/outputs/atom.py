"""Atom (RFC 4287), in pages (RFC 5005 §3)."""

import uuid
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as Xml

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from events.history import Change, latest
from events.models import Event
from events.models.choices import Status
from events.outputs import facts, plain
from events.outputs.facts import Feed
from lib import dates

MEDIA_TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
MOST_CHANGES = 10
History = Mapping[int, list[Change]]


def document(events: Iterable[Event], feed: Feed, history: History | None = None) -> bytes:
    """The events in the order given; a reader shows them by `updated`, newest first, whatever that order.

    `history` is what changed of each, by primary key, in the language of the feed.
    """
    with translation.override(feed.site.language):
        known = list(events)
        root = Xml.Element("feed", {"xmlns": NAMESPACE, "xml:lang": feed.site.language})
        _add(root, "id", identifier(feed))
        _add(root, "title", plain.line(feed.title))
        _add(root, "updated", plain.moment(max((event.modified_at for event in known), default=feed.now)))
        author = _add(root, "author")
        _add(author, "name", plain.line(feed.site.name))
        _add(author, "uri", feed.site.url + "/")
        _links(root, feed)
        for event in known:
            _entry(root, event, feed, (history or {}).get(event.pk, []))
        return plain.xml(root)


def identifier(feed: Feed) -> str:
    """The same for all pages of one filter, and another for each filter and language."""
    return uuid.uuid5(uuid.NAMESPACE_URL, feed.first or feed.address).urn


def _links(root: Xml.Element, feed: Feed) -> None:
    _add(root, "link", rel="self", type=MEDIA_TYPE, href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    for rel in ("first", "previous", "next", "last"):
        if getattr(feed, rel):
            _add(root, "link", rel=rel, type=MEDIA_TYPE, href=getattr(feed, rel))


def _entry(root: Xml.Element, event: Event, feed: Feed, changes: list[Change]) -> None:
    page = facts.address(event, feed.site)
    entry = _add(root, "entry")
    if event.title_language != feed.site.language:
        entry.set("xml:lang", event.title_language)
    _add(entry, "id", facts.identifier(event))
    _add(entry, "title", facts.headline(event))
    _add(entry, "updated", plain.moment(event.modified_at))
    _add(entry, "published", plain.moment(event.published_at or event.created_at))
    _add(entry, "link", rel="alternate", type="text/html", href=page)
    if event.has_day:
        _add(
            entry, "link", rel="related", type="text/calendar", href=facts.calendar_address(event, feed.site)
        )
    for topic in event.topic_list:
        _add(entry, "category", term=topic.slug, label=plain.line(topic.name))
    _add(entry, "summary", _summary(event, changes))
    _add(entry, "content", "\n".join([facts.description(event, page), *_history(changes)]), type="text")


def _summary(event: Event, changes: list[Change]) -> str:
    """What changed last, what became of the event, then date and place, as a reader's list shows it."""
    when = "" if event.status == Status.POSTPONED else facts.date_words(event)
    line = " · ".join(part for part in (when, facts.place(event)) if part)
    words = "; ".join(plain.line(change.text) for change in latest(changes))
    last = _("Last changed: %(changes)s.") % {"changes": words} if words else ""
    return " ".join(part for part in (last, *facts.changes(event), line) if part)


def _history(changes: list[Change]) -> list[str]:
    """What changed so far as lines, newest first, each with its day where that is known."""
    told = [change for change in changes if change.kind != "published"][:MOST_CHANGES]
    if not told:
        return []
    lines = [f"{dates.day(timezone.localdate(one.at))}: {one.text}" if one.at else one.text for one in told]
    return ["", _("What has changed:"), *(plain.line(line) for line in lines)]


def _add(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, name, attributes)
    if text:
        element.text = text
    return element
