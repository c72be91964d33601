"""What only shows beside the rest of file and database: references, identifiers, circles."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from catalogue.entries import Entry, Rejection
from catalogue.fields import Section
from catalogue.schema import BY_NAME
from catalogue.snapshot import Row, session_uids
from catalogue.surveying import CHAINS, Survey
from events.models import Session


def mentions(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """Every reference of the entry: (path of the field, section, slug)."""
    section = BY_NAME[entry.section]
    for part, target in section.links:
        if entry.values[part.columns[0]] is not None:
            yield part.key, target, entry.values[part.columns[0]]
    for child in section.children:
        for part, target in child.links if entry.children[child.key] else ():
            for number, row in enumerate(entry.children[child.key], start=1):
                path = f"{child.key}[{number}]"
                if row[part.columns[0]] is not None:
                    yield path if child.bare else f"{path}.{part.key}", target, row[part.columns[0]]


def reject_dangling(portion: list[Entry], written: list[Entry], known: Survey) -> None:
    """References to nothing, and new references to what editors have deleted."""
    to_be_written = {id(entry) for entry in written}
    for entry in portion:
        for path, target, slug in mentions(entry):
            if slug in known.keys[target]:
                continue
            fate = known.gone.get((target, slug))
            if fate and id(entry) in to_be_written:
                text = _("refers to “%(slug)s”: %(fate)s")
                known.reject(entry, path, text % {"slug": slug, "fate": fate})
            elif not fate and slug not in known.batch.named[target]:
                text = _("refers to “%(slug)s”, which is not among the %(section)s")
                known.reject(entry, path, text % {"slug": slug, "section": target})


def reject_doubled_uids(portion: list[Entry], rows: Iterable[Row], section: Section, known: Survey) -> None:
    """A UID belongs to one entry for good, also to one that this load gives another."""
    owners, stated = known.uids[section.name], [section.uid(entry) for entry in portion]
    for row in rows:
        owners.setdefault(section.uid(row.entry), row.entry.slug)
    found = section.model._default_manager.filter(uid__in=stated).values_list("uid", "pk")
    _note_owners(owners, found, section.name, known)
    for entry, uid in zip(portion, stated, strict=True):
        if owners.setdefault(uid, entry.slug) != entry.slug:
            known.reject(entry, "uid", _("belongs to “%(slug)s” already") % {"slug": owners[uid]})


def _note_owners(
    owners: dict[UUID, str], found: Iterable[tuple[UUID, int]], section: str, known: Survey
) -> None:
    for uid, key in found:
        if key in known.own[section]:
            owners.setdefault(uid, known.words[section][key])


def reject_doubled_session_uids(portion: list[Entry], rows: Iterable[Row], known: Survey) -> None:
    """So does that of a part of a programme; one that follows from its event is only doubled with it."""
    owners = known.session_uids
    for row in rows:
        for uid in session_uids(row.entry):
            owners.setdefault(uid, row.entry.slug)
    stated = {part["uid"] for entry in portion for part in entry.children["sessions"]} - {None}
    if stated:
        found = Session.objects.filter(uid__in=stated).values_list("uid", "event_id")
        _note_owners(owners, found, "events", known)
    for entry in portion:
        seen = set()
        for number, part in enumerate(entry.children["sessions"], start=1):
            uid = part["uid"]
            if uid and (owners.setdefault(uid, entry.slug) != entry.slug or uid in seen):
                text = _("belongs to “%(slug)s” already") % {"slug": owners[uid]}
                known.reject(entry, f"sessions[{number}].uid", text)
            seen.add(uid)


def note_links(section: Section, written: list[Entry], known: Survey) -> None:
    """For `circles`, when all portions have been seen."""
    for chain in CHAINS:
        name, column = chain
        for entry in written if name == section.name else []:
            known.links[chain].pop(entry.slug, None)
            if entry.values[column] is not None:
                known.links[chain][entry.slug] = entry.values[column]
                known.written[chain].append(entry.slug)


def circles(known: Survey) -> Iterator[Rejection]:
    """Something that would be its own part, successor or predecessor by way of others."""
    for section, column in CHAINS:
        links = known.links[section, column]
        for start in known.written[section, column]:
            seen, slug = [start], links.get(start)
            while slug is not None and slug not in seen:
                seen.append(slug)
                slug = links.get(slug)
            if slug == start and len(seen) > 1:
                yield Rejection(section, start, column, _("leads in a circle: %s") % " → ".join(seen))
