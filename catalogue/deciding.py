"""What a load does with each record: make, change or leave alone. Reads the database, writes nothing.

One portion of entries at a time is compared with the rows it stands for. What has been decided on may be
written before the next portion's turn.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalogue import consistency, snapshot
from catalogue.entries import Entry
from catalogue.fields import Section
from catalogue.models import LoadedRecord
from catalogue.schema import EVENTS
from catalogue.snapshot import Row, digest
from catalogue.surveying import Keys, Survey


class Known(NamedTuple):
    """What a load before noted of a record: whose row it became, and how that looked."""

    target: int
    digest: str


@dataclass
class Plan:
    """What is to be written of one section; `keys` resolves the file's slugs to primary keys, by section.

    `memory` has what was noted of these records before.
    """

    section: Section
    keys: Keys
    is_sample: bool = False
    memory: dict[str, Known] = field(default_factory=dict)
    new: list[Entry] = field(default_factory=list)
    changed: list[tuple[Entry, Row]] = field(default_factory=list)
    unchanged: list[tuple[Entry, Row]] = field(default_factory=list)

    @property
    def to_be_written(self) -> list[Entry]:
        return self.new + [entry for entry, _row in self.changed]


def decide(known: Survey, section: Section, entries: Iterable[Entry]) -> Plan:
    """The plan for these entries; what cannot be decided well is added to the batch's rejections."""
    portion = list(entries)
    plan = Plan(section, known.keys, known.is_sample, _memory(section, portion))
    rows = _rows(known, section, portion)
    foreign = _foreign_slugs(known, section, portion)
    for entry in portion:
        _leave_erased_appearances_out(entry, known)
        if (section.name, entry.slug) in known.gone:
            known.leave_alone(entry, known.gone[section.name, entry.slug])
        elif entry.slug in foreign:
            known.reject(entry, "slug", foreign[entry.slug])
        else:
            _decide_one(entry, rows.get(entry.slug), plan, known)
    consistency.reject_dangling(portion, plan.to_be_written, known)
    consistency.reject_doubled_uids(portion, rows.values(), section, known)
    if section is EVENTS:
        consistency.reject_doubled_session_uids(portion, rows.values(), known)
    consistency.note_links(section, plan.to_be_written, known)
    return plan


def _memory(section: Section, portion: list[Entry]) -> dict[str, Known]:
    found = LoadedRecord.objects.filter(section=section.name, slug__in=[entry.slug for entry in portion])
    noted = found.values_list("slug", "target", "digest")
    return {slug: Known(target, told) for slug, target, told in noted}


def _rows(known: Survey, section: Section, portion: list[Entry]) -> dict[str, Row]:
    """The rows that the entries stand for, by the entries' slugs."""
    keys = {entry.slug: known.row_of(section.name, entry.slug) for entry in portion}
    wanted = [key for key in keys.values() if key is not None]
    found = snapshot.take_some(section, wanted, known.words) if wanted else {}
    return {slug: found[key] for slug, key in keys.items() if key is not None and key in found}


def _foreign_slugs(known: Survey, section: Section, portion: list[Entry]) -> dict[str, str]:
    """Slugs that belong to a sample, or for samples to a real entry, with the reason."""
    found = section.model._default_manager.filter(is_sample=not known.is_sample)
    sample = _("belongs to a sample; remove the samples first")
    reason = _("belongs to a real entry") if known.is_sample else sample
    slugs = [entry.slug for entry in portion]
    return dict.fromkeys(found.filter(slug__in=slugs).values_list("slug", flat=True), reason)


def _leave_erased_appearances_out(entry: Entry, known: Survey) -> None:
    if known.erased and "appearances" in entry.children:
        entry.children["appearances"] = [
            row for row in entry.children["appearances"] if row["speaker"] not in known.erased
        ]


def _decide_one(entry: Entry, row: Row | None, plan: Plan, known: Survey) -> None:
    if row is None:
        plan.new.append(entry)
        return
    settle(entry, row)
    record = plan.memory.get(entry.slug)
    slug = known.today[entry.section][row.pk]
    if slug != entry.slug:
        known.leave_alone(entry, _("renamed by editors to “%(slug)s”") % {"slug": slug})
    elif entry.says_the_same_as(row.entry):
        plan.unchanged.append((entry, row))
    elif record is None or record.target != row.pk:
        known.leave_alone(entry, _("made by editors, not by a load"))
    elif record.digest != digest(row.entry):
        known.leave_alone(entry, _("changed by editors since the last load"))
    else:
        plan.changed.append((entry, row))


def settle(entry: Entry, row: Row) -> None:
    """Take from the row what the file is silent about and what only grows (`Section.kept`)."""
    values, stored = entry.values, row.entry.values
    values["uid"] = values["uid"] or stored["uid"]
    if entry.section != "events":
        return
    values["revision"] = max(values["revision"], stored["revision"])
    for column in ("published_at", "withdrawn_at"):
        if values[column] in (None, row.created_at):
            values[column] = stored[column]
    if values["state"] != "withdrawn":
        values["withdrawn_at"] = None
