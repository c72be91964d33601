"""What stands in the database and what a file would bring, seen as a whole: names alone, no contents."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from addresses.models import FormerSlug
from catalogue import snapshot
from catalogue.entries import Batch, Entry, Notice, Rejection, Report
from catalogue.models import LoadedRecord
from catalogue.schema import BY_NAME, SECTIONS
from speakers.models import ErasedPerson

CHAINS = (
    ("organisations", "parent"),
    ("organisations", "successor"),
    ("topics", "parent"),
    ("series", "predecessor"),
    ("events", "parent"),
)
Keys = dict[str, dict[str, int]]


@dataclass
class Survey:
    """What is known of file and database as a whole, and what shows portion by portion.

    By section: `today` has the slugs of the rows as they are, `words` as the file calls them, `keys` resolves
    slugs of either kind, `own` are the rows that this load may change, `fresh` the slugs of new entries.
    `gone` are records that exist in the file only, with the reason why they are not brought back; `erased`
    those of them whom a tombstone remembers.

    By chain: `links` says what each row refers to, `written` which of them come from the file. `uids` and
    `session_uids` belong to the entry of that slug.
    """

    batch: Batch
    is_sample: bool
    today: snapshot.Names
    own: dict[str, set[int]]
    keys: Keys
    words: snapshot.Names = field(default_factory=dict)
    gone: dict[tuple[str, str], str] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    fresh: dict[str, list[str]] = field(default_factory=dict)
    links: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    written: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    uids: dict[str, dict[UUID, str]] = field(default_factory=lambda: defaultdict(dict))
    session_uids: dict[UUID, str] = field(default_factory=dict)
    report: Report = field(default_factory=Report)

    def row_of(self, section: str, slug: str) -> int | None:
        """The primary key of the row that the slug names, if this load may change it."""
        key = self.keys[section].get(slug)
        return key if key in self.own[section] else None

    def reject(self, entry: Entry, path: str, reason: str) -> None:
        self.batch.rejections.append(Rejection(entry.section, entry.slug, path, reason))

    def leave_alone(self, entry: Entry, reason: str) -> None:
        self.report.left_alone.append(Notice(entry.section, entry.slug, reason))


def survey(batch: Batch, *, is_sample: bool) -> Survey:
    """What stands in the database already and what the file would bring, in a constant number of queries."""
    today = snapshot.names(samples=is_sample)
    own = snapshot.sample_keys() if is_sample else {name: set(slugs) for name, slugs in today.items()}
    keys, lost = _keys(today, own)
    known = Survey(batch, is_sample, today, own, keys)
    known.words = _in_words_of_the_file(today, keys, batch)
    _leave_erased_people_out(known)
    for section, named in batch.named.items():
        absent = [slug for slug in named if known.row_of(section, slug) is None]
        for slug in absent:
            if slug in lost[section] and (section, slug) not in known.gone:
                known.gone[section, slug] = _("deleted since the last load, not brought back")
        known.fresh[section] = [slug for slug in absent if (section, slug) not in known.gone]
    known.links = {chain: _links(known, *chain) for chain in CHAINS}
    return known


def _keys(today: snapshot.Names, own: dict[str, set[int]]) -> tuple[Keys, dict[str, set[str]]]:
    """Primary keys by section and slug: by today's slug, else the one loaded before, else a former slug.

    Beside them the slugs of what was loaded before and is there no more.
    """
    keys: Keys = {section.name: {} for section in SECTIONS}
    lost: dict[str, set[str]] = {section.name: set() for section in SECTIONS}
    by_noun = {section.noun.value: section.name for section in SECTIONS}
    for noun, slug, target in FormerSlug.objects.values_list("noun", "slug", "target"):
        if target in today[by_noun[noun]]:
            keys[by_noun[noun]][slug] = target
    loaded = LoadedRecord.objects.values_list("section", "slug", "target")
    for section, slug, target in loaded.iterator(chunk_size=10_000):
        if target in today[section]:
            keys[section][slug] = target
        if target not in own[section]:
            lost[section].add(slug)
    for section, slugs in today.items():
        keys[section] |= {slug: pk for pk, slug in slugs.items()}
    return keys, lost


def _in_words_of_the_file(today: snapshot.Names, keys: Keys, batch: Batch) -> snapshot.Names:
    """Every row's slug as the file calls it, so that a renamed row does not make others look changed."""
    names = {section: dict(slugs) for section, slugs in today.items()}
    for section, named in batch.named.items():
        for slug in named.keys() & keys[section].keys():
            pk = keys[section][slug]
            if today[section][pk] not in named:
                names[section][pk] = slug
    return names


def _leave_erased_people_out(known: Survey) -> None:
    """A person whom a tombstone remembers is not brought back."""
    tombstones = set(ErasedPerson.objects.values_list("digest", flat=True))
    for entry in known.batch.entries["people"] if tombstones else []:
        if entry.slug in known.keys["people"]:
            continue
        name = f"{entry.values['given_name']} {entry.values['family_name']}".strip()
        if {ErasedPerson.digest_of(entry.slug), ErasedPerson.digest_of(name)} & tombstones:
            known.gone["people", entry.slug] = _("an anonymised person, not brought back")
            known.erased.add(entry.slug)


def _links(known: Survey, section: str, column: str) -> dict[str, str]:
    """What each row refers to, of those that refer to anything, in words of the file."""
    model = BY_NAME[section].model
    found = model._default_manager.filter(is_sample=known.is_sample, **{f"{column}__isnull": False})
    names = known.words[section]
    pairs = found.values_list("pk", f"{column}_id")
    return {names[pk]: names[other] for pk, other in pairs if pk in names and other in names}
