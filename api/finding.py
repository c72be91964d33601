"""One entry by its identifier, or by its slug, present or former."""

import datetime as dt
import re
import uuid
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from addresses.models import FormerSlug
from api.fetching import Collection
from api.listing import tombstone
from api.outputs.linking import ROOT
from api.parameters import ID
from api.problems import Refusal, not_found
from journal.models import Reason, Tombstone
from lib.http import Moved

# Which of the entry is asked of the database.
Fetch = Callable[[QuerySet[Any]], list[Any]]
UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def find(collection: Collection, key: str, query: str, at: dt.datetime, fetch: Fetch, below: str = "") -> Any:
    """The entry of that identifier as `fetch` has it. `below` is what follows it in the address.

    Raises Moved for a slug and for an identifier in capitals, Refusal for what is gone, hidden or unknown.
    """
    if not re.fullmatch(ID.schema["pattern"], key):
        raise not_found()
    wanted = key.lower()
    if not UID.fullmatch(wanted):
        uid = _uid_of(collection, key, at)
    else:
        uid = uuid.UUID(wanted)
        found = fetch(collection.shown(at).filter(uid=uid))
        if not found:
            raise _missing(Tombstone.objects.standing(at).filter(noun=collection.noun, uid=uid).first())
        if wanted == key:
            return found[0]
    raise Moved(f"{ROOT}/{collection.name}/{uid}{below}" + (f"?{query}" if query else ""))


def _uid_of(collection: Collection, slug: str, at: dt.datetime) -> uuid.UUID:
    """The identifier of the entry that bears the slug or, among those to be seen, bore it last."""
    rows = collection.shown(at)
    uid = rows.filter(slug=slug).values_list("uid", flat=True).first()
    if uid is None:
        target = FormerSlug.objects.target_of(collection.noun, slug)
        uid = rows.filter(pk=target).values_list("uid", flat=True).first() if target else None
    if uid is None:
        stones = list(Tombstone.objects.standing(at).filter(noun=collection.noun, slug=slug)[:2])
        # Two entries may have borne the same name one after the other: then it means neither.
        raise _missing(stones[0] if len(stones) == 1 else None)
    return uid


def _missing(stone: Tombstone | None) -> Refusal:
    if stone is None:
        return not_found()
    details = {
        Reason.WITHDRAWN: pgettext("an entry", "It has been withdrawn."),
        Reason.DELETED: pgettext("an entry", "It has been deleted."),
        Reason.ANONYMISED: _("This person's data have been erased."),
    }
    return Refusal("gone", details[Reason(stone.reason)], tombstone=tombstone(stone))
