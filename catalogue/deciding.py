"""What a load does with each record: make, change or leave alone. Reads the database, writes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from addresses.models import FormerSlug
from catalogue import snapshot
from catalogue.entries import Batch, Entry, Notice, Rejection, Report
from catalogue.fields import Section, references
from catalogue.models import LoadedRecord
from catalogue.schema import BY_NAME, SECTIONS
from catalogue.snapshot import Row, Snapshot, digest, session_uids
from speakers.models import ErasedPerson

CHAINS = (
    ("organisations", "parent"),
    ("organisations", "successor"),
    ("topics", "parent"),
    ("series", "predecessor"),
    ("events", "parent"),
)


@dataclass
class Plan:
    """What is to be written, by section; `keys` resolves the file's slugs to primary keys."""

    is_sample: bool
    memory: dict[tuple[str, str], LoadedRecord]
    keys: dict[str, dict[str, int]]
    report: Report = field(default_factory=Report)
    new: dict[str, list[Entry]] = field(default_factory=dict)
    changed: dict[str, list[tuple[Entry, Row]]] = field(default_factory=dict)
    unchanged: dict[str, list[tuple[Entry, Row]]] = field(default_factory=dict)
    # Records that exist in the file only: why they are not brought back.
    gone: dict[tuple[str, str], str] = field(default_factory=dict)

    def to_be_written(self, section: str) -> list[Entry]:
        return self.new[section] + [entry for entry, _row in self.changed[section]]

    def leave_alone(self, entry: Entry, reason: str) -> None:
        self.report.left_alone.append(Notice(entry.section, entry.slug, reason))


def decide(batch: Batch, *, is_sample: bool) -> Plan:
    """The plan for the batch; what cannot be decided well is added to the batch's rejections."""
    current = snapshot.names(samples=is_sample)
    memory = {(record.section, record.slug): record for record in LoadedRecord.objects.all()}
    keys = _keys(batch, current, memory)
    taken = snapshot.take(_in_words_of_the_file(current, keys, batch), samples=is_sample)
    plan = Plan(is_sample, memory, keys)
    _leave_erased_people_out(batch, plan)
    for section in SECTIONS:
        plan.new[section.name], plan.changed[section.name], plan.unchanged[section.name] = [], [], []
        foreign = _foreign_slugs(section, batch, is_sample)
        for entry in batch.entries[section.name]:
            if (section.name, entry.slug) in plan.gone:
                plan.leave_alone(entry, plan.gone[section.name, entry.slug])
            elif entry.slug in foreign:
                batch.rejections.append(Rejection(section.name, entry.slug, "slug", foreign[entry.slug]))
            else:
                _decide_one(entry, plan, taken, current)
    batch.rejections += _dangling(batch, plan)
    batch.rejections += _doubled_uids(batch, taken)
    batch.rejections += _doubled_session_uids(batch, taken)
    batch.rejections += _circles(plan, taken)
    return plan


def _keys(
    batch: Batch, current: snapshot.Names, memory: dict[tuple[str, str], LoadedRecord]
) -> dict[str, dict[str, int]]:
    """Primary keys by section and slug: by today's slug, else the one loaded before, else a former slug."""
    keys: dict[str, dict[str, int]] = {section.name: {} for section in SECTIONS}
    by_noun = {section.noun.value: section.name for section in SECTIONS}
    for noun, slug, target in FormerSlug.objects.values_list("noun", "slug", "target"):
        if target in current[by_noun[noun]]:
            keys[by_noun[noun]][slug] = target
    for (section, slug), record in memory.items():
        if record.target in current[section]:
            keys[section][slug] = record.target
    for section, slugs in current.items():
        keys[section] |= {slug: pk for pk, slug in slugs.items()}
    return keys


def _in_words_of_the_file(
    current: snapshot.Names, keys: dict[str, dict[str, int]], batch: Batch
) -> snapshot.Names:
    """Every row's slug as the file calls it, so that a renamed row does not make others look changed."""
    names = {section: dict(slugs) for section, slugs in current.items()}
    for section, named in batch.named.items():
        for slug in named & keys[section].keys():
            pk = keys[section][slug]
            if current[section][pk] not in named:
                names[section][pk] = slug
    return names


def _leave_erased_people_out(batch: Batch, plan: Plan) -> None:
    """A person whom a tombstone remembers is not brought back, nor are their appearances."""
    tombstones = set(ErasedPerson.objects.values_list("digest", flat=True))
    for entry in batch.entries["people"] if tombstones else []:
        if entry.slug in plan.keys["people"]:
            continue
        name = f"{entry.values['given_name']} {entry.values['family_name']}".strip()
        if {ErasedPerson.digest_of(entry.slug), ErasedPerson.digest_of(name)} & tombstones:
            plan.gone["people", entry.slug] = _("an anonymised person, not brought back")
    for event in batch.entries["events"] if plan.gone else []:
        event.children["appearances"] = [
            row for row in event.children["appearances"] if ("people", row["speaker"]) not in plan.gone
        ]


