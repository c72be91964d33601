"""What a table may not do, beyond the rules of single records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from addresses.models import FormerSlug
from catalogue.entries import Entry, Record
from catalogue.surveying import CHAINS
from events.models import Appearance
from lib.places import home_country

if TYPE_CHECKING:
    from catalogue.tables.columns import Column
    from catalogue.tables.importing import Examined, Line

# With what a new entry begins, whatever its row says.
FRESH: dict[str, dict[str, Any]] = {"events": {"state": "draft"}}


def of_silence(column: Column) -> Record:
    """What an empty cell says. The exchange file means Germany, whoever reads it; a table its own country."""
    return {column.key: home_country()} if column.key == "country" else {}


def refuse_fixed(column: Column, cell: str, line: Line) -> None:
    """A row copied from another one may be new: its state is passed over, it begins as a draft."""
    if line.row is None and column.key == "state":
        return
    reasons = {
        "state": _("is changed in the list or in the form, not by a table. Leave the cell as it was."),
        "image": _("is uploaded in the form, not by a table. Leave the cell as it was."),
    }
    line.blame(column.key, reasons[column.key])


def no_slug_twice(examined: Examined) -> None:
    counts = Counter(line.slug for line in examined.lines)
    for line in examined.lines:
        if counts[line.slug] > 1:
            line.blame("slug", _("stands in several rows of the table"))


def no_former_slug(examined: Examined) -> None:
    """A new entry takes no address that leads to another one."""
    noun = examined.section.noun
    new = [line.slug for line in examined.lines if line.row is None]
    taken = set(FormerSlug.objects.filter(noun=noun, slug__in=new).values_list("slug", flat=True))
    for line in examined.lines:
        if line.row is None and line.slug in taken:
            line.blame("slug", _("is a former address name of another entry"))


def references_exist(examined: Examined, mentions: Callable[[Entry], Iterator[tuple[str, str, str]]]) -> None:
    """Every address name that a row mentions is one of an entry, or of a new row of this table."""
    name = examined.section.name
    new = {line.slug for line in examined.lines if line.row is None and not line.faults}
    for line in examined.lines:
        for path, target, slug in mentions(line.entry) if line.entry else ():
            if slug not in examined.keys[target] and not (target == name and slug in new):
                place = path.partition("[")[0]
                line.blame(place, _("There is no entry “%(slug)s”.") % {"slug": slug})


def no_circles(examined: Examined) -> None:
    """Nothing is its own part, successor or predecessor by way of others."""
    written = {line.slug: line for line in examined.lines if line.entry and not line.faults}
    for section, column in CHAINS:
        if section != examined.section.name:
            continue
        rows = examined.section.model._default_manager.exclude(**{column: None})
        links: dict[str, str | None] = dict(rows.values_list("slug", f"{column}__slug"))
        links |= {slug: line.entry.values[column] for slug, line in written.items() if line.entry}
        for slug, line in written.items():
            way = [slug]
            while (above := links.get(way[-1])) is not None and above not in way:
                way.append(above)
            if above == slug and len(way) > 1:
                line.blame(column, _("leads in a circle: %s") % " → ".join([*way, slug]))


def nobody_hidden_is_lost(examined: Examined) -> None:
    """Lists are written anew as a whole; anonymised people stand in no table and would be gone."""
    changed = {
        line.row.pk: line
        for line in examined.lines
        if line.row and line.entry and _programme(line.entry) != _programme(line.row.entry)
    }
    if examined.section.name != "events" or not changed:
        return
    hidden = Appearance.objects.filter(event__in=changed).exclude(speaker__anonymised_at=None)
    for key in hidden.values_list("event", flat=True):
        changed[key].blame(
            "appearances",
            _("An anonymised person appears in this event: change its programme and people in the form."),
        )


def _programme(entry: Entry) -> list[Any]:
    return [entry.children.get(key) for key in ("sessions", "appearances")]
