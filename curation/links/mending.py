"""Putting the address that a link leads to by now in its place, wherever it is used."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from curation.links.uses import Use, uses_of
from curation.models import Link
from events.models import Source


@transaction.atomic
def take_over(link: Link, may_change: Callable[[Any], bool]) -> list[Use]:
    """Writes the new address into each entry that may be changed; these uses. The rest stays as it is.

    An address that nobody uses any more is let go of.
    """
    changed, left = [], []
    for use in uses_of(link.url):
        if may_change(use.entry) and not _is_there(use, link.target):
            setattr(use.row, use.field.name, link.target)
            use.row.save(update_fields=[use.field.name])
            changed.append(use)
        else:
            left.append(use)
    if changed and not left:
        link.delete()
    return changed


def _is_there(use: Use, target: str) -> bool:
    """Whether the event names the new address beside the old one as a source of the same title."""
    same = isinstance(use.row, Source) and Source.objects.filter(
        event=use.row.event_id, url=target, title=use.row.title
    )
    return bool(same and same.exists())
