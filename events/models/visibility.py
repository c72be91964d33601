"""Who may see an event: asked by events and by the nouns around them."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from events.models.choices import State


def public(path: str = "", at: dt.datetime | None = None) -> Q:
    """Whether visitors may see an event at that moment; `path` leads to it from another noun."""
    due = Q(**{f"{path}publish_from": None}) | Q(**{f"{path}publish_from__lte": at or timezone.now()})
    return due & Q(**{f"{path}state": State.PUBLISHED})
