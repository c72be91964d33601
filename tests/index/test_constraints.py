"""The one rule of the index, broken on purpose."""

import pytest

from index.models import Document
from tests.rules import refused, rules_of

pytestmark = pytest.mark.django_db


def test_an_entry_stands_in_the_index_once():
    Document.objects.create(noun="event", object=1, words="", head="", forms=[])
    with refused("document_once"):
        Document.objects.create(noun="event", object=1, words="", head="", forms=[])


def test_there_are_no_other_rules():
    assert rules_of("index") == {"document_once"}
