"""What is stored on a person, for who asks (GDPR art. 15)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from addresses.models import FormerSlug, NounKind
from privacy import places, prose, subjects, telling
from privacy.models import Subject
from privacy.telling import Row, row_of
from speakers.actions import traces
from speakers.models import Speaker
from trail.models import Change

_FIELDS = (
    "academic_title", "given_name", "family_name", "aliases", "description", "website", "wikidata", "slug",
    "uid", "is_sample", "created_at", "modified_at",
)  # fmt: skip


def offer_answers() -> None:
    subjects.offer(Subject.PERSON, _by_slug, lambda speaker: str(speaker.uid))
    telling.offer(Subject.PERSON, gettext_lazy("The entry"), entry)
    telling.offer(Subject.PERSON, gettext_lazy("History of the entry"), history)
    telling.offer(Subject.PERSON, gettext_lazy("Texts that mention the name"), texts)


def _by_slug(slug: str) -> Speaker | None:
    return Speaker.objects.listed().filter(slug=slug).first()


def entry(speaker: Speaker) -> Iterable[Row]:
    former = FormerSlug.objects.filter(noun=NounKind.SPEAKER, target=speaker.pk).order_by("slug")
    told = {_("Former addresses"): list(former.values_list("slug", flat=True))}
    yield row_of(speaker, *_FIELDS) | ({} if not former else told)


def history(speaker: Speaker) -> Iterable[Row]:
    """What stood there before each change; who made it is somebody else's datum."""
    for change in Change.objects.of_entry("speaker", speaker.pk):
        before = change.before if isinstance(change.before, dict) else {}
        yield {_("When"): change.at, _("What"): change.get_kind_display(), _("Before"): before}


def texts(speaker: Speaker) -> Iterable[Row]:
    """Where the name, or the family name alone, is said: entries, and reports by visitors as a number."""
    found = traces(speaker)
    entries = prose.owners(found.mentions)
    for one in found.mentions:
        which = entries.get((one.noun, one.owner))
        yield {_("Entry"): str(which), _("Field"): one.label, _("Text"): one.excerpt}
    for label, count in found.beside.items():
        model = places.model_of(label)
        yield {_("Entry"): str(model._meta.verbose_name_plural), _("Number"): count}
