"""Take the samples out of the database, all of them but what a real entry refers to."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.db.models import PROTECT, ForeignKey

from catalogue.entries import Notice
from catalogue.fields import Section
from catalogue.schema import EVENTS, ORGANISATIONS, PEOPLE, SERIES, TOPICS, VENUES

# What refers to others goes first.
ORDER = (EVENTS, SERIES, VENUES, PEOPLE, ORGANISATIONS, TOPICS)


@dataclass
class Removal:
    removed: Counter[str] = field(default_factory=Counter)
    stays: list[Notice] = field(default_factory=list)


@transaction.atomic
def remove_samples() -> Removal:
    """Delete every sample row of every noun; a sample that a real entry needs stays and is named."""
    removal = Removal()
    for section in ORDER:
        while True:
            free = _unneeded(section)
            if not free:
                break
            section.model._default_manager.filter(pk__in=free).delete()
            removal.removed[section.name] += len(free)
        left: list[Any] = list(section.model._default_manager.filter(is_sample=True))
        for row in left:
            removal.stays.append(Notice(section.name, row.slug, _needed_by(row)))
    return removal


def _unneeded(section: Section) -> list[int]:
    """Primary keys of the samples that no row protects from being deleted."""
    samples = section.model._default_manager.filter(is_sample=True)
    for link in _protecting(section.model):
        used = link.model._default_manager.filter(**{f"{link.attname}__isnull": False})
        samples = samples.exclude(pk__in=used.values(link.attname))
    return list(samples.values_list("pk", flat=True))


def _protecting(model: type[models.Model]) -> list[ForeignKey]:
    """The foreign keys to the model that forbid deleting what they point to."""
    links = [relation for relation in model._meta.related_objects if relation.on_delete is PROTECT]
    return [relation.field for relation in links if isinstance(relation.field, ForeignKey)]


def _needed_by(row: models.Model) -> str:
    """The real entries that refer to the sample, in words."""
    users = [
        user
        for link in _protecting(type(row))
        for user in link.model._default_manager.filter(**{link.name: row})[:3]
    ]
    return ", ".join(dict.fromkeys(str(_owner(user)) for user in users))


def _owner(user: models.Model) -> models.Model:
    """The entry that a row of a list belongs to, or the entry itself."""
    for name in ("event", "series"):
        if not hasattr(user, "is_sample") and hasattr(user, name):
            return getattr(user, name)
    return user
