"""Tables that were uploaded and wait for their owner's word."""

import datetime as dt
from typing import Any

from django.utils import timezone

from catalogue.fields import Section
from catalogue.models import UploadedTable

KEPT = dt.timedelta(days=1)
MOST_OF_ONE = 5


def keep(user: Any, section: Section, name: str, content: bytes) -> UploadedTable:
    """Store the file; what is older than a day goes, and what one person has left lying about."""
    delete_old(timezone.now() - KEPT)
    kept = UploadedTable.objects.filter(user=user).order_by("-pk").values_list("pk", flat=True)
    UploadedTable.objects.filter(pk__in=list(kept[MOST_OF_ONE - 1 :])).delete()
    return UploadedTable.objects.create(user=user, section=section.name, name=name[-200:], content=content)


def delete_old(before: dt.datetime) -> int:
    return int(UploadedTable.objects.filter(uploaded_at__lt=before).delete()[0])


def of(user: Any) -> Any:
    """What the person has uploaded and not yet agreed to."""
    return UploadedTable.objects.filter(user=user, uploaded_at__gte=timezone.now() - KEPT)
