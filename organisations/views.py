"""An organisation's page and the index of all."""

from collections import Counter
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from addresses.lookup import find
from addresses.models import NounKind
from events.models import Event, Participation, public
from events.models.choices import OrganisationRole
from lib.browse import browse
from organisations.models import Organisation

SHOWN_PAST = 10


def organisation_list(request: HttpRequest) -> HttpResponse:
    """All organisations, alphabetically, with the number of their events."""
    counted = public("participations__event__")
    found = Organisation.objects.in_order().annotate(
        event_count=Count("participations__event", filter=counted, distinct=True)
    )
    return render(request, "organisations/list.html", {"index": browse(found, request.GET, request.path)})


def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation, its events, and its kinds of involvement over the years."""
    found = Organisation.objects.select_related("parent", "successor").prefetch_related(
        "children", "predecessors", "series"
    )
    organisation = find(found, NounKind.ORGANISATION, slug, "organisations:detail")
    events = Event.objects.published().involving([organisation.slug])
    context = {
        "organisation": organisation,
        "upcoming": events.for_listing().upcoming(),
        "past": events.for_listing().past()[:SHOWN_PAST],
        "involvement": involvement_by_year(organisation),
        "noindex": organisation.is_sample,
        "is_sample": organisation.is_sample,
    }
    return render(request, "organisations/detail.html", context)


def involvement_by_year(organisation: Organisation) -> dict[str, Any]:
    """How often in which role, year by year: {roles: [(value, label)], rows: [(year, counts, sum)]}."""
    public = Event.objects.published().values("pk")
    links = Participation.objects.filter(organisation=organisation, event__in=public)
    counts = Counter(links.order_by().values_list("event__starts_on__year", "role"))
    roles = [role for role in OrganisationRole if any(role == one for _year, one in counts)]
    years = sorted({year for year, _role in counts}, reverse=True)
    rows = [
        (year, [counts[year, role.value] for role in roles], sum(counts[year, role.value] for role in roles))
        for year in years
    ]
    return {
        "roles": [(role.value, role.label) for role in roles],
        "rows": rows,
        "total": sum(counts.values()),
    }
