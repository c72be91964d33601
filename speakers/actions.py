"""What is done to a person's entry."""

import uuid

from django.db import transaction
from django.utils import timezone

from addresses.models import FormerSlug, NounKind
from speakers.models import ErasedPerson, Speaker


@transaction.atomic
def anonymise(speaker: Speaker) -> None:
    """Erase a person for good: name, addresses and everything that tells who it was.

    What remains is a nameless row that no page and no output shows, and a one-way digest by which
    imports recognise the person and do not bring them back (GDPR art. 17).
    """
    for text in {speaker.slug, speaker.plain_name} - {""}:
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
