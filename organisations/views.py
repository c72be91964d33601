"""An organisation's page and the index of all."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from addresses.lookup import find
from addresses.models import NounKind
from events.conditional import conditional
from events.linked import linked_data
from events.looking_back import involvement
from events.models import Event, Participation, public
from events.models.choices import OrganisationRole
from events.outputs import cpev_nouns, jsonld, jsonld_nouns
from events.portions import ByYear, OfLinks, Portions
from events.site import output_site
from lib.browse import browse
from lib.http import lasting
from organisations.models import Organisation


@lasting
def organisation_list(request: HttpRequest) -> HttpResponse:
    """All organisations, alphabetically, with the number of their events."""
    counted = public("participations__event__")
    found = Organisation.objects.in_order().annotate(
        event_count=Count("participations__event", filter=counted, distinct=True)
    )
    return render(request, "organisations/list.html", {"index": browse(found, request.GET, request.path)})


@lasting
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation, its events, and its kinds of involvement over the years."""
    found = Organisation.objects.select_related("parent", "successor").prefetch_related(
        "children", "predecessors", "series"
    )
    organisation = find(found, NounKind.ORGANISATION, slug, "organisations:detail")
    links = Participation.objects.filter(organisation=organisation)
    events = Portions("organisation", organisation.slug, OfLinks(links, "role"))
    by_year = involvement_by_year(events.by_year)
    context = {
        "organisation": organisation,
        "events": events,
        "involvement": by_year,
        "figure": involvement(by_year["roles"], by_year["rows"]),
        "json_ld": jsonld.script(jsonld_nouns.organisation(organisation, events.told, output_site())),
        "noindex": organisation.is_sample,
        "is_sample": organisation.is_sample,
    }
    return render(request, "organisations/detail.html", context)


@conditional
def organisation_jsonld(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation: CPEV with all its roles in events, or schema.org with the upcoming events."""
    found = Organisation.objects.select_related("parent", "successor").prefetch_related("children")
    organisation = find(found, NounKind.ORGANISATION, slug, "organisations:jsonld")
    events = Event.objects.published()
    links = Participation.objects.filter(organisation=organisation, event__in=events.values("pk"))
    links = links.select_related("event", "organisation").order_by("event__starts_at", "event_id", "position")
    upcoming = events.involving([organisation.slug]).upcoming()
    return linked_data(
        request,
        organisation,
        in_cpev=lambda: cpev_nouns.organisation_document(organisation, links, output_site()),
        in_schema_org=lambda: jsonld_nouns.organisation(organisation, upcoming, output_site()),
    )


def involvement_by_year(counted: ByYear) -> dict[str, Any]:
    """How often in which role by year: {roles: [(value, label)], rows: [(year, counts, sum)], total}."""
    roles = [role for role in OrganisationRole if counted.get(role)]
    years = sorted({year for role in roles for year in counted[role]}, reverse=True)
    told = [(year, [counted[role].get(year, 0) for role in roles]) for year in years]
    return {
        "roles": [(role.value, role.label) for role in roles],
        "rows": [(year, numbers, sum(numbers)) for year, numbers in told],
        "total": sum(sum(numbers) for _year, numbers in told),
    }
