"""Marks and towns of the map: written here and not in templates, since there may be hundreds."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from events.atlas import Disc, Entry

register = template.Library()


@register.simple_tag
def map_discs(discs: Iterable[Disc]) -> SafeString:
    """The marks inside <svg> of events/map_drawing.html; without an address a mark leads nowhere."""
    return mark_safe("".join(map(_disc, discs)))  # noqa: S308 - each text is escaped where it is put in


def _disc(disc: Disc) -> str:
    entry, mark = disc.entry, disc.mark
    tag, link = ("a", f' href="{escape(entry.url)}" tabindex="-1"') if entry.url else ("g", "")
    chosen = " disc--chosen" if entry.is_chosen else ""
    ring = f'<circle class="disc__ring" r="{mark.ring}"/>' if len(mark.towns) > 1 else ""
    return (
        f'<{tag}{link} class="disc{chosen}" transform="translate({mark.x} {mark.y})">'
        f'<title>{escape(entry.title)}</title><circle class="disc__reach" r="{mark.reach}"/>{ring}'
        f'<circle class="disc__body" r="{mark.radius}"/><text dy=".35em">{entry.number}</text></{tag}>\n'
    )


@register.simple_tag
def map_towns(towns: Iterable[Entry]) -> SafeString:
    """List items, each a town to choose with its number of events."""
    return mark_safe("".join(map(_town, towns)))  # noqa: S308 - each text is escaped where it is put in


def _town(entry: Entry) -> str:
    current = ' aria-current="true"' if entry.is_chosen else ""
    link = f'<a href="{escape(entry.url or "")}"{current}>{escape(entry.label)}</a>'
    return f'<li>{link} <span class="num">{entry.number}</span></li>\n'
