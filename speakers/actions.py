"""What is done to a person's entry."""

import datetime as dt
import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import partial

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from addresses.models import FormerSlug, NounKind
from index.refresh import read_again
from privacy import places, prose, register
from privacy.ground import forget_messages
from privacy.models import Subject
from privacy.names import Names, Wording
from privacy.prose import Mention
from speakers.known import names_known
from speakers.models import ErasedPerson, Speaker
from trail import forgetting


@dataclass(frozen=True)
class Traces:
    """Where a name stands: in entries' own texts, and beside them as {model's label: rows}."""

    names: Names
    mentions: list[Mention] = field(default_factory=list)
    beside: dict[str, int] = field(default_factory=dict)


def traces(speaker: Speaker, wording: Wording | None = None) -> Traces:
    """What `anonymise` would come across, without doing anything."""
    names = names_known(speaker, alone=bool(wording and wording.alone))
    return Traces(names, prose.mentions(names, _own_rows(speaker)), places.count(names))


@transaction.atomic
def anonymise(speaker: Speaker, wording: Wording | None = None, *, at: dt.datetime | None = None) -> Traces:
    """Erase a person for good: name, addresses and everything that tells who it was.

    What remains is a nameless row that no page and no output shows, and one-way digests by which imports and
    restored backups recognise the person and do not bring them back (GDPR art. 17). In texts of entries the
    wording takes the name's place; without one they stay. Returns where the name still stands then. `at` is
    when it was done first, if it is done again.
    """
    if speaker.anonymised_at:
        return Traces(Names())
    wording = wording or Wording()
    names, own = names_known(speaker, alone=wording.alone), _own_rows(speaker)
    rewritten = prose.replace(names, wording, own)
    digests = {ErasedPerson.digest_of(slug) for slug in names.slugs}
    _remember({*digests, *(ErasedPerson.digest_of(name) for name in {speaker.name, *names.plain})})
    register.note(Subject.PERSON, str(speaker.uid), digests=digests, wording=wording, at=at)
    _empty(speaker)
    _forget_in_log(speaker, {*names.whole, *names.slugs})
    forget_messages(names.spelt)
    places.forget(names)
    forgetting.forget(names.certain)
    read_again({("speaker", speaker.pk), *rewritten})
    transaction.on_commit(partial(places.empty_memories), robust=True)
    return Traces(names, prose.mentions(names, own))


def erase_again(erased: Collection[register.Erased], current_at: dt.datetime | None = None) -> register.Done:
    """People on the list who have come back: by identifier, or by the address of an entry merged since.

    An address counts only for who was erased after the data were current: later it may be somebody else's.
    Imports bring nobody back either, of whom the data know nothing.
    """
    for one in erased:
        _remember(one.digests, one.moment)
    there = Speaker.objects.listed()
    known = {str(one.uid): one for one in there.filter(uid__in=[entry.which for entry in erased])}
    wanted = {known[entry.which].pk: entry for entry in erased if entry.which in known}
    recent = [entry for entry in erased if current_at is None or entry.moment >= current_at]
    by_digest = {digest: entry for entry in recent for digest in entry.digests}
    if by_digest:
        for pk, slug in there.values_list("pk", "slug"):
            entry = by_digest.get(ErasedPerson.digest_of(slug))
            if entry:
                wanted.setdefault(pk, entry)
    left = []
    for pk, entry in wanted.items():
        found = anonymise(Speaker.objects.get(pk=pk), entry.words, at=entry.moment)
        left += [one.told for one in found.mentions]
    return register.Done(len(wanted), left)


def _remember(digests: Collection[str], at: dt.datetime | None = None) -> None:
    """Keeps the digests by which a person is recognised who was erased then, or now."""
    known = set(ErasedPerson.objects.filter(digest__in=digests).values_list("digest", flat=True))
    new = ErasedPerson.objects.bulk_create([ErasedPerson(digest=one) for one in sorted({*digests} - known)])
    if at:
        ErasedPerson.objects.filter(pk__in=[one.pk for one in new]).update(erased_at=at)


def _empty(speaker: Speaker) -> None:
    speaker.slug = f"anonym-{uuid.uuid4().hex[:12]}"
    speaker.academic_title = speaker.given_name = speaker.family_name = ""
    speaker.aliases = []
    speaker.description = speaker.website = speaker.wikidata = ""
    speaker.anonymised_at = timezone.now()
    speaker.save()
    # The office held tells who it was. The relation is walked by name: speakers know no events.
    speaker.appearances.update(office="", organisation=None)
    FormerSlug.objects.filter(noun=NounKind.SPEAKER, target=speaker.pk).delete()


def _own_rows(speaker: Speaker) -> set[prose.Row]:
    """Rows that are emptied anyway."""
    links = speaker.appearances.all()
    table = links.model._meta.db_table
    return {
        (Speaker._meta.db_table, speaker.pk),
        *((table, key) for key in links.values_list("pk", flat=True)),
    }


def _forget_in_log(speaker: Speaker, names: Collection[str]) -> None:
    """The admin's log quotes names, in its JSON with letters beyond ASCII written as escapes."""
    quoted = Q(content_type=ContentType.objects.get_for_model(Speaker), object_id=str(speaker.pk))
    for name in names:
        quoted |= Q(object_repr__contains=name) | Q(change_message__contains=name)
        quoted |= Q(change_message__contains=json.dumps(name).strip('"'))
    LogEntry.objects.filter(quoted).update(object_repr="–", change_message="")
