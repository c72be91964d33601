"""What is done to a person's entry."""

import json
import uuid

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from addresses.models import FormerSlug, NounKind
from speakers.models import ErasedPerson, Speaker


@transaction.atomic
def anonymise(speaker: Speaker) -> None:
    """Erase a person for good: name, addresses and everything that tells who it was.

    What remains is a nameless row that no page and no output shows, and one-way digests by which
    imports recognise the person and do not bring them back (GDPR art. 17). Prose that an editor wrote
    (a summary, the title of a talk) is not rewritten.
    """
    names = {speaker.plain_name, speaker.name, *speaker.aliases} - {""}
    for text in {speaker.slug, *names}:
        ErasedPerson.objects.get_or_create(digest=ErasedPerson.digest_of(text))
    former = FormerSlug.objects.filter(noun=NounKind.SPEAKER, target=speaker.pk)
    for slug in former.values_list("slug", flat=True):
        ErasedPerson.objects.get_or_create(digest=ErasedPerson.digest_of(slug))
    speaker.slug = f"anonym-{uuid.uuid4().hex[:12]}"
    speaker.academic_title = speaker.given_name = speaker.family_name = ""
    speaker.aliases = []
    speaker.description = speaker.website = speaker.wikidata = ""
    speaker.anonymised_at = timezone.now()
    speaker.save()
    # The office held tells who it was. The relation is walked by name: speakers know no events.
    speaker.appearances.update(office="", organisation=None)
    former.delete()
    _forget_in_log(speaker, names)


def _forget_in_log(speaker: Speaker, names: set[str]) -> None:
    """The admin's log quotes names, in its JSON with letters beyond ASCII written as escapes."""
    quoted = Q(content_type=ContentType.objects.get_for_model(Speaker), object_id=str(speaker.pk))
    for name in names:
        quoted |= Q(object_repr__contains=name) | Q(change_message__contains=name)
        quoted |= Q(change_message__contains=json.dumps(name).strip('"'))
    LogEntry.objects.filter(quoted).update(object_repr="–", change_message="")
