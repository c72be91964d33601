"""Suggestions as a list shows them: what an entry is called, what other name was typed, when and where."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.urls import reverse

from addresses.models import NounKind
from events.models import Event
from events.models.choices import VenueUse
from index.suggesting import Suggestion
from lib import dates
from search.lines import KINDS, ROUTES, Key, named

Option = dict[str, str]


def suggested(found: Sequence[Suggestion], at: dt.datetime) -> list[Option]:
    """{label, kind, detail, url} of those that visitors may see, in their order (at most 2 queries)."""
    entries = {(one.noun, one.pk): one for one in found}
    told = _events([pk for noun, pk in entries if noun == NounKind.EVENT], at)
    told |= {
        key: _option(key[0], line.url, line.name, line.detail)
        for key, line in named([key for key in entries if key[0] != NounKind.EVENT]).items()
    }
    for key, option in told.items():
        # The name that begins as was typed, where it is not the one that is shown.
        if entries[key].name not in option["label"]:
            option["detail"] = ", ".join(filter(None, [entries[key].name, option["detail"]]))
    return [told[key] for key in entries if key in told]


def _events(pks: Collection[int], at: dt.datetime) -> dict[Key, Option]:
    if not pks:
        return {}
    there = Q(venue_links__use=VenueUse.VENUE) & ~Q(venues__city="")
    towns = ArrayAgg("venues__city", filter=there, distinct=True, default=[])
    found = Event.objects.published(at).filter(pk__in=pks).order_by().annotate(towns=towns)
    shown = found.only("slug", "title", "title_en", "starts_on", "ends_on", "date_precision")
    return {(str(NounKind.EVENT), event.pk): _event(event, event.towns) for event in shown}


def _event(event: Event, towns: Sequence[str]) -> Option:
    day = dates.span(event.starts_on, event.ends_on, event.date_precision)
    url = reverse(ROUTES[NounKind.EVENT], kwargs={"slug": event.slug})
    return _option(NounKind.EVENT, url, event.display_title, ", ".join([day, *towns[:2]]))


def _option(noun: str, url: str, label: str, detail: str) -> Option:
    return {"label": label, "kind": str(KINDS[noun]), "detail": detail, "url": url}
