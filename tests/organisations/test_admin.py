"""Editing organisations."""

import re

import pytest
from django.urls import reverse

from organisations.admin import RULES
from organisations.models import Organisation
from tests import factories as make
from tests.editing import errors_of, send
from tests.rules import rules_of

LIST = "/admin/organisations/organisation/"


@pytest.fixture(autouse=True)
def _editor(admin_user):
    """Somebody to edit."""


def change(organisation):
    return reverse("admin:organisations_organisation_change", args=[organisation.pk])


def add(**values):
    data = {"name": "Verband", "kind": "association", "level": "private", "country": "DE"} | values
    return send(f"{LIST}add/", **data)


def test_the_address_is_made_from_the_short_name_or_the_name():
    add(name="Kommunale Gemeinschaftsstelle", short_name="KGSt")
    add(name="Größter Verband")
    assert set(Organisation.objects.values_list("slug", flat=True)) == {"kgst", "groesster-verband"}


@pytest.mark.parametrize("text", ["messegesellschaft", "osterreichisch", "ÖSTERREICHISCH kreis", "dvn"])
def test_search_knows_names_short_names_and_other_names(text, cast, admin_client):
    assert admin_client.get(LIST, {"q": text}).context["cl"].result_count == 1


def test_filters_name_states_and_countries(admin_client):
    make.OrganisationFactory(name="Nordrhein", state="DE-NW")
    make.OrganisationFactory(name="Wien", country="AT", state="AT-9")
    make.OrganisationFactory(name="Ohne")
    page = admin_client.get(LIST)
    assert b"Nordrhein-Westfalen" in page.content
    for query, expected in (("state=DE-NW", "Nordrhein"), ("country=AT", "Wien"), ("state=none", "Ohne")):
        found = admin_client.get(f"{LIST}?{query}").context["cl"].result_list
        assert [organisation.name for organisation in found] == [expected]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"kind": "club"}, "kind"),
        ({"country": "de"}, "country"),
        ({"state": "NRW"}, "state"),
        ({"state": "AT-9"}, "state"),
        ({"wikidata": "64"}, "wikidata"),
        ({"ars": "12345"}, None),
        ({"ars": "0511", "state": "DE-NW"}, "ars"),
        ({"ars": "05111000", "state": "DE-BY"}, "ars"),
        ({"slug": "Über"}, "slug"),
        ({"website": "ftp:/nirgends"}, "website"),
        ({"parent": "abc"}, "parent"),
        ({"aliases": "x" * 201}, "aliases"),
    ],
    ids=str,
)
def test_nonsense_is_refused_beside_its_field(values, field):
    refused = add(**values)
    assert set(errors_of(refused)) == ({field} if field else set())
    if field:
        refused.render()


@pytest.mark.parametrize("field", ["parent", "successor"])
def test_organisations_form_no_circle(field):
    upper = make.OrganisationFactory()
    lower = make.OrganisationFactory(**{field: upper})
    for above in (upper, lower):
        assert set(errors_of(send(change(upper), **{field: str(above.pk)}))) == {field}


def test_what_stands_in_the_way_of_a_deletion_is_named_and_linked(cast, admin_client):
    page = admin_client.get(reverse("admin:organisations_organisation_delete", args=[cast.association.pk]))
    named = "".join(page.context["protected"])
    assert reverse("admin:events_event_change", args=[cast.congress.pk]) in named
    assert reverse("admin:events_series_change", args=[cast.series.pk]) in named


def test_other_names_are_lines():
    organisation = make.OrganisationFactory(aliases=["Alt", "Älter"])
    send(change(organisation), aliases="Alt\r\n\r\nNeu")
    organisation.refresh_from_db()
    assert organisation.aliases == ["Alt", "Neu"]


def test_every_rule_in_words_is_a_rule_of_the_database():
    assert set(RULES) <= rules_of("organisations")


def test_the_way_to_a_page_names_nothing_twice(cast, admin_client):
    """The part of the site and the list that it consists of bear one name."""
    for path in (LIST, f"{LIST}add/", reverse("admin:events_event_changelist")):
        page = admin_client.get(path).content.decode()
        crumbs = page.partition('<div class="breadcrumbs">')[2].partition("</div>")[0]
        steps = [step.strip() for step in re.sub("<[^>]*>", "", crumbs).split("›")]
        assert len(steps) == len(set(steps)) >= 2, steps
    venues = admin_client.get(reverse("admin:events_venue_changelist")).content.decode()
    assert "Veranstaltungen</a> › Veranstaltungsorte" in " ".join(venues.split())
