import pytest

from catalogue.models import LoadedRecord
from tests.rules import refused, rules_of

pytestmark = pytest.mark.django_db


def test_a_record_is_remembered_once():
    known = {"section": "topics", "slug": "ozg", "target": 1, "digest": "a"}
    LoadedRecord.objects.create(**known)
    LoadedRecord.objects.create(**known | {"section": "series"})
    with refused("loadedrecord_once"):
        LoadedRecord.objects.create(**known | {"target": 2})


def test_each_rule_is_tried():
    assert rules_of("catalogue") == {"loadedrecord_once"}
