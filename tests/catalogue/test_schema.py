import re

import pytest
from django.conf import settings
from django.db.models import ForeignKey, ManyToManyField

from catalogue.schema import SECTIONS
from events.models import PublishedVersion, Step

BOOKKEEPING = {"id", "slug", "created_at", "modified_at", "is_sample"}
LISTS = [(child, section) for section in SECTIONS for child in section.children]


def stored_columns(model, *left_out):
    fields = [
        field
        for field in model._meta.fields
        if not field.generated and not isinstance(field, ManyToManyField)
    ]
    return {field.name for field in fields} - BOOKKEEPING - set(left_out)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_every_column_of_a_noun_has_its_place(section):
    # When a person was anonymised is told by no file: the person is not in it.
    assert stored_columns(section.model, "anonymised_at") == set(section.columns)


@pytest.mark.parametrize(("child", "section"), LISTS, ids=lambda part: getattr(part, "key", ""))
def test_every_column_of_a_list_has_its_place(child, section):
    # The order of the list stands for the position.
    assert stored_columns(child.model, "position", child.owner) == set(child.columns)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_every_list_of_a_noun_has_its_place(section):
    owned = {
        relation.related_model
        for relation in section.model._meta.related_objects
        if isinstance(relation.field, ForeignKey)
        and relation.on_delete.__name__ == "CASCADE"
        and relation.related_model._meta.app_label == "events"
    }
    # The database writes the history of an event by itself, anew in each installation; who brought it how far
    # is internal.
    assert owned - {PublishedVersion, Step} == {child.model for child in section.children}


def test_the_papers_name_every_key():
    paper = (settings.BASE_DIR / "docs" / "exchange-file.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_0-9]+)`", paper))
    keys = {key for section in SECTIONS for part in section.fields for key in part.keys}
    keys |= {child.key for child, _section in LISTS}
    named_rows = [child for child, _section in LISTS if not child.bare]
    keys |= {key for child in named_rows for part in child.fields for key in part.keys}
    assert keys - named == set()