def _foreign_slugs(section: Section, batch: Batch, is_sample: bool) -> dict[str, str]:
    """Slugs of the batch that belong to a sample, or for samples to a real entry, with the reason."""
    found = section.model._default_manager.filter(is_sample=not is_sample)
    reason = _("belongs to a real entry") if is_sample else _("belongs to a sample; remove the samples first")
    slugs = [entry.slug for entry in batch.entries[section.name]]
    return dict.fromkeys(found.filter(slug__in=slugs).values_list("slug", flat=True), reason)


def _decide_one(entry: Entry, plan: Plan, taken: Snapshot, current: snapshot.Names) -> None:
    section = entry.section
    record = plan.memory.get((section, entry.slug))
    pk = plan.keys[section].get(entry.slug)
    row = taken.rows[section].get(pk) if pk is not None else None
    if row is None:
        if record:
            plan.gone[section, entry.slug] = _("deleted since the last load, not brought back")
            plan.leave_alone(entry, plan.gone[section, entry.slug])
        else:
            plan.new[section].append(entry)
        return
    settle(entry, row)
    slug = current[section][row.pk]
    if slug != entry.slug:
        plan.leave_alone(entry, _("renamed by editors to “%(slug)s”") % {"slug": slug})
    elif entry.says_the_same_as(row.entry):
        plan.unchanged[section].append((entry, row))
    elif record is None or record.target != row.pk:
        plan.leave_alone(entry, _("made by editors, not by a load"))
    elif record.digest != digest(row.entry):
        plan.leave_alone(entry, _("changed by editors since the last load"))
    else:
        plan.changed[section].append((entry, row))


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


def mentions(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """Every reference of the entry: (path of the field, section, slug)."""
    section = BY_NAME[entry.section]
    for part, target in references(section.fields):
        if entry.values[part.columns[0]] is not None:
            yield part.key, target, entry.values[part.columns[0]]
    for child in section.children:
        for part, target in references(child.fields):
            for number, row in enumerate(entry.children[child.key], start=1):
                path = f"{child.key}[{number}]"
                if row[part.columns[0]] is not None:
                    yield path if child.bare else f"{path}.{part.key}", target, row[part.columns[0]]


def _dangling(batch: Batch, plan: Plan) -> Iterator[Rejection]:
    """References to nothing, and new references to what editors have deleted."""
    for section in SECTIONS:
        written = {id(entry) for entry in plan.to_be_written(section.name)}
        for entry in batch.entries[section.name]:
            for path, target, slug in mentions(entry):
                if slug in plan.keys[target]:
                    continue
                fate = plan.gone.get((target, slug))
                if fate and id(entry) in written:
                    text = _("refers to “%(slug)s”: %(fate)s") % {"slug": slug, "fate": fate}
                    yield Rejection(section.name, entry.slug, path, text)
                elif not fate and slug not in batch.named[target]:
                    text = _("refers to “%(slug)s”, which is not among the %(section)s")
                    yield Rejection(section.name, entry.slug, path, text % {"slug": slug, "section": target})


def _doubled_uids(batch: Batch, taken: Snapshot) -> Iterator[Rejection]:
    """A UID belongs to one entry for good."""
    for section in SECTIONS:
        rows = taken.rows[section.name].values()
        owners = {section.uid(row.entry): row.entry.slug for row in rows}
        for entry in batch.entries[section.name]:
            uid = section.uid(entry)
            if owners.setdefault(uid, entry.slug) != entry.slug:
                text = _("belongs to “%(slug)s” already") % {"slug": owners[uid]}
                yield Rejection(section.name, entry.slug, "uid", text)


def _doubled_session_uids(batch: Batch, taken: Snapshot) -> Iterator[Rejection]:
    """So does that of a part of a programme; one that follows from its event is only doubled with it."""
    rows = taken.rows["events"].values()
    owners = {uid: row.entry.slug for row in rows for uid in session_uids(row.entry)}
    for entry in batch.entries["events"]:
        seen = set()
        for number, part in enumerate(entry.children["sessions"], start=1):
            uid = part["uid"]
            if uid and (owners.setdefault(uid, entry.slug) != entry.slug or uid in seen):
                text = _("belongs to “%(slug)s” already") % {"slug": owners[uid]}
                yield Rejection("events", entry.slug, f"sessions[{number}].uid", text)
            seen.add(uid)


def _circles(plan: Plan, taken: Snapshot) -> Iterator[Rejection]:
    """Something that would be its own part, successor or predecessor by way of others."""
    for section, column in CHAINS:
        written = plan.to_be_written(section)
        links = {row.entry.slug: row.entry.values[column] for row in taken.rows[section].values()}
        links |= {entry.slug: entry.values[column] for entry in written}
        for entry in written:
            seen, slug = [entry.slug], links[entry.slug]
            while slug is not None and slug not in seen:
                seen.append(slug)
                slug = links.get(slug)
            if slug == entry.slug and len(seen) > 1:
                yield Rejection(section, entry.slug, column, _("leads in a circle: %s") % " → ".join(seen))
