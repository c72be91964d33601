import pytest
from django.db.models import F
from django.utils import translation

from organisations.models import STATE_OF_ARS, Organisation
from tests.factories import OrganisationFactory
from tests.rules import refused, rules_of, try_both_ways

pytestmark = pytest.mark.django_db

WRONG = [
    ("organisation_slug_is_plain", {"slug": "KGSt"}),
    ("organisation_has_name", {"name": ""}),
    ("organisation_kind_known", {"kind": "gang"}),
    ("organisation_level_known", {"level": "galactic"}),
    ("organisation_country_is_iso", {"country": "de"}),
    ("organisation_state_is_iso", {"state": "DE-nw"}),
    ("organisation_state_in_country", {"state": "AT-9"}),
    ("organisation_wikidata_is_qid", {"wikidata": "64"}),
    ("organisation_wikidata_is_qid", {"wikidata": "Q064"}),
    ("organisation_ars_is_key", {"ars": "0511"}),
    ("organisation_ars_is_key", {"ars": "05111000000A"}),
    ("organisation_ars_agrees_with_state", {"ars": "05111000", "state": "DE-BY"}),
]


@pytest.mark.parametrize(("rule", "wrong"), WRONG)
def test_wrong_values_are_refused(rule, wrong):
    try_both_ways(rule, OrganisationFactory, wrong)


@pytest.mark.parametrize("field", ["parent", "successor"])
def test_no_organisation_is_its_own_parent_or_successor(field):
    organisation = OrganisationFactory()
    with refused(f"organisation_not_own_{field}"):
        Organisation.objects.filter(pk=organisation.pk).update(**{field: F("pk")})


def test_each_rule_is_tried():
    tried = {rule for rule, _ in WRONG} | {"organisation_not_own_parent", "organisation_not_own_successor"}
    assert tried == rules_of("organisations")


@pytest.mark.parametrize(("digits", "state"), STATE_OF_ARS.items())
def test_regional_keys_agree_with_their_state(digits, state):
    assert OrganisationFactory(ars=f"{digits}111000", state=state).pk
    assert OrganisationFactory(ars=digits, state="").pk


def test_all_sixteen_states_have_their_digits():
    assert len(set(STATE_OF_ARS.values())) == len(STATE_OF_ARS) == 16


def test_organisations_sort_by_their_german_names():
    for name in [
        "Zweckverband",
        "Österreich",
        "Ostfriesland",
        "ÖPNV-Verbund",
        "Öffentliche IT",
        "oeffentlich",
    ]:
        OrganisationFactory(name=name)
    assert [one.name for one in Organisation.objects.in_order()] == [
        "oeffentlich", "Öffentliche IT", "ÖPNV-Verbund", "Österreich", "Ostfriesland", "Zweckverband",
    ]  # fmt: skip


def test_the_label_is_the_short_name_or_the_name_in_the_readers_language():
    association = OrganisationFactory(name="Deutscher Landkreistag", name_en="German County Association")
    assert association.label == association.display_name == "Deutscher Landkreistag"
    with translation.override("en"):
        assert association.label == association.display_name == "German County Association"
    association.short_name = "DLT"
    assert association.label == "DLT"
    assert str(association) == "Deutscher Landkreistag"
