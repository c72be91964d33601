"""Atom (RFC 4287), in pages (RFC 5005 §3)."""

import uuid
from collections.abc import Iterable
from xml.etree import ElementTree as Xml

from django.utils import translation

from events.models import Event
from events.models.choices import Status
from events.outputs import facts, plain
from events.outputs.facts import Feed

MEDIA_TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"


def document(events: Iterable[Event], feed: Feed) -> bytes:
    """The events in the order given; a reader shows them by `updated`, newest first, whatever that order."""
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
            _entry(root, event, feed)
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


def _entry(root: Xml.Element, event: Event, feed: Feed) -> None:
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
    _add(entry, "summary", _summary(event))
    _add(entry, "content", facts.description(event, page), type="text")


def _summary(event: Event) -> str:
    """What became of the event, then date and place in a line, as a reader's list shows it."""
    when = "" if event.status == Status.POSTPONED else facts.date_words(event)
    line = " · ".join(part for part in (when, facts.place(event)) if part)
    return " ".join(part for part in (*facts.changes(event), line) if part)


def _add(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, name, attributes)
    if text:
        element.text = text
    return element
