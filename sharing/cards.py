"""What the picture says that other sites show beside a link: words only, drawn by `drawing`."""

import hashlib
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event, Series
from events.models.choices import Precision
from events.outputs import facts, plain
from events.outputs.facts import Site
from events.templatetags.date_badge import NO_LONGER_VALID, Sheet, sheet
from events.templatetags.event_tags import place_line, status_labels
from lib import dates
from lib.site import site_tagline

# In pixels: the size that other sites show a link's picture in.
WIDTH, HEIGHT = 1200, 630
# To be raised with each change of the drawing: the same words are then drawn anew.
VERSION = 2


@dataclass(frozen=True, kw_only=True)
class Card:
    """The words of one picture; empty ones are left out. Equal cards are equal pictures.

    `sheet` are the days as on a calendar sheet, None where the mark of the site stands instead; `labels`
    are pairs of kind and words, the gravest first. `accent` is the operator's colour as #1f4bb4, empty for
    the stylesheet's; an operator with a logo is not shown under the software's mark.
    """

    site: str
    title: str
    above: str = ""
    lines: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    sheet: Sheet | None = None
    is_vague: bool = False
    is_void: bool = False
    accent: str = field(default_factory=lambda: settings.ACCENT_COLOUR)
    is_marked: bool = field(default_factory=lambda: not settings.LOGO)

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(f"{VERSION}{self!r}".encode()).hexdigest()[:32]}"'


def of_event(event: Event, site: Site) -> Card:
    """An event, fetched with `for_listing`, in the active language."""
    return Card(
        site=site.name,
        title=plain.line(event.display_title),
        above=plain.line(event.series.display_name) if event.series else "",
        lines=tuple(line for line in (plain.line(place_line(event)), _organisers(event)) if line),
        labels=tuple((label["kind"], str(label["text"])) for label in status_labels(event)),
        sheet=sheet(event.starts_on, event.ends_on, event.date_precision),
        is_vague=event.date_precision != Precision.DAY,
        is_void=event.status in NO_LONGER_VALID,
    )


def of_series(series: Series, editions: list[Event], site: Site) -> Card:
    """A series with its published editions, the earliest first."""
    told = []
    if editions:
        words = {"number": len(editions), "year": editions[0].starts_on.year}
        text = ngettext(
            "%(number)s edition since %(year)s", "%(number)s editions since %(year)s", len(editions)
        )
        told.append(text % words)
    return Card(
        site=site.name,
        above=_("Event series"),
        title=plain.line(series.display_name),
        lines=tuple(told),
        labels=(("sample", _("Sample")),) if series.is_sample else (),
    )


def of_site(site: Site) -> Card:
    return Card(
        site="",
        title=site.name,
        lines=(_told_of_site(),),
    )


def _told_of_site() -> str:
    if settings.SITE_TAGLINE:
        return site_tagline()
    return _("Congresses, trade fairs and workshops on the digital public sector")


def words_of(event: Event) -> str:
    """What the picture of an event shows, for those who do not see it."""
    days = dates.span(event.starts_on, event.ends_on, event.date_precision)
    told = (facts.headline(event), days, plain.line(place_line(event)))
    return ", ".join(part for part in told if part)


def _organisers(event: Event) -> str:
    """Who runs it: three names at most."""
    names = plain.names(link.name_then or link.organisation.label for link in event.organisers)
    more = len(names) - 3
    told = ", ".join(names[:3])
    return told if more <= 0 else _("%(names)s and %(number)s more") % {"names": told, "number": more}
